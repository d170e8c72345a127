"""People of a time who were there for the first time, or who had been there before."""

import re

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import MeasureUse, PlanFilter, QueryPlan
from genai_session_analyzer.copilot.planning.forms.form import Form
from genai_session_analyzer.copilot.planning.forms.people.active_bounds import is_active_users
from genai_session_analyzer.copilot.planning.forms.people.people_words import (
    TIME,
    WHO,
    asked_for,
    within,
)

_NEW = (
    rf"(?:first[- ]tim(?:ers?|e {WHO})|newcomers?|new ?comers?|new (?:faces?|arrivals?"
    rf"|starters?|joiners)"
    r"|newbies|debutants?|making their (?:very )?(?:first (?:ever )?(?:request|generation"
    r"|image)|debut)"
    r"|(?:here|active|there|with us|using (?:us|it)) for the (?:very )?first time|first[-"
    r" ]time active"
    r"|(?:had |have |has |were |was )?never (?:been (?:active|here|there|seen|around)|used "
    r"(?:us|it)"
    r"|made (?:a|any) (?:requests?|generations?)|generated(?: anything)?) before)"
)
_NEW_OF = (
    r"(?:(?:were|was|are|is) (?:brand[- ]?|completely )?new(?: to (?:us|the \w+))?|brand[- ]?new)"
)
_OLD = (
    rf"(?:returning(?: (?:{WHO}|ones?))?|repeat {WHO}|existing {WHO}|old (?:hands|{WHO})|regulars|"
    r"(?:were|are|was) (?:not new|already known|returning)|not new"
    r"|had (?:already )?(?:used (?:us|it)|been (?:active|here|there|around)) before)"
)
_OLD_AND_NOT_NEW = re.compile(
    rf"{_OLD}(?: (?:ones?|{WHO}))?(?:, (?:and |i e )?not (?:new|{_NEW})(?: ones?)?)?"
)
_ACTIVE = re.compile(rf"\bactive (?={WHO}\b)|\bwere active\b|\b{WHO} active\b")
_PER = re.compile(
    r"\b(?:by|per|each|every|a|of each)(?: (?:calendar|the))? (?P<unit>week|month)\b"
    r"|\b(?P<ly>week|month)ly\b"
)
_FIRST_USERS = re.compile(
    rf"\b(?:{_NEW}|{_NEW_OF}|(?:made|did|had|sent|started|generated|created)\b.*\b(?:first|debut"
    r")\b|by (?:their )?first (?:request|generation|image|use|activity))"
)
_SAYS_PEOPLE = re.compile(
    r"[:,]? *(?:(?:how many|number of|count of|counted|the|people|users|customers|who|of|members"
    r"|folks|made|had|did|sent|created|generated|started|their|very|first|ever|by|by their|then"
    r"|generation|request|image|use|activity|in it|there|were|was|are|new|faces|brand|brand new"
    r"|newcomers|first-timers|first-time|for|time|the very|using|us|timers|active|starters"
    r"|arrivals|debut|with|we|get|got|did|do|have|had|came)\W*)*"
)


def read_newcomers(plain: str) -> Form | None:
    """Return the simpler question of first-timers, or of people who came again; None for others."""
    return _first_per_period(plain) or _of_active(plain)


def _first_per_period(plain: str) -> Form | None:
    """`First-time users by week`, "how many people made their first image each month"."""
    per = _PER.search(plain)
    if per is None or not _FIRST_USERS.search(plain):
        return None
    rest = plain[: per.start()] + " " + plain[per.end() :]
    if not _SAYS_PEOPLE.fullmatch(rest.strip()) or re.search(r"\bsign", rest):
        return None
    unit = per["unit"] or per["ly"]
    return Form(text=f"users by {unit} of first generation", complete=lambda plan, _: plan)


def _of_active(plain: str) -> Form | None:
    asked, rest = asked_for(plain)
    is_old = _OLD_AND_NOT_NEW.search(rest)
    is_said = _ACTIVE.search(rest) or re.search(rf"\b{TIME} {WHO}\b", rest)
    found = is_old or re.search(_NEW, rest) or (re.search(_NEW_OF, rest) if is_said else None)
    times = list(re.finditer(TIME, rest))
    if found is None or len(times) != 1 or asked == "list" or asked is None:
        return None
    left = f"{rest[: found.start()]} {rest[found.end() :]}"
    time = re.sub(r"(?:'s|s'| s)$", "", times[0][0].strip())
    left = re.sub(rf"(?:\b(?:in|during|of|from|for) )?{TIME}", " ", left)
    left = re.sub(
        rf"\b(?:active|of|the|were|was|are|is|there|among|amongst|did|do|we|have|had|get"
        rf"|got|in|who|our|all|one|ones|as|and|that|what|for|{WHO})\b|[,:;-]",
        " ",
        left,
    )
    text = f"how many users were active in {time} {left}"

    def complete(plan: QueryPlan, _words: Catalogue) -> QueryPlan | None:
        ends = within(plan.time) if plan.time else None
        if ends is None or not is_active_users(plan):
            return None
        kept = PlanFilter(
            field="users.first_generation_at",
            operator="below" if is_old else "at_least",
            values=(ends[0],),
        )
        if asked == "share":
            use = MeasureUse(name="active_users", only=(kept,), transform="share_where")
            return plan.model_copy(update={"measures": (use,)})
        return plan.model_copy(update={"filters": (*plan.filters, kept)})

    return Form(text=re.sub(r"\s+", " ", text).strip(), complete=complete)
