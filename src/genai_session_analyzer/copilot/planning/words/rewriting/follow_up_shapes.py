"""Follow-ups that group, sort, cut or convert the same rows."""

from genai_session_analyzer.copilot.planning.words.rewriting.follow_up_words import (
    GROUPING,
    IT,
    OPENING,
)
from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_SPLIT = (
    r"(?:break|broken|split|subdivide|subdivided|divide|divided|segment|segmented|partition"
    r"|partitioned|disaggregate|disaggregated|drill|cut)"
)
_AMOUNT = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twenty)"
_PERIOD = r"(?:hour|day|week|month|quarter|year)"


_BEFORE = rules(
    # another number of the same rows
    (rf"{OPENING}how many ([\w-]+(?: [\w-]+)?) (?:is|are|was|were) (?:{IT}|each(?: (?:of them|one"
     r"|number|rate|value))?|they) (?:based|computed|calculated|resting|averaged)"
     r" (?:on|over|from)\W*$", r"\1number of \2 instead"),
    (rf"{OPENING}(?:show|give|display|list)(?: me| us)? also ", r"\1also "),
    (rf"{OPENING}how (?:does|do|did|has|have) {IT} (?:change|changed|vary|develop|developed|move)"
     rf" (?:from )?(?:1 |one |each )?({_PERIOD}) (?:to|by|over|on|after) (?:the )?(?:\2|next)\W*$",
     r"\1\2 over \2 change"),
    (rf"^\W*(?:and )?(?:the )?(?:peak|top) ({_PERIOD})\W*$", r"which \1 is highest"),
    (r"^\W*(?:and )?how often(?: (?:were|are|was|is|have|has) (?:they|it|those|these)(?: been)?)?"
     r" used\W*$", r"how many generations do they have"),
    (rf"{OPENING}(?:how many|(?:the )?number of) (\w+) (?:are (?:there )?|fall )?(?:in|within|per"
     rf"|behind|on) each(?: of"
     r" (?:them|these|those)| one| group| row)?\W*$", r"\1also number of \2"),
    (rf"{OPENING}(?:only|just) count (?:the )?|{OPENING}count only (?:the )?", r"\1only "),
    (rf"{OPENING}what(?: is|\W?s| are| were| was)? {IT} (?=as an? |in (?:percent|seconds|minutes))",
     r"\1"),
    (rf"{OPENING}of which (?:have |has |are |is |were |was"
     rf" )?", r"\1how many of them "),
    (rf"{OPENING}(?:only |just )?(?:the )?(top|bottom|first) ({_AMOUNT}) (?:combinations?|groups?"
     rf"|rows?"
     r"|pairs?|entries|values)\W*$", r"\1\2 \3"),
    # how it is grouped
    (rf"{OPENING}(?:the )?same (?:exact )?(?:cut|split|breakdown|view|table|analysis|thing|grouping"
     r"|chart|slice|comparison|report|list|numbers?|figures?|metric|measure)(?: once)?(?: again)?"
     r",? (?:but )?(?:this time )?(?=(?:by|per|for each|split by|across|along)\b)", r"\1same but "),
    (rf"{OPENING}(?:further )?{_SPLIT}(?: {IT})?(?: down| up)?(?: further)? (?:by|per|into"
     r"|for each) ([\w-]+(?: [\w-]+){0,3}?)(?: as well| too| also)?\W*$", r"\1also split by"
     r" \2"),
    (rf"{OPENING}(add|include|use) (?:a |an |another )?(?:further |second |extra )?"
     rf"{GROUPING} (?:by|for|per) ", r"\1also split by "),
    (rf"{OPENING}(?:add|include|use|with) (?:the )?(.+?) as (?:a|an|1|another|the)"
     rf" (?:second |further "
     r"|additional |extra |new )?(?:dimension|group|grouping|breakdown|cut|slice|split)\W*$",
     r"\1also split by \2"),
    (rf"{OPENING}(?:add|include|append|show)(?: me)? (?:a|an|another|one more) (?:second "
     r"|further |additional |extra |new )?column (?:with|for|showing|of|containing) ",
     r"\1also "),
    (rf"{OPENING}(?:add|include|append|show) (?:the )?(.+?) (?:as|in) (?:a|an|another|one"
     rf" more)"
     r" (?:second |further |additional |extra |new |separate )?column\W*$", r"\1also \2"),
    (rf"{OPENING}(?:(?:without|drop|remove|no|undo|skip|ignore|forget)(?: (?:the|any))?"
     rf" {GROUPING}|not (?:broken down|split|grouped)(?: by anything| at all)?"
     rf"|(?:don'?t|do not) (?:group|split|break)(?: {IT})?(?: down| up)?(?: by anything"
     r"| at all)?|(?:just|only) the (?:grand |overall )?total)\W*$", r"\1overall"),
    (r"\bon an? (hour|dai|week|month|quarter|year)ly basis\b", r"\1ly"),
    (rf"{OPENING}(?:group|aggregate|tabulate|present|show) {IT} (?=by|per|for each)", r"\1"),
    (rf"{OPENING}(?:the )?results? (?=by|per|for each)", r"\1"),
    (rf"{OPENING}cross {IT} with ", r"\1also split by "),
    (rf"{OPENING}(?:append|attach|i(?: would|\W?d)? +also +(?:want|like|need)"
     r"(?: to see)?|(?:extend|complement|supplement|complete) {IT} (?:with|by)) ", r"\1also "),
    (rf"{OPENING}(?:the )?([\w ]+?) (?:next to|beside|alongside) {IT}\W*$", r"\1also \2"),
    (rf"{OPENING}put (.+?) (?:next to|beside|alongside) {IT}\W*$", r"\1also \2"),
    (rf"{OPENING}(limit|restrict|group|break down|split) {IT} ", r"\1\2 "),
    # order and how many
    (rf"{OPENING}(?:(?:only|just|show) )?the (?:winner|leader|champion|front runner|frontrunner"
     r"|number one|leading one|one (?:at the top|in front|in the lead))\W*$", r"\1only the top 1"),
    (r"\binvert(ed)?\b", "reverse"),
    (rf"{OPENING}(?:rank|sort|order) {IT}\W*$", r"\1highest first"),
    (r"\b(highest|lowest|largest|smallest|biggest) ones?\b", r"\1"),
    (rf"{OPENING}(?:the )?first ({_AMOUNT}) only\W*$", r"\1only the first \2"),
    (rf"{OPENING}(?:sort|order|rank|arrange)(?:ed)?(?: {IT})? by (?:the )?(?:name|label"
     r"|alphabet)\W*$", r"\1in alphabetical order"),
    (rf"{OPENING}(?:sort|order|rank|arrange)(?:ed)?(?: {IT})?(?: by (?:{IT}|(?:the )?values?"
     r"|the numbers?))?,? (?=(?:from )?(?:high|low|large|small|most|least|big)|(?:in"
     r" )?(?:the )?"
     r"(?:de|a)scending|alphabetically)", r"\1"),
    (rf"{OPENING}which (?:ones )?(?:are|were) the (?=top|bottom)", r"\1the "),
    (rf"{OPENING}only the ({_AMOUNT}) with the (highest|lowest|most|fewest|largest"
     r"|smallest)(?: (?:values?|numbers?))?\W*$", r"\1the \2 \3"),
    (rf"{OPENING}what (?:is|was|are|were) (?:it|that|this|they|those|these) (?=for\b|in\b|on\b"
     r"|with\b|of\b|without\b)", r"\1what about "),
    (rf"{OPENING}(?:(?:make|let|show|give|list|take|do|try|only|just)(?: me| us)?(?: {IT})? "
     rf"(?:be )?|i want |"
     rf"(?=(?:{_AMOUNT})(?: of them)? instead))(?:the (?:first|top) )?({_AMOUNT})"
     r"(?: (?:of them|instead|rows|please|in total|then))*(?=\W*$|,| and | but | without |"
     r" excluding )", r"\1top \2"),
    (rf"{OPENING}(?:sort|order|rank|arrange) {IT} ", r"\1sort "),
    (rf"\b(?:instead of|rather than|(?:and )?not) (?:(?:by|per) (?:the )?{_PERIOD}"
     r"|(?:hour|dai|week|month)ly)\b", "instead"),
    # in other words and units
    (rf"{OPENING}(?:(?:show|give|report)(?: me)? )?(?:in|into) (?:percentage|relative|percent)"
     r" terms", r"\1as a percentage"),
    (rf"{OPENING}(?:convert|turn|normali[sz]e|scale) {IT} (?:in)?to (?:the total|percentages?"
     r"|percent|shares|proportions)(?: of the total)?\W*$", r"\1as a percentage of the total"),
    (rf"{OPENING}(?:show|give|express|report) (?:{IT}|each) as (?=an? |percentages?"
     rf"|shares?)", r"\1as "),
    (r"\b(shares|percentages|proportions) (?:rather than|instead of) (?:the )?(?:counts|numbers"
     r"|absolute (?:numbers|values|counts))", r"\1 instead"),
    (rf"{OPENING}(?:convert|express|put|give)(?: {IT})? (?:to|into|in) "
     r"(?=(?:milli)?seconds|minutes|hours)", r"\1in "),
    (r"\bsmoothed (?:over|across|by) (?:7|seven) days\b", "7 day moving average"),
    (rf"{OPENING}(?:what|which) (?:share|percentage|percent|proportion|part) (?:is|are|was"
     rf"|were|does|do) (?:{IT} )?(?:each|that each|each of them)?(?: (?:make up|represent))?"
     r"\W*$", r"\1as a percentage"),
    (rf"{OPENING}relative to (?:the |their )?(?:grand |overall )?total\W*$",
     r"\1as a share of the total"),
    (r"\bhow many (users|people|customers) (?:is|are|was|were) (?:that|those|behind (?:it|that"
     r"|them|those|these))\W*$", r"how many \1 are that"),
    (rf"\b(?:previous|preceding|prior) (?={_PERIOD}\b.*\bbefore (?:that|it)\b)", ""),
    (r"\bin (?:place|lieu) of\b", "instead of"),
    (rf"{OPENING}what (?:was|is|are|were) (?:the |that )?(?:corresponding|same|respective"
     r"|equivalent|comparable) (?:numbers?|figures?|values?|rates?|counts?|results?|shares?) "
     r"(for|in|of|on) ", r"\1and \2 "),
    (r"\b(percentages?|shares?|proportions?) of each(?= *$|[,.?!]| instead)", r"\1"),
    (rf"{OPENING}(?:express|give|show|present|report|state|display|convert|return) {IT} "
     r"(?:in the form of|as|into) ", r"\1as "),
)  # fmt: skip


_SAME = rules(
    (rf"{OPENING}(?:(?:show|give|draw|plot|make)(?: me)? )?(?:the )?same (?:chart|graph|plot|table"
     r"|view|picture|report|list|breakdown|thing|numbers?) (?:for|with|of|but (?:for|with)) "
     r"(?:the )?", r"\1what about "),
)  # fmt: skip


def same_again(text: str) -> str:
    """Return a lower-case follow-up that asks for the same picture of something else in short."""
    return rewritten(text, _SAME)


def before_spelling(text: str) -> str:
    """Return a lower-case follow-up with its groups, order and units in the words the rules know.

    "Break it down further by device" is "also split by device", "express these numbers as shares"
    is "as shares". A question that begins otherwise is returned as it is.
    """
    return rewritten(text, _BEFORE)
