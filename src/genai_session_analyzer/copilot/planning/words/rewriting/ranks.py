"""What comes first, and how many of it."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_SMALL = r"\d{1,2}|two|three|four|five|six|seven|eight|nine|ten"
_COUNT = r"\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty"
_WHO = r"(?:users?|customers?|clients?|accounts?|people|members?|subscribers?)"
_LENGTHY = {
    "longest": "highest",
    "largest": "highest",
    "biggest": "highest",
    "shortest": "lowest",
    "smallest": "lowest",
}


def _longest_by(match: re.Match[str]) -> str:
    """`Longest session by requests` is the session with the highest number of requests."""
    counted = match["by"] in ("characters", "tokens", "letters", "generations", "requests")
    by = f"number of {match['by']}" if counted else match["by"]
    return f"{match['what']} with the {_LENGTHY[match['how']]} {by}"


_BEFORE = rules(
    # the first few
    (r"^\W*(?:(?:show|give|list|rank)(?: me| us)? )?(?:the )?"
     r"(?P<what>[a-z][a-z -]{2,30}?)"
     rf"(?: ranked| ordered| sorted)? by (?P<by>[^,;?]+?)\s*,\s*(?:just |only )?"
     r"(?:the )?"
     rf"(?P<how>worst|best|top|bottom) (?P<n>{_SMALL})\W*$",
     r"\g<how> \g<n> \g<what> by \g<by>"),
    (rf"\b(?:({_COUNT}) )?(?:biggest|largest|heaviest|main) ({_WHO})"
     r"(?= (?:by|in terms of|measured by|according to) )", r"top \1 \2"),
    (r"^\W*(?:make|extend|expand|raise|increase|change|give me|show me)"
     r"(?: it| that| this| the list| them)?(?: to| up to)?(?: the)?(?: top| first)? "
     rf"({_COUNT})(?: rows| of them)?(?: instead)?\W*$", r"top \1"),
    # used or had most
    (r"\b(?:leads?|led|resulted|results?) (?:to|in) the (?=most|fewest|least)\b", "has the "),
    (r"\bmostly (use|choose|pick|prefer|request|ask for)\b", r"\1 most"),
    (r"\b(use|used|chosen|picked|requested) mostly\b", r"\1 most"),
    (r"\b(?:hold|holds|held|contain|contains|comprise|comprises|include|includes|gather|gathers"
     r"|group) (?:the )?(?=(?:most|fewest|largest number|highest number) )", "have the "),
)  # fmt: skip
_AFTER = rules(
    # leads, comes second
    (r"\brunner[- ]?up\b", "second highest"),
    (r"(?<!misp)\b(?:leads|is leading|ranks first|comes first|comes out on top)"
     r"(?: in| by| for| on)(?: (?:terms of|the))?\b", "has the most"),
    (r"\b(do|does|did) ([\w -]+?) (?:prefer|favou?r|choose|pick|go for|opt for)"
     r"(?: most| the most)?\W*$", r"\1 \2 use most"),
    (r"\b(?:that|which|who) (?:has|have|makes?|gets?|produces?|had|made|got) more "
     r"(?!than\b)(?!.*(?:\bthan\b|,.*\bor\b))", "with the most "),
    (r"\bfrom (?:the )?most to (?:the )?least (?:often |frequently )?"
     r"(?:used|common|popular|frequent)\b", "by number of generations"),
    (r"^\W*who (?:(?:has|have) )?(?:had|got) (?:the )?"
     r"(?=(?:most|highest|fewest|least|lowest|largest|biggest)\b)", "which user had the "),
    (r"\b(?P<most>maximum|most|max|highest)(?: number of)? (?P<rows>\w+) (?:that )?"
     r"(?:any|an?|one|a single) (?:single )?(?:user|customer|person)"
     r" (?:has |ever )*(?:had|made|did|generated|has)(?= in (?:an?|one|any) )",
     r"highest number of \g<rows> of one user"),
    (r"\b(has|have|had|with|saw|got) the most active users\b",
     r"\1 the highest number of active users"),
    (r"\b(has|have|had|with|saw|got) the (?:fewest|least) active users\b",
     r"\1 the lowest number of active users"),
    (r"^(?P<polite>\W*(?:(?:please|now|and|can you|could you) )*)(?:rank|order|sort) "
     r"(?P<what>(?!them\b|it\b|that\b|this\b|these\b|those\b|by\b)[\w -]{2,40}?) by "
     r"(?:the |their )?", r"\g<polite>\g<what> ranked by "),
    (r"\b(?P<how>longest|largest|biggest|shortest|smallest) (?P<what>sessions?|prompts?|users?"
     r"|visits?|clusters?|themes?) (?:by|measured by|measured in|in terms of|counted in) "
     r"(?:the |their )?(?P<by>(?:number of |total )?\w+)", _longest_by),
    # "in which week was the latency on mobile the highest"
    (r"^(?P<polite>\W*(?:and |so )?)(?:in|on|at|for|with|during) (?:which|what) "
     r"(?P<group>[\w -]+?) (?:is|was|were|are) (?:the |our )?(?P<what>.+?) "
     r"(?:the |at its )?(?P<rank>highest|lowest|greatest|largest|biggest|smallest)\W*$",
     r"\g<polite>which \g<group> had the \g<rank> \g<what>"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with its ranks as top, most or highest.

    "Our biggest users by cost" are "top users by cost", "mostly use" is "use most".
    """
    return rewritten(text, _BEFORE)


def after_spelling(text: str) -> str:
    """Return a lower-case question with its ranks beside what they are of.

    "Longest session by number of requests" is the one with the highest, "in which week was the
    latency on mobile the highest" asks "which week had the highest latency on mobile".
    """
    return rewritten(text, _AFTER)
