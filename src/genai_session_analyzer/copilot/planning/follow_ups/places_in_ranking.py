"""Follow-ups that ask for the next place of a ranking: "and the second?", "the runner-up"."""

import re

from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.words.tagging import Tagged

_LEAD = (
    r"\W*(?:(?:and|but|now|then|ok|so|show|give|me|what|which|who|about|how|is|was|are|has|the|in"
    r"|comes?|came|one) )*"
)
_PLACES = {
    "second": 2, "2nd": 2, "runner up": 2, "next": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "fifth": 5, "5th": 5,
}  # fmt: skip
_PLACE = re.compile(
    rf"{_LEAD}(second|2nd|runner[ -]up|next|third|3rd|fourth|4th|fifth|5th)(?: (?:one|place|best"
    r"|worst|most|least|highest|lowest|longest|shortest|fastest|slowest|largest|smallest|biggest"
    r"|cheapest|most expensive|used|common|frequent|active|popular|in (?:line|place)|on the list"
    r"|place))*\W*$"
)


def names_place(tagged: Tagged, plan: QueryPlan) -> bool:
    """Return whether a follow-up asks for a further place of what was ranked."""
    return bool(plan.order) and _PLACE.match(tagged.text) is not None


def at_place(tagged: Tagged, plan: QueryPlan) -> QueryPlan:
    """Return the plan with the row at the place that is named alone.

    Raises:
        BindError: More than one row was asked for before, and it is not clear what is next.
    """
    found = _PLACE.match(tagged.text)
    place = _PLACES[found[1].replace("-", " ")] if found else 1
    if plan.limit_within or plan.over_groups or (found and found[1] == "next" and plan.limit != 1):
        raise BindError("a place in a ranking of what")
    skip = plan.skip + 1 if found and found[1] == "next" else place - 1
    return plan.model_copy(update={"limit": 1, "skip": skip})
