"""A table by street: one row per street (or month), one column per indicator, headings above."""

from __future__ import annotations

import re

from dashboard.base.language import Text
from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Area
from dashboard.catalogue.periods import Span
from dashboard.intake.forms import headings
from dashboard.intake.forms.entry import Entry
from dashboard.intake.forms.files.cells import (
    Sheet,
    filled,
    is_blank,
    is_number,
    squeezed,
    text_of,
)
from dashboard.intake.forms.layout import STREET_TABLE, Column, Frame, Recognition
from dashboard.intake.forms.layouts import area_columns
from dashboard.intake.forms.layouts.month_columns import Figures, month_columns, month_figures
from dashboard.intake.forms.layouts.street_rows import FOOTER, OWN, area_of_row, common_district
from dashboard.intake.forms.ledger import Ledger
from dashboard.intake.forms.mapping import UnknownRow
from dashboard.intake.forms.matching import match_heading

_FIGURE = re.compile(r"\d[\d,，]*(?:\.\d+)?")
# How a figure has changed is no figure of its own; forms print it beside what it is about.
_CHANGE = re.compile(
    r"(?:[较比]?[上去](?:年|月|季度?)(?:同期|末)?|同比|环比)*"
    r"(?:增减|增长|增加|增幅|升降|降幅|变化|变动|同比|环比)(?:额|数|量|值|率|幅度?|情况)?[±%％()]*"
)
_KEYS = {
    "area_code": headings.AREA_CODE,
    "area": headings.AREA,
    "period": headings.PERIOD,
    "serial": headings.SERIAL,
}


def find_frame(sheet: Sheet, catalogue: Catalogue) -> Frame | None:
    """Header and columns of a table by street or by month, or None where the sheet is not one."""
    for row in sheet.top_rows:
        keys = _keys(sheet, row)
        if "area" not in keys and "area_code" not in keys and "period" not in keys:
            continue
        if any(_FIGURE.fullmatch(squeezed(cell)) for cell in sheet.rows[row]):
            continue  # 街道 | 165 is a line of figures, not a header
        key = keys.get("area", keys.get("area_code", keys.get("period", 0)))
        top = headings.header_top(sheet, row, key)
        bottom = row + headings.header_depth(sheet, row, key)
        rows = [at for at in range(top, bottom) if not headings.is_letters_row(sheet, at)]
        grid = headings.heading_grid(sheet, rows)
        columns = [Column(at, role, (squeezed(sheet.cell(row, at)),)) for role, at in keys.items()]
        columns += _figure_columns(grid, set(keys.values()), catalogue)
        known = [
            column
            for column in columns
            if column.role == "indicator" and match_heading(column.heading, "", catalogue).indicator
        ]
        if len(columns) == len(keys) or not (known or "area" in keys):
            continue
        first = bottom
        while first < len(sheet.rows) and headings.is_letters_row(sheet, first):
            first += 1
        return Frame(STREET_TABLE, tuple(rows), first, tuple(columns))
    return None


def _keys(sheet: Sheet, row: int) -> dict[str, int]:
    """The columns that say which row this is, by role: only those left of the figures."""
    keys: dict[str, int] = {}
    first = next(iter(filled(sheet.rows[row])), 0)
    for at in filled(sheet.rows[row]):
        text = squeezed(sheet.cell(row, at))
        role = next((role for role, words in _KEYS.items() if words.fullmatch(text)), "")
        if not role and len(filled(sheet.rows[row])) > 1 and "/" in text and not keys:
            role = "area"  # a corner split by a line: 指标/街道
        if text == "单位" and not keys.keys() - {"serial"} and (keys or at == first):
            role = "area"  # leftmost it is the reporting unit, further right that of the figures
        if role and role not in keys:
            keys[role] = at
        elif not role and keys:
            break
    return keys


def _figure_columns(grid: list[list[str]], keys: set[int], catalogue: Catalogue) -> list[Column]:
    columns = []
    for at in range(len(grid[0])):
        path = headings.heading_path(grid, at)
        if (
            not path
            or at in keys
            or headings.SERIAL.fullmatch(path[-1])
            or path[-1] in ("备注", "说明")
        ):
            continue
        columns.append(_figure_column(at, path, catalogue))
    return columns


def _figure_column(at: int, path: tuple[str, ...], catalogue: Catalogue) -> Column:
    """A column of figures, its headings freed of units: in brackets, or in a row of their own."""
    words, unit = [], ""
    for text in path:
        plain, printed = headings.split_unit(text, catalogue)
        unit = printed or unit
        words += [plain] if plain else []
    # 户 under 低保 may be part of the name (低保户数) or a row of units: the name is tried first.
    unmatched = match_heading(words, "", catalogue).indicator is None
    if len(words) > 1 and unmatched and catalogue.find_unit(words[-1]) is not None:
        unit = words.pop()
    return Column(at, "indicator", tuple(words), unit)


def find_district(sheet: Sheet, frame: Frame, areas: Areas) -> Area | None:
    """The district whose streets the rows name, where the title names none."""
    beside = area_columns.street_names(frame.columns)
    if beside:
        return common_district(beside, areas)
    key = next((column for column in frame.columns if column.role in ("area", "area_code")), None)
    if key is None:
        return None
    rows = range(frame.first_row, len(sheet.rows))
    return common_district((squeezed(sheet.spread(row, key.place)) for row in rows), areas)


def read_rows(
    sheet: Sheet, recognition: Recognition, catalogue: Catalogue, areas: Areas, ledger: Ledger
) -> None:
    """Enters every figure; a column with figures whose indicator cannot be used is noted."""
    if area_columns.lies_on_its_side(recognition):
        area_columns.read_rows(sheet, recognition, catalogue, areas, ledger)
        return
    by_month = not recognition.column("period") and month_columns(recognition.columns)
    find = month_figures if by_month else _figures
    figures = find(sheet, recognition, catalogue, ledger)
    by_area = recognition.column("area") or recognition.column("area_code")
    period_column = recognition.column("period")
    carried_area, carried_span = "", recognition.period
    for row in range(recognition.first_row, len(sheet.rows)):
        label = _row_label(sheet, recognition, row)
        if _is_footer(sheet, row, label) or not _holds_figures(sheet, row, recognition):
            continue
        said = text_of(sheet.spread(row, period_column.place)) if period_column else ""
        if period_column and said:
            span = _row_span(said, recognition, carried_span)
            if span is None:
                _unreadable_period(ledger, said, row, period_column.place)
                continue
            carried_span = span
        if by_area and not label and not (period_column and carried_area):
            message = Text(
                f"第 {row + 1} 行有数字而没有地区名称；请补上名称",
                f"row {row + 1} holds figures without the name of an area; add it",
            )
            ledger.error("unknown_area", message, row, by_area.place)
            continue
        carried_area = label or carried_area
        area = recognition.area
        if by_area:
            area = area_of_row(sheet, recognition, row, areas, ledger, carried_area)
        if area is None or carried_span is None:
            continue
        cells, code = sheet.rows[row], area.code
        for figure in figures:
            at, unit = figure.column.place, figure.column.unit
            span = figure.span or carried_span
            ledger.enter(Entry(figure.indicator, code, span, cells[at], row, at, unit))


def _figures(
    sheet: Sheet, recognition: Recognition, catalogue: Catalogue, ledger: Ledger
) -> list[Figures]:
    figures = []
    header = recognition.header_rows[-1]
    for column in recognition.columns:
        if column.role != "indicator":
            continue
        below = range(recognition.first_row, len(sheet.rows))
        if all(is_blank(sheet.cell(row, column.place)) for row in below):
            continue
        match = match_heading(column.heading, recognition.title, catalogue)
        heading = "/".join(column.heading)
        ends = recognition.period.end.month if recognition.period else match.month
        if match.month and match.month != ends and recognition.column("period") is None:
            message = Text(
                f"“{heading}”到 {match.month} 月为止，而本表报告期是 {ends} 月；请改正表头或报告期",
                f"{heading} ends in month {match.month}, the table's period in {ends}; mend one",
            )
            ledger.error("wrong_period", message, header, column.place)
            continue
        line = UnknownRow(header, column.place, heading, unit=column.unit)
        found = match.indicator or ledger.mapped(line)
        if found is None and _CHANGE.fullmatch(column.heading[-1] if column.heading else ""):
            message = Text(
                f"“{heading}”是增减变化，不是一个指标，该列未读入",
                f"{heading}: a change and no figure of its own; the column was left out",
            )
            ledger.note("note", "column_left_out", message, header, column.place)
        elif found is None:
            ledger.unknown(heading, header, column.place, match.reason, line)
        else:
            figures.append(Figures(column, found))
    return figures


def _row_label(sheet: Sheet, recognition: Recognition, row: int) -> str:
    """What names the row's area: its name, its code, or 合计 in the column of serial numbers."""
    columns = [recognition.column(role) for role in ("area", "area_code")]
    labels = [squeezed(sheet.spread(row, column.place)) for column in columns if column]
    serial = recognition.column("serial")
    first = squeezed(sheet.spread(row, serial.place)) if serial else ""
    return next(filter(None, labels), first if OWN.fullmatch(first) else "")


def _is_footer(sheet: Sheet, row: int, label: str) -> bool:
    """Whether the row's name, or what stands leftmost in it, begins the signatures or notes."""
    first = squeezed(next(filter(None, sheet.rows[row]), None))
    return bool(FOOTER.fullmatch(label) or FOOTER.fullmatch(first))


def _holds_figures(sheet: Sheet, row: int, recognition: Recognition) -> bool:
    """Whether the row has anything under the indicators; a footnote has not."""
    cells = sheet.rows[row]
    return any(
        is_number(cells[column.place]) or _looks_filled_in(text_of(cells[column.place]))
        for column in recognition.columns
        if column.role == "indicator"
    )


def _looks_filled_in(text: str) -> bool:
    """A number or a mark such as 未报 or —; not the running text of a footnote."""
    return 0 < len(text) < 6 or any(letter.isdigit() for letter in text)


def _row_span(said: str, recognition: Recognition, before: Span | None) -> Span | None:
    """The period of a row: written in full, or a month of the year the title names."""
    span = headings.span_of(squeezed(said)) or headings.serial_span(squeezed(said))
    if span is not None:
        return span
    year = recognition.period or before
    text = squeezed(said)
    part = headings.part_of_year(text) or headings.part_of_year(f"{text}月")
    try:
        return periods.parse(f"{year.end.year}年{part}") if year and part else None
    except ValueError:
        return None


def _unreadable_period(ledger: Ledger, said: str, row: int, column: int) -> None:
    message = Text(
        f"“{said}”不是期别；应如 2024-09 或 2024年9月",
        f"{said!r} is not a period; 2024-09 or 2024年9月 is needed",
    )
    ledger.error("unknown_period", message, row, column)
