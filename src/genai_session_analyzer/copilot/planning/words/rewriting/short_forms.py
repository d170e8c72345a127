"""A text as typed in lower-case letters, with short forms written out."""

import re
from functools import cache

from genai_session_analyzer.copilot.planning.times.calendar_words import MONTHS
from genai_session_analyzer.copilot.planning.words.lexicon import entries
from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_UNIT = (
    r"day|week|month|quarter|year|hour|user|session|request|generation|image|person|customer|tier"
    r"|region|device|model|sampler"
)
_MONTH = "|".join(MONTHS)
_LIKE = re.compile(r"\blike\b(?=\W*(?:$|on|in|for|by|per|across|at|with|last|this)\b)")
_ASKS_HOW = re.compile(r"\W*(?:what|how)(?:'?s| is| was| are| were)\b")
_WRITTEN_OUT = rules(
    (r"\b(?!the )(\w+(?: (?:up|down))?)[ -]to[ -](\w+(?: (?:up|down))?) ratio\b",
     r"ratio of \1 to \2"),
    (r"\bcan't\b", "can not"),
    (r"(?<=[a-z]) ?%", " percentage"),
    (rf"\b({_MONTH}) month\b", r"\1"),
    (rf"(?<=[a-z]) ?/ ?({_UNIT})\b", r" per \1"),
    (r":(?=\s|$)|[()]", " , "),
    (r"\b(?!like|other)(\w+)[- ]?wise\b", r"by \1"),
    (r"\b(?:an|a|one) (hour|minute|second)\b", r"1 \1"),
    (r"n't\b", " not"),
    (r"'(?:s|re|ve|d|ll|m)?\b|'", " "),
)  # fmt: skip


def written_out(text: str) -> str:
    """Return a text in lower-case letters without apostrophes, brackets and short forms.

    "Avg cost/user" is "average cost per user", "what's it like by tier" asks for it "by tier".
    """
    plain = text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    forms, pattern = _short_forms()
    plain = pattern.sub(lambda match: forms[match[0]], plain)
    if _ASKS_HOW.match(plain):
        plain = _LIKE.sub(" ", plain)
    return rewritten(plain, _WRITTEN_OUT)


@cache
def _short_forms() -> tuple[dict[str, str], re.Pattern[str]]:
    """Each short form with its words, from `short_forms.yml`, and what finds them."""
    lists = entries("short_forms")
    forms = {**lists["short"], **lists["slips"]}
    any_of = "|".join(re.escape(short) for short in sorted(forms, key=len, reverse=True))
    return forms, re.compile(rf"(?<!\w)(?:{any_of})(?!\w)")
