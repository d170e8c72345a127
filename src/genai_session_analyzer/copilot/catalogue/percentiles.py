"""Measures by name, with any percentile of a number although few of them are listed."""

import re
from collections.abc import Iterator, Mapping

from genai_session_analyzer.copilot.catalogue.column_measures import percentile_measure
from genai_session_analyzer.copilot.catalogue.terms import FieldTerm, MeasureTerm

_NAME = re.compile(r"p(?P<percent>[1-9]\d?)_(?P<field>\w+)")


class Measures(Mapping[str, MeasureTerm]):
    """The measures of an entity: those listed, and `p80_latency_ms` of any number from 1 to 99."""

    def __init__(self, listed: Mapping[str, MeasureTerm], fields: Mapping[str, FieldTerm]) -> None:
        """Prepare the names.

        Args:
            listed: Measures that iteration shows.
            fields: The entity's columns, of which the numbers have percentiles.
        """
        self._listed, self._fields = listed, fields
        self._made: dict[str, MeasureTerm] = {}

    def __getitem__(self, name: str) -> MeasureTerm:
        """Return the measure of that name, or raise KeyError."""
        found = self._listed.get(name) or self._made.get(name) or self._percentile(name)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        """Yield the listed names."""
        return iter(self._listed)

    def __len__(self) -> int:
        """Return how many are listed."""
        return len(self._listed)

    def _percentile(self, name: str) -> MeasureTerm | None:
        match = _NAME.fullmatch(name)
        field = self._fields.get(match["field"]) if match else None
        if match is None or field is None or field.kind != "number":
            return None
        self._made[name] = percentile_measure(field, int(match["percent"]))
        return self._made[name]
