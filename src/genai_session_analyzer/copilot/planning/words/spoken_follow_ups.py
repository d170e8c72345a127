"""Turns of phrase of follow-ups, put plainly before spelling is: "switch to the median"."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting import rewritten

_IT = (
    r"(?:this|that|these|those|it|them|each (?:of )?(?:these|those|them|one)|everything|things"
    r"|(?:the|these|those) (?:results?|figures|numbers|table|output|query|question|analysis))"
)
_OPENING = (
    r"^(\W*(?:(?:and|now|then|please|next|finally|also|kindly|but|ok|okay|instead|additionally"
    r"|let us|let\W?s|so),? )*)"
)
_SPLIT = (
    r"(?:break|broken|split|subdivide|subdivided|divide|divided|segment|segmented|partition"
    r"|partitioned|disaggregate|disaggregated|drill|cut)"
)
_GROUPING = r"(?:break ?downs?|grouping|groups|groupings|split|splitting|dimensions?)"
_KEPT = (
    r"(?:groups?|ones|rows|entries|results|models|samplers|regions|tiers|devices|users|styles"
    r"|domains|moods|weeks|days|months)"
)
_AMOUNT = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twenty)"
_PERIOD = r"(?:hour|day|week|month|quarter|year)"
_REPLACED = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"^\W*let(?: us|\W?s)? +(?=\w)(?!me\b)", ""),
        (r"^\W*n (?=(?:by|for|per|in|on|what|how)\b)", "and "),
        # the same about something else
        (rf"{_OPENING}how (?:does|do|did) (?:the )?(?!{_IT} )([\w-]+(?: [\w-]+)?) look\W*$",
         r"\1what about \2"),
        (rf"{_OPENING}(?:repeat|run|do|redo)(?: {_IT}| the same)?(?: again)? (?=for\b|with\b|in\b)",
         r"\1the same "),
        (r"^\W*i(?:\W?d| would)? +rather (?:see|have|know|get|look at) (.+?)(?: instead)?\W*$",
         r"\1 instead"),
        (rf"{_OPENING}use (.+?) as the (?:measure|metric|number)(?: instead)?\W*$",
         r"\1\2 instead"),
        (r"\bregionally\b", "by region"),
        (rf"{_OPENING}(?:how|what) (?:does|did|do|would|was|is) (?:{_IT}|the picture|the situation"
         r") look(?:s|ed)?(?: like)? ", r"\1what about "),
        (rf"{_OPENING}(?:switch|change|turn|move|go)(?: {_IT})?(?: over)? to "
         r"(?!all\b|every\b|any\b|back\b)(.+?)(?: instead)?\W*$", r"\1\2 instead"),
        (rf"{_OPENING}replace (?:{_IT}|the (?:{_GROUPING}|measure|number|metric|column)) (?:with"
         r"|by) (.+?)\W*$", r"\1\2 instead"),
        (rf"\brather than {_IT}\W*$", "instead"),
        # which rows
        (rf"{_OPENING}(?:focus|concentrate|zoom in) (?:only )?on ", r"\1only "),
        (rf"{_OPENING}(?:limit|restrict|narrow|set|change) the (?:period|time|range|date|time"
         rf" range)"
         r" to ", r"\1only "),
        (rf"{_OPENING}consider (.+?) only\W*$", r"\1only \2"),
        (rf"{_OPENING}(?:(?:do not|don\W?t) (?:consider|include|count|show|use|take into account)"
         r"|disregard|discount) ", r"\1excluding "),
        (rf"{_OPENING}with (?:the )?([\w-]+(?: [\w-]+)?) (?:excluded|left out|removed|omitted)\W*$",
         r"\1excluding \2"),
        (rf"{_OPENING}(?:include|extend {_IT} to|widen {_IT} to|for (?:users|requests|sessions"
         r"|generations|customers) (?:of|on|from|in|with)) (?=(?:all|every|any) \w+\W*$)",
         r"\1for "),
        (rf"{_OPENING}(?:not (?:only|just) (?:for |in |on )?(?:one|1|a single|this|that)"
         r"|without restricting(?: it)?(?: to)?(?: the)?) (\w+)\W*$", r"\1for every \2"),
        (rf"{_OPENING}(?:consider|take into account|keep|leave|retain|include) (?:only|just"
         r"|solely) ", r"\1only "),
        (rf"{_OPENING}(?:keep|leave|retain) (?=(?:the |those )?(?:top|bottom)\b|those\b|the"
         rf" ones\b)",
         r"\1only "),
        (rf"{_OPENING}only (?:the |those )?{_KEPT} (?=(?:with|that|which|having|where) )",
         r"\1only those "),
        (rf"{_OPENING}(?:narrow|cut|filter|trim)(?: {_IT})? down to ", r"\1only "),
        (rf"{_OPENING}(?:only )?where (?:the )?(?=(?!is\b|are\b|was\b|were\b|do\b|does\b|did\b)"
         r"\w+(?: \w+){0,2} (?:is|are|was|were|above|below|over|under|at|exceeds?|[<>=]))",
         r"\1only those whose "),
        (rf"{_OPENING}(?:excluding|omitting|ignoring|exclude|omit|ignore|leave out|leaving out"
         r"|without|except|drop|skip) (?:the |those |all )?(?:users|people|customers|requests"
         r"|generations|sessions|ones) (?:made |sent |submitted |issued |that were made )?(?:of"
         r"|on|in|from|with|using) ", r"\1excluding "),
        (r"\b(?:every|any)(?:thing|one|body) except\b|\ball except\b", "except"),
        # how it is grouped
        (rf"{_OPENING}(?:further )?{_SPLIT}(?: {_IT})?(?: down| up)?(?: further)? (?:by|per|into"
         r"|for each) ([\w-]+(?: [\w-]+){0,3}?)(?: as well| too| also)?\W*$", r"\1also split by"
         r" \2"),
        (rf"{_OPENING}(add|include|use) (?:a |an |another )?(?:further |second |extra )?"
         rf"{_GROUPING} (?:by|for|per) ", r"\1also split by "),
        (rf"{_OPENING}(?:add|include|use|with) (?:the )?(.+?) as (?:a|an|1|another|the)"
         rf" (?:second |further "
         r"|additional |extra |new )?(?:dimension|group|grouping|breakdown)\W*$",
         r"\1also split by \2"),
        (rf"{_OPENING}(?:add|include|append|show)(?: me)? (?:a|an|another|one more) (?:second "
         r"|further |additional |extra |new )?column (?:with|for|showing|of|containing) ",
         r"\1also "),
        (rf"{_OPENING}(?:add|include|append|show) (?:the )?(.+?) (?:as|in) (?:a|an|another|one"
         rf" more)"
         r" (?:second |further |additional |extra |new |separate )?column\W*$", r"\1also \2"),
        (rf"{_OPENING}(?:(?:without|drop|remove|no|undo|skip|ignore|forget)(?: (?:the|any))?"
         rf" {_GROUPING}|not (?:broken down|split|grouped)(?: by anything| at all)?"
         rf"|(?:don'?t|do not) (?:group|split|break)(?: {_IT})?(?: down| up)?(?: by anything"
         r"| at all)?|(?:just|only) the (?:grand |overall )?total)\W*$", r"\1overall"),
        (r"\bon an? (hour|dai|week|month|quarter|year)ly basis\b", r"\1ly"),
        (rf"{_OPENING}(?:group|aggregate|tabulate|present|show) {_IT} (?=by|per|for each)", r"\1"),
        (rf"{_OPENING}(?:the )?results? (?=by|per|for each)", r"\1"),
        (rf"{_OPENING}cross {_IT} with ", r"\1also split by "),
        (rf"{_OPENING}(?:append|attach|i(?: would|\W?d)? +also +(?:want|like|need)"
         r"(?: to see)?|(?:extend|complement|supplement|complete) {_IT} (?:with|by)) ", r"\1also "),
        (rf"{_OPENING}put (.+?) (?:next to|beside|alongside) {_IT}\W*$", r"\1also \2"),
        # order and how many
        (r"\binvert(ed)?\b", "reverse"),
        (rf"{_OPENING}(?:rank|sort|order) {_IT}\W*$", r"\1highest first"),
        (r"\b(highest|lowest|largest|smallest|biggest) ones?\b", r"\1"),
        (rf"{_OPENING}(?:the )?first ({_AMOUNT}) only\W*$", r"\1only the first \2"),
        (rf"{_OPENING}(?:sort|order|rank|arrange)(?:ed)?(?: {_IT})? by (?:the )?(?:name|label"
         r"|alphabet)\W*$", r"\1in alphabetical order"),
        (rf"{_OPENING}(?:sort|order|rank|arrange)(?:ed)?(?: {_IT})?(?: by (?:{_IT}|(?:the )?values?"
         r"|the numbers?))?,? (?=(?:from )?(?:high|low|large|small|most|least|big)|(?:in"
         r" )?(?:the )?"
         r"(?:de|a)scending|alphabetically)", r"\1"),
        (rf"{_OPENING}which (?:ones )?(?:are|were) the (?=top|bottom)", r"\1the "),
        (rf"{_OPENING}only the ({_AMOUNT}) with the (highest|lowest|most|fewest|largest"
         r"|smallest)(?: (?:values?|numbers?))?\W*$", r"\1the \2 \3"),
        (rf"{_OPENING}what (?:is|was|are|were) (?:it|that|this|they|those|these) (?=for\b|in\b|on\b"
         r"|with\b|of\b|without\b)", r"\1what about "),
        (rf"{_OPENING}(?:(?:make|let|show|give|list|take|do|try|only|just)(?: me| us)?(?: {_IT})? "
         rf"(?:be )?|i want |"
         rf"(?=(?:{_AMOUNT})(?: of them)? instead))(?:the (?:first|top) )?({_AMOUNT})"
         r"(?: (?:of them|instead|rows|please|in total|then))*(?=\W*$|,| and | but | without |"
         r" excluding )", r"\1top \2"),
        (rf"\b(?:instead of|rather than|(?:and )?not) (?:(?:by|per) (?:the )?{_PERIOD}"
         r"|(?:hour|dai|week|month)ly)\b", "instead"),
        # in other words and units
        (rf"{_OPENING}(?:(?:show|give|report)(?: me)? )?(?:in|into) (?:percentage|relative|percent)"
         r" terms", r"\1as a percentage"),
        (rf"{_OPENING}(?:convert|turn|normali[sz]e|scale) {_IT} (?:in)?to (?:the total|percentages?"
         r"|percent|shares|proportions)(?: of the total)?\W*$", r"\1as a percentage of the total"),
        (rf"{_OPENING}(?:show|give|express|report) (?:{_IT}|each) as (?=an? |percentages?"
         rf"|shares?)", r"\1as "),
        (r"\b(shares|percentages|proportions) (?:rather than|instead of) (?:the )?(?:counts|numbers"
         r"|absolute (?:numbers|values|counts))", r"\1 instead"),
        (rf"{_OPENING}(?:convert|express|put|give)(?: {_IT})? (?:to|into|in) "
         r"(?=(?:milli)?seconds|minutes|hours)", r"\1in "),
        (r"\bsmoothed (?:over|across|by) (?:7|seven) days\b", "7 day moving average"),
        (rf"{_OPENING}(?:what|which) (?:share|percentage|percent|proportion|part) (?:is|are|was"
         rf"|were|does|do) (?:{_IT} )?(?:each|that each|each of them)?(?: (?:make up|represent))?"
         r"\W*$", r"\1as a percentage"),
        (rf"{_OPENING}relative to (?:the |their )?(?:grand |overall )?total\W*$",
         r"\1as a share of the total"),
        (r"\bhow many (users|people|customers) (?:is|are|was|were) (?:that|those|behind (?:it|that"
         r"|them|those|these))\W*$", r"how many \1 are that"),
        (rf"\b(?:previous|preceding|prior) (?={_PERIOD}\b.*\bbefore (?:that|it)\b)", ""),
    )
)  # fmt: skip


def spoken_plainly(text: str) -> str:
    """Return a lower-case follow-up in the words the rules know.

    "Break it down further by device" is "also split by device", "switch to the median" is "the
    median instead". A question that begins otherwise is returned as it is.
    """
    return rewritten(text, _REPLACED)
