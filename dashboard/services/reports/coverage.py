"""Keeps what a receipt covers: its figures with their values, compared later without drawing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from dashboard.analysis.comparisons import point_at
from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.point import STORED, Point
from dashboard.base.language import Scale
from dashboard.catalogue.periods import parse
from dashboard.charts.model.chart import CellRole, Chart, Table
from dashboard.charts.model.report import Report, ReportPage
from dashboard.charts.model.selection import Selection
from dashboard.charts.text import wording
from dashboard.charts.text.changed import Changed, difference, is_same
from dashboard.services.reports.sources import Sources

_COMPARED = (CellRole.CHANGE, CellRole.SHARE, CellRole.RANK)


class Covered(NamedTuple):
    """A figure and its value in base units when the receipt was given."""

    figure: FigureKey
    value: float


def covered_by_tables(tables: Iterable[Table]) -> Iterator[Covered]:
    """The figures that stand in tables as they are; no change, share or rank of one."""
    for table in tables:
        for fact in (fact for facts in table.facts for fact in facts):
            is_figure = fact.figure is not None and not fact.figure.kind
            if is_figure and fact.value is not None and fact.role not in _COMPARED:
                assert fact.figure is not None
                yield Covered(fact.figure, fact.value)


def covered_by_report(report: Report) -> Iterator[Covered]:
    """The figures of all pages of a report."""
    return covered_by_pages(report.pages)


def covered_by_pages(pages: Iterable[ReportPage]) -> Iterator[Covered]:
    """The figures of these pages, of their own tables and of their charts."""
    for page in pages:
        tables = [page.table, page.chart.table if page.chart else None]
        yield from covered_by_tables(table for table in tables if table is not None)


def covered_by_charts(charts: Iterable[Chart]) -> Iterator[Covered]:
    """The figures of charts."""
    return covered_by_tables(chart.table for chart in charts)


def as_text(covered: Iterable[Covered]) -> str:
    """The figures as JSON, each once; "" for none."""
    values = {covered_figure.figure: covered_figure.value for covered_figure in covered}
    rows = [[*map(str, figure[:3]), figure.months, value] for figure, value in values.items()]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")) if rows else ""


def fragment_of(figure: FigureKey) -> str:
    """How a figure begins in the JSON of whatever covers it."""
    named = [*map(str, figure[:3]), figure.months]
    return json.dumps(named, ensure_ascii=False, separators=(",", ":"))[:-1] + ","


def read_covered(text: str) -> tuple[Covered, ...]:
    """The figures as they were kept."""
    return tuple(
        Covered(FigureKey(indicator, area, parse(period).end, months), value)
        for indicator, area, period, months, value in (json.loads(text) if text else ())
    )


def changed_since(
    sources: Sources, covered: Sequence[Covered], selection: Selection
) -> list[Changed]:
    """The figures that are others now, in the order in which they are covered."""
    rates = {name for name, meaning in sources.catalogue.indicators.items() if meaning.is_rate}
    known = [
        covered_figure
        for covered_figure in covered
        if covered_figure.figure.indicator in sources.catalogue.indicators
    ]
    order = sorted(known, key=lambda covered_figure: covered_figure.figure.area)
    found: dict[FigureKey, Changed] = {}
    for area, group in groupby(order, key=lambda covered_figure: covered_figure.figure.area):
        changed = _of_area(sources, area, list(group), selection, rates)
        found |= {change.figure: change for change in changed}
    return [
        found[covered_figure.figure] for covered_figure in known if covered_figure.figure in found
    ]


def _of_area(
    sources: Sources,
    area: str,
    covered: Sequence[Covered],
    selection: Selection,
    rates: set[str],
) -> list[Changed]:
    names = {covered_figure.figure.indicator for covered_figure in covered}
    last = selection.period or max(covered_figure.figure.period for covered_figure in covered)
    below = bool(sources.areas().children(area))
    points = sources.figures.points(names, area, None, last, below=below)
    changed = []
    for figure, old in covered:
        point = point_at(points, figure)
        new = point.value if point is not None else None
        if not is_same(old, new):
            texts = _texts(sources, figure, (old, new), selection.language)
            made = Changed(figure, *texts, *difference(figure, old, new, rates))
            changed.append(replace(made, submission=_submission_of(point)))
    return changed


def _submission_of(point: Point | None) -> int:
    """The submission that states a point's value; 0 where none does."""
    stated = point is not None and point.origin == STORED and point.value is not None
    return next(iter(point.submissions)) if point and stated else 0


def _texts(
    sources: Sources, figure: FigureKey, values: tuple[float, float | None], language: str
) -> tuple[str, str]:
    meaning = sources.catalogue.indicators[figure.indicator]
    scale: Scale = wording.scale_of(meaning, values, language)
    write = wording.plain if scale.factor == 1 else wording.quantity
    old, new = (write(value, scale, language) for value in values)
    return old, new
