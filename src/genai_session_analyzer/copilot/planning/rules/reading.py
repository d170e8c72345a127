"""All rules in their order, from a question's pieces to a draft."""

from collections.abc import Callable

from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.rules.bounds.different_counts import (
    read_different_counts,
)
from genai_session_analyzer.copilot.planning.rules.bounds.number_bounds import read_number_bounds
from genai_session_analyzer.copilot.planning.rules.bounds.relative_bounds import (
    read_relative_bounds,
)
from genai_session_analyzer.copilot.planning.rules.groups.comparatives import (
    read_value_comparison,
    take_comparatives,
)
from genai_session_analyzer.copilot.planning.rules.groups.distributions import (
    read_distribution,
    read_enumerated,
)
from genai_session_analyzer.copilot.planning.rules.groups.fields_without_by import (
    read_fields_without_by,
)
from genai_session_analyzer.copilot.planning.rules.groups.grouping import read_groups
from genai_session_analyzer.copilot.planning.rules.groups.two_sides import (
    read_two_sided,
    read_whole_first,
)
from genai_session_analyzer.copilot.planning.rules.groups.two_tables import check_two_tables
from genai_session_analyzer.copilot.planning.rules.idle_words import take_idle_words
from genai_session_analyzer.copilot.planning.rules.kept_rows.alternatives import check_alternatives
from genai_session_analyzer.copilot.planning.rules.kept_rows.first_and_last_activity import (
    read_first_activity,
)
from genai_session_analyzer.copilot.planning.rules.kept_rows.known_or_unknown import read_known
from genai_session_analyzer.copilot.planning.rules.kept_rows.values_and_events import (
    keep_prompt_texts,
    read_events,
    read_values,
)
from genai_session_analyzer.copilot.planning.rules.kept_rows.what_users_did import keep_absent
from genai_session_analyzer.copilot.planning.rules.lists.columns import read_columns
from genai_session_analyzer.copilot.planning.rules.lists.different_values import read_value_list
from genai_session_analyzer.copilot.planning.rules.lists.rows import read_listing
from genai_session_analyzer.copilot.planning.rules.numbers.implied_counts import (
    read_counted_periods,
    read_implied_count,
    read_trailing_count,
)
from genai_session_analyzer.copilot.planning.rules.numbers.joined_numbers import (
    check_joined,
    read_joined_entities,
)
from genai_session_analyzer.copilot.planning.rules.numbers.measures import read_measures
from genai_session_analyzer.copilot.planning.rules.numbers.moments import read_moment
from genai_session_analyzer.copilot.planning.rules.numbers.period_changes import read_period_change
from genai_session_analyzer.copilot.planning.rules.numbers.ratios import read_ratio
from genai_session_analyzer.copilot.planning.rules.numbers.trailing_averages import (
    read_trailing_average,
)
from genai_session_analyzer.copilot.planning.rules.ranks.extreme_rows import read_extreme_rows
from genai_session_analyzer.copilot.planning.rules.ranks.ranked_periods import read_period_rank
from genai_session_analyzer.copilot.planning.rules.ranks.superlatives import read_ranking
from genai_session_analyzer.copilot.planning.rules.shares.ranking_shares import read_ranked_share
from genai_session_analyzer.copilot.planning.rules.shares.shares_of_top import read_top_share
from genai_session_analyzer.copilot.planning.words.settling.listings import (
    settle_listing,
    split_heads,
)
from genai_session_analyzer.copilot.planning.words.settling.shares import settle_shares
from genai_session_analyzer.copilot.planning.words.settling.stages import settle
from genai_session_analyzer.copilot.planning.words.settling.telegrams import settle_telegram
from genai_session_analyzer.copilot.planning.words.tagging import Tagged

Rule = Callable[[Draft], None]
"""Adds what it finds to the draft, and takes the pieces it has read off the sentence."""

RULES: tuple[Rule, ...] = (
    settle,
    settle_listing,
    check_two_tables,
    read_first_activity,
    settle_shares,
    read_whole_first,
    read_two_sided,
    read_moment,
    read_period_rank,
    keep_prompt_texts,
    read_period_change,
    read_ranked_share,
    read_top_share,
    read_extreme_rows,
    read_ranking,
    read_different_counts,
    read_value_list,
    read_known,
    read_relative_bounds,
    read_number_bounds,
    read_value_comparison,
    read_columns,
    read_ratio,
    read_groups,
    read_measures,
    read_values,
    read_events,
    read_listing,
    read_implied_count,
    read_joined_entities,
    read_distribution,
    read_trailing_average,
    read_trailing_count,
    read_counted_periods,
    take_comparatives,
    check_joined,
    check_alternatives,
    read_fields_without_by,
    read_enumerated,
    take_idle_words,
    keep_absent,
)
"""In the order they hold: each sees only the pieces that those before it have left."""


def read(tagged: Tagged, is_follow_up: bool = False) -> Draft:
    """Return what a question asks for; what was not understood is left on its sentence.

    Of a follow-up nothing is counted that was not said to be: "what about free users?" is about
    the numbers of before.
    """
    draft = Draft(tagged=tagged, is_follow_up=is_follow_up)
    if not is_follow_up:
        settle_telegram(draft.sentence, tagged.times.grain is not None)
        split_heads(draft.sentence)
    for rule in RULES:
        rule(draft)
    return draft
