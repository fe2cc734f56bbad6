"""A tile: one headline figure with its period, its comparison in words and its course so far."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.analysis import transforms
from dashboard.analysis.derivation import FigureKey
from dashboard.analysis.points import Point, Points
from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.catalogue.concepts import Accumulation, Grade, Indicator
from dashboard.catalogue.periods import Period
from dashboard.charts.kinds.trend_marks import cadence
from dashboard.charts.model.selection import Selection
from dashboard.charts.text import wording

MONTHS_IN_SPARKLINE = 13
YEARS_IN_SPARKLINE = 10


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure as text. ``arrow`` is up, down, unchanged or ""; ``tone`` better, worse, neutral
    or none; ``sparkline`` in base units, oldest first, None in gaps; ``note`` says what limits it.
    """

    indicator: str
    title: str
    value: str
    unit: str
    period: str
    change: str
    tone: str
    arrow: str
    sparkline: tuple[float | None, ...]
    note: str
    figure: FigureKey | None = None


def latest_before(
    points: Points, indicator: str, area: str, period: Period | None
) -> Period | None:
    """The selected period where it has a value, else the latest before it, else None."""
    found = points.periods(indicator, area)
    return max((p for p in found if period is None or p <= period), default=None)


def course(
    points: Points, indicator: Indicator, area: str, last: Period
) -> tuple[float | None, ...]:
    """Values for a sparkline: the last thirteen months where months come in, else the years.

    A year-to-date figure is drawn by its months, never as the saw-tooth of its running total; in a
    course of years only whole ones stand, and a stock's latest month.
    """
    found = [p for p in points.periods(indicator.id, area) if p <= last]
    recent = [p for p in found if p > last.plus(-MONTHS_IN_SPARKLINE)]
    if len(recent) > 2 and cadence(recent) == 1:
        ends = [last.plus(-back) for back in range(MONTHS_IN_SPARKLINE - 1, -1, -1)]
        flows = [transforms.flow(points, indicator.id, area, end, 1) for end in ends]
        months = tuple(point.value if point else None for point in flows)
        if sum(value is not None for value in months) > 2:
            return months
    whole_only = indicator.accumulation is not Accumulation.END_OF_PERIOD
    by_year = {
        p.year: points.value(indicator.id, area, p)
        for p in found
        if p.month == 12 or not whole_only
    }
    if not by_year:
        return ()
    first = max(min(by_year), max(by_year) - YEARS_IN_SPARKLINE + 1)
    return tuple(by_year.get(year) for year in range(first, max(by_year) + 1))


def _note(
    points: Points, point: Point, indicator: Indicator, selection: Selection, period: Period
) -> str:
    """Older than asked, incomplete, provisional, disputed, demo: what the reader must know."""
    language = selection.language
    scale = wording.scale_of(indicator, [point.value], language)
    parts = []
    if selection.period is not None and period != selection.period:
        asked = wording.plain_period(selection.period, indicator, language)
        parts.append(word("chart_nothing_in", language, period=asked))
    parts.append(wording.partial_words(point, points.areas, selection.area, language))
    parts.append(wording.status_words(point, scale, language))
    base = transforms.change(selection.comparison, points, indicator.id, selection.area, period)
    if base is not None and base.value is not None and base.base is not None:
        then = points.point(indicator.id, selection.area, base.base)
        if then is not None and then.restated:
            said = wording.restated_words(then, language)
            parts.append(word("status_restated_base", language, how=said))
    if Grade.DEMO in point.grades:
        parts.append(word("chart_demo", language))
    return word("chart_comma", language).join(part for part in parts if part)


def build_tile(points: Points, indicator: str, selection: Selection) -> Tile:
    """The tile of an indicator for the selected area; an honest "—" where nothing is there.

    The latest figure before the selected period stands in for a missing one, and says so.
    """
    meaning, language = points.catalogue.indicators[indicator], selection.language
    title = meaning.name[language]
    period = latest_before(points, indicator, selection.area, selection.period)
    point = points.point(indicator, selection.area, period) if period else None
    if period is None or point is None:
        return Tile(
            indicator, title, "—", "", "", "", "none", "", (), word("chart_no_figures", language)
        )
    scale = wording.scale_of(meaning, [point.value], language)
    change = transforms.change(selection.comparison, points, indicator, selection.area, period)
    text, tone, arrow = "", "none", ""
    if change is not None and change.value is not None:
        text = wording.change_tag(change, selection.comparison, meaning, language)
        tone, arrow = change.tone, change.word
    elif change is not None:
        text = wording.reason_words(change, selection.comparison, meaning, language)
    shown = periods.name(period, language, str(meaning.accumulation))
    return Tile(
        indicator=indicator,
        title=title,
        value=wording.plain(point.value, scale, language),
        unit=scale.label,
        period=shown,
        change=text,
        tone=tone,
        arrow=arrow,
        sparkline=course(points, meaning, selection.area, period),
        note=_note(points, point, meaning, selection, period),
        figure=FigureKey(indicator, selection.area, period),
    )
