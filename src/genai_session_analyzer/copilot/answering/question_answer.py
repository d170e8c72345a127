"""One question: known already, read, then answered, asked back or declined."""

from genai_session_analyzer.copilot.answering.answer import (
    Answer,
    AskedBack,
    Choice,
    HowMade,
    NotAnswered,
)
from genai_session_analyzer.copilot.answering.assembling import (
    PlanToAnswer,
    answer_by_plan,
    answer_by_sql,
)
from genai_session_analyzer.copilot.answering.running import Running, RunsInSpans
from genai_session_analyzer.copilot.memory import VerifiedQuery
from genai_session_analyzer.copilot.memory.dating import dated
from genai_session_analyzer.copilot.model_planning.asking import Generated
from genai_session_analyzer.copilot.model_planning.combining import Combined
from genai_session_analyzer.copilot.planning.times.time_words import find_times
from genai_session_analyzer.copilot.roles import Ambiguous, Declined, Question, Understood
from genai_session_analyzer.copilot.tracing import Detail, Span


def answer_question(question: str, running: Running) -> Answer:
    """Return the answer: by a confirmed query where these very words were confirmed, else as read.

    Args:
        question: The words.
        running: The ask.

    Raises:
        ModelError: The language model does not answer.
        QueryError: The SQL was not run to its end.
        AskCancelledError: The person has stopped it.
    """
    known = _confirmed(question, running)
    if known is not None:
        answer = _as_confirmed(known, running)
        if answer is not None:
            return answer
    return _of_reading(question, _read(question, running), running)


def _confirmed(question: str, running: Running) -> VerifiedQuery | None:
    running.ask.watch.enter("retrieve")
    with running.spans.span("retrieve") as details:
        query = None if running.ask.previous else running.context.confirmed.exact(question)
        details["found"] = query is not None
    return query


def _as_confirmed(query: VerifiedQuery, running: Running) -> Answer | None:
    """The answer a query was confirmed with; None where its times no longer say the same."""
    facts = running.context.facts
    by = f"confirmed by {query.confirmed_by} on {query.confirmed_at}"
    made = HowMade(route="confirmed", planner=by)
    if query.sql is not None:
        times = find_times(query.question, facts.newest_at, facts.first_at)
        if times.range is not None:
            return None  # its dates are those of the day it was written
        return answer_by_sql(query.question, query.sql, made, running)
    plan = dated(query, facts)
    if plan is None:
        return None
    asked = PlanToAnswer(question=query.question, plan=plan, conventions=(), made=made)
    return answer_by_plan(asked, running)


def _read(question: str, running: Running) -> Combined:
    running.ask.watch.enter("plan")
    asked = Question(text=question, previous=running.ask.previous)
    with running.spans.span("plan") as details:
        watch = running.ask.watch.of_model()
        found = running.context.reader.combined(asked, RunsInSpans(running), watch)
        details["by"] = found.by
        details["outcome"] = type(found.outcome).__name__
        details["verified"] = found.is_verified
    _note_written(found.written, running)
    return found


def _note_written(written: tuple[Generated, ...], running: Running) -> None:
    """Add what the model wrote as spans, end to end from the plan's start: its order is known."""
    started = next(span.started_ns for span in running.spans.spans if span.name == "plan")
    for each in written:
        ended = started + int(each.seconds * 1e9)
        details: dict[str, Detail] = {
            "purpose": each.purpose,
            "prompt_tokens": each.prompt_tokens or 0,
            "completion_tokens": each.completion_tokens,
            "text": each.text,
        }
        running.spans.add(
            Span(name="generate", started_ns=started, ended_ns=ended, details=details)
        )
        started = ended


def _of_reading(question: str, found: Combined, running: Running) -> Answer:
    outcome, origin = found.outcome, running.context.origin
    if isinstance(outcome, Understood):
        return answer_by_plan(_to_answer(question, outcome, found), running)
    if isinstance(outcome, Declined):
        return NotAnswered(
            question=question,
            reason=_sentence(outcome.reason),
            closest=outcome.closest,
            origin=origin,
        )
    return AskedBack(
        question=question,
        sentence=outcome.sentence,
        choices=_choices(outcome),
        origin=origin,
        fallback=_fallback(found),
        model=found.by if found.sql else None,
    )


def _to_answer(question: str, outcome: Understood, found: Combined) -> PlanToAnswer:
    made = HowMade(
        route="plan",
        planner=found.by,
        model=found.by if found.written else None,
        attempts=found.attempts,
        is_verified=found.is_verified,
        confidence=outcome.confidence,
    )
    return PlanToAnswer(question=question, plan=outcome.plan, conventions=outcome.notes, made=made)


def _choices(outcome: Ambiguous) -> tuple[Choice, ...]:
    return tuple(Choice(sentence=each.sentence, plan=each.plan) for each in outcome.readings)


def _fallback(found: Combined) -> str | None:
    """SQL that ran but was not borne out."""
    ran = None if found.sql is None else found.sql.ran
    return None if ran is None or ran.result is None else ran.sql


def _sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:].rstrip('.')}."
