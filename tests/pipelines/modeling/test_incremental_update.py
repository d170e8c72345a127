"""Updating the tables by new rows, held to making them anew: random logs, late events and all."""

from datetime import datetime, timedelta

import duckdb
import ibis
import numpy as np
import pytest
from kedro_datasets.ibis import TableDataset

from flow import FRICTION, MODELING, simulate
from genai_session_analyzer.datasets.upserted_table import UpsertedTableDataset
from genai_session_analyzer.pipelines import metrics, modeling
from genai_session_analyzer.pipelines.modeling.incremental.hooks import TABLES
from genai_session_analyzer.pipelines.modeling.incremental.update import Update
from genai_session_analyzer.warehouse.replaced_rows import EVERYTHING, ReplacedRows
from rows import raw_generations

PARAMETERS = {"params:modeling": MODELING, "params:friction": FRICTION}
FIRST = datetime(2024, 1, 1, 9, 0)
NODES = [
    node
    for node in (modeling.create_pipeline() + metrics.create_pipeline()).nodes
    if node.outputs != ["quality_failures"]
]


class Warehouse:
    """The tables of one DuckDB file, made by the pipelines' own nodes."""

    def __init__(self, path, simulation):
        self.connection = {"backend": "duckdb", "database": str(path)}
        self.simulation = simulation
        views = {"stg_prompts": {"materialized": "view"}}
        self.datasets = {
            name: UpsertedTableDataset(table_name=name, connection=self.connection)
            if name in TABLES
            else TableDataset(
                table_name=name, connection=self.connection, save_args=views.get(name)
            )
            for node in NODES
            for name in (*node.inputs, *node.outputs)
            if name not in PARAMETERS and name != "replaced_rows"
        }
        self.backend = self.datasets["stg_users"].connection
        self.path = path

    def build(self, rows, *, known=None):
        """Makes every table from these rows; with `known`, from those after so many."""
        raw = raw_generations(rows, self.backend)
        simulate(raw, self.simulation)
        no_retries = ibis.schema({"raw_id": "int64", "attempt": "int32", **_RETRIES})
        self.backend.create_table("simulated_retries", schema=no_retries, overwrite=True)
        update = None if known is None else Update(self.backend, known, MODELING)
        for node in NODES:
            self._run(node, update)

    def _run(self, node, update):
        inputs = {name: self._loaded(name, update) for name in node.inputs}
        (output,) = node.outputs
        if update is not None:
            step = update.step(output, inputs)
            if step.keys is not None:
                self.datasets[output].replace_only(step.keys)
            inputs |= step.inputs
        self.datasets[output].save(node.run(inputs)[output])

    def _loaded(self, name, update):
        if name in PARAMETERS:
            return PARAMETERS[name]
        if name == "replaced_rows":
            keys = update.keys if update else {}
            rows = {table: self.datasets[table].saved_rows for table in keys}
            return ReplacedRows(keys, rows) if update else EVERYTHING
        return self.datasets[name].load()

    def content(self):
        """Every table as sorted rows."""
        return {
            name: sorted(map(repr, self.datasets[name].load().to_pyarrow().to_pylist()))
            for name in TABLES
        }


_RETRIES = {
    "requested_at": "timestamp(6)",
    "status": "string",
    "latency_ms": "int64",
    "cost_credits": "float64",
}


def row(user, minutes, **values):
    return {
        "user_name": user,
        "requested_at": FIRST + timedelta(minutes=minutes),
        "prompt_text": f"a quiet lake {int(minutes) % 7}",
        "status": "success",
        "latency_ms": 1000 + int(minutes) % 900,
        "retry_count": int(minutes) % 3,
        "cost_credits": 0.25,
        **values,
    }


@pytest.fixture
def check(tmp_path, observed_only):
    """Builds the first rows, updates by each further batch, and compares with making all anew."""

    def compare(*batches):
        updated = Warehouse(tmp_path / "updated.duckdb", observed_only)
        rows = list(batches[0])
        updated.build(rows)
        for number, batch in enumerate(batches[1:]):
            known, rows = len(rows), rows + list(batch)
            updated.build(rows, known=known)
            anew = Warehouse(tmp_path / f"anew_{number}.duckdb", observed_only)
            anew.build(rows)
            expected = anew.content()
            for name, content in updated.content().items():
                assert content == expected[name], name
        return updated

    return compare


def session_count(warehouse):
    return len(warehouse.content()["fct_sessions"])


def test_the_next_day_is_added(check):
    first = [row("ann", minutes) for minutes in (0, 5, 1500)] + [row("bob", 3)]
    warehouse = check(first, [row("ann", 3000), row("cem", 3010), row("cem", 3015)])
    assert session_count(warehouse) == 5


def test_a_late_event_joins_two_sessions(check):
    first = [row("ann", minutes) for minutes in (0, 10, 50, 60)] + [row("bob", 30)]
    warehouse = check(first, [row("ann", 30)])
    assert session_count(warehouse) == 2


def test_a_late_event_exactly_at_the_gap_belongs_to_both_sides(check):
    assert session_count(check([row("ann", 0), row("ann", 60)], [row("ann", 30)])) == 1


def test_a_late_event_beyond_the_gap_is_a_session_of_its_own(check):
    assert session_count(check([row("ann", 0), row("ann", 62)], [row("ann", 31)])) == 3


def test_a_late_event_before_a_session_renames_it(check):
    warehouse = check([row("ann", 20), row("ann", 3000)], [row("ann", 0)])
    assert session_count(warehouse) == 2


def test_a_session_moved_to_the_day_before_leaves_an_empty_day(check):
    midnight = 15 * 60
    first = [row("ann", midnight + 5), row("bob", 9 * 1440), row("bob", -4000)]
    warehouse = check(first, [row("ann", midnight - 10)])
    days = warehouse.datasets["daily_metrics"].load().to_pyarrow().to_pylist()
    assert len(days) == 13
    assert sum(day["session_count"] for day in days) == 3


def test_the_last_day_goes_where_its_only_session_begins_the_day_before(check):
    midnight = 15 * 60
    check([row("bob", 0), row("ann", midnight + 5)], [row("ann", midnight - 10)])


def test_churn_follows_the_end_of_the_data(check):
    week = 7 * 1440
    first = [row("ann", 0), row("bob", 100), row("cem", 3000)]
    warehouse = check(first, [row("cem", 4000)], [row("cem", week + 50)], [row("bob", 2 * week)])
    churned = warehouse.datasets["fct_sessions"].load().select("user_id", "churned_after")
    told = {(each["user_id"], each["churned_after"]) for each in churned.to_pyarrow().to_pylist()}
    assert {("ann", True), ("bob", True), ("bob", None), ("cem", False)} <= told


def test_a_lengthened_session_is_still_followed_by_the_next_one(check):
    day = 1440
    first = [row("ann", 0), row("ann", 2 * day), row("ann", 3 * day), row("bob", 30 * day)]
    warehouse = check(first, [row("ann", 5), row("bob", 31 * day)])
    churned = warehouse.datasets["fct_sessions"].load().order_by("started_at")
    told = churned.select("user_id", "churned_after").to_pyarrow().to_pylist()
    assert [each["churned_after"] for each in told if each["user_id"] == "ann"] == [
        False,
        False,
        True,
    ]


def test_a_late_session_makes_a_user_come_back_who_had_churned(check):
    day = 1440
    first = [row("ann", 0), row("ann", 9 * day), row("bob", 40 * day)]
    warehouse = check(first, [row("ann", 6 * day)])
    told = warehouse.datasets["fct_sessions"].load().order_by("started_at").churned_after
    assert told.to_pyarrow().to_pylist() == [False, False, True, None]


def test_a_user_whose_profile_the_new_rows_tell_has_it_everywhere(check):
    first = [row("ann", 0), row("ann", 3000), row("bob", 5)]
    warehouse = check(first, [row("ann", 6000, user_tier="enterprise", region="asia")])
    facts = warehouse.datasets["fct_generations"].load().to_pyarrow().to_pylist()
    assert {fact["user_tier"] for fact in facts if fact["user_id"] == "ann"} == {"enterprise"}


def test_nothing_new_changes_nothing(check):
    rows = [row("ann", minutes) for minutes in (0, 5, 1500)]
    check(rows, [])


def random_rows(random, count):
    """Few users on few days, so that late events meet sessions, midnights and each other."""
    tiers = [None, None, None, "free", "pro"]
    return [
        row(
            f"user {random.integers(5)}",
            float(random.integers(12 * 24 * 12) * 5 + random.choice([0, 0, 0.25])),
            prompt_text=random.choice([None, "a lake", " a  lake", "a red lake, dusk"]),
            status=random.choice([None, "success", "timeout", "model_error"]),
            cost_credits=random.choice([None, round(float(random.gamma(2)), 5)]),
            user_tier=random.choice(tiers) if random.random() < 0.2 else None,
        )
        for _ in range(count)
    ]


def check_random_log(check, seed):
    random = np.random.default_rng(seed)
    sizes = [int(random.integers(5, 80)), *random.integers(1, 25, size=2)]
    check(*(random_rows(random, size) for size in sizes))


@pytest.mark.parametrize("seed", range(4))
def test_random_logs_in_any_order(check, seed):
    check_random_log(check, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 160))
def test_many_random_logs_in_any_order(check, seed):
    check_random_log(check, seed)


def test_an_update_that_fails_leaves_the_table_as_it_was(tmp_path, observed_only):
    warehouse = Warehouse(tmp_path / "warehouse.duckdb", observed_only)
    warehouse.build([row("ann", 0), row("bob", 5)])
    before = warehouse.content()
    dataset = warehouse.datasets["fct_sessions"]
    table = dataset.load()
    dataset.replace_only(table.select("session_id"))
    with pytest.raises(Exception, match="no_such_column") as caught:
        dataset.save(table.mutate(no_such_column=1))
    assert isinstance(caught.value.__cause__, duckdb.Error)
    assert warehouse.content() == before
