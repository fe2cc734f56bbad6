"""Reads the columns beside a form's figure (上年, 上季度, 上期, 上月): which period each is of.

Changes such as 同比 and 环比 are no figures of their own. Where it cannot be told which period a
column is of, the column is left out with a note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dashboard.base.language import Text
from dashboard.catalogue.periods import Period
from dashboard.intake.forms.files.cells import Sheet, is_number, place, squeezed
from dashboard.intake.forms.headings import is_period_word, span_of
from dashboard.intake.forms.layout import Recognition
from dashboard.intake.forms.ledger import Ledger
from dashboard.intake.forms.parts_of_year import part_of_year, span_of_part
from dashboard.intake.forms.title_cells import title_cells

_CHANGE = re.compile(
    r"同比|环比|增减|增长|增幅|升降|降幅|比重|占比|较[上去]|比[上去]|[上去][年期季月].{0,5}比|±|%|‰|百分"
)
_YEAR_END = re.compile(r"[上去]年(?:年?[末底]|12月)")
_YEAR = re.compile(r"[上去]年")
_QUARTER = re.compile(r"上(?:一|个)?季")
_MONTH = re.compile(r"上(?:一|个)?月")
_PERIOD = re.compile(r"上(?:一)?期")
_MONTHLY, _QUARTERLY = re.compile(r"月报|月度|按月"), re.compile(r"季报|按季")
_REMARKS = re.compile(r"备注|说明|序号|编号|备用", re.I)
_BRACKETS = re.compile(r"\([^()]*\)")
_SPAN_LENGTHS = {3: 3, 9: 3, 12: 12}  # months back from a quarter, three quarters, a year


@dataclass(frozen=True, slots=True)
class SideColumn:
    """A column of figures of an earlier period."""

    place: int
    period: Period


def side_columns(sheet: Sheet, recognition: Recognition, ledger: Ledger) -> list[SideColumn]:
    """The columns that hold figures of an earlier period; notes those whose period is unclear."""
    if recognition.period is None:
        return []
    found = []
    for column in recognition.columns:
        heading = "".join(column.heading)
        if column.role != "side" or _CHANGE.search(heading):
            continue
        period = _period_of(column.heading, sheet, recognition)
        if period is not None:
            found.append(SideColumn(column.place, period))
        elif _PERIOD.search(heading):
            row = recognition.header_rows[-1]
            message = Text(
                f"{place(row, column.place)}“{heading}”是上月还是上季度看不出来，该列未读入",
                f"{place(row, column.place)}, {heading}: the month or the quarter before cannot be "
                "told apart; the column was left out",
            )
            ledger.note("note", "column_left_out", message, row, column.place)
        elif (
            not _REMARKS.search(heading)
            and not any(map(is_period_word, column.heading))
            and (_holds_numbers(sheet, recognition, column.place))
        ):
            row = recognition.header_rows[-1]
            message = Text(
                f"{place(row, column.place)}“{heading}”看不出是哪一期、哪个地区的数，该列未读入",
                f"{place(row, column.place)}, {heading}: neither an earlier period nor a known "
                "area; the column was left out",
            )
            ledger.note("note", "column_left_out", message, row, column.place)
    return found


def _holds_numbers(sheet: Sheet, recognition: Recognition, column: int) -> bool:
    return any(
        is_number(sheet.cell(row, column)) for row in range(recognition.first_row, len(sheet.rows))
    )


def _period_of(path: tuple[str, ...], sheet: Sheet, recognition: Recognition) -> Period | None:
    """The earlier period that the headings of a column name, or None."""
    if recognition.period is None:
        return None
    now, whole = recognition.period.end, "".join(path)
    if _YEAR_END.search(whole):
        return Period(now.year - 1, 12)
    if _YEAR.search(whole):
        return now.plus(-12)
    if _QUARTER.search(whole):
        return _quarter_before(now)
    if _MONTH.search(whole):
        return now.plus(-1)
    if _PERIOD.search(whole):
        back = months_back(sheet, recognition)
        return _quarter_before(now) if back == 3 else now.plus(-back) if back else None
    return next(filter(None, (_named(text, now) for text in path)), None)


def _named(text: str, now: Period) -> Period | None:
    """The latest month of this name before ``now``; a year in the text counts."""
    text = _BRACKETS.sub("", squeezed(text))
    span = span_of(text)
    if span is not None:
        return span.end if span.end < now else None
    part = part_of_year(text)
    if not part:
        return None
    this_year, last_year = (span_of_part(part, year) for year in (now.year, now.year - 1))
    if this_year is None or last_year is None or this_year.end == now:
        return None  # the form's own month over a column that is not its figure
    return this_year.end if this_year.end < now else last_year.end


def _quarter_before(now: Period) -> Period:
    """The last month of the quarter before the one that ``now`` lies in."""
    return Period(now.year, 1).plus((now.month - 1) // 3 * 3 - 1)


def months_back(sheet: Sheet, recognition: Recognition) -> int:
    """How many months 上期 lies back: by the period's length, else by 月报 or 季报; 0 unclear."""
    span = recognition.period
    if span is None:
        return 0
    named = _named_frequencies(sheet, recognition)
    if span.length == 12 and named:
        return 0  # 2020年度 over a monthly form: its month is not even known
    if span.length in _SPAN_LENGTHS:
        return _SPAN_LENGTHS[span.length]
    if span.end.month % 3:
        return 1  # a quarterly form used every month
    if len(named) == 1:
        return named[0]
    return 0 if named or span.length == 6 else 1


def _named_frequencies(sheet: Sheet, recognition: Recognition) -> list[int]:
    """1 where the sheet's name, title or lines above it call the form monthly, 3 for quarterly."""
    cells = title_cells(sheet, recognition.header_rows[0])
    sentence = " ".join([sheet.name, recognition.title, *(squeezed(cell.text) for cell in cells)])
    patterns = {1: _MONTHLY, 3: _QUARTERLY}
    return [months for months, pattern in patterns.items() if pattern.search(sentence)]
