"""Calls of callbacks as a page's script makes them, with whatever values a test wants."""

import json

from dash.dependencies import Output

CALL = "/_dash-update-component"
MANY = (["ALL"], ["ALLSMALLER"])


def server_callbacks(app):
    """The callbacks that the server answers, by output."""
    app.server.test_client().get("/healthz")  # Dash declares the pages' own with the first request
    return {name: one for name, one in app.callback_map.items() if "callback" in one}


def call(name, callback, value_of):
    """The body that calls a callback; ``value_of(id, property)`` gives the values."""
    inputs = [_sent(one["id"], one["property"], value_of) for one in callback["inputs"]]
    states = [_sent(one["id"], one["property"], value_of) for one in callback["state"]]
    outputs = callback["output"]
    named = [_named(one) for one in outputs] if isinstance(outputs, list) else _named(outputs)
    fired = inputs[0] if isinstance(inputs[0], dict) else inputs[0][0]
    identity = fired["id"]
    text = json.dumps(identity, separators=(",", ":")) if isinstance(identity, dict) else identity
    return {
        "output": name,
        "outputs": named,
        "changedPropIds": [f"{text}.{fired['property']}"],
        "inputs": inputs,
        "state": states,
    }


def _sent(identity, name, value_of):
    filled = _filled(identity)
    value = filled if name == "id" else value_of(identity, name)
    one = {"id": filled, "property": name, "value": value}
    return [one] if _is_many(identity) else one


def _named(output: Output):
    identity = output.component_id_str()
    one = {"id": _filled(identity), "property": output.component_property}
    return [one] if _is_many(identity) else one


def _filled(identity):
    """An id, its wildcards filled with a text or the number of a place."""
    if not identity.startswith("{"):
        return identity
    pattern = json.loads(identity)
    return {
        key: (0 if key in ("place", "page", "question") else "x")
        if isinstance(part, list)
        else part
        for key, part in pattern.items()
    }


def _is_many(identity):
    return identity.startswith("{") and any(part in MANY for part in json.loads(identity).values())
