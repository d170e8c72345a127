"""Questions for a moment: "when was the last timeout", "what period does the data cover"."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft, Idea

_TIMES = {
    "generations": "requested_at",
    "sessions": "started_at",
    "users": "signup_date",
    "prompts": "first_seen_at",
}
_FIRST_OR_LAST = {"first_generation_at": "oldest", "last_generation_at": "newest"}
_DATES = ("signup_date", "cohort_week")
_COVERED = re.compile(
    r"\b(?:period|time ?range|date ?range|time ?span|time ?frame|dates?|days?|timeframe)"
    r" (?:do(?:es)? |is |are )?(?:the |our |this |all )?data ?(?:set)? ?(?:cover|span|range|run|go)"
    r"|\bfrom when (?:to|until|till) when (?:do |does |is |are )?(?:we |there |the |you )?"
    r"(?:have )?(?:any )?data\b"
)


def read_moment(draft: Draft) -> None:
    """Find the first or the last time that something happened."""
    sentence = draft.sentence
    if _COVERED.search(draft.tagged.text):
        for how in ("min", "max"):
            draft.ask(_moment(how, "generations"), 0)
        sentence.take_span(0, len(sentence.shape))
        return
    if _read_first_date(draft):
        return
    for at in sentence.left("F"):
        if sentence.has("w") and sentence.pieces[at].key in _FIRST_OR_LAST:
            sentence.replace(at, "S", _FIRST_OR_LAST[sentence.pieces[at].key])
    ends = [at for at in sentence.left("S") if sentence.pieces[at].key in ("newest", "oldest")]
    if not (sentence.has("w") and ends):
        return
    entity = _entity(draft)
    if entity is None:
        return
    for at in ends:
        how = "max" if sentence.pieces[at].key == "newest" else "min"
        draft.ask(_moment(how, entity), at)
    sentence.take(*ends, *sentence.left("w"), *sentence.left("E"))
    for at in sentence.left("V"):
        sentence.replace(at, "v", sentence.pieces[at].key)


def _read_first_date(draft: Draft) -> bool:
    """`The oldest signup date`; say whether there was one."""
    sentence = draft.sentence
    for match in sentence.find("(S)D(S)(F)"):
        ranks = {sentence.pieces[match.start(part)].key for part in (1, 2)}
        field = sentence.pieces[match.start(3)]
        if ranks == {"newest", "oldest"} and field.key in _DATES:
            for how in ("min", "max"):
                draft.ask(Idea(kind="quantity", key=f"measure {how}_{field.key}"), match.start())
            draft.of_entity = "users"
            sentence.take_span(*match.span())
            return True
    for match in sentence.find("(S)(F)"):
        rank, field = sentence.pieces[match.start(1)], sentence.pieces[match.start(2)]
        if rank.key in ("newest", "oldest") and field.key in _DATES:
            how = "max" if rank.key == "newest" else "min"
            draft.ask(Idea(kind="quantity", key=f"measure {how}_{field.key}"), match.start())
            draft.of_entity = "users"
            sentence.take_span(*match.span())
            return True
    return False


def _moment(how: str, entity: str) -> Idea:
    return Idea(kind="quantity", key=f"measure {how}_{_TIMES[entity]}")


def _entity(draft: Draft) -> str | None:
    """What happened: a signup, a session, else a generation; users alone do not happen."""
    sentence = draft.sentence
    if draft.is_signup:
        return "users"
    named = list(dict.fromkeys(p.key for p in sentence.pieces if p.kind == "E"))
    if "sessions" in named:
        return "sessions"
    if named == ["users"] and not (sentence.has("a") or sentence.has("v")):
        return None
    return "prompts" if named == ["prompts"] and not sentence.has("v") else "generations"
