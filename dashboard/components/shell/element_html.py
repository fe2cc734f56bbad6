"""Writes Dash's HTML elements as HTML text with all that they look like: class, style, pictures.

Unlike the plain pages nothing is left out, for a page of ours that runs without Dash's scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from dash.development.base_component import Component

NAMES = {"className": "class"}
PLAIN = ("id", "title", "src", "alt", "width", "height", "lang", "role")
VOID = {"img", "br", "hr"}


def element_html(part: Any) -> str:  # noqa: ANN401 - any component's child
    """The HTML text of an element, a text, a number, or a list of them."""
    if part is None:
        return ""
    if isinstance(part, list | tuple):
        return "".join(element_html(one) for one in part)
    if not isinstance(part, Component):
        return escape(str(part))
    tag = part._type.lower()
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in _attributes(part))
    content = "" if tag in VOID else f"{element_html(getattr(part, 'children', None))}</{tag}>"
    return f"<{tag}{attributes}>{content}"


def _attributes(part: Component) -> Iterator[tuple[str, str]]:
    for name, value in sorted(part.__dict__.items()):
        if value is None:
            continue
        if name in NAMES or name in PLAIN or name.startswith(("aria-", "data-")):
            yield NAMES.get(name, name), str(value)
        elif name == "style":
            yield "style", _style(value)


def _style(values: Mapping[str, object]) -> str:
    """{"flexGrow": 4} as "flex-grow:4"."""
    dashed = ((re.sub(r"([A-Z])", r"-\1", name).lower(), value) for name, value in values.items())
    return ";".join(f"{name}:{value}" for name, value in dashed)
