"""BERT over texts laid end to end: no padding, no mask, one matrix product for all tokens.

Attention alone is per text; texts of one length share a call. Because the products work row by
row, a text's vector is the same, bit by bit, whatever texts stand beside it.
"""

from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.embedding.model_folder import ModelFolder
from genai_session_analyzer.errors import ModelError

if TYPE_CHECKING:
    from torch import Tensor, dtype

    Weights = dict[str, Tensor]
    Affine = tuple[Tensor, Tensor]


@dataclass(frozen=True)
class _Texts:
    """So many texts of one length, and where their tokens start and end."""

    count: int
    length: int
    start: int

    @property
    def rows(self) -> slice:
        return slice(self.start, self.start + self.count * self.length)


@dataclass(frozen=True)
class _Layer:
    """Weights and bias of each product of one layer; scale and shift of each normalisation."""

    query_key_value: "Affine"
    attended: "Affine"
    attended_norm: "Affine"
    widened: "Affine"
    narrowed: "Affine"
    narrowed_norm: "Affine"


class PackedBert:
    """A BERT whose last states are averaged per text and brought to unit length."""

    def __init__(self, folder: ModelFolder, precision: "dtype") -> None:
        """Loads the weights.

        Raises:
            ModelError: They are missing or not a BERT's.
        """
        config = folder.read("config.json")
        self._heads: int = config["num_attention_heads"]
        self._epsilon: float = config["layer_norm_eps"]
        self._precision = precision
        try:
            weights = _read_weights(folder)
            self._words = weights["embeddings.word_embeddings.weight"].float()
            self._places = (
                weights["embeddings.position_embeddings.weight"]
                + weights["embeddings.token_type_embeddings.weight"][0]
            ).float()
            scale, shift = _affine(weights, "embeddings.LayerNorm")
            self._norm = scale.float(), shift.float()
            self._layers = [
                _layer(weights, f"encoder.layer.{number}.", precision)
                for number in range(config["num_hidden_layers"])
            ]
        except KeyError as problem:
            raise ModelError(
                f"{folder.path} is no BERT that is known here: {problem} is missing from its "
                "weights. Choose kind: torch."
            ) from problem

    def embed(self, tokens: list[NDArray[np.int64]]) -> NDArray[np.float32]:
        """Return one vector of unit length per text, shape (len(tokens), dimension).

        Args:
            tokens: Each text's token numbers; texts of one length stand together.
        """
        import torch  # noqa: PLC0415  (takes a second)
        from torch.nn import functional  # noqa: PLC0415

        groups = _groups([len(each) for each in tokens])
        places = np.concatenate([np.arange(len(each)) for each in tokens])
        with torch.inference_mode():
            states = (
                self._words[torch.from_numpy(np.concatenate(tokens))]
                + self._places[torch.from_numpy(places)]
            )
            states = self._normalised(states, self._norm).to(self._precision)
            for layer in self._layers:
                states = self._after(layer, states, groups)
            means = [
                states[group.rows].float().view(group.count, group.length, -1).mean(1)
                for group in groups
            ]
            vectors: NDArray[np.float32] = functional.normalize(torch.cat(means), dim=1).numpy()
        return vectors

    def _after(self, layer: _Layer, states: "Tensor", groups: list[_Texts]) -> "Tensor":
        from torch.nn.functional import gelu, linear  # noqa: PLC0415

        attended = linear(self._attention(layer, states, groups), *layer.attended)
        states = self._normalised(attended.add_(states), layer.attended_norm)
        narrowed = linear(gelu(linear(states, *layer.widened)), *layer.narrowed)
        return self._normalised(narrowed.add_(states), layer.narrowed_norm)

    def _attention(self, layer: _Layer, states: "Tensor", groups: list[_Texts]) -> "Tensor":
        from torch.nn.functional import linear, scaled_dot_product_attention  # noqa: PLC0415

        mixed = linear(states, *layer.query_key_value)
        result = states.new_empty(states.shape)
        for group in groups:
            shape = (group.count, group.length, 3, self._heads, -1)
            query, key, value = mixed[group.rows].view(shape).permute(2, 0, 3, 1, 4)
            heads = scaled_dot_product_attention(query, key, value).transpose(1, 2)
            result[group.rows].view(heads.shape).copy_(heads)
        return result

    def _normalised(self, states: "Tensor", norm: "Affine") -> "Tensor":
        from torch.nn.functional import layer_norm  # noqa: PLC0415

        return layer_norm(states, states.shape[-1:], norm[0], norm[1], self._epsilon)


def _groups(lengths: list[int]) -> list[_Texts]:
    runs = [(length, len(list(same))) for length, same in groupby(lengths)]
    starts = accumulate((length * count for length, count in runs), initial=0)
    return [
        _Texts(count, length, start) for (length, count), start in zip(runs, starts, strict=False)
    ]


def _read_weights(folder: ModelFolder) -> "Weights":
    from safetensors import SafetensorError  # noqa: PLC0415
    from safetensors.torch import load_file  # noqa: PLC0415  (loads torch)

    try:
        weights = load_file(folder.path / "model.safetensors")
    except (OSError, SafetensorError) as problem:
        raise ModelError(
            f"The weights of {folder.name} in {folder.path} cannot be read: {problem}. Fetch the "
            "model anew, or choose kind: torch."
        ) from problem
    return {name.removeprefix("bert."): weight for name, weight in weights.items()}


def _affine(weights: "Weights", name: str) -> "Affine":
    return weights[f"{name}.weight"], weights[f"{name}.bias"]


def _layer(weights: "Weights", prefix: str, precision: "dtype") -> _Layer:
    import torch  # noqa: PLC0415

    def affine(*names: str) -> "Affine":
        pairs = [_affine(weights, prefix + name) for name in names]
        joined = [torch.cat(parts).to(precision) for parts in zip(*pairs, strict=True)]
        return joined[0], joined[1]

    return _Layer(
        query_key_value=affine(*(f"attention.self.{name}" for name in ("query", "key", "value"))),
        attended=affine("attention.output.dense"),
        attended_norm=affine("attention.output.LayerNorm"),
        widened=affine("intermediate.dense"),
        narrowed=affine("output.dense"),
        narrowed_norm=affine("output.LayerNorm"),
    )
