"""Groups kept by a number of theirs: "days on which more than 200 generations were made"."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_BOUND = (
    r"(?:more than|fewer than|less than|at least|at most|over|under|above|below|exactly"
    r"|no more than|no fewer than)"
)
_GROUPS = (
    r"(?:clusters?|themes?|models?|samplers?|art styles?|styles?|moods?|domains?|regions?|tiers?"
    r"|devices?|device types?|subjects?|settings?|days?|weeks?|months?|weekdays?|hours?"
    r"|hours of the day|days of the week)"
)
_EVENTS = (
    r"(?:failures?|failed generations?|errors?|timeouts?|safety violations?|model errors?"
    r"|rate limits?|downloads?|thumbs[ -]?ups?|thumbs[ -]?downs?|generations?|sessions?)"
)
_ASK = r"^(?P<ask>\W*(?:(?:list|show|find|name|give me|which|what|how many|number of) )?(?:the )?)"
_TIME = r"(?:in|during|of|since|between|before|after|last|this)"

_BEFORE = rules(
    # none at all
    (rf"{_ASK}(?P<what>{_GROUPS})(?P<when> {_TIME} [\w ]+?)? (?:without|with no|with zero|(?:that "
     r"|which )?(?:had|have|has|saw|got|show|showed) (?:no|zero|not a single)) (?:any |a single "
     rf"|a )?(?P<event>{_EVENTS})(?P<rest>\W*$| {_TIME} .*$)",
     r"\g<ask>\g<what> with exactly 0 \g<event>\g<when>\g<rest>"),
    # "days in February with more than 170 generations"
    (rf"{_ASK}(?P<what>days|weeks|months|dates) (?P<when>{_TIME} [\w ]+?) (?:with|that had"
     rf"|that have"
     rf"|having|which had|had) (?P<bound>{_BOUND} \d+ [a-z -]+?)(?P<rest>\W*$|, .*$)",
     r"\g<ask>\g<what> with \g<bound> \g<when>\g<rest>"),
    (r"^(?P<ask>\W*(?:(?:list|show|find|name|give me|which|what) )?(?:the )?)dates "
     rf"(?=(?:with|having|that had|on which|when) {_BOUND} \d)", r"\g<ask>days "),
    (rf"\b(?:(?:on|in|at|during|for|with) which|when|where) (?P<bound>{_BOUND} \d+ "
     r"(?:generations|requests|sessions|images|timeouts|failures|downloads)) (?:were|was|are|is|got"
     r"|have been|had been)? ?(?:made|requested|run|submitted|started|recorded|seen|sent|generated"
     r"|happened|occurred|took place)\b", r"with \g<bound>"),
    # "keep only regions where the average cost exceeds 1 credit: what is their success rate?"
    (rf"^\W*(?:keep only|keep|take only|take|consider only|consider|among|of|for) (?:the"
     rf" )?(?:only )?"
     rf"(?P<what>{_GROUPS}) (?:where|for which|in which|whose) (?:the )?(?P<by>[\w ]+?) (?P<bound>"
     r"exceeds|is above|is below|is over|is under|is at least|is at most|is more than|is less than)"
     r" (?P<n>[\d.,]+[\w %]*)\s*[:,;]\s*(?:what is|what are|show|give|list)? ?(?:their|the|its)? ?"
     r"(?P<asked>[\w ]+?)\W*$",
     r"\g<asked> of \g<what> with \g<by> \g<bound> \g<n>"),
    (r"(?P<what>\b(?:days|weeks|months|hours|weekdays)) (?:whose|where|when|(?:in|on|at)"
     r" which) (?:the )?"
     r"(?P<by>[\w ]+?) (?:exceeds|exceeded|is above|was above|is over|was over|is more than) "
     r"(?=\d)", r"\g<what> with \g<by> above "),
    (r"(?P<bound>\b(?:under|below|above|over|than|exceeds) )(?:one |a )half\b(?! of| an| a)",
     r"\g<bound>50%"),
    (r"\bgave (?P<what>feedback|a rating|a verdict) at least once\b", r"gave \g<what>"),
    (r"\b(?P<who>users) (?:who|that) (?:have )?only (?:ever )?(?P<did>used?) (?:one|a single) "
     r"(?P<what>device|model|sampler|device type)\b",
     r"\g<who> who \g<did> exactly one \g<what>"),
    (r"\b(?P<who>users?) with both (?:an? )?(?P<one>[a-z ]+?) and (?:an? )?(?P<two>thumbs ups?"
     r"|thumbs downs?|downloads?|timeouts?|failures?|model errors?|successe?s?)(?=\W*$| by )",
     r"\g<who> with at least one \g<one> and at least one \g<two>"),
    (r"^(?P<who>\W*(?:all )?users) (?:who were |that were )?active on "
     rf"(?={_BOUND} (?:\d+|\w+) (?:different |distinct )?days)", "how many users were active on "),
    (r"\btotal (?P<what>sessions|generations) (?P<bound>above|below|over|under|of at least) "
     r"(?P<n>\d+)\b",
     lambda m: {"above": "more than", "over": "more than", "of at least": "at least"}.get(
         m["bound"], "fewer than") + f" {m['n']} {m['what']}"),
    (r"\bused (?P<bound>[a-z]+ (?:[a-z]+ )?\d+ times) and (?:show )?(?:their|the) "
     r"(?:prompt )?texts?"
     r"\W*$", r"used \g<bound>, list the prompt text"),
    (rf"(?P<what>\b{_GROUPS}) (?:that |which )?(?:were |was |are |have been )?used by "
     rf"(?P<bound>{_BOUND} "
     r"\w+) (?:different |distinct )(?P<who>users)\b", r"\g<what> with \g<bound> \g<who>"),
    (rf"^\W*in how many (?P<unit>days|weeks|months) did (?P<who>[\w ]*?users) (?:make|run"
     rf"|request|send)"
     rf" (?P<bound>{_BOUND} \d+) (?P<what>generations|requests)\W*$",
     r"number of \g<unit> with \g<bound> \g<what> of \g<who>"),
    (r"\bwith (?:an? )?(?P<how>higher|lower) (?P<by>[\w ]+?) than (?:the )?(?:overall"
     r"|average|overall"
     r" average|overall rate|mean)\b",
     lambda m: f"with {m['by']} {'above' if m['how'] == 'higher' else 'below'} average"),
    (r"\b(?P<who>users) (?:who |that )?(?:have |had )?spent (?P<how>more|less) than (?:the"
     r" |an )?average"
     r"(?: user| customer)?(?=\W*$)",
     lambda m: f"{m['who']} whose lifetime cost is "
     f"{'above' if m['how'] == 'more' else 'below'} average"),
    # both in one session
    (rf"\b(?P<what>sessions?) (?:that |which )?(?:contain|contains|contained|containing"
     rf"|had|have|has"
     r"|with|include|including|in which there (?:was|were)|having) (?:both )?(?:an? |at least one )"
     rf"(?P<one>{_EVENTS}) and (?:also )?(?:an? |at least one )(?P<two>{_EVENTS})\b",
     r"\g<what> with at least 1 \g<one> and at least 1 \g<two>"),
    # pairs
    (r"\b(?P<one>[a-z]+(?: (?:style|type|tier|version))?)(?: and | ?[-/x] ?|[- ]by[- ])"
     r"(?P<two>[a-z]+(?: (?:style|type|tier|version))?) (?:combinations?|combos?|pairs?)\b",
     r"combinations of \g<one> and \g<two>"),
    # prompts by how many used them
    (rf"\b(?P<what>prompts?) (?:that (?:were|was|have been|had been) |which were )?used by "
     rf"(?P<n>(?:{_BOUND} )?(?:\d+|two|three|four|five)(?: or more)?) (?:different |distinct )?"
     r"(?P<who>users|people)\b", r"\g<what> with \g<n> users"),
    (r"\buser counts? of (?=(?:at least|more than|over|exactly|fewer than"
     r"|\d))", "number of users of "),
    (r"\bmedian user count of prompts\b", "median number of users per prompt"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with the bound of its groups after "with".

    "Clusters without failures" are those with exactly 0, "region and device pairs" are
    combinations of both.
    """
    return rewritten(text, _BEFORE)
