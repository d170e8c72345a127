"""Ratios that are said with a number or a part of the week: "errors per 100 generations"."""

import re
from dataclasses import replace

from genai_session_analyzer.copilot.planning.drafts import Draft, Keep
from genai_session_analyzer.copilot.planning.rules.ideas import idea_of

_MANY = "H?[op]*(?P<upper>[QVE])[opav]*(?P<per>B)[op]*(?P<many>n)[op]*(?P<lower>[EQ])"
_ONE = "A?o?H?[op]*(?P<upper>V)[opav]*(?P<per>B)(?P<many>)(?P<lower>E)"
_ROWS = ("generations", "images", "sessions", "prompts", "users")
_WEEK_RATIO = re.compile(
    r"\bratio\b.*?\b(?:week(?P<one>[- ]?end)?|work)|\bweek(?P<two>[- ]?end)?\b.*\bratio\b"
)


def read_per_many(draft: Draft) -> bool:
    """Read "thumbs up per 100 generations"; return whether that is what is asked for."""
    sentence = draft.sentence
    match = sentence.first(_MANY) or sentence.first(_ONE)
    if match is None or sentence.pieces[match.start("per")].key not in ("per", "by"):
        return False
    lower = sentence.pieces[match.start("lower")]
    many = sentence.pieces[match.start("many")].number if match["many"] else 1
    if lower.key not in (_ROWS if match["many"] else ("generations",)):
        return False
    if many < 1 or many % 1:
        return False
    draft.ask(idea_of(sentence.pieces[match.start("upper")]), match.start("upper"))
    draft.divided_by, draft.per_many = idea_of(lower), int(many)
    sentence.take_span(*match.span())
    return True


def read_week_ratio(draft: Draft) -> bool:
    """Read "ratio of weekend to weekday generations"; return whether that is asked for."""
    said = _WEEK_RATIO.search(draft.tagged.text) if draft.tagged.times.is_split else None
    ratio = [at for at in draft.sentence.left("R") if draft.sentence.pieces[at].text == "ratio"]
    if said is None or not ratio:
        return False
    parts = ("weekend", "weekday") if said["one"] or said["two"] else ("weekday", "weekend")
    draft.ratio_of = tuple(
        Keep(field="week_part", values=(each,), position=ratio[0]) for each in parts
    )
    draft.tagged = replace(draft.tagged, times=replace(draft.tagged.times, is_split=False))
    draft.sentence.take(*ratio)
    return True
