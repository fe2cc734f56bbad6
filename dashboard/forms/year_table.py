"""A yearbook table: one column per year (2019 2020 2021年 …), one row per indicator.

Or one row per area, where the title names the one indicator.
"""

from __future__ import annotations

from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue, plain_name
from dashboard.catalogue.concepts import Area, Indicator
from dashboard.forms import headings
from dashboard.forms.cells import Sheet, is_blank, squeezed, text_of
from dashboard.forms.entry import Entry
from dashboard.forms.layout import YEAR_TABLE, Column, Frame, Recognition
from dashboard.forms.ledger import Ledger
from dashboard.forms.matching import match_heading
from dashboard.forms.street_rows import OWN, SKIPPED, area_of_row


def find_frame(sheet: Sheet) -> Frame | None:
    """Header and columns of a table with a year (or another whole period) per column, or None."""
    for row in sheet.top_rows:
        texts = [squeezed(sheet.spread(row, at)) for at in range(sheet.width)]
        spans = {at: span for at, text in enumerate(texts) if (span := headings.span_of(text))}
        ends = [span.end for span in spans.values()]
        if not ends or len(set(ends)) != len(ends) or min(spans) == 0:
            continue
        # In a row of figures one or two may look like years; in a header nearly all of them are.
        named = any(headings.NAME.fullmatch(text) for text in texts[: min(spans)])
        if not named and len(ends) < 2:
            continue
        if not named and len(spans) * 2 <= sum(bool(text) for text in texts[min(spans) :]):
            continue
        columns = [Column(at, "year", (texts[at],), span=span) for at, span in spans.items()]
        for at in range(min(spans)):
            if headings.UNIT.fullmatch(texts[at]):
                columns.append(Column(at, "unit", (texts[at],)))
            elif headings.CODE.fullmatch(texts[at]):
                columns.append(Column(at, "code", (texts[at],)))
            elif headings.AREA_CODE.fullmatch(texts[at]):
                columns.append(Column(at, "area_code", (texts[at],)))
            elif not headings.SERIAL.fullmatch(texts[at]):
                columns.append(Column(at, "name", (texts[at],)))
        if not any(column.role == "name" for column in columns):
            continue
        first = row + 1
        while first < len(sheet.rows) and headings.is_letters_row(sheet, first):
            first += 1
        return Frame(YEAR_TABLE, (row,), first, tuple(columns))
    return None


def titled_indicator(title: str, catalogue: Catalogue) -> Indicator | None:
    """The indicator that a title names: the one whose name in it is longest."""
    plain = plain_name(title)
    named = [
        (len(name), one)
        for one in catalogue.indicators.values()
        for text in (one.name.zh, *one.aliases)
        if len(name := plain_name(text)) > 2 and name in plain
    ]
    return max(named, key=lambda pair: pair[0])[1] if named else None


def rows_are_areas(sheet: Sheet, frame: Frame, areas: Areas, within: Area | None) -> bool:
    """Whether the rows' names are mostly areas, not indicators."""
    name = next(column for column in frame.columns if column.role == "name")
    labels = [squeezed(row[name.place]) for row in sheet.rows[frame.first_row :]]
    labels = [label for label in labels if label and not OWN.fullmatch(label)]
    known = [label for label in labels if areas.find(label, within.code if within else "")]
    return bool(labels) and len(known) * 2 > len(labels)


def read_rows(
    sheet: Sheet, recognition: Recognition, catalogue: Catalogue, areas: Areas, ledger: Ledger
) -> None:
    """Enters every figure; a row with figures whose indicator is not known is noted."""
    name = recognition.column("name")
    unit = recognition.column("unit")
    years = [column for column in recognition.columns if column.role == "year" and column.span]
    fixed = catalogue.indicators.get(recognition.indicator)
    above: list[str] = []
    for row in range(recognition.first_row, len(sheet.rows)):
        label = text_of(sheet.spread(row, name.place)) if name else ""
        filled_years = [column for column in years if not is_blank(sheet.cell(row, column.place))]
        if not filled_years:
            above = [label] if label else above
            continue
        plain, printed = headings.split_unit(squeezed(label), catalogue)
        printed = text_of(sheet.spread(row, unit.place)) if unit else printed
        if fixed is not None:
            area = area_of_row(sheet, recognition, row, areas, ledger)
            indicator: Indicator | None = fixed
            title_unit = headings.split_unit(squeezed(recognition.title), catalogue)[1]
            printed = printed or title_unit
        else:
            area, indicator = (
                recognition.area,
                _indicator(sheet, recognition, row, plain, above, catalogue),
            )
        if indicator is None and not SKIPPED.fullmatch(plain):
            ledger.unknown(label, row, filled_years[0].place)
        if area is None or indicator is None:
            continue
        for column in filled_years:
            if column.span is not None:
                cell = sheet.cell(row, column.place)
                ledger.enter(
                    Entry(indicator, area.code, column.span, cell, row, column.place, printed)
                )


def _indicator(
    sheet: Sheet,
    recognition: Recognition,
    row: int,
    name: str,
    above: list[str],
    catalogue: Catalogue,
) -> Indicator | None:
    code = recognition.column("code")
    code_text = squeezed(sheet.cell(row, code.place)) if code else ""
    by_code = catalogue.find_line(code=code_text) if code_text else None
    if by_code is not None:
        return by_code
    path = [*above, name]
    found = match_heading(path, recognition.title, catalogue).indicator
    return found or match_heading([name], recognition.title, catalogue).indicator
