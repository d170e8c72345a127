"""`kedro run --env spark` beside `kedro run`: the same tables, partition by partition."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import duckdb
import pytest

from genai_session_analyzer.pipelines.publish.nodes import PUBLISHED_TABLES
from genai_session_analyzer.schema import TABLES
from genai_session_analyzer.schema.features import FEATURE_TABLES
from genai_session_analyzer.warehouse.reader import BuildReader
from kedro_project import copy_project
from spark_rows import FIRST_DAY, log_rows, write_log

pytestmark = [
    pytest.mark.java,
    pytest.mark.skipif(
        find_spec("pyspark") is None or shutil.which("java") is None,
        reason="needs the extra `spark` and Java 17",
    ),
]
KEDRO = str(Path(sys.executable).parent / "kedro")
ENVIRONMENTS = {"duckdb": (), "spark": ("--env", "spark")}
WAREHOUSES = {"duckdb": "warehouse.duckdb", "spark": "warehouse_spark.duckdb"}
STAGED_TABLES = ("stg_generations", "stg_users", "stg_prompts")
PARTITIONS = {"fct_generations": "requested_date", "fct_sessions": "session_date"}
DAY = FIRST_DAY.date()


def run(project, *arguments):
    return subprocess.run(
        [KEDRO, "run", *arguments],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
        # Small tables: half of the time goes into compiling what runs only once.
        env=os.environ | {"JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1"},
    )


def run_both(folder, parameters, *arguments):
    """Two projects after a run with these parameters, on DuckDB and on Spark."""
    projects = {engine: copy_project(folder / engine) for engine in ENVIRONMENTS}
    for engine, project in projects.items():
        finished = run(project, *ENVIRONMENTS[engine], "--params", parameters, *arguments)
        assert finished.returncode == 0, finished.stderr
        assert "Warning" not in finished.stderr
    return projects


@pytest.fixture(scope="module")
def of_corpus(tmp_path_factory):
    parameters = (
        "corpus.generation_count=2000,simulation.sessions.period_days=15,"
        "simulation.retries_as_rows=true,"
        "text_encoder.kind=hash,image_encoder.kind=colours,images.source.max_count=5"
    )
    return run_both(tmp_path_factory.mktemp("corpus"), parameters)


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """Parameters that name a log of which much is unknown."""
    source = write_log(tmp_path_factory.mktemp("log"), log_rows(2500, seed=3))
    return f"{source},simulation.fill.telemetry=false"


@pytest.fixture(scope="module")
def of_log(tmp_path_factory, log):
    return run_both(tmp_path_factory.mktemp("log_projects"), log, "--pipeline=core")


def published(project, table):
    with BuildReader(project / "data/published") as reader:
        found = reader.query(f"FROM {table}")
    timeless = [name for name in found.column_names if name not in ("ingested_at", "mlflow_run_id")]
    return found.schema, sorted(map(repr, found.select(timeless).to_pylist()))


def in_warehouse(project, engine, table):
    """Rows of a table or view of the warehouse; a view's paths start at the project."""
    with duckdb.connect(str(project / "data/03_primary" / WAREHOUSES[engine])) as connection:
        connection.execute(f"SET file_search_path = '{project}'")
        return sorted(map(repr, connection.table(table).to_arrow_table().to_pylist()))


@pytest.mark.parametrize("table", PUBLISHED_TABLES)
@pytest.mark.parametrize("source", ["of_corpus", "of_log"])
def test_every_published_table_is_the_same(source, table, request):
    projects = request.getfixturevalue(source)
    types, rows = published(projects["duckdb"], table)
    spark_types, spark_rows = published(projects["spark"], table)
    assert spark_types == types
    assert spark_rows == rows
    assert rows or table == "rejected_rows" or (source == "of_log" and table in FEATURE_TABLES)


@pytest.mark.parametrize("table", STAGED_TABLES)
def test_every_staged_table_is_the_same(of_log, table):
    found = {engine: in_warehouse(project, engine, table) for engine, project in of_log.items()}
    assert found["spark"] == found["duckdb"]


def test_the_log_has_what_the_engines_could_differ_in(of_log):
    with BuildReader(of_log["spark"] / "data/published") as reader:
        sessions = reader.query(
            "SELECT count(*) AS n, count(friction_score) AS scored, max(generation_count) AS most,"
            " count(DISTINCT session_date) AS days, count(success_rate) AS rated FROM fct_sessions"
        ).to_pylist()[0]
    assert 0 < sessions["scored"] < sessions["n"]
    assert sessions["rated"] < sessions["n"]
    assert sessions["most"] >= 4
    assert sessions["days"] >= 6


def test_facts_are_partitioned_by_day(of_log):
    tables = of_log["spark"] / "data/03_primary/spark"
    for table, column in PARTITIONS.items():
        with BuildReader(of_log["spark"] / "data/published") as reader:
            days = reader.ibis().table(table)[column].to_pyarrow().unique().to_pylist()
        assert {f"{column}={day}" for day in days} == {
            folder.name for folder in (tables / table).glob("*=*")
        }


def parts(project, table):
    """The parquet files of a partitioned table by their partition."""
    folder = project / "data/03_primary/spark" / table
    return {
        day.name.partition("=")[2]: {file.name for file in day.glob("*.parquet")}
        for day in folder.glob("*=*")
    }


@pytest.fixture
def project(of_log, tmp_path):
    """A copy of the log's project on Spark to do things to."""
    return Path(shutil.copytree(of_log["spark"], tmp_path / "project", symlinks=True))


def test_a_run_for_one_day_writes_one_partition(project, log):
    before = {table: parts(project, table) for table in PARTITIONS}
    rows_before = {table: in_warehouse(project, "spark", table) for table in PARTITIONS}
    days = f"{log},spark.days={DAY}"
    finished = run(project, "--env", "spark", "--pipeline=modeling", "--params", days)
    assert finished.returncode == 0, finished.stderr
    for table, parts_before in before.items():
        after = parts(project, table)
        assert {day for day in after if after[day] != parts_before[day]} == {str(DAY)}
        assert in_warehouse(project, "spark", table) == rows_before[table]


def test_a_day_of_other_rows_is_not_published(project):
    build = (project / "data/published/CURRENT").read_bytes()
    days = f"corpus.generation_count=300,spark.days={DAY}"
    finished = run(project, "--env", "spark", "--pipeline=core", "--params", days)
    assert finished.returncode == 1
    assert "data-quality check(s) failed; nothing was published" in finished.stderr
    assert (project / "data/published/CURRENT").read_bytes() == build


def test_the_published_build_has_the_declared_columns(of_corpus):
    with BuildReader(of_corpus["spark"] / "data/published") as reader:
        for table in PUBLISHED_TABLES:
            assert tuple(reader.ibis().table(table).columns) == TABLES[table].column_names
