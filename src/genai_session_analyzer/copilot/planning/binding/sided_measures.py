"""Numbers side by side: of the rows to which something happened, and of those to which not."""

from genai_session_analyzer.copilot.plan import MeasureUse
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.binder import Binder
from genai_session_analyzer.copilot.planning.binding.filters import keep_filter


def sided(binder: Binder, measures: tuple[MeasureUse, ...]) -> tuple[MeasureUse, ...]:
    """Return each measure once for each side of "with retries vs without retries".

    Raises:
        BindError: Something else than plain numbers is asked for.
    """
    draft = binder.draft
    if not draft.sides:
        return measures
    are_plain = all(use.transform == "value" and not use.only for use in measures)
    times = draft.tagged.times
    if not measures or not are_plain or draft.rank or draft.over or times.comparison:
        raise BindError("two sides of what")
    filters = [keep_filter(side, binder.entity, binder.catalogue) for side in draft.sides]
    return tuple(use.model_copy(update={"only": (each,)}) for use in measures for each in filters)
