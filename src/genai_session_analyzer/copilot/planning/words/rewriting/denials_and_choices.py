"""Not, without, neither, either, any: how conditions are denied or left open."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_OR_MORE = r"(?:generation|request|image|picture|job|prompt)"


_BEFORE = rules(
    # denied
    (r"\b(?:concluded|terminated|finished|ended|(?:went|go|got|ran|run|passed|came)"
     r"(?: by| off| through| past)?|closed|lasted) (?=without\b)", ""),
    (r"\b(?:(?:have|has|had|with|do|does|did|saw|made|caused) )+(?:not |never )(?:(?:had|have"
     r"|seen|see|made"
     r"|got|gotten) )?(?:even |so much as )?(?:a single|an? lone|one single|even one|one"
     r"|a solitary) ",
     "without any "),
    (r"^\W*(?:is it (?:true|so|right) (?:that )?)?(?:hardly|barely|scarcely|almost|nearly"
     r"|virtually)"
     r" (?:any\w*|nobody|no one|every\w*|ever\w*|all)\b[^:;?.]*[:;?.,] *(?:so )?(?=how many"
     r"|count )", ""),
    (r"\bneither (.{2,60}?) nor\b", r"not \1 and not"),
    (r"\b(?:do|does|did) not (?:contain|include|comprise|exhibit|show|involve|experience|have"
     r"|suffer|undergo|receive|get|carry|possess|result in|end in)(?: (?:any|a|an|a single|even"
     r" one|one))? ", "without "),
    (r"\b(?:where|in which|with|when) (?:nothing|none of them) "
     r"(?:was |were |got |is )?", "without any "),
    (r"\b(did|do|does|was|were|is|are|has|have|had|could|would)nt\b", r"\1 not"),
    # one of two, any of them
    (r"\beither (?=.{2,60}? or\b)", ""),
    (rf"\b(used|made|wrote|submitted|with|had|has|have|contain\w*|includ\w*) at least (?:one|1) "
     rf"(?=[\w-]+ {_OR_MORE}s?\b)", r"\1 a "),
    (rf"\bat least (?:one|1) ({_OR_MORE})s?(?= (?:with|whose|that|which|in|of|using|on|from"
     r"|made|for|belonging|labell?ed|classified|about)\b)", r"a \1"),
    (r"\b(?:by|for|of|in|among) any (?:single |one |given |individual )?(generation|session"
     r"|user"
     r"|prompt|request)s?\b", r"of \1s"),
    (r"\b(?:one|any|some) of (?:its|their|the|these|those|his) (prompts|generations"
     r"|sessions)\b", r"\1"),
    (r"\b(low|medium|high), (low|medium|high),? (or|and) (low|medium|high) friction\b",
     r"\1 friction, \2 friction \3 \4 friction"),
    (r"\b(low|medium|high) (or|and) (low|medium"
     r"|high) friction\b", r"\1 friction \2 \3 friction"),
)  # fmt: skip
_AFTER = rules(
    # left out
    (r"\bleav(?:e|ing) ([\w -]+?) (?:out|aside|off)\b", r"exclude \1"),
    (r"\bunknown (?:ones|values|entries|labels)\b|\bunknowns\b", "unknown"),
    (r"\b(?:dropping|removing|disregarding|excluding|ignoring|omitting|skipping|without"
     r"|(?:filtering|taking|leaving) out|not counting|not considering|discounting)"
     r" (?:all |any |the )*(?:rows|those|ones|entries|records)"
     r" (?:with|of|having|(?:that|which|who) (?:have|has)|whose) ", "excluding "),
    (r"\bwith (unknown [\w -]+?) (?:being )?"
     r"(?:excluded|left out|removed|ignored|dropped|filtered out)\b", r"excluding \1"),
    # with and without
    (r"\bwith (?:and|vs\.?|versus|against|compared (?:to|with)) without "
     r"((?:an? |any )?\w+(?: (?:intent|content|prompts?|violations?|errors?|limits?|up|down"
     r"|generations?|requests?|outs?))*)", r"with \1 vs without \1"),
    (r"\bwithout (?:and|or|vs\.?|versus|against|compared (?:to|with)) with "
     r"((?:an? |any )?\w+(?: (?:intent|content|prompts?|violations?|errors?|limits?|up|down"
     r"|generations?|requests?|outs?))*)", r"without \1 vs with \1"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with its denials and choices in plain words.

    "Neither in Europe nor in Asia" is "not in Europe and not in Asia", "did not contain any" is
    "without".
    """
    return rewritten(text, _BEFORE)


def after_spelling(text: str) -> str:
    """Return a lower-case question with what it leaves out behind "exclude".

    "Dropping rows with unknown mood" is "excluding unknown mood".
    """
    return rewritten(text, _AFTER)
