"""Builds a real table as one component: its cells travel as JSON and are built in the browser.

Every mounted Dash component receives every change of the page: a table of a thousand components
would delay each redraw. ``assets/40-tables/tables.js`` makes ``<table>``, ``<caption>`` and
``<th scope>`` from this, with text only, never with HTML.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.figure_key import FigureKey
from dashboard.base.language import word
from dashboard.components.shell.address import figure_query
from dashboard.components.shell.attributes import aria, data
from dashboard.components.shell.sparks import Drawing

ABSENT = "—"
UNSORTED = "no"  # of a column whose figures have a unit each
FEW = 3  # rows up to which a glance sorts them
AS_SEEN = {
    "printed",
    "as-printed",
    "signs",
    "plan",
    "many-units",
    "sheet-rows",
}  # tables whose order is part of what they say
_TEXTS = ("text", "scope", "href", "small", "meaning", "kind", "pill", "arrow")
STANDS_STILL = ("group", "summary")  # rows that stay where they are: headings, totals


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``scope`` makes it a heading (col, row, colgroup, rowgroup); ``href`` a link.

    ``small`` is a second line, ``meaning`` what the colour means (tooltip and screen reader),
    ``kind`` the class names, ``pill`` the class names of a tag around the text, ``arrow`` a sign
    before it that is not read out, ``code`` a name from a file, ``as_page`` a link that draws its
    page anew, ``figure`` what is shown: the cell leads to its page. ``across`` and
    ``down`` are columns and rows covered. ``sort`` of a column's heading lets a reader sort by it,
    as "number" or "text", UNSORTED never; ``key`` is what a cell is sorted by.
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
            name: value for name in _TEXTS if (value := getattr(self, name))
        }
        if self.sort and self.sort != UNSORTED:
            result["sort"] = self.sort
        result |= {name: n for name in ("across", "down") if (n := getattr(self, name)) > 1}
        if self.as_page:
            result["page"] = 1
        if self.code:
            result["code"] = 1
        return result | self._of_figure()

    def _of_figure(self) -> dict[str, object]:
        """For JSON what the cell is sorted by, the figure that it leads to, and its drawing."""
        result: dict[str, object] = {}
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
    """Cells of one row; ``kind`` are the row's class names, ``anchor`` its id for an address.

    A row of the kind "summary" stays where it is when a reader sorts the others.
    """

    cells: Sequence[Cell]
    kind: str = ""
    anchor: str = ""

    def plain(self) -> dict[str, object]:
        """The row for JSON."""
        named = {"id": self.anchor} if self.anchor else {}
        return {"kind": self.kind, **named, "cells": [cell.plain() for cell in self.cells]}


def head_row(
    prefix: str,
    names: Iterable[str],
    language: str,
    numbers: Collection[str] = (),
    unsorted: Collection[str] = (),
) -> Row:
    """The headings of columns by their words, ``prefix_name``; those of ``numbers`` stand right.

    A reader cannot sort by those of ``unsorted``.
    """
    return Row(
        [
            Cell(
                word(f"{prefix}_{name}", language),
                scope="col",
                kind="number" if name in numbers else "",
                sort=UNSORTED if name in unsorted else "",
            )
            for name in names
        ]
    )


def _stands_still(row: Row) -> bool:
    kinds = [row.kind, *(cell.kind for cell in row.cells[:1])]
    return any(kind in STANDS_STILL for names in kinds for kind in names.split())


def sortable(head: Sequence[Row], body: Sequence[Row], kind: str = "") -> Sequence[Row]:
    """The headings, those of columns a reader can sort by marked.

    No column is: of several rows of headings, of cells over several rows, of FEW rows or fewer, of
    a table that shows a sheet as it was printed.
    """
    moved = [row for row in body if not _stands_still(row)]
    if len(head) != 1 or len(moved) <= FEW or _has_spans(moved) or AS_SEEN & set(kind.split()):
        return head
    cells = [_heading(cell, place, moved) for place, cell in enumerate(head[0].cells)]
    return [replace(head[0], cells=cells)]


def _has_spans(rows: Sequence[Row]) -> bool:
    return any(cell.across > 1 or cell.down > 1 for row in rows for cell in row.cells)


def _heading(cell: Cell, place: int, rows: Sequence[Row]) -> Cell:
    """The heading of a column, marked where a reader can sort these rows by it."""
    is_drawn = any(row.cells[place].drawing for row in rows if place < len(row.cells))
    if not cell.text or cell.href or is_drawn:
        return cell
    kind = "number" if "number" in cell.kind.split() else "text"
    return replace(cell, sort=cell.sort or kind)


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
    A reader sorts it by the headings where ``sortable`` allows it.
    """

    content = {
        "caption": caption,
        "quiet": quiet,
        "kind": kind,
        "tail": tail,
        "head": [row.plain() for row in sortable(head, body, kind)],
        "body": [row.plain() for row in body],
    }
    return html.Div(
        className=f"scroll {box}".strip(),
        tabIndex=0,
        role="region",
        **aria(label=caption),
        **data(table=json.dumps(content, ensure_ascii=False, separators=(",", ":"))),
    )
