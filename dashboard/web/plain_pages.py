"""Every page without scripts, under /plain: for old browsers, for readers of text, for paper.

A page is drawn by its own layout and written as HTML on the server, so that it can neither lag
behind the page it stands for nor say anything else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from dash import page_registry
from dash.development.base_component import Component
from dash.exceptions import DependencyException
from flask import Blueprint, Flask, Response, request
from werkzeug.exceptions import InternalServerError

from dashboard.base.language import word
from dashboard.charts.model.selection import Selection
from dashboard.components.shell.address import plain_query, reader_language, topic_of
from dashboard.components.shell.error_pages import failed_page
from dashboard.components.shell.plain import (
    WORK_PAGES,
    nothing_to_read,
    plain_body,
    plain_document,
)
from dashboard.components.shell.plain_html import PREFIX, as_html
from dashboard.services.front_desk import FrontDesk

NOWHERE = "not_found_404"
Finder = Callable[[str], tuple[str, dict[str, str]] | None]


def _inside(part: Any) -> Iterator[Component]:  # noqa: ANN401 - a component's children
    for one in part if isinstance(part, list | tuple) else [part]:
        if isinstance(one, Component):
            yield one
            yield from _inside(getattr(one, "children", None))


def _main_of(layout: Component) -> object:
    """What stands in the page's <main>; the whole layout where it has none."""
    found = next((one for one in _inside(layout) if one._type == "Main"), None)
    return layout if found is None else found.children


def _has_filters(layout: Component) -> bool:
    ids = (getattr(one, "id", None) for one in _inside(layout))
    return any(isinstance(one, dict) and one.get("name") == "filters" for one in ids)


def _page(desk: FrontDesk, here: str, find: Finder) -> Response:
    asked = plain_query(request.args.to_dict())
    asked.pop("present", None)
    found = find(here)
    file, names = found or (NOWHERE, {})
    page = page_registry[f"pages.{file}"]
    language = reader_language(asked)
    selection: Selection = desk.selections.of(asked, language, topic_of(here))
    if here.startswith(WORK_PAGES):
        content: object = nothing_to_read(here, selection)
        filters = False
    else:
        layout = page["layout"](**names, **asked)
        content, filters = _main_of(layout), _has_filters(layout)
    body = plain_body(desk, here, selection, as_html(content, language), filters=filters)
    text = plain_document(language, page["title"](**names), body)
    return Response(text, status=200 if found else 404, mimetype="text/html")


def blueprint(desk: FrontDesk, find: Finder) -> Blueprint:
    """The routes /plain/…; ``find`` says which page file stands at a path, with its names."""
    routes = Blueprint("plain", __name__)

    def plain(path: str = "") -> Response:
        return _page(desk, "/" + path, find)

    routes.add_url_rule(PREFIX, "start", plain)
    routes.add_url_rule(PREFIX + "/", "slash", plain)
    routes.add_url_rule(PREFIX + "/<path:path>", "page", plain)
    return routes


def say_failure(server: Flask) -> None:
    """Answers a request that failed with a page in words, or JSON where JSON is asked for."""

    def failed(error: InternalServerError) -> Response:
        language = reader_language()
        title = word("failed_title", language)
        if request.path.startswith("/api/"):
            content = json.dumps({"error": title}, ensure_ascii=False)
            return Response(content, status=500, mimetype="application/json")
        text = plain_document(language, title, as_html(failed_page(language)))
        return Response(text, status=500, mimetype="text/html")

    def no_file(error: DependencyException) -> Response:
        return Response("", status=404, mimetype="text/plain")

    server.register_error_handler(InternalServerError, failed)
    server.register_error_handler(DependencyException, no_file)  # no such file of a package
