"""Two sides or two times put beside each other in free words."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)"
)
_GAP = r"(?:gap|difference|distance|spread|margin|gulf|disparity|discrepancy|divide|contrast)"
_SIZE = r"(?:wide|big|large|great|huge|small|narrow|deep|significant|far|much of a|sizeable)"
_IN = r"(?:in|on|for|of|by|when it comes to|in terms of|as to|regarding|with regard to)"
_MOVED = (
    r"(?:move|moved|shift|shifted|swing|swung|budge|budged|vary|varied|change|changed|differ"
    r"|differed|drift|drifted|fluctuate|evolve|evolved|develop|developed|alter|altered)"
)
_BESIDE = (
    r"(?:next to|beside|alongside|against|versus|vs\.?|up against|opposite|side by side with"
    r"|set against|put against|held against|as opposed to|compared (?:to|with)|head to head with)"
)
_PAIR = (
    r"(?:side by side|head to head|head-to-head|toe to toe|face to face|next to each other|beside"
    r" each other|against each other|neck and neck|back to back|one beside the other|next to one"
    r" another|side-by-side|up against each other|against one another)"
)
_PERIOD = (
    rf"(?:{_MONTH}(?: 20\d\d)?|this (?:week|month|year|quarter)|last (?:week|month|year|quarter)"
    r"|the (?:week|month) before(?: last)?|today|yesterday|the previous (?:week|month))"
)

_RULES = rules(
    # how wide is the gap
    (rf"\bhow {_SIZE} (?:is|was|are|were) (?:the |our )?{_GAP} (?:in|of) (?P<what>.+?) between ",
     r"difference in \g<what> between "),
    (rf"\bhow {_SIZE} (?:is|was|are|were) (?:the |our )?(?P<what>[\w ]+?) {_GAP} between ",
     r"difference in \g<what> between "),
    (rf"\bhow {_SIZE} (?:a |an )?{_GAP} (?:is there|exists|lies|do we see|separates)? ?"
     r"(?:in (?P<what>[\w ]+?) )?between (?P<sides>.+)$",
     lambda found: f"difference in {found['what']} between {found['sides']}"
     if found["what"] else found[0]),
    (rf"^\W*how {_SIZE} (?:is|was) (?:the |our )?{_GAP} between (?P<sides>[\w .-]+? and [\w.-]+"
     rf"(?: \w+)?) {_IN} (?P<what>.+?)\W*$", r"difference in \g<what> between \g<sides>"),
    (rf"^\W*how far (?:apart|away from each other) (?:are|were|do|lie) (?P<sides>[\w .-]+? and "
     rf"[\w .-]+?)(?: lie| stand)? {_IN} (?P<what>.+?)\W*$",
     r"difference in \g<what> between \g<sides>"),
    (rf"^\W*what separates (?P<one>[\w .-]+?) (?:from|and) (?P<two>[\w .-]+?) {_IN} (?P<what>.+?)"
     r"\W*$", r"difference in \g<what> between \g<one> and \g<two>"),
    (rf"^\W*(?:what is|what was|what are|show|give)(?: me)? (?:the |our )?{_GAP} (?:in|of)"
     rf" (?P<what>.+?) "
     r"between ", r"difference in \g<what> between "),
    (r"^\W*how much (?:worse|better) (?:is|are|was|were) (?:the |our )?(?P<what>.+?) (?P<at>on|for"
     r"|in"
     r"|with|at|among) (?P<one>[\w .-]+?) than (?:(?:on|for|in|with|at|among)"
     r" )?(?P<two>[\w .-]+?)\W*$",
     r"difference in \g<what> between \g<one> and \g<two>"),
    (r"\bbeside(?= (?:v?\d|the |last|this|pro|free|enterprise|mobile|desktop|tablet))", "versus"),
    (r"^\W*(?:which|what|who) (?:one )?(?:is|was|are|were) (?:the )?(?:cheaper|dearer|pricier"
     r"|costlier|more"
     r" expensive|less expensive|more costly|less costly)(?: one)?(?: on average| per (?:request"
     r"|generation))?[\s,:]+(?P<one>[\w .-]+?) or (?P<two>[\w .-]+?)\W*$",
     r"average cost of \g<one> versus \g<two>"),
    # how did it move between two times
    (rf"^\W*(?:by how much|how much|how far|how strongly|how|in which direction) (?:did|has|have"
     rf"|do|does) (?:the |our )?(?P<what>.+?) {_MOVED} (?:between|from) (?P<one>{_PERIOD}) "
     rf"(?:and|to|into) (?P<two>{_PERIOD})\W*$",
     r"difference in \g<what> between \g<one> and \g<two>"),
    (rf"^\W*what (?:did|have|has) (?:the |our )?(?P<what>.+?) (?:do|done) (?:between|from) "
     rf"(?P<one>{_PERIOD}) (?:and|to|into) (?P<two>{_PERIOD})\W*$",
     r"difference in \g<what> between \g<one> and \g<two>"),
    (rf"^\W*what happened to (?:the |our )?(?P<what>.+?) (?:between|from) (?P<one>{_PERIOD}) "
     rf"(?:and|to|into) (?P<two>{_PERIOD})\W*$",
     r"difference in \g<what> between \g<one> and \g<two>"),
    # one time next to the other
    (rf"\b(?P<one>{_PERIOD})[\s,]+{_BESIDE} (?P<at>in |on |during )?(?P<two>{_PERIOD})",
     r"\g<one> compared with \g<two>"),
    (rf"\b(?P<one>{_PERIOD}) and (?P<two>{_PERIOD}),? {_PAIR}",
     r"\g<one> compared with \g<two>"),
    # put pro next to free
    (rf"^\W*(?:put|lay|place|set|hold|stack|line|pit|show|match)(?: up)? (?:the |our )?"
     rf"(?P<one>[\w .-]+?) {_BESIDE} (?P<two>[\w .-]+?)[\s,]+(?:and show |on |in |for |by |with )?"
     r"(?:the |their )?(?P<what>[a-z][\w ]+?)\W*$", r"\g<what> of \g<one> versus \g<two>"),
    (rf"^\W*(?P<pair>(?:mobile|desktop|tablets?|weekends?|weekdays?)\b[\w .-]*? (?:or|and|vs"
     rf"|versus)"
     rf" [\w .-]+?)[\s,]+(?:please )?(?:put|lay|place|set|show|hold|compare) (?:the |their )*"
     rf"(?P<what>[a-z][\w ]+?)(?: {_PAIR})?\W*$", r"compare \g<what> of \g<pair>"),
    (rf"^\W*(?P<one>[\w.-]+(?: \w+)?) (?:and|or|vs\.?|versus|against) (?P<two>[\w.-]+(?:"
     rf" \w+)?)[\s,]+"
     rf"{_PAIR}[\s,]+(?:{_IN} )?(?:the |their )?(?P<what>.+?)\W*$",
     r"\g<what> of \g<one> versus \g<two>"),
    (rf"\b{_PAIR} (?=(?:on|in|for|by)\b)", "side by side "),
    # how do they measure up
    (r"^\W*how (?:do|does|did) (?P<one>[\w .-]+?) (?:and|vs\.?|versus) (?P<two>[\w .-]+?) "
     r"(?:measure up|stack up|fare|line up|shape up|match up|do|rank|perform|compare)"
     rf"(?: against each other| to each other| with each other)? {_IN} (?P<what>.+?)\W*$",
     r"\g<what> of \g<one> versus \g<two>"),
    (r"^\W*how (?:do|does|did) (?P<one>[\w .-]+?) "
     r"(?:measure up|stack up|fare|line up|shape up|match up|do|perform) (?:to|against|with|versus"
     rf"|compared (?:to|with)) (?P<two>[\w .-]+?) {_IN} (?P<what>.+?)\W*$",
     r"\g<what> of \g<one> versus \g<two>"),
    # each month on its own
    (rf"\bin (?P<one>{_MONTH}),? (?:and )?in (?P<two>{_MONTH})(?P<three>,? (?:and )?in {_MONTH})?"
     r"(?=[\s,]*(?:separately|individually|one by one|one \w+ each|each)\W*$)",
     lambda found: f"in {found['one']}, {found['two']}"
                   f"{(found['three'] or '').replace(' in ', ' ')}"),
    (rf"(?P<what>.+?) (?P<at>for|in|of|during) (?P<list>{_MONTH}(?:(?:,| and|, and) {_MONTH})+)"
     r"[\s,]*(?:separately|individually|apart|one by one|each on (?:its|their) own|one figure each"
     r"|one number each|each separately|month by month|broken out|on their own|one after the other"
     r"|singly|in turn|each)\W*$", r"\g<what> per month in \g<list>"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with its two sides or times as difference or versus.

    "How far apart are mobile and desktop in success rate" is the difference between them, "this
    week next to last week" is the one compared with the other.
    """
    return rewritten(text, _RULES)
