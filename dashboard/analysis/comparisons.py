"""Compares and walks through time; each transform refuses what would mean nothing.

A year-to-date figure is compared with the same months of another year; before it is compared with
the period before, it is de-accumulated. A refusal carries its reason as a word key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from dashboard.analysis.change import Change, ComparedFigure, compare, refused
from dashboard.analysis.figure_key import FigureKey, spanning
from dashboard.analysis.point import (
    COMPUTED,
    Point,
    added,
    combine,
    has_value,
    mixed,
    taken_off,
    with_values,
)
from dashboard.analysis.points import Points
from dashboard.analysis.series_breaks import breaks_between
from dashboard.base.language import Text
from dashboard.catalogue.area_changes import ChangeRule
from dashboard.catalogue.concepts import Accumulation, Indicator, Part, Polarity
from dashboard.catalogue.periods import Period

YEAR = 12  # months


def point_at(points: Points, key: FigureKey) -> Point | None:
    """The point behind a key."""
    if key.months:
        return flow(points, key.indicator, key.area, key.period, key.months)
    return points.point(key.indicator, key.area, key.period)


def _change_of(points: Points, meaning: Indicator, now: FigureKey, then: FigureKey) -> Change:
    """The change between two figures of one quantity; refused with its reason."""
    pair = ComparedFigure(now, point_at(points, now)), ComparedFigure(then, point_at(points, then))
    refusal = refusal_of(points, meaning, *pair)
    return refused(meaning, *pair, *refusal) if refusal else compare(meaning, *pair)


class Refusal(NamedTuple):
    """The key of the word why two figures are not compared, and the name of a break."""

    reason: str
    break_name: Text | None = None


def refusal_of(
    points: Points, meaning: Indicator, now: ComparedFigure, then: ComparedFigure
) -> Refusal | None:
    """Why two figures that both stand are of two kinds; None where they may be compared."""
    if meaning.accumulation is Accumulation.OVER_SPAN:
        return Refusal("over_span")
    first, last = then.figure, now.figure
    breaks = breaks_between(
        points.catalogue, points.areas, meaning.id, last.area, first.period, last.period
    )
    if breaks and points.value(meaning.id, first.area, first.period) is not None:
        return Refusal("break_between", breaks[-1].name)
    known = [(figure.figure, figure.point) for figure in (now, then) if has_value(figure.point)]
    if len(known) == 2 and any(_spans_a_split(points, meaning, key) for key, _ in known):
        return Refusal("split_within")
    return Refusal("own_against_sum") if _mixes_own_and_sum(points, known) else None


def _spans_a_split(points: Points, meaning: Indicator, key: FigureKey) -> bool:
    """Whether an amount was counted partly before and partly after the area was divided."""
    months = _months_counted(meaning, key)
    first = key.period.plus(1 - months)
    return any(
        first < step.period <= key.period
        and any(pair.rule is ChangeRule.APPORTION for pair in step.pairs)
        for step in points.areas.changes.made(key.area)
    )


def _months_counted(meaning: Indicator, key: FigureKey) -> int:
    """Over how many months the figure counts; 1 of what is as it is at the end of its month."""
    to_date = meaning.accumulation is Accumulation.YEAR_TO_DATE
    return key.months or (key.period.month if to_date else 1)


def _mixes_own_and_sum(points: Points, stated: Sequence[tuple[FigureKey, Point]]) -> bool:
    """Whether some are an area's own lines and others the sums of the areas below it.

    An own line that those areas make up is as good as their sum.
    """
    if len({point.from_below for _, point in stated}) < 2:
        return False
    own = [key for key, point in stated if not point.from_below]
    return not all(
        key.months == 0 and points.agrees_with_below(key.indicator, key.area, key.period)
        for key in own
    )


def year_on_year(points: Points, indicator: str, area: str, period: Period) -> Change:
    """同比: against the same period of the year before."""
    meaning, now = points.catalogue.indicators[indicator], FigureKey(indicator, area, period)
    return _change_of(points, meaning, now, now._replace(period=period.plus(-YEAR)))


def flow_change(comparison: str, points: Points, key: FigureKey, months: int) -> Change | None:
    """The chosen comparison of what happened in the ``months`` that end with the key's period.

    None where none is chosen. Against the steps before it, or the same months of the year before.
    """
    if comparison not in COMPARISONS:
        return None
    meaning = points.catalogue.indicators[key.indicator]
    back = months if comparison == "period_on_period" else YEAR
    now = spanning(meaning, key.area, key.period, months)
    then = spanning(meaning, key.area, key.period.plus(-back), months)
    return _change_of(points, meaning, now, then)


def flow(points: Points, indicator: str, area: str, period: Period, months: int) -> Point | None:
    """What happened in the ``months`` ending with ``period``: de-accumulated where needed.

    An end-of-period figure, a standard and a rate are what they are at the end of the period.
    """
    meaning = points.catalogue.indicators[indicator]
    now = points.point(indicator, area, period)
    if not has_value(now):
        return now
    if meaning.accumulation is Accumulation.IN_MONTH and months > 1:
        return _sum_of_months(points, indicator, area, period, months)
    if meaning.accumulation is not Accumulation.YEAR_TO_DATE or period.month == months:
        return now
    if meaning.numerator:
        return _flow_of_ratio(points, meaning, area, period, months)
    if period.month < months:
        return None
    return _de_accumulated(points, indicator, area, period.plus(-months), period)


def _sum_of_months(
    points: Points, indicator: str, area: str, period: Period, months: int
) -> Point | None:
    """The amounts of so many months up to ``period`` added up, where each of them is known."""
    parts = with_values(points.point(indicator, area, period.plus(-back)) for back in range(months))
    if len(parts) != months or mixed(parts):
        return None
    if points.is_broken(area, period.plus(1 - months), period):
        return None
    return added(parts)


def _de_accumulated(
    points: Points, indicator: str, area: str, first: Period, period: Period
) -> Point | None:
    """What a running total grew by from ``first`` to ``period``, both of the same areas."""
    now, before = points.point(indicator, area, period), points.point(indicator, area, first)
    if not has_value(now) or not has_value(before) or set(before.missing) != set(now.missing):
        return None
    if mixed((now, before)) or points.is_broken(area, first, period):
        return None
    keys = (FigureKey(indicator, area, end) for end in (period, first))
    if _mixes_own_and_sum(points, list(zip(keys, (now, before), strict=True))):
        return None  # an own line less a sum is nobody's month
    return taken_off(now, before)


def _flow_of_ratio(
    points: Points, meaning: Indicator, area: str, period: Period, months: int
) -> Point | None:
    top = flow(points, meaning.numerator, area, period, months)
    bottom = flow(points, meaning.denominator, area, period, months)
    if not has_value(top) or not has_value(bottom) or not bottom.amount:
        return None
    return combine(top.amount / bottom.amount * meaning.unit.multiplier, [top, bottom], COMPUTED)


def step_before(points: Points, indicator: str, area: str, period: Period) -> int:
    """How many months lie between the figures here: 1, 3, 6, or 0 where none is before.

    The amount of a month stands for that month alone: the step before it is one month.
    """
    of_month = points.catalogue.indicators[indicator].accumulation is Accumulation.IN_MONTH
    for months in (1,) if of_month else (1, 3, 6):
        if (
            period.month % months == 0
            and points.value(indicator, area, period.plus(-months)) is not None
        ):
            return months
    return 0


def period_on_period(points: Points, indicator: str, area: str, period: Period) -> Change:
    """环比: the month (or quarter) against the one before, de-accumulated first.

    The change names the amounts of both steps, never a running total.
    """
    meaning = points.catalogue.indicators[indicator]
    months = step_before(points, indicator, area, period) or 1
    now, then = (spanning(meaning, area, end, months) for end in (period, period.plus(-months)))
    made = _change_of(points, meaning, now, then)
    if made.reason != "not_reported":
        return made
    return replace(made, reason=_reason_without_step(points, indicator, area, period, months))


def _reason_without_step(
    points: Points, indicator: str, area: str, period: Period, months: int
) -> str:
    """Why a figure that stands has no step: no total before it, or an own line after a sum."""
    keys = [FigureKey(indicator, area, end) for end in (period, period.plus(-months))]
    stated = [(key, point) for key in keys if has_value(point := point_at(points, key))]
    if not stated or stated[0][0].period != period:
        return "not_reported"
    return "own_against_sum" if _mixes_own_and_sum(points, stated) else "no_base"


COMPARISONS: dict[str, Callable[[Points, str, str, Period], Change]] = {
    "year_on_year": year_on_year,
    "period_on_period": period_on_period,
}


def change(
    comparison: str, points: Points, indicator: str, area: str, period: Period
) -> Change | None:
    """The chosen comparison of the figure as it stands, or None where none is chosen.

    A running total stands for its months of the year: whatever is chosen, it is compared with the
    same months of the year before. What its last step brought is compared by ``last_step``.
    """
    compared = COMPARISONS.get(comparison)
    if compared is None:
        return None
    if points.catalogue.indicators[indicator].accumulation is Accumulation.YEAR_TO_DATE:
        compared = year_on_year
    key = (compared, indicator, area, period)  # tables, hovers and sentences ask for the same
    return points.once(key, lambda: compared(points, indicator, area, period))


def last_step(
    comparison: str, points: Points, indicator: str, area: str, period: Period
) -> Change | None:
    """The month or quarter that ends a running total, against the one before.

    None where 环比 is not chosen, the figure is no running total, or the step is not known.
    """
    meaning = points.catalogue.indicators[indicator]
    if comparison != "period_on_period":
        return None
    if meaning.accumulation is not Accumulation.YEAR_TO_DATE:
        return None
    if not step_before(points, indicator, area, period):
        return None
    step = period_on_period(points, indicator, area, period)
    return None if step.now.value is None else step


ADDS_UP = 0.0005  # of the total: shares of one decimal then come to 100.0


def adds_up(total: float, parts: Iterable[float]) -> bool:
    """Whether parts make up their total, so that shares of it may be given."""
    return abs(total - sum(parts)) <= ADDS_UP * abs(total)


def share(points: Points, indicator: str, area: str, period: Period) -> Point | None:
    """Percent of a component in its parent; None for an of-which line or an incomplete figure."""
    meaning = points.catalogue.indicators[indicator]
    if meaning.part is not Part.COMPONENT:
        return None
    part, whole = points.point(indicator, area, period), points.point(meaning.parent, area, period)
    if not has_value(part) or not has_value(whole) or not whole.amount:
        return None
    if part.partial or whole.partial:
        return None
    parts = [
        points.point(child.id, area, period)
        for child in points.catalogue.children(meaning.parent, Part.COMPONENT)
    ]
    if not adds_up(whole.amount, [part.amount for part in parts if has_value(part)]):
        return None
    return combine(part.amount / whole.amount * 100, [part, whole], COMPUTED)


def rank(
    points: Points, indicator: str, areas: Iterable[str], period: Period
) -> dict[str, tuple[int, int]]:
    """Place of each area that has a value, and of how many; 1 is best, or largest where neutral."""
    meaning = points.catalogue.indicators[indicator]
    values = {code: points.value(indicator, code, period) for code in areas}
    present = {code: value for code, value in values.items() if value is not None}
    low_first = meaning.polarity is Polarity.LOWER_BETTER
    return {
        code: (
            1
            + sum((other < value) if low_first else (other > value) for other in present.values()),
            len(present),
        )
        for code, value in present.items()
    }
