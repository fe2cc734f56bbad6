"""Joins short texts with a dot between."""

from __future__ import annotations


def dotted(*parts: str | None) -> str:
    """The parts that say anything, with a dot between: "示例区 · 2026年9月"."""
    return " · ".join(part for part in parts if part)
