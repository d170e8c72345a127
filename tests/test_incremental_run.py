"""A run over a log that has grown, as a user does it: what is updated, what is rebuilt, kills."""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from genai_session_analyzer.pipelines.publish.nodes import PUBLISHED_TABLES
from genai_session_analyzer.warehouse.builds import current_build, find_damage
from genai_session_analyzer.warehouse.reader import BuildReader
from kedro_project import copy_project
from year_log import MAPPING, YearLog

KEDRO = str(Path(sys.executable).parent / "kedro")
HERE = Path(__file__).parent
LOG = YearLog(rows_per_day=60, user_count=25)
UPDATED = "the tables are updated"
REBUILT = "every table is rebuilt"


def start(project, source, *arguments, pipeline="core", parameters=""):
    command = [KEDRO, "run", f"--pipeline={pipeline}", "--env", "logs", *arguments]
    values = f"source.path={project / source},source.mapping=map.yml{parameters}"
    return subprocess.Popen(
        [*command, "--params", values],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(project, source, **options):
    """Runs there; what it logged. `source` is a file below the project."""
    with start(project, source, **options) as process:
        output, log = process.communicate(timeout=300)
    assert process.returncode == 0, log + output
    return log


def content(project):
    """Every published table as sorted rows."""
    with BuildReader(project / "data/published") as reader:
        assert reader.notice is None
        return {
            name: sorted(map(repr, reader.query(f"FROM {name}").to_pylist()))
            for name in PUBLISHED_TABLES
        }


def rebuilt(project, folder, source):
    """What a rebuild from the same raw store publishes."""
    other = copy_project(folder / "rebuilt")
    shutil.copy(project / "map.yml", other)
    shutil.copytree(project / source, other / source) if (
        project / source
    ).is_dir() else shutil.copy(project / source, other / source)
    shutil.copytree(project / "data/01_raw", other / "data/01_raw")
    assert REBUILT in run(other, source)
    return content(other)


@pytest.fixture(scope="module")
def grown(tmp_path_factory):
    """A project that has read four days, with the files of later days beside it."""
    project = copy_project(tmp_path_factory.mktemp("grown") / "project")
    (project / "map.yml").write_text(MAPPING, encoding="utf-8")
    LOG.write_days(project / "log", range(4))
    for number in range(4, 7):
        pq.write_table(LOG.day(number), project / f"day_{number}.parquet")
    late = LOG.day(1).set_column(0, "id", pa.array(np.arange(60) + 10**9)).slice(0, 9)
    pq.write_table(late, project / "late.parquet")
    assert REBUILT in run(project, "log")
    return project


@pytest.fixture
def project(grown, tmp_path):
    """A copy of that project to do things to."""
    return Path(shutil.copytree(grown, tmp_path / "project", symlinks=True))


def test_a_further_day_and_late_events_are_an_update_equal_to_a_rebuild(project, tmp_path):
    assert UPDATED in run(project, "day_4.parquet")
    assert UPDATED in run(project, "late.parquet")
    assert content(project) == rebuilt(project, tmp_path, "late.parquet")


def test_the_same_file_again_changes_nothing(project):
    before = content(project)
    assert f"{UPDATED} (0 new generations)" in run(project, "log")
    assert content(project) == before


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        (",modeling.session_gap_minutes=60", "parameters, code or libraries changed"),
        (",simulation.fill.telemetry=true", "the simulation completes the source"),
    ],
)
def test_anything_else_that_changes_leads_to_a_rebuild(project, parameters, reason):
    log = run(project, "day_4.parquet", parameters=parameters)
    assert f"{REBUILT} ({reason})" in log


def test_another_dataset_leads_to_a_rebuild(project):
    text = MAPPING.replace("year_log", "other_log")
    (project / "map.yml").write_text(text, encoding="utf-8")
    assert f"{REBUILT} (the raw store is another one)" in run(project, "day_4.parquet")


def test_a_part_of_the_pipelines_is_no_update_and_the_next_run_is_none_either(project, tmp_path):
    run(project, "day_4.parquet", pipeline="ingestion")
    run(project, "day_4.parquet", pipeline="simulation")
    log = run(project, "day_4.parquet", pipeline="modeling")
    assert f"{REBUILT} (only a part of the pipelines runs)" in log
    assert REBUILT in run(project, "day_5.parquet")
    assert UPDATED in run(project, "day_6.parquet")


def test_a_build_that_was_rolled_back_is_no_obstacle(project, tmp_path):
    run(project, "day_4.parquet")
    command = [str(Path(KEDRO).parent / "gsa"), "rollback"]
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    assert UPDATED in run(project, "day_5.parquet")
    assert content(project) == rebuilt(project, tmp_path, "day_5.parquet")


def check_killed_at(project, folder, dies_at):
    """Kills a run at a save: the old build stays whole, the next run publishes what is right."""
    served = current_build(project / "data/published").id
    command = [sys.executable, str(HERE / "run_and_die.py"), str(dies_at), "day_4.parquet"]
    killed = subprocess.run(
        [*command, "map.yml"], cwd=project, capture_output=True, check=False, timeout=300
    )
    build = current_build(project / "data/published")
    assert build.id >= served
    assert find_damage(build) is None
    run(project, "day_4.parquet")
    assert content(project) == rebuilt(project, folder, "day_4.parquet")
    return killed.returncode == -signal.SIGKILL


@pytest.mark.parametrize("dies_at", [-18])
def test_a_run_killed_at_a_save_is_followed_by_the_right_tables(project, tmp_path, dies_at):
    assert check_killed_at(project, tmp_path, dies_at)


@pytest.mark.soak
def test_a_run_killed_at_any_save_is_followed_by_the_right_tables(grown, tmp_path):
    died = []
    for dies_at in (sign * save for save in range(1, 60) for sign in (-1, 1)):
        folder = tmp_path / str(dies_at)
        project = Path(shutil.copytree(grown, folder / "project", symlinks=True))
        died.append(check_killed_at(project, folder, dies_at))
        shutil.rmtree(folder)
        if not died[-1]:
            break
    assert sum(died) > 30


def check_kills(project, folder, delays):
    """Kills runs after these seconds, each with the next day; then compares with a rebuild."""
    for delay in delays:
        with start(project, "day_4.parquet") as process:
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
            process.communicate()
        build = current_build(project / "data/published")
        assert find_damage(build) is None
    run(project, "day_4.parquet")
    assert content(project) == rebuilt(project, folder, "day_4.parquet")


def test_runs_killed_at_any_moment_are_followed_by_the_right_tables(project, tmp_path):
    check_kills(project, tmp_path, np.random.default_rng(3).uniform(3.0, 6.0, size=2))


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_many_runs_killed_at_any_moment(project, tmp_path, seed):
    check_kills(project, tmp_path, np.random.default_rng(seed).uniform(2.0, 6.0, size=5))
