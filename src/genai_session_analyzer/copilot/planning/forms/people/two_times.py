"""People active in one time and again, or not, in another: "came back", "then went quiet"."""

from datetime import datetime, timedelta

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.facts import DataFacts
from genai_session_analyzer.copilot.plan import MeasureUse, PlanFilter, QueryPlan, TimeRange
from genai_session_analyzer.copilot.planning.forms.form import Form
from genai_session_analyzer.copilot.planning.forms.people.active_bounds import (
    Span,
    did,
    is_active_users,
    of_people,
    of_rows,
    people_who,
    spent_in,
)
from genai_session_analyzer.copilot.planning.forms.people.moves import (
    Moves,
    Side,
    read_moves,
)
from genai_session_analyzer.copilot.planning.forms.people.people_words import (
    is_following,
    time_of,
    within,
)


def read_two_times(plain: str, facts: DataFacts) -> Form | None:
    """Return "how many users active in January" of "January's users who returned in March"."""
    moves = read_moves(plain)
    if moves is None:
        return None

    def complete(plan: QueryPlan, _words: Catalogue) -> QueryPlan | None:
        first = within(plan.time) if plan.time else None
        second = _second(moves.second, plan.time, facts)
        if first is None or second is None or first == second or not is_active_users(plan):
            return None
        return _moved(plan, moves, (first, second))

    return Form(text=moves.text, complete=complete)


def _second(
    side: Side, first: TimeRange | None, facts: DataFacts
) -> tuple[datetime, datetime] | None:
    unit = is_following(side.said)
    if unit is None:
        time = time_of(side.said, facts)
        return within(time) if time else None
    if first is None or first.end is None or first.start is None:
        return None
    is_week = first.end - first.start == timedelta(days=7)
    if is_week != (unit == "week") or (unit == "month" and first.end.day != 1):
        return None
    later = first.end + timedelta(days=7 if is_week else 31)
    return first.end, later if is_week else later.replace(day=1)


def _moved(
    plan: QueryPlan, moves: Moves, times: tuple[tuple[datetime, datetime], ...]
) -> QueryPlan | None:
    first, second = times
    if moves.asked == "share":
        return _share(plan, first, second, is_absent=moves.is_absent)
    bounds = (did((*of_rows(plan), *spent_in(*first))),
              did(spent_in(*second), is_absent=moves.is_absent))  # fmt: skip
    kept = plan.model_copy(update={"time": None, "filters": of_people(plan)})
    return people_who(kept, moves.asked, bounds)


def _share(
    plan: QueryPlan, first: tuple[datetime, datetime], second: tuple[datetime, datetime],
    *, is_absent: bool,
) -> QueryPlan:  # fmt: skip
    """Of the people of the first time, the part with something in the second one, or nothing."""
    then = PlanFilter(field="generations.requested_at", operator="within", values=second,
                      negated=is_absent)  # fmt: skip
    now = then.model_copy(update={"values": first, "negated": False})
    use = MeasureUse(name="user_count", only=(then,), transform="share_where")
    rows = _finer(of_rows(plan))
    who = tuple(each.model_copy(update={"field": each.field.removeprefix("users.")})
                for each in of_people(plan))  # fmt: skip
    return QueryPlan(entity="users", measures=(use,), dimensions=plan.dimensions,
                     filters=(now, *rows, *who))  # fmt: skip


def _finer(filters: Span) -> Span:
    return tuple(each.model_copy(update={"field": f"generations.{each.field}"})
                 for each in filters)  # fmt: skip
