"""Sets sheets of a workbook up for A4, and names them by what is on them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any, NamedTuple

from dashboard.base.language import word
from dashboard.exports.table_shape import width_of

_A4 = 9  # the number of the paper in the file format
_LONGEST = 31  # letters of a sheet's name that Excel takes
_REFUSED = re.compile(r"[\[\]:*?/\\\s]+")
_MARGIN = 0.5  # inches
_UPRIGHT = 95  # letters of ten points on an upright page, within its margins


def set_up(
    sheet: Any,  # noqa: ANN401 - XlsxWriter is untyped
    language: str,
    *,
    heading: int | None = None,
    wide: float = 0,
) -> None:
    """A4 with page numbers, as wide as one page; lying where ``wide`` letters need it.

    ``heading`` is the row (0-based) that comes again on each page.
    """
    sheet.set_paper(_A4)
    if wide > _UPRIGHT:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=_MARGIN, right=_MARGIN, top=0.75, bottom=0.75)
    sheet.center_horizontally()
    sheet.set_footer("&C" + word("report_sheet_page", language))
    if heading is not None:
        sheet.repeat_rows(heading)


_COLUMN = 9.0  # letters of a column whose width is not set
_HIGH = 1.6  # height of a line in its type size
_TYPE = 10.5  # points


class Span(NamedTuple):
    """How far to the right a text may reach: columns, and their width in letters."""

    columns: int
    wide: float


def span_of(widths: Sequence[float], least: float = 0) -> Span:
    """The span of a table's columns; at least so many letters, in columns of the usual width."""
    more = max(ceil((least - sum(widths)) / _COLUMN), 0)
    return Span(len(widths) + more, sum(widths) + more * _COLUMN)


def write_line(sheet: Any, row: int, text: str, look: Any, span: Span) -> None:  # noqa: ANN401
    """A text in the first cell of a row; a longer one wraps over the span, so that it is printed.

    ``look`` is an XlsxWriter format that wraps.
    """
    lines = sum(ceil(max(width_of(part), 1) / span.wide) for part in text.split("\n"))
    if lines == 1:
        sheet.write_string(row, 0, text, look)
        return
    if span.columns > 1:
        sheet.merge_range(row, 0, row, span.columns - 1, text, look)
    else:
        sheet.write_string(row, 0, text, look)
    sheet.set_row(row, lines * _TYPE * _HIGH)


def sheet_names(titles: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """A name a title: without what Excel refuses, at most 31 letters, each but once."""
    used = {name.casefold() for name in taken}
    names = []
    for title in titles:
        plain = _REFUSED.sub(" ", title).strip(" '")
        name, number = plain[:_LONGEST].strip(" '") or "-", 1
        while name.casefold() in used:
            number += 1
            tail = f" {number}"
            name = plain[: _LONGEST - len(tail)].strip(" '") + tail
        used.add(name.casefold())
        names.append(name)
    return names
