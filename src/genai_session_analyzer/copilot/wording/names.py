"""Names of fields and measures as words."""

from collections.abc import Sequence

from genai_session_analyzer.copilot.catalogue import Catalogue, EntityTerms, FieldTerm, MeasureTerm
from genai_session_analyzer.copilot.plan import MeasureUse, QueryPlan

_TIMES = {"ms": "milliseconds", "s": "seconds", "min": "minutes", "h": "hours"}
_NAMED = {
    "day_part": "part of the day (night 22-6, morning 6-12, afternoon 12-18, evening 18-22 UTC)",
}
_UNITS = {"_ms": "ms", "_s": "seconds", "_credits": "credits"}


def field_words(field: FieldTerm) -> str:
    """Return a field's name as words: `latency in ms`, `user tier`."""
    return _NAMED.get(field.name) or _words(field.name)


def bucket_words(plan: QueryPlan, field: str) -> str:
    """Return the ranges a dimension is grouped by, empty where it is not: ` in steps of 10`."""
    bucket = next((each for each in plan.buckets if each.field == field), None)
    if bucket is None:
        return ""
    if bucket.width is not None:
        return f" in steps of {bucket.width:g} (named by their lower end)"
    edges = (*((0.0,) if bucket.edges[0] > 0 else ()), *bucket.edges)
    return f" in ranges from {joined(tuple(f'{edge:g}' for edge in edges))}"


def measure_words(measure: MeasureTerm, entity: EntityTerms) -> str:
    """Return a measure's name as words: `number of generations`, `success rate of generations`."""
    if measure.name == entity.count_measure:
        return f"number of {entity.row_word[1]}"
    if measure.name.startswith("distinct_"):
        return f"number of distinct {_words(measure.name.removeprefix('distinct_'))}"
    return f"{_words(measure.name)} of {entity.row_word[1]}"


def scaled_words(words: str, use: MeasureUse, plan: QueryPlan, catalogue: Catalogue) -> str:
    """Return a measure's words with the unit it is shown in, and what it is divided by."""
    if use.unit:
        for unit in (" in ms", " in seconds"):
            words = words.replace(unit, "", 1)
        words = f"{words} in {_TIMES[use.unit]}"
    if use.over is None:
        return words
    other = measure_words(catalogue.measure(plan.entity, use.over), catalogue.entity(plan.entity))
    return f"{words} per {'' if use.per_many == 1 else f'{use.per_many} '}{other}"


def joined(words: Sequence[str], last: str = "and") -> str:
    """Return words as a list in a sentence: `a, b and c`."""
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _words(name: str) -> str:
    for end, unit in _UNITS.items():
        if name.endswith(end):
            return f"{name.removesuffix(end).replace('_', ' ')} in {unit}"
    return name.replace("_", " ")
