"""Two or three sides in full sentences: "compare weekends with weekdays for cost and latency"."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_AGAINST = r"(?:vs\.?|versus|against|than|as opposed to|compared (?:to|with)|and|with|or|to)"
_ABOUT = (
    r"(?:,|:| -)? ?(?:in terms of|by|on|for|with regard to|regarding|with respect to|according to)"
    r" (?:the |their )?"
)
_OF_SIDE = r"(?:on|from|of|for|in|by|with|among|using) (?:the )?"
_SIDE = r"(?!january|february|march|last|this|the)[\w.-]+(?: (?:users|devices|tier))?"
_PAST = r"(?:last|the previous|the prior|the past)"
_UP = r"(?:up|down|higher|lower|better|worse|faster|slower|rising|falling|above|below)"
_STATES = {"cost more": "average cost", "cost less": "average cost", "take longer": "mean latency",
           "take less time": "mean latency", "need more retries": "average retries",
           "need more steps": "average steps"}  # fmt: skip

_JUDGED = {"cheaper": "average cost", "dearer": "average cost", "more expensive": "average cost",
           "faster": "mean latency", "slower": "mean latency"}  # fmt: skip
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)


def before_spelling(text: str) -> str:
    """Return a lower-case question with its sides in the order that is read.

    "Ratio of generations from desktop to those from mobile" is the "ratio of desktop to mobile
    generations".
    """
    return rewritten(text, _RULES)


_RULES = rules(
    # one group as a ratio to another
    (rf"\bratio of (?:the )?(?P<what>[a-z][a-z -]*?) {_OF_SIDE}(?P<one>{_SIDE}) to (?:(?:the )?"
     rf"(?:(?P=what)|that|those|the one|the ones) )?{_OF_SIDE}(?P<two>{_SIDE})(?=\W*$| (?:by|per|in"
     r" (?:january|february|march|each|the last)|for each|last|this)\b)",
     r"ratio of \g<one> to \g<two> \g<what>"),
    (rf"\bhow many times as many (?P<what>[a-z][a-z -]*?)(?: (?:are|were|is|was|come|came|do|did"
     rf"|have"
     rf"|had|made|there))* {_OF_SIDE}(?P<one>{_SIDE})(?: (?:have|do|are|make|made))? as {_OF_SIDE}?"
     rf"(?P<two>{_SIDE})(?=\W*$)", r"ratio of \g<one> to \g<two> \g<what>"),
    # the two parts of the week
    (rf"^\W*compare (?P<one>week ?ends|week ?days) {_AGAINST} (?P<two>week ?ends|week ?days)"
     rf"{_ABOUT}(?P<what>.+?)\W*$", r"\g<what> on \g<one> vs \g<two>"),
    # up on last month
    (rf"^\W*(?:is|are|was|were) (?:the |our )?(?P<what>[\w -]+?) {_UP}(?: this \w+)?,?"
     rf" (?:compared (?:to|with)|versus|vs\.?|against|on|from|than|over) {_PAST}"
     r" (?P<unit>week|month|quarter)\W*$",
     r"\g<what> this \g<unit> compared with last \g<unit>"),
    (r"^\W*(?:in |during )?which (?:month|week)(?: of the two)? (?:did (?:we|users) have|had|saw"
     r"|has|shows?|were there) (?:the )?(?:more|fewer|higher|lower|less) (?P<what>[\w -]+?)"
     r"\W+(?P<one>[\w ]{3,20}) or (?P<two>[\w ]{3,20}?)\W*$",
     r"\g<what> in \g<one> compared with \g<two>"),
    (rf"^\W*(?:has|have|did) (?:the |our )?(?P<what>[\w -]+?) (?:gone (?:up|down)|risen|fallen"
     rf"|increased?"
     rf"|decreased?|dropped?|changed?|grown|grow|improved?|worsened|rise|fall) since {_PAST}"
     r" (?P<unit>week|month|quarter)\W*$",
     r"\g<what> this \g<unit> compared with last \g<unit>"),
    (r"^(?P<head>\W*(?:do|does|did) [\w -]+? (?:have|has|make|submit|cause|get|see|send)) fewer"
     r" (?P<rest>.+ than )",
     r"\g<head> more \g<rest>"),
    (r"^\W*(?:is|are|was|were) (?P<one>[\w .-]+?) (?:more|less) (?:often|frequently) downloaded"
     r" than"
     r" (?P<two>[\w .-]+?)\W*$", r"download rate of \g<one> versus \g<two>"),
    (r"^\W*(?:is|are|was|were) (?P<one>[\w .-]+?) downloaded (?:more|less) (?:often|frequently)"
     r" than"
     r" (?P<two>[\w .-]+?)\W*$", r"download rate of \g<one> versus \g<two>"),
    (r"^\W*which of (?:the )?(?:two )?(?:models?|samplers?|regions?|tiers?|devices?|styles?)?"
     r" ?(?P<one>[\w.-]+)"
     r" (?:and|or) (?P<two>[\w.-]+) is (?P<how>cheaper|faster|slower|dearer|more expensive)"
     r"(?: per (?:generation|request)| on average)?\W*$",
     lambda found: f"{_JUDGED[found['how']]} of {found['one']} versus {found['two']}"),
    (r"\bhow many fewer (?P<what>[\w ]+?) (?:were there|did we have|were made|do we have|are"
     r" there) in ",
     r"how many more \g<what> were there in "),
    (r"^\W*(?:is|was|were|are) (?:the |our )?(?P<what>[\w -]+?) (?P<one>this (?:week|month|year)"
     r"|today) (?:better|worse"
     r"|higher|lower|larger|smaller|more|less|longer|shorter) than (?P<two>last (?:week|month"
     r"|year)|yesterday)\W*$",
     r"\g<what> \g<one> compared with \g<two>"),
    (r"^\W*(?:was|were|is|are) there (?:fewer|less|more) (?P<what>[\w -]+?) (?:on|at|during)"
     r" (?:the )?(?P<one>week ?ends"
     r"?|week ?days?) than (?:on|at|during)? ?(?:the )?(?P<two>week ?ends?|week ?days?)\W*$",
     r"number of \g<what> on \g<one> vs \g<two>"),
    (r"^\W*(?P<one>free|pro|enterprise|desktop|mobile|tablet|europe|asia) ?[:/] ?(?P<two>free|pro"
     r"|enterprise|desktop"
     r"|mobile|tablet|europe|asia) ratio of (?P<what>.+?)\W*$", r"ratio of \g<one> to \g<two>"
                                                                r" \g<what>"),
    (r"\b(?P<one>first|1st) (?P<vs>vs\.?|versus|and|against|compared (?:to|with)) (?:the"
     r" )?(?P<two>second|2nd) half of"
     rf" (?P<month>{_MONTH})", r"first half of \g<month> versus second half of \g<month>"),
    # three months
    (rf"\b(?:in|for) (?P<one>{_MONTH}), (?P<two>{_MONTH}),? and (?P<three>{_MONTH}) side by side\b",
     r"per month in \g<one>, \g<two> and \g<three>"),
    (rf"\b(?P<one>{_MONTH}),? (?:vs\.?|versus|against) (?P<two>{_MONTH}),? (?:vs\.?|versus"
     rf"|against) "
     rf"(?P<three>{_MONTH})\b", r"per month in \g<one>, \g<two> and \g<three>"),
    # flags with and without
    (rf"^\W*(?:do|did|are|is) (?P<row>downloaded (?:generations|images|pictures)) (?P<state>"
     rf"{'|'.join(_STATES)})(?: on average)? than (?:those|the ones|ones|others|generations)?"
     r"(?: that (?:were|are))? ?(?:not downloaded)?\W*$",
     lambda found: f"{_STATES[found['state']]} by downloaded or not"),
    # only for one group, at the end
    (r",\s*(?:but )?(?:for )?(?P<who>(?:free|pro|enterprise|desktop|mobile|tablet|europe\w*"
     r"|asia\w*)"
     r"(?: tier| users| devices?| customers)?) only(?=\W*$)", r" for \g<who>"),
)  # fmt: skip
