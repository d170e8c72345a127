"""`make eval-copilot`: the copilot on the gold questions, development and held out apart.

EVAL=--ablation holds every way of answering beside the others (with the model of GSA_LLM_*).
"""

import argparse
import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from genai_session_analyzer.copilot.evaluation.command import MODELS, model_from_environment
from genai_session_analyzer.copilot.evaluation.evaluating import Evaluation, evaluate_file
from genai_session_analyzer.copilot.evaluation.materials import opened_materials
from genai_session_analyzer.copilot.evaluation.opening import source_of
from genai_session_analyzer.copilot.evaluation.printing import print_evaluation
from genai_session_analyzer.copilot.evaluation.tracking import EvaluationRun, log_to_mlflow
from genai_session_analyzer.copilot.evaluation.variants import (
    VARIANTS,
    WITHOUT_MODEL,
    answerer_of,
)
from genai_session_analyzer.errors import AnalyzerError

HERE = Path(__file__).parent
RESULTS = HERE / "results"
QUESTIONS = HERE / "copilot_questions"
NAMES = (
    "development",
    "phrasings",
    "examiner",
    "written",
    "colleagues",
    "acceptance",
    "outside",
    "data_team",
    "everyday",
    "harder",
    "columns",
    "first_morning",
    "held_out",
    "research",
    "unseen",
    "stranger",
    "analyst",
)
"""Those nothing was tuned on last."""
DEFAULT = ("lexicon", "both")


def main() -> None:
    """Evaluates what was asked for, prints it, and writes it down."""
    options = _options()
    console = Console()
    try:
        evaluations = _evaluations(options, console)
    except AnalyzerError as problem:
        raise SystemExit(str(problem)) from problem
    found = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "evaluations": [each.as_json() for each in evaluations],
    }
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"copilot-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json"
    file.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    console.print(f"written to {file.relative_to(HERE.parent)}")


def _evaluations(options: argparse.Namespace, console: Console) -> list[Evaluation]:
    source = source_of(options.database, options.build)
    needs_model = set(options.variants) - set(WITHOUT_MODEL)
    model = model_from_environment() if needs_model else None
    found = []
    with opened_materials(source, options.build.parent / MODELS, model) as materials:
        for variant in options.variants:
            with closing(answerer_of(variant, materials)) as answerer:
                for file in options.questions:
                    evaluation = evaluate_file(file, answerer, materials.judge, console)
                    print_evaluation(evaluation, console, with_faults=options.faults)
                    _keep(evaluation, source.build.path, options)
                    found.append(evaluation)
    return found


def _keep(evaluation: Evaluation, database: Path, options: argparse.Namespace) -> None:
    """In MLflow, where there is a store."""
    store = options.build.parent / "mlflow/mlflow.db"
    if options.database is None and store.is_file():
        run = EvaluationRun(
            answerer=evaluation.answerer,
            questions=evaluation.file,
            database=database,
            summary=evaluation.summary,
            details=evaluation.as_json(),
        )
        log_to_mlflow(run, store)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, default=Path("data/published"))
    parser.add_argument("--database", type=Path, help="a DuckDB file instead of a build")
    parser.add_argument("--variants", nargs="+", help=f"some of: {', '.join(VARIANTS)}")
    parser.add_argument("--ablation", action="store_true", help="every way of answering")
    parser.add_argument("--faults", action="store_true", help="list what was not right")
    parser.add_argument(
        "--questions",
        type=Path,
        nargs="+",
        default=[QUESTIONS / f"{name}.jsonl" for name in NAMES],
    )
    options = parser.parse_args()
    options.variants = options.variants or list(VARIANTS if options.ablation else DEFAULT)
    return options


if __name__ == "__main__":
    main()
