"""Commands, closing words and "count them" around a question, in all their forms."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_ALL = r"(?:whole|entire|full|complete)"
_SPAN = (
    r"(?:history|period|record|records|data ?set|data|time ?span|time range|range|logs?|timeline"
    r"|stretch|span|recording|archive|database|observation period|time)"
)
_BEGUN = (
    r"(?:(?:the )?(?:very )?(?:beginning|start|launch|outset|inception|get-go|dawn of time"
    r"|first day)"
    r"|day one|we (?:started|launched|began)|(?:the )?(?:records?|recording|data|logs?)"
    r" (?:began|begins?|starts?|started))"
)
_NOW = r"(?:now|today|date|the end|finish|the last(?: day)?|the present(?: day)?|end)"
_ORDER = r"^\W*(?:(?:please|now|kindly|just|simply|then|could you|can you)\W+)*"
_THROUGH = r"(?:walk|take|run|talk|lead|guide|step)(?: (?:me|us))? through"
_ENOUGH = (
    r"(?:is (?:enough|fine|sufficient|plenty|all (?:i|we) need)|will do|would do|suffices|does it"
    r"|please)"
)
_COUNTED = (
    r"(?:counted(?: up| once(?: each)?)?|headcount|tallied|tally|count(?: up| of them)?"
    r"|(?:distinct|unique) count|count distinct|in number"
    rf"|(?:the |a |their )?(?:headcount|count|number|tally|total|figure)(?: {_ENOUGH})"
    r"|(?:the|their) (?:headcount|tally)|what is their (?:number|count)|what number is that"
    r"|(?:do )?(?:count|tally|number) (?:them|those|these|each)(?: up)?(?: (?:just |only )?once"
    r"(?: each| only| apiece)?)?)"
)
_SIDES = (
    r"(?:side by side|(?:next to|beside|alongside|against) (?:each other|one another)"
    r"|back to back|in parallel|abreast)"
)
_ROWS = r"requests|generations|sessions|users|people|members|customers|prompts|images|pictures|jobs"
_SMALL = r"one|two|three|four|five|six|seven|eight|nine|ten|\d+"
_LINE = r"(?:line|row|bar|number|figure|value|point|entry|curve|series|column|record)"
_GRAIN = r"(?:daily|hourly|weekly|monthly|quarterly|yearly)"
_DRAWING = (
    r"(?:curve|line|profile|chart|graph|plot|(?:time )?series|timeline|evolution|graphic|picture"
    r"|view|rhythm|pulse|pattern|course)"
)
_MEANS = r"(?:median|mean|average|p\d\d|total|sum|maximum|minimum)"
_TOTALS = (
    r"(?:(?:total|overall|sum of|number of|count of)(?: the)? )?(?:credits?|costs?|spend(?:ing)?"
    r"|images|generations|requests|sessions|downloads|retries|failures|errors|successes)"
    r"(?: (?:burn(?:ed|t)|spent|used|consumed))?"
)
_SHARES = r"(?:fractions?|shares?|percentages?|percents?|per cent|proportions?|parts)"

_BESIDE_PERIOD = re.compile(
    r"\b(?:and|now|the|same|but|what|how|about|ok|so|then|again|instead|show|give|it|that|this"
    r"|me|for"
    r"|do|please|over|in|of|with|thing|question|make|use|take|change|to|rather|just|only|by|all)\b"
)
_WHOLE_PERIOD = rules(
    (rf"[,;]?\s*\b(?:(?:for|over|across|in|during|throughout|through|within|covering|spanning)"
     rf" )?(?:(?:all (?:of )?)?(?:the|our) )?{_ALL} {_SPAN}\b(?: (?:we have|on record|available"
     r"|recorded|of the data))?", " "),
    (r"[,;]?\s*\b(?:(?:for|over|of|across|in|through) )?all[- ]times?\b"
     r"(?! (?:high|low|record|best|worst|peak|max\w*|min\w*))", " "),
    (rf"[,;]?\s*\b(?:ever )?since {_BEGUN}(?! of)(?: (?:till|until|to) {_NOW})?\b", " "),
    (rf"[,;]?\s*\bfrom {_BEGUN}(?: (?:on|onwards?|(?:till|until|to) {_NOW}))?(?=\W*$"
     rf"|[,.;?])", " "),
    (r"[,;]?\s*\bfrom (?:start to (?:finish|end)|beginning to end|(?:the )?first(?: day)? to"
     r" (?:the )?last(?: day)?|day one)\b", " "),
    (r"[,;]?\s*\b(?:as far back as|for as long as) (?:the )?(?:data|records?|logs?|we|it|they)"
     r" (?:go|goes|have|has|reach|reaches|exists?)(?: data| records)?\b", " "),
    (r"[,;]\s*(?:for )?(?:every|each|all) (day|week|month|hour)s? (?:that )?(?:we have|on record"
     r"|there is|available|we know)(?: data for)?\b", " "),
)  # fmt: skip
_BEFORE = rules(
    # commands
    (r"^\W*(?P<rows>(?:for|among|within) (?!each|every|all\b)[^,:;?]+), (?:please )?(?:set out"
     r"|lay out"
     r"|state|give(?: me| us)?|show(?: me| us)?|tell (?:me|us)|name|put|report|provide)"
     r" (?P<asked>[^?,;]+?)\W*$", r"\g<asked> \g<rows>"),
    (rf"{_ORDER}(?:i|we) (?:should|would|d|ll|shall)?\s*(?:very much |really |quite )?(?:like|love"
     r"|be (?:glad|happy|pleased|delighted|grateful|thankful|obliged|interested|keen|curious))"
     r"(?: (?:very much|a lot))? (?:(?:to|in) )?(?:know|learn|see|hear|find out|be told"
     r"|be shown|have"
     r"|get|knowing|learning|seeing|hearing)(?: about| of)?\s+(?=\w+ \w+)", " "),
    (r"^\W*(?:please )?(?:would you )?(?:be (?:so )?(?:good|kind|nice)(?: enough)?(?: as)? to"
     r"|do me the"
     r" (?:favou?r|kindness) (?:of|and)|have the goodness to|pray|do) (?:tell(?:ing)?|giv(?:e|ing)"
     r"|show(?:ing)?|send(?:ing)?|let)(?: (?:me|us)(?: know| have)?)?\s+", " "),
    (rf"{_ORDER}(?:(?:name|state|quote|cite|mention|establish|pinpoint|produce|deliver)"
     rf" (?=(?:the|our|all|every|each|{_SMALL})\b))(?:(?:the|our)\s+)?", " "),
    (rf"{_ORDER}(?:recite|enumerate|spell out|set out|set forth|lay out|lay down|lay|put|place"
     r"|line up|arrange|trace|specify|point out|dig (?:out|up)|note down|write (?:down|out)"
     r"|jot down|read out|reel off|run down|hand (?:me|us)|pass (?:me|us)|quote|come up with"
     rf"|{_THROUGH}|(?:brief|update|inform|enlighten|acquaint)(?: (?:me|us)) (?:on|about|of|with)"
     r"|fill (?:me|us) in on|rattle off|show off|reveal|unveil|flash up|throw up|throw in|disclose"
     r"|divulge|report back(?: on)?|drill (?:down )?into|dive into|delve into|zoom in on"
     r"|home in on"
     r"|unpack|size up|sum up|get (?:me|us) up to (?:speed|date) on|bring (?:me|us) up to (?:speed"
     r"|date) on|catch (?:me|us) up on|(?:could|can|may|might) (?:i|we) (?:trouble|bother) you for"
     r"|what (?:i|we)\s+(?:am |are |m |re )?(?:after|looking for|want|need) is)\s+(?:(?:the|our"
     r"|me|us|their)\s+)?(?=\w)", " "),
    (rf"{_ORDER}(?:sketch|trace|draw|plot)(?: out)? (?:the |our )?(?={_GRAIN}\b)", " "),
    (r"(?<=[,:.;?])\s*(?:please )?(?:set out|lay out|lay|put|place|line up|spell out)"
     r" (?=\w)", " "),
    (rf"{_ORDER}(?:stack|set|hold|weigh|show|see|view)(?: up)? (?=.*\b{_SIDES})", ""),
    (rf"{_ORDER}(?:add|tot|total|sum) up (?:the |all |our )*", "total "),
    (rf"^(?P<head>\W*(?:p\d\d|median|mean|average)\b.*?\b(?:p\d\d|median|mean|average|max\w*)\b"
     rf".*?|.*\b\w+ rate and \w+ rate\b.*?) {_SIDES}", r"\g<head> "),
    (rf"\b{_SIDES}\b", "side by side"),
    (r"^\W*(?:an? |the |one )?(?:question|request|ask|query|inquiry|wish|note|task) (?:from|by"
     r"|for)"
     r" (?:the |our |my )?[\w&]+(?: team| department| people)?\s*[:,\u2013\u2014-]+\s*", ""),
    (r"(?:^\W*|(?<=[?.;:] ))(?:please )?(?:use|take|go by|go with|pick|choose|based on) (?:the )?"
     r"(?=(?:p\d\d|median|mean|average)\b)", ""),
    # counting
    (r"^\W*(?:the |a )?(?:number|count|figure) (?:wanted|please|needed|required)\s*[:;,-]+\s*",
     "number of "),
    (rf"{_ORDER}(?:take|consider|gather|collect|pick out|find) (?:all |only )?(?:the |those )?"
     r"(?P<rows>.+?)[,.;]?\s+(?:and|then) (?:then )?(?:count|tally|number) (?:them|those)"
     r"(?: up)?(?: once(?: each)?)?\W*$", r"how many \g<rows>"),
    (rf"^\W*(?P<rows>(?:the |all |our )?(?:[\w-]+ ){{0,3}}(?:{_ROWS}|accounts|visits)\b[^?:]*?)"
     rf"\s*[-\u2013\u2014:,.;]+\s*(?:(?:just|only|please|simply|and|to be)\s+)*{_COUNTED}\W*$",
     r"how many \g<rows>"),
    (rf"(?P<asked>\bhow many\b.*?)\s*[-\u2013\u2014:,.;?]+\s*(?:(?:just|only"
     rf"|please)\s+)*{_COUNTED}"
     r"\W*$", r"\g<asked>"),
    (rf"[?.!]\s*(?:just |only )?(?:the|a) (?:{_ROWS}|headcount|number|count|figure) {_ENOUGH}\W*$",
     ""),
    (r"\b(?:in|on) how many (?:instances|cases|occasions)\b", "how many times"),
    (r"\bsize of (?:the |our )?(?:(?:registered|total|present|current) )?"
     r"(?:user|customer|member|account|client)(?:s| base| population| pool| body|ship)\b",
     "number of users"),
    (r"\bhow (?:big|large) is (?:the |our )?(?:(?:registered|total|present|current) )?"
     r"(?:user|customer|member) (?:base|population|pool)\b", "how many users are there"),
    # drawings and forms of answers
    (rf"\b(?P<what>{_GRAIN}(?: [\w-]+){{1,4}}?) {_DRAWING}(?=\W*$|\W+(?:for|in|over|by|per|during"
     r"|since|on|across|from)\b)", r"\g<what>"),
    (rf"[,;]\s*(?:with )?(?:{_SMALL}|a) {_LINE} (?:per|for each|for every|to each)"
     rf" (?=\w)", " by "),
    (r"[,;]?\s*\b(?:rounded )?to (?:one|two|three|four|\d|the nearest) (?:decimals?|digits?)"
     r"(?: places?)?\W*$", ""),
    (r"[,;.]?\s*(?:and )?(?:nothing (?:more|else)|no more,? no less|full stop|that is (?:it|all)"
     r"|no frills|no fuss|pure and simple|plain and simple|in a nutshell|everything included"
     r"|(?:up )?to the present day|if (?:it|that)\s+(?:is )?not too much (?:to ask|trouble|bother)"
     r"|warts and all|if you would be so kind|if it is no trouble|in a word|for now"
     r"|to start with)\W*$", ""),
    (r"(?P<kept>\b(?:on|in|for|of|from|with|at|to|by|among|during)"
     r" (?:the )?[\w.-]+(?: [\w.-]+)?),?"
     r" alone(?=\W*$|[,.;?]|\s+(?:in|on|for|by|per|during|from|last|this)\b)", r"\g<kept>"),
    (r"[,;]\s*(?:looking|look) (?:only |just |solely )?at (?=(?:the )?(?:tablets?|mobiles?"
     r"|desktops?|free|pro|enterprise|europe|asia)\b)", " on "),
    # means and shares
    (rf"\b(?P<this>{_MEANS}),? (?:and )?(?:rather than|instead of|not|as opposed to|in place of)"
     rf" (?:the |an? )?{_MEANS}\b", r"\g<this>"),
    (rf"\bnot (?:the |an? )?{_MEANS},? but (?:the |an? )?(?P<this>{_MEANS})\b", r"\g<this>"),
    (r"[,;]?\s*\b(?:taking|using|by|as|via) (?:the |an? )?(?:average|mean)s?\W*$", " on average"),
    (r"\bconversion(?: rate)? (?:from|of) (?P<of>success|request|generation)(?:es|s)? (?:in)?to"
     r" (?P<part>download|failure|timeout|error|feedback|thumbs up)s?\b",
     r"\g<part>s as a share of \g<of>es"),
    (r"\b(?P<of>success)[- ]to[- ](?P<part>\w+?) (?:conversion|rate)\b",
     r"\g<part>s as a share of \g<of>es"),
    (r"^\W*(?:the )?(?P<field>(?!what|which|how|show)[\w ]+?) (?:make-?up|composition|mix|split"
     r"|breakdown|structure)"
     rf" (?:of|for|among) (?P<rows>.+?),? (?:as|in) {_SHARES}\W*$",
     r"what share of \g<rows> comes from each \g<field>"),
    (rf"(?:^\W*|(?<=[:;.?] ))(?:the )?(?P<of>{_TOTALS}) (?:over|divided by)"
     rf" (?:the )?(?P<to>(?:total"
     r"|number of|sum of|successful|completed|finished|active|distinct)\b|successes\b|images\b"
     r"|users\b|sessions\b)", r"ratio of \g<of> to \g<to>"),
    (r"\btail (?P<what>latency|latencies|response times?|wait)\s*[,(]*\s*(?P<at>p9[059])\b\)?",
     r"\g<at> \g<what>"),
    (r"\b(?:the )?(?P<at>p9[059])\s+(?:or|i\.?e\.?|meaning) tail (?=latency|response|wait)",
     r"\g<at> "),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question without commands, closing words and forms of its answer.

    "Lay out the success rate, one line per tier, whole history" is "success rate by tier",
    "requests without feedback, counted" is "how many requests without feedback".
    """
    whole = rewritten(text, _WHOLE_PERIOD)
    is_more = re.sub(_BESIDE_PERIOD, "", whole).strip(" ,.;?!") != ""
    return rewritten(whole if is_more else text, _BEFORE)
