"""Every page in a headless Chromium, under the policy the app sends: no console error.

Needs Selenium, chromium and chromedriver.
"""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from chromium import complaints, opened_browser, served, settle, wait_for

from dashboard.dashboard_build import records, services
from genai_session_analyzer.dashboard.app import create_app
from genai_session_analyzer.dashboard.pages import PAGES

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(create_app(services(tmp_path_factory.mktemp("build")))) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with opened_browser() as opened:
        yield opened


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
