"""Which language model is used, and how: from parameters and the environment."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.language_model.llama_cpp import LlamaCppModel
from genai_session_analyzer.language_model.mlx import MlxModel
from genai_session_analyzer.language_model.openai_compatible import OpenAICompatibleModel
from genai_session_analyzer.language_model.retries import Limits
from genai_session_analyzer.language_model.roles import LanguageModel

DEFAULT_MLX_MODEL = "mlx-community/Qwen2.5-1.5B-Instruct-4bit"
VARIABLES = {
    "backend": "GSA_LLM_BACKEND",
    "model": "GSA_LLM_MODEL",
    "base_url": "GSA_LLM_BASE_URL",
    "api_key": "GSA_LLM_API_KEY",
}
"""Environment variables that stand above the parameters."""


class LanguageModelSettings(BaseModel):
    """Which model, where it is, and how long one waits for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    backend: Literal["none", "mlx", "llama_cpp", "openai_compatible"] = "none"
    model: str | None = None
    """mlx: name on the hub or folder; llama_cpp: GGUF file; else the name the server knows."""
    base_url: str | None = None
    """openai_compatible: up to and with `/v1`, for example `http://127.0.0.1:11434/v1`."""
    api_key: SecretStr | None = None
    """openai_compatible: from the environment, never from a file of parameters."""
    revision: str | None = None
    """openai_compatible: what tells versions of the model apart that its name does not; a new one
    does all its work anew. The endpoint's address by default."""
    timeout_s: float = Field(default=120.0, gt=0)
    """Of one reply."""
    max_retries: int = Field(default=4, ge=0, le=10)
    """openai_compatible: attempts after the first one."""
    threads: int | None = Field(default=None, ge=1)
    """llama_cpp: one less than the cores by default."""
    context_tokens: int = Field(default=4096, ge=512)
    """llama_cpp: most tokens of a conversation with its reply."""

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str], parameters: Mapping[str, object] | None = None
    ) -> Self:
        """Return the parameters with what the environment says above them.

        Args:
            environment: Usually `os.environ`; empty variables count as not set.
            parameters: Fields of this model.

        Raises:
            ModelError: A value is not valid; the message names it, never a key.
        """
        given = {field: environment.get(name) for field, name in VARIABLES.items()}
        chosen = {**(parameters or {}), **{key: value for key, value in given.items() if value}}
        try:
            return cls.model_validate(chosen)
        except ValidationError as problem:
            wrong = "; ".join(
                f"{VARIABLES.get(str(each['loc'][0]), each['loc'][0])}: {each['msg']}"
                for each in problem.errors(include_input=False, include_url=False)
            )
            raise ModelError(f"Language model settings: {wrong}.") from None


def open_language_model(settings: LanguageModelSettings) -> LanguageModel | None:
    """Return the model that the settings name, or None for backend `none`; nothing is loaded yet.

    Raises:
        ModelError: A setting that the backend needs is missing.
    """
    if settings.backend == "none":
        return None
    if settings.backend == "mlx":
        return MlxModel(settings.model or DEFAULT_MLX_MODEL, timeout_s=settings.timeout_s)
    if settings.backend == "llama_cpp":
        return LlamaCppModel(
            path=Path(_needed(settings, "model", "the path of a GGUF file")),
            threads=settings.threads,
            context_tokens=settings.context_tokens,
            timeout_s=settings.timeout_s,
        )
    return OpenAICompatibleModel(
        base_url=_needed(settings, "base_url", "the server's address up to /v1"),
        model=_needed(settings, "model", "the model's name on that server"),
        api_key=settings.api_key,
        given_revision=settings.revision,
        limits=Limits(settings.timeout_s, settings.max_retries),
    )


def _needed(settings: LanguageModelSettings, field: str, meaning: str) -> str:
    value = getattr(settings, field)
    if not value:
        raise ModelError(
            f"The language model backend {settings.backend} needs {field}: set {VARIABLES[field]} "
            f"to {meaning}."
        )
    return str(value)
