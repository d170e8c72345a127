"""What answerers are made from."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from genai_session_analyzer.copilot.answering.context import Source
from genai_session_analyzer.copilot.catalogue import Catalogue, catalogue
from genai_session_analyzer.copilot.evaluation.guarded_runner import GuardedRunner
from genai_session_analyzer.copilot.evaluation.scoring import Judge
from genai_session_analyzer.copilot.facts import DataFacts, read_facts
from genai_session_analyzer.copilot.guard import allowed_in
from genai_session_analyzer.copilot.memory import SimilarQueries, packaged_verified
from genai_session_analyzer.embedding import TextEncoder, TextEncoderSettings, text_encoder
from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.language_model import LanguageModel, Message, Request
from genai_session_analyzer.warehouse.builds import Build
from genai_session_analyzer.warehouse.query_worker.pool import QueryWorkers


@dataclass(frozen=True, kw_only=True)
class Materials:
    """What answerers are made from; what is derived is made once.

    Attributes:
        source: The build, or a database file.
        runner: Runs SQL through guard and worker.
        models: Folder of exported encoders.
        model: The language model; None without one.
    """

    source: Source
    runner: GuardedRunner
    models: Path
    model: LanguageModel | None = None

    @cached_property
    def facts(self) -> DataFacts:
        """What the build holds."""
        return read_facts(self.source.ibis())

    @cached_property
    def catalogue(self) -> Catalogue:
        """The words of plans."""
        return catalogue(self.facts)

    @cached_property
    def encoder(self) -> TextEncoder:
        """Compares meanings."""
        return text_encoder(TextEncoderSettings(cache=self.models, threads=1))

    @cached_property
    def examples(self) -> SimilarQueries:
        """The confirmed questions of the package."""
        return SimilarQueries(packaged_verified(), self.encoder)

    @property
    def judge(self) -> Judge:
        """Holds answers beside gold SQL, which runs on this thread's connection."""
        return Judge(gold=self.source.connection(), runner=self.runner)

    def needed_model(self) -> LanguageModel:
        """Return the language model, loaded: its loading is no question's latency.

        Raises:
            ModelError: There is none, or it cannot be loaded.
        """
        if self.model is None:
            raise ModelError(
                "This way of answering needs a language model. Set GSA_LLM_BACKEND and "
                "GSA_LLM_MODEL, or evaluate with --planner lexicon."
            )
        self.model.generate(Request((Message("user", "Say yes."),), max_tokens=1))
        return self.model


@contextmanager
def opened_materials(
    source: Source, models: Path, model: LanguageModel | None
) -> Iterator[Materials]:
    """Open what answerers are made from; its worker processes end with the block.

    Args:
        source: The build, or a database file.
        models: Folder of exported encoders.
        model: The language model; None without one.

    Raises:
        NoBuildError: There is no build.
    """

    def now_read() -> Build:
        """Return the build that is asked."""
        return source.build

    allowed = allowed_in(source.connection())
    with QueryWorkers(now_read) as workers:
        runner = GuardedRunner(workers, allowed)
        yield Materials(source=source, runner=runner, models=models, model=model)
