"""What users did and did not: "used both v2.0 and v2.1", "tried anime but never watercolor"."""

import re
from dataclasses import replace

from genai_session_analyzer.copilot.planning.drafts import Condition, Draft, Idea, Keep


def keep_each(draft: Draft, keep: Keep) -> bool:
    """Note values of which a user needs each one, or none; say whether the value is such a one."""
    sentence = draft.sentence
    if not (sentence.has("E", "users") and sentence.has("a")):
        return False
    before = sentence.shape[: keep.position]
    both = re.search("y[op]*$", before)
    if both and len(keep.values) > 1 and keep.operator == "in":
        draft.each_of += [replace(keep, values=(value,)) for value in keep.values]
        sentence.take(both.start())
        return True
    behind = re.match("[opE]*(O)", sentence.shape[keep.position + 1 :])
    if re.search("O[op]*a[op]*$", before) or behind:
        draft.trouble = "whether the others have to be absent"
    if keep.operator != "not_in" or not _is_never(draft, keep):
        return False
    if draft.tagged.times.range and not any(p.text == "never" for p in sentence.pieces):
        draft.trouble = "whether users who did nothing then count too"
    others = [each for each in draft.keeps if each.field == keep.field]
    draft.keeps = [each for each in draft.keeps if each not in others]
    draft.each_of += [*others, keep]
    return True


def _is_never(draft: Draft, keep: Keep) -> bool:
    """`Never v1.4` is about all that a user did, "not on mobile" about each generation."""
    near = draft.sentence.pieces[max(0, keep.position - 3) : keep.position]
    texts = [piece.text for piece in near if piece.kind == "X"]
    has_other = any(each.field == keep.field for each in draft.keeps)
    did_not = re.search("Xa+[op]*$", "".join(piece.kind for piece in near)) is not None
    return "never" in texts or did_not or (has_other and bool(texts))


def keep_absent(draft: Draft) -> None:
    """`Users who did not fail in May`: none of what each of them did then may have failed.

    Beside a bound on a count of theirs it is another such bound.
    """
    absent = [keep for keep in draft.keeps if keep.event and keep.is_negated]
    sentence = draft.sentence
    if not absent or not sentence.has("E", "users") or sentence.has("E", "sessions"):
        return
    counts = [each for each in draft.conditions if each.idea.kind in ("count", "event")]
    only_users = [(idea.kind, idea.key) for idea in draft.ideas] == [("count", "users")]
    if counts:
        draft.conditions += [
            Condition(idea=Idea(kind="event", key=keep.event), operator="in", number=0,
                      of_group=True, position=keep.position)
            for keep in absent
        ]  # fmt: skip
    elif draft.tagged.times.range and only_users and not draft.has_share:
        draft.each_of += absent
    else:
        return
    draft.keeps = [keep for keep in draft.keeps if keep not in absent]
