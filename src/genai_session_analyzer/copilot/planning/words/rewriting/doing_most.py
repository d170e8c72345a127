"""Who or what did something most: as a number, and as a rate where it is relative to the rest."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_ACTS = (
    (r"(?:hits?|trips?|triggers?|sets? off|violates?|runs? (?:into|afoul of)|falls? foul of"
     r"|tripped)"
     r" (?:the )?(?:safety|content|moderation) (?:filter|policy|guard|rules?)s?"
     r"|(?:gets?|is|are|was|were) (?:blocked|refused|moderated)(?: for safety)?|safety violations?"
     r"|(?:gets?|is|are) (?:stopped|caught) by (?:the )?(?:safety|content) filter",
     "safety violation rate", "safety violations"),
    (r"times? out|timed out|timeouts?|runs? into (?:a )?timeouts?", "timeout rate", "timeouts"),
    (r"crash(?:es|ed)?|model errors?|hits? model errors?", "model error rate", "model errors"),
    (r"(?:gets?|is|are|was|were|been) (?:rate[- ]limited|throttled)|rate limits?"
     r"|hits? (?:the )?rate limit(?:er)?s?", "rate limited rate", "rate limited requests"),
    (r"fails?|failed|errors?|failures?|goes wrong|go wrong|went wrong|breaks?|broke|errors? out"
     r"|gone wrong|ends? badly", "error rate", "failures"),
    (r"(?:gets?|is|are|was|were) (?:downloaded|saved|kept)|downloads?|downloaded|saves?|keeps?"
     r"|saved|clicks? (?:on )?(?:the )?downloads?(?: button)?|presses (?:the )?download(?: button)?"
     r"|hits? (?:the )?download(?: button)?", "download rate", "downloads"),
    (r"(?:gets?|is|are|was|were) (?:liked|upvoted)|thumbs up|likes?|gets? thumbs up|liked",
     "thumbs up share", "thumbs up"),
    (r"retries|retry|retried|(?:gets?|is|are) retried|tries again", "retry rate", "retries"),
    (r"succeeds?|successes|succeeded|works?|worked", "success rate", "successes"),
    (r"churns?|churned|leaves?|drops? off", "churn rate", "churned sessions"),
)  # fmt: skip
_RATE_OF = tuple((re.compile(rf"(?:{said})"), rate, noun) for said, rate, noun in _ACTS)
_ANY = "|".join(said for said, _, _ in _ACTS)
_RELATIVE = (
    r",? (?:(?:but )?(?:seen |measured |taken |when )?(?:relative to|in relation to|in proportion"
    r" to"
    r"|proportional(?:ly)? to|adjusted for|corrected for|normali[sz]ed (?:by|for)|for|given"
    r"|considering|measured against|compared (?:to|with)|set against|as a share of|per unit of"
    r"|against|weighted by|scaled by|controlling for|allowing for|taking into account)"
    r" (?:its|their|the|his|her)(?: own| total| overall)?(?: number of)?"
    r" (?:volume|traffic|size|requests|generations|load|usage|jobs|use|activity|number of requests"
    r"|share of (?:traffic|volume|requests))|proportion(?:al|ate)ly|pro rata|relatively speaking"
    r"|in relative terms|relatively|per request|per generation|rate-?wise|percentage-?wise)"
)
_MORE = re.compile(
    rf"\b(?P<verb>has|have|had|see|sees|makes?|made|gets?|got|throws?|causes?|produces?|with"
    rf"|shows?)"
    rf" (?:the )?(?P<most>more|most|fewer|fewest|less|least) (?P<act>{_ANY}){_RELATIVE}"
)
_MOST = re.compile(
    rf"^(?P<head>\W*(?:which|what|who) .*?)(?:(?:that|which|who) )?\b(?P<act>{_ANY})"
    rf" (?:the )?(?P<most>most|least|more|less)(?: often| frequently)?{_RELATIVE}\W*$"
)
_OFTEN = re.compile(
    rf"^(?P<head>\W*(?:which|what|who) .*?)\b(?:most|more) (?:often|frequently) "
    rf"(?P<act>{_ANY}){_RELATIVE}\W*$"
)
_WHO = re.compile(
    rf"^\W*(?:who|(?:which|what) (?:one )?(?:user|customer|member|person|account|client)) (?:has "
    rf"|have |had |is |are )?(?:the )?(?P<act>{_ANY})"
    r"(?: (?:their|the|our|its) (?:pictures|images|generations|results))? (?:the )?"
    r"(?P<most>most|least)(?: often| frequently)?\W*$"
)
_WHO_MANY = re.compile(
    r"^\W*(?:who (?:are|were) |name |list |show )?(?:the |our )?(?P<n>\d+|two|three|four|five|six"
    r"|seven|eight|nine|ten|twelve|twenty) (?:people|users|members|customers|accounts|clients"
    r"|folks)"
    r" (?:whose (?:requests|generations|jobs|images|pictures|runs) |who |that |which )"
    rf"(?:get |got |were |are |have |had )?(?P<act>{_ANY}) (?:the )?(?P<most>most|least)"
    r"(?: often| frequently)?(?P<rest>,? .*)?$"
)
_TOLD = rules(
    # the number that ranks is shown anyway
    (r"(?P<said>\b(?:most active|busiest|most frequent|heaviest)\b.*?)(?:[,;]? (?:and|with|plus"
     r"|along with|together with|including)|[,;]) (?:how many|(?:the |their )?(?:number|count) of) "
     r"(?:requests|generations|jobs)(?: (?:for|of|by) each(?: of them| one)?| each(?: of them|"
     r" one)?"
     r"(?: (?:has|have|had))?(?: (?:made|sent|run|submitted))?| they (?:have )?(?:made|sent|ran)"
     r"| per person)?(?=\W*$|,)", r"\g<said>"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with what is done most as a number of it, or its rate.

    "Which region trips the safety filter most, relative to its volume" has the highest safety
    violation rate; "who clicks download the most" is the user with the most downloads.
    """
    plain = _MORE.sub(lambda found: f"{found['verb']} the {_end(found)} {_rate(found)}", text)
    for pattern in (_MOST, _OFTEN):
        plain = pattern.sub(_highest_rate, plain)
    plain = _WHO.sub(lambda found: f"which user has the {_count(found)} {_noun(found)}", plain)
    plain = _WHO_MANY.sub(
        lambda found: f"{found['n']} users with the {_count(found)} {_noun(found)}", plain
    )
    return rewritten(plain, _TOLD)


def _highest_rate(found: re.Match[str]) -> str:
    is_most = found.groupdict().get("most", "most") in ("most", "more")
    return f"{found['head'].rstrip()} has the {'highest' if is_most else 'lowest'} {_rate(found)}"


def _end(found: re.Match[str]) -> str:
    ends = {"more": "higher", "most": "highest", "fewer": "lower", "less": "lower"}
    return ends.get(found["most"], "lowest")


def _count(found: re.Match[str]) -> str:
    return "most" if found["most"] == "most" else "fewest"


def _rate(found: re.Match[str]) -> str:
    return next(rate for said, rate, _ in _RATE_OF if said.fullmatch(found["act"]))


def _noun(found: re.Match[str]) -> str:
    return next(noun for said, _, noun in _RATE_OF if said.fullmatch(found["act"]))
