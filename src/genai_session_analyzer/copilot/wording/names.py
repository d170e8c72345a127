"""Names of fields and measures as words."""

from genai_session_analyzer.copilot.catalogue import EntityTerms, FieldTerm, MeasureTerm

_UNITS = {"_ms": "ms", "_s": "seconds", "_credits": "credits"}


def field_words(field: FieldTerm) -> str:
    """Return a field's name as words: `latency in ms`, `user tier`."""
    return _words(field.name)


def measure_words(measure: MeasureTerm, entity: EntityTerms) -> str:
    """Return a measure's name as words: `number of generations`, `success rate of generations`."""
    if measure.name == entity.count_measure:
        return f"number of {entity.row_word[1]}"
    if measure.name.startswith("distinct_"):
        return f"number of distinct {_words(measure.name.removeprefix('distinct_'))}"
    return f"{_words(measure.name)} of {entity.row_word[1]}"


def joined(words: tuple[str, ...], last: str = "and") -> str:
    """Return words as a list in a sentence: `a, b and c`."""
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _words(name: str) -> str:
    for end, unit in _UNITS.items():
        if name.endswith(end):
            return f"{name.removesuffix(end).replace('_', ' ')} in {unit}"
    return name.replace("_", " ")
