"""Builds a titled block of a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component


def card(title: str, body: Sequence[Component | None], name: str = "") -> Component:
    """A titled block; ``name`` makes it a place a link can lead to."""
    named: dict[str, Any] = {"id": name} if name else {}
    return html.Section([html.H2(title), *body], className="panel-card", **named)
