"""The calibration notebook runs from a fresh project, and is committed without output."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kedro_project import copy_project, run_kedro

PROJECT = Path(__file__).parent.parent.parent
NOTEBOOK = PROJECT / "notebooks" / "calibration.ipynb"


def code_cells():
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def test_notebook_is_committed_without_output():
    for cell in code_cells():
        assert cell["outputs"] == []
        assert cell["execution_count"] is None


def test_notebook_holds_no_logic():
    for cell in code_cells():
        source = "".join(cell["source"])
        compile(source, cell["id"], "exec")
        assert "def " not in source
        assert "SELECT" not in source


@pytest.mark.real_data
def test_notebook_runs_on_a_small_build(tmp_path):
    if not os.environ.get("GSA_REAL_DATA"):
        pytest.skip("GSA_REAL_DATA is not set: no real data to compare with")
    project = copy_project(tmp_path / "project")
    (project / "benchmarks").mkdir()
    for when in ("before", "after"):
        record = f"benchmarks/calibration_{when}.json"
        (project / record).write_bytes((PROJECT / record).read_bytes())
    run_kedro(project, "--pipeline=core", "--params", "corpus.generation_count=5000")
    script = "\n".join("".join(cell["source"]) for cell in code_cells())
    script += "\nassert distances.loc['words per prompt', 'distance'] < 0.15\n"
    script += "assert (distances.real_count > 20).all() and distances.notna().all().all()\n"
    script += "assert {trace.name for trace in picture.data} == {\n"
    script += "    'real', 'classic', 'realistic', 'this build'}\n"
    script += "assert len(picture.data) == 4 * len(real)\n"
    script += "picture.write_html('picture.html', include_plotlyjs=False)\n"
    real = str(Path(os.environ["GSA_REAL_DATA"]).resolve())
    ran = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", script],
        cwd=project,
        env=os.environ | {"GSA_REAL_DATA": real},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
