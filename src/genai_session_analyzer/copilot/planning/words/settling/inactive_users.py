"""Users who did nothing since then."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft, Keep


def read_inactive(draft: Draft) -> None:
    """`Users who made no request since May`: their last one was before."""
    sentence, times = draft.sentence, draft.tagged.times
    until_now = (
        times.range is not None
        and times.range.start
        and (times.range.end is None or re.search(r"\b(?:last|past) \d+", times.range.said))
    )
    is_bounded = times.range is not None and times.range.start and times.range.end
    pattern = "Xa*[op]*E?$|Xa+(?!a)[op]*E?(?![opaI]*[LFQVvnECc])|aX[op]*E(?![op]*[LFQVvnCc])"
    match = sentence.first(pattern) if until_now or is_bounded else None
    never = [at for at in sentence.left("vV") if sentence.pieces[at].key == "never_active"]
    if never and times.range is not None and not (until_now or is_bounded):
        draft.trouble = "when they have to be inactive"
    if never and (until_now or is_bounded):
        match = re.compile(f"(?<=^.{{{never[0]}}})[vV]").search(sentence.shape)
    if not match or not sentence.has("E", "users") or times.range is None:
        return
    things = [sentence.pieces[at] for at in range(*match.span()) if sentence.shape[at] == "E"]
    if any(piece.key != "generations" for piece in things):
        return
    start = times.range.start
    if start is None or times.grain or times.other or times.comparison:
        return
    absent = Keep(field="requested_at", operator="at_least", values=(start,),
                  position=match.start(), is_negated=True)  # fmt: skip
    if not until_now and times.range.end:
        absent = Keep(field="requested_at", operator="within", values=(start, times.range.end),
                      position=match.start(), is_negated=True)  # fmt: skip
    draft.keeps.append(absent)
    for at in reversed(range(*match.span())):
        sentence.drop(at)
    draft.forget_range()
