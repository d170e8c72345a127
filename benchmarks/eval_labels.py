"""`make eval-labels`: labeler 1 (and another one's file) against labelled prompts, with intervals.

LABELS=FILE names another file of labelled prompts; LLM_LABELS=FILE (CSV or JSON lines with prompt
and the fields of a label) puts another labeler's results beside it.
"""

import argparse
import json
import os
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from eval_label_corpus import evaluate_corpus
from eval_label_gold import evaluate_gold, evaluate_parti
from eval_label_nsfw import evaluate_nsfw
from eval_label_report import print_report
from eval_label_texts import shipped_labeler

RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Evaluates what is at hand, prints it, and writes it down."""
    options = _options()
    real = Path(os.environ.get("GSA_REAL_DATA", "does-not-exist"))
    gold = options.labels or real / "labelled/prompt_labels.csv"
    labeler = shipped_labeler(options.nsfw_classifier)
    found: dict[str, object] = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "encoder": f"{labeler.origin.model}@{labeler.origin.revision}",
        "labeler": labeler.settings,
    }
    if gold.exists():
        found["gold"] = {"file": gold.name, **evaluate_gold(labeler, gold, options.llm_labels)}
    if (real / "labelled/parti_prompts.parquet").exists():
        found["parti"] = evaluate_parti(labeler, real / "labelled/parti_prompts.parquet")
        found["nsfw"] = evaluate_nsfw(labeler, real)
    if options.corpus_prompts:
        found["corpus"] = evaluate_corpus(labeler, options.corpus_prompts)
    console = Console()
    print_report(console, found)
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"labels-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json"
    file.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    console.print(f"written to {file.relative_to(RESULTS.parent.parent)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, help="another file of labelled prompts")
    parser.add_argument("--llm-labels", type=Path, help="another labeler's results")
    parser.add_argument(
        "--nsfw-classifier", type=Path, default=Path("data/06_models/nsfw_classifier.npz")
    )
    parser.add_argument("--corpus-prompts", type=int, default=5_000, help="0: leave it out")
    return parser.parse_args()


if __name__ == "__main__":
    main()
