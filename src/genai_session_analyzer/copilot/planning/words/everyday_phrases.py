"""Everyday turns of phrase that say what shorter words say: put plainly before spelling is."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting import rewritten
from genai_session_analyzer.copilot.planning.words.spoken_amounts import say_amounts

_NUMBER = r"\d{1,3},\d{3}|\d{2,5}"
_SMALL = r"\d{1,2}|two|three|four|five|six|seven|eight|nine|ten"
_MADE = r"made|generated|created|produced|rendered|run"
_PEOPLE = r"users?|customers?|people|accounts?|clients?|members?|subscribers?"
_FAILURES = r"(?:failures|errors|failed (?:requests|generations|jobs|runs))"
_ROWS = r"prompts|sessions|visits|users|customers|images|pictures|requests|generations|runs"
_NAMED = r"clusters?|themes?|models?|samplers?|styles?|domains?|moods?|regions?|tiers?|devices?"
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
_SHELL = re.compile(rf"{_HI}(?:{_REPORT}(?:{_BOSS})?|{_BOSS})(?=\w+ \w+)")
_SHOW_THAT = re.compile(
    r"(?<=\w)\s*[,.;?]\s*(?:and )?(?:could|can|would|will) you (?:please )?"
    r"(?:show|give|tell|get|find|pull)(?: me| us)? (?:that|this|it)(?: for (?:me|us))?"
    r"(?: please)?\W*$"
)
_REPLACED = (
    (re.compile(r"\b(?:everything|anything)(?: (?:that|which))?(?: (?:was|were|is|has been))? "
                rf"(?=(?:{_MADE}) (?:with|on|by|using|in|via|through|from)\b)"), "generations "),
    (re.compile(r"\bhow many of (?=generations )"), "how many "),
    (re.compile(rf"^(\W*(?:which|what) (?:\w+ )?(?:{_NAMED})\b.*?)\s*[.?!;,]\s*(?:please |and )*"
                r"(?:(?:give|show|tell|name|state|return|report|provide)(?: me| us)?"
                r"|what (?:is|was|are)) (?:its|the|their)"
                r" (?:title|name|label)s?\W*$"), r"\1"),
    (re.compile(rf"\b({_NUMBER}) ?(?:px |pixels? )?tall\b"), r"\1 in height"),
    (re.compile(r"^\W*(?:(?:show|give|list|rank)(?: me| us)? )?(?:the )?"
                r"(?P<what>[a-z][a-z -]{2,30}?)"
                rf"(?: ranked| ordered| sorted)? by (?P<by>[^,;?]+?)\s*,\s*(?:just |only )?"
                r"(?:the )?"
                rf"(?P<how>worst|best|top|bottom) (?P<n>{_SMALL})\W*$"),
     r"\g<how> \g<n> \g<what> by \g<by>"),
    (re.compile(rf"\b(?:(?:the )?(?:breakdown|split) of )?(?:the |all )?{_FAILURES} "
                r"(?:broken down |split )?by (?:their )?(?:error |failure )?"
                r"(?:kind|type|reason|status)"
                r"\s*,?\s*(?:as a|in|as) (?:share|percentage|percent|fraction|proportion)"
                rf"(?: of (?:all |the |all the |total )?{_FAILURES})\b"),
     "share of requests by status among failures"),
    (re.compile(r"\b(?:how much|(?:what|which) (?:share|part|percentage|fraction|proportion)) of "
                r"(?:the|this|our|all|all the) data (?:is|was|are) simulated\b"),
     "what is the simulated share"),
    (re.compile(r"\b(clusters?) of (?:the |all )?prompts\b"), r"\1"),
    (re.compile(r"\bincluding (?=(?:their|its) )"), "with "),
    (re.compile(r"(?<!\w)i\.?e\.?(?!\w)"), "i.e "),
    (re.compile(r"\bburnt\b"), "burned"),
    (re.compile(r"(?<=how much was )burned\b|(?<=how much is )burned\b|(?<=how much got )burned\b"
                r"|(?<=how much has been )burned\b"), "spent"),
    (re.compile(rf"\bhead[ -]?count of (?=[^,.;?]*\b(?:{_PEOPLE})\b)"), "number of "),
    (re.compile(r"\bhead[ -]?count of\b"), "number of users in"),
    (re.compile(r"\bhead[ -]?count\b"), "number of users"),
    (re.compile(r"\b(?:(?:were|was|got|get|are|have|has) )?(?:bounc\w+ off(?: of)?|ran into"
                r"|runs? into|running into|hit|hits|hitting|(?:stopped|rejected|turned away) by) "
                r"(?:the|our|a) rate[ -]?limit(?:er)?s?\b"), "hit the rate limit"),
)  # fmt: skip
_SIDE = re.compile(
    r"\b(?:(?:that |which )?(?:are|were|is) )?(?:(no|not) )?"
    rf"(wider|taller|narrower) than ({_NUMBER})(?![\d:.]*\d)(?: ?(?:px|pixels?)\b)?"
)
_ONES = re.compile(
    rf"\b(?P<rows>{_ROWS})(?P<between>\s+(?:against|versus|vs\.?|(?:compared )?(?:to|with)|and|or"
    r"|than)\s+(?:the )?(?:very )?\w+ )ones\b"
)


_NUMBERS_LAST = re.compile(
    rf"^\W*(?P<rows>[^:?!.]*\b(?:{_ROWS}|ones))\s*:\s+"
    r"(?!how |which |what |who |show |list |give |number of |count )"
    r"(?P<numbers>[^:?!.]+)[?!.]?\s*$",
    re.IGNORECASE,
)
"""What is measured behind a colon: "short prompts: success rate"."""


def unwrap(text: str) -> str:
    """Return a lower-case question without its polite shell and its everyday turns of phrase.

    "Everything that was made with v2.1" is generations, "wider than 1000 pixels" a width, "long
    ones" beside "short prompts" are long prompts.
    """
    if _SHELL.match(text):
        text = _SHELL.sub("", text)
        text = _SHOW_THAT.sub("", text)
    text = rewritten(text, _REPLACED)
    text = say_amounts(text)
    return _ONES.sub(_ones, _SIDE.sub(_side, text))


def numbers_first(text: str) -> str:
    """Return "short prompts: success rate" as "success rate of short prompts"."""
    return _NUMBERS_LAST.sub(lambda match: f"{match['numbers']} of {match['rows']}", text)


def _side(match: re.Match[str]) -> str:
    name = "height" if match[2] == "taller" else "width"
    above = match[2] != "narrower"
    bound = ("at most" if above else "at least") if match[1] else (
        "more than" if above else "less than"
    )  # fmt: skip
    return f"with {name} {bound} {match[3]}"


def _ones(match: re.Match[str]) -> str:
    return f"{match['rows']}{match['between'].replace('against', 'versus')}{match['rows']}"
