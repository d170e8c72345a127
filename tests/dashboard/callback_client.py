"""Calling a callback of the app over HTTP, as the browser does."""

from collections.abc import Mapping
from typing import Any

import dash

HOST = "http://127.0.0.1:8050"


def ask(app: dash.Dash, output: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The response of the callback one of whose outputs is `<id>.<property>`.

    Args:
        app: The app.
        output: For example `friction-summary.children`.
        values: Inputs and states by `<id>.<property>`; what is left out is None. The first of them
            is what changed.
    """
    key = next(key for key in app.callback_map if output in key.strip(".").split("..."))
    callback = app.callback_map[key]
    body = {
        "output": key,
        "outputs": _outputs(key),
        "inputs": [_value(each, values) for each in callback["inputs"]],
        "state": [_value(each, values) for each in callback["state"]],
        "changedPropIds": [next(iter(values))],
    }
    response = app.server.test_client().post(
        "/_dash-update-component",
        json=body,
        base_url=HOST,
        headers={"Origin": HOST, "Sec-Fetch-Site": "same-origin"},
    )
    if response.status_code == 204:
        return {}
    assert response.status_code == 200, response.get_data(as_text=True)
    answer: dict[str, Any] = response.get_json()["response"]
    return answer


def _outputs(key: str) -> Any:
    found = [
        {"id": name.rpartition(".")[0], "property": name.rpartition(".")[2]}
        for name in key.strip(".").split("...")
    ]
    return found if key.startswith("..") else found[0]


def _value(place: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    name = f"{place['id']}.{place['property']}"
    return {"id": place["id"], "property": place["property"], "value": values.get(name)}
