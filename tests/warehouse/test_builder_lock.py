"""One builder at a time, across processes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sample_builds import publish_sample

from genai_session_analyzer.errors import BuilderBusyError, PublishError
from genai_session_analyzer.warehouse.builder_lock import builder_lock

HOLD = """
import sys
from pathlib import Path
from genai_session_analyzer.warehouse.builder_lock import builder_lock
with builder_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_holder_is_named_and_a_killed_one_lets_go(tmp_path: Path) -> None:
    root = tmp_path / "published"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, root], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(BuilderBusyError, match=rf"\(process {holder.pid}\) is building"):
            builder_lock(root).__enter__()
        holder.kill()
    with builder_lock(root):
        assert (root / "builder.lock").read_text() == f"{os.getpid()}\n"


def test_a_second_holder_in_one_process_is_refused_until_the_first_is_done(tmp_path: Path) -> None:
    with builder_lock(tmp_path), pytest.raises(BuilderBusyError), builder_lock(tmp_path):
        pass
    with builder_lock(tmp_path):
        pass


def test_the_holder_of_the_builders_lock_publishes(tmp_path: Path) -> None:
    with builder_lock(tmp_path):
        assert publish_sample(tmp_path).rows["fct_sessions"] == 3


def test_a_lock_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "published").write_text("a file, not a folder")
    with pytest.raises(PublishError, match="Cannot open the lock"):
        builder_lock(tmp_path / "published").__enter__()
