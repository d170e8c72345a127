"""Encoders from the catalog."""

import subprocess
import sys

import numpy as np
import pytest

from genai_session_analyzer.datasets.text_encoder import TextEncoderDataset
from genai_session_analyzer.embedding import HashEncoder
from genai_session_analyzer.errors import ModelError


def test_the_hash_encoder_comes_as_the_sample_asks_for_it():
    encoder = TextEncoderDataset(kind="hash").load()
    assert encoder.dimension == 384
    assert np.array_equal(encoder.encode(["a cat"]), HashEncoder().encode(["a cat"]))


@pytest.mark.parametrize(
    ("kind", "name"),
    [("torch", "SentenceEncoder"), ("onnx", "OnnxEncoder"), ("bfloat16", "Bfloat16Encoder")],
)
def test_each_kind_says_what_it_is_without_loading_a_model(kind, name):
    code = (
        "import sys\n"
        "from genai_session_analyzer.datasets.text_encoder import TextEncoderDataset\n"
        f"encoder = TextEncoderDataset(kind={kind!r}).load()\n"
        "print(type(encoder).__name__, encoder.model, encoder.revision, encoder.dimension)\n"
        "print({'torch', 'onnxruntime', 'sentence_transformers', 'tokenizers'} & set(sys.modules))"
    )
    finished = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    described, loaded = finished.stdout.splitlines()
    assert described.startswith(f"{name} all-MiniLM-L6-v2 53aa51172d14")
    assert described.endswith(" 384")
    assert loaded == "set()"


def test_the_fastest_is_one_of_the_fast_ones():
    assert type(TextEncoderDataset().load()).__name__ in {"OnnxEncoder", "Bfloat16Encoder"}


@pytest.mark.parametrize("wrong", [{"kind": "fast"}, {"kind": "onnx", "treads": 2}, {"threads": 0}])
def test_a_wrong_setting_is_one_clear_line(wrong):
    with pytest.raises(ModelError, match="Settings: kind, model, cache") as caught:
        TextEncoderDataset(**wrong)
    assert "\n" not in str(caught.value)


def test_it_is_read_only():
    with pytest.raises(Exception, match="read only"):
        TextEncoderDataset(kind="hash").save("anything")


def test_it_describes_itself():
    assert "kind" in repr(TextEncoderDataset(kind="hash"))
