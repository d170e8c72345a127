"""Places in a ranking: runner-up, leader, bottom of the table, top four said last."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_N = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
_PREP = (
    r"(?:by|for|on|in terms of|in|when it comes to|as for|measured by|with regard to|judged by"
    r"|regarding|with)"
)
_TABLE = (
    r"(?:table|league table|list|ranking|rankings|chart|charts|league|heap|pile|class|pack"
    r"|standings"
    r"|leaderboard|field|board|ladder|order|scale|bunch|crowd)"
)
_ORDINALS = {
    "runner up": "second ", "runner-up": "second ", "second": "second ", "2nd": "second ",
    "number two": "second ", "no. 2": "second ", "third": "third ", "3rd": "third ",
    "number three": "third ", "fourth": "fourth ", "4th": "fourth ", "fifth": "fifth ",
    "second best": "second ", "third best": "third ", "silver": "second ", "bronze": "third ",
    "next to the top": "second ",
}  # fmt: skip
_TH = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_FIRST = (
    r"(?:the )?(?:leader|front-?runner|champion|winner|number one|first place|first|in the lead"
    rf"|ahead|(?:at|on) (?:the )?(?:very )?(?:top|head)(?: of (?:the|our) {_TABLE})?|gold"
    rf"|top of (?:the|our) {_TABLE}|in front|out in front|in pole position)"
)
_LAST = (
    r"(?:the )?(?:dead last|very last|last(?: place)?|laggard|tail-?ender|straggler|loser"
    rf"|(?:at|on) (?:the )?(?:very )?bottom(?: of (?:the|our) {_TABLE})?"
    rf"|bottom of (?:the|our) {_TABLE}|in (?:the )?rear|behind all (?:the )?others|wooden spoon"
    rf"|at the (?:tail )?end of (?:the|our) {_TABLE})"
)
_BOTTOM = rf"(?:at|on) the (?:very )?bottom of (?:the|our) {_TABLE}"
_IS = (
    r"(?:is|are|was|were|sits?|stands?|comes?(?: in| out)?|came(?: in| out)?|ranks?|finish(?:es)?"
    r"(?: in)?|ends? up|lands?|places?|takes?|holds?|lies|hangs?|goes?|occup(?:y|ies)"
    r"|languish(?:es)?"
    r"|trails?|has|have|gets?|claims?|appears?)"
)
_AT = r"(?: (?:in|at|on|the|as))*"
_WHICH = r"(?:which|what|(?=who\b)) ?(?P<group>[a-z][\w -]*?)"
_WHAT = r"(?:the |their |our |its )?(?P<what>[^,;?.!]+?)"
_PLACE = rf"(?P<th>{_TH})(?: place| position| spot| rank)?"
_HIGH = r"(?:highest|largest|greatest|biggest|most|busiest|top|costliest|dearest|heaviest|longest)"
_LEADER = (
    r"(?:leaders?|front-?runners?|winners?|champions?|top dogs?|top scorers?|strongest"
    r"|number one|market leader|top performer|favou?rites?)"
)
_LAGGARD = r"(?:laggards?|losers?|weakest|stragglers?|tail-?enders?|bottom one|underdogs?)"
_DOWN = (
    r"(?:busiest|highest|biggest|largest|most|longest|dearest|costliest|priciest|slowest|heaviest"
    r"|most active|most expensive|top|greatest)"
)
_UP = (
    r"(?:quietest|lowest|smallest|least|shortest|cheapest|fastest|quickest|fewest|least active"
    r"|lightest|bottom)"
)
_GROUPS = (
    r"(?:models|samplers|regions|tiers|devices|domains|art styles|styles|moods|clusters|settings"
    r"|lightings|plans|statuses|topics|themes)"
)
_END = r"(?: (?:first|at the top|on top|up top|at the head|leading))\W*$"


def _high(found: re.Match[str]) -> str:
    return _ORDINALS[found["th"]] + "highest"


def _group(found: re.Match[str]) -> str:
    return "user" if found["group"] == "who" else str(found["group"])


_RULES = rules(
    (r"^\W*(?:the )?(?:long|far) tail\b(?!\s+of\b)\W*", ""),
    (r"\blengthiest\b", "longest"),
    (r"\bnext[- ]to[- ](?:last|bottom)\b", "second lowest"),
    # which model comes in second on cost
    (rf"^\W*{_WHICH} {_IS}{_AT} {_PLACE} {_PREP} {_WHAT}\W*$",
     lambda found: f"which {_group(found)} has the {_high(found)} {found['what']}"),
    (rf"^\W*(?:who|which|what) {_IS}{_AT} {_PLACE} (?:among|of|amongst) (?:the |our |all )*"
     rf"(?P<group>[a-z][\w -]*?)s? {_PREP} {_WHAT}\W*$",
     lambda found: f"which {_group(found)} has the {_high(found)} {found['what']}"),
    (rf"^\W*(?:the )?(?P<th>{_TH}) (?:among|of|amongst) (?:the |our |all )*"
     rf"(?P<group>[a-z][\w -]*?)s? {_PREP} {_WHAT}\W*$",
     lambda found: f"which {_group(found)} has the {_high(found)} {found['what']}"),
    (rf"^\W*(?:the )?(?P<th>runner[- ]up) (?P<group>[a-z][\w ]*?) {_PREP} {_WHAT}\W*$",
     lambda found: f"which {_group(found)} has the {_high(found)} {found['what']}"),
    (rf"^\W*(?:the )?(?P<group>[a-z][\w ]*?) in {_PLACE} {_PREP} {_WHAT}\W*$",
     lambda found: f"which {_group(found)} has the {_high(found)} {found['what']}"),
    (rf"^\W*(?:the |our )?(?P<th>number (?:two|three)|no\. 2) (?P<group>[a-z][\w ]*?) {_PREP}"
     rf" {_WHAT}"
     r"\W*$", lambda found: f"which {_group(found)} has the {_high(found)} {found['what']}"),
    (rf"^\W*(?:just |only )?(?:the )?{_LEADER} (?:among|of|amongst) (?:the |our |all )*"
     rf"(?P<group>[a-z][\w -]*?)s? {_PREP} {_WHAT}\W*$", r"which \g<group> has the highest"
     r" \g<what>"),
    (rf"^\W*{_WHICH} (?:lags?|trails?|falls?|is|limps?) (?:far |well |way )?(?:behind )?(?:behind"
     rf"|after)?"
     rf" ?(?:all )?(?:the )?(?:others?|rest|field|pack|competition) {_PREP} {_WHAT}\W*$",
     r"which \g<group> has the lowest \g<what>"),
    (rf"^\W*{_WHICH} (?:leads?|beats?|outdoes|outshines|outstrips|is ahead of|surpasses|tops"
     rf"|dominates)"
     rf" (?:all )?(?:of )?(?:the )?(?:others?|rest|field|pack|competition) {_PREP} {_WHAT}\W*$",
     r"which \g<group> has the highest \g<what>"),
    (r"\bleads? on (?=v\d|mobile|desktop|tablets?)", "has the most requests on "),
    # at the top or the bottom of the table
    (rf"^\W*{_WHICH} {_IS}{_AT} {_LAST} {_PREP} {_WHAT}\W*$",
     r"which \g<group> has the lowest \g<what>"),
    (rf"^\W*{_WHICH} (?:brings? up the rear|props? up (?:the|our) {_TABLE}) {_PREP} {_WHAT}\W*$",
     r"which \g<group> has the lowest \g<what>"),
    (rf"^\W*{_WHICH} {_IS}{_AT} {_FIRST} {_PREP} {_WHAT}\W*$",
     r"which \g<group> has the highest \g<what>"),
    (rf"^\W*{_WHICH} (?:tops?|heads?|leads?) (?:the|our) {_TABLE} {_PREP} {_WHAT}\W*$",
     r"which \g<group> has the highest \g<what>"),
    (rf"^\W*(?:the )?(?P<group>[a-z][\w ]*?) {_BOTTOM} {_PREP} {_WHAT}\W*$",
     r"which \g<group> has the lowest \g<what>"),
    (rf"^\W*(?:the )?(?P<group>[a-z][\w ]*?) (?:at the (?:top|head) of|topping|heading|leading)"
     rf" (?:the|our) {_TABLE} {_PREP} {_WHAT}\W*$", r"which \g<group> has the highest \g<what>"),
    (rf"^\W*who (?:tops?|heads?|leads?|is (?:at the )?(?:top|head) of) (?:the|our) {_TABLE} of "
     r"(?:the |our |all )*(?P<who>[\w ]+?)s?\W*$", r"who is the top \g<who>"),
    # tables of rank
    (rf"\b(?:the |a )?(?:league table|leaderboard|ranking|rankings|rank list|rank order"
     rf"|ranked list|standings|hit parade|pecking order) (?:of|for|among) (?:the |our |all )*"
     rf"(?P<group>[a-z][\w -]*?) (?:by|on|according to|in terms of|based on) {_WHAT}\W*$",
     r"\g<what> by \g<group> highest first"),
    (rf"^\W*(?:put|place|list|arrange|line up|rank|order|sort) (?:the |our |all )*(?P<group>[a-z]"
     rf"[\w -]*?) (?:up )?in (?:the )?order of {_WHAT}\W*$",
     r"\g<what> by \g<group> highest first"),
    (rf"^\W*(?P<group>[a-z][\w ]*?) from (?:the )?(?:strongest|best|top|biggest|leading|first) to"
     rf" (?:the )?(?:weakest|worst|bottom|smallest|last) (?:by|in|on|for) {_WHAT}\W*$",
     r"\g<what> by \g<group> highest first"),
    (rf"^\W*(?P<group>[a-z][\w ]*?) from (?:the )?(?:weakest|worst|bottom|smallest|last) to"
     rf" (?:the )?(?:strongest|best|top|biggest|leading|first) (?:by|in|on|for) {_WHAT}\W*$",
     r"\g<what> by \g<group> lowest first"),
    (r"\bworst (?:offenders?|ones?|culprits?|performers?) first\b", "worst first"),
    # leader first
    (rf",? (?:with |and )?(?:the )?{_LEADER}{_END}", " highest first"),
    (rf",? (?:with |and )?(?:the )?{_LAGGARD}{_END}", " lowest first"),
    (rf"(?P<said>\b{_DOWN}\b.*?)\s*[,;-]+ (?:the )?{_DOWN}(?: (?:ones?|users?))?{_END}",
     r"\g<said>"),
    (rf"(?P<said>\b{_UP}\b.*?)\s*[,;-]+ (?:the )?{_UP}(?: (?:ones?|users?))?{_END}", r"\g<said>"),
    (rf"^\W*(?:the |our |all )*(?P<group>{_GROUPS}) by (?P<what>(?!number\b)[a-z][a-z ]+?)[\s,]+"
     r"(?P<first>(?:highest|lowest|best|worst|most|least|largest|smallest) first)\W*$",
     r"\g<what> by \g<group> \g<first>"),
    # the top four, said last
    (rf"^\W*(?P<what>(?!.*\b{_N} \w+ (?:with|that|which)\b)[a-z].*?\bthe (?:most|fewest|least"
     rf"|highest|lowest) .+?)\s*[-\u2013\u2014,;.]+ ?(?:just |only )?(?:the )?(?:top|bottom|first"
     rf"|best|worst) (?P<n>{_N})(?: (?:of them|only|please|will do|is enough|are enough))?\W*$",
     r"\g<n> \g<what>"),
    (rf"^\W*(?P<what>[a-z][a-z -]+?) by (?P<by>[a-z ]+?)\s*[-\u2013\u2014,;.]+ ?(?:just |only )?"
     rf"(?:the )?(?P<how>top|bottom) (?P<n>{_N})(?: (?:of them|only|please))?\W*$",
     r"\g<how> \g<n> \g<what> by \g<by>"),
    # what brought the most
    (r"\b(?:that |which )?(?:brought(?: in| us)?|brings(?: in)?|drew|draws|pulled in|pulls in"
     r"|delivered"
     r"|delivers|gave us|yielded|yields|registered|recorded|witnessed|attracted|attracts|enjoys"
     r"|enjoyed"
     r"|boasts?|commands?|contributed|contributes) the (?=(?:most|fewest|least|highest|lowest"
     r"|largest)\b)",
     "had the "),
    (r"\b(?P<end>smallest|largest|biggest|greatest|highest|lowest) (?:following|fan base|audience"
     r"|take-?up|reach)[\s,]*(?:in|by|measured in|counted in|in terms of) ",
     lambda found: "lowest number of " if found["end"] in ("smallest", "lowest")
     else "highest number of "),
    # activity is generations
    (r"\b(?P<end>most|highest|greatest|largest) (?:activity|usage|action|business)\b",
     "most generations"),
    (r"\b(?P<end>least|lowest|smallest) (?:activity|usage|action|business)\b",
     "fewest generations"),
    (r"\b(?P<end>highest|lowest) (?:demand|traffic|volume|throughput|load)\b",
     r"\g<end> number of requests"),
    (r"\b(?:the )?(?:worst|longest|fattest|heaviest|ugliest) tail\b[\s,]*(?:i\.?e\.?|meaning"
     r"|that is|namely|in other words|or)?[\s,]*(?=the (?:highest|worst) p\d)", ""),
    (r"\btail (?:latency|latencies|wait)\W+(p\d\d)\b", r"\1 latency"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with places in a ranking as highest and lowest.

    "The runner-up among models by volume" is the one that "has the second highest volume",
    "domain at the bottom of the table for success rate" the one with the lowest.
    """
    return rewritten(text, _RULES)
