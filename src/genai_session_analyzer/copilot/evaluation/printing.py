"""An evaluation on a terminal."""

from rich.console import Console

from genai_session_analyzer.copilot.evaluation.evaluating import Evaluation
from genai_session_analyzer.copilot.evaluation.report import faults, summary_table


def print_evaluation(evaluation: Evaluation, console: Console, *, with_faults: bool) -> None:
    """Print an evaluation's table, what could not be scored, and where asked for its faults."""
    console.print(summary_table(evaluation.summary, evaluation.title))
    if evaluation.summary.unscored:
        console.print(f"{evaluation.summary.unscored} questions have gold SQL that does not run.")
    if with_faults:
        for line in faults(evaluation.scored):
            console.print(line, markup=False, highlight=False, soft_wrap=True)
