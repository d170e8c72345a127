"""Ways of computing all-MiniLM-L6-v2 that were tried and are not shipped."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from genai_session_analyzer.embedding.model_folder import ModelFolder
from genai_session_analyzer.embedding.onnx_export import exported
from genai_session_analyzer.embedding.packed_bert import PackedBert
from genai_session_analyzer.embedding.token_batches import BatchPlan, encode_on_all_cores

Vectors = NDArray[np.float32]
CLS, SEP = 101, 102


@dataclass(frozen=True)
class Int8Encoder:
    """ONNX Runtime, dynamic int8 per channel: scales, so vectors too, depend on the whole batch."""

    folder: ModelFolder
    cache: Path

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of unit length."""
        session = _int8_session(self.folder, self.cache)

        def embed(tokens: list[NDArray[np.int64]]) -> Vectors:
            vectors: Vectors = session.run(["vectors"], {"tokens": np.stack(tokens)})[0]
            return vectors

        return encode_on_all_cores(texts, self.folder, embed, BatchPlan(is_even=True))


@cache
def _int8_session(folder: ModelFolder, cache_folder: Path) -> onnxruntime.InferenceSession:
    target = cache_folder / "int8.onnx"
    quantize_dynamic(
        exported(folder, cache_folder), target, per_channel=True, weight_type=QuantType.QInt8
    )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(target, options, providers=["CPUExecutionProvider"])


@dataclass(frozen=True)
class PackedFloat32Encoder:
    """What bfloat16 does, in float32: the packing alone, without the rounding."""

    folder: ModelFolder

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of unit length."""
        model = _float32(self.folder)
        return encode_on_all_cores(
            texts, self.folder, model.embed, BatchPlan(), lambda: torch.set_num_threads(1)
        )


@cache
def _float32(folder: ModelFolder) -> PackedBert:
    return PackedBert(folder, torch.float32)


@dataclass(frozen=True)
class StaticEncoder:
    """The mean of one vector per token: what the model gives for the token alone.

    *Source*: Model2Vec (https://github.com/MinishLab/model2vec): the common component taken off,
    tokens weighted by the logarithm of their rank in the vocabulary.
    """

    folder: ModelFolder

    @cached_property
    def token_vectors(self) -> Vectors:
        """One vector per token of the vocabulary."""
        size = _tokenizer(self.folder).get_vocab_size()
        model = _float32(self.folder)
        texts = [np.array([CLS, token, SEP]) for token in range(size)]
        parts = [model.embed(texts[start : start + 512]) for start in range(0, size, 512)]
        vectors = np.concatenate(parts)
        weights = np.log(2.0 + np.arange(size))[:, np.newaxis]
        return np.asarray((vectors - vectors.mean(axis=0)) * weights, dtype=np.float32)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of unit length."""
        encodings = _tokenizer(self.folder).encode_batch_fast(list(texts))
        tokens = [each.ids for each in encodings]
        starts = np.cumsum([0] + [len(each) for each in tokens[:-1]])
        flat = np.concatenate([np.array(each) for each in tokens])
        sums = np.add.reduceat(self.token_vectors[flat], starts, axis=0)
        vectors: Vectors = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return vectors


@cache
def _tokenizer(folder: ModelFolder) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder.path / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(folder.max_tokens)
    return tokenizer
