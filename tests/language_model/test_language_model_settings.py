"""Which model the settings and the environment name; nothing is loaded, no key is shown."""

import subprocess
import sys

import pytest

from genai_session_analyzer.datasets.language_model import LanguageModelDataset
from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.language_model import LanguageModel
from genai_session_analyzer.language_model.llama_cpp import LlamaCppModel
from genai_session_analyzer.language_model.mlx import MlxModel
from genai_session_analyzer.language_model.openai_compatible import OpenAICompatibleModel
from genai_session_analyzer.language_model.settings import (
    DEFAULT_MLX_MODEL,
    VARIABLES,
    LanguageModelSettings,
    open_language_model,
)

SERVER = {
    "GSA_LLM_BACKEND": "openai_compatible",
    "GSA_LLM_BASE_URL": "http://127.0.0.1:8080/v1",
    "GSA_LLM_MODEL": "qwen",
    "GSA_LLM_API_KEY": "sk-secret",
}


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch):
    for name in VARIABLES.values():
        monkeypatch.delenv(name, raising=False)


def opened(environment, **parameters):
    return open_language_model(LanguageModelSettings.from_environment(environment, parameters))


def test_nothing_said_is_no_model():
    assert opened({}) is None
    assert opened({"GSA_LLM_BACKEND": ""}) is None


def test_each_backend_opens_lazily():
    assert isinstance(opened(SERVER), OpenAICompatibleModel)
    llama = opened({"GSA_LLM_BACKEND": "llama_cpp", "GSA_LLM_MODEL": "/nowhere/model.gguf"})
    assert isinstance(llama, LlamaCppModel)
    assert llama.name == "model"
    mlx = opened({"GSA_LLM_BACKEND": "mlx"})
    assert isinstance(mlx, MlxModel)
    assert mlx.name == DEFAULT_MLX_MODEL


def test_the_environment_stands_above_the_parameters():
    model = opened(SERVER, backend="none", model="other", revision="2026-01")
    assert model.name == "qwen"
    assert model.revision == "2026-01"
    assert isinstance(model, LanguageModel)


def test_a_server_is_its_models_revision_unless_one_is_given():
    assert opened(SERVER).revision == "127.0.0.1:8080/v1"


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"GSA_LLM_BACKEND": "gpt"}, "GSA_LLM_BACKEND"),
        ({"GSA_LLM_BACKEND": "llama_cpp"}, "GSA_LLM_MODEL"),
        (SERVER | {"GSA_LLM_MODEL": ""}, "GSA_LLM_MODEL"),
        (SERVER | {"GSA_LLM_BASE_URL": ""}, "GSA_LLM_BASE_URL"),
        (SERVER | {"GSA_LLM_BASE_URL": "not an address"}, "GSA_LLM_BASE_URL"),
    ],
)
def test_what_is_missing_or_wrong_is_named_in_one_line(environment, said):
    with pytest.raises(ModelError, match=said) as caught:
        opened(environment)
    assert "\n" not in str(caught.value)
    assert "sk-secret" not in str(caught.value)


def test_unknown_parameters_are_refused():
    with pytest.raises(ModelError, match="temprature"):
        opened({}, temprature=1)


def test_the_catalog_gives_the_model_and_hides_the_key(monkeypatch):
    assert LanguageModelDataset(backend="none").load() is None
    for name, value in SERVER.items():
        monkeypatch.setenv(name, value)
    dataset = LanguageModelDataset(backend="none", timeout_s=5.0)
    assert dataset.load().name == "qwen"
    shown = repr(dataset) + str(dataset._describe()) + repr(dataset._settings)
    assert "sk-secret" not in shown
    with pytest.raises(Exception, match="read only"):
        dataset.save("a model")


def test_importing_loads_no_model_library():
    code = (
        "import sys, genai_session_analyzer.language_model.settings; "
        "print(set(sys.modules) & {'mlx', 'mlx_lm', 'xllamacpp', 'torch', 'transformers', 'kedro'})"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
