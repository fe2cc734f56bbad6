"""Prints on a page what the marks of its chart's or table's figures say.

A slide or a page is read without its speaker notes, and a cell's comment is not printed.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.base.language import word
from dashboard.catalogue.figure_marks import FigureMark
from dashboard.charts.model.chart import MOST_SPELT, CellRole, Chart, Table
from dashboard.charts.model.report import ReportPage
from dashboard.exports.table_shape import TONES

_MOST_NAMES = 6
_IN_PLACE = (
    CellRole.CHANGE,
    CellRole.SHARE,
    CellRole.RANK,
)  # why there is none is no mark of a figure


def page_remarks(page: ReportPage, language: str) -> tuple[str, ...]:
    """The notes of a page's chart, or one sentence a mark of the cells of its own table."""
    if page.chart is not None:
        return chart_remarks(page.chart)
    return table_remarks(page.table, language) if page.table is not None else ()


def chart_remarks(chart: Chart) -> tuple[str, ...]:
    """What must stand below a drawn chart: its marks, who is missing, numbered events by name.

    An event that is named at its own line is not named again.
    """
    marks = [mark.words for mark in chart.marks if mark.mark is not FigureMark.DEMO]
    spelt = len(chart.breaks) <= MOST_SPELT
    labels = [mark.label for mark in chart.breaks] if spelt else []
    notes = [note for note in chart.notes if note in marks or not _names_any(note, labels)]
    said = "".join(notes)
    return tuple(dict.fromkeys((*notes, *(words for words in marks if words not in said))))


def _names_any(note: str, labels: Sequence[str]) -> bool:
    return any(label in note for label in labels)


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
