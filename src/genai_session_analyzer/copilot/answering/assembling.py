"""From a plan or from SQL to an answer with its proof."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from genai_session_analyzer.copilot.answering.answer import (
    Answered,
    AnswerRows,
    HowMade,
)
from genai_session_analyzer.copilot.answering.chart_choice import (
    ONLY_TABLE,
    choose_chart,
    mark_keys,
    mark_listed,
)
from genai_session_analyzer.copilot.answering.running import Running
from genai_session_analyzer.copilot.answering.support import (
    Support,
    group_plan,
    key_count,
    measured_fields,
    support_warnings,
    unknown_plan,
)
from genai_session_analyzer.copilot.compiling import output_columns, plan_sql, validate_plan
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.wording import plan_definitions, plan_sentence

EDITED = "Your SQL."
CHECKED_FIELDS = 3
"""Of so many fields that the measures read, unknown values are counted."""


@dataclass(frozen=True, kw_only=True)
class PlanToAnswer:
    """A plan on its way to an answer.

    Attributes:
        question: The words.
        plan: The reading.
        conventions: Used to read it.
        made: How it came about, so far.
    """

    question: str
    plan: QueryPlan
    conventions: tuple[str, ...]
    made: HowMade


def answer_by_plan(asked: PlanToAnswer, running: Running) -> Answered:
    """Return the answer of a plan: compiled, checked, run, with what is to be known of it.

    Raises:
        PlanError: The plan names what does not exist.
        QueryError: Its SQL was not run to its end.
        AskCancelledError: The person has stopped it.
    """
    plan, words = asked.plan, running.context.catalogue
    validate_plan(plan, words)
    sql = plan_sql(plan, words)
    found = running.rows_of(running.checked(sql))
    units = {column.name: column.unit for column in output_columns(plan, words)}
    rows = _marked(_named(found, units), plan)
    warnings = (*_row_warnings(rows), *_support_of(plan, rows, running))
    return Answered(
        question=asked.question,
        plan=plan,
        sentence=plan_sentence(plan, words),
        definitions=plan_definitions(plan, words),
        conventions=asked.conventions,
        sql=sql,
        rows=rows,
        chart=ONLY_TABLE if plan.columns else choose_chart(rows),
        origin=running.context.origin,
        made=_timed(asked.made, running),
        warnings=warnings,
    )


def answer_by_sql(question: str, sql: str, made: HowMade, running: Running) -> Answered:
    """Return the answer of SQL that a person or a model wrote.

    Args:
        question: The words it began with; empty where there were none.
        sql: One SELECT.
        made: Who wrote it.
        running: The ask.

    Raises:
        SqlRefusedError: It breaks a rule.
        QueryError: It was not run to its end.
        AskCancelledError: The person has stopped it.
    """
    found = running.rows_of(running.checked(sql))
    rows = _marked(_named(found, {}), None)
    return Answered(
        question=question,
        plan=None,
        sentence=question if made.route == "sql" else EDITED,
        definitions=(),
        conventions=(),
        sql=sql,
        rows=rows,
        chart=choose_chart(rows),
        origin=running.context.origin,
        made=_timed(made, running),
        warnings=_row_warnings(rows),
    )


def _timed(made: HowMade, running: Running) -> HowMade:
    spans = running.spans
    return replace(
        made,
        milliseconds=spans.milliseconds(),
        elapsed_ms=spans.elapsed_ms,
        ask_id=spans.ask_id,
    )


def _named(rows: AnswerRows, units: Mapping[str, str]) -> AnswerRows:
    columns = tuple(replace(each, unit=units.get(each.name, "")) for each in rows.columns)
    return replace(rows, columns=columns)


def _marked(rows: AnswerRows, plan: QueryPlan | None) -> AnswerRows:
    if plan is not None and plan.columns:
        return replace(rows, columns=mark_listed(rows.columns))
    keys = None if plan is None else key_count(plan)
    return replace(rows, columns=mark_keys(rows.columns, keys))


def _row_warnings(rows: AnswerRows) -> tuple[str, ...]:
    warnings = []
    if rows.is_truncated:
        warnings.append(
            f"Cut off after {len(rows.values):,} rows: add a condition or a limit to see all."
        )
    unknown = sum(
        value is None
        for row in rows.values
        for value, column in zip(row, rows.columns, strict=True)
        if not column.is_key
    )
    cells = sum(not column.is_key for column in rows.columns) * len(rows.values)
    if unknown and cells:
        warnings.append(f"{unknown:,} of {cells:,} numbers are unknown and shown as a dash.")
    return tuple(warnings)


def _support_of(plan: QueryPlan, rows: AnswerRows, running: Running) -> tuple[str, ...]:
    """What is to be known of the rows behind the numbers; counted by queries of their own."""
    words = running.context.catalogue
    grouped = group_plan(plan, words)
    if grouped is None or not rows.values:
        return ()
    keys = key_count(plan)
    counts = _run(grouped, running)
    whole = sum(int(row[-1]) for row in counts.values)
    if not whole:
        return (f"No {words.entity(plan.entity).row_word[0]} passes these conditions.",)
    shares = {}
    for field in measured_fields(plan, words)[:CHECKED_FIELDS]:
        unknown = _run(unknown_plan(plan, words, field), running).values
        shares[field] = int(unknown[0][-1]) / whole if unknown else 0.0
    support = Support(
        rows_by_group={row[:-1]: int(row[-1]) for row in counts.values}, unknown_shares=shares
    )
    shown = [row[:keys] for row in rows.values]
    return support_warnings(support, shown, words.entity(plan.entity).row_word)


def _run(plan: QueryPlan, running: Running) -> AnswerRows:
    words = running.context.catalogue
    return running.rows_of(running.checked(plan_sql(plan, words)))
