"""Written, formal turns of phrase, put plainly before spelling is."""

import re

from genai_session_analyzer.copilot.planning.words.formal_follow_ups import follow_up_plainly
from genai_session_analyzer.copilot.planning.words.formal_order import order_plainly
from genai_session_analyzer.copilot.planning.words.rewriting import rewritten
from genai_session_analyzer.copilot.planning.words.spoken_follow_ups import spoken_plainly

_ROWS = r"(?:generations?|requests?|sessions?|users?|prompts?|images?|jobs?|rows?|ones)"
_STORE = r"(?:data ?base|data ?sets?|data|tables?|warehouse|records|logs?|collection|repository)"
_STORED = (
    r"(?:(?:that |which )?(?:are |is |were |have been )?(?:currently )?(?:contained|stored|held"
    r"|present|recorded|available|kept|found|listed|registered|documented|logged|captured) )?"
)
_SIDE = r"(?:of|on|in|at|for|from|during|among|with|by|under)"
_THING = r"(?:the |an? )?(?:(?:total|average|mean|median|number of) )?(?:[\w-]+ ){0,2}[\w-]+"
_OR_MORE = r"(?:generation|request|image|picture|job|prompt)"
_REPLACED = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        # where rows are kept
        (rf"\b(?:do|does|did) (?:the|this|our) {_STORE} (?:contain|hold|store|have|comprise"
         r"|include|list|record)\b", "are there"),
        (rf"\b{_STORED}(?:in|within|by) (?:the|this|our) (?:whole |entire )?{_STORE}\b(?! of)", ""),
        (rf"\btable of (?:the |all )?(?={_ROWS}\b)", ""),
        (r"\bcount (?:up )?the (?=(?:total |exact )?number of\b)", ""),
        # dates
        (r"\b(?:who |that |which )?(?:with|have|has|had|having|whose) (?:a |an |the |their )?"
         r"(?:sign-?up|registration) date (?:is |was |of |that (?:is|was|falls) |falls |lies "
         r"|lying "
         r"|falling )?(?=after|before|between|in|on|from|since|until|later|earlier|prior)",
         "who signed up "),
        (r"\bwhose (?:last|latest|most recent) (?:generation|request|activity) (?:took place"
         r"|occurred"
         r"|happened|was made|was|dates from) (?=after|before|between|in|on|since|until)",
         "who were last active "),
        (r"\b(?:in|during|for) the (?:week|period|days|interval|time span|range)"
         r" (?=from|between)", ""),
        (r"\b(user|session|generation|prompt) ids\b", r"\1 id"),
        (r"\b(very long|short|medium|long) (?:length )?category\b", r"\1 prompt length category"),
        (r"\bon or before\b|\b(?:no|not) later than\b", "until"),
        (r"\bon or after\b|\b(?:no|not) earlier than\b", "since"),
        (r"\bearlier than (?=\d|january|february|march|april|may|june|july|august|september"
         r"|october|november|december|the )", "before "),
        (r"\bprior to\b", "before"),
        (r"\blater than (?=\d|january|february|march|april|may|june|july|august|september"
         r"|october|november|december|the )", "after "),
        (r"\bon (?:a|any) (mon|tues|wednes|thurs|fri|satur|sun)day\b", r"on \1days"),
        (r"\b(?:on|in) how many (days|weeks|months) (?:was|were|did|is|has|had)\b",
         r"how many \1 had"),
        # both ends of a range
        (r"[\s,]*\b(?:both (?:(?:days?|dates?|ends?|values?|limits?|bounds?|months?) )?"
         r"(?:are |being )?(?:included|inclusive(?:ly)?)|inclusive(?:ly)?)\b", ""),
        # not, and one of two
        (r"\b(?:concluded|terminated|finished|ended) (?=without\b)", ""),
        (r"\bneither (.{2,60}?) nor\b", r"not \1 and not"),
        (r"\beither (?=.{2,60}? or\b)", ""),
        (r"\b(?:do|does|did) not (?:contain|include|comprise|exhibit|show|involve|experience|have"
         r"|suffer|undergo|receive|get|carry|possess|result in|end in)(?: (?:any|a|an|a single|even"
         r" one|one))? ", "without "),
        (r"\b(?:for|of|where|in) (?:which|whom) (?:this|that|it) is known\b", ""),
        (rf"\bat least (?:one|1) ({_OR_MORE})s?(?= (?:with|whose|that|which|in|of|using|on|from"
         r"|made|for|belonging|labell?ed|classified|about)\b)", r"a \1"),
        (r"\b(?:by|for|of|in|among) any (?:single |one |given |individual )?(generation|session"
         r"|user"
         r"|prompt|request)s?\b", r"of \1s"),
        (r"\b(?:one|any|some) of (?:its|their|the|these|those|his) (prompts|generations"
         r"|sessions)\b",
         r"\1"),
        (r"\b(low|medium|high) (or|and) (low|medium"
         r"|high) friction\b", r"\1 friction \2 \3 friction"),
        (r"\b(?:distribution|breakdown|partition) of (?:the |all )?(generations|requests|users"
         r"|sessions|prompts|failures|timeouts) (?:over|across|among|between|by|with respect to) "
         r"(?:the |all )?(?:different |various )?", r"number of \1 by "),
        (r"\b(for (?:each|every) (?:cluster|theme|model|style|domain|region|tier)\b,? )(?:show"
         r"|display"
         r"|give|list|report|state|return|provide|find) (?:its|the) (?:title|name)(?:,| and"
         r"| together"
         r" with| as well as| along with)+ ", r"\1show "),
        (r"\bregistered users\b(?=.*\b(?:per|by|each|every) (?:day|week|month|quarter|year))",
         "users who signed up"),
        (r"^\W*which (users|sessions|generations|prompts) (.+?)[?.] +(?:please )?(?:give|show|list"
         r"|return|report|provide|display|state)(?: me)? (?:their|the|its) ([\w ,]+)\W*$",
         r"list the \3 for \1 that \2"),
        # one number over another
        (r"\bquotient of\b", "ratio of"),
        (r"\b(?:respective )?(shares?|percentages?|proportions?|fractions?"
         r"|contributions?) of (?:each|every)"
         r" ([\w ]{3,20}?) (?:in|of|to|among|within) (?!each |every )(?:the |all )?(?:the )?"
         r"(?:total |overall "
         r"|entire "
         r"|whole )?([\w ]+)", r"\1 of \3 by \2"),
        # more than one condition, more than one number
        (r"\b(?:that |which )?(?:satisf(?:y|ies|ied|ying)|meet|meets|met|meeting"
         r"|fulfil\w*) (?:both |all"
         r" |the |of |following |two |three |these )*(?:conditions?|criteria|requirements?)\b[ ,]*",
         "with "),
        (r"\bboth (?=(?:the )?(?:number|mean|average|total|median)\b)", ""),
        (r"^\W*(?:tabulate|plot|chart|graph|cross-?tabulate) (.+?) (?:against|versus|vs\.?) ",
         r"\1 by "),
        (r"\s*;\s*", ", "),
        (r"(?<=\w)[,.]? (?:and )?(?:give|show|report|state|return|present|provide|display)(?: me)?"
         r" (?:the |these |this |your )?(?:results?|figures?|numbers?|values?|answer)"
         r"(?: separately)? (?=for|per|by|in)", " "),
        (rf"\bdivide ({_THING}) by ({_THING})\b", r"ratio of \1 to \2"),
        (rf"\b({_THING}) divided by (?=(?:the )?(?:total|number|sum|count|amount|mean|average)\b)",
         r"ratio of \1 to "),
        # two sides
        (r"\bby how (?:much|many \w+(?: points)?) (?:do|does|did) (.+?) (?:differ from|exceed"
         r"|surpass|outstrip|beat|top|trail|lag behind"
         r"|(?:fall|lie|stand|rise) (?:below|above|short of)) "
         r"(?:(?:that|those|the one) of |(?:that|those) (?=on|in|at|for))?", r"compare \1 with "),
        (rf"\b((?:difference|gap) (?:between|in|of)|compare) (?:the )?((?:[\w-]+ ){{0,3}}[\w-]+) "
         rf"({_SIDE}) ([\w. -]{{2,40}}?) (?:and|with|to) (?:(?:the )?\2|that|those) {_SIDE} ",
         r"\1 \2 \3 \4 and "),
        # from one period to the next
        (r"\bfrom (?:each|one|every) (day|week|month|quarter|year) to the (?:next|following)"
         r"(?: (?:one|day|week|month|quarter|year))?\b", r"from \1 to \1"),
        # what a row is made from
        (r"\b(?:is|are|was|were) based on (?=an?|the|prompts?)", "with "),
        (r"\bprompts? whose (?:prompt )?text (?=contain|mention|include)", "prompts that "),
        (r"\b(clusters?) (?:of|on|at) level (?:1|one)\b", r"\1"),
        (r"\blevel[ -](?:1|one) (?=clusters?\b)", ""),
        (r"\b(cohort weeks?|signup (?:weeks?|months?)|weekly cohorts?|cohorts?) "
         r"(since|from|after|between|in|of|before) (?=(?:the )?(?:beginning|start|end|year|january"
         r"|february|march|april|may|june|july|august|september|october|november|december|\d))",
         r"\1 of users who signed up \2 "),
        # width against height
        (r"\b(?:(?:that |which )?(?:are |is |were |being )?)wider than (?:they are |it is )?"
         r"(?:tall|high)\b|\bin landscape (?:format|orientation)\b", "with width above height"),
        (r"\b(?:(?:that |which )?(?:are |is |were |being )?)(?:taller|higher) than (?:they are "
         r"|it is )?"
         r"wide\b|\bin portrait (?:format|orientation)\b", "with height above width"),
        (r"\b(?:that |which )?(?:are |is |were )?(?:as wide as (?:they are |it is )?(?:tall|high)"
         r"|(?:a |perfectly |exactly )?square)(?=\W*$|[,.;?!]| and| in| by| for| per| on| last)",
         "with width equal to height"),
        (r"\bsquare (images?|pictures?|generations?|renders?)\b", r"\1 with width equal to height"),
        # whose number it is
        (r"^\W*(?:among|amongst|of) (?:all )?(?:the |our )?(?P<who>[\w -]{3,30}?)s,? "
         r"(?:who|which(?: one)?(?: of them)?) (?=(?:has|have|had|is|was|were|made|spent|submitted"
         r"|generated|incurred|received|shows?|exhibits?|account\w*)\b)", r"which \g<who> "),
        (r"\bboth (?:the )?(models?|samplers?|styles?|regions?|devices?|domains?|moods?) (\S+) and "
         r"(?:the )?(?:\1 )?", r"both \2 and "),
    )
)  # fmt: skip


def formal_plainly(text: str) -> str:
    """Return a lower-case question with its formal turns of phrase in plain words.

    "Neither in Europe nor in Asia" is "not in Europe and not in Asia", "divide the cost by the
    number of downloads" is a ratio.
    """
    text = rewritten(text, _REPLACED)
    return order_plainly(follow_up_plainly(spoken_plainly(text)))
