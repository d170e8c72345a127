"""Questions answered by a number for each side: "did it get slower", "is more of it better"."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules
from genai_session_analyzer.copilot.planning.words.rewriting.states import (
    COUNTS,
    CREEPS,
    EVENT,
    GROUND,
    NAMED,
    RARE,
    STATE,
    asked_of,
)

_ALL = (
    r"(?:things|we|it|everything|they|requests|generations|all|the (?:service|platform|system|site"
    r"|product|app|models?|tool)|our (?:service|platform|users|requests|models?)|people|users)"
)
_TURN = r"(?:get|got|gotten|getting|become|became|becoming|grow|grown|turn|turned|been|go|gone)"
_DO = r"(?:did|do|does|has|have|is|are|was|were)"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_WHEN = rf"(?P<at>(?:in |during |over )?(?:{_MONTH}(?: 20\d\d)?|last (?P<unit>week|month)))"
_GROWS = (
    r"(?:get|gets|become|becomes|grow|grows|turn|turns|go|goes|are|is|rise|rises|increase|increases"
    r"|climb|climbs)"
)
_BY = {
    "complex": "complexity score", "complicated": "complexity score", "elaborate":
    "complexity score", "detailed": "complexity score", "complexity": "complexity score",
    "complexity score": "complexity score", "step": "number of steps", "number of step":
    "number of steps", "guidance": "guidance scale", "guidance scale": "guidance scale",
    "retries": "number of retries", "number of retries": "number of retries", "image":
    "number of images", "number of image": "number of images",
}  # fmt: skip
_FIELD = "|".join(sorted(_BY, key=len, reverse=True))
_LONGER = r"(?:longer|shorter|wordier|lengthier)"
_AS = (
    rf"(?:(?:as|when|if|once|the) (?:the |their |our )?(?:prompts?|requests?|descriptions?|texts?) "
    rf"(?:{_GROWS} )?(?:(?:ever |in )?(?:more |less )?(?P<how>{_FIELD})|(?P<long>{_LONGER}))"
    rf"|(?:as|when|if|once) (?:the |their |our )?(?:number of )?(?P<rise>{_FIELD})s? "
    r"(?:goes up|go up|rises?|increases?|grows?|climbs?|gets? higher|gets? larger|goes? higher)"
    rf"|with (?:the |a )?(?:more|increasing|rising|growing|higher|a higher|additional|greater)"
    rf" (?:number of |prompt )?(?P<with>{_FIELD})s?|the (?:more |higher |greater |larger )"
    rf"(?:the )?(?:number of )?(?P<more>{_FIELD})s?(?: (?:the |a )?(?:prompts?|requests?)"
    r"(?: (?:is|are|gets?))?)?"
    rf"|the (?P<longer>{_LONGER}) the prompts?(?: (?:is|are|gets?))?"
    rf"|with (?:the )?(?P<plain>(?:number of |prompt )?(?:{_FIELD}))s?)"
)
_CHANGES = (
    r"(?:rise|rises|rising|grow|grows|increase|increases|go up|goes up|climb|climbs|fall|falls|drop"
    r"|drops|go down|goes down|decline|change|changes|depend|depends|vary|varies|scale|scales"
    r"|get (?:higher|lower|worse|better)|gets (?:higher|lower|worse|better)|higher|lower|worse"
    r"|better|suffer|suffers|improve|improves|correlate|correlates)"
)
_INTEREST = (
    r"(?:interest|demand|appetite|enthusiasm|hunger|popularity|craze|fashion|taste|love|use|usage)"
    r" (?:in|for|of) (?:the )?"
)
_GREW = (
    r"(?:grown|grow|growing|risen|rise|rising|increased|increase|increasing|fallen|fall|falling"
    r"|declined|decline|declining|changed|change|picked up|waned|wane|waning|shrunk|gone (?:up"
    r"|down)"
    r"|faded|dropped|climbed|been (?:growing|rising|falling|declining))"
)
_PERIODS = (
    r"(?: (?:from (?P<unit>day|week|month) to (?:the next|(?:day|week|month))|(?:over|by|per|each"
    r"|every) (?:the )?(?P<unit2>day|week|month)s?|(?P<unit3>day|week|month) (?:by|over|on)"
    r" (?:day|week|month)|over time))?"
)
_WENT = (
    r"(?:pick|picked|go|went|gone|come|came) (?:up|down)|(?:pick|picked) up|(?:drop|dropped|fall"
    r"|fell"
    r"|fallen|rise|rose|risen|grow|grew|grown|shrink|shrank|jump|jumped|dip|dipped|climb|climbed"
    r"|surge"
    r"|surged|plunge|plunged|improve|improved|worsen|worsened|increase|increased|decrease|decreased"
    r"|recover|recovered|slump|slumped|spike|spiked|decline|declined|tank|tanked|soar|soared|ease"
    r"|eased|deteriorate|deteriorated)(?: (?:off|back|up|down))?"
)
_WENT = rf"(?:{_WENT})"
_ONE_TIME = rf"(?:{_MONTH}(?: 20\d\d)?|(?:this|last) (?:week|month)|the (?:week|month) before)"
_MEANS = (
    r"(?:mean|means|lead to|leads to|cause|causes|bring|brings|result in|results in|imply|implies"
    r"|make for|makes for|entail|entails|produce|come with|comes with|go with|goes (?:with|along"
    r" with))"
)
_ANY_WAY = r"(?:(?:an? )?(?:more|fewer|higher|lower|less|longer|greater|smaller|better|worse) )?"


def before_spelling(text: str) -> str:
    """Return a lower-case question of yes or no as the number that answers it.

    "Did things get slower in February" compares the latency with the month before, "does it fail
    more as prompts get more complex" is the error rate by complexity score, "is the error rate
    creeping up" the error rate per week.
    """
    return rewritten(text, _RULES)


def _compared(found: re.Match[str]) -> str:
    before = f"the {found['unit'] or 'month'} before"
    return f"{asked_of(found)} {found['at']} compared with {before}"


def _by(found: re.Match[str]) -> str:
    parts = found.groupdict()
    if parts["long"] or parts["longer"]:
        return f"{asked_of(found)} by prompt length"
    said = next(parts[n] for n in ("how", "rise", "with", "more", "plain") if parts[n])
    return f"{asked_of(found)} by {_BY[said]}"


def _by_more(found: re.Match[str]) -> str:
    if found.groupdict().get("longer"):
        return f"{asked_of(found)} by prompt length"
    return f"{asked_of(found)} by {_BY[found['more']]}"


def _weekly(found: re.Match[str]) -> str:
    unit = found["unit"] or found["unit2"] or found["unit3"] or "week"
    return f"number of generations per {unit} for {found['value']}"


def _than(found: re.Match[str]) -> str:
    return f"{asked_of(found)} {found['one']} compared with {found['two']}"


_RULES = rules(
    # did it get slower in February
    (rf"^\W*(?:{_DO} )?{_ALL} (?:{_TURN} )?(?:any )?(?P<state>{STATE}) {_WHEN}\W*$", _compared),
    (rf"^\W*{_DO} {NAMED} (?:{_TURN} )?(?:any )?(?:higher|lower|worse|better|up|down|rise|risen"
     rf"|fall|fallen|increased?|decreased?|dropped?|drop) {_WHEN}\W*$", _compared),
    (rf"^\W*{_DO} (?:the |our )?{EVENT} (?:{_TURN} )?(?:any )?(?:{RARE}) {_WHEN}\W*$",
     _compared),
    (rf"^\W*{_DO} (?:the |our )?(?P<what>(?!{_ALL} )[a-z][a-z ]{{2,40}}?) (?:been )?{_WENT}"
     rf" {_WHEN}\W*$",
     _compared),
    (rf"^\W*(?:is|was|were) (?P<one>{_ONE_TIME}) (?:any )?(?P<state>{STATE}) than"
     rf" (?P<two>{_ONE_TIME})"
     r"\W*$", lambda found: f"{asked_of(found)} in {found['one']} compared with {found['two']}"),
    (rf"^\W*{_DO} {_ALL} (?:any )?(?P<state>{STATE}) (?P<one>(?:in )?{_ONE_TIME}) than (?:in )?"
     rf"(?P<two>{_ONE_TIME})\W*$", _than),
    (rf"^\W*{_DO} (?P<one>weekends|weekdays) (?:any )?(?P<state>{STATE}) than (?:on )?"
     r"(?P<two>weekends|weekdays)\W*$",
     lambda found: f"{asked_of(found)} on {found['one']} versus {found['two']}"),
    (r"^\W*(?:is|are|was|were) (?P<one>[\w .-]+?) (?:more|less) (?:popular|common|used|in demand"
     r"|frequent|requested|sought after|widespread|asked for) than (?P<two>[\w .-]+?)\W*$",
     r"number of generations for \g<one> versus \g<two>"),
    (r"\bthan (?:the )?(pro|free|enterprise|mobile|desktop|tablet) ones\b", r"than \1"),
    # as prompts get more complex
    (rf"^\W*{_DO} (?:more|higher|greater|increasing|additional) (?P<more>{_FIELD})s? {_MEANS}"
     rf" {_ANY_WAY}"
     rf"(?:{EVENT}|{NAMED})\W*$", _by_more),
    (rf"^\W*{_DO} (?:a |an |the )?(?:(?:more|less) (?P<more>{_FIELD})|(?P<longer>{_LONGER}))"
     rf" (?:prompts?"
     rf"|requests?|texts?|descriptions?) (?P<state>{STATE})\W*$", _by_more),
    (rf"^\W*(?:show )?(?:the )?(?:relation(?:ship)?|link|connection|interplay|dependence)"
     rf" (?:between|of)"
     rf" (?:the )?(?P<more>(?:{_FIELD}))s? and {NAMED}\W*$", _by_more),
    (rf"^\W*(?:show )?(?:the )?(?:relation(?:ship)?|link|connection|interplay) between {NAMED} and"
     rf" (?:the )?(?P<more>(?:{_FIELD}))s?\W*$", _by_more),
    (rf"^\W*how {_DO} {NAMED} {_CHANGES} (?:with|on|by|across|over|along with) (?:the )?(?P<more>"
     rf"{_FIELD})s?\W*$", _by_more),
    (rf"^\W*{_DO} (?:{_ALL} )?(?P<state>{STATE}) {_AS}\W*$", _by),
    (rf"^\W*{_DO} {_ALL} (?:{_TURN} )?(?P<state>{STATE}) {_AS}\W*$", _by),
    (rf"^\W*{_DO} {NAMED} {_CHANGES}(?: on)? {_AS}\W*$", _by),
    (rf"^\W*{_DO} (?:the |our )?{EVENT} (?:{_TURN} )?(?:{RARE}) {_AS}\W*$", _by),
    (rf"^\W*{_AS},? (?:the |does |do )?(?:higher|lower|better|worse|greater|smaller|larger|more"
     rf"|fewer)? ?{NAMED}(?: {_CHANGES})?\W*$", _by),
    # is it creeping up
    (rf"^\W*{_DO} {NAMED} (?:been )?(?:{CREEPS})(?: (?:lately|over time|recently|at all|or not))?"
     r"\W*$", r"\g<what> per week"),
    (rf"^\W*{_DO} (?:the |our )?(?P<what>{COUNTS}) (?:been )?(?:{CREEPS}|{GROUND})"
     r"(?: (?:lately|over time|recently|at all|or not))?\W*$", r"\g<what> per week"),
    (rf"^\W*{_DO} (?P<value>(?!(?:the|our|{COUNTS}|{_ALL})\b)[\w -]+?) (?:{GROUND}){_PERIODS}"
     r"(?: (?:lately|recently|at all))?\W*$", _weekly),
    (rf"^\W*{_DO} {_INTEREST}(?P<value>[\w -]+?) {_GREW}{_PERIODS}\W*$", _weekly),
    (rf"^\W*(?P<value>[\w -]+?): {_DO} (?:it|interest) {_GREW}{_PERIODS}\W*$", _weekly),
    # liked better than
    (r"\b(?P<lead>is|are|was|were) (?P<one>[\w .-]+?)(?: (?:pictures|images|ones|results))?"
     r" (?:liked|rated|received) (?:better|more|worse"
     r"|less|higher|lower)(?: often)? than (?P<two>[\w .-]+?)(?: (?:pictures|images|ones"
     r"|results))?(?=\W*$|\?)",
     r"thumbs up share of \g<one> versus \g<two>"),
    # fail more than the others
    (r"^(?P<lead>\W*(?:do|does|did|is|are) .+?) (?P<does>fail|crash|time out|retry|churn|get"
     r" (?:blocked"
     r"|refused|throttled)) (?P<more>more|less) than (?!\d|an? |half|twice)",
     r"\g<lead> \g<does> \g<more> often than "),
)  # fmt: skip
