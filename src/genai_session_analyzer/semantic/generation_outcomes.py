"""How many generations there were and how they ended: measures over fct_generations."""

from genai_session_analyzer.schema.values import FAILURE_STATUSES
from genai_session_analyzer.semantic.aggregates import (
    Condition,
    also_called,
    count_where,
    ratio,
    row_count,
)
from genai_session_analyzer.semantic.measures import Measure


def generations_where(name: str, condition: Condition, formula: str, description: str) -> Measure:
    """Return the measure that counts the generations a condition holds for."""
    return count_where(name, condition, formula, description, "generations")


def generations_with(name: str, column: str) -> Measure:
    """Return the measure that counts the generations a column is known for."""
    return generations_where(
        name,
        lambda rows: rows[column].notnull(),
        f"{column} is known",
        f"generations whose {column} is known",
    )


def _of_status(status: str) -> Measure:
    return generations_where(
        f"{status}_count",
        lambda rows: rows.status == status,
        f"status is {status}",
        f"generations that ended in {status}",
    )


GENERATION_COUNT = also_called(
    row_count("generation_count", "requests for images", "generations"), "requests", "volume"
)
KNOWN_STATUS_COUNT = generations_with("known_status_count", "status")
SUCCESS_COUNT = also_called(_of_status("success"), "successes")
FAILURE_COUNTS = tuple(_of_status(status) for status in FAILURE_STATUSES)
FAILURE_COUNT = also_called(
    generations_where(
        "failure_count",
        lambda rows: rows.status != "success",
        "status is known and not success",
        "generations known to have failed, for any reason",
    ),
    "errors",
    "failures",
)
OUTCOMES = (
    GENERATION_COUNT,
    KNOWN_STATUS_COUNT,
    SUCCESS_COUNT,
    *FAILURE_COUNTS,
    FAILURE_COUNT,
    ratio(
        "success_rate",
        (SUCCESS_COUNT, KNOWN_STATUS_COUNT),
        "share of generations of known status that succeeded",
        "rate",
    ),
    ratio(
        "error_rate",
        (FAILURE_COUNT, KNOWN_STATUS_COUNT),
        "share of generations of known status that failed",
        "rate",
    ),
    *(
        ratio(
            f"{status}_rate",
            (count, KNOWN_STATUS_COUNT),
            f"share of generations of known status that ended in {status}",
            "rate",
        )
        for status, count in zip(FAILURE_STATUSES, FAILURE_COUNTS, strict=True)
    ),
)
