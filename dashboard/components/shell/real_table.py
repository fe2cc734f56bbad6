"""Builds a real table as one component: its cells travel as JSON and are built in the browser.

Every mounted Dash component receives every change of the page: a table of a thousand components
would delay each redraw. ``assets/40-tables/tables.js`` makes ``<table>``, ``<caption>`` and
``<th scope>`` from this, with text only, never with HTML.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.derivation import FigureKey
from dashboard.base.language import word
from dashboard.components.shell.address import figure_query
from dashboard.components.shell.attributes import aria, data
from dashboard.components.shell.sparks import Drawing

ABSENT = "—"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``scope`` makes it a heading (col, row, colgroup, rowgroup); ``href`` a link.

    ``small`` is a second line, ``meaning`` what the colour means (tooltip and screen reader),
    ``kind`` the class names, ``pill`` the class names of a tag around the text, ``arrow`` a sign
    before it that is not read out, ``code`` a name from a file, ``as_page`` a link that draws its
    page anew, ``figure`` what is shown: the cell leads to its page. ``across`` and
    ``down`` are columns and rows covered. ``sort`` of a column's heading lets a reader sort by it,
    as "number" or "text"; ``key`` is what a cell is sorted by.
    """

    text: str = ""
    scope: str = ""
    href: str = ""
    small: str = ""
    meaning: str = ""
    kind: str = ""
    pill: str = ""
    arrow: str = ""
    across: int = 1
    down: int = 1
    as_page: bool = False
    code: bool = False
    drawing: Drawing | None = None
    figure: FigureKey | None = None
    sort: str = ""
    key: str | float | None = None

    def plain(self) -> dict[str, object]:
        """The cell for JSON, without what is at its default."""
        result: dict[str, object] = {
            name: value
            for name in (
                "text",
                "scope",
                "href",
                "small",
                "meaning",
                "kind",
                "pill",
                "arrow",
                "sort",
            )
            if (value := getattr(self, name))
        }
        if self.across > 1:
            result["across"] = self.across
        if self.down > 1:
            result["down"] = self.down
        if self.as_page:
            result["page"] = 1
        if self.code:
            result["code"] = 1
        if self.key is not None:
            result["key"] = self.key
        figure = self._figure()
        if figure:
            result["figure"] = figure
        if self.drawing is not None:
            result["drawing"] = [*self.drawing]
        return result

    def _figure(self) -> str:
        """The query of the figure's page; "" for a cell without a figure, or an absent one."""
        if self.figure is None or not (self.meaning or self.text != ABSENT):
            return ""
        return figure_query(self.figure)


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one row; ``kind`` are the row's class names, ``anchor`` its id for an address."""

    cells: Sequence[Cell]
    kind: str = ""
    anchor: str = ""

    def plain(self) -> dict[str, object]:
        """The row for JSON."""
        named = {"id": self.anchor} if self.anchor else {}
        return {"kind": self.kind, **named, "cells": [cell.plain() for cell in self.cells]}


def head_row(
    prefix: str, names: Iterable[str], language: str, numbers: Collection[str] = ()
) -> Row:
    """The headings of columns by their words, ``prefix_name``; those of ``numbers`` stand right."""
    return Row(
        [
            Cell(
                word(f"{prefix}_{name}", language),
                scope="col",
                kind="number" if name in numbers else "",
            )
            for name in names
        ]
    )


def real_table(
    caption: str,
    head: Sequence[Row],
    body: Sequence[Row],
    *,
    kind: str = "",
    box: str = "",
    quiet: bool = False,
    tail: str = "",
) -> Component:
    """The table in a box that scrolls by itself and is reachable from the keyboard.

    ``kind`` and ``box`` are class names of table and box; ``quiet`` hides the caption from sight
    where a heading above already says it. ``tail`` ends the address of every figure's page.
    """

    content = {
        "caption": caption,
        "quiet": quiet,
        "kind": kind,
        "tail": tail,
        "head": [row.plain() for row in head],
        "body": [row.plain() for row in body],
    }
    return html.Div(
        className=f"scroll {box}".strip(),
        tabIndex=0,
        role="region",
        **aria(label=caption),
        **data(table=json.dumps(content, ensure_ascii=False, separators=(",", ":"))),
    )
