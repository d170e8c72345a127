"""A headless Chromium and the app behind a real port, for tests that use both."""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import dash
import pytest

WAIT_S = 30
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--window-size=1440,900",
    "--use-angle=swiftshader",  # WebGL without a graphics card
    "--enable-unsafe-swiftshader",
)


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        del format, args


class Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@contextmanager
def served(app: dash.Dash) -> Iterator[str]:
    """The address of the app behind a real port."""
    server = make_server("127.0.0.1", 0, app.server, Threaded, Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@contextmanager
def opened_browser(downloads: Path | None = None) -> Iterator[Any]:
    """A Chromium; skips the test where there is none."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="Selenium is not installed")
    binary = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    driver = shutil.which("chromedriver")
    if binary is None or driver is None:
        pytest.skip("chromium or chromedriver is not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for each in FLAGS:
        options.add_argument(each)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    opened = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    if downloads is not None:
        told = {"behavior": "allow", "downloadPath": str(downloads)}
        opened.execute_cdp_cmd("Browser.setDownloadBehavior", told)
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
    """Errors and WebGL's warnings of the console since this was last asked."""
    return [
        line["message"]
        for line in browser.get_log("browser")
        if line["level"] == "SEVERE" or "INVALID_" in line["message"]
    ]
