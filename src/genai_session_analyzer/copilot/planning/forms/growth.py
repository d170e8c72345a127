"""Groups ranked by how much they changed: "which domain is growing fastest"."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.compiling import output_columns
from genai_session_analyzer.copilot.plan import Order, QueryPlan
from genai_session_analyzer.copilot.planning.forms.form import Form, group_of, group_pattern
from genai_session_analyzer.copilot.planning.forms.two_times import two_times

_UP = r"growing|grow|grew|grown|rising|increasing|gaining|expanding"
_DOWN = r"declining|decline|declined|shrinking|shrink|shrank|falling|dropping|decreasing|losing"
_WAY = (
    rf"(?P<way>{_UP}|{_DOWN})(?: in)?(?: (?:popularity|ground|traction|usage|use|volume|demand))?"
)
_MOST = r"(?:the )?(?P<most>fastest|most|quickest|strongest|least|slowest)"
_LEAD = r"^\W*(?:(?:please|show|list|give|me|us|tell|what|which|who|are|is|was|were|the)\W+)*"
_NUMBER = r"(?:top )?(?:(?P<n>\d{1,2}) )?"
_MEASURE = (
    r"(?: (?:in|by|in terms of|with) (?:the )?(?:number of )?(?P<what>(?!jan|feb|q\d"
    r"|20\d)[a-z ]+?))?"
)
_TIME = (
    r"(?P<time> (?:(?:from|between|in|during|since|over|compared|vs|versus|month|week|last|this)\b)"
    r"[\w ,.-]*)?"
)
_REST = r"(?P<rest> (?:for|among|of|on) [\w .-]+?)?"


@dataclass(frozen=True)
class _Asked:
    """How groups are ranked."""

    field: str
    descending: bool
    transform: str
    limit: int | None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    group = rf"(?P<group>{group_pattern()})(?:'s? (?:usage|use|popularity|volume|traffic|demand))?"
    end = rf"{_MEASURE}{_REST}{_TIME}\W*$"
    has = r"(?: (?:is|are|was|were|has|have|had|been|did|does|do|that|which|our))*"
    noun = (
        r"(?:(?:month|week)(?: over | to |-over-|-to-)(?:month|week) |relative |percentage "
        r"|fastest )?(?P<noun>growth|growth rate|decline|shrinkage)"
    )
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"{_LEAD}{_NUMBER}{group}{has} {_WAY}(?: {_MOST})?{end}",
            rf"{_LEAD}{_NUMBER}(?P<most>fastest|quickest|most|slowest|strongest)[- ]{_WAY}"
            rf" {group}{end}",
            rf"{_LEAD}{_NUMBER}{group} (?:with|has|have|had|shows?|saw) (?:the )?(?P<most>highest"
            rf"|largest|biggest|strongest|fastest|lowest|most|greatest) {noun}{end}",
            rf"{_LEAD}(?:rank )?{group} (?:ranked |ordered |sorted )?by (?:their )?{noun}{end}",
            rf"{_LEAD}{_NUMBER}{group}{has} (?P<gain>gained|lost|gain|lose|added|losing"
            rf"|gaining)(?: (?:the )?(?P<most>most|fewest))?"
            rf" (?P<what>[a-z]+){_REST}{_TIME}\W*$",
            rf"{_LEAD}(?:(?P<most>biggest|highest|largest|strongest) )?{noun} (?:of|in) (?:the )?"
            rf"(?:number of )?(?P<what>[a-z ]+?) (?:by|per|of each|for each|across) {group}{_REST}"
            rf"{_TIME}\W*$",
            rf"{_LEAD}(?:(?P<what>[a-z]+) )?{noun} (?:by|per|of each|for each|in each|across)"
            rf" {group}{_REST}{_TIME}\W*$",
        )
    )


def read_growth(text: str, today: date) -> Form | None:
    """Return "generations by domain in February compared with January" of such a question.

    Args:
        text: The question.
        today: The day of the newest timestamp in the data: without a time the last complete month
            is compared with the one before.
    """
    plain = text.lower().strip()
    match = next(filter(None, (each.match(plain) for each in _patterns())), None)
    if match is None:
        return None
    parts = match.groupdict()
    times = two_times((parts.get("time") or "").strip(" ?.!,"), today)
    field = group_of(match["group"])
    if times is None or field is None:
        return None
    asked = _asked(match, field, plain)
    what = (parts.get("what") or "generations").strip()
    rest = parts.get("rest") or ""
    said = f"number of {what}" if what == "generations" else what
    return Form(
        text=f"{said} by {match['group']}{rest} {times}",
        complete=lambda plan, words: _ranked(plan, words, asked),
    )


def _asked(match: re.Match[str], field: str, text: str) -> _Asked:
    parts = match.groupdict()
    way = parts.get("way") or parts.get("noun") or parts.get("gain") or ""
    goes_down = re.fullmatch(rf"(?:{_DOWN}|shrinkage|lost|lose)", way) is not None
    turned = parts.get("most") in ("least", "slowest", "lowest", "fewest")
    number = parts.get("n")
    many = group_of(match["group"] + "s") is None  # a plural: all of them
    is_one = bool(parts.get("most")) and not many
    limit = int(number) if number else 1 if is_one else None
    transform = "change" if parts.get("gain") else "relative_change"
    return _Asked(field, goes_down == turned, transform, limit)


def _ranked(plan: QueryPlan, words: Catalogue, asked: _Asked) -> QueryPlan | None:
    """The compared plan as the change alone, ranked."""
    if plan.comparison is None or len(plan.measures) != 1 or len(plan.dimensions) != 1:
        return None
    use = plan.measures[0].model_copy(update={"transform": asked.transform})
    changed = plan.model_copy(update={"measures": (use,)})
    name = output_columns(changed, words)[-1].name
    order = (Order(by=name, descending=asked.descending),)
    return changed.model_copy(update={"order": order, "limit": asked.limit})
