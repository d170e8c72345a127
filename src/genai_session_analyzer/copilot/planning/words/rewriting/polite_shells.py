"""The shell around a question: greetings, apologies, who wants to know, what it is for."""

import re
from collections.abc import Mapping
from functools import cache

from genai_session_analyzer.copilot.planning.words.lexicon import entries

_BEHIND_LEAD = r"(?:[,;:.!?-]+\s*|\s+|$)"
_BEFORE_TAIL = r"(?<=\w)[\s,;:.!?-]+"
_DRAWN = re.compile(
    r"^\W*(?:(?:draw|chart|plot|graph|sketch|render|visuali[sz]e|show|make|create|build|produce"
    r"|generate|give|get|display|prepare|present|see)(?: (?:me|us))? )?(?:as )?(?:a|an|the)? ?"
    r"(?:\w+ )?(?:bar|line|pie|column|area|scatter|time|trend|stacked|simple|nice|small|quick)?"
    r"[ -]?(?:chart|graph|plot|diagram|curve|graphic|visuali[sz]ation|summary|overview"
    r"|rundown|snapshot|line)"
    r" (?:of|for|showing|with|on|that shows|comparing|about|displaying) (?=\w+)"
)
_ORDERED = re.compile(
    r"^\W*(?:draw|chart|plot|graph|visuali[sz]e|diagram|tabulate|slice|dice|slice and dice|segment"
    r"|cut|partition|bucket|categori[sz]e|classify|summari[sz]e|compile|compute|crunch|decompose"
    r"|analy[sz]e|aggregate|map out|lay out|outline|dissect|report|split up|break out|itemi[sz]e"
    r"|bin|cross[- ]tabulate|pivot)(?: out| up| down)?(?: (?:me|us|the|our))* "
    r"(?=.*\b(?:by|per|over|across|for each|for every|into|of each|in each|between)\b)"
)
_BY_EACH = re.compile(
    r"^(?P<start>\W*(?:slice|dice|segment|cut|partition|bucket|split|break|divide)\b.*?)"
    r" into (?=\w+)"
)
_HI = r"^\W*(?:(?:hi|hello|hey)\b(?: there| all| team)?\W+)?"
_REPORT = (
    r"(?:i|we)\s+(?:am |are )?(?:currently )?(?:preparing|working on|writing|putting together"
    r"|finishing|building|drafting|making)\s+(?:(?:the|a|an|my|our|some|this)\s+)?"
    r"(?:(?:daily|weekly|monthly|quarterly|annual|yearly|status|board|management|team)\s+)*"
    r"(?:reports?|decks?|slides?|presentation|memo|slide deck)\b\s*[,.;]?\s*(?:(?:and|so)\s+)?"
)
_BOSS = (
    r"(?:my|our|the)\s+(?:boss|manager|team|lead|director|ceo|cfo|management)\s+"
    r"(?:would (?:like|love)|wants?|needs?|asked)(?:\s+to\s+(?:see|know|have|get)|\s+for)?\s+"
)
_REPORTED = re.compile(rf"{_HI}(?:{_REPORT}(?:{_BOSS})?|{_BOSS})(?=\w+ \w+)")
_SHOW_THAT = re.compile(
    r"(?<=\w)\s*[,.;?]\s*(?:and )?(?:could|can|would|will) you (?:please )?"
    r"(?:show|give|tell|get|find|pull)(?: me| us)? (?:that|this|it)(?: for (?:me|us))?"
    r"(?: please)?\W*$"
)
MOST_LAYERS = 6


def without_shell(text: str) -> str:
    """Return a lower-case question without what is said around it.

    "Sorry to bother you, but do you happen to know how many users there are, thanks" asks "how many
    users there are"; "draw a bar chart of cost by tier" asks for the "cost by tier". A shell
    without a question in it stays as it is.
    """
    plain = re.sub(r"\s+", " ", text)
    for _ in range(MOST_LAYERS):
        shorter = _peeled(plain)
        if shorter == plain or not re.search(r"\w", shorter):
            break
        plain = shorter
    plain = _BY_EACH.sub(r"\g<start> by ", plain)
    return _ORDERED.sub("", _DRAWN.sub("", plain))


def without_report(text: str) -> str:
    """Return a lower-case question without the report that it is for, or the boss who asked.

    "Hi team, I am preparing the weekly report and my boss wants to know how many users there are,
    could you show me that" asks "how many users there are".
    """
    if not _REPORTED.match(text):
        return text
    return _SHOW_THAT.sub("", _REPORTED.sub("", text))


def _peeled(text: str) -> str:
    leads, tails = _patterns()
    for pattern in leads:
        text = pattern.sub("", text, count=1).lstrip(" ,;")
    for pattern in tails:
        text = pattern.sub("", text, count=1)
    return text


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
    """What is taken off the front and off the end, from `shells.yml`."""
    shells = entries("shells")
    leads = (_filled(each, shells["parts"]) for each in shells["leads"])
    tails = (_filled(each, shells["parts"]) for each in shells["tails"])
    return (
        tuple(re.compile(rf"^\W*(?:{each}){_BEHIND_LEAD}") for each in leads),
        tuple(re.compile(rf"{_BEFORE_TAIL}(?:{each})\W*$") for each in tails),
    )


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(f"@{name}@", part)
    return pattern
