"""The search with the encoder that made the build's vectors, chosen by its revision."""

import subprocess
import sys

import pytest
from search_builds import publish, search_of, world

from genai_session_analyzer.embedding import TextEncoderSettings, text_encoder
from genai_session_analyzer.retrieval import SearchFilters, SearchQuery, SearchSettings


@pytest.mark.weights
@pytest.mark.parametrize("kind", ["bfloat16", "onnx"])
def test_a_prompts_own_words_find_it(tmp_path, kind):
    encoder = text_encoder(TextEncoderSettings(kind=kind, cache=tmp_path))
    rows = world(12, 30)
    vectors = encoder.encode([row["prompt_text"] for row in rows["dim_prompts"]])
    for row, vector in zip(rows["ftr_prompt_embeddings"], vectors, strict=True):
        row |= {"embedding": vector.tolist(), "model": encoder.model, "revision": encoder.revision}
    publish(tmp_path / "builds", rows)
    search = search_of(tmp_path / "builds", settings=SearchSettings(cache=tmp_path))
    for row in rows["dim_prompts"]:
        query = SearchQuery(text=row["prompt_text"], filters=SearchFilters(include_nsfw=True))
        found = search.search(query).rows
        assert found[0].prompt_id == row["prompt_id"]
        assert found[0].similarity == pytest.approx(1, abs=1e-3)


def test_importing_the_search_loads_neither_torch_nor_kedro():
    code = "import sys, genai_session_analyzer.retrieval; print(*sys.modules)"
    finished = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    heavy = {"torch", "onnxruntime", "kedro", "dash", "sentence_transformers"}
    assert not heavy & set(finished.stdout.split())
