"""One question from start to end, for callers without a page."""

from genai_session_analyzer.copilot.answering.answer import Answer, Answered
from genai_session_analyzer.copilot.answering.copilot import Copilot
from genai_session_analyzer.copilot.answering.running import Ask
from genai_session_analyzer.errors import AnalyzerError


def ask_once(copilot: Copilot, question: str, first: str | None, asker: str) -> Answer:
    """Return the answer to a question, or to a follow-up of another one.

    Args:
        copilot: Answers.
        question: The words.
        first: The question before; None where the question stands alone.
        asker: Who asks.

    Raises:
        AnalyzerError: The first question has no answer that could be followed up, or as `ask`.
    """
    if first is None:
        return copilot.ask(question, Ask(asker=asker))
    before = copilot.ask(first, Ask(asker=asker))
    if not isinstance(before, Answered) or before.plan is None:
        message = f"{first!r} was not answered by a plan, so it cannot be followed up. Ask anew."
        raise AnalyzerError(message)
    return copilot.ask(question, Ask(asker=asker, previous=before.plan))
