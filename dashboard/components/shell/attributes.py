"""Attributes that are no Python names: aria-label, data-ref."""

from __future__ import annotations

from typing import Any


def aria(**values: str) -> dict[str, Any]:
    """``aria(label="…")`` as ``{"aria-label": "…"}``, to be passed to a component."""
    return {f"aria-{name}": value for name, value in values.items()}


def data(**values: str) -> dict[str, Any]:
    """``data(ref="…")`` as ``{"data-ref": "…"}``; what our scripts read from a page."""
    return {f"data-{name}": value for name, value in values.items()}
