"""Values set aside, however it is said: "unknown set aside", "everywhere but Asia"."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_WHAT = (
    r"(?:the )?(?P<what>(?!(?:is|are|it|that|this|them|leave|leaving|set|setting|put"
    r"|putting)\b)[\w.-]+(?: [\w.-]+)??)"
)
_ASIDE = (
    r"(?:(?:set|put|left|taken|filtered|thrown|kept|pushed|carved|factored|leaving|moved|cast"
    r"|stripped|weeded|crossed)"
    r" (?:aside|out|off|apart|to one side|on one side|away)|excluded|removed|ignored|disregarded"
    r"|omitted|dropped"
    r"|discounted|excepted|skipped|(?:not|never) (?:counted|included|considered|shown|taken into"
    r" account)|aside|apart|out of the (?:picture|way)|discarded|eliminated|left uncounted)"
)
_END = r"(?=\W*$| *[,;:?])"
_BUT = (
    r"(?:but(?: not)?|except(?: for| in| from)?|other than|outside(?: of)?|apart from|save(?: for)?"
    r"|besides|aside from|barring|bar|excluding|without|minus)"
)
_BESIDES = (
    r"(?:with the exclusion of|to the exclusion of|exclusive of|barring|bar the|save for|aside from"
    r"|leaving aside|setting aside|putting aside|disregarding|shutting out|cutting out"
    r"|stripping out"
    r"|netting out|factoring out|weeding out|skipping over|taking away|casting aside|with no regard"
    r" for|not to count|not including|excepting)"
)


_LEAVE = (
    r"(?:disregard|ignore|exclude|leave (?:out|aside|off)|set aside|drop|remove|skip|omit|discount"
    r"|(?:do not|don t) (?:count|include|consider)|forget(?: about)?|take (?:out|away))"
)


_WITHOUT = (
    r"(?:exclud(?:e|ing)|leav(?:e|ing) out|without|drop(?:ping)?|ignor(?:e|ing)|omit(?:ting)?"
    r"|skip(?:ping)?"
    r"|remov(?:e|ing)|hid(?:e|ing)|except(?: for)?|other than|apart from|not counting)"
)
_OTHER = (
    r"(?:the )?(?P<what>(?!by|per|only|sorted|top|for|in|on|highest"
    r"|lowest)[\w-]+(?: [\w-]+)?)(?=\W*$)"
)
_OTHER_AHEAD = r"(?:the )?(?P<what>[\w-]+(?: [\w-]+)?)"


_BEFORE = rules(
    (rf"\b(?:if|when|once|provided|assuming)(?: that)? (?:we|you|one|i"
     rf"|they) {_LEAVE} ", "excluding "),
    (rf"\b(?:if|when|given that|provided) {_WHAT} (?:does|do|did|should|is|are) not"
     rf"(?: be)? (?:count|counted|included|considered|matter){_END}", r"excluding \g<what>"),
    (r"\b(?P<out>excluding|without|except(?: for)?|barring|ignoring|leaving out|omitting) "
     r"(?P<what>(?:the )?[\w.]+) ones?\b", r"\g<out> \g<what>"),
    (rf"\b(?P<lead>from|in|on|of|for|by|with|at|across) ?(?:any|every|all)(?:where|thing|one|body)?"
     rf" {_BUT} (?:in |on |from |for )?", r"excluding "),
    (rf"\b(?:any|every)(?:where|thing) {_BUT} (?:in |on |from |for )?", "excluding "),
    (rf"\b(?:once|after|when|if|with|as soon as|given that) {_WHAT}(?: (?:is|are|was|were|has been"
     rf"|have been|being|get|gets))? {_ASIDE}{_END}", r"excluding \g<what>"),
    (rf"(?<=[,;:]) *(?:and |but )?{_WHAT}(?: (?:is|are|being))? {_ASIDE}{_END}",
     r" excluding \g<what>"),
    (rf"^\W*(?:and |now |but |please )*{_WHAT}(?: (?:is|are|being))? {_ASIDE}\W*$",
     r"excluding \g<what>"),
    (rf"\b(?:set|put|leave|setting|putting|leaving) (?:aside|to one side) {_WHAT}{_END}",
     r"excluding \g<what>"),
    (rf"\b(?:setting|putting|leaving|set|put|leave) {_WHAT} (?:aside|to one side|apart|out){_END}",
     r"excluding \g<what>"),
    (rf"\b{_BESIDES} ", "excluding "),
    (rf"\b{_WITHOUT} (?:the )?unknown(?: ones)?(?: and| or|,) {_OTHER}", r"excluding unknown and"
     r" excluding \g<what>"),
    (rf"\b{_WITHOUT} {_OTHER_AHEAD}(?: and| or|,) (?:the )?unknown(?: ones)?(?=\W*$)",
     r"excluding \g<what> and excluding unknown"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with what is set aside behind "excluding".

    "By mood, unknown set aside" is "by mood, excluding unknown", "from anywhere but Europe" is
    "excluding Europe".
    """
    return rewritten(text, _BEFORE)
