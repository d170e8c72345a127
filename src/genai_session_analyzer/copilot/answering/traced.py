"""Keeping a trace of an ask, however it ends."""

import time
from collections.abc import Callable

from genai_session_analyzer.copilot.answering.answer import Answer, Answered, AskedBack
from genai_session_analyzer.copilot.answering.running import Running
from genai_session_analyzer.copilot.model_planning.asking import AskCancelledError
from genai_session_analyzer.copilot.tracing import AskTrace, TraceLog
from genai_session_analyzer.errors import AnalyzerError, QueryCancelledError

LONGEST_RESPONSE = 500


def traced(
    question: str, running: Running, traces: TraceLog, work: Callable[[Running], Answer]
) -> Answer:
    """Return what `work` returns, or raise what it raises; its trace is kept in both cases."""
    outcome, response, tags = "failed", "", {"build": running.context.build.id}
    try:
        answer = work(running)
        outcome, response = _outcome_of(answer)
        tags |= _tags_of(answer)
    except (AskCancelledError, QueryCancelledError) as problem:
        outcome, response = "cancelled", str(problem)
        raise
    except AnalyzerError as problem:
        response = str(problem)
        raise
    finally:
        traces.record(_trace(question, running, (outcome, response), tags))
    return answer


def _trace(
    question: str, running: Running, ended: tuple[str, str], tags: dict[str, str]
) -> AskTrace:
    spans = running.spans
    written = [span for span in spans.spans if span.name == "generate"]
    return AskTrace(
        question=question,
        outcome=ended[0],
        response=ended[1][:LONGEST_RESPONSE],
        started_ns=spans.started_ns,
        ended_ns=max(time.time_ns(), *(span.ended_ns for span in spans.spans), spans.started_ns),
        spans=spans.spans,
        tags=tags | {"outcome": ended[0]},
        ask_id=spans.ask_id,
        prompt_tokens=sum(int(span.details.get("prompt_tokens", 0)) for span in written),
        completion_tokens=sum(int(span.details.get("completion_tokens", 0)) for span in written),
    )


def _outcome_of(answer: Answer) -> tuple[str, str]:
    if isinstance(answer, Answered):
        return "answered", answer.sentence
    if isinstance(answer, AskedBack):
        return "asked_back", answer.sentence
    return "declined", answer.reason


def _tags_of(answer: Answer) -> dict[str, str]:
    if not isinstance(answer, Answered):
        return {}
    tags = {"planner": answer.made.planner, "route": answer.made.route}
    return tags | ({"model": answer.made.model} if answer.made.model else {})
