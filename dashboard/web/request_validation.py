"""Validates JSON requests before they are answered; malformed ones get status 400.

Dash's code relies on what the pages send: without this, each malformed request would end in an
error and leave its traceback in the log.
"""

from __future__ import annotations

import json
from collections.abc import Container

from flask import Flask, Response, request

from dashboard.base.language import DEFAULT_LANGUAGE, LANGUAGES, word

CALLBACKS = "/_dash-update-component"


def refuse_malformed(server: Flask, outputs: Container[str]) -> None:
    """Refuse JSON nested without end, and calls of callbacks that are not in ``outputs``."""

    def validate() -> Response | None:
        if request.method != "POST" or not request.is_json:
            return None
        try:
            content = request.get_json(silent=True)
        except RecursionError:
            return _refused()
        if request.path != CALLBACKS or is_call(content, outputs):
            return None
        return _refused()

    server.before_request(validate)


def is_call(content: object, outputs: Container[str]) -> bool:
    """Whether JSON calls a callback the way pages do: its output, and lists of what changed."""
    if not isinstance(content, dict):
        return False
    output, named = content.get("output"), content.get("outputs")
    if not isinstance(output, str) or output not in outputs:
        return False
    if not isinstance(named, dict | list) or not isinstance(content.get("changedPropIds"), list):
        return False
    states = content.get("state", [])
    return all(map(_are_properties, (content.get("inputs"), states)))


def _are_properties(values: object) -> bool:
    """Whether it is a list of properties; those of a pattern are lists of their own."""
    return isinstance(values, list) and all(
        _are_properties(value) if isinstance(value, list) else _is_property(value)
        for value in values
    )


def _is_property(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    return isinstance(value.get("id"), str | dict) and isinstance(value.get("property"), str)


def _refused() -> Response:
    asked = request.cookies.get("lang") or ""
    text = word("request_malformed", asked if asked in LANGUAGES else DEFAULT_LANGUAGE)
    content = json.dumps({"error": text}, ensure_ascii=False)
    return Response(content, status=400, mimetype="application/json")
