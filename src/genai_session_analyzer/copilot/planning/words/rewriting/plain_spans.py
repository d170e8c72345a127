"""From when to when the data goes, when something first happened, and what of it is simulated."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_REAL = r"(?:real|observed|simulated|synthetic|made up|artificial|genuine|measured)"
_FIRST = r"(?:first|earliest|oldest|minimum|min)"
_LAST = r"(?:last|latest|newest|most recent|maximum|max)"
_ROW = r"(?P<row>generation|request|session)s?"
_STAMP = r"(?:timestamps?|dates?|times?|days?|start times?|starts?)"
_DATA = r"(?:data|dataset|records?|rows?|warehouse|database|log|logs)"
_HAVE = r"(?:do|does) (?:we|you|the data|our data) (?:have|has|reach|go|start|end)"


def before_spelling(text: str) -> str:
    """Return a lower-case question about the data's reach or origin in plain words.

    "What's the newest timestamp in the data" is "when was the last generation", "is the telemetry
    simulated" the number of generations by telemetry origin.
    """
    return rewritten(text, _RULES)


_RULES = rules(
    # what is simulated
    (rf"^\W*(?:is|are) (?:the|this|our|any of the|all) (?:data|records?|rows?|dataset|generations)"
     rf" {_REAL}(?: or (?:is it |are they )?{_REAL})?\W*$", "simulated share"),
    (rf"^\W*(?:is|are) (?:the|this|our|these) (?:latency|latencies|cost|costs|statuses|telemetry"
     rf"|retries|feedback|downloads) {_REAL}(?: or (?:is it |are they )?{_REAL})?\W*$",
     "number of generations by telemetry origin"),
    (rf"^\W*(?:is|are) (?:the|this|our|these) (?:timestamps?|times?|dates?|request times?)"
     rf" {_REAL}(?: or (?:is it |are they )?{_REAL})?\W*$",
     "number of generations by time origin"),
    (rf"^\W*(?:is|are) (?:the|this|our|these) (?:tiers?|regions?|devices?|user profiles?|profiles?)"
     rf" {_REAL}(?: or (?:is it |are they )?{_REAL})?\W*$", "number of users by profile origin"),
    (r"\borigin of (?:the |their )?(?P<what>profile|telemetry|time|user)s?\b",
     r"\g<what> origin"),
    (r"^\W*(?:what |which )?(?:share|percentage|fraction|proportion) of (?:the |all )?sessions"
     r" (?:with|that have|having"
     r"|have|has|contain) (?:any|at least one|some) simulated .*$", "sessions with a simulated"
                                                                    " share above 0 in percent"),
    (r"^\W*(?:is|are) (?:the |our )?(?:user )?(?:identities|identity|users) simulated\W*$",
     "number of generations by user origin"),
    # from when to when
    (rf"^\W*(?:up to|until|till) (?:which|what) (?:date|day|time) {_HAVE}(?: {_DATA})?\W*$",
     "until when do we have data"),
    (rf"^\W*(?:from|since|starting) (?:which|what) (?:date|day|time)(?: on)? {_HAVE}"
     rf"(?: {_DATA})?\W*$", "when was the first generation"),
    (rf"^\W*(?:what is |what s |what's |show |give )?(?:me )?(?:the )?{_LAST} {_STAMP}"
     rf"(?: (?:in|of|recorded in) (?:the |our )?{_DATA})?\W*$", "when was the last generation"),
    (rf"^\W*(?:what is |what s |what's |show |give )?(?:me )?(?:the )?{_FIRST} {_STAMP}"
     rf"(?: (?:in|of|recorded in) (?:the |our )?{_DATA})?\W*$", "when was the first generation"),
    (rf"^\W*on (?:which|what) (?:day|date) (?:do|does|did) (?:the |our )?{_DATA} (?:start"
     rf"|begin)\W*$",
     "when was the first generation"),
    (rf"^\W*on (?:which|what) (?:day|date) (?:do|does|did) (?:the |our )?{_DATA} (?:end|stop"
     rf"|finish)\W*$",
     "when was the last generation"),
    (rf"^\W*how many (?P<unit>day|week|month)s (?:with|have|contain) (?:any )?{_DATA}(?: are there"
     rf"| exist| do we have)?\W*$",
     r"how many \g<unit>s had generations"),
    (r"^\W*(?:the )?last time (?:that )?an? (?P<row>[\w ]+?) (?:occurred|happened|took place|was"
     r" recorded)\W*$",
     r"when was the last \g<row>"),
    (rf"^\W*(?:is|are) any of (?:the|our) {_DATA} {_REAL} rather than {_REAL}\W*$", "simulated"
                                                                                    " share"),
    (rf"^\W*(?:show |give |what (?:is|are) )?(?:the )?(?:date|time)[ -](?:range|span)s?(?: of"
     rf" (?:the )?(?:{_DATA}"
     r"|generations))? (?:per|by|for each|of each|for every) (?P<group>.+?)\W*$",
     r"when was the first and last generation per \g<group>"),
    (rf"^\W*(?:for|on|from) (?:which|what) (?:dates|days|period|time) (?:do we have|is there|are"
     rf" there)"
     rf" {_DATA}\W*$", "what period does the data cover"),
    (rf"^\W*(?:what is |what s |what's )?(?:the )?{_LAST} (?:day|date|timestamp) with {_DATA}\W*$",
     "when was the last generation"),
    (rf"^\W*(?:what is |what s |what's )?(?:the )?{_FIRST} (?:day|date|timestamp) with {_DATA}\W*$",
     "when was the first generation"),
    # the first and the last of something
    (rf"^\W*(?:list |show |give |what (?:is|are) |return |report )?(?:me )?(?:the )?{_FIRST} and"
     rf" (?:the )?{_LAST} {_ROW}(?: {_STAMP})?(?P<rest> (?:per|by|for each|of each|for every) .+?)?"
     r"\W*$", r"when was the first and last \g<row>\g<rest>"),
    (rf"^\W*(?:list |show |give |what (?:is|are) |return |report )?(?:me )?(?:the )?{_FIRST} and"
     rf" (?:the )?{_LAST} {_STAMP} of (?:the |all )?{_ROW}(?P<rest> (?:per|by|for each|of each"
     r"|for every) .+?)\W*$", r"when was the first and last \g<row>\g<rest>"),
    (rf"\b{_FIRST} and (?:the )?{_LAST} sign-?up(?: dates?| days?)?\b",
     "oldest and newest signup date"),
    (r"^(?P<when>\W*(?:when|on which (?:day|date)) (?:was|were) the (?:first|last|earliest|latest"
     r"|newest|oldest|most recent) (?:generation|request|session|prompt))"
     r" (?:recorded|logged|captured|stored|in the (?:data|dataset|table))\W*$", r"\g<when>"),
    (r"^\W*on (?:which|what) (?:day|date) (?P<was>was|did|were) (?P<what>.+? first (?:used|appear"
     r"|seen|requested|tried))\W*$", r"when \g<was> \g<what>"),
    (r"\bwhen did the most recent (?P<row>\w+) (?:occur|happen|take place)\b",
     r"when was the most recent \g<row>"),
)  # fmt: skip
