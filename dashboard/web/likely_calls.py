"""Lists what a reader is likely to ask for next on a page: what it links to, its other streets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dashboard.web.first_answers import page_call

DRAWN = {"id": "panels-drawn", "property": "data"}


def panels_in(part: object) -> Iterator[dict[str, str]]:
    """The ids of all panels in a page's content, in its order."""
    if isinstance(part, Mapping):
        identity = part.get("id")
        if isinstance(identity, Mapping) and identity.get("type") == "panel":
            yield dict(identity)
        for value in part.values():
            yield from panels_in(value)
    elif isinstance(part, list):
        for value in part:
            yield from panels_in(value)


def links_in(part: object) -> Iterator[str]:
    """The addresses within the dashboard that a page's content links to, in its order."""
    if isinstance(part, Mapping):
        address = part.get("href")
        if isinstance(address, str) and address.startswith("/"):
            yield address
        for value in part.values():
            yield from links_in(value)
    elif isinstance(part, list):
        for value in part:
            yield from links_in(value)


def choice_output(callbacks: Mapping[str, object]) -> str:
    """The name of the callback that redraws the panels of a page."""
    return next(name for name in callbacks if "panel" in name and DRAWN["id"] in name)


def choice_call(
    output: str, panels: list[dict[str, str]], path: str, query: Mapping[str, str]
) -> dict[str, Any]:
    """The call by which a page asks for its panels after a choice."""
    chosen = {"query": dict(query), "path": path, "turn": 1, "visit": 1}
    return {
        "output": output,
        "outputs": [[{"id": panel, "property": "children"} for panel in panels], DRAWN],
        "changedPropIds": ["selection.data"],
        "inputs": [{"id": "selection", "property": "data", "value": chosen}],
        "state": [{**DRAWN, "value": None}],
    }


def visit_call(address: str) -> dict[str, Any]:
    """The call by which a page's content is asked for at an address with its query."""
    path, question, query = address.partition("?")
    return page_call(path, question + query if query else "")
