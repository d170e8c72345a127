"""Follow-ups that their wording tells: "list them", "the other way round", "drop the month"."""

from collections.abc import Callable

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.follow_ups.absolute_numbers import (
    asks_for_numbers,
    in_numbers,
)
from genai_session_analyzer.copilot.planning.follow_ups.bare_bounds import names_bound, rebound
from genai_session_analyzer.copilot.planning.follow_ups.dropped_columns import (
    drops_column,
    without_column,
)
from genai_session_analyzer.copilot.planning.follow_ups.group_counts import (
    counts_groups,
    groups_counted,
)
from genai_session_analyzer.copilot.planning.follow_ups.lifted_filters import (
    takes_away,
    without_filters,
)
from genai_session_analyzer.copilot.planning.follow_ups.list_edits import (
    counted,
    counts_list,
    other_end,
    takes_other_end,
)
from genai_session_analyzer.copilot.planning.follow_ups.listed_rows import asks_for_rows, listed
from genai_session_analyzer.copilot.planning.follow_ups.places_in_ranking import (
    at_place,
    names_place,
)
from genai_session_analyzer.copilot.planning.follow_ups.shares_of_rows import (
    asks_for_part,
    part_of_rows,
)
from genai_session_analyzer.copilot.planning.follow_ups.traits import asks_for_trait, with_trait
from genai_session_analyzer.copilot.planning.follow_ups.turned_orders import (
    extreme,
    other_extreme,
    picks_extreme,
    takes_other_extreme,
    turned,
    turns_order,
)
from genai_session_analyzer.copilot.planning.words.tagging import Tagged

_Applies = Callable[[Tagged, QueryPlan], bool]
_Edit = Callable[[Tagged, QueryPlan, Catalogue], QueryPlan]
_EDITS: tuple[tuple[_Applies, _Edit], ...] = (
    (drops_column, without_column),
    (lambda said, _: takes_away(said), lambda said, plan, _: without_filters(said, plan)),
    (lambda said, _: turns_order(said), lambda _, plan, __: turned(plan)),
    (lambda said, _: asks_for_rows(said.text), lambda _, plan, words: listed(plan, words)),
    (asks_for_trait, with_trait),
    (lambda said, plan: counts_groups(said.text, plan), lambda _, plan, __: groups_counted(plan)),
    (lambda said, _: names_bound(said), rebound),
    (names_place, lambda said, plan, _: at_place(said, plan)),
    (counts_list, lambda _, plan, words: counted(plan, words)),
    (lambda said, _: asks_for_numbers(said.text), lambda _, plan, words: in_numbers(plan, words)),
    (takes_other_end, lambda said, plan, _: other_end(said, plan)),
    (
        lambda said, _: asks_for_part(said.text),
        lambda said, plan, words: part_of_rows(said.text, plan, words),
    ),
    (takes_other_extreme, lambda said, plan, _: other_extreme(said, plan)),
    (lambda said, _: picks_extreme(said), extreme),
)


def edited_by_wording(
    tagged: Tagged, previous: QueryPlan, catalogue: Catalogue
) -> QueryPlan | None:
    """Return the plan before as the whole wording of a follow-up changes it; None: it tells none.

    Raises:
        BindError: The plan cannot be changed like that.
    """
    for applies, edit in _EDITS:
        if applies(tagged, previous):
            return edit(tagged, previous, catalogue)
    return None
