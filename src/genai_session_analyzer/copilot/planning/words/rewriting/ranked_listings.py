"""What comes first, said around what it is of: "top 20, with their ids", "and how many"."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_N = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|fifty)"
_REDUCED = (
    r"(?:average|avg|mean|median|typical|p ?\d\d|\d\d(?:st|nd|rd|th) percentile|total|combined)"
)
_ROWS = r"(?:users?|sessions?|generations?|requests?|prompts?)"
_HIGH = {"longest": "highest", "slowest": "highest", "largest": "highest", "biggest": "highest",
         "shortest": "lowest", "fastest": "lowest", "smallest": "lowest"}  # fmt: skip
_LEAST = ("minimum", "min", "lowest", "smallest")
_RANKS = "|".join(_HIGH)


def _high(match: re.Match[str]) -> str:
    """`Longest average session` is the highest average session duration."""
    rows = match["rows"] or ""
    return f"{_HIGH[match['rank']]} {match['how']}{rows and f' {rows} duration'}"


_BEFORE = rules(
    # "longest session ever, how many minutes?"
    (r"^\W*(?:the )?(?P<rank>longest|shortest) session(?: ever| so far| of all(?: time)?)?"
     r"(?P<time> [^,:?]*?)?\s*[,:-]+\s*(?:in )?(?:how many )?(?P<unit>seconds|minutes|hours)\W*$",
     r"how long was the \g<rank> session\g<time> in \g<unit>"),
    # "longest average session", "slowest median latency"
    (rf"\b(?P<rank>{_RANKS}) (?P<how>{_REDUCED})(?: (?P<rows>session)s?"
     r"(?! (?:duration|length|time|cost|latency|friction)))?(?= |\W*$)", _high),
    # "the ids of the ten users with the highest cost, together with that cost"
    (rf"\b(?P<id>ids?|identifiers?) of (?:the )?(?P<what>(?:{_N} )?users? )(?:with|having|who have"
     r"|that have) (?:the )?(?P<most>highest|lowest|most|fewest|largest|smallest) "
     r"(?P<by>[\w -]+?),? (?:together with|along with|with|and) (?:that|this|the|their|its)"
     r"(?: corresponding)? (?:\w+|(?P=by))(?=,|\W*$)",
     r"user id and \g<by> of the \g<what>with the \g<most> \g<by>"),
    (rf"\b(?:ids?|identifiers?) of (?=(?:the )?(?:{_N} )?users?\b)", "user id of "),
    # "the three domains in which prompts fail most often, with the failure rate of each"
    (r",? (?:together |along )?with (?:the|its) (?P<by>[\w -]{3,40}?) (?:of|for) each"
     r"(?: one| of them)?\W*$", r" with their \g<by>"),
    (rf"\b(?:in|for|on|at|with) which (?:{_ROWS}) (?=(?:most often |most )?(?:fail|failed|succeed"
     r"|succeeded|are|cost|time out)\b)", "that "),
    # "sessions ranked by cost, top 20, with user id and cost"
    (rf"^\W*(?P<what>{_ROWS}) (?:ranked|sorted|ordered) by (?P<by>[^,;?]+?)\s*[,;]\s*"
     rf"(?P<how>top|bottom|first) (?P<n>{_N})\s*[,;]?\s*(?P<rest>(?:with|showing|include|including)"
     r" .+)$", r"top \g<n> \g<what> by \g<by> \g<rest>"),
    (rf"^\W*(?P<what>{_ROWS}) (?:ranked|sorted|ordered) by (?P<by>[^,;?]+?)\s*[,;]\s*"
     rf"(?:the )?(?:top|first) (?P<n>{_N})(?: only)?\W*$", r"top \g<n> \g<what> by \g<by>"),
    # "rank the weekdays by mean latency"
    (r"^\W*(?:rank|order|sort) (?:the |all )?(?P<what>weekday|hour|month|week|day)s? by "
     r"(?:the |their )?"
     r"(?P<by>[^,;?]+?)(?P<rest>,[^?]*)?\W*$",
     lambda m: f"{m['by']} by {'hour of the day' if m['what'] == 'hour' else m['what']}"
     f"{m['rest'] or ', highest first'}"),
    (r"\b(?P<how>slowest|highest|largest|busiest|lowest|fastest|cheapest|worst|best) (?:on top"
     r"|at the top|on the top)\b", r"\g<how> first"),
    (r"\bleads? (?P<each>in (?:each|every) \w+) (?:by|in) (?:the )?(?:number of )?(?P<by>\w+)\W*$",
     r"has the most \g<by> \g<each>"),
    (rf"\b(?P<what>(?:top|best|worst|bottom) (?:{_N} )?[\w -]+? by )(?P<event>download|timeout"
     r"|failure|generation|session|retry|thumbs up|thumbs down) count\b",
     lambda m: f"{m['what']}number of {m['event'].replace('retry', 'retrie')}"
     f"{'' if m['event'].startswith('thumbs') else 's'}"),
    (r"(?P<by>\bby )number of (?:distinct|different|unique) (?=users\W*$)", r"\g<by>number of "),
    (r"^\W*(?:what is )?(?:the )?(?P<how>maximum|max|highest|largest|biggest|minimum|min|lowest"
     r"|smallest) number of (?P<what>sessions|generations|requests|downloads|timeouts|failures)"
     r" (?:(?:of|by|for|per|made by|that) )?(?:any|a|one|any one)(?: single)? user"
     r"(?: has| had| made| ever made)?\W*$",
     lambda m: f"user with the {'fewest' if m['how'] in _LEAST else 'most'} {m['what']}"),
    (rf"^\W*of (?:all )?the {_N} (?P<what>\w+), (?=(?:which|what)\b)", r"of all \g<what>, "),
    (r"\bwhose (?:generations|requests|images) (?:are|were) (?:the )?(?P<how>slowest"
     r"|fastest) (?:at|by|in)"
     r" (?:the |their )?(?P<at>median|p ?\d\d|\d\d(?:st|nd|rd|th) percentile)\b",
     lambda m: f"with the {_HIGH[m['how']]} {m['at']} latency"),
    (r"\bwhose (?:generations|requests|images) (?:are|were) (?:the )?(?=slowest|fastest|cheapest"
     r"|most expensive)", "that is "),
    (rf"^(?P<ask>[^,;?]*\b{_ROWS}\b[^,;?]*?)\s*[,;]\s*(?:together )?with (?:the|their)"
     r" (?:count|counts|number|numbers)\W*$", r"\g<ask>"),
    (rf"\b(?P<what>{_ROWS})\b(?P<mid>[^?]*?) (?P<of>among|of) (?:the )?(?P<kind>failed|successful"
     r"|downloaded|short|long|low friction|high friction) ones\b",
     lambda m: f"{m['what']}{m['mid']} {m['of']} {m['kind']} {m['what'].rstrip('s')}s"),
    # "mean latency per user, top 10"
    (rf"^\W*(?P<by>(?!top|bottom)[\w ]+?) (?:by|per) user(?P<rest> (?:for|with|in|of)"
     rf" [^,;]+)?\s*[,;]\s*"
     rf"(?:the )?(?P<how>top|bottom|highest|lowest|first) (?P<n>{_N})\W*$",
     lambda m: f"{'bottom' if m['how'] in ('bottom', 'lowest') else 'top'} {m['n']} users by "
     f"{m['by']}{(m['rest'] or '').replace(' for users with', ' with')}"),
    (rf"^\W*which (?P<n>{_N} )?(?P<unit>days|weeks|months|hours|weekdays) (?:were|are|was)"
     rf" (?:the )?"
     r"(?P<how>most expensive|cheapest|busiest|quietest|slowest|fastest)(?P<rest> [^?]*)?\W*$",
     r"\g<n>\g<how> \g<unit>\g<rest>"),
    (r"^\W*the (?P<unit>day|week|month|hour) (?P<on>on|in|during) which (?P<who>[\w"
     r" ]*?users) spent the"
     r" (?P<most>most|least)\b", r"\g<on> which \g<unit> did \g<who> spend the \g<most>"),
    (rf"\b(?P<how>{_REDUCED})(?: of)?(?: the)? max(?:imum)? latency (?:of|per|in|for)(?:"
     rf" the| each| a)?"
     r" (?=sessions?\b)", r"\g<how> max_latency_ms of "),
    (r"\b(?P<what>generations|requests|cost|credits|downloads|failures) per (?P<one>session|user"
     r"|generation) and per (?P<two>session|user|generation)\b",
     r"\g<what> per \g<one> and \g<what> per \g<two>"),
    # both are reduced alike
    (rf"\b(?P<how>{_REDUCED}|minimum|maximum|min|max) (?P<one>latency|cost|width|height|steps"
     r"|cfg scale|token count|retry count|duration|friction score|complexity score|complexity)"
     r" and (?P<two>latency|cost|width|height|steps|cfg scale|token count|retry count|duration"
     r"|friction score|complexity score|complexity)\b(?! rate)",
     lambda m: m[0] if m["how"] in ("total", "combined")
     else f"{m['how']} {m['one']} and {m['how']} {m['two']}"),
    (rf"\bmost recently (?P<new>signed up|registered|joined) (?P<n>{_N} )?(?P<who>users?)\b",
     r"\g<n>newest \g<who>"),
    # the number that ranks is shown anyway
    (r",? and (?:with )?how many (?:(?:were|was|are|is) (?:they|there|it|that)"
     r"|did (?:it|they) have|does (?:it|that) have)\W*$", ""),
    (r"(?P<bound>\b(?:at least|more than|with|minimum) [\w ]*?\d+[\w ]*?) each\W*$",
     r"with \g<bound>"),
    (r"\bwith with\b", "with"),
    # "worst device per region (friction)"
    (r"^(?P<rank>\W*(?:the )?(?:top|best|worst|bottom|highest|lowest)\b[^()]*?)\s*"
     r"\((?:by )?(?P<by>[a-z][a-z ]+)\)\W*$", r"\g<rank> by \g<by>"),
    (r"\b(?P<rank>longest|shortest) (?P<what>prompts?), (?=measured (?:in|by))",
     r"\g<rank> \g<what> "),
    (r"(?<!how long is the )(?<!how long was the )(?<!how long is our )"
     r"\b(?P<how>longest|shortest) (?P<what>prompts?) (?:measured |counted )?(?:in|by) (?:the "
     r"number of )?(?P<unit>character|letter|token)s\b",
     lambda m: f"{m['what']} with the {_HIGH[m['how']]} "
     f"{'token' if m['unit'] == 'token' else 'char'} count"),
    # its unit last
    (r"\b(?P<what>duration|latency|length|wait),? in (?P<unit>seconds|minutes|hours),? "
     r"(?P<rest>(?:of|for|by|per) [^,;?]+)(?=\W*$)", r"\g<what> \g<rest> in \g<unit>"),
    # which end comes first
    (r", (?:the )?(?:busiest|most active|most frequent|heaviest) first\W*$", ", highest first"),
    (r", (?:the )?(?:quietest|least active|rarest) first\W*$", ", lowest first"),
    (rf"\b(?P<how>{_REDUCED}) total (?P<what>cost|credits|retries|spend)"
     r" (?:of|per|for)(?: each| a| the)? sessions?\b", r"\g<how> session \g<what>"),
    # "largest 5 clusters" are those with the most prompts
    (rf"^(?P<ask>\W*(?:(?:show|list|give|name)(?: me)? )?(?:the |which |what |which are the "
     rf"|what are the )?)(?:largest|biggest) (?P<n>{_N} )?(?P<what>clusters?|themes?)\b"
     r"(?! (?:by|in terms))", r"\g<ask>\g<n>\g<what> with the most prompts"),
    (rf"^(?P<ask>\W*(?:(?:show|list|give|name)(?: me)? )?(?:the |which |what |which are the "
     rf"|what are the )?)(?P<n>{_N} )?(?P<how>largest|biggest|smallest) (?P<what>clusters?|themes?)"
     r"\b(?! (?:by|in terms))",
     lambda m: f"{m['ask']}{m['n'] or ''}{m['what']} with the "
     f"{'fewest' if m['how'] == 'smallest' else 'most'} prompts"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with its rank beside what it is of.

    "Longest average session" is the highest average session duration, "the largest five clusters"
    are those with the most prompts.
    """
    return rewritten(text, _BEFORE)
