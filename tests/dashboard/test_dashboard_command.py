"""`gsa dashboard`: what it says when it cannot serve, and that it serves."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboard.dashboard_build import publish
from genai_session_analyzer.cli import main
from genai_session_analyzer.dashboard.config import DashboardSettings, settings_for


@pytest.mark.parametrize(
    "arguments", [("--port", "0"), ("--port", "70000"), ("--host", "a b"), ("--allow-host", ".com")]
)
def test_an_address_that_is_none_is_one_line_with_a_remedy(arguments: tuple[str, ...]) -> None:
    answered = CliRunner().invoke(main, ["dashboard", *arguments])
    assert answered.exit_code == 1
    assert answered.output.count("\n") == 1
    assert "--port 8050" in answered.output


def test_a_taken_port_is_one_line_with_a_remedy(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        arguments = ["dashboard", "--port", port, "--root", str(tmp_path)]
        answered = CliRunner().invoke(main, arguments)
    assert answered.exit_code == 1
    assert f"cannot listen on 127.0.0.1:{port}" in answered.output
    assert "Choose another port" in answered.output
    assert "Traceback" not in answered.output


def test_it_listens_on_loopback_unless_told_otherwise() -> None:
    assert DashboardSettings().host == "127.0.0.1"
    assert set(DashboardSettings().allowed_hosts) == {"127.0.0.1", "localhost"}
    assert "box.local" in settings_for("0.0.0.0", 8050, ("box.local",)).allowed_hosts  # noqa: S104


def test_it_serves_pages_until_it_is_ended(tmp_path: Path) -> None:
    publish(tmp_path / "published")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "genai_session_analyzer.cli", "dashboard"]
    options = ["--port", str(port), "--root", str(tmp_path / "published")]
    server = subprocess.Popen(command + options, stdout=subprocess.DEVNULL)
    try:
        page = _fetch(f"http://127.0.0.1:{port}/")
        assert "GenAI Session Analyzer" in page
        foreign = urllib.request.Request(f"http://127.0.0.1:{port}/", headers={"Host": "evil.com"})
        with pytest.raises(urllib.error.HTTPError, match="400") as refused:
            urllib.request.urlopen(foreign)  # noqa: S310
        refused.value.close()
    finally:
        server.terminate()
        assert server.wait(timeout=20) == 0


def _fetch(address: str) -> str:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address) as answered:  # noqa: S310
                return str(answered.read().decode())
        except urllib.error.URLError:
            assert time.monotonic() < deadline
            time.sleep(0.2)
