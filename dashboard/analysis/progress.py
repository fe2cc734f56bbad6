"""Measures actual against target and time elapsed (序时进度), with a forecast and what is needed.

Nothing is made up: where a figure, a base or a start is missing the target cannot be judged, and
its reasons say what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.analysis.actuals import (
    added_in,
    best_month,
    is_flow,
    latest_done,
    missing_months,
    months_of,
    ratio_parts,
)
from dashboard.analysis.figure_marks import marks_of
from dashboard.analysis.forecast import NO_FORECAST, Forecast, forecast
from dashboard.analysis.pace import Pace, milestone_level, pace_of
from dashboard.analysis.partial_month import NewerPart, newer_part
from dashboard.analysis.point import Point
from dashboard.analysis.points import Points
from dashboard.analysis.reasons import Reason
from dashboard.analysis.target_goals import Goal, goal_of
from dashboard.analysis.target_status import Status, TargetStanding, Thresholds, judge, task_gap
from dashboard.analysis.target_task import Task, task_of
from dashboard.base.language import Text
from dashboard.catalogue.concepts import Aggregation, FigureStatus, Level
from dashboard.catalogue.figure_marks import FigureMark
from dashboard.catalogue.periods import Period, months_between
from dashboard.catalogue.targets import Path, Target, TargetKind

RECENT_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Progress:
    """How one target stands in one area. Values and gap in base units, shares in percent.

    ``period`` is the one asked for, ``actual_period`` that of the newest figure up to it, at which
    everything is judged. ``task`` is the one base: ``completion`` and ``expected_share`` are shares
    of it, ``gap`` is a difference on it (of a rate in its own points), negative behind; None of an
    incomplete count. ``task_gap`` is in points of the task, for the verdict and the order alone.
    ``elapsed`` is on the path of the target; both clocks stand beside it. ``remaining`` is counted
    in ``remaining_indicator``: of a rate, what its numerator lacks. ``recent`` is what a month
    brought lately, ``newer`` a month after the one judged of which only a part is known, ``marks``
    what must be known of the newest figure.
    """

    target: Target
    area: str
    period: Period
    goal: float | None = None
    base: float | None = None
    base_period: Period | None = None
    actual: float | None = None
    actual_period: Period | None = None
    task: Task | None = None
    completion: float | None = None
    expected_share: float | None = None
    elapsed: float | None = None
    elapsed_calendar: float | None = None
    elapsed_historical: float | None = None
    history_years: tuple[int, ...] = ()
    expected: float | None = None
    gap: float | None = None
    task_gap: float | None = None
    status: Status = Status.NOT_JUDGED
    reasons: tuple[Reason, ...] = ()
    forecast: Forecast = NO_FORECAST
    remaining: float | None = None
    remaining_indicator: str = ""
    months_left: int = 0
    needed_per_month: float | None = None
    best_month: tuple[Period, float] | None = None
    recent: float | None = None
    newer: NewerPart | None = None
    partial: tuple[int, int] | None = None
    missing: tuple[str, ...] = ()
    is_limit: bool = False
    grades: frozenset[str] = frozenset()
    marks: tuple[FigureMark, ...] = ()

    @property
    def inherited(self) -> bool:
        """Whether the target is set for an area above, whose quota holds here too."""
        return self.target.area != self.area

    @property
    def reason(self) -> Text:
        """All reasons as words, in both languages."""
        zh, en = ([reason.words[language] for reason in self.reasons] for language in ("zh", "en"))
        return Text("；".join(zh), "; ".join(en))


def progress_of(
    points: Points, target: Target, area: str, asked: Period, thresholds: Thresholds
) -> Progress:
    """How the target stands at the end of ``asked`` in its own area or one it holds for too.

    ``points`` hold the indicator's figures from three years before the target's first month on.
    Earlier ones are restated for the boundaries of the month judged.
    """
    blank = Progress(target, area, asked, is_limit=target.kind is TargetKind.AT_MOST)
    if asked < target.start:
        return replace(
            blank,
            status=Status.NOT_DUE,
            reasons=(Reason("not_started", {"period": target.start}),),
        )
    last = min(asked, target.period)
    points = points.in_boundaries_of(points.areas.boundaries_of(area, last))
    done = latest_done(points, target.indicator, area, target.start, last)
    goal = goal_of(points, target, area)
    at = done[0] if done else last
    pace = pace_of(points, target, area, at)
    share, clock = share_on_path(target, pace)
    row = replace(
        blank,
        goal=goal.value,
        base=goal.base,
        base_period=goal.base_period,
        is_limit=goal.limit,
        elapsed=share * 100,
        elapsed_calendar=pace.calendar * 100,
        elapsed_historical=None if pace.historical is None else pace.historical * 100,
        history_years=pace.years,
        months_left=months_between(at, target.period),
    )
    if done is None:
        return replace(row, reasons=(_unknown(points, target, area, last),))
    actual = done[1]
    row = replace(
        row,
        actual=actual.value,
        actual_period=at,
        partial=actual.partial,
        missing=actual.missing,
        grades=actual.grades,
        marks=marks_of(actual),
        newer=newer_part(points, target, area, at),
    )
    refusal = "kind_unsaid" if target.kind_unsaid else goal.reason or _refusal(goal, actual)
    if refusal:
        return replace(row, reasons=(Reason(refusal, _amounts(row, points)),))
    return _judged(points, row, _Basis(goal, actual, pace, share, clock, thresholds))


def share_on_path(target: Target, pace: Pace) -> tuple[float, tuple[Reason, ...]]:
    """The share of the task expected by now on the target's path, and what is to be said of it."""
    if target.path is not Path.HISTORICAL:
        return pace.calendar, ()
    if pace.historical is None:
        only = pace.years[0] if pace.years else None
        reason = Reason("one_year", {"year": only}) if only else Reason("no_history")
        return pace.calendar, (reason,)
    years = "–".join(str(year) for year in dict.fromkeys((pace.years[0], pace.years[-1])))
    return pace.historical, (Reason("history", {"years": years, "count": len(pace.years)}),)


def _unknown(points: Points, target: Target, area: str, last: Period) -> Reason:
    """Why nothing is known up to ``last``: not reported, or a rate on nothing."""
    months = missing_months(points, target.indicator, area, last)
    if months:
        return Reason("months_missing", {"runs": months})
    point = points.point(target.indicator, area, last)
    is_on_nothing = point is not None and point.status == FigureStatus.NOT_COMPUTABLE
    key = "not_computable" if is_on_nothing else "not_reported"
    return Reason(key, {"period": last})


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
        "month": row.base_period or row.target.start.plus(-1),
    }


def _has_milestones(target: Target) -> bool:
    return target.path is Path.MILESTONES and bool(target.milestones)


def expected_level(target: Target, goal: Goal, share: float, period: Period) -> float | None:
    """What is expected at the end of ``period``, base units; None where nothing is yet."""
    aim, over = goal.value or 0.0, period >= target.period
    if _has_milestones(target):
        return milestone_level(target, goal.start, aim, period)
    if not over and _only_at_the_date(target):
        return None
    if goal.start is None:
        return aim if goal.limit or over else None
    return aim if goal.behind_it else goal.start + (aim - goal.start) * share


def _only_at_the_date(target: Target) -> bool:
    """Whether nothing is expected before the date due."""
    return target.path is Path.AT_END or target.kind is TargetKind.BY_DATE


def _knows_way(target: Target, goal: Goal) -> bool:
    """Whether a share of the way is known: of what grows month by month, from where it grew."""
    return goal.start is not None or _only_at_the_date(target)


@dataclass(frozen=True, slots=True)
class _Basis:
    """What a target is judged by: its goal, what was done, the time, and what is said of it."""

    goal: Goal
    actual: Point
    pace: Pace
    share: float
    clock: tuple[Reason, ...]
    thresholds: Thresholds


def _judged(points: Points, row: Progress, basis: _Basis) -> Progress:
    target, at, goal, actual = row.target, row.actual_period or row.period, basis.goal, basis.actual
    meaning = points.catalogue.indicators[target.indicator]
    flows = is_flow(meaning)
    standing = TargetStanding(
        target,
        goal,
        actual,
        expected_level(target, goal, basis.share, at),
        flows,
        at == target.period,
        meaning.base_min,
    )
    status, task = _status(row, standing, basis.thresholds), task_of(meaning, standing)
    comparable = not standing.partial or not standing.adds_up
    has_base = _knows_way(target, goal) and not standing.small
    shares = task if comparable and has_base else None
    row = replace(
        row,
        status=status,
        task=task,
        completion=shares.share(task.done) if shares else None,
        expected=standing.expected,
        expected_share=shares.share(task.due) if shares else None,
        gap=task.gap if comparable or standing.beyond else None,
        task_gap=task_gap(standing) if comparable or status is not Status.NOT_JUDGED else None,
        forecast=forecast(goal, actual, basis.pace, flows, row.months_left == 0),
    )
    row = _remaining(points, row, standing)
    reasons = [*basis.clock, *_reasons(points, row, standing), *_newer(points, row)]
    if row.remaining is not None:
        unit = points.catalogue.indicators[row.remaining_indicator]
        reasons.append(Reason("short", {"indicator": unit, "base": row.remaining}))
    return replace(row, reasons=tuple(reasons))


def _is_late(row: Progress) -> bool:
    """Whether the newest figure is older than what was asked for, before the date due."""
    at = row.actual_period or row.period
    return row.period > at and at < row.target.period


def _status(row: Progress, standing: TargetStanding, thresholds: Thresholds) -> Status:
    """The status; a deadline that passed without a figure of its date is done or unknown."""
    passed = row.period >= row.target.period and row.target.kind is TargetKind.BY_DATE
    if _is_late(row) and passed:
        return Status.DONE if standing.met else Status.NOT_JUDGED
    return judge(standing, thresholds)


def _lacks_start(standing: TargetStanding) -> bool:
    """Whether nothing can be expected yet, for another reason than a small base."""
    return not standing.small and standing.expected is None


def _reasons(points: Points, row: Progress, standing: TargetStanding) -> Iterator[Reason]:
    """What limits the verdict, in the order in which it is read."""
    goal, status = standing.goal, row.status
    if _is_late(row):
        yield Reason("up_to", {"period": row.actual_period or row.period})
        last = min(row.period, row.target.period)
        months = missing_months(points, row.target.indicator, row.area, last)
        if months:
            yield Reason("months_missing", {"runs": months})
    if status is Status.NOT_JUDGED and _lacks_start(standing):
        yield Reason("no_start", {"month": row.target.start.plus(-1)})
    if standing.small:
        yield Reason("base_too_small", _amounts(row, points) | {"base": goal.measure})
    elif goal.value == 0:
        yield Reason("zero_target")
    if standing.from_base and status not in (Status.DONE, Status.OVERDUE):
        yield Reason("from_base", _amounts(row, points))
    if row.partial:
        reported, whole = row.partial
        below = _below(points, row.area)
        yield Reason("partial", {"missing": whole - reported, "whole": whole, "below": below})


def _below(points: Points, area: str) -> Level:
    """What the areas below are: streets, districts …"""
    below = points.areas.children(area)
    return below[0].level if below else Level.STREET


def _newer(points: Points, row: Progress) -> Iterator[Reason]:
    """What is there of a month after the one judged."""
    newer = row.newer
    if newer is None:
        return
    fields: dict[str, object] = {
        "period": newer.period,
        "count": newer.reported,
        "whole": newer.whole,
        "below": _below(points, row.area),
    }
    if newer.low is None or newer.high is None:
        yield Reason("newer", fields)
        return
    meaning = points.catalogue.indicators[row.target.indicator]
    ends = {"indicator": meaning, "low": newer.low, "high": newer.high}
    yield Reason("newer_amount" if newer.low == newer.high else "newer_range", fields | ends)


def _remaining(points: Points, row: Progress, at: TargetStanding) -> Progress:
    """What is still to be done, in all and each month, beside the best month so far."""
    row = _with_months(points, row, at)
    if at.partial and at.adds_up:
        return row  # what the others have done is not known
    if at.goal.limit and at.flows:
        left = at.aim - at.value  # what may still be spent: not a shortfall
        return replace(row, needed_per_month=_each_month(left, row) if left >= 0 else None)
    if at.met or (at.beyond and not at.goal.limit):
        return row
    return _with_shortfall(points, row, at)


def _with_months(points: Points, row: Progress, at: TargetStanding) -> Progress:
    """The row with what the months brought: the best one and the recent ones."""
    target, now = row.target, row.actual_period or row.period
    meaning, falls = points.catalogue.indicators[target.indicator], at.goal.limit and not at.flows
    months = months_of(target.start, now)
    return replace(
        row,
        best_month=best_month(points, target.indicator, row.area, months, falls),
        recent=_recent(points, row, months),
        remaining_indicator=meaning.numerator or meaning.id,
    )


def _with_shortfall(points: Points, row: Progress, at: TargetStanding) -> Progress:
    """The row with what a target that is not met lacks: of a rate, what its numerator lacks."""
    meaning = points.catalogue.indicators[row.target.indicator]
    parts = ratio_parts(points, meaning.id, row.area, row.actual_period or row.period)
    if parts is not None:
        if at.goal.limit and is_flow(points.catalogue.indicators[meaning.numerator]):
            return row  # what has happened since January does not fall again
        short = abs(parts.short_of(at.aim))
    else:
        row = replace(row, remaining_indicator=meaning.id)
        if meaning.aggregation is not Aggregation.SUM:
            return row  # a standard is not brought month by month
        short = abs(at.aim - at.value)
    each = None if at.partial else _each_month(short, row)
    return replace(row, remaining=short, needed_per_month=each)


def _recent(points: Points, row: Progress, months: Sequence[Period]) -> float | None:
    """What a month brought lately: the mean of the last three that are known."""
    known = added_in(points, row.target.indicator, row.area, months)[-RECENT_MONTHS:]
    return sum(amount for _, amount in known) / len(known) if known else None


def _each_month(amount: float, row: Progress) -> float | None:
    """An amount spread over the months left; None where none is."""
    return amount / row.months_left if row.months_left else None
