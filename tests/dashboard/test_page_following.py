"""What a page is drawn anew for: its path, the filters, a new build; not what it follows itself."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import dash
import pytest
from callback_client import ask

from dashboard.dashboard_build import publish, records, services
from genai_session_analyzer.dashboard.app import create_app, page_mark
from genai_session_analyzer.dashboard.page import PageModule
from genai_session_analyzer.dashboard.pages import friction, gallery, overview
from genai_session_analyzer.dashboard.pages.friction_view import FrictionView

PAGES: tuple[Any, ...] = (overview, friction, gallery)
VIEW = FrictionView(by="region", down="domain", across="mood", measure="error_rate")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("build")


@pytest.fixture(scope="module")
def app(root: Path) -> dash.Dash:
    return create_app(services(root), pages=PAGES)


def mark(path: str, query: str, build: str = "b1") -> str:
    pages: tuple[PageModule, ...] = PAGES
    return page_mark(pages, path, query, build)


@pytest.mark.parametrize(
    ("path", "before", "after", "is_same"),
    [
        ("/", "", "?tier=pro", False),
        ("/", "?tier=pro", "?tier=pro", True),
        ("/friction", "?tier=pro", "?tier=pro&by=region&down=mood", True),
        ("/friction", "?tier=pro", "?tier=free", False),
        ("/gallery", "", "?q=lake&tier=pro&lasso=0,0;1,0;1,1&n=48", True),
        ("/nowhere", "", "", True),
    ],
)
def test_a_page_stands_while_only_what_it_follows_changes(
    path: str, before: str, after: str, is_same: bool
) -> None:
    assert (mark(path, before) == mark(path, after)) is is_same
    assert mark(path, before) != mark(path, before, "b2")
    assert mark(path, before) != mark("/sessions", before)


def test_the_gallerys_body_is_not_sent_again_by_a_search(app: dash.Dash) -> None:
    values = {"url.search": "", "url.pathname": "/gallery", "build-shown.data": "b1"}
    first = ask(app, "page.children", values)
    searched = {**values, "url.search": "?q=lake", "page-shown.data": first["page-shown"]["data"]}
    assert "page" in first
    assert "page" not in ask(app, "page.children", searched)
    assert "page" in ask(app, "page.children", {**searched, "build-shown.data": "b2"})


def test_an_open_page_learns_of_a_new_build_once(tmp_path: Path) -> None:
    served = services(tmp_path)
    app = create_app(served, pages=PAGES)
    old = served.reader.build.id
    asked = {"build-clock.n_intervals": 1, "build-shown.data": old}
    assert ask(app, "build-shown.data", asked) == {}
    generations = records()["fct_generations"]
    for row in generations:
        row["requested_at"] += timedelta(days=400)
        row["requested_date"] = row["requested_at"].date()
        row["model_version"] = "v9"
    publish(tmp_path / "published", fct_generations=generations)
    answered = ask(app, "build-shown.data", asked)
    new = served.reader.build.id
    assert answered["build-shown"]["data"] == new != old
    assert answered["filter-model-version"]["data"] == [{"value": "v9", "label": "v9"}]
    days = [row["requested_date"] for row in generations]
    assert answered["filter-days"]["minDate"] == min(days).isoformat()
    assert answered["filter-days"]["maxDate"] == max(days).isoformat()
    assert "Published" in str(answered["freshness"]["children"])
    assert ask(app, "build-shown.data", {**asked, "build-shown.data": new}) == {}


def test_friction_keeps_its_choices_in_the_url() -> None:
    query = VIEW.into_query("?tier=pro&by=mood&session=s1")
    assert query == ("?tier=pro&session=s1&by=region&down=domain&across=mood&measure=error_rate")
    assert FrictionView.from_query(query) == VIEW
    assert FrictionView().into_query("?tier=pro&by=mood") == "?tier=pro"
    assert FrictionView.from_query("?by=salary&measure=nonsense&down=mood").down == "mood"
    assert FrictionView.from_query("?by=salary&measure=nonsense") == FrictionView()


def test_the_controls_of_friction_and_the_url_follow_each_other(app: dash.Dash) -> None:
    controls = ("friction-by", "friction-down", "friction-across", "friction-measure")
    shown = dict(zip((f"{each}.value" for each in controls), VIEW.values(), strict=True))
    answered = ask(app, "friction-by.value", {"url.search": VIEW.into_query("?tier=pro")})
    assert tuple(answered[each]["value"] for each in controls) == VIEW.values()
    same = {"url.search": VIEW.into_query(""), **shown}
    assert ask(app, "friction-by.value", same) == {}
    written = _written(app, {**shown, "url.search": "?tier=pro"})
    assert written["url"]["search"] == VIEW.into_query("?tier=pro")
    assert _written(app, {**shown, "url.search": VIEW.into_query("?tier=pro")}) == {}


def _written(app: dash.Dash, values: dict[str, Any]) -> dict[str, Any]:
    """What the callback answers that has the first of these values as an input."""
    wanted = next(iter(values)).split(".")[0]
    key = next(
        key
        for key, found in app.callback_map.items()
        if "url.search" in key and any(each["id"] == wanted for each in found["inputs"])
    )
    return ask(app, key.strip("."), values)
