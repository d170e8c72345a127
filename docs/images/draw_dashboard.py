"""Screenshots of every page of the dashboard, light and dark, as small PNGs.

Starts the dashboard over a published build on a free port and takes each page in a headless
Chromium. Needs Selenium, chromium and chromedriver.
"""

import argparse
import io
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from selenium import webdriver

PAGES = {
    "overview": "/",
    "friction": "/friction",
    "sessions": "/sessions",
    "costs": "/costs",
    "gallery": "/gallery",
    "runs": "/runs",
    "method": "/method",
    "copilot": "/copilot",
    "copilot_answer": "/copilot?q=Show+error+rate+by+user+tier",
    "copilot_declined": "/copilot?q=What+is+the+average+age+of+our+users",
    "copilot_asks_back": "/copilot?q=Which+model+is+best",
    "copilot_refused": "/copilot?q=Show+error+rate+by+user+tier",
}
SQL_TO_RUN = {"copilot_refused": "DROP TABLE dim_users"}
SCHEMES = ("light", "dark")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
COLOURS = 256
START_S, SETTLE_S = 60, 30
_RUN_SQL = """
const area = document.getElementById('copilot-sql');
const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set;
set.call(area, arguments[0]);
area.dispatchEvent(new Event('input', {bubbles: true}));
document.getElementById('copilot-run').click();
"""
_IS_SETTLED = """
return document.querySelector('.page-body') !== null
  && document.querySelector('.page-body .mantine-Skeleton-root') === null
  && document.querySelector('[data-dash-is-loading="true"]') === null
  && [...document.querySelectorAll('.page-body img')].every(
       image => image.loading === 'lazy' ? true : image.complete)
"""


@contextmanager
def served(root: Path) -> Iterator[str]:
    """Yield the address of a dashboard over the builds under `root`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = (sys.executable, "-m", "genai_session_analyzer.cli", "dashboard")
    server = subprocess.Popen([*command, "--root", str(root), "--port", str(port)])
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for_server(address)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


@contextmanager
def browser_of(width: int, height: int) -> Iterator[Any]:
    """Yield a headless Chromium with a view of that size in CSS pixels."""
    options = webdriver.ChromeOptions()
    options.binary_location = next(found for name in BROWSERS if (found := shutil.which(name)))
    for each in ("--headless=new", "--no-sandbox", "--hide-scrollbars", "--use-angle=swiftshader",
                 "--enable-unsafe-swiftshader"):  # fmt: skip
        options.add_argument(each)
    driver = webdriver.Chrome(
        options=options, service=webdriver.ChromeService(shutil.which("chromedriver"))
    )
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        yield driver
    finally:
        driver.quit()


def picture(driver: Any, address: str, scheme: str, sql: str | None = None) -> Image.Image:
    """Return what a page looks like once it has settled, and this statement has been run."""
    feature = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": feature})
    driver.get(address)
    deadline = time.monotonic() + SETTLE_S
    while not driver.execute_script(_IS_SETTLED) and time.monotonic() < deadline:
        time.sleep(0.2)
    time.sleep(3)
    if sql is not None:
        driver.execute_script(_RUN_SQL, sql)
        time.sleep(3)
    return Image.open(io.BytesIO(driver.get_screenshot_as_png())).convert("RGB")


def save(image: Image.Image, path: Path) -> None:
    """Write a picture with as many colours as one byte tells apart; the rare ones stay."""
    few = image.quantize(
        COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE
    )
    few.save(path, optimize=True)


def main() -> None:
    """Take every page asked for in both schemes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=Path("data/published"))
    parser.add_argument("--output", type=Path, default=Path(__file__).parent)
    parser.add_argument("--size", default="1440x900", help="width x height in pixels")
    parser.add_argument("--pages", nargs="*", choices=PAGES, default=list(PAGES))
    parser.add_argument("--address", help="of a dashboard that already runs")
    given = parser.parse_args()
    width, height = map(int, given.size.split("x"))
    with _address(given) as address, browser_of(width, height) as driver:
        for name in given.pages:
            for scheme in SCHEMES:
                path = given.output / f"dashboard_{name}_{scheme}.png"
                save(picture(driver, address + PAGES[name], scheme, SQL_TO_RUN.get(name)), path)
                print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


@contextmanager
def _address(given: argparse.Namespace) -> Iterator[str]:
    if given.address:
        yield given.address
        return
    with served(given.root) as address:
        yield address


def _wait_for_server(address: str) -> None:
    deadline = time.monotonic() + START_S
    while True:
        try:
            with urlopen(address, timeout=5):  # noqa: S310  (our own address)
                return
        except (URLError, ConnectionError, TimeoutError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


if __name__ == "__main__":
    main()
