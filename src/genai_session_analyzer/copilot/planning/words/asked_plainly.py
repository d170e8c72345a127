"""How things are asked: "how high is the error rate", "our biggest users by cost", "long ones"."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting import rewritten

_SIZE = r"(?:high|large|big|great|low|small|sizeable)"
_WAITING = r"(?:people|users|customers|we|they)"
_COUNT = r"\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty"
_COST = r"(?:expensive|costly|pricey|dear)"
_ROW = r"(?:generation|request|job|image|picture|session|visit)"
_WHO = r"(?:users?|customers?|clients?|accounts?|people|members?|subscribers?)"
_FAILURES = (
    r"(?:failures|errors|timeouts|time ?outs|crashes|model errors|safety violations|rate limits"
    r"|failed (?:generations|requests|jobs)|downloads)"
)
_NO_PART = (
    r"(?:timed|failed|all|each|every|a|an|the|generations|requests|sessions|by|what|which|of|in|as"
    r"|is|was|their|its|his|our|total|relative|respective|largest|biggest|highest|lowest|smallest"
    r"|and|or|with|for|give|show|list|me|compute|calculate|overall|for|per|mean|average|own)"
)
_OTHER_PART = rf"(?!{_FAILURES}|{_NO_PART}\b)"
_PART = rf"{_OTHER_PART}(?P<part>(?:very )?[\w.-]+(?: (?:users|devices|prompts|customers))?)"
_ROWS = (
    r"(?:prompts|sessions|visits|users|customers|images|pictures|requests|generations|runs|models"
    r"|styles|jobs|accounts|people)"
)
_REPLACED = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (rf"\bhow {_SIZE} (?:is|are|was|were) (?=(?:the|our|their|my) )", "what is "),
        (r"\b(?:the |our )?(?:user|customer|client) base\b", "the number of users"),
        (
            r"\bby how many(?: credits)? (did|does|do|has|have) "
            r"(?=.*\b(?:chang\w+|increase\w*|decrease\w*|grow\w*|rise|risen|fall|fallen|drop\w*)\b)",
            r"how \1 ",
        ),
        (
            r"\bprompts (?:were |was |have been |got )?(?:written|typed|entered)\b",
            "prompts were used",
        ),
        (r"\b(?:leads?|led|resulted|results?) (?:to|in) the (?=most|fewest|least)\b", "has the "),
        (
            rf"\bwhere {_WAITING} (?:have to )?wait(?:ed|s)? (?:the )?longest\b",
            "with the highest latency",
        ),
        (
            rf"\bwhere {_WAITING} wait(?:ed|s)? (?:the )?(?:least|shortest)\b",
            "with the lowest latency",
        ),
        (
            r"\bsessions after which (?:the |a |their )?users? (?:has |had |have )?"
            r"(?:churned|left)\b",
            "sessions that churned",
        ),
        (
            r"^\W*(?:do|did|does|are|have|is) (?:the )?(weekends|weekdays) "
            r"(?:see|have|get|bring|show|had|seen)? ?(?:more|fewer|less|higher|lower) (.+?)"
            r" than (?:on )?(weekdays|weekends)\W*$",
            r"\2 on \1 vs \3",
        ),
        (
            r"\beach (region|tier|device|model|sampler|style|domain|mood)s? +share of "
            r"(?:the |all )?((?!total|overall|whole)\w+ "
            r"(?:users|generations|sessions|requests|customers))\b",
            r"distribution of \2 across \1s in percent",
        ),
        (
            r"^\W*who (?:had|has|ran|made|started|owns|owned|sent|asked for) the "
            r"(?=(?:single |(?:most |least )?\w+ )?(?:session|generation|request)\b)",
            "user id of the ",
        ),
        (
            r"\b(?:what|how much|how many credits) (?:does|did|do) (?:a|one|each|every|a single)"
            r" (download|success|like|thumbs up) cost(?: us)?\b",
            r"cost per \1",
        ),
        (r"\b(?:blow|blew|splurge|shell out|fork out|splash out)(?= on\b| for\b)", "spend"),
        (r"\bwait(?:s|ed|ing)? longer(?= than\b)", "slower"),
        (r"\bwait(?:s|ed|ing)? (?:less|shorter)(?: long)?(?= than\b)", "faster"),
        (
            r"^\W*(?:who|which|what) (\w+) (more|less)( often| frequently)\s*[,:]\s*(.+?) or"
            r" (.+?)\W*$",
            r"do \4 \1 \2\3 than \5",
        ),
        (r"\b(crash|error|failure)(e?s?) of the models?\b", r"model \1\2"),
        (r"\bmostly (use|choose|pick|prefer|request|ask for)\b", r"\1 most"),
        (r"\b(use|used|chosen|picked|requested) mostly\b", r"\1 most"),
        (
            rf"\b(?:what|how much) (?:did|does|do) the (?:single )?"
            rf"(?:most {_COST}|priciest|costliest|dearest)(?: single)? ({_ROW}) cost\b",
            r"what is the highest cost of a \1",
        ),
        (
            rf"\b(?:what|how much) (?:did|does|do) the (?:single )?(?:least {_COST}|cheapest)"
            rf"(?: single)? ({_ROW}) cost\b",
            r"what is the lowest cost of a \1",
        ),
        (
            rf"\b(?:({_COUNT}) )?(?:biggest|largest|heaviest|main) ({_WHO})"
            r"(?= (?:by|in terms of|measured by|according to) )",
            r"top \1 \2",
        ),
        (
            rf"\bshare of {_PART} (?:in|among|amongst|within) (?:all )?(?:the |our )?"
            rf"(?P<whole>{_FAILURES})\b",
            r"what share of \g<whole> comes from \g<part>",
        ),
        (
            rf"\b{_PART} +share (?:of|in|among) (?:all )?(?:the |our )?(?P<whole>{_FAILURES})\b",
            r"what share of \g<whole> comes from \g<part>",
        ),
        (
            r"\bhow much of (?:the |our |all |all the )?"
            r"((?:last \w+|this \w+|january|february|march) +)?(?:traffic|volume|load)\b",
            r"what share of \1generations",
        ),
        (
            r"^\W*(?:make|extend|expand|raise|increase|change|give me|show me)"
            r"(?: it| that| this| the list| them)?(?: to| up to)?(?: the)?(?: top| first)? "
            rf"({_COUNT})(?: rows| of them)?(?: instead)?\W*$",
            r"top \1",
        ),
        (
            r"\b((?:first|second|1st|2nd|last) (?:half|week|third)) of ([\w ]{3,20}?)"
            r" (against|vs\.?|versus|and|or|to|with|compared (?:to|with)|than)"
            r"((?: in)? the (?:first|second|third|1st|2nd|last) (?:half|week|third))\b(?! of)",
            r"\1 of \2 \3\4 of \2",
        ),
    )
)
_NEXT_TWO = re.compile(r"\b(\d|one|two|three|four|five) or (\d|two|three|four|five|six)(?= \w)")
_DIGITS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_ONES = re.compile(r"(?<=\w )ones\b")


def ask_plainly(text: str) -> str:
    """Return a lower-case question with what is asked for in plain words.

    "How high is the error rate" is "what is the error rate", "mobile's share of failures" is the
    share of failures that comes from mobile, "long ones" are those of the rows named before.
    """
    text = rewritten(text, _REPLACED)
    text = _NEXT_TWO.sub(_next_two, text)
    rows = (
        re.findall(rf"\b{_ROWS}\b", text[: match.start()]) if (match := _ONES.search(text)) else []
    )
    return _ONES.sub(rows[-1], text) if rows else text


def _next_two(match: re.Match[str]) -> str:
    """`Two or three retries` are between 2 and 3 of them."""
    one, other = (_DIGITS.get(word) or int(word) for word in match.groups())
    return f"between {one} and {other}" if other == one + 1 else match[0]
