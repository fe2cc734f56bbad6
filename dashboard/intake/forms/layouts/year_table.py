"""A yearbook table: one column per year (2019 2020 2021年 …), one row per indicator.

Or one row per area, where the title names the one indicator.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Area, Indicator
from dashboard.intake.forms import headings
from dashboard.intake.forms.entry import Entry
from dashboard.intake.forms.files.cells import Sheet, is_blank, squeezed, text_of
from dashboard.intake.forms.layout import Column, Frame, Recognition
from dashboard.intake.forms.layouts.compact import find_named
from dashboard.intake.forms.layouts.month_columns import of_months, over_span
from dashboard.intake.forms.layouts.street_rows import OWN, SKIPPED, area_of_row
from dashboard.intake.forms.layouts.year_panels import Panel, find_frame, panels_of
from dashboard.intake.forms.ledger import UNKNOWN, Ledger
from dashboard.intake.forms.mapping import UnknownRow, line_name
from dashboard.intake.forms.matching import NO_TWIN, match_heading, of_single_months, span_word

__all__ = ["find_frame", "read_rows", "rows_are_areas"]

_OF_WHICH = re.compile(r"其中|[#*]")


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
    for panel in panels_of(recognition):
        if recognition.indicator:
            fixed = catalogue.indicators[recognition.indicator]
            _read_areas(_Reader(sheet, recognition, catalogue, ledger, panel), fixed, areas)
        else:
            _read_lines(_Reader(sheet, recognition, catalogue, ledger, panel))


@dataclass(frozen=True)
class _Reader:
    """What the rows of one panel are read with."""

    sheet: Sheet
    recognition: Recognition
    catalogue: Catalogue
    ledger: Ledger
    panel: Panel

    @property
    def rows(self) -> range:
        return range(self.recognition.first_row, len(self.sheet.rows))

    def label(self, row: int) -> str:
        return text_of(self.sheet.spread(row, self.panel.name.place))

    def unit(self, row: int) -> str:
        unit = self.panel.unit
        return text_of(self.sheet.spread(row, unit.place)) if unit else ""

    def filled(self, row: int) -> list[Column]:
        years = self.panel.years
        return [one for one in years if not is_blank(self.sheet.cell(row, one.place))]

    def months(self, row: int) -> list[object]:
        """The row's cells in the order of the months, where the columns are months of one year."""
        spans = [(one.span, one.place) for one in self.panel.years if one.span]
        months = sorted((span.end, at) for span, at in spans if span.length in (0, 1))
        one_year = len({end.year for end, _ in months}) == 1 and len(months) > 1
        return [self.sheet.cell(row, at) for _, at in months] if one_year else []

    def enter(self, row: int, indicator: Indicator, area: Area, unit: str) -> None:
        for column in self.filled(row):
            if column.span is not None:
                cell = self.sheet.cell(row, column.place)
                stated = over_span(indicator, column.span, self.catalogue)
                entry = Entry(stated, area.code, column.span, cell, row, column.place, unit)
                self.ledger.enter(entry)


def _read_areas(reader: _Reader, fixed: Indicator, areas: Areas) -> None:
    """One row per area, of the one indicator that the title names."""
    title, catalogue = reader.recognition.title, reader.catalogue
    lines = [reader.months(row) for row in reader.rows]
    stated = span_word(title) if any(lines) else ""
    found = of_months(fixed, lines, stated, catalogue, reader.ledger) if any(lines) else fixed
    indicator = of_single_months(found, stated, catalogue) if found and stated else found
    if indicator is None:
        top = reader.recognition.header_rows[0]
        reader.ledger.unknown(fixed.name.zh, top, reader.panel.years[0].place, NO_TWIN)
        return
    title_unit = headings.split_unit(squeezed(title), catalogue)[1]
    # Each panel has its own column of names.
    names = [one for one in reader.recognition.columns if one.role != "name"]
    named = replace(reader.recognition, columns=(reader.panel.name, *names))
    for row in reader.rows:
        if reader.filled(row):
            area = area_of_row(reader.sheet, named, row, areas, reader.ledger)
            if area is not None:
                reader.enter(row, indicator, area, reader.unit(row) or title_unit)


def _read_lines(reader: _Reader) -> None:
    """One row per indicator of the table's area."""
    above: list[str] = []
    whole = ""  # the line that # and 其中 below it are parts of
    for row in reader.rows:
        label, years = reader.label(row), reader.filled(row)
        if not years:
            above = [label] if label else above
            continue
        plain, printed = headings.split_unit(squeezed(label), reader.catalogue)
        printed = reader.unit(row) or printed
        part = bool(_OF_WHICH.match(squeezed(label)))
        parents = [*above, whole, "其中"] if part and whole else above
        indicator = _indicator(reader, row, plain, parents)
        if indicator is None:
            named = find_named(label, printed, parents, reader.catalogue)
            indicator, printed = named.indicator, printed or named.unit
        whole = whole if part else plain
        if indicator is None and not SKIPPED.fullmatch(plain):
            heading = next((text for text in reversed(parents) if text != "其中"), "")
            name = line_name(plain, heading)
            unknown = UnknownRow(row, years[0].place, name, heading=heading, unit=printed)
            indicator = reader.ledger.mapped(unknown)
            if indicator is None:
                reader.ledger.unknown(label, row, years[0].place, UNKNOWN, unknown)
        line = reader.months(row)
        if indicator is not None and line:
            stated = span_word(label) or span_word(reader.recognition.title)
            wanted = indicator
            indicator = of_months(wanted, [line], stated, reader.catalogue, reader.ledger)
            if indicator is None:
                reader.ledger.unknown(label, row, years[0].place, NO_TWIN)
        if indicator is not None and reader.recognition.area is not None:
            reader.enter(row, indicator, reader.recognition.area, printed)


def _indicator(reader: _Reader, row: int, name: str, above: list[str]) -> Indicator | None:
    code, catalogue, title = reader.panel.code, reader.catalogue, reader.recognition.title
    code_text = squeezed(reader.sheet.cell(row, code.place)) if code else ""
    by_code = catalogue.find_line(code=code_text) if code_text else None
    if by_code is not None:
        return by_code
    for path in ([*above, name], [*above[-2:], name], [name]):
        found = match_heading(path, title, catalogue).indicator
        if found is not None:
            return found
    return catalogue.find_line("", name, above) if above else None
