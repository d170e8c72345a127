"""All rules in their order, from a question's pieces to a draft."""

from genai_session_analyzer.copilot.planning.drafts import Draft, Idea, Keep
from genai_session_analyzer.copilot.planning.rules.comparing_values import read_value_comparison
from genai_session_analyzer.copilot.planning.rules.conditions import read_conditions
from genai_session_analyzer.copilot.planning.rules.different_values import (
    read_different,
    read_value_list,
)
from genai_session_analyzer.copilot.planning.rules.distributions import (
    read_distribution,
    read_enumerated,
)
from genai_session_analyzer.copilot.planning.rules.extreme_rows import read_extreme_rows
from genai_session_analyzer.copilot.planning.rules.first_activity import read_first_activity
from genai_session_analyzer.copilot.planning.rules.grouping import read_groups
from genai_session_analyzer.copilot.planning.rules.keeping import read_events, read_values
from genai_session_analyzer.copilot.planning.rules.keeping_each import keep_absent
from genai_session_analyzer.copilot.planning.rules.known_values import read_known
from genai_session_analyzer.copilot.planning.rules.late_rules import (
    check_alternatives,
    check_joined,
    read_comparatives,
    read_counted_periods,
    read_joined_entities,
    read_late_average,
    read_late_count,
    read_leftover_fields,
)
from genai_session_analyzer.copilot.planning.rules.listed_columns import read_columns
from genai_session_analyzer.copilot.planning.rules.listing import read_listing
from genai_session_analyzer.copilot.planning.rules.measuring import read_measures
from genai_session_analyzer.copilot.planning.rules.moments import read_moment
from genai_session_analyzer.copilot.planning.rules.period_changes import read_period_change
from genai_session_analyzer.copilot.planning.rules.period_ranks import read_period_rank
from genai_session_analyzer.copilot.planning.rules.ranked_shares import read_ranked_share
from genai_session_analyzer.copilot.planning.rules.ranking import read_ranking
from genai_session_analyzer.copilot.planning.rules.ratios import read_ratio
from genai_session_analyzer.copilot.planning.rules.relative_bounds import read_relative_bounds
from genai_session_analyzer.copilot.planning.rules.top_shares import read_top_share
from genai_session_analyzer.copilot.planning.rules.two_sided import read_two_sided, read_whole_first
from genai_session_analyzer.copilot.planning.rules.two_tables import check_two_tables
from genai_session_analyzer.copilot.planning.words.listing_frames import settle_listing, split_heads
from genai_session_analyzer.copilot.planning.words.settled_shares import settle_shares
from genai_session_analyzer.copilot.planning.words.settling import settle
from genai_session_analyzer.copilot.planning.words.tagging import Tagged
from genai_session_analyzer.copilot.planning.words.telegrams import settle_telegram


def read(tagged: Tagged, is_follow_up: bool = False) -> Draft:
    """Return what a question asks for; what was not understood is left on its sentence.

    Of a follow-up nothing is counted that was not said to be: "what about free users?" is about
    the numbers of before.
    """
    draft = Draft(tagged=tagged, is_follow_up=is_follow_up)
    if not is_follow_up:
        settle_telegram(draft.sentence, tagged.times.grain is not None)
        split_heads(draft.sentence)
    settle(draft)
    settle_listing(draft)
    check_two_tables(draft)
    read_first_activity(draft)
    settle_shares(draft)
    read_whole_first(draft)
    read_two_sided(draft)
    read_moment(draft)
    read_period_rank(draft)
    draft.keeps += [Keep(field="prompt_text", operator=each.operator, values=each.texts)
                    for each in tagged.contained]  # fmt: skip
    read_period_change(draft)
    read_ranked_share(draft)
    read_top_share(draft)
    if draft.rank is None:
        read_extreme_rows(draft)
    if draft.rank is None:
        read_ranking(draft)
    read_different(draft)
    read_value_list(draft)
    read_known(draft)
    read_relative_bounds(draft)
    read_conditions(draft)
    read_value_comparison(draft)
    read_columns(draft)
    read_ratio(draft)
    read_groups(draft)
    read_measures(draft)
    read_values(draft)
    read_events(draft)
    _read_rest(draft)
    keep_absent(draft)
    return draft


def _read_rest(draft: Draft) -> None:
    """What is counted or listed where no number was named, and words that add nothing."""
    read_listing(draft)
    sentence = draft.sentence
    if _is_about_before(draft):
        pass
    elif not draft.ideas and not draft.rows_of and not (draft.rank and draft.rank.idea):
        entity = sentence.first("(E)")
        bounded = entity and _is_of_bounded(draft, entity.start(1))
        if entity and not bounded and not (draft.subject and draft.conditions):
            key = sentence.pieces[entity.start(1)].key
            draft.ask(Idea(kind="count", key=key), entity.start(1))
            draft.counted = key
            sentence.take(entity.start(1))
            sentence.take(*(p for p in sentence.left("H") if sentence.pieces[p].key == "count"))
        elif draft.subject and not draft.conditions and draft.rank is None:
            _ask_which(draft)
    read_joined_entities(draft)
    read_distribution(draft)
    read_late_average(draft)
    read_late_count(draft)
    read_counted_periods(draft)
    read_comparatives(draft)
    check_joined(draft)
    check_alternatives(draft)
    read_leftover_fields(draft)
    read_enumerated(draft)
    if any(idea.kind == "quantity" for idea in draft.ideas):
        much = [at for at in sentence.left("H") if sentence.pieces[at].key == "much"]
        sentence.take(*much)
    if draft.keeps or draft.conditions or draft.rank or draft.tagged.times.range:
        sentence.take(*sentence.left("O"))


def _is_of_bounded(draft: Draft, at: int) -> bool:
    """`Regions with a latency above 5 s for pro users`: the users are not counted."""
    before = [piece for piece in draft.sentence.pieces[:at] if piece.kind == "F"]
    return bool(before) and any(each.position < at for each in draft.conditions)


def _ask_which(draft: Draft) -> None:
    """`Which users never failed`: the rows themselves, of users in a range of time the ids."""
    times = draft.tagged.times
    if draft.subject != "users" or times.other or not (times.range or times.grain):
        draft.rows_of = draft.subject


def _is_about_before(draft: Draft) -> bool:
    """Whether a follow-up changes something else than what is counted."""
    times = draft.tagged.times
    found = draft.keeps or draft.conditions or draft.groups or draft.rank or draft.has_share
    return draft.is_follow_up and bool(
        found
        or times.is_earlier
        or draft.transform != "value"
        or times.weekdays
        or times.range
        or times.grain
        or times.comparison
    )
