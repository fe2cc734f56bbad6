"""Prints on a page what the marks of its chart's or table's figures say.

A slide or a page is read without its speaker notes, and a cell's comment is not printed.
"""

from __future__ import annotations

from dashboard.base.language import word
from dashboard.catalogue.figure_marks import FigureMark
from dashboard.charts.model.chart import Role, Table
from dashboard.charts.model.report import ReportPage
from dashboard.exports.table_shape import TONES

_MOST_NAMES = 6
_IN_PLACE = (Role.CHANGE, Role.SHARE, Role.RANK)  # why there is none is no mark of a figure


def page_remarks(page: ReportPage, language: str) -> tuple[str, ...]:
    """One sentence a mark, of the chart's figures or of the cells of the page's own table."""
    chart = page.chart
    if chart is not None:
        said = (mark.words for mark in chart.marks if mark.mark is not FigureMark.DEMO)
        return tuple(dict.fromkeys(said))
    return table_remarks(page.table, language) if page.table is not None else ()


def table_remarks(table: Table, language: str) -> tuple[str, ...]:
    """The words of cells that are not printed in them, each with the rows it is said of."""
    groups: dict[str, list[str]] = {}
    has_facts = len(table.facts) == len(table.rows)
    for row, ((_, cells), words, tones) in enumerate(
        zip(table.rows, table.words, table.tones, strict=True)
    ):
        for column, (said, tone) in enumerate(zip(words, tones, strict=True)):
            in_place = has_facts and table.facts[row][column].role in _IN_PLACE
            if said and tone not in TONES and not in_place:
                groups.setdefault(said, []).append(_named(table, cells[0], column))
    comma = word("chart_list_comma", language)
    remarks = []
    for said, every in groups.items():
        names = list(dict.fromkeys(every))
        shown = comma.join(names[:_MOST_NAMES])
        if len(names) > _MOST_NAMES:
            more = len(names) - _MOST_NAMES
            shown = word("mark_more", language, names=shown, count=len(names), more=more)
        remarks.append(word("mark_note", language, names=shown, words=said))
    return tuple(remarks)


def _named(table: Table, row: str, column: int) -> str:
    """The row's name, with the column's where the table has several."""
    return f"{row} {table.columns[column]}" if len(table.columns) > 2 else row
