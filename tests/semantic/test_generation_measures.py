"""Each measure of fct_generations, computed a second time in pandas."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from semantic_rows import SILENT_REGION, as_frame, as_table, generation_records

from genai_session_analyzer.semantic import GENERATIONS

RECORDS = generation_records()
FAILURES = ("timeout", "safety_violation", "rate_limited", "model_error")
TELEMETRY = ["status", "latency_ms", "retry_count", "cost_credits", "feedback", "is_downloaded"]
ORIGINS = ["user_origin", "time_origin", "telemetry_origin", "profile_origin"]

Recomputation = Callable[[pd.DataFrame], float | None]


def quotient(top: float | None, bottom: float | None) -> float | None:
    return top / bottom if top is not None and bottom else None


def known(f: pd.DataFrame, column: str) -> list[Any]:
    return [value for value in f[column] if value is not None]


def added(values: list[Any]) -> Any:
    return sum(values) if values else None


def mean(values: list[Any]) -> float | None:
    return quotient(added(values), len(values))


def quantile(f: pd.DataFrame, share: float) -> float | None:
    values = known(f, "latency_ms")
    return float(pd.Series(values).quantile(share)) if values else None


def failures(f: pd.DataFrame) -> pd.DataFrame:
    return f[f.status.isin(FAILURES)]


def simulated(f: pd.DataFrame) -> int:
    return int((f[ORIGINS] == "simulated").any(axis=1).sum())


def downloaded(f: pd.DataFrame) -> pd.DataFrame:
    return f[[value is True for value in f.is_downloaded]]


def retry_cost(f: pd.DataFrame) -> float | None:
    """Credits of the successes that went into their retries."""
    spent = [
        row.cost_credits * (row.retry_count or 0) / ((row.retry_count or 0) + 1)
        for row in f.itertuples()
        if row.status == "success" and row.cost_credits is not None
    ]
    return added(spent)


def wasted_cost(f: pd.DataFrame) -> float | None:
    if not known(f, "cost_credits"):
        return None
    return (added(known(failures(f), "cost_credits")) or 0) + (retry_cost(f) or 0)


def paid_images(f: pd.DataFrame) -> int:
    paid = [row for row in f.itertuples() if row.status == "success"]
    return sum(row.image_count or 1 for row in paid if row.cost_credits is not None)


EXPECTED: dict[str, Recomputation] = {
    "generation_count": len,
    "known_status_count": lambda f: len(known(f, "status")),
    "success_count": lambda f: known(f, "status").count("success"),
    **{
        f"{status}_count": lambda f, status=status: known(f, "status").count(status)
        for status in FAILURES
    },
    "failure_count": lambda f: len(failures(f)),
    "success_rate": lambda f: mean([status == "success" for status in known(f, "status")]),
    "error_rate": lambda f: mean([status != "success" for status in known(f, "status")]),
    **{
        f"{status}_rate": lambda f, status=status: mean([s == status for s in known(f, "status")])
        for status in FAILURES
    },
    "known_latency_count": lambda f: len(known(f, "latency_ms")),
    "total_latency_ms": lambda f: added(known(f, "latency_ms")),
    "mean_latency_ms": lambda f: mean(known(f, "latency_ms")),
    "p50_latency_ms": lambda f: quantile(f, 0.5),
    "p95_latency_ms": lambda f: quantile(f, 0.95),
    "max_latency_ms": lambda f: max(known(f, "latency_ms"), default=None),
    "known_retry_count": lambda f: len(known(f, "retry_count")),
    "total_retries": lambda f: added(known(f, "retry_count")),
    "mean_retry_count": lambda f: mean(known(f, "retry_count")),
    "known_cost_count": lambda f: len(known(f, "cost_credits")),
    "total_cost_credits": lambda f: added(known(f, "cost_credits")),
    "mean_cost_credits": lambda f: mean(known(f, "cost_credits")),
    "failure_cost_credits": lambda f: added(known(failures(f), "cost_credits")),
    "failure_cost_share": lambda f: quotient(
        added(known(failures(f), "cost_credits")), added(known(f, "cost_credits"))
    ),
    "retry_cost_credits": retry_cost,
    "wasted_cost_credits": wasted_cost,
    "wasted_cost_share": lambda f: quotient(wasted_cost(f), added(known(f, "cost_credits"))),
    "paid_image_count": paid_images,
    "cost_per_image_credits": lambda f: quotient(added(known(f, "cost_credits")), paid_images(f)),
    "telemetry_count": lambda f: int(f[TELEMETRY].notna().any(axis=1).sum()),
    "thumbs_up_count": lambda f: known(f, "feedback").count("thumbs_up"),
    "thumbs_down_count": lambda f: known(f, "feedback").count("thumbs_down"),
    "feedback_count": lambda f: len(known(f, "feedback")),
    "feedback_rate": lambda f: quotient(
        len(known(f, "feedback")), int(f[TELEMETRY].notna().any(axis=1).sum())
    ),
    "thumbs_up_share": lambda f: mean([v == "thumbs_up" for v in known(f, "feedback")]),
    "download_count": lambda f: len(downloaded(f)),
    "success_download_count": lambda f: known(downloaded(f), "status").count("success"),
    "download_rate": lambda f: quotient(
        known(downloaded(f), "status").count("success"), known(f, "status").count("success")
    ),
    "active_users": lambda f: len(set(f.user_id)),
    "prompt_count": lambda f: len(set(known(f, "prompt_id"))),
    "session_count": lambda f: len(set(f.session_id)),
    "total_images": lambda f: added(known(f, "image_count")),
    "simulated_count": simulated,
    "simulated_share": lambda f: quotient(simulated(f), len(f)),
}


def test_every_measure_has_its_recomputation() -> None:
    assert sorted(EXPECTED) == sorted(measure.name for measure in GENERATIONS.measures)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_measure_equals_pandas_per_region(name: str) -> None:
    table = as_table("fct_generations", RECORDS)
    found = GENERATIONS.aggregate(table, ["region"], [name]).to_pyarrow().to_pylist()
    frame = as_frame("fct_generations", RECORDS)
    expected = {region: EXPECTED[name](part) for region, part in frame.groupby("region")}

    assert [row["region"] for row in found] == sorted(expected)
    for row in found:
        assert row[name] == pytest.approx(expected[row["region"]], abs=1e-6), row["region"]


def test_a_source_without_telemetry_has_no_rates_and_no_zeros_for_them() -> None:
    table = as_table("fct_generations", RECORDS)
    silent = table.filter(table.region == SILENT_REGION)
    names = ["success_count", "success_rate", "mean_latency_ms", "total_cost_credits"]
    row = GENERATIONS.aggregate(silent, [], [*names, "feedback_rate"]).to_pyarrow().to_pylist()
    assert row == [
        {
            "success_count": 0,
            "success_rate": None,
            "mean_latency_ms": None,
            "total_cost_credits": None,
            "feedback_rate": None,
        }
    ]


def test_calendar_dimensions_are_pythons() -> None:
    table = as_table("fct_generations", RECORDS)
    names = ["requested_date", "requested_week", "requested_month", "requested_weekday"]
    found = GENERATIONS.aggregate(table, [*names, "requested_hour"], ["generation_count"])
    rows = found.to_pyarrow().to_pylist()
    assert {row["requested_hour"] for row in rows} == {r["requested_at"].hour for r in RECORDS}
    for row in rows:
        day = row["requested_date"]
        assert row["requested_weekday"] == day.weekday()
        assert (day - row["requested_week"]).days == day.weekday()
        assert row["requested_month"] == day.replace(day=1)
