# ruff: noqa: E501  (the table of breakages has a line a check)
"""Each check fails on a table broken for it."""

import ibis
import pytest

from flow import FRICTION, all_tables
from genai_session_analyzer.pipelines.metrics.checks import run_checks
from genai_session_analyzer.pipelines.metrics.data_quality import (
    all_checks,
    build_data_quality,
    find_quality_failures,
)
from rows import minutes, raw_generations


@pytest.fixture(scope="module")
def good_tables(simulation):
    rows = [
        {"prompt_text": f"a quiet lake {number % 40}", "user_name": f"u{number % 9}",
         "requested_at": minutes(number * 37)} if number % 3 else {}
        for number in range(400)
    ]  # fmt: skip
    return all_tables(raw_generations(rows), simulation)


def failures(tables):
    quality = build_data_quality(FRICTION, **tables)
    return {
        row["check_name"]: row["failing_rows"]
        for row in quality.filter(~quality.passed).to_pyarrow().to_pylist()
    }


def test_there_are_at_least_thirty_checks_and_good_tables_pass_all(good_tables):
    checked = {name: good_tables[name] for name in good_tables if name != "data_quality"}
    assert len(all_checks(FRICTION)) >= 30
    assert len({check.name for check in all_checks(FRICTION)}) == len(all_checks(FRICTION))
    assert failures(checked) == {}


def all_pro(users):
    """Many simulated users of one tier."""
    pro = users.mutate(user_tier=ibis.literal("pro"), profile_origin=ibis.literal("simulated"))
    return pro.union(*[pro] * 40)


BROKEN = {
    "dim_users_key_unique": ("dim_users", lambda t: t.union(t.limit(1))),
    "dim_users_required_present": ("dim_users", lambda t: t.mutate(signup_date=t.signup_date.nullif(t.signup_date))),
    "dim_users_user_tier_accepted": ("dim_users", lambda t: t.mutate(user_tier=t.user_tier.replace("free", "gold"))),
    "fct_generations_status_accepted": ("fct_generations", lambda t: t.mutate(status=t.status.replace("success", "ok"))),
    "fct_generations_user_id_exists": ("dim_users", lambda t: t.filter(t.user_id != "u1")),
    "fct_generations_prompt_id_exists": ("dim_prompts", lambda t: t.filter(t.times_used < 0)),
    "fct_generations_session_id_exists": ("fct_sessions", lambda t: t.filter(t.user_id != "u1")),
    "latency_not_negative": ("fct_generations", lambda t: t.mutate(latency_ms=-t.latency_ms)),
    "retries_not_negative": ("fct_generations", lambda t: t.mutate(retry_count=-1 - t.retry_count)),
    "cost_valid": ("fct_generations", lambda t: t.mutate(cost_credits=-t.cost_credits)),
    "cost_positive_on_success": ("fct_generations", lambda t: t.mutate(cost_credits=t.cost_credits * 0)),
    "download_only_of_success": ("fct_generations", lambda t: t.mutate(is_downloaded=~t.is_success)),
    "status_flags_agree": ("fct_generations", lambda t: t.mutate(is_timeout=t.is_success)),
    "generation_date_valid": ("fct_generations", lambda t: t.mutate(requested_date=t.requested_date.truncate("Y"))),
    "session_ends_after_start": ("fct_sessions", lambda t: t.mutate(ended_at=t.started_at.truncate("Y"))),
    "session_date_valid": ("fct_sessions", lambda t: t.mutate(session_date=t.session_date.truncate("Y"))),
    "session_not_empty": ("fct_sessions", lambda t: t.mutate(generation_count=t.generation_count * 0)),
    "session_status_counts_agree": ("fct_sessions", lambda t: t.mutate(timeout_count=t.timeout_count + 1)),
    "success_rate_in_range": ("fct_sessions", lambda t: t.mutate(success_rate=t.success_rate * 100)),
    "friction_in_range": ("fct_sessions", lambda t: t.mutate(friction_score=t.friction_score + 100)),
    "friction_agrees_with_errors": ("fct_sessions", lambda t: t.mutate(friction_score=t.friction_score * 0 + 51)),
    "friction_band_present": ("fct_sessions", lambda t: t.mutate(friction_band=t.friction_band.nullif("medium"))),
    "max_latency_not_below_mean": ("fct_sessions", lambda t: t.mutate(max_latency_ms=t.max_latency_ms * 0)),
    "signup_before_activity": ("dim_users", lambda t: t.mutate(signup_date=t.last_generation_at.date() + ibis.interval(days=1))),
    "activity_in_order": ("dim_users", lambda t: t.mutate(first_generation_at=t.last_generation_at, last_generation_at=t.first_generation_at)),
    "lifetime_counts_agree": ("dim_users", lambda t: t.mutate(total_sessions=t.total_generations + 1)),
    "cohort_week_valid": ("dim_users", lambda t: t.mutate(cohort_week=t.signup_date.truncate("Y"))),
    "daily_no_gaps": ("daily_metrics", lambda t: t.filter(t.session_date.day() != 3)),
    "daily_cost_agrees": ("daily_metrics", lambda t: t.mutate(total_cost_credits=t.total_cost_credits + 1)),
    "daily_metrics_totals_agree": ("daily_metrics", lambda t: t.mutate(generation_count=t.generation_count + 1)),
    "simulated_success_rate_plausible": ("fct_generations", lambda t: t.mutate(is_success=~t.is_success)),
    "simulated_tier_mix_plausible": ("dim_users", all_pro),
}  # fmt: skip


@pytest.mark.parametrize("check_name", BROKEN)
def test_a_broken_table_fails_its_check(good_tables, check_name):
    name, break_it = BROKEN[check_name]
    check = next(check for check in all_checks(FRICTION) if check.name == check_name)
    broken = good_tables | {name: break_it(good_tables[name])}
    result = run_checks([check], broken).to_pyarrow().to_pylist()[0]
    assert not result["passed"]
    assert result["failing_rows"] > 0


def test_failures_come_with_offending_rows(good_tables):
    checked = {key: value for key, value in good_tables.items() if key != "data_quality"}
    checked["fct_generations"] = checked["fct_generations"].mutate(latency_ms=-5)
    quality = build_data_quality(FRICTION, **checked)
    quality = checked["dim_users"].get_backend().create_table("broken_quality", quality)
    found = find_quality_failures(FRICTION, quality, **checked)
    negative = next(each for each in found if each["check_name"] == "latency_not_negative")
    assert negative["failing_rows"] == 400
    assert len(negative["examples"]) == 5
    assert all("latency_ms=-5" in example for example in negative["examples"])
