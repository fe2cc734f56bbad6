"""Joins short texts with a dot between."""

from __future__ import annotations

import re

from dash import html
from dash.development.base_component import Component

_CLAUSE = re.compile(r"(?<=[，；：])")  # behind these signs a line may end
_FIRST_CHINESE = 0x2E80


def dotted(*parts: str | None) -> str:
    """The parts that say anything, with a dot between: "示例区 · 2026年9月"."""
    return " · ".join(part for part in parts if part)


def clauses(text: str) -> list[Component | str]:
    """A Chinese title in parts that a line is not broken within where they fit on it."""
    parts = [part for part in _CLAUSE.split(text) if part]
    if len(parts) < 2 or not any(ord(sign) > _FIRST_CHINESE for sign in text):
        return [text]
    return [html.Span(part, className="clause") for part in parts]
