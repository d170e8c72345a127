"""The `gsa` commands of the copilot's evaluation."""

from pathlib import Path

import click

from genai_session_analyzer.cli_options import ROOT_OPTION, plain_errors

PLANNERS = ("lexicon", "model", "both")


@click.command("eval-copilot")
@click.argument("questions", type=click.Path(path_type=Path))
@click.option(
    "--database",
    type=click.Path(path_type=Path),
    help="A DuckDB file with our tables, instead of the build served.",
)
@ROOT_OPTION
@click.option(
    "--planner",
    type=click.Choice(PLANNERS),
    default="both",
    show_default=True,
    help="lexicon: no language model; model: that of GSA_LLM_* alone; both: as `gsa ask` does.",
)
@click.option("--faults", is_flag=True, help="Also list what was not answered rightly.")
@click.option("--json", "as_json", is_flag=True, help="Everything, as JSON.")
@plain_errors
def eval_copilot(
    questions: Path, database: Path | None, root: Path, planner: str, **shown: bool
) -> None:
    """Score the copilot on QUESTIONS, JSON lines with gold SQL, by what its SQL returns.

    Each line has id, question and gold_sql (null: must be declined or asked back); context,
    alt_sql, ordered and class may be there.
    """
    import json  # noqa: PLC0415

    from rich.console import Console  # noqa: PLC0415

    from genai_session_analyzer.copilot.evaluation.command import evaluate_once  # noqa: PLC0415
    from genai_session_analyzer.copilot.evaluation.printing import print_evaluation  # noqa: PLC0415

    evaluation = evaluate_once(questions, database, root, planner, Console(stderr=True))
    if shown["as_json"]:
        click.echo(json.dumps(evaluation.as_json(), indent=1, ensure_ascii=False))
    else:
        print_evaluation(evaluation, Console(), with_faults=shown["faults"])
