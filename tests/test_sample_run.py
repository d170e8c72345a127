"""The whole project on 200 rows, as a user runs it: a command in a folder of its own."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import numpy as np
import pytest

from genai_session_analyzer.pipelines.publish.nodes import PUBLISHED_TABLES
from genai_session_analyzer.schema import TABLES, TableValidator
from genai_session_analyzer.warehouse.builds import current_build, find_damage
from genai_session_analyzer.warehouse.reader import BuildReader
from kedro_project import copy_project

KEDRO = str(Path(sys.executable).parent / "kedro")
CORE_OF_SAMPLE = ("--env", "sample", "--pipeline=core")


def run(project, *arguments, command=("run",), **options):
    """`kedro run` there; its output as text."""
    return subprocess.run(
        [KEDRO, *command, *arguments],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        **options,
    )


def content(project):
    """Every published table but those with a time of their own, as sorted rows."""
    with BuildReader(project / "data/published") as reader:
        return {
            name: sorted(map(repr, reader.query(f"FROM {name}").to_pylist()))
            for name in PUBLISHED_TABLES
            if name != "rejected_rows"
        }


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """A project after one run of the sample environment, and what that run printed."""
    project = copy_project(tmp_path_factory.mktemp("sample") / "project")
    return project, run(project, "--env", "sample")


@pytest.fixture
def project(sample, tmp_path):
    """A copy of the sample project to do things to."""
    return Path(shutil.copytree(sample[0], tmp_path / "project", symlinks=True))


def test_a_run_ends_with_the_short_table(sample):
    project, finished = sample
    assert finished.returncode == 0, finished.stderr
    rows = current_build(project / "data/published").rows
    assert rows["fct_generations"] == 200
    for words in ("users", "sessions", "success rate", "mean friction", "cost", "rejected rows",
                  "rows in fct_sessions", "time of modeling", "Next:"):  # fmt: skip
        assert words in finished.stdout
    assert "Traceback" not in finished.stderr
    assert "Warning" not in finished.stderr


def test_published_tables_have_the_declared_columns_and_types(sample):
    with BuildReader(sample[0] / "data/published") as reader:
        for name in PUBLISHED_TABLES:
            table = reader.ibis().table(name)
            assert tuple(table.columns) == TABLES[name].column_names
            TableValidator(name).validate(table)


def test_the_link_leads_to_the_current_build(sample):
    project, _ = sample
    link = project / "data/warehouse.duckdb"
    assert link.is_symlink()
    assert link.resolve() == current_build(project / "data/published").path.resolve()


def test_the_same_seed_gives_the_same_tables(sample, project):
    before = content(sample[0])
    assert run(project, *CORE_OF_SAMPLE).returncode == 0
    assert content(project) == before


def test_another_seed_gives_other_tables(sample, project):
    assert run(project, *CORE_OF_SAMPLE, "--params", "simulation.seed=7").returncode == 0
    after = content(project)
    assert after["fct_generations"] != content(sample[0])["fct_generations"]


@pytest.mark.parametrize("name", ["ingestion", "simulation", "modeling", "metrics", "publish"])
def test_each_pipeline_runs_alone(project, name):
    finished = run(project, "--env", "sample", f"--pipeline={name}")
    assert finished.returncode == 0, finished.stderr
    assert "Warning" not in finished.stderr
    assert ("nothing was published" in finished.stderr) == (name != "publish")


def write_log(path, rows):
    """A CSV log and its mapping; the mapping's path."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    mapping = path.with_suffix(".yml")
    fields = {"prompt": "prompt_text", "user": "user_name", "time": "requested_at",
              "outcome": "status", "signup": "signup_date"}  # fmt: skip
    lines = ["dataset: our_log", "timezone: UTC", "columns:"]
    for column in rows[0]:
        lines += [f"  {fields[column]}:", f"    column: {column}"]
        if column == "outcome":
            lines += ["    values: {ok: success, failed: model_error}"]
    mapping.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return mapping


def log_row(number, **values):
    return {"prompt": f"a lake {number}", "user": f"u{number % 3}",
            "time": f"2024-03-01 10:{number:02d}:00", "outcome": "ok"} | values  # fmt: skip


def run_log(project, rows):
    log = project / "our_log.csv"
    mapping = write_log(log, rows)
    parameters = f"source.path={log},source.mapping={mapping}"
    return run(project, "--env", "logs", "--pipeline=core", "--params", parameters)


def test_a_log_of_ones_own_replaces_the_corpus_and_keeps_what_it_says(project):
    rows = [log_row(number, outcome="failed" if number % 4 == 0 else "ok") for number in range(20)]
    finished = run_log(project, [*rows, log_row(20, prompt="  ")])
    assert finished.returncode == 0, finished.stderr
    with BuildReader(project / "data/published") as reader:
        found = reader.query(
            "SELECT dataset, count(*) AS n, count(status) AS known,"
            " sum(is_model_error::INT) AS bad, count(DISTINCT user_id) AS users,"
            " count(latency_ms) AS latencies,"
            " max(telemetry_origin) AS origin FROM fct_generations GROUP BY 1"
        ).to_pylist()
        rejected = reader.query("SELECT row_number, reasons FROM rejected_rows").to_pylist()
    assert found == [
        {"dataset": "our_log", "n": 20, "known": 20, "bad": 5, "users": 3, "latencies": 0,
         "origin": "observed"}
    ]  # fmt: skip
    assert [row["row_number"] for row in rejected] == [21]


def test_a_bad_file_is_one_clear_line_and_leaves_everything_as_it_was(project):
    before = (project / "data/published/CURRENT").read_bytes()
    warehouse = (project / "data/03_primary/warehouse.duckdb").read_bytes()
    (project / "broken.parquet").write_bytes(b"PAR1 this is not parquet")
    parameters = "source.path=broken.parquet,source.mapping=discord_jobs"
    finished = run(project, "--env", "logs", "--pipeline=core", "--params", parameters)
    assert finished.returncode == 1
    (line,) = [line for line in finished.stderr.splitlines() if "broken.parquet" in line]
    assert line.startswith("Error: ")
    assert "Traceback" not in finished.stderr
    assert (project / "data/published/CURRENT").read_bytes() == before
    assert (project / "data/03_primary/warehouse.duckdb").read_bytes() == warehouse


def test_failed_checks_stop_the_publish_and_show_the_rows(project):
    before = (project / "data/published/CURRENT").read_bytes()
    rows = [log_row(number, signup="2024-03-05") for number in range(10)]
    finished = run_log(project, rows)
    assert finished.returncode == 1
    assert "signup_before_activity (dim_users): 3 row(s)" in finished.stderr
    assert "signup_date=2024-03-05" in finished.stderr
    assert "old build is still served" in finished.stderr
    assert (project / "data/published/CURRENT").read_bytes() == before


def test_a_wrong_parameter_is_one_clear_line(project):
    finished = run(project, "--params", "corpus.genration_count=5")
    assert finished.returncode == 1
    assert finished.stderr.strip() == (
        "Error: corpus.genration_count: there is no such parameter; see conf/base/parameters_*.yml"
    )


def test_a_dry_run_is_for_the_ingestion_only(project):
    finished = run(project, "--params", "dry_run=true")
    assert finished.returncode == 1
    assert "--pipeline=ingestion" in finished.stderr


def tree(project):
    """Every path below the project, with size and time of change."""
    return {path: (path.lstat().st_size, path.lstat().st_mtime_ns) for path in project.rglob("*")}


def test_a_dry_run_prints_the_plan_and_writes_nothing(tmp_path):
    project = copy_project(tmp_path / "project")
    log = project / "our_log.csv"
    mapping = write_log(log, [log_row(1), log_row(2, prompt=""), log_row(3, outcome="weird")])
    before = tree(project)
    parameters = f"source.path={log},source.mapping={mapping},dry_run=true"
    finished = run(project, "--pipeline=ingestion", "--env", "logs", "--params", parameters)
    assert finished.returncode == 0, finished.stderr
    for words in ("prompt_text", "outcome", "latency_ms", "unknown_status", "prompt_text_"):
        assert words in finished.stdout
    assert tree(project) == before


def test_a_second_run_beside_the_first_is_told_to_wait(project):
    first = subprocess.Popen(
        [KEDRO, "run", "--pipeline=core", "--params", "corpus.generation_count=300000"],
        cwd=project,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert first.stderr.readline()  # it is in its first node, so it holds the lock
        second = run(project, *CORE_OF_SAMPLE)
    finally:
        first.kill()
        first.communicate()
    assert second.returncode == 1
    assert f"process {first.pid}" in second.stderr


def check_killed_runs(project, delays):
    """Kills a run after each delay; what is served stays whole and the next run works."""
    root = project / "data/published"
    served = current_build(root).id
    for delay in delays:
        process = subprocess.Popen(
            [KEDRO, "run", *CORE_OF_SAMPLE],
            cwd=project,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        build = current_build(root)
        assert build.id >= served
        assert find_damage(build) is None
        served = build.id
        with BuildReader(root) as reader:
            assert reader.notice is None
            assert reader.query("SELECT count(*) AS n FROM fct_generations")["n"][0].as_py() == 200
    finished = run(project, *CORE_OF_SAMPLE)
    assert finished.returncode == 0, finished.stderr
    assert current_build(root).id > served


def test_runs_killed_at_any_moment_leave_a_whole_build(project):
    check_killed_runs(project, np.random.default_rng(1).uniform(0.8, 5.0, size=4))


@pytest.mark.soak
def test_many_runs_killed_at_any_moment_leave_a_whole_build(project):
    check_killed_runs(project, np.random.default_rng(2).uniform(0.3, 6.0, size=40))


def test_a_run_needs_no_network(project):
    probe = subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True)
    if probe.returncode:
        pytest.skip("no network namespaces here (unshare -rn)")
    finished = subprocess.run(
        ["unshare", "-rn", KEDRO, "run", "--env", "sample"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr


def test_the_graph_shows_the_layers(project):
    environment = os.environ | {"DO_NOT_TRACK": "1", "KEDRO_DISABLE_TELEMETRY": "1"}
    finished = run(project, command=("viz", "build"), env=environment)
    assert finished.returncode == 0, finished.stderr
    graph = json.loads((project / "build/api/main").read_text(encoding="utf-8"))
    assert set(graph["layers"]) == {
        "raw", "intermediate", "truth", "primary", "models", "feature", "reporting", "published"
    }  # fmt: skip
    names = {pipeline["id"] for pipeline in graph["pipelines"]}
    assert names >= {"ingestion", "simulation", "modeling", "enrichment", "metrics", "core"}


def test_duckdb_alone_can_read_the_link(sample):
    link = sample[0] / "data/warehouse.duckdb"
    with duckdb.connect(str(link), read_only=True) as connection:
        assert connection.sql("SELECT count(*) FROM fct_sessions").fetchone()[0] > 0
