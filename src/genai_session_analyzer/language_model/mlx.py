"""A model under MLX, through mlx-lm: Apple silicon; on Linux CPUs in float32.

MLX has no grammar of its own: the JSON Schema is said in words, replies have to be validated.
"""

import importlib
import threading
import time
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.language_model.chat_format import chat_messages, finish_reason
from genai_session_analyzer.language_model.fingerprint import sampled_digest
from genai_session_analyzer.language_model.pieces import pieces
from genai_session_analyzer.language_model.roles import Capabilities, Reply, Request
from genai_session_analyzer.language_model.stop_texts import UntilStop


class MlxModel:
    """A model from a folder or the hub; requests of several threads wait for each other."""

    capabilities = Capabilities(enforces_json_schema=False, streams=True)

    def __init__(self, model: str, timeout_s: float = 120.0) -> None:
        """Note what is wanted; nothing is loaded before the first request.

        Args:
            model: A folder, or a name on the hub, which is downloaded once.
            timeout_s: A reply that takes longer is given up.
        """
        self.name = Path(model).name if Path(model).is_dir() else model
        self._model = model
        self._timeout_s = timeout_s
        self._asking = threading.Lock()
        self._loading = threading.Lock()
        self._loaded: tuple[Any, Any] | None = None

    @cached_property
    def revision(self) -> str:
        """Of a folder its sampled digest, of a model on the hub its commit.

        Raises:
            ModelError: There is no such model.
        """
        folder = self._folder
        if folder.parent.name == "snapshots":
            return folder.name
        return sampled_digest([*folder.glob("*.safetensors"), *folder.glob("*.json")])

    def generate(self, request: Request) -> Reply:
        """Return the whole reply.

        Raises:
            ModelError: No package, no model, a damaged one, or no reply within `timeout_s`.
        """
        texts: list[str] = []
        answer = _Answer(request, texts.append)
        self._ask(answer, lambda: answer.seconds > self._timeout_s)
        if not answer.finish:
            raise ModelError(
                f"{self.name} did not finish within {self._timeout_s:g} s. Raise timeout_s or "
                "lower max_tokens; on a CPU llama_cpp is several times as fast."
            )
        return Reply(
            text="".join(texts),
            prompt_tokens=answer.prompt_tokens,
            completion_tokens=answer.completion_tokens,
            seconds=answer.seconds,
            finish_reason=finish_reason(answer.finish),
        )

    def stream(self, request: Request, cancelled: threading.Event) -> Iterator[str]:
        """Yield the reply's text piece by piece; a cancelled one stops at the next token.

        Raises:
            ModelError: As for `generate`, without the time limit.
        """

        def produce(emit: Callable[[str], bool]) -> None:
            """Hand over the reply as it comes."""
            self._ask(_Answer(request, emit), lambda: emit(""))

        return pieces(produce, cancelled)

    @cached_property
    def _folder(self) -> Path:
        if Path(self._model).is_dir():
            return Path(self._model)
        hub = _package("mlx_lm.utils")
        try:
            try:
                return Path(hub.hf_repo_to_path(self._model))  # at hand: no network
            except (OSError, ValueError):
                return Path(hub._download(self._model))  # its only way
        except (OSError, ValueError) as problem:
            raise ModelError(
                f"The MLX model {self._model!r} is neither a folder nor to be had from the hub: "
                f"{' '.join(str(problem).split())[:200]} Set GSA_LLM_MODEL to a folder, or go "
                "online."
            ) from problem

    def _ask(self, answer: "_Answer", is_unwanted: Callable[[], bool]) -> None:
        model, tokenizer = self._model_and_tokenizer()
        with self._asking:
            answer.come(model, tokenizer, is_unwanted)

    def _model_and_tokenizer(self) -> tuple[Any, Any]:
        with self._loading:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _load(self) -> tuple[Any, Any]:
        folder = self._folder
        mlx, mlx_lm = _package("mlx.core"), _package("mlx_lm")
        try:
            model, tokenizer = mlx_lm.load(str(folder))
        except (OSError, ValueError, KeyError, RuntimeError) as problem:
            raise ModelError(
                f"The MLX model in {folder} cannot be loaded: "
                f"{' '.join(str(problem).split())[:200]} It must be a whole folder made for mlx-lm."
            ) from problem
        if not mlx.metal.is_available():
            model.set_dtype(mlx.float32)  # half precision on a CPU is 40 times as slow
        return model, tokenizer


class _Answer:
    """One reply while it comes."""

    def __init__(self, request: Request, take: Callable[[str], object]) -> None:
        """Ask nothing yet; `take` is handed the pieces of text."""
        self._request = request
        self._take = take
        self._started = time.perf_counter()
        self.prompt_tokens = self.completion_tokens = 0
        self.finish: str | None = None

    @property
    def seconds(self) -> float:
        """Time since it was asked for."""
        return time.perf_counter() - self._started

    def come(self, model: Any, tokenizer: Any, is_unwanted: Callable[[], bool]) -> None:
        """Take piece after piece until the end, a stop text, or nobody wants it any more."""
        mlx, mlx_lm = _package("mlx.core"), _package("mlx_lm")
        sampling = _package("mlx_lm.sample_utils")
        self._started = time.perf_counter()
        mlx.random.seed(self._request.seed)
        prompt = tokenizer.apply_chat_template(
            chat_messages(self._request, schema_in_words=True), add_generation_prompt=True
        )
        text = UntilStop(self._request.stop, self._take)
        for piece in mlx_lm.stream_generate(
            model,
            tokenizer,
            prompt,
            max_tokens=self._request.max_tokens,
            sampler=sampling.make_sampler(temp=self._request.temperature),
        ):
            self.prompt_tokens = piece.prompt_tokens
            self.completion_tokens = piece.generation_tokens
            self.finish = piece.finish_reason
            if text.add(piece.text):
                self.finish = "stop"
            if self.finish or is_unwanted():
                break
        text.end()


def _package(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as problem:
        raise ModelError(
            "The language model backend mlx needs the packages mlx and mlx-lm: "
            "pip install '.[mlx]'."
        ) from problem
