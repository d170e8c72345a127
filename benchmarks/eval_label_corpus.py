"""Labels of the embedded corpus against what its prompts were made to mean."""

from itertools import islice

import ibis
import pyarrow as pa

from eval_label_texts import as_dict, label_texts, values
from genai_session_analyzer.insights.label_grading import MEANT_FIELDS, grade_labels
from genai_session_analyzer.pipelines.enrichment.labels.labeler import LexiconLabeler
from genai_session_analyzer.pipelines.ingestion.corpus.generator import corpus_batches
from genai_session_analyzer.pipelines.ingestion.corpus.parameters import CorpusParameters

SEED = 42


def evaluate_corpus(labeler: LexiconLabeler, count: int) -> dict[str, object]:
    """Domain, style and mood of so many distinct prompts against what was meant by them."""
    meant = distinct_prompts(count)
    records = label_texts(labeler, meant["prompt_text"].to_pylist())
    labels = [values(record) for record in records]
    fields = {field: [each[field] for each in labels] for field in MEANT_FIELDS}
    table = pa.table({"prompt_id": meant["prompt_id"], **fields})
    grades = grade_labels(ibis.memtable(table), ibis.memtable(meant))
    return {"rows": meant.num_rows, **{field: as_dict(each) for field, each in grades.items()}}


def distinct_prompts(count: int) -> pa.Table:
    """The corpus' first prompts, each once: prompt_id, prompt_text, meant_*."""
    batches = corpus_batches(CorpusParameters(generation_count=4 * count), SEED)
    rows = pa.Table.from_batches(islice(batches, 1 + 4 * count // 4096))
    found: dict[str, dict[str, object]] = {}
    columns = ["prompt_text", *MEANT_FIELDS.values()]
    for row in rows.select(columns).to_pylist():
        found.setdefault(str(row["prompt_text"]), row)
    kept = list(found.values())[:count]
    return pa.table(
        {
            "prompt_id": [f"p{number}" for number in range(len(kept))],
            **{name: pa.array([row[name] for row in kept], pa.string()) for name in columns},
        }
    )
