"""Each measure of fct_sessions, computed a second time in pandas, and against the generations."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from semantic_rows import as_frame, as_table, generation_records, session_records

from genai_session_analyzer.schema import TableValidator, table_schema
from genai_session_analyzer.semantic import GENERATIONS, SESSIONS

GENERATION_RECORDS = generation_records()
RECORDS = session_records(GENERATION_RECORDS)
SUMMED = (
    "generation_count",
    "known_status_count",
    "success_count",
    "timeout_count",
    "safety_violation_count",
    "rate_limited_count",
    "model_error_count",
    "known_latency_count",
    "thumbs_up_count",
    "thumbs_down_count",
    "download_count",
)

Recomputation = Callable[[pd.DataFrame], float | None]


def known(f: pd.DataFrame, column: str) -> list[Any]:
    return [value for value in f[column] if value is not None]


def added(values: list[Any]) -> Any:
    return sum(values) if values else None


def quotient(top: float | None, bottom: float | None) -> float | None:
    return top / bottom if top is not None and bottom else None


def mean(values: list[Any]) -> float | None:
    return quotient(added(values), len(values))


def simulated(f: pd.DataFrame) -> int:
    return sum(round(s * n) for s, n in zip(f.simulated_share, f.generation_count, strict=True))


EXPECTED: dict[str, Recomputation] = {
    "session_count": len,
    "user_count": lambda f: len(set(f.user_id)),
    "active_users": lambda f: len(set(f.user_id)),
    "churn_known_count": lambda f: len(known(f, "churned_after")),
    "churned_count": lambda f: known(f, "churned_after").count(True),
    "churn_rate": lambda f: mean(known(f, "churned_after")),
    **{column: lambda f, column=column: int(sum(f[column])) for column in SUMMED},
    "failure_count": lambda f: sum(f.known_status_count) - sum(f.success_count),
    "success_rate": lambda f: quotient(sum(f.success_count), sum(f.known_status_count)),
    "error_rate": lambda f: quotient(
        sum(f.known_status_count) - sum(f.success_count), sum(f.known_status_count)
    ),
    "total_latency_ms": lambda f: added(known(f, "total_latency_ms")),
    "mean_latency_ms": lambda f: quotient(
        added(known(f, "total_latency_ms")), sum(f.known_latency_count)
    ),
    "max_latency_ms": lambda f: max(known(f, "max_latency_ms"), default=None),
    "total_retries": lambda f: added(known(f, "total_retries")),
    "total_cost_credits": lambda f: added(known(f, "total_cost_credits")),
    "costed_session_count": lambda f: len(known(f, "total_cost_credits")),
    "mean_session_cost_credits": lambda f: mean(known(f, "total_cost_credits")),
    "feedback_count": lambda f: sum(f.thumbs_up_count) + sum(f.thumbs_down_count),
    "feedback_rate": lambda f: quotient(
        sum(f.thumbs_up_count) + sum(f.thumbs_down_count), sum(f.generation_count)
    ),
    "download_rate": lambda f: quotient(sum(f.download_count), sum(f.success_count)),
    "simulated_count": simulated,
    "simulated_share": lambda f: quotient(simulated(f), sum(f.generation_count)),
    "scored_session_count": lambda f: len(known(f, "friction_score")),
    "total_friction_score": lambda f: added(known(f, "friction_score")),
    "mean_friction_score": lambda f: mean(known(f, "friction_score")),
    "low_friction_sessions": lambda f: sum(s < 10 for s in known(f, "friction_score")),
    "medium_friction_sessions": lambda f: sum(10 <= s < 30 for s in known(f, "friction_score")),
    "high_friction_sessions": lambda f: sum(s >= 30 for s in known(f, "friction_score")),
    "high_friction_share": lambda f: mean([s >= 30 for s in known(f, "friction_score")]),
    "generations_per_session": lambda f: quotient(sum(f.generation_count), len(f)),
    "total_duration_s": lambda f: sum(f.duration_s),
    "mean_duration_s": lambda f: quotient(sum(f.duration_s), len(f)),
}


def test_every_measure_has_its_recomputation() -> None:
    assert sorted(EXPECTED) == sorted(measure.name for measure in SESSIONS.measures)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_measure_equals_pandas_per_region(name: str) -> None:
    table = as_table("fct_sessions", RECORDS)
    found = SESSIONS.aggregate(table, ["region"], [name]).to_pyarrow().to_pylist()
    frame = as_frame("fct_sessions", RECORDS)
    expected = {region: EXPECTED[name](part) for region, part in frame.groupby("region")}

    assert [row["region"] for row in found] == sorted(expected)
    for row in found:
        assert row[name] == pytest.approx(expected[row["region"]], abs=1e-6), row["region"]


@pytest.mark.parametrize(
    ("summary", "key"), [("user_friction_summary", "user_tier"), ("daily_metrics", "session_date")]
)
def test_the_summaries_come_from_the_sessions_alone(summary: str, key: str) -> None:
    measures = [name for name in table_schema(summary).column_names if name != key]
    result = SESSIONS.aggregate(as_table("fct_sessions", RECORDS), [key], measures)
    assert TableValidator(summary).validate(result).columns == table_schema(summary).column_names
    assert result.count().to_pyarrow().as_py() == len({record[key] for record in RECORDS})


SHARED = sorted(
    {measure.name for measure in SESSIONS.measures}
    & {measure.name for measure in GENERATIONS.measures} - {"feedback_rate", "download_rate"}
)


@pytest.mark.parametrize("name", SHARED)
def test_sessions_and_generations_agree_on_what_both_measure(name: str) -> None:
    of_sessions = SESSIONS.aggregate(as_table("fct_sessions", RECORDS), ["region"], [name])
    of_generations = GENERATIONS.aggregate(
        as_table("fct_generations", GENERATION_RECORDS), ["region"], [name]
    )
    assert of_sessions.to_pyarrow().to_pylist() == of_generations.to_pyarrow().to_pylist()
