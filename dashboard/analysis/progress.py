"""Actual against target and against time elapsed (序时进度), forecast, and what it would take.

Nothing is made up: where a figure, a base or a start is missing the target cannot be judged, and
its reasons say what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.analysis.actuals import best_month, is_flow, latest_done, ratio_parts
from dashboard.analysis.forecast import NO_FORECAST, Forecast, forecast
from dashboard.analysis.pace import Pace, milestone_level, pace_of
from dashboard.analysis.points import Point, Points
from dashboard.analysis.reasons import Reason
from dashboard.analysis.target_goals import Goal, goal_of
from dashboard.analysis.verdict import Standing, Status, Thresholds, completion, gap, judge
from dashboard.base.language import Text
from dashboard.catalogue.concepts import FigureStatus
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import Path, Target, TargetKind, months_between

__all__ = ["Progress", "Status", "Thresholds", "progress_of"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How one target stands in one area. Values in base units, shares and gaps in percent.

    ``period`` is the one asked for, ``actual_period`` that of the newest figure up to it, at which
    everything is judged. ``elapsed`` is on the path of the target; both clocks stand beside it.
    ``remaining`` is counted in ``remaining_indicator``: of a rate, what its numerator lacks.
    """

    target: Target
    area: str
    period: Period
    goal: float | None = None
    base: float | None = None
    base_period: Period | None = None
    actual: float | None = None
    actual_period: Period | None = None
    completion: float | None = None
    elapsed: float | None = None
    elapsed_calendar: float | None = None
    elapsed_historical: float | None = None
    history_years: tuple[int, ...] = ()
    expected: float | None = None
    gap: float | None = None
    status: Status = Status.CANNOT_JUDGE
    reasons: tuple[Reason, ...] = ()
    forecast: Forecast = NO_FORECAST
    remaining: float | None = None
    remaining_indicator: str = ""
    months_left: int = 0
    needed_per_month: float | None = None
    best_month: tuple[Period, float] | None = None
    partial: tuple[int, int] | None = None
    missing: tuple[str, ...] = ()
    is_limit: bool = False
    grades: frozenset[str] = frozenset()

    @property
    def inherited(self) -> bool:
        """Whether the target is set for an area above, whose quota holds here too."""
        return self.target.area != self.area

    @property
    def reason(self) -> Text:
        """All reasons as words, in both languages."""
        zh, en = ([one.told[language] for one in self.reasons] for language in ("zh", "en"))
        return Text("；".join(zh), "; ".join(en))


def progress_of(
    points: Points, target: Target, area: str, asked: Period, thresholds: Thresholds
) -> Progress:
    """How the target stands at the end of ``asked`` in its own area or one it holds for too.

    ``points`` hold the indicator's figures from three years before the target's first month on.
    """
    blank = Progress(target, area, asked, is_limit=str(target.kind) == "at_most")
    if asked < target.start:
        return replace(
            blank,
            status=Status.NOT_DUE,
            reasons=(Reason("not_started", {"period": str(target.start)}),),
        )
    last = min(asked, target.period)
    found = latest_done(points, target.indicator, area, target.start, last)
    goal = goal_of(points, target, area)
    at = found[0] if found else last
    pace = pace_of(points, target, area, at)
    row = replace(
        blank,
        goal=goal.value,
        base=goal.base,
        base_period=goal.base_period,
        is_limit=goal.limit,
        elapsed_calendar=pace.calendar * 100,
        elapsed_historical=None if pace.historical is None else pace.historical * 100,
        history_years=pace.years,
        months_left=months_between(at, target.period),
    )
    share, clock = share_on_path(target, pace)
    row = replace(row, elapsed=share * 100)
    if found is None:
        return replace(row, reasons=(Reason("not_reported", {"period": str(last)}),))
    actual = found[1]
    row = replace(
        row,
        actual=actual.value,
        actual_period=at,
        partial=actual.partial,
        missing=actual.missing,
        grades=actual.grades,
    )
    refusal = goal.reason or _refusal(goal, actual)
    if refusal:
        return replace(row, reasons=(Reason(refusal, _amounts(row, points)),))
    return _judged(points, row, goal, actual, pace, (share, clock), thresholds)


def share_on_path(target: Target, pace: Pace) -> tuple[float, tuple[Reason, ...]]:
    """The share of the way expected by now on the target's path, and what is to be said of it."""
    if target.path is not Path.HISTORICAL:
        return pace.calendar, ()
    if pace.historical is None:
        return pace.calendar, (Reason("no_history"),)
    years = "–".join(str(year) for year in dict.fromkeys((pace.years[0], pace.years[-1])))
    return pace.historical, (Reason("history", {"years": years, "count": len(pace.years)}),)


def _refusal(goal: Goal, actual: Point) -> str:
    if actual.status == FigureStatus.DISPUTED:
        return "disputed"
    if goal.base is not None and goal.start is not None and goal.missing != ():
        return "" if set(goal.missing) == set(actual.missing) else "partial_differs"
    return ""


def _amounts(row: Progress, points: Points) -> dict[str, object]:
    return {
        "indicator": points.catalogue.indicators[row.target.indicator],
        "base": row.base,
        "month": str(row.base_period or ""),
    }


def expected_level(target: Target, goal: Goal, share: float, period: Period) -> float | None:
    """What is expected at the end of ``period``, base units; None where nothing is yet."""
    aim = goal.value or 0.0
    if target.path is Path.MILESTONES and target.milestones and goal.start is not None:
        return milestone_level(target, goal.start, aim, period)
    if period < target.period and (target.path is Path.AT_END or target.kind is TargetKind.BY_DATE):
        return None  # nothing is expected before the date
    if goal.start is None:
        return aim if goal.limit or period >= target.period else None
    return aim if goal.behind_it else goal.start + (aim - goal.start) * share


def _judged(
    points: Points,
    row: Progress,
    goal: Goal,
    actual: Point,
    pace: Pace,
    clock: tuple[float, tuple[Reason, ...]],
    thresholds: Thresholds,
) -> Progress:
    target, at = row.target, row.actual_period or row.period
    meaning = points.catalogue.indicators[target.indicator]
    flows = is_flow(meaning)
    standing = Standing(
        target,
        goal,
        actual,
        expected_level(target, goal, clock[0], at),
        flows,
        at == target.period,
        meaning.base_min,
    )
    status = judge(standing, thresholds)
    reasons = list(clock[1])
    if row.period > at and at < target.period:
        reasons.append(Reason("up_to", {"period": str(at)}))
        if row.period >= target.period and str(target.kind) == "by_date":
            status = Status.DONE if standing.met else Status.CANNOT_JUDGE
    if status is Status.CANNOT_JUDGE and not standing.small and standing.expected is None:
        reasons.append(Reason("no_start", {"month": str(target.start.plus(-1))}))
    if standing.small:
        reasons.append(Reason("base_too_small", _amounts(row, points) | {"base": goal.measure}))
    elif goal.value == 0:
        reasons.append(Reason("zero_target"))
    if not flows and goal.base is not None and status not in (Status.DONE, Status.MISSED):
        reasons.append(Reason("from_base", _amounts(row, points)))
    if actual.partial:
        count, whole = actual.partial
        reasons.append(Reason("partial", {"count": count, "whole": whole}))
    row = replace(
        row,
        status=status,
        completion=completion(standing),
        expected=standing.expected,
        gap=gap(standing),
        forecast=forecast(goal, actual, pace, flows, row.months_left == 0),
    )
    row = _remaining(points, row, standing)
    if row.remaining is not None:
        unit = points.catalogue.indicators[row.remaining_indicator]
        reasons.append(Reason("short", {"indicator": unit, "base": row.remaining}))
    return replace(row, reasons=tuple(reasons))


def _remaining(points: Points, row: Progress, at: Standing) -> Progress:
    """What is still to be done, in all and each month, beside the best month so far."""
    target, now = row.target, row.actual_period or row.period
    meaning = points.catalogue.indicators[target.indicator]
    best = best_month(points, target.indicator, row.area, target.start, now)
    row = replace(row, best_month=best, remaining_indicator=meaning.numerator or meaning.id)
    if at.goal.limit and at.flows:
        left = at.aim - at.value  # what may still be spent: not a shortfall
        needed = left / row.months_left if row.months_left and left >= 0 else None
        return replace(row, needed_per_month=needed)
    if at.met:
        return row
    parts = ratio_parts(points, target.indicator, row.area, now)
    short = abs(parts.short_of(at.aim)) if parts else abs(at.aim - at.value)
    if parts is None:
        row = replace(row, remaining_indicator=meaning.id)
    needed = short / row.months_left if row.months_left else None
    return replace(row, remaining=short, needed_per_month=needed)
