"""llama.cpp's engine in this process: loaded, and set so that it leaves the machine to others."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genai_session_analyzer.errors import ModelError


@dataclass(frozen=True, kw_only=True)
class EngineSize:
    """What an engine takes of the machine.

    Attributes:
        threads: Cores it keeps busy while it answers.
        context_tokens: Most tokens of a conversation with its reply.
        places: Conversations whose beginnings stay computed.
    """

    threads: int
    context_tokens: int
    places: int


def default_thread_count() -> int:
    """Return one less than the cores this process may use, at least 1.

    With a thread on every core, llama.cpp's barrier collapses (below 1 token a second measured)
    as soon as anything else runs.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, (cores or 1) - 1)


def load_engine(path: Path, size: EngineSize) -> Any:
    """Return the engine with a GGUF file loaded, an `xllamacpp.Server`.

    Raises:
        ModelError: No package, no file, or a damaged one.
    """
    try:
        import xllamacpp  # noqa: PLC0415  # loads the engine
    except ImportError as problem:
        raise ModelError(
            "The language model backend llama_cpp needs the package xllamacpp: "
            "pip install '.[llama-cpp]'."
        ) from problem
    if not path.is_file():
        raise missing_model(path)
    try:
        return xllamacpp.Server(_parameters(xllamacpp.CommonParams(), path, size))
    except (RuntimeError, ValueError) as problem:
        raise ModelError(
            f"{path} cannot be loaded: {problem} It must be a whole GGUF file, and the "
            "memory must hold it."
        ) from problem


def missing_model(path: Path) -> ModelError:
    """Return the error for a file that is not there."""
    return ModelError(f"No language model at {path}. Set GSA_LLM_MODEL to a GGUF file that exists.")


def _parameters(parameters: Any, path: Path, size: EngineSize) -> Any:
    parameters.model.path = str(path)
    parameters.n_parallel = size.places
    parameters.n_ctx = size.context_tokens * size.places
    for cpu in (parameters.cpuparams, parameters.cpuparams_batch):
        cpu.n_threads = size.threads
        cpu.poll = 0  # waits without spinning: others use these cores too
    parameters.verbosity = -1
    parameters.warmup = False
    parameters.cache_ram_mib = 0  # brings back states that depend on what was asked before
    # The engine opens a port on loopback; nobody is told its key.
    parameters.api_keys = [secrets.token_hex(32)]
    parameters.ui = parameters.endpoint_slots = False
    parameters.cors_origins = ""
    return parameters
