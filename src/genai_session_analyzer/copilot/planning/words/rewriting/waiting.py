"""Waiting by other names: the time from a request to its answer."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_ASKED = (
    r"(?:(?:the|a|an|their|your|its) )?(?:request|asking|submission|submitting|submit|prompt"
    r"|sending|click|ask|order|input)"
)
_ANSWER = (
    r"(?:(?:the|a|an|its|their|receiving|getting|getting the|seeing the|having the) )?"
    r"(?:answer|result|response|picture|image|delivery|reply|output|completion|finish"
    r"|finished (?:image|picture)|outcome)"
)
_SPAN = (
    r"(?:wait(?:ing)?(?: time)?|time(?: that passes| elapsed| passing)?|delay|gap|lag|interval"
    r"|period|seconds|time span|elapsed time)"
)
_PEOPLE = r"(?:people|users?|customers?|members?|clients?|them|us|everyone|folks|you)"
_DONE = (
    r"(?:answered|served|returned|came back|come back|coming back|comes back|completed|processed"
    r"|delivered|done|finished|ready|handled|rendered|replied|responded|resolved|generated"
    r"|fulfilled|turned around|wrapped up|through)"
)
_LASTED = (
    r"(?:dragg?(?:s|ed|ing)?(?: on| out)?|(?:go|goes|went|going) on|hung|lingered"
    r"|needed|needs|required|requires|ran(?: on)?|kept (?:people|users|us|them) waiting"
    r"|(?:is|was|were|are) (?:kept )?waiting)"
)
_BOUND = (
    r"(?=(?:more|less|fewer|longer|over|under|at least|at most|above|below|no more|up to"
    r"|beyond)\b[^,.;?]*?(?:s|sec\w*|seconds?|ms|milliseconds?|minutes?|min)\b)"
)


_BEFORE = rules(
    (rf"\b(?:the )?{_SPAN} (?:between|from) {_ASKED} (?:and|to|until|till) {_ANSWER}\b", "latency"),
    (rf"\b(?:the )?{_SPAN} (?:until|till|before|for) (?:the |an? )?(?:answer|reply|response|result)"
     r"(?: (?:comes|arrives|came|arrived|is there|is back))?\b", "latency"),
    (rf"\bhow long (?P<be>is|are|was|were) (?P<who>(?:[\w.-]+ ){{0,3}}{_PEOPLE}) (?:kept |left "
     r"|made )?(?:waiting|wait|hanging|sitting)\b", r"how long do \g<who> wait"),
    (rf"\b(?:keeps?|kept|makes?|made|leaves?|left|has|have|lets?) {_PEOPLE} (?:waiting|wait"
     r"|hanging)"
     r" (?:the )?(longest|most)\b", "takes longest"),
    (rf"\bhow long (?P<do>do|does|did) (?P<who>(?:[\w.-]+ ){{0,3}}{_PEOPLE}) (?:have to |need to )?"
     r"(?:typically|usually|normally|generally|tend to|commonly|ordinarily) (?:have to |need to"
     r" )?wait\b",
     r"how long \g<do> \g<who> wait"),
    (r"\b(?:gets?|has|have|receives?|got|had|sees?) (?:its|their|the|our)"
     r" (?:pictures?|images?|results?"
     r"|answers?|generations?) (?:the )?(?P<how>fastest|quickest|slowest)\b", r"is \g<how>"),
    (r"\bhow (?:snappy|sluggish|zippy|brisk|nippy|responsive|laggy|swift|speedy|prompt|rapid)"
     r" (?=is|was|are|were)", "how fast "),
    (rf"\b{_DONE} (?:in|within|after) {_BOUND}", "that took "),
    (rf"\b{_LASTED} (?:for )?{_BOUND}", "took "),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with waits as latency and as what a request took.

    "The wait between request and answer" is the latency, "answered in under one second" is "that
    took under one second".
    """
    return rewritten(text, _BEFORE)
