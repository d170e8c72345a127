"""A BERT with mean pooling as one ONNX file, exported once and checked whenever it is used."""

import json
import logging
import tempfile
import warnings
from pathlib import Path

from genai_session_analyzer.embedding.model_folder import ModelFolder, file_sha256
from genai_session_analyzer.errors import ModelError

RECIPE = 1
"""Another recipe makes another file; raise it with every change of the export."""
_OPSET = 17
_log = logging.getLogger(__name__)


def exported(folder: ModelFolder, cache: Path) -> Path:
    """Return the model's ONNX file, exported where there is none or it is not what was written.

    It takes `tokens`, shape (texts, length), int64, all texts of one length, and gives `vectors`,
    one of unit length per text.

    Args:
        folder: The model.
        cache: Folder of exported models; this one's is `<name>-<revision>/onnx-<recipe>`.

    Raises:
        ModelError: The model is of another kind, or the file cannot be written.
    """
    target = cache / f"{folder.name}-{folder.revision}" / f"onnx-{RECIPE}" / "model.onnx"
    if _is_whole(target):
        return target
    folder.require_mean_of_bert("onnx")
    _log.info("exporting %s to %s, once", folder.name, target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as made:
            _export(folder, Path(made) / "model.onnx")
            _put_in_place(Path(made) / "model.onnx", target)
    except OSError as problem:
        raise ModelError(
            f"{folder.name} cannot be exported to {target}: {problem}. Free the disk or name "
            "another `cache` folder."
        ) from problem
    return target


def _record(target: Path) -> Path:
    return target.with_suffix(".json")


def _is_whole(target: Path) -> bool:
    """Whether the file is there, byte by byte as it was written."""
    if not (target.is_file() and _record(target).is_file()):
        return False
    try:
        recorded = json.loads(_record(target).read_text(encoding="utf-8"))["sha256"]
    except (ValueError, KeyError, TypeError):
        recorded = "unreadable"
    is_whole: bool = recorded == file_sha256(target, target.stat().st_mtime_ns)
    if not is_whole:
        _log.warning("%s is not what was exported; it is exported again", target)
    return is_whole


def _put_in_place(made: Path, target: Path) -> None:
    """The record last: a model without its record is exported again."""
    record = made.with_suffix(".json")
    digest = file_sha256(made, made.stat().st_mtime_ns)
    record.write_text(json.dumps({"sha256": digest}), encoding="utf-8")
    made.replace(target)
    record.replace(_record(target))


def _export(folder: ModelFolder, path: Path) -> None:
    import torch  # noqa: PLC0415  (only where something is exported)
    from transformers import BertModel  # noqa: PLC0415

    class MeanOfTokens(torch.nn.Module):  # type: ignore[misc, unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            self.bert = BertModel.from_pretrained(
                folder.path, attn_implementation="eager", local_files_only=True
            )

        def forward(self, tokens: torch.Tensor) -> torch.Tensor:
            states = self.bert(input_ids=tokens, token_type_ids=torch.zeros_like(tokens))[0]
            return torch.nn.functional.normalize(states.mean(1), dim=1)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of tracing; the tests hold the result to the original
        torch.onnx.export(
            MeanOfTokens().eval(),
            (torch.ones(2, 7, dtype=torch.int64),),
            str(path),
            dynamo=False,
            opset_version=_OPSET,
            input_names=["tokens"],
            output_names=["vectors"],
            dynamic_axes={"tokens": {0: "texts", 1: "length"}, "vectors": {0: "texts"}},
        )
