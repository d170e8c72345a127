"""From settings to an encoder: which model, which way of computing it."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from genai_session_analyzer.embedding.bfloat16_encoder import Bfloat16Encoder, multiplies_bfloat16
from genai_session_analyzer.embedding.hash_encoder import HashEncoder
from genai_session_analyzer.embedding.model_folder import model_folder
from genai_session_analyzer.embedding.onnx_encoder import OnnxEncoder
from genai_session_analyzer.embedding.roles import TextEncoder
from genai_session_analyzer.embedding.sentence_encoder import SentenceEncoder
from genai_session_analyzer.embedding.token_batches import BatchPlan

Kind = Literal["fastest", "bfloat16", "onnx", "torch", "hash"]


class TextEncoderSettings(BaseModel):
    """Which encoder, and how it is run.

    Attributes:
        kind: `bfloat16` (packed, torch), `onnx` (float32, ONNX Runtime), `torch` (plain
            sentence-transformers: any model, any device), `hash` (no model); `fastest` is
            bfloat16 where the CPU multiplies it, else onnx.
        model: A sentence-transformers model by name or folder; None: the installed one.
        cache: Folder of exported models.
        threads: Cores to use, each with a batch of its own; None: all. Not for `torch`.
        max_tokens: Tokens of a batch. Not for `torch`.
        device: Of `torch`: cpu, cuda, mps; None: the fastest there is.
        dimension: Length of the vectors of `hash`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind = "fastest"
    model: str | None = None
    cache: Path = Path("data/06_models")
    threads: int | None = Field(default=None, ge=1)
    max_tokens: int = Field(default=1024, ge=1)
    device: str | None = None
    dimension: int = Field(default=384, ge=1)


def text_encoder(settings: TextEncoderSettings) -> TextEncoder:
    """Return the encoder; its model is loaded when it is first asked for a vector.

    Raises:
        ModelError: There is no such model, or its weights are not what they should be.
    """
    kind = settings.kind
    if kind == "hash":
        return HashEncoder(dimension=settings.dimension)
    folder = model_folder(settings.model)
    if kind == "torch":
        return SentenceEncoder(folder, settings.device)
    if kind == "bfloat16" or (kind == "fastest" and multiplies_bfloat16()):
        return Bfloat16Encoder(folder, BatchPlan(settings.threads, settings.max_tokens))
    plan = BatchPlan(settings.threads, settings.max_tokens, is_even=True)
    return OnnxEncoder(folder, settings.cache, plan)
