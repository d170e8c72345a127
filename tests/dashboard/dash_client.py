"""Asking a Dash app's callbacks as its page in a browser does."""

import json
from typing import Any

import dash
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


def ask(
    client: FlaskClient, app: dash.Dash, output: str, values: dict[str, Any], changed: str
) -> TestResponse:
    """Call the callback that has `output` ("id.property"), with inputs and states by name."""
    key, callback = next(
        (key, found)
        for key, found in app.callback_map.items()
        if output in key.strip(".").split("...")
    )
    parts = [part.rsplit(".", 1) for part in key.strip(".").split("...")]
    outputs = [{"id": name, "property": field} for name, field in parts]
    body = {
        "output": key,
        "outputs": outputs if key.startswith("..") else outputs[0],
        "inputs": [_value(each, values) for each in callback["inputs"]],
        "state": [_value(each, values) for each in callback["state"]],
        "changedPropIds": [changed],
    }
    return client.post("/_dash-update-component", json=body)


def answer(response: TestResponse) -> dict[str, Any]:
    """What a callback answered, by id."""
    assert response.status_code == 200, response.text
    found: dict[str, Any] = json.loads(response.data)["response"]
    return found


def page_text(client: FlaskClient, app: dash.Dash, path: str, query: str = "") -> str:
    """A page's body as JSON text."""
    values = {"url.pathname": path, "url.search": query}
    shown = answer(ask(client, app, "page.children", values, "url.pathname"))
    return json.dumps(shown["page"]["children"], ensure_ascii=False)


def _value(wanted: dict[str, str], values: dict[str, Any]) -> dict[str, Any]:
    name = f"{wanted['id']}.{wanted['property']}"
    return {"id": wanted["id"], "property": wanted["property"], "value": values.get(name)}
