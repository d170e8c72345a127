"""Giving pieces their meaning beside others, in order: what comes first is seen by the rest."""

from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.rules.numbers.spending_per_subject import (
    settle_spending,
)
from genai_session_analyzer.copilot.planning.rules.numbers.text_lengths import settle_text_units
from genai_session_analyzer.copilot.planning.words.settling import (
    doubts,
    each,
    events,
    extremes,
    inactive_users,
    lengths,
    named_rows,
    numbers_as_fields,
    ordinals,
    pictures,
    relative_clauses,
    said_twice,
    signups,
    units,
    users,
    where,
)


def settle(draft: Draft) -> None:
    """Read clauses, nouns side by side, numbers with their units, and who is meant."""
    _settle_clauses(draft)
    _settle_nouns(draft)
    _settle_single_words(draft)
    settle_text_units(draft)
    settle_spending(draft)
    _settle_numbers(draft)
    _settle_rows(draft)
    _settle_people(draft)


def _settle_clauses(draft: Draft) -> None:
    sentence = draft.sentence
    relative_clauses.doubt_of_which(draft)
    relative_clauses.settle_relatives(sentence)
    said_twice.drop_recorded(draft)
    said_twice.drop_named_kind(sentence)
    units.drop_credit_of_bound(sentence)
    relative_clauses.settle_falls(sentence)
    events.settle_alternatives(sentence)
    extremes.settle_most_that(sentence)


def _settle_nouns(draft: Draft) -> None:
    sentence = draft.sentence
    users.drop_whose(sentence)
    extremes.settle_highest(draft)
    pictures.drop_picture(sentence)
    events.settle_status_rate(sentence)
    said_twice.drop_said_again(sentence)
    extremes.settle_most_done(sentence)
    extremes.settle_extremes(sentence)
    extremes.settle_cost_per(sentence)
    doubts.doubt_meanings(draft)


def _settle_single_words(draft: Draft) -> None:
    sentence = draft.sentence
    said_twice.drop_equals(sentence)
    said_twice.drop_field_nouns(sentence)
    said_twice.drop_sides_of_size(sentence)
    events.count_events(sentence)
    events.part_retries_cost(sentence)
    signups.drop_signup(sentence)
    units.drop_credits_asked(sentence)
    pictures.settle_awaited_picture(sentence)
    said_twice.drop_combined(sentence)
    users.settle_origins(draft)
    pictures.name_pictures(sentence)
    inactive_users.read_inactive(draft)


def _settle_numbers(draft: Draft) -> None:
    sentence = draft.sentence
    said_twice.drop_asides(sentence)
    said_twice.drop_repeated(sentence)
    units.drop_unit_of_bound(sentence)
    ordinals.settle_place(sentence)
    ordinals.read_ordinal(draft)
    units.read_unit(draft)


def _settle_rows(draft: Draft) -> None:
    sentence = draft.sentence
    named_rows.settle_named_rows(draft)
    said_twice.drop_status_of_event(sentence)
    named_rows.settle_measured_rows(sentence)
    doubts.doubt_difference(draft)
    lengths.settle_longest_of(sentence)
    ordinals.settle_one(sentence)
    lengths.settle_lengths(sentence)
    pictures.settle_images(sentence)
    users.drop_people(sentence)
    where.settle_within(sentence)
    where.settle_where(sentence)
    pictures.settle_traffic(sentence)
    each.settle_each(draft)
    numbers_as_fields.settle_listed_numbers(sentence)
    lengths.settle_length_of_longest(draft)
    named_rows.settle_measured_entity(draft)


def _settle_people(draft: Draft) -> None:
    sentence = draft.sentence
    signups.read_signup(draft)
    users.settle_who(draft)
    of_sessions = sentence.has("E", "sessions")
    lengths.settle_longest(draft)
    lengths.settle_longest_in_unit(draft)
    users.settle_user_ids(draft)
    lengths.drop_last(sentence)
    pictures.settle_generated_images(sentence)
    extremes.drop_judgement(sentence)
    lengths.settle_how_long(sentence, of_sessions)
    pictures.settle_failed_images(sentence)
    users.read_activity(draft)
