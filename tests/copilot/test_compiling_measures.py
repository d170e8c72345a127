"""Every measure of the catalogue: its SQL against the Ibis expression it comes from."""

import ibis
import ibis.expr.types as ir
import pytest
from plan_world import world

from genai_session_analyzer.copilot.catalogue.terms import MeasureTerm
from genai_session_analyzer.copilot.compiling import plan_sql
from genai_session_analyzer.copilot.plan import MeasureUse, PlanFilter, QueryPlan

ENTITIES = ("generations", "sessions", "users", "prompts")
ONE_OF_TWO = {
    "generations": PlanFilter(field="region", values=("us-west", "asia")),
    "sessions": PlanFilter(field="friction_band", values=("low",)),
    "users": PlanFilter(field="user_tier", values=("pro", "enterprise")),
    "prompts": PlanFilter(field="char_count", operator="above", values=(40,)),
}


def table_of(entity: str) -> ir.Table:
    """The entity's table with every field, joined by Ibis."""
    here = world()
    table = here.backend.table(here.catalogue.entity(entity).table_name)
    if entity == "users":
        today = ibis.literal(here.facts.newest_at.date())
        return table.mutate(
            days_to_first_generation=_days(table.signup_date, table.first_generation_at),
            days_since_last_generation=_days(table.last_generation_at, today),
        )
    if entity == "sessions":
        return table
    if entity == "generations":
        users = here.backend.table("dim_users").select("user_id", "signup_date")
        table = table.left_join(users, "user_id").drop("user_id_right")
        days = _days(table.signup_date, table.requested_date)
        table = table.mutate(days_after_signup=days).drop("signup_date")
    joined = here.backend.sql(
        "SELECT labels.* EXCLUDE (prompt_id, model, mlflow_run_id), cluster_id, "
        "clusters.title AS cluster_title, ids.prompt_id AS of FROM ftr_prompt_clusters AS ids "
        "LEFT JOIN ftr_prompt_labels AS labels USING (prompt_id) "
        "LEFT JOIN dim_clusters AS clusters USING (cluster_id)"
    )
    return table.left_join(joined, table.prompt_id == joined["of"])


def _days(start: ir.Value, end: ir.Value) -> ir.Value:
    """Whole days between two days, of their seconds since 1970 instead of DATE_DIFF."""
    first, last = (each.cast("date").cast("timestamp").epoch_seconds() for each in (start, end))
    return ((last - first) // 86_400).cast("int64")


def kept_by(table: ir.Table, each: PlanFilter) -> ir.Table:
    column = table[each.field]
    wanted = each.values[0]
    return table.filter(column > wanted if each.operator == "above" else column.isin(each.values))


def expected(table: ir.Table, terms: list[MeasureTerm]) -> dict[str, object]:
    row = table.aggregate(**{term.name: term.expression(table) for term in terms})
    return row.to_pyarrow().to_pylist()[0]


@pytest.mark.parametrize("entity", ENTITIES)
@pytest.mark.parametrize("by", ["all rows", "a filter", "only"])
def test_the_sql_of_every_measure_equals_its_expression(entity: str, by: str) -> None:
    here = world()
    terms = list(here.catalogue.entity(entity).measures.values())
    each = ONE_OF_TWO[entity]
    only = (each,) if by == "only" else ()
    plan = QueryPlan(
        entity=entity,
        measures=tuple(MeasureUse(name=term.name, only=only) for term in terms),
        filters=(each,) if by == "a filter" else (),
    )
    table = table_of(entity)
    wanted = expected(table if by == "all rows" else kept_by(table, each), terms)
    found = here.run(plan_sql(plan, here.catalogue))[0]
    for term, value in zip(terms, found, strict=True):
        other = wanted[term.name]
        if isinstance(other, int | float):
            assert float(value) == pytest.approx(other, rel=1e-9, abs=1e-6), term.name
        else:
            assert value == other, term.name


@pytest.mark.parametrize("entity", ENTITIES)
def test_no_measure_shows_what_ibis_needs_and_people_do_not(entity: str) -> None:
    here = world()
    for name in here.catalogue.entity(entity).measures:
        plan = QueryPlan(entity=entity, measures=(MeasureUse(name=name),))
        sql = plan_sql(plan, here.catalogue)
        assert not any(word in sql for word in ("DECIMAL", '"', "t0", "COALESCE(COUNT", "*\n"))


@pytest.mark.parametrize(
    ("entity", "name", "sql"),
    [
        ("generations", "generation_count", "COUNT(*)"),
        ("generations", "known_status_count", "COUNT(status) AS known_status_count"),
        (
            "generations",
            "success_rate",
            "COUNT(*) FILTER (WHERE status = 'success') / NULLIF(COUNT(status), 0)",
        ),
        ("generations", "mean_latency_ms", "AVG(latency_ms)"),
        ("generations", "p95_latency_ms", "QUANTILE_CONT(latency_ms, 0.95)"),
        ("generations", "median_cost_credits", "QUANTILE_CONT(cost_credits, 0.5)"),
        ("generations", "total_cost_credits", "SUM(cost_credits)"),
        ("generations", "active_users", "COUNT(DISTINCT user_id)"),
        ("sessions", "mean_friction_score", "AVG(friction_score)"),
        (
            "sessions",
            "success_rate",
            "COALESCE(SUM(success_count), 0) / NULLIF(COALESCE(SUM(known_status_count), 0), 0)",
        ),
        ("users", "generations_per_user", "COALESCE(SUM(total_generations), 0)"),
    ],
)
def test_measures_read_as_a_person_writes_them(entity: str, name: str, sql: str) -> None:
    plan = QueryPlan(entity=entity, measures=(MeasureUse(name=name),))
    assert sql in plan_sql(plan, world().catalogue)
