"""What the pages Friction and Costs can be grouped by, and in which order groups are shown."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import dash_mantine_components as dmc
import pyarrow as pa
from dash.development.base_component import Component

from genai_session_analyzer.dashboard import formats
from genai_session_analyzer.dashboard.figures.friction_labels import Group, value_groups
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.dashboard.theme import compact, duration_ms, percent, points
from genai_session_analyzer.insights.filter_choices import filter_choices
from genai_session_analyzer.insights.friction_views import SESSION_MEASURES
from genai_session_analyzer.schema.values import (
    DEVICE_TYPES,
    PROMPT_LENGTH_CATEGORIES,
    REGIONS,
    USER_TIERS,
)
from genai_session_analyzer.semantic import Measure
from genai_session_analyzer.semantic.features import LABELLED_GENERATIONS, LABELLED_SESSIONS
from genai_session_analyzer.semantic.view_filters import LABEL_DIMENSIONS, NOT_LABELLED, UNKNOWN

DIMENSIONS = {
    "user_tier": "Tier",
    "region": "Region",
    "device_type": "Device",
    "model_version": "Model",
    "domain": "Domain",
    "art_style": "Style",
    "mood": "Mood",
    "complexity_score": "Complexity",
    "cluster_id": "Cluster",
    "prompt_length_category": "Prompt length",
}
MOST_GROUPS = 15
"""Groups a chart shows; of more, those with the most generations."""
_ORDERS: dict[str, Sequence[str]] = {
    "user_tier": USER_TIERS,
    "region": REGIONS,
    "device_type": DEVICE_TYPES,
    "prompt_length_category": PROMPT_LENGTH_CATEGORIES,
}
_NATURAL = ("complexity_score", "model_version")
_UNIT_FORMATS: dict[str, Callable[[float | None], str]] = {
    "rate": percent,
    "ms": duration_ms,
    "credits": formats.credits,
    "points": points,
}


def dimension_control(
    control_id: str,
    chosen: str,
    dimensions: Mapping[str, str] = MappingProxyType(DIMENSIONS),
    is_kept: bool = True,
) -> Component:
    """Return the control that chooses a dimension.

    Args:
        control_id: Its id.
        chosen: The value it has at first.
        dimensions: Name and label of what can be chosen.
        is_kept: Whether the browser keeps its value while filters change; else the URL does.
    """
    control = dmc.SegmentedControl(
        id=control_id,
        data=[{"value": name, "label": label} for name, label in dimensions.items()],
        value=chosen,
        size="xs",
        persistence=is_kept,
        persistence_type="session",
    )
    scrolled: Component = dmc.ScrollArea(
        control, type="auto", offsetScrollbars="present", scrollbarSize=6, mb="sm"
    )
    return scrolled


def ordered(rows: pa.Table, dimension: str, by: str, count: str) -> pa.Table:
    """Return the largest groups in the order they are shown in.

    Scales (tier, length, complexity, model) keep their order, everything else goes from the
    highest value of `by` to the lowest; the unknown comes last.

    Args:
        rows: One row per group.
        dimension: The column with the groups' values.
        by: The column to order by.
        count: The column by which the largest are chosen.
    """
    counts = rows[count].to_pylist()
    largest = sorted(range(len(rows)), key=lambda row: -(counts[row] or 0))[:MOST_GROUPS]
    values, measured = rows[dimension].to_pylist(), rows[by].to_pylist()

    def place(row: int) -> tuple[bool, float, str]:
        """Where a row stands among the others."""
        value = values[row]
        if dimension in _ORDERS:
            order = _ORDERS[dimension]
            return value is None, order.index(value) if value in order else len(order), str(value)
        if dimension in _NATURAL:
            return value is None, 0.0, str(value)
        return value is None, -(measured[row] or 0.0), str(value)

    return rows.take(pa.array(sorted(largest, key=place), pa.int64()))


def groups_of(services: Services, dimension: str, values: Sequence[object]) -> list[Group]:
    """Return the groups of a dimension's values, clusters by their titles."""
    titles = cluster_titles(services) if dimension == "cluster_id" else {}
    null = NOT_LABELLED if dimension in LABEL_DIMENSIONS else UNKNOWN
    return value_groups(dimension, values, titles, null)


def cluster_titles(services: Services) -> dict[int, str]:
    """Return the title of each cluster of the build; -1 is what is in none."""
    choices = services.remember(("choices",), lambda: filter_choices(services.reader.ibis()))
    named = {number: title for members in choices.clusters.values() for number, title in members}
    return {-1: "in no cluster"} | named


def measure_named(name: str) -> Measure:
    """Return a measure of generations, or one of the sessions' that the heatmap can show.

    Raises:
        UnknownNameError: There is no such measure.
    """
    model = LABELLED_SESSIONS if name in SESSION_MEASURES else LABELLED_GENERATIONS
    return model.measure(name)


def written(measure: Measure) -> Callable[[float | None], str]:
    """Return how a value of the measure is written for people."""
    return _UNIT_FORMATS.get(measure.unit, compact)


def left_out(shown: int, found: int) -> str:
    """Return a note on the groups that are not shown, or nothing."""
    return f"the {shown} largest of {found} groups" if shown < found else ""
