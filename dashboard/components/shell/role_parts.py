"""Hides parts of a page that are forms for acts which somebody's role does not include."""

from __future__ import annotations

from typing import overload

from dash import html
from dash.development.base_component import Component

from dashboard.services.access.person import Role, acting_person


@overload
def for_role(role: Role, part: Component) -> Component: ...
@overload
def for_role(role: Role, part: None) -> None: ...
def for_role(role: Role, part: Component | None) -> Component | None:
    """The part for whoever has this role; hidden for others, and still there for scripts."""
    if part is None or acting_person().role >= role:
        return part
    return html.Div(part, hidden=True)
