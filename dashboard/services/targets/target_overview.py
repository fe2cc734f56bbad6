"""Shows the targets of an area at a glance: which are off pace, where, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.analysis import lagging_streets
from dashboard.analysis.lagging_streets import By, Holdbacks
from dashboard.analysis.off_pace import OFF_PACE, OffPace, missed_milestone, spent_year_before
from dashboard.analysis.points import Points
from dashboard.analysis.progress import Progress
from dashboard.analysis.status_moves import Move, status_moves
from dashboard.catalogue.periods import Period
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.target_words import in_order
from dashboard.services.context import Context
from dashboard.services.figures.figures import Figures
from dashboard.services.filters import moment_of
from dashboard.services.targets.targets import Targets
from dashboard.store.targets import Commentary

FEW = 3  # targets that are shown whatever their status


@dataclass(frozen=True, slots=True)
class AreaTargets:
    """How an area's targets stand: its own ``rows``, those in sight with where and why.

    ``in_sight`` are those off pace; all where they are few. ``parts`` are the rows of the areas
    directly below it, whatever their status.
    """

    rows: tuple[Progress, ...] = ()
    in_sight: tuple[OffPace, ...] = ()
    parts: tuple[Progress, ...] = ()

    def off_pace(self, target: str) -> OffPace | None:
        """A target by its id: with its streets where it is in sight; None where it is not known."""
        for off in self.in_sight:
            if off.row.target.id == target:
                return off
        rows = (row for row in self.rows if row.target.id == target)
        return next((OffPace(row, Holdbacks()) for row in rows), None)


class TargetOverview:
    """Reads where and why targets are off pace, in a few statements for all of them."""

    def __init__(self, context: Context, targets: Targets, figures: Figures) -> None:
        """Ask these targets, and these figures where no street has a part in one."""
        self._context, self._targets, self._figures = context, targets, figures

    def of(self, selection: Selection) -> AreaTargets:
        """The targets of the selected area in the selected month; empty without a month."""
        if selection.period is None:
            return AreaTargets()
        key = (selection.area, selection.period, selection.as_known)
        return self._context.cached("target-overview", key, lambda: self._read(selection))

    def rows(self, selection: Selection) -> list[Progress]:
        """How the area's own targets stand, without where and why; empty without a month."""
        return [row for row in self._every(selection) if row.area == selection.area]

    def _every(self, selection: Selection) -> list[Progress]:
        """How the targets of the area stand, and those of the areas directly below it."""
        if selection.period is None:
            return []
        area, period, day = selection.area, str(selection.period), str(selection.as_known or "")
        return self._context.cached(
            "target-rows",
            (area, period, day),
            lambda: self._targets.progress(area, period, True, day),
        )

    def since(self, selection: Selection) -> Period | None:
        """The period with figures before the selected one, a year before it of yearly figures."""
        return self._figures.period_before(selection)

    def moves(self, selection: Selection) -> list[Move]:
        """The targets here and directly below that turned bad or good since the period before."""
        period, earlier = selection.period, self.since(selection)
        if period is None or earlier is None:
            return []
        key = (selection.area, period, earlier, selection.as_known)

        def read() -> list[Move]:
            day = str(selection.as_known or "")
            months = (str(earlier), str(period))
            before, now = (
                self._targets.progress(selection.area, month, True, day) for month in months
            )
            return status_moves(before, now)

        return self._context.cached("target-moves", key, read)

    def _read(self, selection: Selection) -> AreaTargets:
        every = self._every(selection)
        rows = [row for row in every if row.area == selection.area]
        parts = [row for row in every if row.area != selection.area]
        behind = [row for row in in_order(rows) if row.status in OFF_PACE or len(rows) <= FEW]
        off = self._off_pace(behind, parts, selection) if behind else ()
        return AreaTargets(tuple(rows), off, tuple(parts))

    def _off_pace(
        self, behind: Sequence[Progress], parts: Sequence[Progress], selection: Selection
    ) -> tuple[OffPace, ...]:
        points = self._points(behind, selection)
        versions = self._targets.commentary_of(row.target.id for row in behind)
        return tuple(
            OffPace(
                row,
                self._holdbacks(row, parts, points, selection),
                _comment(versions[row.target.id], row, selection),
                missed_milestone(row, points),
                spent_year_before(row, points),
            )
            for row in behind
        )

    def _points(self, behind: Sequence[Progress], selection: Selection) -> Points:
        """The figures of the targets off pace, from the year before each on, streets too."""
        first = min(_first(row) for row in behind)
        names = {row.target.indicator for row in behind}
        return self._figures.points(
            names, selection.area, first, selection.period, below=True, known=selection.as_known
        )

    def _holdbacks(
        self, row: Progress, parts: Sequence[Progress], points: Points, selection: Selection
    ) -> Holdbacks:
        same = [
            part
            for part in parts
            if (part.target.indicator, part.target.period)
            == (row.target.indicator, row.target.period)
        ]
        card = self._targets.scorecard(str(selection.as_known or ""))
        chosen = lagging_streets.of_parts(card.contributions(row, same), same)
        if chosen.by is not By.NONE:
            return chosen
        at = row.actual_period
        below = self._context.areas().children(row.area, at)
        return lagging_streets.of_levels(row, points, [street.code for street in below])


def _comment(versions: Sequence[Commentary], row: Progress, selection: Selection) -> str:
    """What the office last wrote of how the target is doing, up to the selected month."""
    period, moment = selection.period or row.period, moment_of(selection.as_known)
    known = [
        version
        for version in versions
        if version.period <= period and (moment is None or version.written <= moment)
    ]
    return known[-1].how_doing or known[-1].what_doing if known else ""


def _first(row: Progress) -> Period:
    start = row.target.start
    first = Period(start.year - 1, 1)
    return min(first, row.base_period) if row.base_period else first
