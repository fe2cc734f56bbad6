"""Builds labelled fields of forms: drop-down lists and lines of text."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.services.access.person import acting_person

LONGEST_REASON = 500  # characters


def selects(
    fields: Sequence[tuple[str, str, list[dict[str, str]], str]], language: str
) -> list[Component]:
    """Labelled drop-down lists; a field is its label's word, its id, its options, its value."""
    return [
        html.Div(
            [
                html.Label(word(label, language), htmlFor=name),
                dbc.Select(id=name, options=options, value=value, size="sm"),
            ],
            className="filter filter-area" if name.endswith("-area") else "filter",
        )
        for label, name, options, value in fields
    ]


def labelled(key: str, name: str, control: Component, language: str) -> Component:
    """A control of this id below its label; ``key`` is the label's word."""
    return html.Div([html.Label(word(key, language), htmlFor=name), control], className="filter")


def text_field(key: str, name: str, language: str, value: str = "") -> Component:
    """A labelled line of text of at most LONGEST_REASON characters, e.g. who signs and why."""
    control = dbc.Input(id=name, value=value, maxlength=LONGEST_REASON, autoComplete="off")
    return labelled(key, name, control, language)


def signature_input(name: str, longest: int = LONGEST_REASON) -> Component:
    """Who signs: a line to type a name into, or the signed-in person's, which stays as it is."""
    person = acting_person()
    return dbc.Input(
        id=name,
        value=person.name,
        readonly=person.signed_in,
        maxlength=longest,
        autoComplete="name",
    )


def signature_field(key: str, name: str, language: str) -> Component:
    """Who signs, below its label."""
    return labelled(key, name, signature_input(name), language)
