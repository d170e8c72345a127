"""Yes or no to a judgement: "is performance good" asks how it is, and names no measure."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_GOOD = (
    r"(?:any )?(?:good|bad|fine|ok|okay|acceptable|unacceptable|decent|great|poor|all ?right|well"
    r"|badly|healthy|satisfactory|satisfying|adequate|solid|reasonable|normal|up to scratch"
    r"|up to standard|in order|in (?:good|bad) shape)(?: enough)?"
)
_ALL = (
    r"(?:we|it|things|everything|all|stuff|the (?:service|platform|system|site|product|app)"
    r"|our (?:service|platform|system|site|product|app))"
)
_IS = r"^\W*(?:is|are|was|were|does|do|did)"
_GOING = r"(?:doing|going|running|working|run|work|do|perform|performing|looking|look)"
_RULES = rules(
    (rf"{_IS} {_ALL} (?:{_GOING} )?{_GOOD}\W*$", "how is it doing"),
    (rf"{_IS} (?P<what>(?:(?:the|our|its|overall|general) )*(?:[\w.-]+ )?(?:performance|quality"
     rf"|health)(?: (?:of|on|in|for) [\w .-]+?)?) {_GOOD}\W*$", r"how is \g<what>"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question whether something is good as the question how it is."""
    return rewritten(text, _RULES)
