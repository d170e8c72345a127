"""The first rows of each group: "the latest prompt of each user", "first failure per model"."""

import re
from functools import cache

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import Order, QueryPlan
from genai_session_analyzer.copilot.planning.binding.naming import field_name
from genai_session_analyzer.copilot.planning.forms.form import Form, group_of, group_pattern
from genai_session_analyzer.copilot.planning.times.calendar_words import NUMBERS

_NEWEST = r"latest|newest|most recent|last|final"
_OLDEST = r"first|oldest|earliest"
_RANKS: tuple[tuple[str, str, bool], ...] = (
    (_NEWEST, "time", True), (_OLDEST, "time", False),
    ("slowest", "latency_ms", True), ("fastest|quickest", "latency_ms", False),
    ("most expensive|priciest|costliest|dearest", "cost_credits", True),
    ("cheapest|least expensive", "cost_credits", False),
    ("longest", "duration_s", True), ("shortest", "duration_s", False),
)  # fmt: skip
_ROWS = {
    "generation": "generations", "request": "generations", "job": "generations",
    "image": "generations", "picture": "generations", "failure": "failed generations",
    "error": "failed generations", "timeout": "timed out generations",
    "crash": "generations that crashed", "safety violation": "generations blocked for safety",
    "download": "downloaded generations", "success": "successful generations",
    "session": "sessions", "visit": "sessions", "prompt": "generations",
}  # fmt: skip
_OF_PROMPTS = ("domain", "art_style", "mood", "subject", "setting", "lighting", "cluster_title")
_SHELL = (r"^\W*(?:(?:please|can you|could you|i want to see|i want|i need|show|list|give|get|find"
          r"|display|tell|fetch|what|which|is|was|were|are|me|us|the|each|s"
          r"|what's)\W+)*")  # fmt: skip
_MOST = 100


@cache
def _asked() -> re.Pattern[str]:
    rank = "|".join(words for words, _, _ in _RANKS)
    number = r"(?:(?P<n{}>\d{{1,3}}|two|three|four|five|six|seven|eight|nine|ten) )?"
    return re.compile(
        rf"{_SHELL}{number.format(1)}(?:very )?(?P<rank>{rank}) {number.format(2)}"
        rf"(?P<kind>(?:[a-z0-9.'-]+ ){{0,3}}?)(?P<row>{'|'.join(_ROWS)})(?P<many>s|es)?"
        rf"(?P<more> (?:[\w.-]+ ){{0,5}}?| )?(?:(?:of|for|in|from|by|within|on|at|with) )?"
        rf"(?P<each>each|every|per|by|for all|of all|of the different)(?: of (?:the|our))?(?:"
        rf" single)?"
        rf" (?P<group>{group_pattern()})\b(?P<rest>[^?.!]*)\W*$"
    )


def read_first_of_each(text: str) -> Form | None:
    """Return "list failed generations" of "first failure of each model"; None for others."""
    match = _asked().match(text.lower().strip())
    if match is None:
        return None
    said = match["n1"] or match["n2"]
    field = group_of(match["group"])
    if field is None or (match["many"] and not said) or not _fits(match):
        return None
    limit = 1 if said is None else int(said) if said.isdigit() else NUMBERS[said]
    by, descending = _rank(match["rank"])
    rows = _rows(match["row"], field)
    kept = " ".join((match["kind"] or "", rows, match["more"] or "", match["rest"]))
    of_prompts = match["row"] == "prompt"

    def complete(plan: QueryPlan, words: Catalogue) -> QueryPlan | None:
        return _first(plan, words, (field, by, descending, min(limit, _MOST)), of_prompts)

    return Form(text=f"list {' '.join(kept.split())}", complete=complete)


def _fits(match: re.Match[str]) -> bool:
    """Only sessions are long, only prompts are none that cost or take time."""
    by, row = _rank(match["rank"])[0], match["row"]
    if by == "duration_s":
        return row in ("session", "visit")
    if row in ("session", "visit", "prompt"):
        return by == "time"
    return True


def _rank(said: str) -> tuple[str, bool]:
    found = ((by, down) for words, by, down in _RANKS if said in words.split("|"))
    return next(found)


def _rows(row: str, field: str) -> str:
    return "prompts" if row == "prompt" and field in _OF_PROMPTS else _ROWS[row]


def _first(
    plan: QueryPlan, words: Catalogue, asked: tuple[str, str, bool, int], of_prompts: bool
) -> QueryPlan | None:
    """The listed rows, cut to the first of each value."""
    field, by, descending, limit = asked
    terms = words.entity(plan.entity)
    within = field_name(field, plan.entity, words)
    if not plan.columns or plan.order or plan.limit or within is None:
        return None
    ranked = terms.time_field if by == "time" else by
    if ranked not in terms.fields:
        return None
    row = "prompts.prompt_text" if of_prompts and plan.entity == "generations" else terms.key
    row = "prompt_text" if plan.entity == "prompts" else row
    known = () if by == "time" else (by,)
    columns = dict.fromkeys((within, row, terms.time_field, *known))
    return plan.model_copy(update={
        "columns": tuple(columns), "limit": limit, "limit_within": within,
        "order": (Order(by=ranked, descending=descending),),
    })  # fmt: skip
