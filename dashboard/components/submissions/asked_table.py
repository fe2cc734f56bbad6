"""Builds a table of what a person is asked: one row a name, with its place and its choices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.shell.file_names import safe
from dashboard.components.submissions.answers import Control, written

MOST = 40


class AskedRow(NamedTuple):
    """A name that is asked about, what is said of it, and the list with the id ``control``."""

    name: str
    control: Control
    about: Sequence[Component | str]
    choice: Component


def asked_table(
    title: str, head: Sequence[str], rows: Sequence[AskedRow], left: int, language: str
) -> list[Component]:
    """The table with the words of ``head`` as headings, and that ``left`` more are not listed."""
    table = html.Table(
        [
            html.Caption(title, className="visually-hidden"),
            html.Thead(html.Tr([html.Th(word(key, language), scope="col") for key in head])),
            html.Tbody([_row(row) for row in rows]),
        ],
        className="recognised unknown-lines",
    )
    more = html.P(word("preview_more", language, count=left), className="muted")
    return [table, more] if left > 0 else [table]


def _row(row: AskedRow) -> Component:
    name = html.Label([html.Bdi(safe(row.name, 60))], htmlFor=written(row.control))
    return html.Tr([html.Th(name, scope="row"), html.Td([*row.about]), html.Td(row.choice)])
