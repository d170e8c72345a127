"""Conditions that "or" joins: "in Asia or of the enterprise tier"."""

from itertools import pairwise

from genai_session_analyzer.copilot.planning.drafts import Draft


def check_alternatives(draft: Draft) -> None:
    """`In Asia or of the enterprise tier`: a plan's conditions hold all at once."""
    named = [(keep.position, keep.field or keep.event) for keep in draft.keeps]
    named += [(each.position, each.idea.key) for each in draft.conditions]
    pieces = draft.sentence.pieces
    for (first, one), (second, other) in pairwise(sorted(named)):
        listed = [at for at in range(first, min(second, len(pieces))) if one in pieces[at].fields]
        last = max(listed, default=first)  # "in Asia or Europe" is one condition
        joins = [p.text for p in pieces[last + 1 : second] if p.kind == "D"]
        if one != other and second < len(pieces) and joins[-1:] == ["or"]:
            draft.trouble = f"'or' between {one.replace('_', ' ')} and {other.replace('_', ' ')}"
