"""Users by their first or last activity: "users who were first active in February"."""

from collections.abc import Iterator

from genai_session_analyzer.copilot.plan import TimeRange
from genai_session_analyzer.copilot.planning.drafts import Draft, Keep

_FIELDS = {"oldest": "first_generation_at", "newest": "last_generation_at"}
_PATTERNS = (
    "(S)[op]*(?:a|s)",
    "(?:[Wp]|a|(?<=E))(S)[op]*(E)(?![op]*[aE])",
    "[WpEa][op]*B?(F)(?![opD]*F)",
)


def read_first_activity(draft: Draft) -> None:
    """Keep users by when they were active for the first or the last time."""
    sentence, span = draft.sentence, draft.tagged.times.range
    found = next(filter(None, map(sentence.first, _PATTERNS)), None)
    several = any(p.key == "users" and p.is_plural for p in sentence.pieces if p.kind == "E")
    is_end = found is not None and sentence.pieces[found.start(1)].key == "ended_at"
    several = several or (is_end and sentence.has("E", "sessions"))
    if not found or span is None or not several or sentence.has("w"):
        return
    name = sentence.pieces[found.start(1)].key
    field = name if name in _FIELDS.values() else _FIELDS.get(name)
    field = name if is_end else field  # "sessions whose end time was in March"
    named = [p for p in sentence.between(found.start(1), found.end()) if p.kind == "E"]
    if field is None or any(piece.key != "generations" for piece in named):
        return
    times = draft.tagged.times
    if times.grain or times.other or times.comparison:
        return
    draft.keeps += _keeps(field, span, found.start())
    by = sentence.shape[found.start(1) - 1] == "B"
    for at in reversed(range(found.start(1) - by, found.end())):
        sentence.drop(at)
    draft.forget_range()


def _keeps(field: str, span: TimeRange, at: int) -> Iterator[Keep]:
    if span.start is not None:
        yield Keep(field=field, operator="at_least", values=(span.start,), position=at)
    if span.end is not None:
        yield Keep(field=field, operator="below", values=(span.end,), position=at)
