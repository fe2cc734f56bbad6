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
UPRIGHT = 150  # letters beyond which a page lies; up to here it is printed smaller

_COLUMN = 9.0  # letters of a column whose width is not set
_HIGH = 1.6  # height of a line in its type size
_TYPE = 10.5  # points
_LETTER = 0.9  # of a digit's width, with some to spare
ROW = 20  # pixels of a row whose height is not set


class Span(NamedTuple):
    """How far to the right a text may reach: columns, and their width in letters."""

    columns: int
    wide: float


def set_up(
    sheet: Any,  # noqa: ANN401 - XlsxWriter is untyped
    language: str,
    *,
    heading: int | None = None,
    span: Span | None = None,
    last: int = 0,
) -> None:
    """A4 with page numbers, as wide as one page; lying where the ``span`` of its texts needs it.

    ``heading`` is the row (0-based) that comes again on each page, ``last`` the last one that is
    printed, where a chart reaches below the texts.
    """
    sheet.set_paper(_A4)
    if span is not None and last:
        sheet.print_area(0, 0, last, span.columns - 1)
    if span is not None and span.wide > UPRIGHT:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=_MARGIN, right=_MARGIN, top=0.75, bottom=0.75)
    sheet.center_horizontally()
    sheet.set_footer("&C" + word("report_sheet_page", language))
    if heading is not None:
        sheet.repeat_rows(heading)


def span_of(widths: Sequence[float], least: float = 0) -> Span:
    """The span of a table's columns; at least so many letters, in columns of the usual width."""
    more = max(ceil((least - sum(widths)) / _COLUMN), 0)
    return Span(len(widths) + more, sum(widths) + more * _COLUMN)


class Look(NamedTuple):
    """A format for a text of one line, and the same for one that wraps (XlsxWriter's own)."""

    plain: Any
    wrapped: Any
    points: float = _TYPE


def _width(text: str) -> float:
    """How wide a text is, in digits: letters of other scripts are narrower than those."""
    return width_of(text) * (_LETTER if text.isascii() else 1.0)


def write_line(sheet: Any, row: int, text: str, look: Look, span: Span) -> None:  # noqa: ANN401
    """A text in the first cell of a row; a longer one wraps over the span and is printed whole."""
    room = span.wide * _TYPE / look.points
    lines = sum(ceil(max(_width(part), 1) / room) for part in text.split("\n"))
    if lines == 1:
        sheet.write_string(row, 0, text, look.plain)
        if look.points > _TYPE:  # else larger type touches the next line
            sheet.set_row(row, look.points * _HIGH)
        return
    if span.columns > 1:
        sheet.merge_range(row, 0, row, span.columns - 1, text, look.wrapped)
    else:
        sheet.write_string(row, 0, text, look.wrapped)
    sheet.set_row(row, lines * look.points * _HIGH)


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
