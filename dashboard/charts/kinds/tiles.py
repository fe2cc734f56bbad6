"""Builds a tile: one headline figure with its period, its comparison and its sparkline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dashboard.analysis import comparisons
from dashboard.analysis.change import Change
from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.point import Point, value_of
from dashboard.analysis.points import Points
from dashboard.analysis.series_breaks import marks_between
from dashboard.base.language import Scale, number, word
from dashboard.base.rounding import half_up
from dashboard.catalogue import periods
from dashboard.catalogue.concepts import Accumulation, FigureStatus, Grade, Indicator
from dashboard.catalogue.periods import Period
from dashboard.charts.kinds.trend_marks import cadence
from dashboard.charts.model.selection import Selection
from dashboard.charts.text import change_words, wording

MONTHS_IN_SPARKLINE = 13
YEARS_IN_SPARKLINE = 10
YEARS_BACK = 4  # of the same month of the last years


ABSENT = "—"


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure as text. ``arrow`` is up, down, unchanged or ""; ``tone`` better, worse, neutral
    or none; ``sparkline`` in base units, oldest first, None in gaps; ``note`` says what limits it.
    ``step`` states the last month or quarter of a running total with its own comparison. ``years``
    is the same month of the last years, oldest first, None where not known; ``start`` the first
    that is known as text, ``start_period`` its month. ``marks`` are the parts of ``note``,
    ``short`` the change as a number alone, "" where nothing is compared; ``amount`` the absolute
    change in the unit of the value, "" of rates. ``value`` and ``start`` have four significant
    figures at most, ``exact`` is the value as tables and sentences print it.
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
    step: str = ""
    years: tuple[float | None, ...] = ()
    start: str = ""
    start_period: Period | None = None
    marks: tuple[str, ...] = ()
    short: str = ""
    exact: str = ""
    amount: str = ""

    @property
    def is_absent(self) -> bool:
        """Whether nothing is known."""
        return self.value == ABSENT


def latest_before(
    points: Points, indicator: str, area: str, period: Period | None
) -> Period | None:
    """The selected period where it has a value, else the latest before it, else None."""
    return points.latest(indicator, area, lambda one: period is None or one <= period)


def course(
    points: Points, indicator: Indicator, area: str, last: Period
) -> tuple[float | None, ...]:
    """Values for a sparkline: the last thirteen months where months come in, else the years.

    A year-to-date figure is drawn by its months, never as the saw-tooth of its running total; in a
    course of years only whole ones stand, and a stock's latest month.
    """
    periods_up_to = [p for p in points.periods(indicator.id, area) if p <= last]
    recent = [p for p in periods_up_to if p > last.plus(-MONTHS_IN_SPARKLINE)]
    if len(recent) > 2 and cadence(recent) == 1:
        months = _months(points, indicator, area, last)
        if sum(value is not None for value in months) > 2:
            return months
    return _years(points, indicator, area, periods_up_to)


def _months(
    points: Points, indicator: Indicator, area: str, last: Period
) -> tuple[float | None, ...]:
    """What happened in each of the last months."""
    ends = [last.plus(-back) for back in range(MONTHS_IN_SPARKLINE - 1, -1, -1)]
    return tuple(value_of(comparisons.flow(points, indicator.id, area, end, 1)) for end in ends)


def _years(
    points: Points, indicator: Indicator, area: str, known: Sequence[Period]
) -> tuple[float | None, ...]:
    """The last years: whole ones of a flow, of a stock each in its latest month."""
    stock = indicator.accumulation is Accumulation.END_OF_PERIOD
    by_year = {
        period.year: points.value(indicator.id, area, period)
        for period in known
        if stock or period.month == 12
    }
    if not by_year:
        return ()
    first = max(min(by_year), max(by_year) - YEARS_IN_SPARKLINE + 1)
    return tuple(by_year.get(year) for year in range(first, max(by_year) + 1))


def same_month(
    points: Points, indicator: Indicator, area: str, last: Period
) -> tuple[float | None, ...]:
    """The values of the same month in the last years, base units; none from before a break."""
    first = last.plus(-12 * YEARS_BACK)
    marks = marks_between(points.catalogue, points.areas, indicator.id, area, first, last)
    since = max((mark.period for mark in marks if mark.is_break), default=first)
    months = [last.plus(-12 * back) for back in range(YEARS_BACK, -1, -1)]
    return tuple(
        points.value(indicator.id, area, month) if month >= since else None for month in months
    )


def _marks(
    points: Points, point: Point, indicator: Indicator, selection: Selection, period: Period
) -> tuple[str, ...]:
    """Older than asked, incomplete, provisional, disputed, demo: what the reader must know."""
    language = selection.language
    scale = wording.scale_of(indicator, [point.value], language)
    parts = [
        _older(indicator, selection, period),
        wording.partial_words(point, points.areas, selection.area, language),
        wording.status_words(point, scale, language),
        _restated_base(points, indicator, selection, period),
        word("chart_demo", language) if Grade.DEMO in point.grades else "",
    ]
    return tuple(part for part in parts if part)


def _older(indicator: Indicator, selection: Selection, period: Period) -> str:
    """That the period asked for has no figure; "" where it has."""
    if selection.period is None or period == selection.period:
        return ""
    asked = wording.missing_period(selection.period, period, indicator, selection.language)
    return word("chart_nothing_in", selection.language, period=asked)


def _restated_base(
    points: Points, indicator: Indicator, selection: Selection, period: Period
) -> str:
    """That the figure is compared with a restated one; "" where it is not."""
    area, language = selection.area, selection.language
    change = comparisons.change(selection.comparison, points, indicator.id, area, period)
    if change is None or change.value is None or change.base is None:
        return ""
    then = comparisons.point_at(points, change.then.figure)
    if then is None or not then.restated:
        return ""
    return word("status_restated_base", language, how=wording.restated_words(then, language))


class Tag(NamedTuple):
    """A comparison beside a figure: its text, tone and arrow, as of a tile."""

    text: str
    tone: str
    arrow: str


def tag_of(change: Change | None, indicator: Indicator, language: str) -> Tag:
    """The tag of a change; one without text where there is none."""
    if change is None or change.value is None:
        return Tag("", "none", "")
    text = change_words.change_tag(change, indicator, language)
    return Tag(text, change.tone, change.word)


def _absent(points: Points, indicator: str, selection: Selection) -> str:
    """Why a tile has no figure: a rate on nothing has been reported, and says so."""
    asked, language = selection.period, selection.language
    point = points.point(indicator, selection.area, asked) if asked else None
    if point is None or asked is None or point.status != FigureStatus.NOT_COMPUTABLE:
        return word("chart_no_figures", language)
    return wording.absent_word(point, points.areas.get(selection.area), asked, language)


def short_change(change: Change | None, indicator: Indicator, language: str) -> str:
    """+2.0%, or 持平; "" where nothing is compared."""
    if change is None or change.value is None:
        return ""
    if change.word == "unchanged":
        return change_words.qualified(change, word("chart_unchanged", language), language)
    return change_words.change_number(change, indicator, language)


def amount_of_change(change: Change | None, scale: Scale, language: str) -> str:
    """+119: the absolute change in a scale without its unit; "" of rates and where none is made."""
    if change is None or change.value is None or change.kind == "points":
        return ""
    amount = (change.absolute or 0.0) / scale.factor
    shown = wording.headline_of(change.now.value, scale, language)
    places = len(shown.partition(".")[2])
    text = number(amount, places, language, sign=True)
    if not half_up(amount, places):  # smaller than what is shown of the value
        text = number(amount, scale.decimals, language, sign=True)
    return change_words.qualified(change, text, language)


def build_tile(points: Points, indicator: str, selection: Selection) -> Tile:
    """The tile of an indicator for the selected area; an honest "—" where nothing is there.

    The latest figure before the selected period stands in for a missing one, and says so.
    """
    meaning, language = points.catalogue.indicators[indicator], selection.language
    title = meaning.name[language]
    period = latest_before(points, indicator, selection.area, selection.period)
    point = points.point(indicator, selection.area, period) if period else None
    if period is None or point is None:
        why = _absent(points, indicator, selection)
        return Tile(indicator, title, ABSENT, "", "", "", "none", "", (), why)
    scale = wording.scale_of(meaning, [point.value], language)
    change = comparisons.change(selection.comparison, points, indicator, selection.area, period)
    tag = tag_of(change, meaning, language)
    if change is not None and change.value is None:
        tag = tag._replace(text=change_words.reason_words(change, meaning, language))
    step = comparisons.last_step(selection.comparison, points, indicator, selection.area, period)
    marks = _marks(points, point, meaning, selection, period)
    value = wording.headline_of(point.value, scale, language)
    years = same_month(points, meaning, selection.area, period)
    back, start = next(
        ((len(years) - 1 - at, value) for at, value in enumerate(years) if value is not None),
        (0, None),
    )
    return Tile(
        indicator=indicator,
        title=title,
        value=value,
        unit=wording.unit_name(value, scale, language),
        period=periods.name(period, language, str(meaning.accumulation)),
        change=tag.text,
        tone=tag.tone,
        arrow=tag.arrow,
        sparkline=course(points, meaning, selection.area, period),
        note=word("chart_comma", language).join(marks),
        figure=FigureKey(indicator, selection.area, period),
        step=change_words.step_tag(step, meaning, language),
        years=years,
        start=wording.headline_of(start, scale, language),
        start_period=period.plus(-12 * back),
        marks=marks,
        short=short_change(change, meaning, language),
        exact=wording.plain(point.value, scale, language),
        amount=amount_of_change(change, scale, language),
    )
