"""Which columns and rows are listed, said behind the question or in a second sentence."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_SHOW = r"(?:please |and |also )*(?:provide|give|show|list|return|report|state|include|name)"
_NAMED = r"clusters?|themes?|models?|samplers?|styles?|domains?|moods?|regions?|tiers?|devices?"
_HOW = r"(?:total|average|mean|median|maximum|minimum|max|min|p90|p95|p99)"
_SMALL = r"\d{1,2}|two|three|four|five|six|seven|eight|nine|ten"


_BEFORE = rules(
    # marks and drawings
    (r"^\W*(?:tabulate|plot|chart|graph|cross-?tabulate) (.+?) (?:against|versus|vs\.?) ",
     r"\1 by "),
    (r"\s*;\s*", ", "),
    (r"(?<!\w)i\.?e\.?(?!\w)", "i.e "),
    # rows, asked for at the end
    (r"^\W*(?!how many|list|show)(?P<rows>[^?]+?)\s*[,;:.-]\s*(?:please )?(?:list|show)"
     r" (?:them|these|those)(?: all)?(?: please)?\W*$", r"list \g<rows>"),
    # columns, in a second sentence
    (r"^\W*which (users|sessions|generations|prompts) (.+?)[?.] +(?:please )?(?:give|show|list"
     r"|return|report|provide|display|state)(?: me)? (?:their|the|its) ([\w ,]+)\W*$",
     r"list the \3 for \1 that \2"),
    (rf"^\W*(?:what|which) (?:is|was|are|were) (?P<what>the [\w .-]+?)\s*[?.!;]+\s*{_SHOW}"
     r"(?: me| us)? (?:its|their) (?P<columns>[\w ,]+?)\W*$", r"\g<what> with its \g<columns>"),
    (rf"^(\W*(?:which|what) (?:\w+ )?(?:{_NAMED})\b.*?)\s*[.?!;,]\s*(?:please |and )*"
     r"(?:(?:give|show|tell|name|state|return|report|provide)(?: me| us)?"
     r"|what (?:is|was|are)) (?:its|the|their)"
     r" (?:title|name|label)s?\W*$", r"\1"),
    # columns, in front or beside
    (r"\b(for (?:each|every) (?:cluster|theme|model|style|domain|region|tier)\b,? )(?:show"
     r"|display"
     r"|give|list|report|state|return|provide|find) (?:its|the) (?:title|name)(?:,| and"
     r"| together"
     r" with| as well as| along with)+ ", r"\1show "),
    (r"(?<=\w)[,.]? (?:and )?(?:give|show|report|state|return|present|provide|display)(?: me)?"
     r" (?:the |these |this |your )?(?:results?|figures?|numbers?|values?|answer)"
     r"(?: separately)? (?=for|per|by|in)", " "),
    (r"\bincluding (?=(?:their|its) )", "with "),
    # two numbers
    (r"\bboth (?=(?:the )?(?:number|mean|average|total|median)\b)", ""),
    (rf"\b(?P<one>{_HOW}) (?P<what>[a-z]+(?: rate| score| time)?)\s*[?.!;,]*\s*and"
     rf"(?: what (?:is|was|about))? (?:the |its |also the )?(?P<two>{_HOW})(?: one)?\W*$",
     r"\g<one> \g<what> and \g<two> \g<what>"),
    # how many rows
    (rf"\s*[,;.?]\s*(?:please |and )*(?:show|list|give|display|only|just)(?: me| us)?"
     rf"(?: only| just)? (?P<n>{_SMALL})(?: of them)?\W*$", r", top \g<n>"),
    # several conditions
    (r"\b(?:that |which )?(?:satisf(?:y|ies|ied|ying)|meet|meets|met|meeting"
     r"|fulfil\w*) (?:both |all"
     r" |the |of |following |two |three |these )*(?:conditions?|criteria|requirements?)\b[ ,]*",
     "with "),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with the columns and rows it lists in one sentence.

    "What is the most expensive session? Provide its id" is "the most expensive session with its
    id", "..., show 5" is "top 5".
    """
    return rewritten(text, _BEFORE)
