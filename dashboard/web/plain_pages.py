"""Serves every page without scripts under /plain: for old browsers, screen readers and paper.

The page's own layout is rendered as HTML on the server, so the plain page cannot differ from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, urlencode

from dash import page_registry
from dash.development.base_component import Component
from flask import Blueprint, Response, request

from dashboard.charts.model.selection import Selection
from dashboard.components.shell.address import plain_query, reader_language, topic_of
from dashboard.components.shell.not_found import note_missing
from dashboard.components.shell.plain import (
    RECEIPT,
    WORK_PAGES,
    nothing_to_read,
    plain_body,
    plain_document,
    receipt_entry,
)
from dashboard.components.shell.plain_html import PREFIX, as_html
from dashboard.services.front_desk import FrontDesk

NOWHERE = "not_found_404"
Finder = Callable[[str], tuple[str, dict[str, str]] | None]


def _components(part: Any) -> Iterator[Component]:  # noqa: ANN401 - a component's children
    """Every component of a part, the part itself first."""
    for child in part if isinstance(part, list | tuple) else [part]:
        if isinstance(child, Component):
            yield child
            yield from _components(getattr(child, "children", None))


def _main_of(layout: Component) -> object:
    """The content of the page's <main>; the whole layout where it has none."""
    main = next((part for part in _components(layout) if part._type == "Main"), None)
    return layout if main is None else main.children


def _has_filters(layout: Component) -> bool:
    """Whether the page has a filter bar."""
    ids = (getattr(part, "id", None) for part in _components(layout))
    return any(isinstance(identity, dict) and identity.get("name") == "filters" for identity in ids)


def _page(desk: FrontDesk, path: str, find: Finder) -> Response:
    """The plain page at a path; status 404 with a page of its own where there is none."""
    asked = plain_query(request.args.to_dict())
    asked.pop("present", None)
    page_file = find(path)
    file, names = page_file or (NOWHERE, {})
    page = page_registry[f"pages.{file}"]
    language = reader_language(asked)
    selection: Selection = desk.selections.of(asked, language, topic_of(path))
    filters = False
    if page_file is None:
        note_missing()
    if path == RECEIPT:
        main = receipt_entry(language)
    elif path.startswith(tuple(WORK_PAGES)):
        main = as_html(nothing_to_read(path, selection), language)
    else:
        layout = page["layout"](**names, **asked)
        main, filters = as_html(_main_of(layout), language), _has_filters(layout)
    body = plain_body(desk, path, selection, main, filters=filters)
    text = plain_document(language, page["title"](**names), body)
    return Response(text, mimetype="text/html")  # 404 where the layout noted that


def blueprint(desk: FrontDesk, find: Finder) -> Blueprint:
    """The routes /plain/…; ``find`` says which page file stands at a path, with its names."""
    routes = Blueprint("plain", __name__)

    def plain(path: str = "") -> Response:
        code = request.args.get("code", "")
        if f"/{path}" == RECEIPT and code:  # as the form of the page sends it
            query = urlencode({"lang": reader_language(request.args.to_dict())})
            address = f"{PREFIX}{RECEIPT}/{quote(code[:40], safe='')}?{query}"
            return Response(status=302, headers={"Location": address})
        return _page(desk, "/" + path, find)

    routes.add_url_rule(PREFIX, "start", plain)
    routes.add_url_rule(PREFIX + "/", "slash", plain)
    routes.add_url_rule(PREFIX + "/<path:path>", "page", plain)
    return routes
