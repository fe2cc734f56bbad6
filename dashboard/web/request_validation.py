"""Requests of scripts are looked at before they are answered; what is none is refused with 400.

Otherwise whatever anybody sends would reach code that counts on what the pages send, and each
such request would leave a page of traces in the log.
"""

from __future__ import annotations

import json
from collections.abc import Container

from flask import Flask, Response, request

from dashboard.base.language import DEFAULT_LANGUAGE, LANGUAGES, word

CALLBACKS = "/_dash-update-component"


def refuse_malformed(server: Flask, outputs: Container[str]) -> None:
    """Refuses JSON nested without end, and calls of no callback in ``outputs``."""

    def look() -> Response | None:
        if request.method != "POST" or not request.is_json:
            return None
        try:
            given = request.get_json(silent=True)
        except RecursionError:
            return _refused()
        if request.path != CALLBACKS or is_call(given, outputs):
            return None
        return _refused()

    server.before_request(look)


def is_call(given: object, outputs: Container[str]) -> bool:
    """Whether JSON calls a callback the way pages do: its output, and lists of what changed."""
    if not isinstance(given, dict):
        return False
    output, named = given.get("output"), given.get("outputs")
    if not isinstance(output, str) or output not in outputs:
        return False
    if not isinstance(named, dict | list) or not isinstance(given.get("changedPropIds"), list):
        return False
    states = given.get("state", [])
    return all(map(_are_properties, (given.get("inputs"), states)))


def _are_properties(given: object) -> bool:
    """Whether it is a list of properties; those of a pattern are lists of their own."""
    return isinstance(given, list) and all(
        _are_properties(one) if isinstance(one, list) else _is_property(one) for one in given
    )


def _is_property(given: object) -> bool:
    if not isinstance(given, dict):
        return False
    return isinstance(given.get("id"), str | dict) and isinstance(given.get("property"), str)


def _refused() -> Response:
    asked = request.cookies.get("lang") or ""
    text = word("request_malformed", asked if asked in LANGUAGES else DEFAULT_LANGUAGE)
    content = json.dumps({"error": text}, ensure_ascii=False)
    return Response(content, status=400, mimetype="application/json")
