"""Two sides beside each other, and how far a number moved."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_SIDE = r"(?:of|on|in|at|for|from|during|among|with|by|under)"
_POINTS = r"(?:percentage|percent|%)?[ -]?points?"
_CHANGED = (
    r"(?P<up>rise|rose|increase|increased|grow|grew|climb|climbed|gain|go up|went up)|"
    r"(?P<down>fall|fell|drop|dropped|decrease|decreased|decline|declined|go down|went down)|"
    r"change|changed|move|moved|shift|shifted|differ|improve|improved|worsen|worsened"
)


_BEFORE = rules(
    # one side and the other
    (r"\bby how (?:much|many \w+(?: points)?) (?:do|does|did) (.+?) (?:differ from|exceed"
     r"|surpass|outstrip|beat|top|trail|lag behind"
     r"|(?:fall|lie|stand|rise) (?:below|above|short of)) "
     r"(?:(?:that|those|the one) of |(?:that|those) (?=on|in|at|for))?", r"compare \1 with "),
    (rf"\b((?:difference|gap) (?:between|in|of)|compare) (?:the )?((?:[\w-]+ ){{0,3}}[\w-]+) "
     rf"({_SIDE}) ([\w. -]{{2,40}}?) (?:and|with|to) (?:(?:the )?\2|that|those) {_SIDE} ",
     r"\1 \2 \3 \4 and "),
    (r"\bboth (?:the )?(models?|samplers?|styles?|regions?|devices?|domains?|moods?) (\S+) and "
     r"(?:the )?(?:\1 )?", r"both \2 and "),
    (r"\b(?:that|which|who) churned(?: after(?:wards)?)? (?:vs|versus|against|compared"
     r" (?:to|with)|and|or)"
     r" (?:(?:in|of|for|by) )?(?:those|the ones|ones|sessions)? ?(?:that|which|who)? ?did not"
     r"(?: churn)?", "by churned or not"),
    (r"\bwith (?:and|or|vs\.?|versus) without churn(?:ing)?\b", "by churned or not"),
    (r"\b(?:that|which) (?:were|was|got) (?:downloaded|saved) (?:vs|versus|against|compared"
     r" (?:to|with)|and|or) (?:those|the ones|ones|generations)? ?(?:that|which)? ?"
     r"(?:were|was|did) not(?: downloaded| saved)?", "by downloaded or not"),
    (r"^\W*(?:do|did|does|are|have|is) (?:the )?(weekends|weekdays) "
     r"(?:see|have|get|bring|show|had|seen)? ?(?:more|fewer|less|higher|lower) (.+?)"
     r" than (?:on )?(weekdays|weekends)\W*$", r"\2 on \1 vs \3"),
    # which of the two
    (r"^\W*(?:who|which|what) (\w+) (more|less)( often| frequently)\s*[,:]\s*(.+?) or"
     r" (.+?)\W*$", r"do \4 \1 \2\3 than \5"),
    (r"^\W*(?P<one>[\w .-]+?) or (?P<two>[\w .-]+?)[,:;-]+ ?(?:which|what|who)(?: one| of them"
     r"| of the two)? (?P<does>has|had|have|gets|got|is|was|sees|saw|costs?|makes?|takes?)"
     r" (?P<what>.+?)\W*$", r"which \g<does> \g<what>, \g<one> or \g<two>"),
    (r"^\W*(?:among|amongst|of) (?:all )?(?:the |our )?(?P<who>[\w -]{3,30}?)s,? "
     r"(?:who|which(?: one)?(?: of them)?) (?=(?:has|have|had|is|was|were|made|spent|submitted"
     r"|generated|incurred|received|shows?|exhibits?|account\w*)\b)", r"which \g<who> "),
    # waiting is slower
    (r"\bwait(?:s|ed|ing)? longer(?= than\b)", "slower"),
    (r"\bwait(?:s|ed|ing)? (?:less|shorter)(?: long)?(?= than\b)", "faster"),
    # how far a number moved
    (r"\bby how many(?: credits)? (did|does|do|has|have) "
     r"(?=.*\b(?:chang\w+|increase\w*|decrease\w*|grow\w*|rise|risen|fall|fallen|drop\w*)\b)",
     r"how \1 "),
    (rf"\b(?:by )?how many {_POINTS} (?:do|does|did|has|have) (?:the )?(?P<what>.+?) "
     rf"(?:{_CHANGED})(?:d|n)?\b", r"absolute change in \g<what>"),
    (r"\bby how many (?P<unit>seconds|milliseconds|minutes|hours) (?:do|does|did|has|have) "
     rf"(?P<what>.+?) (?:{_CHANGED})(?:d|n)?\b", r"change in \g<what> in \g<unit>"),
    (rf"\bhow many {_POINTS} (?=(?:lower|higher|better|worse|more|less|greater|smaller)\b)",
     "how much "),
    (rf"\b(?:absolute )?(?:change|difference|shift|move) (?:of|in) (?P<what>.+?),? "
     rf"(?:in|expressed in|measured in) {_POINTS}", r"absolute change in \g<what>"),
)  # fmt: skip
_AFTER = rules(
    (r"^(\W*(?:is|are|was|were) (?:the |our )?[\w ]+?) (?:worse|better) "
     r"(?=(?:on|for|in|with|among|at|during)\b.*\bthan\b)", r"\1 higher "),
    # against the average
    (r"\b(above|below|over|under|than|exceeds?|exceeding) (?:that of )?(?:the |our )?"
     r"(?:overall|global|general|platform[ -]?wide|company[ -]?wide|platform|total) "
     r"(?:average|mean|rate|level|value|figure)\b", r"\1 average"),
    (r"\b(above|below|than) (?:the |our )?(?:overall|global|platform[ -]?wide)"
     r" (?=[a-z]+ (?:rate|share)\b|latency\b)", r"\1 average "),
    (r"\b(?:an? )?(?:(?P<more>higher|greater|larger)|lower|smaller) "
     r"(?P<what>[a-z][a-z ]{2,30}?) than (?:the )?(?:average|mean)(?: (?P=what))?\b",
     lambda found: f"{'an above' if found['more'] else 'a below'} average {found['what']}"),
    (r"\b(?:that |who )?fails? (?:(?P<more>more)|less) (?:often|frequently) than "
     r"(?:the )?average\b",
     lambda found: f"with {'an above' if found['more'] else 'a below'} average error rate"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with its two sides and its changes in plain words.

    "By how much does mobile exceed desktop" compares them, "watercolor or anime, which has more
    requests" is "which has more requests, watercolor or anime", "by how many percentage points did
    it change" asks for the absolute change.
    """
    return rewritten(text, _BEFORE)


def after_spelling(text: str) -> str:
    """Return a lower-case question with what is compared with the average in plain words.

    "Higher latency than the average" is "an above average latency".
    """
    return rewritten(text, _AFTER)
