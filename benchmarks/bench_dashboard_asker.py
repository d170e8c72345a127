"""A person on the page Copilot as far as HTTP tells: runs SQL and looks until its end is shown."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench_dashboard_http import Connections, place_of
from genai_session_analyzer.dashboard.pages import copilot_ids as ids
from genai_session_analyzer.dashboard.pages.copilot_layout import TICK_MS

Callback = Mapping[str, Any]


@dataclass(frozen=True)
class Ended:
    """A statement's end: seconds until the page showed it, and what it said, as JSON text."""

    sql: str
    seconds: float
    shown: str


class Asker:
    """A browser session on the page Copilot; it has one statement under way at a time."""

    def __init__(self, port: int, name: str) -> None:
        """Read which callbacks there are.

        Args:
            port: Where the server listens on 127.0.0.1.
            name: Of the browser session; long enough to be told from others.
        """
        self._http = Connections(port)
        self._session = {"asker": name, "questions": []}
        callbacks = self._http.get_json("/_dash-dependencies")
        self._begin = _of_input(callbacks, f"{ids.RUN}.n_clicks", f"{ids.RUNNING}.data")
        self._look = _of_input(callbacks, f"{ids.TICK}.n_intervals", f"{ids.ANSWER}.children")

    def run(self, sql: str) -> Ended:
        """Run a statement by the button below the editor; return once its end is shown."""
        began = time.perf_counter()
        pressed = {f"{ids.RUN}.n_clicks": 1, f"{ids.SQL}.value": sql}
        begun = self._call(self._begin, pressed | {f"{ids.SESSION}.data": self._session})
        running = begun.get(ids.RUNNING, {}).get("data")
        shown = begun
        while running is not None:
            shown = self._call(self._look, {f"{ids.RUNNING}.data": running})
            if shown.get(ids.TICK, {}).get("disabled"):
                break
            time.sleep(TICK_MS / 1000)
        return Ended(sql, time.perf_counter() - began, json.dumps(shown))

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def _call(self, callback: Callback, values: Mapping[str, Any]) -> dict[str, Any]:
        output = callback["output"]
        outputs = [dict(zip(("id", "property"), each.rsplit(".", 1), strict=True))
                   for each in output.strip(".").split("...")]  # fmt: skip
        body = {
            "output": output,
            "outputs": outputs if output.startswith("..") else outputs[0],
            "inputs": [_value(each, values) for each in callback["inputs"]],
            "state": [_value(each, values) for each in callback["state"]],
            "changedPropIds": [next(iter(values))],
        }
        text = self._http.request("POST", "/_dash-update-component", json.dumps(body).encode())
        answered: dict[str, Any] = json.loads(text).get("response", {}) if text else {}
        return answered


def _of_input(callbacks: Sequence[Callback], place: str, output: str) -> Callback:
    """The callback that a place starts and that changes an output."""
    return next(
        each
        for each in callbacks
        if output in each["output"] and place in [place_of(given) for given in each["inputs"]]
    )


def _value(place: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": place["id"], "property": place["property"], "value": values.get(place_of(place))}
