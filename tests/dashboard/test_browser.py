"""Every page in a headless Chromium, under the policy the app sends: no console error.

Needs Selenium, chromium and chromedriver.
"""

import shutil
import threading
import time
from collections.abc import Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from dashboard.dashboard_build import records, services
from genai_session_analyzer.dashboard.app import create_app
from genai_session_analyzer.dashboard.pages import PAGES

webdriver = pytest.importorskip("selenium.webdriver", reason="Selenium is not installed")
pytestmark = pytest.mark.browser
WAIT_S = 30
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        del format, args


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    app = create_app(services(tmp_path_factory.mktemp("build")))
    server = make_server("127.0.0.1", 0, app.server, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    binary = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    driver = shutil.which("chromedriver")
    if binary is None or driver is None:
        pytest.skip("chromium or chromedriver is not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for each in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1440,900"):
        options.add_argument(each)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    opened = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield opened
    opened.quit()


def wait_for(browser: Any, script: str) -> Any:
    """What a script returns, once that is true."""
    deadline = time.monotonic() + WAIT_S
    while not (found := browser.execute_script(f"return {script}")):
        assert time.monotonic() < deadline, script
        time.sleep(0.1)
    return found


def settle(browser: Any) -> None:
    """Wait until the page's body is there and nothing of it is grey any more."""
    wait_for(browser, "document.querySelector('.page-body') !== null")
    wait_for(browser, "document.querySelector('.page-body .mantine-Skeleton-root') === null")
    wait_for(browser, "!document.title.includes('Updating')")
    time.sleep(0.5)


def complaints(browser: Any) -> list[str]:
    return [line["message"] for line in browser.get_log("browser") if line["level"] in ("SEVERE",)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.PAGE.title)
def test_every_page_renders_without_a_console_error(browser: Any, address: str, page: Any) -> None:
    browser.get(address + page.PAGE.path)
    settle(browser)
    assert complaints(browser) == []
    assert browser.execute_script("return document.getElementById('error-note').innerText") == ""
    loaded = browser.execute_script(
        "return performance.getEntriesByType('resource').map(entry => entry.name)"
    )
    elsewhere = [name for name in loaded if not name.startswith((address, "data:", "blob:"))]
    assert elsewhere == []
    buttons = browser.execute_script(
        "return [...document.querySelectorAll('.modebar-btn')].map(each => each.dataset.title)"
    )
    assert not [title for title in buttons if "Share" in (title or "")]


def test_a_filter_in_the_link_changes_the_numbers_and_the_controls(
    browser: Any, address: str
) -> None:
    browser.get(f"{address}/?tier=pro")
    settle(browser)
    ours = [row for row in records()["fct_generations"] if row["user_tier"] == "pro"]
    shown = wait_for(browser, "document.querySelector('.stat-value')?.innerText")
    assert shown == str(len(ours))
    wait_for(browser, "document.querySelector('.filter-bar').innerText.includes('pro')")
    time.sleep(1)
    assert browser.execute_script("return location.search") == "?tier=pro"
    browser.execute_script("document.getElementById('filter-clear').click()")
    wait_for(browser, "location.search === ''")
    whole = str(len(records()["fct_generations"]))
    wait_for(browser, f"document.querySelector('.stat-value')?.innerText === '{whole}'")


def test_the_menu_changes_the_page_without_loading_it_anew(browser: Any, address: str) -> None:
    browser.get(f"{address}/?tier=pro")
    settle(browser)
    browser.execute_script("window.stays = true")
    browser.execute_script("document.querySelector('a[href^=\"/runs\"]').click()")
    wait_for(browser, "location.pathname === '/runs' && location.search === '?tier=pro'")
    wait_for(browser, "document.querySelector('.page-body').innerText.includes('enrichment run')")
    assert browser.execute_script("return window.stays")
