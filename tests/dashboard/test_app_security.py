"""What the server refuses, what every answer carries, and what it does not say."""

import base64
import hashlib
import logging
import re
from pathlib import Path
from typing import Any

import dash
import pytest
from dash import Input, Output, html
from flask.testing import FlaskClient

from dashboard.dash_client import answer, ask, page_text
from dashboard.dashboard_build import publish, services
from genai_session_analyzer.dashboard.app import create_app
from genai_session_analyzer.dashboard.page import Page
from genai_session_analyzer.dashboard.pages import PAGES, copilot, method, overview
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.errors import NoBuildError
from genai_session_analyzer.warehouse.reader import BuildReader

OURS = (overview, method, copilot)
CALLBACK = "/_dash-update-component"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> dash.Dash:
    return create_app(services(tmp_path_factory.mktemp("build")))


@pytest.fixture
def client(app: dash.Dash) -> FlaskClient:
    return app.server.test_client()


@pytest.mark.parametrize("path", ["/", "/_dash-layout", "/assets/shell.css", "/img/a", CALLBACK])
@pytest.mark.parametrize("host", ["evil.com", "127.0.0.1.evil.com", "evil.com:8050", "localhost."])
def test_a_foreign_host_is_refused(client: FlaskClient, path: str, host: str) -> None:
    assert client.get(path, headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8050", "localhost:9"])
def test_its_own_names_are_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.com"},
        {"Origin": "http://localhost:8051"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
    ],
)
def test_another_origin_cannot_run_callbacks(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post(CALLBACK, json={}, headers=headers).status_code == 403


def test_the_own_origin_can(app: dash.Dash, client: FlaskClient) -> None:
    client.environ_base.update(HTTP_ORIGIN="http://localhost", HTTP_SEC_FETCH_SITE="same-origin")
    assert "Generations" in page_text(client, app, "/")


def test_a_large_request_is_refused(client: FlaskClient) -> None:
    assert client.post(CALLBACK, json={"output": "x" * 1_000_001}).status_code == 413


@pytest.mark.parametrize("path", ["/", "/assets/shell.css", "/img/none", "/nowhere"])
def test_every_answer_carries_the_headers(client: FlaskClient, path: str) -> None:
    with client.get(path) as answered:
        headers = answered.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    rules = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert rules["default-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"
    assert "unsafe" not in rules["script-src"]
    assert "http" not in headers["Content-Security-Policy"]


def test_every_inline_script_is_allowed_by_its_hash_and_nothing_is_loaded_from_elsewhere(
    client: FlaskClient,
) -> None:
    answered = client.get("/")
    page = re.sub(r"<!--.*?-->", "", answered.text, flags=re.S)
    assert "//" not in "".join(re.findall(r'(?:src|href)="([^"]+)"', page))
    inline = re.findall(r"<script>(.*?)</script>", page, flags=re.S) + re.findall(
        r'<script id="_dash-renderer" type="application/javascript">(.*?)</script>', page, re.S
    )
    policy = answered.headers["Content-Security-Policy"]
    assert inline
    for script in inline:
        assert _sha256(script) in policy


def _sha256(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_debug_hot_reload_dev_tools_and_mcp_are_off(app: dash.Dash, client: FlaskClient) -> None:
    assert not app.server.debug
    assert not app._dev_tools.get("ui")
    assert not app._dev_tools.get("hot_reload")
    assert app.config.serve_locally
    for path in ("/_mcp", "/_reload-hash"):
        answered = client.get(path)
        assert "mcp" not in answered.text.lower() or answered.status_code == 404
    assert not any("mcp" in str(rule) for rule in app.server.url_map.iter_rules())


class Broken:
    """A page whose callback fails in a way nobody foresaw."""

    PAGE = Page(path="/broken", title="Broken", icon="info", order=1)

    def layout(self, services: Services, filters: object) -> html.Div:
        del services, filters
        return html.Div(id="broken")

    def register_callbacks(self, app: dash.Dash, services: Services) -> None:
        del services

        @app.callback(Output("broken", "children"), Input("url", "search"))
        def fail(search: str | None) -> str:
            if search == "?ours":
                raise NoBuildError("Nothing has been published. Run `make run`.")
            raise RuntimeError("secret path /home/ann")


def test_an_unforeseen_error_shows_an_id_that_the_log_explains(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(services(tmp_path), pages=[Broken()])
    client = app.server.test_client()
    with caplog.at_level(logging.ERROR):
        shown = ask(client, app, "broken.children", {"url.search": ""}, "url.search")
    assert "secret" not in shown.text
    assert "Traceback" not in shown.text
    reference = re.search(r"under the id (\w{8})", shown.text)
    assert reference is not None
    assert any(reference[1] in record.getMessage() for record in caplog.records)
    ours = ask(client, app, "broken.children", {"url.search": "?ours"}, "url.search")
    assert "Run `make run`" in ours.text


def test_a_malformed_callback_is_an_id_too(client: FlaskClient) -> None:
    answered = client.post(CALLBACK, json={"output": "nothing.children"})
    assert answered.status_code == 500
    assert re.fullmatch(r"Something went wrong here.*id \w{8}\.", answered.text)


def test_without_a_build_the_page_says_what_to_do_and_shows_one_when_it_comes(
    tmp_path: Path,
) -> None:
    reader = BuildReader(tmp_path / "published")
    given = Services(reader=reader, search=None, mlflow_store=None, images=tmp_path)
    app = create_app(given, pages=OURS)
    client = app.server.test_client()
    assert client.get("/").status_code == 200
    assert "Run `make run`" in client.get("/_dash-layout").text
    publish(tmp_path / "published")
    layout = client.get("/_dash-layout").text
    assert "make run" not in layout
    assert "Friction, 0-100" in page_text(client, app, "/")


def test_pages_are_registered_once_with_their_own_path() -> None:
    assert len({page.PAGE.path for page in PAGES}) == len(PAGES) == 8


def test_answers_are_remembered_per_build(tmp_path: Path) -> None:
    given = services(tmp_path)
    asked: list[str] = []

    def compute() -> str:
        asked.append("x")
        return given.reader.build.id

    first = given.remember("key", compute)
    assert given.remember("key", compute) == first
    assert len(asked) == 1
    publish(tmp_path / "published")
    assert given.remember("key", compute) != first
    assert len(asked) == 2


def test_the_menu_carries_the_filters_along(app: dash.Dash, client: FlaskClient) -> None:
    values: dict[str, Any] = {"url.pathname": "/", "url.search": "?tier=pro&session=s1"}
    shown = answer(ask(client, app, "page.children", values, "url.search"))
    links = [link["props"]["href"] for link in shown["nav"]["children"]]
    assert "/friction?tier=pro" in links
    assert "/?tier=pro" in links
