"""Counts asked for behind the rows: "users who tried anime, distinct count"."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_COUNT = (
    r"(?:(?:the |a |in )?(?:distinct |unique |plain |simple |total |overall )?(?:count|number"
    r"|head ?count|tally)s?(?: is enough| will do| suffices| only| please)?"
    r"|counted(?: up)?(?: once each| once)?"
    r"|(?:please )?(?:just )?count (?:them|these|those)(?: all| up| once each| each once| only once"
    r"| once)?|(?:what (?:do|does|did) (?:they|it|these|those|that) (?:come to|add up to|amount to)"
    r"|how many (?:is that|are (?:there|they|those)|were (?:there|they)|were those)|how many"
    r"|what is (?:their|the) (?:number|count))(?: in (?:number|all|total))?"
    r"|(?:all )?counted (?:together|up)|in number|in numbers|their number|number of them)"
)
_ASKS = (
    r"(?!.*\b(?:how|what|which|who|when|where|number|count|share|rate|list|average|mean|median"
    r"|total|top|sum|by|per|most|least)\b.*[,;:.?-])"
)
_ROWS = r"(?:requests|generations|jobs|images|pictures|runs|renders|sessions|visits|prompts)"
_OWNERS = r"(?:users|clients|customers|members|people|accounts|subscribers|folks|folk|owners)"


_DONE = (
    r"(?:generated|requested|made|produced|created|asked for|submitted|rendered|ordered"
    r"|prompted for)"
)
_THING = (
    r"(?:(?:something|anything|a picture|an image|pictures|images|things|a prompt|prompts)\b ?)"
)
_KINDS = (
    r"^\W*what (?:(?:kinds?|sorts?|types?|styles?|things|themes?)(?: of (?:pictures?|images?"
    r"|things?|art"
    r"|content))? )?(?:do|does|did) (?P<who>.+?) (?:ask for|request|want|make|generate|order|go for"
    r"|create|like to make|prefer)\s*[,:;-]* by (?P<by>\w+(?: \w+)?) and (?:number|count|frequency"
    r"|volume|how many)\W*$"
)


_BEFORE = rules(
    (_KINDS, r"number of requests of \g<who> by \g<by>"),
    (rf"^\W*how (?:often|many times|frequently) (?:was|were|has|have|is|are) (?P<what>[\w -]+?) "
     rf"(?:images?|pictures?|pics?)(?: been| get| got)? {_DONE}\b", r"number of \g<what> requests"),
    (rf"^\W*how (?:often|many times|frequently) (?:was|were|has|have|is|are|did|had) {_THING}?"
     rf"(?P<what>.+?)(?: been| get| got)? {_DONE}(?P<rest>(?: (?:in|on|by|during|since|last|this"
     rf"|per|for)"
     r"\b.*)?)\W*$", r"number of requests \g<what>\g<rest>"),
    (r"\bhow many times (?:did|has|have|does|do|was|were) (?:that|this|it) "
     r"(?:happened|happen|occurred|occur|been the case|been so) (?:to|with|for|among)\b",
     "number of requests of"),
    (r"^\W*(?:when|whenever|if|where|once) (?:someone|somebody|people|users|they|anyone|a user"
     r"|one) "
     r"(?:asks?|wants?|requests?|asked) (?:for )?(?P<what>[^,;?]+), (?P<ask>how many|what share"
     r"|what part"
     r"|which share|what percentage|what fraction) of (?:those|these|them|the)(?: requests"
     r"| generations"
     r"| images| jobs)?\b", r"\g<ask> of the requests for \g<what>"),
    (r"^\W*for (?:the )?(?P<rows>(?!each|every|all|which|what)[^,:;?]*?\bprompts) *[,:;] *"
     r"(?P<rest>(?!how|what|which|who|is|are|does|do)\w[^?]*?)\W*$", r"\g<rest> for \g<rows>"),
    (rf"^{_ASKS}\W*(?P<rows>\w[^,;:?]*?(?:, [^,;:?]+?)??)\s*[,;:.?-]+ *(?:and )?{_COUNT}\W*$",
     r"number of \g<rows>"),
    (rf"\b(?P<whose>\w+) {_OWNERS}  ?(?={_ROWS}\b)", r"\g<whose> "),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with its count ahead of the rows, and those without owners.

    "Requests without feedback, counted" is "number of requests without feedback", "pro customers'
    requests" are "pro requests".
    """
    return rewritten(text, _BEFORE)
