"""Prompts labelled by a language model: one question each, one repair, then failed."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.language_model import LanguageModel, Reply
from genai_session_analyzer.language_model.refusal import RequestRefusedError
from genai_session_analyzer.model_results import Outcome
from genai_session_analyzer.pipelines.enrichment.labels.llm_prompt import LabelInstructions
from genai_session_analyzer.pipelines.enrichment.labels.llm_reply import (
    InvalidReplyError,
    parse_reply,
)
from genai_session_analyzer.pipelines.enrichment.labels.prompt_label import (
    LabelRecord,
    ParseStatus,
    PromptLabel,
)

LABELER = "language_model"
_ERROR_CHARS = 300


@dataclass(frozen=True)
class PromptToLabel:
    """One prompt: its id and its text."""

    prompt_id: str
    text: str


@dataclass
class Usage:
    """What labelling took so far."""

    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0

    def add(self, replies: Iterable[Reply]) -> None:
        """Counts these replies too."""
        for reply in replies:
            self.requests += 1
            self.prompt_tokens += reply.prompt_tokens
            self.completion_tokens += reply.completion_tokens

    def cost(self, per_million_prompt_tokens: float, per_million_completion_tokens: float) -> float:
        """Return the cost, in the currency of the prices."""
        return (
            self.prompt_tokens * per_million_prompt_tokens
            + self.completion_tokens * per_million_completion_tokens
        ) / 1e6


@dataclass(frozen=True)
class Labeler:
    """A language model with its instructions.

    Attributes:
        model: What is asked.
        instructions: What it is told.
        usage: Tokens so far; of this process, on this thread.
    """

    model: LanguageModel
    instructions: LabelInstructions
    usage: Usage = field(default_factory=Usage)

    def outcomes(
        self, prompts: Sequence[PromptToLabel], threads: ThreadPoolExecutor
    ) -> list[Outcome]:
        """Return one outcome per prompt, in their order; each depends on its prompt alone.

        Raises:
            ModelError: The model does not answer, or refuses every one of several prompts.
        """
        pending = [threads.submit(self._labelled, each) for each in prompts]
        try:
            labelled = [each.result() for each in pending]
        except BaseException:
            for future in pending:
                future.cancel()
            raise
        refusals = [each.refusal for each in labelled if each.refusal is not None]
        if len(refusals) == len(prompts) > 1:
            raise refusals[0]
        for each in labelled:
            self.usage.add(each.replies)
        return [each.outcome for each in labelled]

    def _labelled(self, prompt: PromptToLabel) -> "_Labelled":
        request = self.instructions.request(prompt.text)
        replies: list[Reply] = []
        try:
            replies.append(self.model.generate(request))
            try:
                return self._done(prompt, parse_reply(replies[0].text), "ok", replies)
            except InvalidReplyError as problem:
                again = self.instructions.repair_request(request, replies[0].text, str(problem))
            replies.append(self.model.generate(again))
            return self._done(prompt, parse_reply(replies[1].text), "repaired", replies)
        except InvalidReplyError as problem:
            error = f"invalid after one repair: {problem}"[:_ERROR_CHARS]
            return _Labelled(Outcome(prompt.prompt_id, error=error), replies)
        except RequestRefusedError as problem:
            error = f"refused: {problem}"[:_ERROR_CHARS]
            return _Labelled(Outcome(prompt.prompt_id, error=error), replies, problem)

    def _done(
        self, prompt: PromptToLabel, label: PromptLabel, status: ParseStatus, replies: list[Reply]
    ) -> "_Labelled":
        record = LabelRecord(
            label=label,
            labeler=LABELER,
            model=self.model.name,
            revision=self.model.revision,
            prompt_version=self.instructions.version,
            parse_status=status,
        )
        return _Labelled(Outcome(prompt.prompt_id, payload=record.to_payload()), replies)


@dataclass(frozen=True)
class _Labelled:
    outcome: Outcome
    replies: Sequence[Reply]
    refusal: ModelError | None = None


def concurrently(
    labeler: Labeler, concurrency: int
) -> tuple[Callable[[Sequence[PromptToLabel]], list[Outcome]], ThreadPoolExecutor]:
    """Return a function that labels a batch with so many requests at once, and its threads."""
    threads = ThreadPoolExecutor(concurrency, thread_name_prefix="label")
    return (lambda prompts: labeler.outcomes(prompts, threads)), threads
