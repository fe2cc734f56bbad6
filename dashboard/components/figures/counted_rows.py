"""Builds the institutions that make up a figure: a table that sorts, and links to it as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.figure_key import FigureKey
from dashboard.base.language import number, word
from dashboard.charts.provenance.figure_page import FigurePage
from dashboard.components.figures.figure import View
from dashboard.components.shell.address import figure_link, link
from dashboard.components.shell.attributes import data
from dashboard.components.shell.card import card
from dashboard.components.shell.real_table import ABSENT, Cell, Row, real_table
from dashboard.exports.register_rows import register_rows
from dashboard.services.filters import moment_of
from dashboard.services.front_desk import FrontDesk
from dashboard.store.registers import ListedRow

NUMBERS = ("beds", "nursing_beds", "residents", "counts", "row")
SHOWN = (
    "name",
    "type",
    "area_name",
    "community",
    "address",
    "nature",
    "state",
    "established",
    "ended",
    "beds",
    "nursing_beds",
    "residents",
    "counts",
    "row",
)
MOST_ROWS = 500  # on the page; files have all
DOWN = "-"  # before a column's name: descending
Line = dict[str, object]


def _columns(lines: Sequence[Mapping[str, object]]) -> list[str]:
    """The columns with something in them; how much a row counts only where it is not always 1."""
    shown = [name for name in SHOWN if any(line[name] not in ("", None) for line in lines)]
    if all(line["counts"] == 1 for line in lines):
        shown.remove("counts")
    return shown


def counted_card(desk: FrontDesk, page: FigurePage, view: View, sort: str) -> Component | None:
    """The institutions of a figure, sorted by a column ("-beds": descending); None without any."""
    moment = moment_of(view.selection.as_known)
    counted = desk.registers.counted(page.figure, moment)
    if not counted:
        return None
    language, registers = view.selection.language, desk.catalogue.registers
    lines = sort_lines(register_rows(counted, registers, desk.areas(), language), sort)
    shown = _columns(lines)
    title = word("register_counted", language, count=len(counted))
    total = sum(row.amount or 0 for row in counted)
    rows = [_row(line, shown, language) for line in lines[:MOST_ROWS]]
    table = real_table(
        title, [_head(page.figure, view, shown, sort)], rows, kind="counted", quiet=True
    )
    left = len(lines) - MOST_ROWS
    return card(
        title,
        [
            html.P(word("register_counted_text", language, sum=number(total, 0, language))),
            _difference(page, total, language),
            table,
            html.P(word("preview_more_rows", language, count=left)) if left > 0 else None,
            html.P(_sources(counted, language), className="muted"),
            _downloads(page.figure, view),
        ],
        "counted",
    )


def sort_lines(lines: Sequence[Line], sort: str) -> list[Line]:
    """The lines in the order of a column, those without a value last; as they are for none."""
    name = sort.removeprefix(DOWN)
    if name not in SHOWN:
        return [*lines]
    filled = [line for line in lines if line[name] not in ("", None)]
    rest = [line for line in lines if line[name] in ("", None)]
    numeric = name in NUMBERS

    def key(line: Line) -> tuple[float, str]:
        value = line[name]
        return (float(str(value)), "") if numeric else (0.0, str(value))

    return [*sorted(filled, key=key, reverse=sort.startswith(DOWN)), *rest]


def _head(figure: FigureKey, view: View, shown: Sequence[str], sort: str) -> Row:
    """Headings that sort: the first choice of numbers is the largest first."""
    language, cells = view.selection.language, []
    address = figure_link(figure, view.path, view.selection)
    for name in shown:
        column = word(f"register_column_{name}", language)
        first, second = (DOWN + name, name) if name in NUMBERS else (name, DOWN + name)
        chosen = sort if sort in (first, second) else ""
        following = second if chosen == first else first
        text = word("register_sorted" if chosen else "register_sort_by", language, column=column)
        arrow = "" if not chosen else "↓" if chosen.startswith(DOWN) else "↑"
        cells.append(
            Cell(
                column,
                scope="col",
                href=f"{address}&sort={following}#counted",
                kind="number" if name in NUMBERS else "",
                meaning=text,
                arrow=arrow,
            )
        )
    return Row(cells)


def _row(line: Line, shown: Sequence[str], language: str) -> Row:
    cells = []
    for name in shown:
        value = line[name]
        text = (
            number(float(str(value)), 0, language)
            if name in NUMBERS and value is not None
            else value
        )
        cells.append(
            Cell(
                str(text) if text not in ("", None) else ABSENT,
                scope="row" if name == "name" else "",
                kind="number" if name in NUMBERS else "",
            )
        )
    return Row(cells)


def _difference(page: FigurePage, total: float, language: str) -> Component | None:
    """Says that the figure shown is another than the lists add up to."""
    if page.number is None or page.number == total:
        return None
    text = word(
        "register_counted_other",
        language,
        sum=number(total, 0, language),
        value=page.value or ABSENT,
    )
    return html.P(text, className="notice")


def _sources(rows: Sequence[ListedRow], language: str) -> str:
    comma = word("list_comma", language)
    return word(
        "register_seal",
        language,
        date=comma.join(sorted({str(row.period) for row in rows})),
        numbers=comma.join(map(str, sorted({row.submission for row in rows}))),
        grades=comma.join(dict.fromkeys(word(f"grade_{row.grade}", language) for row in rows)),
    )


def _downloads(figure: FigureKey, view: View) -> Component:
    language = view.selection.language
    asked = {"indicator": figure.indicator, "area": figure.area, "period": str(figure.period)}
    known = link("?", view.selection).removeprefix("?")
    links: list[Component | str] = [word("register_download", language), " "]
    for ending in ("xlsx", "csv"):
        href = f"/export/register.{ending}?{urlencode(asked)}&{known.lstrip('&?')}"
        links += [html.A(ending.upper(), href=href, **data(reload="1")), " "]
    return html.P(links)
