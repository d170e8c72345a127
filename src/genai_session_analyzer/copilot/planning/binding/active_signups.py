"""The part of the users who signed up in one time that was active in another."""

import re

from genai_session_analyzer.copilot.plan import MeasureUse, QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.binder import Binder
from genai_session_analyzer.copilot.planning.binding.bounds import bounds_of
from genai_session_analyzer.copilot.planning.binding.filters import time_filter
from genai_session_analyzer.copilot.planning.drafts import Draft

_ALL_ACTIVE = re.compile("[Wpo]*R[op]*L*E[opW]*a[op]*(?:D?BF)?")

_WERE = re.compile(r"\b(?:was|were|is|are|been|generated|made|ran)\b")


def is_of_signups(draft: Draft) -> bool:
    """Return whether a share is of all users, or of those who signed up then, by their activity.

    "What share of users was active in May", "share of January signups who were active in May";
    "share of the users active in May who signed up in January" is of the active ones.
    """
    times, kinds = draft.tagged.times, "".join(piece.kind for piece in draft.sentence.pieces)
    counts_users = [(idea.kind, idea.key) for idea in draft.ideas] == [("count", "users")]
    if not (draft.has_share and counts_users) or times.range is None or times.other:
        return False
    if draft.signup is None:
        is_said = "B" not in kinds or _WERE.search(draft.tagged.text) is not None
        return is_said and _ALL_ACTIVE.fullmatch(kinds) is not None
    return draft.tagged.signup.is_clause and 0 <= kinds.find("s") < kinds.rfind("a")


def active_signups(binder: Binder, groups: tuple[str, ...]) -> QueryPlan:
    """Return the plan of that share.

    Raises:
        BindError: It is of something else than the activity of users, or has an open time.
    """
    draft, times = binder.draft, binder.draft.tagged.times
    placed, having = bounds_of(binder, groups)
    active = time_filter("generations.requested_at", times.range)
    if active is None or having or draft.rank or times.grain:
        raise BindError("a part of those who signed up")
    use = MeasureUse(name="user_count", only=(active,), transform="share_where")
    return QueryPlan(entity="users", measures=(use,), dimensions=groups, time=draft.signup,
                     filters=tuple(each for _, _, each in placed))  # fmt: skip
