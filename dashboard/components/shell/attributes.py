"""Attributes that are no Python names: aria-label, data-ref; and the order in which all stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash.development.base_component import Component

_JSON = Callable[[Component], dict[str, Any]]


def aria(**values: str) -> dict[str, Any]:
    """``aria(label="…")`` as ``{"aria-label": "…"}``, to be passed to a component."""
    return {f"aria-{name}": value for name, value in values.items()}


def data(**values: str) -> dict[str, Any]:
    """``data(ref="…")`` as ``{"data-ref": "…"}``; what our scripts read from a page."""
    return {f"data-{name}": value for name, value in values.items()}


def write_attributes_in_order() -> None:
    """Let every component write its attributes in one order, that of their names.

    Dash passes them through a set, whose order is another one in each process: the same page would
    have another tag in each, and a browser would be sent it again.
    """
    written = Component.to_plotly_json
    if not hasattr(written, "unordered"):
        Component.to_plotly_json = _in_order(written)  # type: ignore[method-assign]


def _in_order(unordered: _JSON) -> _JSON:
    def to_plotly_json(self: Component) -> dict[str, Any]:
        content = unordered(self)
        props = content["props"]
        own = sorted(name for name in props if "-" in name)
        if len(own) > 1:
            content["props"] = props | {name: props.pop(name) for name in own}
        return content

    to_plotly_json.unordered = unordered  # type: ignore[attr-defined]
    return to_plotly_json
