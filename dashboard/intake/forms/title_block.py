"""Reads the title block above a table: title, form number, area, period and the sheet's unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import FigureStatus, Finding, Unit
from dashboard.intake.forms.files.cells import Sheet, column_letter, squeezed
from dashboard.intake.forms.headings import span_of
from dashboard.intake.forms.layout import Citation, FormRefused, Head, Hints
from dashboard.intake.forms.parts_of_year import part_of_year
from dashboard.intake.forms.stated_area import area_of_table, stated_area
from dashboard.intake.forms.stated_period import period_of_table, stated_period
from dashboard.intake.forms.title_cells import (
    TitleCell,
    labelled,
    labels_of,
    title_cells,
    without_references,
)

_FORM_LABEL = re.compile(r"表号")
_TITLED_UNITS = re.compile(r"[(（](?:计量|计算)?单位[:：]([^()（）]{1,60})[)）]")
_LISTED = re.compile("[、,，;；]")
UNIT_LABEL = re.compile(r"(?:计量|计算|金额|资金|货币|数量|数据)?单位")
_FIRMNESS = {  # what a title says of all figures below it; the least firm first
    FigureStatus.DRAFT: re.compile(r"草稿|初稿|讨论稿|送审稿|征求意见稿|未定稿"),
    FigureStatus.PROVISIONAL: re.compile(r"初步|快报"),
}


def read_head(
    sheet: Sheet, top: int, catalogue: Catalogue, areas: Areas, hints: Hints, *, dated: bool = True
) -> Head:
    """What the rows above ``top``, the sheet's name and the person say of the sheet."""
    return head_of_cells(sheet, title_cells(sheet, top), catalogue, areas, hints, dated=dated)


def head_of_cells(
    sheet: Sheet,
    cells: list[TitleCell],
    catalogue: Catalogue,
    areas: Areas,
    hints: Hints,
    *,
    dated: bool = True,
) -> Head:
    """What these cells above a table, the sheet's name and the person say of the sheet.

    Area and period stay None where nothing names them; for two different periods, or a hint that
    means nothing, with a finding. ``dated`` is False for a layout whose rows or columns name their
    periods.
    """
    labels = labels_of(cells)
    evidence: dict[str, Citation] = {}
    findings: list[Finding] = []
    area, period = None, None
    title = _title(cells)
    try:
        area = stated_area(sheet, cells, labels, areas, hints, evidence)
    except FormRefused as refused:
        findings += refused.findings
    try:
        period = stated_period(sheet, cells, labels, hints, evidence) if dated else None
    except FormRefused as refused:
        findings += refused.findings
    form = labelled(labels, _FORM_LABEL)
    if form:
        evidence["form"] = form.evidence
    units = with_stated(_units(labels, cells, catalogue, evidence), hints.unit, catalogue)
    if title:
        evidence["title"] = title.evidence
    everything = " ".join([sheet.name, *(cell.text for cell in cells)])
    return Head(
        title=title.text if title else "",
        form=form.text.upper() if form else "",
        area=area,
        period=period,
        units=units,
        firmness=_firmness(everything),
        evidence=evidence,
        findings=tuple(findings),
    )


def head_of_table(
    sheet: Sheet,
    cells: list[TitleCell],
    shared: Head,
    catalogue: Catalogue,
    areas: Areas,
) -> Head:
    """What a table's own captions say, and where they say nothing what is said of its sheet.

    The period stays None where they name one that is not understood; there is no unit where they
    say none.
    """
    labels = labels_of(cells)
    try:
        period = period_of_table(sheet, cells, labels, shared.period)
    except FormRefused:
        period = None
    title = _title(cells)
    return replace(
        shared,
        title=title.text if title else shared.title,
        area=area_of_table(cells, labels, areas, shared.area),
        period=period,
        units=units_in(cells, catalogue),
        firmness=_firmness(" ".join(cell.text for cell in cells)),
    )


def units_in(cells: list[TitleCell], catalogue: Catalogue) -> tuple[Unit, ...]:
    """The units that a label among some cells says."""
    return _units(labels_of(cells), cells, catalogue, {})


def least_firm(heads: Iterable[Head]) -> FigureStatus:
    """What the figures of a sheet with several tables are called: as those of the least firm."""
    called = {head.firmness for head in heads}
    return next((status for status in _FIRMNESS if status in called), FigureStatus.FINAL)


def _firmness(text: str) -> FigureStatus:
    """Whether the sheet calls its figures a draft or provisional; final where it does not."""
    stated = (status for status, words in _FIRMNESS.items() if words.search(text))
    return next(stated, FigureStatus.FINAL)


def _title(cells: list[TitleCell]) -> TitleCell | None:
    """The first text that is neither a label nor a period; merged or not."""
    for cell in cells:
        text = squeezed(without_references(cell.text))
        plain = ":" not in text and not span_of(text) and not part_of_year(text)
        if plain and len(text) >= 4 and not text.replace(".", "").isdecimal():
            return cell
    return None


def _units(
    labels: list[tuple[str, TitleCell]],
    cells: list[TitleCell],
    catalogue: Catalogue,
    evidence: dict[str, Citation],
) -> tuple[Unit, ...]:
    """The units that a label says, or a list of several in the title: (单位:人次、元)."""
    cell = labelled(labels, UNIT_LABEL) or _titled_units(cells)
    if cell is None:
        return ()
    whole = catalogue.find_unit(cell.text)
    parts = [cell.text] if whole else list(_unit_parts(cell.text, catalogue))
    units = tuple(unit for part in parts if part and (unit := catalogue.find_unit(part)))
    if units:
        evidence["unit"] = cell.evidence
    return units


def _titled_units(cells: list[TitleCell]) -> TitleCell | None:
    """The list of units in brackets behind a title, as a cell of its own; None for a single one."""
    for cell in cells:
        note = _TITLED_UNITS.search(squeezed(cell.text))
        if note and _LISTED.search(note[1]):
            return replace(cell, text=note[1])
    return None


def with_stated(units: tuple[Unit, ...], said: str, catalogue: Catalogue) -> tuple[Unit, ...]:
    """The units of a sheet with the one that a person states for money, behind its own."""
    stated = catalogue.find_unit(said) if said else None
    return units if stated is None else (*units, stated)


def _unit_parts(text: str, catalogue: Catalogue) -> Iterator[str]:
    """The units of a list, also 元/人·月 among others: 人、元/人·月、万元; 户/人."""
    for part in re.split(r"[、,,;;]", text):
        yield from [part] if catalogue.find_unit(part) else part.split("/")


def missing(what: str, sheet: Sheet, top: int) -> Finding:
    """The error for an area or period that nothing names; ``what`` is area or period."""
    words = {
        "area": ("地区", "填报单位、行政区划代码或标题", "370113"),
        "period": ("报告期", "标题、表头或工作表名", "2024-09"),
    }
    zh, where, example = words[what]
    message = Text(
        f"看不出{zh}：{where}中没有写；请在表中写明，或用 --{what}(如 {example})说明",
        f"the {what} cannot be read from the rows above the table; "
        f"write it there or say it with --{what} (such as {example})",
    )
    return Finding("error", f"unknown_{what}", message, sheet.name, max(top, 1), column_letter(0))
