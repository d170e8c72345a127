"""All rewriting of a question, in order: what comes first is seen by what comes after it."""

from collections.abc import Callable

from genai_session_analyzer.copilot.planning.words.rewriting import (
    averages,
    bounds,
    clauses_for_rows,
    comparisons,
    costs,
    counts,
    courses,
    dates,
    day_hours,
    denials_and_choices,
    doing_most,
    elapsed_days,
    enumerations,
    failures,
    follow_up_bounds,
    follow_up_rows,
    follow_up_shapes,
    frames,
    gaps,
    groups,
    left_out,
    listings,
    means_by_unit,
    named_last,
    peaks,
    people,
    people_over_time,
    places,
    polite_shells,
    ranks,
    refusals,
    rows,
    share_nouns,
    shares,
    short_forms,
    side_by_side,
    sizes,
    sorting,
    tables,
    tables_and_columns,
    usage,
    verb_families,
    votes,
    waiting,
    written_numbers,
    yes_or_no,
)

_BEFORE_SPELLING: tuple[Callable[[str], str], ...] = (
    named_last.measure_first,
    short_forms.written_out,
    enumerations.one_by_one,
    peaks.without_heading,
    courses.kept_grain,
    frames.before_spelling,
    polite_shells.without_shell,
    written_numbers.in_digits,
    written_numbers.percentiles,
    yes_or_no.before_spelling,
    peaks.before_spelling,
    courses.before_spelling,
    gaps.before_spelling,
    doing_most.before_spelling,
    places.before_spelling,
    side_by_side.before_spelling,
    follow_up_bounds.before_spelling,
    left_out.before_spelling,
    clauses_for_rows.before_spelling,
    tables.before_spelling,
    counts.before_spelling,
    waiting.before_spelling,
    refusals.before_spelling,
    verb_families.plain_verbs,
    votes.before_spelling,
    usage.before_spelling,
    share_nouns.before_spelling,
    people_over_time.before_spelling,
    elapsed_days.before_spelling,
    day_hours.before_spelling,
    tables_and_columns.before_spelling,
    dates.before_spelling,
    denials_and_choices.before_spelling,
    shares.before_spelling,
    comparisons.before_spelling,
    sizes.before_spelling,
    listings.before_spelling,
    follow_up_rows.before_spelling,
    follow_up_shapes.before_spelling,
    sorting.before_spelling,
    polite_shells.without_report,
    people.before_spelling,
    rows.before_spelling,
    failures.before_spelling,
    bounds.before_spelling,
    averages.before_spelling,
    means_by_unit.means_by_unit,
    costs.before_spelling,
    groups.before_spelling,
    ranks.before_spelling,
    named_last.count_first,
)
_AFTER_SPELLING: tuple[Callable[[str], str], ...] = (
    tables_and_columns.after_spelling,
    dates.after_spelling,
    denials_and_choices.after_spelling,
    follow_up_rows.after_spelling,
    failures.after_spelling,
    comparisons.after_spelling,
    rows.after_spelling,
    averages.after_spelling,
    costs.after_spelling,
    ranks.after_spelling,
    groups.after_spelling,
    shares.after_spelling,
    sizes.after_spelling,
)


def before_spelling(text: str) -> str:
    """Return a question as typed in lower-case letters and shorter words.

    These rules take care of words that the lexicon lacks, which spelling would take for slips.
    """
    for step in _BEFORE_SPELLING:
        text = step(text)
    return text


def after_spelling(text: str) -> str:
    """Return a question whose slips are put right in the words the planner's rules know."""
    for step in _AFTER_SPELLING:
        text = step(text)
    return text
