"""Fields that group without "by": "list all regions", "compare tiers by success rate"."""

from genai_session_analyzer.copilot.planning.drafts import Draft


def read_fields_without_by(draft: Draft) -> None:
    """`Which models are there`, "list all regions", "compare tiers by success rate"."""
    sentence = draft.sentence
    is_compared = sentence.has("G")
    for at in sentence.left("F"):
        if sentence.pieces[at].key in draft.groups:
            sentence.take(at)  # "which sampler ..., only samplers with ..."
    for match in sentence.find("[HZW]?[oI]*(F)(?:D(F))?"):
        names = [sentence.pieces[match.start(n)] for n in (1, 2) if match[n]]
        wanted = not draft.ideas or is_compared or all(each.is_plural for each in names)
        wanted = wanted or _follows_period(draft, match.start(1))
        wanted = wanted or (draft.has_share and not draft.groups and not draft.keeps)
        if not wanted or draft.rows_of:
            continue
        draft.groups += [each.key for each in names if each.key not in draft.groups]
        sentence.take_span(match.start(), match.end())
    if draft.groups or draft.ideas or (draft.rank and draft.subject):
        sentence.take(*sentence.left("Z"))


def _follows_period(draft: Draft, at: int) -> bool:
    """`By month and tier`: the period was read with the words of time."""
    return draft.tagged.times.grain is not None and draft.sentence.shape[:at].endswith("D")
