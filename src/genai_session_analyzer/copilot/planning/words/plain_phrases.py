"""Phrases that are put another way before a question is cut into pieces."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting import rewritten

_DONE = r"(?:generated|active|created|appeared|seen|used (?:it|the (?:service|app|product)))"
_FIRST_TIME = re.compile(
    rf"\b(?:were |was |have |has )?{_DONE}(?: (?:something|anything|images?|a picture))?"
    r"(?P<before>(?: (?:in|on|during|since|after|before|last|this)\b[\w ]*?)?)"
    r" for the (?:very )?(?P<which>first|last) time\b"
)
_STARTED = re.compile(
    r"\b(?:started|began) (?:generating|using (?:it|the (?:service|app|product)))\b"
)
_SIZE = re.compile(
    r"\b(?:size |resolution |dimensions? )?(?:of )?(?P<width>\d{2,5}) ?(?:x|\u00d7|by) ?"
    r"(?P<height>\d{2,5})(?: ?(?:px|pixels?))?\b(?!\.)"
)
_BOUND = r"(?P<bound>(?:at least|at most|more than|over|less than|under|exactly) )?"
_SIDE = re.compile(
    rf"\b{_BOUND}(?P<number>\d{{2,5}}) ?(?:px|pixels?)? "
    r"(?P<side>wide|in width|tall|high|in height)\b"
)
_LENGTHY = {"longest": "highest", "largest": "highest", "biggest": "highest",
            "shortest": "lowest", "smallest": "lowest"}  # fmt: skip
_LONGEST_BY = re.compile(
    r"\b(?P<how>longest|largest|biggest|shortest|smallest) (?P<what>sessions?|prompts?|users?"
    r"|visits?|clusters?|themes?) (?:by|measured by|measured in|in terms of|counted in) "
    r"(?:the |their )?(?P<by>(?:number of |total )?\w+)"
)
_RANK = re.compile(
    r"^(?P<polite>\W*(?:(?:please|now|and|can you|could you) )*)(?:rank|order|sort) "
    r"(?P<what>(?!them\b|it\b|that\b|this\b|these\b|those\b|by\b)[\w -]{2,40}?) by (?:the |their )?"
)
_KIND = r"(?:labels?|columns?|fields?|attributes?|values?)"
_LABELLED = re.compile(
    r"\b(?P<field>(?:art )?styles?|domains?|moods?|lightings?|settings?|subjects?|clusters?"
    rf"|status|regions?|tiers?|models?|samplers?|devices?|feedback) {_KIND}\b"
)
_TITLE = re.compile(
    r"\b(?:title|name|label)s? of (?P<rest>(?:the |each |every |all )?(?:prompt )?"
    r"(?:clusters?|themes?|models?|samplers?|styles?|domains?)\b)"
)
_REPLACED = (
    (_LABELLED, r"\g<field>"),
    (_TITLE, r"\g<rest>"),
    (re.compile(r"\brunner[- ]?up\b"), "second highest"),
    (re.compile(r"\b(?:from )?where in the world\b|\bin (?:which|what) part of the world\b"
                r"|\bin (?:which|what) (?:region|area)s? of the world\b"), "which region"),
    (re.compile(r"\b(?:limit|cut|restrict|reduce|shorten)(?: it| them| this| that| the list)?"
                r"(?: down)? to (?:the )?(?:first |top )?(\d+)"
                r"(?: (?:rows?|results?|lines?|entries))?"
                r"\W*$"), r"top \1"),
    (re.compile(r"\b(?:swap|replace|exchange|substitute)(?: out)? (?:the )?([\w -]+?)"
                r" (?:for|with|by) (?:the )?([\w -]+)"), r"\2 instead of \1"),
    (re.compile(r"\b(?:only|just|show|the first|first|display)(?: me)? (\d+) "
                r"(?:rows?|results?|lines?|entries)\W*$"), r"top \1"),
    (re.compile(r"(?<!misp)\b(?:leads|is leading|ranks first|comes first|comes out on top)"
                r"(?: in| by| for| on)(?: (?:terms of|the))?\b"), "has the most"),
    (re.compile(r"\b(do|does|did) ([\w -]+?) (?:prefer|favou?r|choose|pick|go for|opt for)"
                r"(?: most| the most)?\W*$"), r"\1 \2 use most"),
    (re.compile(r"^\W*when (?:did|was|were|do|does) (?:the |our )?([\w ]+?) "
                r"(?:peak|(?:at (?:its|their) )?(?:peak|highest|maximum))\W*$"),
     r"which day had the highest \1"),
    (re.compile(r"^\W*(?:(?:draw|plot|show|give|make)(?: me)? )?(?:a |the )?"
                r"(?:frequency )?histogram (?:of|for) "), "distribution of "),
    (re.compile(r"\bfrom (?:the )?most to (?:the )?least (?:often |frequently )?"
                r"(?:used|common|popular|frequent)\b"), "by number of generations"),
    (re.compile(r"\b(?:that|which|who) (?:has|have|makes?|gets?|produces?|had|made|got) more "
                r"(?!than\b)(?!.*(?:\bthan\b|,.*\bor\b))"), "with the most "),
    (re.compile(r"\b(?:failure|error)s? (?:breakdown|mix|split)"
                r" (?:in|as|by)(?: an?)? (?:percent(?:age)?s?|shares?)\W*$"),
     "share of requests by status among failures"),
    (re.compile(r"\b(?:from )?monday (?:to|through|till|until|thru) friday\b"), "on weekdays"),
    (re.compile(r"^(\W*(?:is|are|was|were) (?:the |our )?[\w ]+?) (?:worse|better) "
                r"(?=(?:on|for|in|with|among|at|during)\b.*\bthan\b)"), r"\1 higher "),
    (re.compile(r"\bleav(?:e|ing) ([\w -]+?) (?:out|aside|off)\b"), r"exclude \1"),
    (re.compile(r"\bwith (?:and|vs\.?|versus|against|compared (?:to|with)) without "
                r"((?:an? |any )?\w+)"), r"with \1 vs without \1"),
    (re.compile(r"\bunknown (?:ones|values|entries|labels)\b|\bunknowns\b"), "unknown"),
    (re.compile(r"\b(?:dropping|removing|disregarding|excluding|ignoring|omitting|skipping|without"
                r"|(?:filtering|taking|leaving) out|not counting|not considering|discounting)"
                r" (?:all |any |the )*(?:rows|those|ones|entries|records)"
                r" (?:with|of|having|(?:that|which|who) (?:have|has)|whose) "), "excluding "),
    (re.compile(r"\bwith (unknown [\w -]+?) (?:being )?"
                r"(?:excluded|left out|removed|ignored|dropped|filtered out)\b"), r"excluding \1"),
    (re.compile(r"\bburn(?:ing|s)? through\b"), "spending"),
    (re.compile(r"\bper (?:head|capita)\b"), "per user"),
    (re.compile(r"^\W*(?:(?:since|from) when (?:do|did|does) (?:we|you|the data(?:set)?|our data)"
                r"(?: have| go| start| reach)?(?: (?:any|the|our))?(?: data)?(?: back)?"
                r"|(?:when|where) (?:do|does|did) (?:the|our|this) (?:data(?:set)?|log|records?)"
                r" (?:start|begin)|how far back (?:do|does) (?:the|our) (?:data|logs?|records)"
                r" (?:go|reach))\W*$"), "when was the first request"),
    (re.compile(r"^\W*(?:(?:when|where) (?:do|does|did) (?:the|our|this) "
                r"(?:data(?:set)?|log|records?) (?:end|stop|finish)"
                r"|how (?:recent|fresh|current|up to date) (?:is|are) (?:the|our) (?:data|logs?)"
                r"|(?:up to|until) when (?:do|does) (?:we|the data|our data) (?:have|go|reach)"
                r"(?: data)?)\W*$"), "when was the last request"),
    (re.compile(r"\bhow often (?:do|does|did|are|is|were|was) (?P<who>(?:\w+ ){0,3}?)"
                r"(?:retry|retried|retries)\b(?=\W*$)"), r"mean number of retries of \g<who>"),
    (re.compile(r"\bfrction\b(?! of)"), "friction"),
    (re.compile(r"\b(above|below|over|under|than|exceeds?|exceeding) (?:that of )?(?:the |our )?"
                r"(?:overall|global|general|platform[ -]?wide|company[ -]?wide|platform|total) "
                r"(?:average|mean|rate|level|value|figure)\b"), r"\1 average"),
    (re.compile(r"\b(above|below|than) (?:the |our )?(?:overall|global|platform[ -]?wide)"
                r" (?=[a-z]+ (?:rate|share)\b|latency\b)"), r"\1 average "),
    (re.compile(r"\b(?:an? )?(?:(?P<more>higher|greater|larger)|lower|smaller) "
                r"(?P<what>[a-z][a-z ]{2,30}?) than (?:the )?(?:average|mean)(?: (?P=what))?\b"),
     lambda found: f"{'an above' if found['more'] else 'a below'} average {found['what']}"),
    (re.compile(r"\b(?:that |who )?fails? (?:(?P<more>more)|less) (?:often|frequently) than "
                r"(?:the )?average\b"),
     lambda found: f"with {'an above' if found['more'] else 'a below'} average error rate"),
    (re.compile(r"\bhow (?:many times|often) (?:was|is|were|has|have) (?:each|every)(?: of the)? "
                r"(?P<what>[a-z ]+?)s? (?:been )?used\b"), r"number of generations by \g<what>"),
    (re.compile(r"\b(?P<most>maximum|most|max|highest)(?: number of)? (?P<rows>\w+) (?:that )?"
                r"(?:any|an?|one|a single) (?:single )?(?:user|customer|person)"
                r" (?:has |ever )*(?:had|made|did|generated|has)(?= in (?:an?|one|any) )"),
     r"highest number of \g<rows> of one user"),
    (re.compile(r"\btotal time (?:(?:users|people|customers) )?(?:spent|spend) in sessions\b"),
     "total duration of sessions"),
    (re.compile(r"\b(total|overall|summed) (session|generation|request) "
                r"(duration|length|latency|cost|retries|waiting time)s?\b"), r"total \3 of \2s"),
    (re.compile(r"\bhow (?:many credits|much money|much) (?:did|do|does) (?:the )?"
                r"(?:failures|errors|failed \w+) waste\b"), "how much was wasted on failures"),
    (re.compile(r"^\W*who (?:(?:has|have) )?(?:had|got) (?:the )?"
                r"(?=(?:most|highest|fewest|least|lowest|largest|biggest)\b)"),
     "which user had the "),
    (re.compile(r"\bonce (?:they|it) (?:succeeds?|succeeded)\b"), "that succeeded"),
    (re.compile(r"\b(?:failure|error)s? (?:mix|breakdown|split) (?=(?:by|per) )"),
     "number of failed requests by status and "),
    (re.compile(r"(?<=take )to (?:come|get) back\b|(?<=takes )to (?:come|get) back\b"), ""),
)  # fmt: skip


def put_plainly(text: str) -> str:
    """Return a lower-case question with sizes, lengths and names of columns in plain words.

    "1024x768 pictures" are those "with width 1024 and height 768", the "longest session by number
    of requests" is the one with the highest, a "lighting label" is the lighting.
    """
    text = rewritten(text, _REPLACED)
    text = _first_active(text)
    text = _RANK.sub(r"\g<polite>\g<what> ranked by ", text)
    text = _LONGEST_BY.sub(_longest_by, text)
    text = _SIDE.sub(_side, text)
    size = _SIZE.search(text)
    if not size:
        return text
    rest = f"{text[: size.start()]} {text[size.end() :]}".rstrip(" ?.!")
    return f"{rest} with width {size['width']} and height {size['height']}"


def _longest_by(match: re.Match[str]) -> str:
    counted = match["by"] in ("characters", "tokens", "letters", "generations", "requests")
    by = f"number of {match['by']}" if counted else match["by"]
    return f"{match['what']} with the {_LENGTHY[match['how']]} {by}"


def _side(match: re.Match[str]) -> str:
    name = "width" if "wid" in match["side"] else "height"
    return f"with {name} {match['bound'] or ''}{match['number']}"


def _first_active(text: str) -> str:
    """Return "generated for the first time in May" as "first active in May"."""
    text = _FIRST_TIME.sub(r"\g<which> active\g<before>", text)
    return _STARTED.sub("first active", text)
