"""The page Copilot in a headless Chromium: ask, read, edit, run, be refused; no console error."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import complaints, opened_browser, served, settle, wait_for

from dashboard.dashboard_build import records, services
from genai_session_analyzer.copilot.answering.opening import CopilotPlaces, open_copilot
from genai_session_analyzer.dashboard.app import create_app
from genai_session_analyzer.dashboard.pages.copilot_desk import CopilotDesk
from genai_session_analyzer.warehouse.reader import BuildReader

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
CELLS = (
    "[...document.querySelectorAll('.copilot-grid .ag-row .ag-cell')].map(each => each.innerText)"
)
SENTENCE = "document.querySelector('.copilot-sentence')?.innerText"
REPLACE_SQL = """
const area = document.getElementById('copilot-sql');
const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set;
set.call(area, arguments[0]);
area.dispatchEvent(new Event('input', {bubbles: true}));
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("data")
    without = services(folder)
    copilot = open_copilot(
        BuildReader(folder / "published"), None, CopilotPlaces(models=folder / "models")
    )
    copilot.start()
    with_copilot = type(without)(
        without.reader, None, None, without.images, copilot=CopilotDesk(copilot, folder / "memory")
    )
    with served(create_app(with_copilot)) as found:
        yield found
    copilot.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with opened_browser() as opened:
        yield opened


def shown_rates() -> dict[str, str]:
    """Error rate by tier as the table writes it, counted from the records."""
    found: dict[str, list[bool]] = {}
    for row in records()["fct_generations"]:
        if row.get("status") is not None:
            found.setdefault(row["user_tier"], []).append(row["status"] != "success")
    return {tier: f"{sum(failed) / len(failed) * 100:.2f}\u202f%" for tier, failed in found.items()}


def test_ask_read_edit_run_and_be_refused(browser: Any, address: str) -> None:
    browser.get(f"{address}/copilot")
    settle(browser)
    box = browser.find_element("id", "copilot-question")
    box.send_keys("Show error rate by user tier")
    browser.find_element("id", "copilot-ask-button").click()
    assert "Error rate" in wait_for(browser, SENTENCE)
    wait_for(browser, f"{CELLS}.length === 6")
    cells = browser.execute_script(f"return {CELLS}")
    assert dict(zip(cells[::2], cells[1::2], strict=True)) == shown_rates()
    wait_for(browser, "document.querySelectorAll('#copilot-chart .bars path').length === 3")
    assert wait_for(browser, "document.querySelector('#copilot-sql-paint .sql-keyword')?.innerText")
    painted = browser.execute_script(
        "return document.getElementById('copilot-sql-paint').textContent.trim()"
    )
    assert painted == browser.execute_script(
        "return document.getElementById('copilot-sql').value.trim()"
    )

    browser.execute_script(REPLACE_SQL, "SELECT count(*) AS prompts FROM dim_prompts")
    area = browser.find_element("id", "copilot-sql")
    area.send_keys(browser_key("CONTROL"), browser_key("ENTER"))
    wait_for(browser, f"({SENTENCE} || '').includes('Your SQL')")
    assert wait_for(browser, "document.querySelector('.copilot-figure')?.innerText") == "60"
    assert "SQL edited by you." in browser.execute_script(
        "return document.getElementById('copilot-answer').innerText"
    )

    browser.execute_script(REPLACE_SQL, "DROP TABLE dim_users")
    browser.find_element("id", "copilot-run").click()
    refusal = wait_for(browser, "document.querySelector('.copilot-problem')?.innerText")
    assert "SELECT" in refusal
    assert "rule:" in refusal
    kept = browser.execute_script("return document.getElementById('copilot-sql').value")
    assert kept == "DROP TABLE dim_users"
    assert complaints(browser) == []


def test_a_link_asks_and_the_history_remembers(browser: Any, address: str) -> None:
    browser.get(f"{address}/copilot?q=what+is+the+age+of+users")
    settle(browser)
    assert wait_for(browser, "document.querySelector('.copilot-declined')?.innerText")
    history = wait_for(browser, "document.querySelector('#copilot-history')?.innerText")
    assert "what is the age of users" in history
    assert complaints(browser) == []


def test_enter_right_after_the_last_letter_asks_the_whole_question(
    browser: Any, address: str
) -> None:
    open_afresh(browser, address)
    for question, read in (("how many prompts", "prompts"), ("how many sessions", "sessions")):
        box = browser.find_element("id", "copilot-question")
        box.send_keys(browser_key("CONTROL"), "a")
        box.send_keys(question, browser_key("ENTER"))
        wait_for(browser, f"({SENTENCE} || '') === 'Number of {read}.'")
        assert box.get_attribute("value") == question


def test_reload_and_back_show_the_answer_again(browser: Any, address: str) -> None:
    open_afresh(browser, address)
    ask(browser, "error rate by user tier")
    wait_for(browser, SENTENCE)
    ask(browser, "only pro")  # as a link it would say nothing
    sentence = wait_for(
        browser, f"(({SENTENCE} || '').includes('only user tier pro')) && {SENTENCE}"
    )
    browser.refresh()
    wait_for(browser, f"{SENTENCE} === '{sentence}'")
    browser.find_element("css selector", ".copilot-feedback a").click()
    wait_for(browser, "location.search === '?tier=pro'")
    browser.back()
    wait_for(browser, f"{SENTENCE} === '{sentence}'")
    assert browser.find_element("id", "copilot-question").get_attribute("value") == "only pro"
    assert complaints(browser) == []


def test_what_is_refused_far_below_comes_into_view_on_a_phone(browser: Any, address: str) -> None:
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
    try:
        open_afresh(browser, address)
        ask(browser, "error rate by user tier")
        wait_for(browser, SENTENCE)
        browser.execute_script("document.getElementById('copilot-run').scrollIntoView()")
        browser.execute_script(REPLACE_SQL, "DROP TABLE dim_users")
        browser.find_element("id", "copilot-run").click()
        top = "document.querySelector('.copilot-problem')?.getBoundingClientRect().top"
        wait_for(browser, f"({top} ?? -1) >= 0 && {top} < window.innerHeight")
        assert browser.execute_script("return document.documentElement.scrollWidth") == 390
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_a_chosen_reading_leaves_the_keyboard_at_the_answer(browser: Any, address: str) -> None:
    open_afresh(browser, address)
    ask(browser, "Which model is best")
    wait_for(browser, "document.querySelector('.copilot-reading')")
    browser.find_element("css selector", ".copilot-reading").send_keys(browser_key("ENTER"))
    assert wait_for(browser, SENTENCE)
    wait_for(browser, "document.activeElement.id === 'copilot-answer'")


def open_afresh(browser: Any, address: str) -> None:
    """Open the page as in a new tab: nothing was asked before."""
    browser.get(f"{address}/method")
    browser.execute_script("sessionStorage.clear()")
    browser.get(f"{address}/copilot")
    settle(browser)


def ask(browser: Any, question: str) -> None:
    """Type a question over what stands in the box, and press Enter."""
    box = browser.find_element("id", "copilot-question")
    box.send_keys(browser_key("CONTROL"), "a")
    box.send_keys(question, browser_key("ENTER"))


def browser_key(name: str) -> str:
    from selenium.webdriver.common.keys import Keys  # noqa: PLC0415

    return str(getattr(Keys, name))
