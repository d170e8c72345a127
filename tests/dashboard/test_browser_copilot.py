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


def browser_key(name: str) -> str:
    from selenium.webdriver.common.keys import Keys  # noqa: PLC0415

    return str(getattr(Keys, name))
