"""Labels the prompts of a CSV file with a language model, resumably, for `make eval-labels`.

    GSA_LLM_BACKEND=llama_cpp GSA_LLM_MODEL=model.gguf \
        python benchmarks/label_with_model.py prompts.csv labels.csv --rows 100

Finished prompts are kept in a store beside the result, so that a run that was stopped goes on where
it was; another model, prompt version or taxonomy starts anew. Prints one JSON line: prompts a
second, tokens, statuses.
"""

import argparse
import csv
import hashlib
import json
import logging
import os
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.language_model import LanguageModel
from genai_session_analyzer.language_model.settings import (
    LanguageModelSettings,
    open_language_model,
)
from genai_session_analyzer.model_results import Configuration, Place, ResultStore, work_through
from genai_session_analyzer.pipelines.enrichment.labels.llm_configuration import (
    label_configuration,
)
from genai_session_analyzer.pipelines.enrichment.labels.llm_labeling import (
    LABELER,
    Labeler,
    PromptToLabel,
    concurrently,
)
from genai_session_analyzer.pipelines.enrichment.labels.llm_prompt import (
    LabelInstructions,
    load_template,
)
from genai_session_analyzer.pipelines.enrichment.labels.prompt_label import LABEL_FIELDS
from genai_session_analyzer.pipelines.enrichment.labels.table import LabelOrigin, label_table
from genai_session_analyzer.pipelines.enrichment.labels.taxonomy import load_taxonomy
from genai_session_analyzer.pipelines.progress import progress


def main(arguments: Sequence[str] | None = None) -> None:
    """Labels the first rows of the file and writes one row per prompt."""
    options = _options().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    model = open_language_model(LanguageModelSettings.from_environment(os.environ))
    if model is None:
        raise ModelError("No language model is configured. Set GSA_LLM_BACKEND and GSA_LLM_MODEL.")
    prompts = _read_prompts(options.prompts, options.column, options.rows)
    instructions = LabelInstructions(
        load_template(), load_taxonomy(), options.max_tokens, options.max_prompt_chars
    )
    labeler = Labeler(model, instructions)
    configuration = label_configuration(labeler)
    with ResultStore(options.labels.with_suffix(".results.sqlite")) as store:
        seconds = _label_pending(prompts, labeler, Place(store, configuration, "benchmark"))
        table = _labels(store, configuration, prompts, labeler)
    _write(options.labels, table, {each.prompt_id: each.text for each in prompts})
    print(json.dumps(_measures(model, labeler, table, seconds)))


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("prompts", type=Path, help="CSV file with a column of prompts")
    parser.add_argument("labels", type=Path, help="CSV file to write")
    parser.add_argument("--column", default="prompt")
    parser.add_argument("--rows", type=int, default=None, help="only so many, from the top")
    parser.add_argument("--max-tokens", type=int, default=256)
    parser.add_argument("--max-prompt-chars", type=int, default=2000)
    return parser


def _read_prompts(path: Path, column: str, rows: int | None) -> list[PromptToLabel]:
    with path.open(newline="", encoding="utf-8") as file:
        texts = [row[column] for row in csv.DictReader(file)][:rows]
    ids = {hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(): text for text in texts}
    return [PromptToLabel(prompt_id, text) for prompt_id, text in ids.items()]


def _label_pending(prompts: Sequence[PromptToLabel], labeler: Labeler, place: Place) -> float:
    settled = place.store.settled_ids(place.configuration)
    pending = [each for each in prompts if each.prompt_id not in settled]
    compute, threads = concurrently(labeler, concurrency=1)
    started = time.perf_counter()
    with threads, progress("Labelling prompts", len(pending)) as advance:
        work_through(pending, compute, place, 4, advance)
    return time.perf_counter() - started


def _labels(
    store: ResultStore,
    configuration: Configuration,
    prompts: Sequence[PromptToLabel],
    labeler: Labeler,
) -> pa.Table:
    model = labeler.model
    origin = LabelOrigin(LABELER, model.name, model.revision, labeler.instructions.version)
    ids = pa.array(each.prompt_id for each in prompts)
    return label_table(store.read(configuration), configuration, origin, ids)


def _write(path: Path, table: pa.Table, texts: dict[str, str]) -> None:
    columns = ("prompt_id", *LABEL_FIELDS, "labeler", "model", "parse_status")
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("prompt", *columns))
        for row in table.select(columns).to_pylist():
            writer.writerow((texts[row["prompt_id"]], *row.values()))


def _measures(
    model: LanguageModel, labeler: Labeler, table: pa.Table, seconds: float
) -> dict[str, object]:
    usage = labeler.usage
    return {
        "model": model.name,
        "revision": model.revision,
        "prompts": table.num_rows,
        "seconds": round(seconds, 1),
        "requests": usage.requests,
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "parse_status": dict(Counter(table["parse_status"].to_pylist())),
    }


if __name__ == "__main__":
    main()
