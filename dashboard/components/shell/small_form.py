"""Builds small forms of a few fields in a row: a button, or Enter, sends them to a callback."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

LONGEST = 2000  # characters of a field
Id = str | dict[str, str | int]


class Field(NamedTuple):
    """A field: ``kind`` is text, date or area (several lines)."""

    id: Id
    name: str
    label: str
    kind: str = "text"
    value: str = ""
    needed: bool = False


def small_form(
    own: Id, fields: Sequence[Field], button: str, message: Component | None = None
) -> Component:
    """A form whose ``n_submit`` counts how often it was sent; needed fields are filled by then.

    ``message`` stands below it: what was done, or what is wrong.
    """
    inside = [_labelled(field) for field in fields]
    send = dbc.Button(button, type="submit", color="primary")
    form = dbc.Form([*inside, send, message], id=own, prevent_default_on_submit=True)
    return html.Div(form, className="small-form")


def _labelled(field: Field) -> Component:
    given = {
        "id": field.id,
        "name": field.name,
        "value": field.value,
        "required": field.needed,
        "maxlength": LONGEST,
    }
    if field.kind == "area":
        control = dbc.Textarea(rows=3, **given)
    else:
        control = dbc.Input(type=field.kind, **given)
    return html.Label([html.Span(field.label), control])


def outcome(own: Id) -> Component:
    """Where a callback says what was done, or what is wrong."""
    return html.P(id=own, role="status", className="form-outcome")
