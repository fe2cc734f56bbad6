"""Reads the dashboard's own chart exports, CSV or XLSX, back as figures.

Every figure is entered as one that stands beside others: a chart shows what the store had, so it
fills gaps and never replaces what was reported. Changes, shares and single months that a chart has
calculated are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Accumulation, Area, Indicator
from dashboard.catalogue.periods import Span
from dashboard.catalogue.topics import ChartSpec, Kind, Step, Transform
from dashboard.intake.forms.entry import Entry
from dashboard.intake.forms.files.cells import Sheet, is_blank, text_of
from dashboard.intake.forms.layout import OWN_EXPORT, Column, Recognition, TableHead
from dashboard.intake.forms.ledger import Ledger

IDS, KEYS, PERIODS = "# ids", "# keys", "# periods"
_UNIT = re.compile(r"\s*\([^()]*\)$")
_BY_PERIOD = (Kind.LINE, Kind.COLUMN, Kind.STACKED)
_CALCULATED = (Kind.SEASON, Kind.WATERFALL)  # show what was calculated, not figures


@dataclass(frozen=True, slots=True)
class _Export:
    """What the machine rows say: the chart, its area, the factor, and keys by row label."""

    chart: str
    kind: str
    step: str
    area: str
    factor: float
    keys: dict[str, str]
    periods: list[str]


def find_frame(sheet: Sheet) -> TableHead | None:
    """Header and columns of an exported chart, or None where the sheet has no machine rows."""
    export = _export(sheet)
    if export is None:
        return None
    for row in range(len(sheet.rows) - 1):
        label, below = text_of(sheet.cell(row, 0)), text_of(sheet.cell(row + 1, 0))
        if below in export.keys and label not in export.keys and not label.startswith("#"):
            texts = [text_of(sheet.cell(row, at)) for at in range(sheet.width)]
            columns = tuple(Column(at, "value", (text,)) for at, text in enumerate(texts) if text)
            return TableHead(OWN_EXPORT, (row,), row + 1, columns)
    return None


def stated_area(sheet: Sheet, areas: Areas) -> Area | None:
    """The area whose chart it is."""
    export = _export(sheet)
    return areas.get(export.area) if export else None


def read_rows(
    sheet: Sheet, recognition: Recognition, catalogue: Catalogue, areas: Areas, ledger: Ledger
) -> None:
    """Enters every figure of the chart that was not calculated; blanks say nothing."""
    export = _export(sheet)
    meant = _indicators(export, catalogue) if export else []
    if export is None or not meant:
        return
    chart = _Chart(export, meant)
    figures = [column for column in recognition.columns if column.place > 0]
    for row in range(recognition.first_row, len(sheet.rows)):
        if text_of(sheet.cell(row, 0)) not in export.keys:
            continue
        for order, column in enumerate(figures):
            entry = _entry(sheet, (row, column, order), chart, areas)
            if entry is not None:
                ledger.enter(entry)


@dataclass(frozen=True, slots=True)
class _Chart:
    """An exported chart and the indicators whose values it shows."""

    export: _Export
    meant: list[Indicator]

    @property
    def names(self) -> dict[str, Indicator]:
        """The indicators by their names in both languages."""
        return {
            text: indicator
            for indicator in self.meant
            for text in (indicator.name.zh, indicator.name.en)
        }


def _entry(
    sheet: Sheet, place: tuple[int, Column, int], chart: _Chart, areas: Areas
) -> Entry | None:
    """The figure in a row and column (the ``order``-th of figures); None where there is none."""
    row, column, order = place
    cell = sheet.cell(row, column.place)
    if is_blank(cell) or text_of(cell) == "—":
        return None
    heading = _UNIT.sub("", column.heading[0])
    label = text_of(sheet.cell(row, 0))
    found = _figure(chart.export, (label, heading, order), chart.names, chart.meant[0])
    if found is None:
        return None
    indicator, code, period = found
    area, span = areas.get(code), _span(period)
    if area is None or span is None:
        return None
    value, unit = _in_base_units(cell, chart.export.factor), indicator.unit.name.zh
    return Entry(indicator, area.code, span, value, row, column.place, unit, secondary=True)


def _figure(
    export: _Export, place: tuple[str, str, int], names: dict[str, Indicator], main: Indicator
) -> tuple[Indicator, str, str] | None:
    """Indicator, area and period of a cell by its row's label, its heading and its column."""
    label, heading, order = place
    key, latest = export.keys[label], export.periods[0] if export.periods else ""
    if export.kind in _BY_PERIOD:
        return (names[heading], export.area, key) if heading in names else None
    if export.kind in (Kind.BAR, Kind.MAP):
        return (main, key, latest) if names.get(heading) == main else None
    if export.kind == Kind.COMPOSITION:
        return (names[label], export.area, latest) if order == 0 and label in names else None
    within = export.kind == Kind.TABLE and order < len(export.periods)
    return (main, key, export.periods[order]) if within else None


def _indicators(export: _Export, catalogue: Catalogue) -> list[Indicator]:
    """The indicators whose values the chart shows; none where it shows what was calculated."""
    spec = _declared(export, catalogue)
    calculated = export.kind in _CALCULATED or export.step == Step.CUMULATIVE
    if spec is None or spec.transform is not Transform.VALUE or calculated:
        return []
    indicators = [catalogue.indicators[indicator] for indicator in spec.indicators]
    if export.kind in (Kind.STACKED, Kind.COMPOSITION):
        indicators += catalogue.children(indicators[0].id)
    if export.step != Step.MONTH:
        return indicators
    return [
        indicator
        for indicator in indicators
        if indicator.accumulation is not Accumulation.YEAR_TO_DATE
    ]


def _declared(export: _Export, catalogue: Catalogue) -> ChartSpec | None:
    """The chart as its topic declares it, None where it is not known any more."""
    topic, _, name = export.chart.partition("/")
    charts = catalogue.topics[topic].charts if topic in catalogue.topics else ()
    return next((chart for chart in charts if chart.id == name), None)


def _export(sheet: Sheet) -> _Export | None:
    """The machine rows, or None where they are missing or damaged."""
    rows = {
        text_of(row[0]): [_unescaped(text_of(cell)) for cell in row[1:]]
        for row in _machine_rows(sheet)
    }
    ids, pairs = rows.get(IDS, []), rows.get(KEYS, [])
    if len(ids) < 5:
        return None
    try:
        factor = float(ids[4])
    except ValueError:
        return None
    keys = {label: key for label, key in zip(pairs[::2], pairs[1::2], strict=False) if label}
    stated = [text for text in rows.get(PERIODS, []) if text]
    return _Export(ids[0], ids[1], ids[2], ids[3], factor, keys, stated)


def _unescaped(text: str) -> str:
    """A machine cell of a CSV, whose lines hold no quotes."""
    return text.replace("%22", '"').replace("%2C", ",").replace("%25", "%")


def _machine_rows(sheet: Sheet) -> Iterator[tuple[object, ...]]:
    for row in sheet.rows:
        if row and isinstance(row[0], str) and text_of(row[0]) in (IDS, KEYS, PERIODS):
            yield row


def _span(text: str) -> Span | None:
    try:
        return periods.parse(text)
    except ValueError:
        return None


def _in_base_units(cell: object, factor: float) -> object:
    """The figure in base units; a text that is no number stays as it is, to be refused."""
    try:
        return float(text_of(cell).replace(",", "")) * factor
    except ValueError:
        return cell
