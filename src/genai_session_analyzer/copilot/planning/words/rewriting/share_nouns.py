"""Parts of a whole by other nouns: a slice of the traffic, the make-up of the failures."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_SLICE = (
    r"(?:slice|chunk|cut|wedge|lump|sliver|bite|swath|swathe|helping|segment|section|dose"
    r"|piece(?! of feedback))"
)
_MAKE_UP = (
    r"(?:make[ -]?up|composition|anatomy|structure|constitution|configuration|profile|mixture|blend"
    r"|decomposition|cross[ -]?section)"
)
_FEW = r"(?=(?:what|which|the|how much|how large)\b)"


_OF_ROWS = (
    r"(?:\b(?:average|mean|median|typical|minimum|maximum|min|max|highest|lowest|largest|smallest"
    r"|longest|shortest|standard deviation|stddev|percentile|p\d\d|how many|distinct|per)\b"
    r"|\b(?:total|sum|summed|number)\b.* over all (?:the |our )?(?:requests|generations|users"
    r"|sessions"
    r"|images)\W*$)"
)
"""Of numbers over all rows, which are no parts of them: "the average cost over all users"."""


_BEFORE = rules(
    (rf"^\W*(?:out )?of all (?:the |our |of the )(?=[^,;]*, ?{_FEW})", "of all "),
    # motives
    (r"^\W*how (?:concentrated|top[ -]heavy|skewed|dependent|spread out|lopsided|uneven|balanced)"
     rf"\b[^,;:?\u2013\u2014]*?(?: - |[-,;:?\u2013\u2014]+ ?){_FEW}", ""),
    # parts
    (r"\b(?P<what>what|which|the) (?:part|portion|slice|percentage|fraction|proportion) of all"
     r" (?:the|our) ",
     r"\g<what> share of all "),
    (rf"\b(?:big |large )?(?:{_SLICE})s? (?:of|in)\b", "share of"),
    (rf"\b(?P<what>what|which|how large a|how big an?|the) {_SLICE}(?= (?:is|are|was|were"
     r"|comes?|came"
     r"|goes|go|went|does|do|did|has|have|belongs?)\b)", r"\g<what> share"),
    (r"\bhow (?:large|big|great|high|small) (?:is the |are the |an? )"
     r"(?=(?:share|percentage|part|proportion|fraction|portion)\b)", "what "),
    # the part that each group has
    (r"\b(?P<groups>prompt length|region|tier|device|model|domain|(?:art )?style|mood|status"
     rf"|sampler|cluster|outcome)[ -]{_MAKE_UP} of (?P<what>[^,.;?]+)",
     r"what share of \g<what> comes from each \g<groups>"),
    (r"(?<=comes from each )prompt length\b", "prompt length category"),
    (r"(?P<each>\bcomes from each [\w ]+?),? (?:as|in) (?:fractions|shares|percentages|percent"
     r"|proportions|parts)\b",
     r"\g<each>"),
    (rf"\b(?:the )?{_MAKE_UP} of (?P<what>[^,.;?]+?) (?P<by>by|per|across|over) (?P<rest>[^,.;:?]+)"
     r"(?:[,;:] (?:which|what) (?:share|percentage|part|portion|fraction|proportion)s? (?:does"
     r"|do) each "
     r"[^,.;?]*? (?:hold|have|make up|account for|take|represent))",
     r"what share of \g<what> comes from each \g<rest>"),
    (rf"\b(?:the )?{_MAKE_UP} of (?=[^,.;?]+ (?:by|per|across|over)\b)", "distribution of "),
    (r"\b(?:break|split|divide|cut|slice) (?:down )?(?:the |our )?(?P<what>[\w ]+?) (?:down |up )?"
     r"(?:by|per|into) (?P<group>[\w ]+?),? each (?:as|in) (?:an? )?(?:part|share|percentage"
     r"|fraction"
     r"|proportion|percent|portion|slice)(?: of (?:the )?(?:total|whole|all|everything))?\W*$",
     r"what share of \g<what> comes from each \g<group>"),
    # against a whole: "expressed against all credits"
    (rf"^(?!.*{_OF_ROWS})\W*(?P<what>[^,;?]+?),? (?:expressed |measured |taken |stated"
     rf" )?(?:against|relative to|over"
     r"|out of|as against|compared (?:to|with)) all (?:the |our )?"
     r"(?P<whole>credits|requests|generations|users|sessions|cost|spend|failures|images)\W*$",
     r"share of \g<what> out of all \g<whole>"),
    (r"\b(?P<what>costs?|credits|spend|spending|expenses?) over (?=all (?:the |our )?"
     r"(?:requests|generations|users|sessions)\b)", r"\g<what> of "),
    # what was made up
    (r"\bsimulated (?:rather than|and not|instead of|not|as opposed to|versus|or) "
     r"(?:observed|real|measured|recorded|genuine|actual|collected)\b", "simulated"),
    # all of them
    (r"\bhow much of everything(?: (?:requested|generated|made|produced|rendered|asked for))? "
     r"(?=is|was|comes|are)", "what share of generations "),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with parts of a whole as shares.

    "What slice of the credits" is "what share of the credits", the "make-up of users by tier" their
    distribution.
    """
    return rewritten(text, _BEFORE)
