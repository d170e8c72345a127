"""What a person does, in a headless Chromium: filter, search, drill, share a link, export.

Each number shown is held to SQL over the same build. Needs Selenium, chromium and chromedriver.
"""

import csv
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from chromium import WAIT_S, complaints, opened_browser, served, settle, wait_for
from PIL import Image

from dashboard.dashboard_build import publish, records, services
from genai_session_analyzer.dashboard.app import create_app
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.embedding import HashEncoder
from genai_session_analyzer.retrieval import PromptSearch, SearchSettings
from genai_session_analyzer.warehouse.reader import BuildReader

pytestmark = pytest.mark.browser
ENCODER = HashEncoder()
PICTURED = 12


def tables() -> dict[str, list[dict[str, Any]]]:
    """The records with embeddings, places on the map and pictures."""
    made = records()
    texts = [row["prompt_text"] for row in made["dim_prompts"]]
    vectors = ENCODER.encode(texts)
    made["ftr_prompt_embeddings"] = [
        {"prompt_id": f"p{number}", "embedding": vector.tolist(), "model": ENCODER.model,
         "revision": ENCODER.revision}
        for number, vector in enumerate(vectors)
    ]  # fmt: skip
    for number, row in enumerate(made["ftr_prompt_clusters"]):
        row["x"], row["y"] = (number % 10) / 5 - 0.9, (number // 10) / 2.5 - 0.9
    made["ftr_image_embeddings"] = [
        {"image_path": f"painted/p{number}", "prompt_id": f"p{number}",
         "image_embedding": [1.0, 0.0], "model": "m", "revision": "1",
         "thumbnail_path": f"aa/{number:064d}.png"}
        for number in range(PICTURED)
    ]  # fmt: skip
    return made


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Services:
    folder = tmp_path_factory.mktemp("flows")
    made = services(folder)
    publish(folder / "published", **tables())
    for number in range(PICTURED):
        picture = Image.new("RGB", (64, 64), (20 * number, 120, 200))
        picture.save(folder / "images" / "aa" / f"{number:064d}.png")
    reader = BuildReader(folder / "published")
    search = PromptSearch(reader, settings=SearchSettings(wait_s=60))
    return Services(reader=reader, search=search, mlflow_store=None, images=made.images)


@pytest.fixture(scope="module")
def address(data: Services) -> Iterator[str]:
    with served(create_app(data)) as found:
        yield found


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="module")
def opened(downloads: Path) -> Iterator[Any]:
    with opened_browser(downloads) as found:
        yield found


@pytest.fixture
def browser(opened: Any) -> Iterator[Any]:
    complaints(opened)
    yield opened
    assert complaints(opened) == []


def number(data: Services, sql: str) -> int:
    """The one number a statement returns."""
    found: int = data.reader.query(sql).column(0)[0].as_py()
    return found


def stat(browser: Any) -> str:
    found: str = wait_for(browser, "document.querySelector('.stat-value')?.innerText")
    return found


def wait_for_stat(browser: Any, wanted: int) -> None:
    wait_for(browser, f"document.querySelector('.stat-value')?.innerText === '{wanted}'")


def click(browser: Any, selector: str) -> None:
    wait_for(browser, f"document.querySelector({selector!r}) !== null")
    browser.execute_script(
        f"document.querySelector({selector!r}).scrollIntoView({{block:'center'}})"
    )
    time.sleep(0.3)
    browser.find_element("css selector", selector).click()


def pointer(browser: Any) -> Any:
    from selenium.webdriver.common.action_chains import ActionChains  # noqa: PLC0415

    return ActionChains(browser)


def test_a_filter_chosen_by_hand_changes_the_number_to_what_sql_says(
    browser: Any, address: str, data: Services
) -> None:
    browser.get(address)
    settle(browser)
    assert stat(browser) == str(number(data, "SELECT count(*) FROM fct_generations"))
    click(browser, "#filter-user-tier")
    option = "[...document.querySelectorAll('[role=option]')].find(e => e.innerText === 'pro')"
    wait_for(browser, f"!!{option}")
    browser.execute_script(f"{option}.click()")
    wait_for(browser, "location.search === '?tier=pro'")
    sql = "SELECT count(*) FROM fct_generations WHERE user_tier = 'pro'"
    wait_for_stat(browser, number(data, sql))


def test_a_search_shows_pictures_and_leaves_map_and_box_standing(
    browser: Any, address: str
) -> None:
    browser.get(f"{address}/gallery?pictures=only")
    settle(browser)
    wait_for(browser, "document.querySelector('#gallery-map canvas.map-points') !== null")
    browser.execute_script(
        "window.standing = ['.gallery-columns', '#gallery-map .js-plotly-plot', '#gallery-search']"
        ".map(each => document.querySelector(each))"
    )
    box = browser.find_element("id", "gallery-search")
    box.click()
    box.send_keys("quiet lake 7")
    wait_for(browser, "new URLSearchParams(location.search).get('q') === 'quiet lake 7'")
    wait_for(browser, "document.querySelector('.gallery-similarity') !== null")
    first = wait_for(browser, "document.querySelector('.gallery-caption')?.innerText")
    assert first == "a quiet lake 7"
    wait_for(browser, "document.querySelector('.gallery-picture img')?.naturalWidth === 64")
    assert browser.execute_script("return window.standing.every(each => each && each.isConnected)")


def test_the_map_is_drawn_by_the_graphics_card_and_a_region_filters(
    browser: Any, address: str
) -> None:
    browser.get(f"{address}/gallery")
    settle(browser)
    wait_for(browser, "document.querySelector('#gallery-map canvas.map-points') !== null")
    drawn = """(() => {
        const canvas = document.querySelector('canvas.map-points');
        mapPoints.picture(document.querySelector('#gallery-map .js-plotly-plot'));
        const {width, height} = canvas, gl = canvas.getContext('webgl');
        const all = new Uint8Array(4 * width * height);
        gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, all);
        return all.filter((each, at) => at % 4 === 3 && each > 0).length;
    })()"""
    assert wait_for(browser, drawn) > 50 * 9
    layer = browser.find_element("css selector", "#gallery-map .nsewdrag")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", layer)
    time.sleep(0.5)
    size = int(layer.rect["width"])
    moved = pointer(browser).move_to_element_with_offset(layer, -size // 2 + 3, -size // 2 + 3)
    moved.click_and_hold()
    for step in ((size // 2 - 4, 0), (0, size - 8), (-size // 2 + 4, 0), (0, -size + 12)):
        moved.move_by_offset(*step)
    moved.release().perform()
    wait_for(browser, "location.search.includes('lasso=')")
    wait_for(
        browser, "document.querySelector('.gallery-headline')?.innerText.startsWith('24 of 25')"
    )


def test_a_click_on_a_bar_leads_to_its_sessions_and_a_row_to_its_replay(
    browser: Any, address: str, data: Services
) -> None:
    browser.get(f"{address}/friction?by=domain&tier=pro")
    settle(browser)
    bars = "#friction-struggle-graph .bars .point path"
    wait_for(browser, f"document.querySelectorAll('{bars}').length >= 4")
    browser.execute_script(f"document.querySelector('{bars}').scrollIntoView({{block:'center'}})")
    time.sleep(0.5)
    pointer(browser).move_to_element(browser.find_element("css selector", bars)).pause(
        0.3
    ).click().perform()
    wait_for(browser, "location.pathname === '/sessions'")
    query = parse_qs(urlsplit(browser.current_url).query)
    assert query["tier"] == ["pro"]
    (domain,) = query["domain"]
    labelled = "IS NULL" if domain == "not_labelled" else f"= '{domain}'"
    sql = (
        "SELECT count(DISTINCT s.session_id) FROM fct_sessions s "  # noqa: S608
        "JOIN fct_generations g USING (session_id) "
        "LEFT JOIN ftr_prompt_labels l ON l.prompt_id = g.prompt_id "
        f"WHERE s.user_tier = 'pro' AND l.domain {labelled}"
    )
    wait_for(
        browser,
        f"document.getElementById('sessions-count')?.innerText.startsWith('{number(data, sql)} ')",
    )
    click(browser, ".ag-center-cols-container .ag-row[row-index='0'] .ag-cell")
    wait_for(browser, "new URLSearchParams(location.search).has('session')")
    session = parse_qs(urlsplit(browser.current_url).query)["session"][0]
    sql = f"SELECT count(*) FROM fct_generations WHERE session_id = '{session}'"  # noqa: S608
    count = number(data, sql)
    wait_for(browser, f"document.querySelectorAll('.replay-step').length === {min(count, 20)}")


def test_a_link_restores_its_view(browser: Any, address: str) -> None:
    link = f"{address}/friction?tier=pro&length=short&by=region&down=domain&across=mood"
    browser.get(link)
    settle(browser)
    chosen = "document.querySelector('#friction-by input:checked')?.value"
    wait_for(browser, f"{chosen} === 'region'")
    assert browser.find_element("id", "friction-down").get_attribute("value") == "Domain"
    shown = wait_for(browser, "document.querySelector('.filter-bar').innerText")
    assert "pro" in shown
    assert "short" in shown
    click(browser, "#friction-by input[value='device_type'] + label")
    wait_for(browser, "new URLSearchParams(location.search).get('by') === 'device_type'")
    browser.back()
    wait_for(browser, f"{chosen} === 'region'")


def test_export_downloads_the_rows_of_the_view(
    browser: Any, address: str, data: Services, downloads: Path
) -> None:
    browser.get(f"{address}/friction?tier=pro")
    settle(browser)
    click(browser, "a[href^='/export/friction/by-user_tier.csv']")
    path = downloads / "friction-by-user_tier.csv"
    deadline = time.monotonic() + WAIT_S
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    sql = "SELECT count(*) FROM fct_generations WHERE user_tier = 'pro'"
    assert [row["user_tier"] for row in rows] == ["pro"]
    assert int(rows[0]["generation_count"]) == number(data, sql)


def test_the_keyboard_reaches_the_page_and_shows_where_it_is(browser: Any, address: str) -> None:
    browser.get(address)
    settle(browser)
    pressed = pointer(browser)
    pressed.send_keys("\ue004").perform()  # Tab
    focused = "document.activeElement"
    assert browser.execute_script(f"return {focused}.className") == "skip-link"
    ring = browser.execute_script(f"return getComputedStyle({focused}).outlineStyle")
    assert ring == "solid"
    pointer(browser).send_keys("\ue007").perform()  # Enter
    wait_for(browser, f"{focused}.id === 'main'")


def test_a_new_build_is_picked_up_while_the_page_is_open(
    browser: Any, address: str, data: Services
) -> None:
    browser.get(address)
    settle(browser)
    before = stat(browser)
    browser.execute_script("window.stays = true")
    fewer = tables()
    fewer["fct_generations"] = fewer["fct_generations"][:-7]
    for row in fewer["fct_generations"]:
        row["model_version"] = "v9"
    publish(data.images.parent / "published", **fewer)
    wait_for_stat(browser, int(before) - 7)
    assert browser.execute_script("return window.stays")
    click(browser, "#filter-model-version")
    options = "[...document.querySelectorAll('[role=option]')].map(e => e.innerText)"
    wait_for(browser, f"{options}.includes('v9')")
