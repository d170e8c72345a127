"""Days between two moments and periods of the first one: "within 7 days of signup"."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting.rules import Rule, rewritten

_FIRST_DAYS, _IDLE_DAYS, _SIGNUP_DAYS = (
    "days_to_first_generation", "days_since_last_generation", "days_after_signup",
)  # fmt: skip
_ROW = r"(?:generations?|requests?|jobs?|images?|pictures?|activity|use|usage|run|render)"
_WHO = (
    r"(?:the |a |an |our |average |new |typical )*(?:users?|customers?|people|they|members?"
    r"|accounts?|someone)"
)
_SIGNUP = (
    r"(?:(?:the |their |a user's |the user's |user |user's )?(?:sign[ -]?ups?|signing[ -]up"
    r"|registration"
    rf"|registering|joining)(?: date)?|{_WHO} (?:sign(?:ed)?[ -]?up|register(?:ed)?|join(?:ed)?"
    rf"|joins?))"
)
_MAKE = (r"(?:generat(?:e|es|ed|ing)|creat(?:e|es|ed|ing)|mak(?:e|es|ing)|made|us(?:e|es|ed|ing)"
         r"|requested|rendered|came|active|(?:are|were|was|been|being|get|got|become|became)"
         r" active)")  # fmt: skip
_OBJECT = r"(?: (?:anything|something|it|(?:an?|one|their|the|some|any) (?:first )?[a-z]+))?"
_FIRST = rf"(?:(?:their|the|a|an|your) (?:very )?)?first (?:ever )?{_ROW}"
_MAKE_FIRST = (
    rf"(?:first (?:{_MAKE})|(?:{_MAKE}) (?:anything )?for the first time|(?:{_MAKE}) {_FIRST})"
)
_N = r"(?P<n>\d{1,3}|one|two|three|four|five|six|seven|ten|fourteen|twenty|thirty|sixty)"
_SMALL = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10,
          "fourteen": 14, "twenty": 20, "thirty": 30, "sixty": 60}  # fmt: skip
_AMOUNT = re.compile(r"\b(?:generations|requests|images|pictures|jobs|credits|cost|spend"
                     r"|latency|errors"
                     r"|failures|timeouts|prompts|sessions|(?:error|failure|success)"
                     r" rate)\b")  # fmt: skip
_SPAN = rf"(?:{_N} (?P<unit>days?|weeks?)|(?:the |a )?(?P<single>day|week))"
_DONE = (
    rf"(?:who |that |which )?(?:have |has |had |did |do )?(?:also |then |already )?{_MAKE}{_OBJECT}"
)


def _days(match: re.Match[str]) -> int:
    number, unit = match["n"] or "1", match["unit"] or match["single"]
    amount = int(number) if number.isdigit() else _SMALL[number]
    return amount * (7 if unit.startswith("week") else 1)


def _user_bound(match: re.Match[str]) -> str:
    """Users by their first generation; "how many images did they make" is about the images."""
    head = match.string[: match.start()]
    is_clause = re.search(r"\b(?:who|that)\b", f"{head[-6:]}{match['done'][:5]}")
    if _AMOUNT.search(head) and not is_clause:
        return f"{match['done']} {_row_bound(match)}"
    return f"with {_bounded(_FIRST_DAYS, match)}"


def _signed_up_and(match: re.Match[str]) -> str:
    return f"{match['before']} with {_bounded(_FIRST_DAYS, match)}"


def _row_bound(match: re.Match[str]) -> str:
    return f"with {_bounded(_SIGNUP_DAYS, match)}"


def _bounded(field: str, match: re.Match[str]) -> str:
    """`Within 7 days` counts the seventh day after, "in the first 7 days" begins at day 0."""
    sign = "below" if match.groupdict().get("first") else "at most"
    return f"{field} {sign} {_days(match)}"


def _cohort(match: re.Match[str]) -> str:
    end = "first" if match["end"] == "first" else "last"
    return f"{end}_generation_{match['unit']}"


def _idle(match: re.Match[str]) -> str:
    sign = "below" if re.search(r"less than|fewer than|under", match[0]) else "above"
    is_least = "at least" in match[0] or not re.search(_MORE, match[0])
    sign = "at least" if is_least and sign == "above" else sign
    return f"with {_IDLE_DAYS} {sign} {_days(match)}"


_THE_FIRST = r"(?:their |the |a user's |the user's )?(?P<first>first )?"
_AFTER = rf"(?: (?:of|after|from|following|since) {_SIGNUP})"
_MORE = r"(?:more than |over |at least |longer than |less than |fewer than |under )"
_GONE = (
    r"(?:(?:who|that|which|is|are|was|were|have|has|had|been|gone|went|fallen|fell|become|became"
    r"|stayed|lain|kept|remained) )*(?:dark|quiet|silent|dormant|idle|inactive|missing|absent|cold"
    r"|without (?:any )?(?:activity|sign of life|requests?|generations?))"
    r"|(?:(?:who|that|have|has|had|did|do) )*not (?:been (?:seen|active|around|here|with us)"
    r"|used? (?:us|it)|(?:made|make|sent) (?:a|any|one|a single) (?:requests?|generations?|images?)"
    r"|generated?(?: (?:anything|an image))?|(?:come|came) back|shown? up|returned|visited)"
)
_LAST = rf"(?:the |their |a user's |user's )?(?:last|latest|most recent) {_ROW}"
_RULES: tuple[Rule, ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        # "how long after signup do users first generate"
        (rf"\bhow (?:long|soon|quickly|fast|many days)(?: does it take)? (?:after|from"
         rf"|following) {_SIGNUP}"
         rf" (?:do|does|did|until|before|till) (?P<who>{_WHO}) (?:usually |typically |on average )?"
         rf"{_MAKE_FIRST}", rf"mean {_FIRST_DAYS} of \g<who>"),
        (rf"\bhow (?:long|many days)(?: does it take| do(?: (?:users|people))? (?:need|wait|take))?"
         rf"(?: for)?(?: (?P<who>{_WHO}))?(?: take)? (?:from|after) {_SIGNUP} (?:to|until|till)"
         rf" (?:{_FIRST}|{_MAKE_FIRST})", rf"mean {_FIRST_DAYS}"),
        (rf"\bhow (?:long|many days)(?: does it take| do| did)(?: for)? (?P<who>{_WHO})(?:"
         rf" (?:take|need|wait))?"
         rf"(?: (?:to|until|till|before))?(?: they)? (?:{_MAKE_FIRST}|{_FIRST})(?: (?:after"
         rf"|from) {_SIGNUP})?",
         rf"mean {_FIRST_DAYS} of \g<who>"),
        (rf"\bhow (?:soon|quickly)(?: do| does| did) (?P<who>{_WHO}) {_MAKE_FIRST}(?: after"
         rf" {_SIGNUP})?",
         rf"mean {_FIRST_DAYS} of \g<who>"),
        # "days between signup and first generation", "time to first generation"
        (rf"\b(?:number of |the )?(?:days|time|delay|gap)(?: it takes)?(?: (?:passing|passed"
         rf"|elapsed))?"
         rf" (?:between|from) (?:{_SIGNUP} (?:and|to|until|till) (?:{_FIRST}|{_MAKE_FIRST})"
         rf"|{_FIRST} and {_SIGNUP})", _FIRST_DAYS),
        (rf"\b(?:number of |the )?(?:days|time) (?:to|until|till|before) {_FIRST}(?: after"
         rf" {_SIGNUP})?",
         _FIRST_DAYS),
        # "days since last activity", "inactive for more than 30 days"
        (rf"\b(?:number of |the )?(?:days|time) (?:since|from) {_LAST}", _IDLE_DAYS),
        (rf"\b(?:who |that |which )?(?:is |are |was |were |have been |has been )?(?:inactive"
         rf"|idle|dormant"
         rf"|silent|quiet|(?:have |has |had )?not (?:been active|generated(?: anything)?|made"
         rf" anything|used it)|without (?:any )?(?:activity|a generation|generations))"
         rf" (?:for|since|in) {_MORE}{_SPAN}", _idle),
        (rf"\b(?:who |that )?(?:{_GONE}) for (?:{_MORE})?{_SPAN}(?: or (?:more|longer)| and more"
         rf"| plus)?(?! ago)", _idle),
        (rf"\b(?:whose|with) {_LAST} (?:was |is |being |lies )?{_MORE}{_SPAN} (?:ago|back"
         rf"|old)", _idle),
        (rf"\b(?:who |that )?(?:were |was )?last (?:active|generated|seen) {_MORE}{_SPAN}"
         rf" (?:ago|back)",
         _idle),
        # "users who generated within 7 days of signing up"
        (rf"\b(?P<done>{_DONE}) (?:within|in) {_THE_FIRST}{_SPAN}{_AFTER}", _user_bound),
        (r"(?P<before>\b(?:signed up|joined|registered) (?:in|during|on) [\w ]+?) and "
         rf"(?P<done>{_DONE}) within {_THE_FIRST}{_SPAN}\b(?! (?:ago|of))", _signed_up_and),
        # "generations within the first 30 days after signup"
        (rf"\b(?:made |created |requested |spent )?(?:within|in|during|over)"
         rf" {_THE_FIRST}{_SPAN}{_AFTER}", _row_bound),
        # "users by month of their first generation"
        (rf"\b(?P<unit>week|month) (?:of|in which|when|that) (?:(?:they|users) )?(?:the |their )?"
         rf"(?:(?P<end>first|last|latest|most recent) (?:{_ROW}|{_MAKE}|active))"
         rf"(?: (?:was|were|is)(?: made)?)?", _cohort),
        (rf"\bfirst (?:{_ROW})[- ](?P<unit>week|month)(?:"
         rf" cohorts?)?\b", r"first_generation_\g<unit>"),
        (rf"\b(?:how many|number of) (?:new )?(?P<who>users|customers|people) (?:who )?(?:first"
         rf" {_MAKE}"
         rf"|start(?:ed)? (?:generating|using it|to generate|creating)|{_MAKE} for the first time"
         rf"|{_MAKE} {_FIRST}|were first active|became active) (?:each|per|by|every|in each)"
         rf" (?P<unit>week|month)",
         r"number of \g<who> by first_generation_\g<unit>"),
        (rf"\b(?:in )?which (?P<unit>week|month) did (?:the )?most (?P<who>users|customers|people)"
         rf" (?:first {_MAKE}|start (?:generating|using it)|{_MAKE} for the first time|{_MAKE}"
         rf" {_FIRST})",
         r"which first_generation_\g<unit> has the most \g<who>"),
        # "how many users made their first image in January"
        (rf"\b(?P<who>users|customers|people) (?:who |that )?(?:have |had )?(?:{_MAKE} {_FIRST}"
         rf"|{_MAKE} for the first time|start(?:ed)? (?:generating|creating|to generate|using it))"
         r"(?= (?:in|on|during|before|after|since|last|this|between)\b)",
         r"\g<who> who first generated"),
        (rf"\bwhich (?P<unit>week|month) (?:had|has|saw) the most (?P<who>users|customers|people)"
         rf" (?:who )?(?:{_MAKE} for the first time|{_MAKE} {_FIRST}|first {_MAKE})",
         r"which first_generation_\g<unit> has the most \g<who>"),
        (r"\b(?:cohort sizes?|sizes? of (?:the )?cohorts?) (?=by (?:first|last)_generation)",
         "number of users "),
        (rf"(?P<said>\b(?:{_FIRST_DAYS}|{_IDLE_DAYS})\b.*?),? (?:in|as) days\b", r"\g<said>"),
    )
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case text with such days and periods as the fields that hold them."""
    return rewritten(text, _RULES)
