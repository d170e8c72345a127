"""Prompts, labels of labeler 1, a tracker that remembers, and a model that labels by rule."""

import hashlib
import itertools
import json

import ibis
import pyarrow as pa
from listed_runs import ListingTracker

from genai_session_analyzer.language_model import ScriptedModel
from genai_session_analyzer.pipelines.enrichment.labels.llm_nodes import label_with_language_model
from genai_session_analyzer.pipelines.enrichment.labels.llm_parameters import (
    LanguageModelLabelParameters,
)
from genai_session_analyzer.pipelines.enrichment.labels.llm_setup import LanguageModelLabeling
from genai_session_analyzer.pipelines.enrichment.labels.prompt_label import LABEL_FIELDS
from genai_session_analyzer.pipelines.enrichment.labels.table import LABEL_ROWS

BACKEND = ibis.duckdb.connect()
NUMBERS = itertools.count()
LABEL = {
    "domain": "animal",
    "art_style": "photography",
    "mood": "serene",
    "subject": "cat",
    "setting": "sofa",
    "lighting": "soft light",
    "complexity_score": 2,
    "has_nsfw_intent": False,
}


def prompt_id(text):
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def prompts(texts):
    """`dim_prompts` with the columns that labelling reads."""
    rows = {"prompt_id": [prompt_id(text) for text in texts], "prompt_text": list(texts)}
    schema = pa.schema({"prompt_id": pa.string(), "prompt_text": pa.string()})
    return _table(pa.table(rows, schema=schema))


def _table(arrow):
    return BACKEND.create_table(f"rows_{next(NUMBERS)}", arrow)


def label_rows(rows):
    """Rows of `LABEL_ROWS`: a text each with what matters; confidence 0.9 where none is given."""
    complete = []
    for text, values in rows.items():
        row = dict.fromkeys(LABEL_ROWS.names) | LABEL
        row |= {f"{name}_confidence": 0.9 for name in LABEL_FIELDS}
        row |= {"prompt_id": prompt_id(text), "labeler": "lexicon", "model": "m1"}
        row |= {"revision": "r1", "prompt_version": "v1", "content_id": "c1"}
        row |= {"parse_status": "ok", "mlflow_run_id": "run1"}
        complete.append(row | values)
    return _table(pa.Table.from_pylist(complete, schema=LABEL_ROWS))


def first_labels(texts, **values):
    return label_rows(dict.fromkeys(texts, values))


def answer_of(text):
    """The label this file's model gives a prompt: from its text alone."""
    return LABEL | {"subject": text.split()[0], "complexity_score": min(5, len(text.split()))}


def asked_text(request):
    """The prompt a request is about: in the last question, before any repair."""
    questions = [each.content for each in request.messages if each.content.startswith("Prompt:")]
    return questions[-1].removeprefix("Prompt:").strip()


def ruled_model(**settings):
    return ScriptedModel(lambda request: json.dumps(answer_of(asked_text(request))), **settings)


def labelled(texts, model, store, tracker=None, **parameters):
    """Runs the step over these prompts; all of them by default."""
    wanted = {"select": "sample", "batch_size": 4, "concurrency": 2} | parameters
    labeling = LanguageModelLabeling(model, LanguageModelLabelParameters(**wanted))
    return label_with_language_model(
        prompts(texts), first_labels(texts), labeling, store, tracker or ListingTracker()
    )
