"""Fetches what the page of a figure shows of where it came from, and no more."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import NamedTuple

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.point import inputs
from dashboard.analysis.points import Points
from dashboard.base.language import Text, word
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import FigureKind
from dashboard.catalogue.periods import Period, months_between
from dashboard.charts.model.selection import Selection
from dashboard.charts.provenance.figure_page import (
    FigurePage,
    FigurePageSources,
    build_figure_page,
    listed,
)
from dashboard.services.filters import moment_of
from dashboard.services.submissions.finding_amounts import message_of
from dashboard.store.observations import read_figures
from dashboard.store.opening import Engine
from dashboard.store.query import Query
from dashboard.store.submissions import read_findings, read_sources
from dashboard.store.versions import read_versions

NEAREST = 3  # periods named where there is no figure


def _nearest(period: Period, known: Iterable[Period]) -> list[Period]:
    """The few known periods nearest to one, the earliest first."""
    return sorted(sorted(known, key=lambda p: abs(months_between(p, period)))[:NEAREST])


def _siblings(areas: Areas, figure: FigureKey) -> list[str]:
    """The other areas below the same parent in the figure's period."""
    area = areas.get(figure.area)
    if area is None or not area.parent:
        return []
    every = areas.children(area.parent, figure.period)
    return [sibling.code for sibling in every if sibling.code != figure.area]


class FiledCell(NamedTuple):
    """A cell of a file that was handed in; ``row`` counts from 1, 0 for none."""

    submission: int
    sheet: str
    row: int
    column: str


def cell_findings(
    engine: Engine, submissions: Iterable[int], hidden: Collection[str] = ()
) -> dict[FiledCell, tuple[Text, ...]]:
    """What the rules found at cells of these submissions, by submission, sheet, row and column.

    ``hidden`` are rules of whose findings no amounts are stated.
    """
    found: dict[FiledCell, tuple[Text, ...]] = {}
    for submission in sorted(set(submissions)):
        for finding in read_findings(engine, submission):
            if finding.row:
                place = FiledCell(submission, finding.sheet, finding.row, finding.column)
                found[place] = (*found.get(place, ()), message_of(finding, hidden))
    return found


def with_findings(
    engine: Engine, page: FigurePage, language: str, hidden: Collection[str] = ()
) -> FigurePage:
    """The page with what the rules found at the cell that stands, and the note that answers it."""
    remarks = _findings(engine, page, language, hidden)
    return replace(page, remarks=(*page.remarks, *remarks)) if remarks else page


def _findings(
    engine: Engine, page: FigurePage, language: str, hidden: Collection[str]
) -> list[str]:
    source = page.source
    if source is None or not source.row:
        return []
    place = FiledCell(source.submission, source.sheet, source.row, source.column)
    found = cell_findings(engine, [source.submission], hidden).get(place, ())
    messages = [word("figure_finding", language, message=text[language]) for text in found]
    if messages and source.note:
        messages.append(word("figure_finding_answer", language, note=source.note))
    return messages


def trace(
    engine: Engine, catalogue: Catalogue, areas: Areas, figure: FigureKey, selection: Selection
) -> FigurePage:
    """The page of a figure whose indicator and area are known."""
    moment = moment_of(selection.as_known)
    meaning = catalogue.indicators[figure.indicator]
    wanted = sorted(inputs(catalogue, filter(None, (figure.indicator, meaning.parent))))
    below = [child.code for child in areas.children(figure.area)]
    shown = max(selection.period or figure.period, figure.period)
    boundaries = areas.boundaries_of(figure.area, shown)  # as the charts that lead to the page
    above = [area.code for area in areas.ancestors(figure.area)]

    def points(codes: Iterable[str], first: Period | None, last: Period | None) -> Points:
        asked = Query(wanted, areas.with_past(codes), first, last, as_of=moment)
        return Points(catalogue, areas, read_figures(engine, asked), boundaries)

    year = figure.period.year
    near = points([figure.area, *above, *below], Period(year - 1, 1), Period(year, 12))
    versions = read_versions(engine, figure.indicator, figure.area, figure.period)
    heads = read_sources(engine, {version.submission for version in versions})
    page = build_figure_page(FigurePageSources(figure, near, versions, heads, moment), selection)
    if page.number is not None or figure.kind in (FigureKind.TARGET, FigureKind.PLAN):
        return page
    every = points([figure.area, *below], None, None)
    nearest = _nearest(figure.period, every.periods(figure.indicator, figure.area))
    others = _siblings(areas, figure)
    around = points(others, figure.period, figure.period) if others else near
    plain, language = figure._replace(months=0), selection.language
    there = [
        code for code in others if around.value(figure.indicator, code, figure.period) is not None
    ]
    return replace(
        page,
        nearest=tuple(listed(every, plain._replace(period=period), language) for period in nearest),
        neighbours=tuple(listed(around, plain._replace(area=code), language) for code in there),
        siblings=len(others),
    )
