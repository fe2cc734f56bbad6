"""Works out where a target ends at a pace per month, street by street, and in all.

One formula: end = actual + pace × months left, of a rate (numerator + pace × months left) ÷
denominator × multiplier, the denominator as it is now. The page's script repeats it and no more.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.analysis.actuals import RatioParts, is_flow
from dashboard.analysis.progress import Progress
from dashboard.analysis.target_status import NEAR
from dashboard.base.rounding import half_up
from dashboard.catalogue.concepts import Aggregation, Indicator
from dashboard.catalogue.periods import Period, months_between
from dashboard.catalogue.targets import Milestone, TargetKind

PLACES = 6  # of a milestone: those a table of targets is read with
STEPS = 200  # into how many steps a slider's task is divided at least, where the unit allows


@dataclass(frozen=True, slots=True)
class PaceRow:
    """One area's way to go. ``actual``, ``remaining``, ``needed`` and ``best`` in base units.

    Of a rate they are counted in its numerator, ``denominator`` and ``multiplier`` make it a rate
    again; elsewhere both are 1. The target is met from ``low`` to ``high``, in the target's unit.
    ``own`` says whether the area has a target of its own in the register, ``best`` is None where
    no month is known. ``recent`` is what a month brought lately.
    """

    area: str
    target: str
    actual: float
    months: int
    remaining: float
    needed: float
    best: float | None = None
    best_month: Period | None = None
    low: float = -math.inf
    high: float = math.inf
    denominator: float = 1.0
    multiplier: float = 1.0
    own: bool = True
    recent: float | None = None

    def end(self, pace: float, months: int | None = None) -> float:
        """Where the target stands after so many months at this pace; all that are left by default.

        In the target's unit; ``pace`` per month in that of ``actual``.
        """
        ahead = self.months if months is None else months
        return (self.actual + pace * ahead) / self.denominator * self.multiplier

    def met(self, pace: float) -> bool:
        """Whether this pace, kept to the end, reaches the target (or stays within its limit)."""
        return self.low <= self.end(pace) <= self.high

    @property
    def limited(self) -> bool:
        """Whether a pace may not be exceeded, rather than must be reached."""
        return self.low == -math.inf


@dataclass(frozen=True, slots=True)
class PacePlan:
    """The whole and the areas below that have a part in it; without any the whole stands alone.

    ``rest`` is what the whole has beyond what these areas reported, for which nothing is planned;
    ``left_out`` are areas with a part whose figures are not of the same month.
    """

    whole: PaceRow
    streets: tuple[PaceRow, ...] = ()
    rest: float = 0.0
    left_out: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[PaceRow, ...]:
        """The rows that are planned: the streets, or the target itself."""
        return self.streets or (self.whole,)

    def pace(self, paces: Mapping[str, float]) -> float:
        """The pace of the whole: those of the rows, by area, added up; 0 for one not named."""
        return math.fsum(paces.get(row.area, 0.0) for row in self.rows)


def why_no_plan(row: Progress, meaning: Indicator) -> str:
    """Why nothing can be planned by month: the key of a sentence; "" where it can."""
    if row.goal is None:
        return "no_goal"
    if row.actual is None:
        return "no_actual"
    if {"disputed", "partial_differs"} & {reason.key for reason in row.reasons}:
        return "disputed"
    if not _is_counted(meaning):
        return "rate"
    if row.is_limit and not is_flow(meaning):
        return "falls"
    return "" if row.months_left else "over"


def _is_counted(meaning: Indicator) -> bool:
    """Whether so many more a month change the figure: a count, or a rate with a numerator."""
    if meaning.aggregation is Aggregation.RATIO:
        return bool(meaning.numerator) and not meaning.per_month
    return meaning.aggregation is Aggregation.SUM and not meaning.per_month


def pace_row(row: Progress, parts: RatioParts | None) -> PaceRow:
    """A judged target as a way to go; ``parts`` are the sums behind a rate."""
    parts = parts or RatioParts(row.actual or 0.0, 1.0, 1.0)
    aim, actual = row.goal or 0.0, parts.numerator
    left = max(aim * parts.denominator / parts.multiplier - actual, 0.0)
    left = 0.0 if left <= NEAR * max(abs(actual), NEAR) else left
    month, most = row.best_month or (None, None)
    low, high = _reach(row, aim)
    return PaceRow(
        row.area,
        row.target.id,
        actual,
        row.months_left,
        left,
        left / row.months_left if row.months_left else 0.0,
        most,
        month,
        low,
        high,
        parts.denominator,
        parts.multiplier,
        not row.inherited,
        _recent(row),
    )


def _recent(row: Progress) -> float | None:
    """What a month brought lately; of a count without single months, on the average so far."""
    over = row.target.months - row.months_left
    if (
        row.recent is not None
        or row.task is None
        or row.task.start is None
        or row.remaining_indicator != row.target.indicator
    ):
        return row.recent
    return row.task.done / over if over else None


def _reach(row: Progress, aim: float) -> tuple[float, float]:
    """From where to where the target is met, in its unit; without end where nothing bounds it."""
    exact = row.target.kind is TargetKind.EXACTLY
    slack = max(row.target.tolerance if exact else 0.0, NEAR) * max(abs(aim), NEAR)
    low = -math.inf if row.is_limit else aim - slack
    return low, aim + slack if row.is_limit or exact else math.inf


def slider(row: PaceRow, unit: float) -> tuple[float, float, float]:
    """The slider's top, its step and where it stands at first, in base units per month.

    From nothing to twice what is needed, the best month so far or the recent pace, whichever is
    most; ``unit`` is the smallest amount that is shown. It stands at the recent pace, rounded to a
    step: whether the target can be reached is asked of what was done, not of what is needed.
    """
    recent = max(row.recent or 0.0, 0.0)
    most = max(2 * row.needed, row.best or 0.0, recent, unit)
    step = unit
    for size in range(12):
        for lead in (1, 2, 5):
            if lead * 10**size * unit <= most / STEPS:
                step = lead * 10**size * unit
    return math.ceil(most / step - NEAR) * step, step, half_up(recent / step) * step


def milestones_of(row: PaceRow, pace: float, judged: Progress) -> tuple[Milestone, ...]:
    """The plan month by month, after those milestones that are over.

    The month judged keeps what was expected of it: saving a plan makes nobody less behind today.
    """
    now = judged.actual_period or judged.period
    before = [step for step in judged.target.milestones if step.period < now]
    today = row.end(0.0) if judged.expected is None else judged.expected
    ahead = range(1, months_between(now, judged.target.period) + 1)
    planned = [Milestone(now.plus(month), row.end(pace, month)) for month in ahead]
    rounded = [step._replace(value=round(step.value, PLACES)) for step in planned]
    return (*before, Milestone(now, round(today, PLACES)), *rounded)
