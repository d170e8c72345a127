"""Generations, prompts and sessions by other names."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_MADE = r"made|generated|created|produced|rendered|run"
_ROW = r"(?:image|picture|pic|generation|request|job|run|render)"
_ROWS = r"prompts|sessions|visits|users|customers|images|pictures|requests|generations|runs"
_NAMED_ROWS = (
    r"(?:prompts|sessions|visits|users|customers|images|pictures|requests|generations|runs|models"
    r"|styles|jobs|accounts|people)"
)
_ONES = re.compile(r"(?<=\w )ones\b")


def _same_rows(match: re.Match[str]) -> str:
    """`Short prompts against long ones` are short prompts and long prompts."""
    return f"{match['rows']}{match['between'].replace('against', 'versus')}{match['rows']}"


_BEFORE = rules(
    # generations
    (r"\b(?:everything|anything)(?: (?:that|which))?(?: (?:was|were|is|has been))? "
     rf"(?=(?:{_MADE}) (?:with|on|by|using|in|via|through|from)\b)", "generations "),
    (r"\bhow many of (?=generations )", "how many "),
    (r"^\W*n (?=(?:by|per|for each)\b)", "number of generations "),
    # prompts and kinds of rows
    (r"\bprompts (?:were |was |have been |got )?(?:written|typed|entered)\b",
     "prompts were used"),
    (rf"\bfor (?:each|every) (kind|type|sort) of (?={_ROW}|prompt|user|device)", r"by \1 of "),
    (rf"\b(?P<rows>{_ROWS})(?P<between>\s+(?:against|versus|vs\.?|(?:compared )?(?:to|with)|and|or"
     r"|than)\s+(?:the )?(?:very )?\w+ )ones\b", _same_rows),
)  # fmt: skip
_AFTER = rules(
    (r"\bfrction\b(?! of)", "friction"),
    (r"\bonce (?:they|it) (?:succeeds?|succeeded)\b", "that succeeded"),
    (r"(?<=take )to (?:come|get) back\b|(?<=takes )to (?:come|get) back\b", ""),
    (r"\bdifferent prompts\b", "distinct prompts"),
    # counts
    (r"\b(generation|request|session|user|prompt|failure|timeout|visit|error|success|"
     r"customer|active user) count\b(?! of \d)", r"number of \1s"),
    (r"\bnumber of successs\b", "number of successes"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with its rows named.

    "Everything that was made with v2.1" is generations, "long ones" beside "short prompts" are long
    prompts.
    """
    text = rewritten(text, _BEFORE)
    ones = _ONES.search(text)
    named = re.findall(rf"\b{_NAMED_ROWS}\b", text[: ones.start()]) if ones else []
    return _ONES.sub(named[-1], text) if named else text


def after_spelling(text: str) -> str:
    """Return a lower-case question with counts as numbers of rows: "session count"."""
    return rewritten(text, _AFTER)
