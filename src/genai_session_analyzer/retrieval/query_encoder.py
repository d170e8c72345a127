"""The encoder a query needs: the one that made the build's vectors."""

from collections.abc import Iterator

from genai_session_analyzer.embedding import TextEncoder, TextEncoderSettings, text_encoder
from genai_session_analyzer.embedding.text_encoders import Kind
from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.retrieval.settings import SearchSettings
from genai_session_analyzer.retrieval.stored_vectors import EncoderName

_KINDS: tuple[Kind, ...] = ("bfloat16", "onnx", "hash")


def encoder_for(stored: EncoderName, settings: SearchSettings) -> TextEncoder:
    """Return the encoder whose vectors can be compared with the stored ones.

    Raises:
        ModelError: None of the encoders here is the one that made them.
    """
    known = []
    for encoder in _encoders(settings):
        if EncoderName(encoder.model, encoder.revision) == stored:
            return encoder
        known.append(f"{encoder.model}@{encoder.revision}")
    raise ModelError(
        f"The build's vectors come from {stored}; here are {', '.join(known)}. Give the model they "
        "come from, or run `kedro run --pipeline=enrichment` and publish."
    )


def require_same(encoder: TextEncoder, stored: EncoderName) -> TextEncoder:
    """Return the encoder if it made the stored vectors.

    Raises:
        ModelError: It did not: its vectors cannot be compared with them.
    """
    if EncoderName(encoder.model, encoder.revision) != stored:
        raise ModelError(
            f"The build's vectors come from {stored}, the query's encoder is "
            f"{encoder.model}@{encoder.revision}. Use the encoder of the build."
        )
    return encoder


def _encoders(settings: SearchSettings) -> Iterator[TextEncoder]:
    for kind in _KINDS:
        yield text_encoder(
            TextEncoderSettings(kind=kind, model=settings.model, cache=settings.cache, threads=1)
        )
