"""The page Sessions over HTTP: its layout, its rows, its replay, its export."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sessions_build import generations_of, prompt, publish, session

import rows
from genai_session_analyzer.dashboard.app import create_app
from genai_session_analyzer.dashboard.formats import NOTHING
from genai_session_analyzer.dashboard.pages import sessions as page
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.semantic.view_filters import ViewFilters
from genai_session_analyzer.warehouse.reader import BuildReader

HOSTILE = (
    "<script>alert(1)</script>",
    "[x](javascript:alert(1)) **bold**",
    "\u202egnp.exe",
    "א עברית 👩‍👩‍👧 e\u0301",
    "word " * 2000,
    "=cmd|' /C calc'!A0",
)
LABEL = {"labeler": "rules", "model": "m", "revision": "r", "prompt_version": "1",
         "content_id": "c", "parse_status": "ok"}  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sessions: `one` (1 generation), `long` (500), `hostile` (one per hostile prompt)."""
    hostile = [
        rows.generation(
            n, session_id="hostile", generation_id=f"h{n}", prompt_id=f"h{n}", status="timeout"
        )
        for n in range(len(HOSTILE))
    ]
    return publish(
        tmp_path_factory.mktemp("published"),
        fct_sessions=[
            session("one", user_tier="pro", friction_score=None, friction_band=None),
            session("long", generation_count=500, started_at=rows.minutes(2)),
            session("hostile", user_id="=1+1", generation_count=len(HOSTILE), friction_score=80.0,
                    friction_band="high", started_at=rows.minutes(3)),
        ],
        fct_generations=[
            *generations_of("one", 1, prompt_id="p"),
            *generations_of("long", 500, prompt_id="p"),
            *hostile,
        ],
        dim_prompts=[
            prompt("p", "a lake"),
            *(prompt(f"h{n}", text) for n, text in enumerate(HOSTILE)),
        ],
        ftr_prompt_labels=[{"prompt_id": "p", "art_style": "anime", **LABEL}],
        ftr_image_embeddings=[
            {"image_path": "i", "prompt_id": "p", "image_embedding": [1.0], "model": "m",
             "thumbnail_path": "ab/abc123.webp", "image_source": "painted", "revision": "r"},
        ],
    )  # fmt: skip


@pytest.fixture(scope="module")
def services(root: Path) -> Services:
    return Services(reader=BuildReader(root), search=None, mlflow_store=None, images=root)


@pytest.fixture(scope="module")
def client(services: Services) -> FlaskClient:
    return create_app(services, pages=(page,)).server.test_client()


def call(client: FlaskClient, output: str, changed: str, **given: Any) -> Any:
    """Answer of the callback that has this output; `given` are values by property."""
    known = json.loads(client.get("/_dash-dependencies").data)
    spec = next(each for each in known if output in each["output"])

    def filled(parts: list[dict[str, str]]) -> list[dict[str, Any]]:
        key = "{id}.{property}".format
        named = {"sessions-grid.filterModel": "filter_model", "url.search": "search"}
        return [
            part | {"value": given.get(named.get(key(**part), part["property"]))} for part in parts
        ]

    outputs = [dict(zip(("id", "property"), each.rsplit(".", 1), strict=True))
               for each in spec["output"].strip(".").split("...")]  # fmt: skip
    body = {
        "output": spec["output"],
        "outputs": outputs if spec["output"].startswith("..") else outputs[0],
        "inputs": filled(spec["inputs"]),
        "state": filled(spec["state"]),
        "changedPropIds": [changed],
    }
    answer = client.post("/_dash-update-component", json=body)
    assert answer.status_code in (200, 204), answer.data
    return json.loads(answer.data)["response"] if answer.data else None


def block(client: FlaskClient, search: str = "", **request: Any) -> tuple[list[Any], int, str]:
    asked = {"startRow": 0, "endRow": 50, "sortModel": [], "filterModel": {}} | request
    answer = call(
        client,
        "getRowsResponse",
        "sessions-grid.getRowsRequest",
        getRowsRequest=asked,
        search=search,
    )
    sent = answer["sessions-grid"]["getRowsResponse"]
    return sent["rowData"], sent["rowCount"], answer["sessions-count"]["children"]


def replayed(client: FlaskClient, session_id: str, page_number: int = 1) -> dict[str, Any]:
    answer: dict[str, Any] = call(
        client, "sessions-replay.children", "sessions-chosen.data", data=session_id,
        value=page_number,
    )  # fmt: skip
    return answer


def texts(component: Any) -> list[str]:
    """Every text in a component as it was sent."""
    if isinstance(component, str):
        return [component]
    if isinstance(component, list):
        return [text for each in component for text in texts(each)]
    return texts(component["props"].get("children")) if isinstance(component, dict) else []


def parts_of(component: Any, kind: str) -> list[Any]:
    """Every component of a type in a component as it was sent."""
    if isinstance(component, list):
        return [part for each in component for part in parts_of(each, kind)]
    if not isinstance(component, dict):
        return []
    own = [component] if component["type"] == kind else []
    return own + parts_of(component["props"].get("children"), kind)


def ids(found: list[Any]) -> list[str]:
    return [row["session_id"] for row in found]


def test_rows_come_newest_first_formatted_for_people(client: FlaskClient) -> None:
    found, count, said = block(client)
    assert (ids(found), count, said) == (["hostile", "long", "one"], 3, "3 sessions")
    first = found[0]
    assert first["user_id"] == "=1+1"
    assert (first["friction_score"], first["friction_band"]["label"]) == ("80.0", "high")
    assert found[2]["friction_band"]["label"] == NOTHING
    assert first["statuses"]["label"] == f"{len(HOSTILE)} timeout"
    assert found[1]["statuses"]["label"] == "500 success"


def test_sort_filters_and_blocks_reach_the_database(client: FlaskClient) -> None:
    by_size = [{"colId": "generation_count", "sort": "desc"}]
    found, count, _ = block(client, sortModel=by_size, startRow=1, endRow=2)
    assert (ids(found), count) == (["hostile"], 3)
    only = {"friction_score": {"filterType": "number", "type": "greaterThan", "filter": 50}}
    found, count, said = block(client, filterModel=only)
    assert (ids(found), count, said) == (["hostile"], 1, "1 of 3 sessions")


def test_filters_of_the_url_hold_a_session_counts_by_any_of_its_generations(
    client: FlaskClient,
) -> None:
    assert ids(block(client, "?tier=pro")[0]) == ["one"]
    assert ids(block(client, "?status=timeout")[0]) == ["hostile"]
    assert ids(block(client, "?style=anime&tier=free")[0]) == ["long"]
    assert block(client, "?from=2031-01-01") == ([], 0, "0 sessions")


def test_a_link_opens_its_session_a_click_another_and_closing_forgets_both(
    client: FlaskClient,
) -> None:
    linked = call(client, "sessions-chosen.data", ".", opened=False, search="?session=long")
    assert linked["sessions-chosen"]["data"] == "long"
    assert linked["sessions-drawer"]["opened"] is True
    row = [{"session_id": "one"}]
    clicked = call(client, "sessions-chosen.data", "sessions-grid.selectedRows",
                   selectedRows=row, opened=False, search="?session=long")  # fmt: skip
    assert clicked["sessions-chosen"]["data"] == "one"
    closed = call(client, "sessions-chosen.data", "sessions-drawer.opened",
                  selectedRows=row, opened=False,
                  search="?tier=pro&session=long")  # fmt: skip
    assert closed["sessions-chosen"]["data"] is None
    assert closed["sessions-grid"]["selectedRows"] == []
    address = call(client, "url.search@", "sessions-drawer.opened", opened=False,
                   search="?tier=pro&session=long")  # fmt: skip
    assert address["url"]["search"] == "?tier=pro"
    assert not call(client, "url.search@", ".", opened=False, search="?session=long")


def test_hostile_prompts_are_text_in_their_own_direction(client: FlaskClient) -> None:
    shown = replayed(client, "hostile")["sessions-replay"]["children"]
    prompts = parts_of(shown, "P")[1:]  # the first is the head's line
    assert len(prompts) == len(HOSTILE)
    for sent, expected in zip(prompts, HOSTILE, strict=True):
        added = [part for part in sent["props"]["children"] if not parts_of(part, "Del")]
        assert "".join(texts(added)) == expected
        assert sent["props"]["dir"] == "auto"
    kinds = {
        part["type"] for kind in ("Markdown", "Iframe", "Script") for part in parts_of(shown, kind)
    }
    assert kinds == set()
    assert "dangerously" not in json.dumps(shown)


def test_a_long_session_is_replayed_page_by_page_with_picture_and_link(client: FlaskClient) -> None:
    answer = replayed(client, "long", 25)
    steps = parts_of(answer["sessions-replay"]["children"], "Li")
    numbered = [each for each in steps if str(each["props"].get("id", "")).startswith("step-")]
    assert [each["props"]["id"] for each in numbered] == [f"step-{n}" for n in range(481, 501)]
    assert answer["sessions-replay-page"]["total"] == 25
    assert "same prompt" in texts(numbered[0])
    assert parts_of(numbered, "Image")[0]["props"]["src"] == "/img/abc123"
    assert parts_of(numbered, "Anchor")[0]["props"]["href"] == "/gallery?like=p"


def test_one_generation_needs_no_pages(client: FlaskClient) -> None:
    answer = replayed(client, "one")
    assert answer["sessions-replay-page"] == {"total": 1, "style": {"display": "none"}}


def test_a_session_that_does_not_exist_is_said_so(client: FlaskClient) -> None:
    shown = replayed(client, "<img src=x onerror=alert(1)>")["sessions-replay"]["children"]
    assert "There is no session '<img src=x onerror=alert(1)>' in this build." in texts(shown)


def test_the_export_holds_the_rows_that_pass_and_runs_no_formula(client: FlaskClient) -> None:
    only = {"generation_count": {"filterType": "number", "type": "lessThanOrEqual", "filter": 50}}
    answer = call(client, "sessions-download.data", "sessions-export.n_clicks", n_clicks=1,
                  filter_model=only, search="")  # fmt: skip
    read = list(csv.DictReader(io.StringIO(answer["sessions-download"]["data"]["content"])))
    assert ids(read) == ["hostile", "one"]
    assert read[0]["user_id"] == "'=1+1"
    served = client.get("/export/sessions/sessions.csv?tier=pro")
    assert ids(list(csv.DictReader(io.StringIO(served.text)))) == ["one"]


def test_an_empty_view_says_what_to_do(services: Services) -> None:
    empty = page.layout(services, ViewFilters(region=("asia",))).to_plotly_json()
    sent = json.loads(json.dumps(empty, default=lambda each: each.to_plotly_json()))
    assert "No session passes these filters." in texts(sent)
    assert "Widen the days or clear a filter." in texts(sent)
