"""A browser as far as a Dash app can tell over HTTP: it asks for what the page's parts need.

It keeps the properties of the components with an id, calls the callbacks that a change leads to,
several at a time, and goes on until nothing is left to ask. Scripts do not run: the few properties
that a script or a component sets by itself are set here (`OF_THEMSELVES`).
"""

import json
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any

from bench_dashboard_http import Connections, map_query, named, place_of, places

MOST_AT_ONCE = 6
"""Connections a browser opens to one host."""
FIRST_ROWS = {"startRow": 0, "endRow": 100, "sortModel": [], "filterModel": {}}
OF_THEMSELVES: dict[str, tuple[str, Any]] = {
    "sessions-grid": ("getRowsRequest", FIRST_ROWS),
    "gallery-map-query": ("data", None),  # the script's answer, see `map_query`
}
"""What components set as soon as they appear: a grid asks for rows, the map for its query."""
Callback = Mapping[str, Any]


@dataclass(frozen=True)
class Call:
    """One callback that was called: its output, seconds, and the answer by component."""

    output: str
    seconds: float
    answer: Mapping[str, Any]


@dataclass
class Person:
    """One person with a page open.

    Attributes:
        port: Where the server listens on 127.0.0.1.
        properties: By component, what is known of it.
    """

    port: int
    properties: dict[str, dict[str, Any]] = field(default_factory=dict)
    _callbacks: list[Callback] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._http = Connections(self.port)
        self._pool = ThreadPoolExecutor(MOST_AT_ONCE)

    def close(self) -> None:
        """Let go of the threads and their connections."""
        self._pool.shutdown()
        self._http.close()

    def open(self, path: str, query: str = "") -> list[Call]:
        """Open the page at a path and return the calls until it is complete."""
        self._http.request("GET", path)
        fetched = [
            self._pool.submit(self._http.get_json, f"/_dash-{name}")
            for name in ("layout", "dependencies")
        ]
        layout, self._callbacks = (each.result() for each in fetched)
        self.properties = {}
        mounted = self._mount(layout)
        self.properties["url"] |= {"pathname": path, "search": query}
        return self._settle(self._started_by_mounting(mounted))

    def change(self, component: str, **values: Any) -> list[Call]:
        """Change a component as a person does and return the calls until all is still again."""
        self.properties[component] |= values
        changed = [f"{component}.{name}" for name in values]
        return self._settle(self._started_by_changes(changed))

    def click(self, component: str, **values: Any) -> list[Call]:
        """`change`, for a page that leads elsewhere: the URL a callback answers with is opened."""
        calls = self.change(component, **values)
        href = calls[-1].answer.get("url", {}).get("href") if calls else None
        if href is None:
            return calls
        path, _, query = href.partition("?")
        return [*calls, *self.change("url", pathname=path, search=f"?{query}" if query else "")]

    def _settle(self, waiting: dict[int, list[str]]) -> list[Call]:
        """Calls callbacks, several at once, until no change is left; `waiting`: what changed."""
        running: dict[Future[Call], int] = {}
        done: list[Call] = []
        while waiting or running:
            for number in self._ready(waiting, running.values()):
                body = self._body(self._callbacks[number], waiting.pop(number))
                running[self._pool.submit(self._call, body)] = number
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                number, call = running.pop(future), future.result()
                done.append(call)
                for other, changes in self._applied(call).items():
                    if other != number:
                        waiting.setdefault(other, []).extend(changes)
        return done

    def _ready(self, waiting: Iterable[int], running: Iterable[int]) -> list[int]:
        """Those of which no input is the output of another that has yet to answer, or all."""
        waiting, busy = list(waiting), list(running)
        pending = {number: places(self._callbacks[number]["output"]) for number in waiting + busy}
        ready = [
            number
            for number in waiting
            if not any(
                place in outputs
                for other, outputs in pending.items()
                if other != number
                for place in self._inputs(number)
            )
        ]
        return ready if ready or busy else waiting

    def _inputs(self, number: int) -> list[str]:
        return [place_of(each) for each in self._callbacks[number]["inputs"]]

    def _applied(self, call: Call) -> dict[int, list[str]]:
        """Takes the answer over and returns what it starts."""
        changed, mounted = [], set()
        for component, values in call.answer.items():
            if component not in self.properties:
                continue  # of a page that was left meanwhile
            for name, value in values.items():
                if name == "children":
                    for gone in named(self.properties[component].get(name)):
                        self.properties.pop(gone["id"], None)
                    mounted |= self._mount(value)
                self.properties[component][name] = value
                changed.append(f"{component}.{name}")
        started = self._started_by_changes(changed)
        for number, changes in self._started_by_mounting(mounted).items():
            started.setdefault(number, changes)
        return started

    def _mount(self, tree: Any) -> set[str]:
        found = {props["id"]: dict(props) for props in named(tree)}
        self.properties |= found
        return set(found)

    def _started_by_mounting(self, mounted: set[str]) -> dict[int, list[str]]:
        """Callbacks a browser calls when their components appear, and what these set themselves."""
        started: dict[int, list[str]] = {}
        for number, callback in enumerate(self._callbacks):
            ids = {place.rpartition(".")[0] for place in places(callback["output"])}
            inputs = {each["id"] for each in callback["inputs"]}
            is_here = ids | inputs <= self.properties.keys()
            if not callback["prevent_initial_call"] and is_here and mounted & (ids | inputs):
                started[number] = []
        for component in mounted & OF_THEMSELVES.keys():
            name, value = OF_THEMSELVES[component]
            given = map_query(self._search()) if value is None else value
            self.properties[component][name] = given
            started |= self._started_by_changes([f"{component}.{name}"])
        return {number: changes for number, changes in started.items() if self._is_ours(number)}

    def _search(self) -> str:
        return self.properties["url"].get("search") or ""

    def _followed_by_scripts(self, changed: list[str]) -> list[str]:
        """What the map's script changes in turn."""
        shown, query = self.properties.get("gallery-map-query"), map_query(self._search())
        if "url.search" not in changed or shown is None or shown.get("data") == query:
            return changed
        shown["data"] = query
        return [*changed, "gallery-map-query.data"]

    def _started_by_changes(self, changed: list[str]) -> dict[int, list[str]]:
        changed = self._followed_by_scripts(changed)
        started: dict[int, list[str]] = {}
        for number, callback in enumerate(self._callbacks):
            hit = [place for place in changed if place in self._inputs(number)]
            ids = {place.rpartition(".")[0] for place in places(callback["output"])}
            if hit and ids <= self.properties.keys() and self._is_ours(number):
                started[number] = hit
        return started

    def _is_ours(self, number: int) -> bool:
        return self._callbacks[number]["clientside_function"] is None

    def _body(self, callback: Callback, changed: list[str]) -> bytes:
        output = callback["output"]
        outputs = [dict(zip(("id", "property"), each.rsplit(".", 1), strict=True))
                   for each in output.strip(".").split("...")]  # fmt: skip
        body = {
            "output": output,
            "outputs": outputs if output.startswith("..") else outputs[0],
            "inputs": [self._value(each) for each in callback["inputs"]],
            "state": [self._value(each) for each in callback["state"]],
            "changedPropIds": changed,
        }
        return json.dumps(body).encode()

    def _value(self, place: Mapping[str, str]) -> dict[str, Any]:
        known = self.properties.get(place["id"], {}).get(place["property"])
        return {"id": place["id"], "property": place["property"], "value": known}

    def _call(self, body: bytes) -> Call:
        began = time.perf_counter()
        text = self._http.request("POST", "/_dash-update-component", body)
        seconds = time.perf_counter() - began
        answered = json.loads(text) if text else {}
        return Call(json.loads(body)["output"], seconds, answered.get("response", {}))
