"""Labelled prompts: a file of two annotators' labels, as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.pipelines.enrichment.labels.evidence import Array

ANNOTATORS = ("a", "b")
GOLD_COLUMNS = {
    "domain": "domain",
    "art_style": "art_style",
    "mood": "mood",
    "complexity_score": "complexity",
    "has_nsfw_intent": "nsfw",
}
"""Fields that annotators label, and the stem of their columns."""


@dataclass(frozen=True)
class GoldLabels:
    """Prompts with two annotators' values per field, in the order of the file."""

    table: pa.Table

    @property
    def prompts(self) -> list[str]:
        """The texts."""
        return [str(each) for each in self.table["prompt"].to_pylist()]

    def values(self, field: str, annotator: str) -> list[str]:
        """Return one annotator's values of a field, as texts."""
        column = self.table[f"{GOLD_COLUMNS[field]}_{annotator}"]
        return [str(each) for each in column.to_pylist()]

    def shares(self, field: str, labels: Sequence[str]) -> Array:
        """Return the share of annotators that chose each label, shape (prompts, labels).

        Raises:
            SourceError: A value is none of the labels.
        """
        shares = np.zeros((self.table.num_rows, len(labels)))
        positions = {label: position for position, label in enumerate(labels)}
        for annotator in ANNOTATORS:
            for row, value in enumerate(self.values(field, annotator)):
                if value not in positions:
                    raise SourceError(
                        f"Labelled prompts, row {row + 1}: {field} is {value!r}, none of "
                        f"{', '.join(labels)}. Mend the file."
                    )
                shares[row, positions[value]] += 1 / len(ANNOTATORS)
        return shares


def read_gold(path: Path) -> GoldLabels:
    """Read labelled prompts: CSV with `prompt` and, per field, a column for each annotator.

    Raises:
        SourceError: The file cannot be read or lacks a column.
    """
    try:
        table = arrow_csv.read_csv(
            path, parse_options=arrow_csv.ParseOptions(newlines_in_values=True)
        )
    except (OSError, pa.ArrowInvalid) as problem:
        raise SourceError(f"Labelled prompts {path} cannot be read: {problem}.") from problem
    wanted = [
        "prompt",
        *(f"{stem}_{each}" for stem in GOLD_COLUMNS.values() for each in ANNOTATORS),
    ]
    missing = [name for name in wanted if name not in table.column_names]
    if missing:
        raise SourceError(
            f"Labelled prompts {path} lack the columns {', '.join(missing)}. "
            f"They need {', '.join(wanted)}."
        )
    return GoldLabels(table)
