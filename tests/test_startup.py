"""No telemetry, and no warning that is not ours."""

import os
import subprocess
import sys
import warnings

import pytest

from genai_session_analyzer.startup import NO_TELEMETRY, prepare


@pytest.fixture
def prepared(monkeypatch):
    for switch in NO_TELEMETRY:
        monkeypatch.setenv(switch, "0")
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
    prepare()


@pytest.mark.usefixtures("prepared")
def test_every_telemetry_is_off():
    assert {os.environ[switch] for switch in NO_TELEMETRY} == {"1"}


def test_only_the_listed_warnings_are_silent():
    code = "\n".join(
        [
            "import warnings",
            "from genai_session_analyzer.startup import prepare",
            "prepare(), prepare()",
            "warnings.warn('ours')",
            "warnings.warn('Add type hints to the `predict` method')",
        ]
    )
    finished = subprocess.run(
        [sys.executable, "-W", "always", "-c", code], capture_output=True, text=True, check=True
    )
    assert finished.stderr.count("UserWarning") == 1
    assert "UserWarning: ours" in finished.stderr
