"""Releases charts, lists and texts without small counts of people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from dashboard.catalogue.targets import Target
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.target_chart import PATH
from dashboard.disclosure.cross_chart import Together
from dashboard.disclosure.store_guard import Guard
from dashboard.disclosure.target_chart_guard import suppress_expected
from dashboard.services.context import Context


class Release:
    """Hides small counts in what leaves as a file or an answer to a program. Thread-safe."""

    def __init__(self, context: Context, targets: Callable[[], Sequence[Target]]) -> None:
        """Release the figures of a context; ``targets`` lists all of them, retired ones too."""
        self._context, self._targets = context, targets
        self._guard: tuple[int, Guard] | None = None

    def guard(self, as_of: datetime | None = None) -> Guard:
        """What decides on the figures as they are stored now, or as they were known at a moment."""
        context, version = self._context, self._context.version()
        if self._guard is None or self._guard[0] != version:
            least = context.settings.small_cells
            guard = Guard(context.engine, context.catalogue, context.areas(), least)
            self._guard = (version, guard)
        return self._guard[1].known_at(as_of)

    def chart(self, chart: Chart) -> Chart:
        """The chart as it may be released."""
        return self.charts([chart])[0]

    def charts(self, charts: Sequence[Chart]) -> list[Chart]:
        """Charts of one file: none shows, or lets one work out, what another hides."""
        return self.charts_and_suppressed(charts)[0]

    def charts_and_suppressed(self, charts: Sequence[Chart]) -> tuple[list[Chart], Together]:
        """The same, and what is hidden for it besides: the text of the file hides it too."""
        guard = self.guard()
        released, suppressed = guard.release_together(charts)
        if any(chart.step == PATH for chart in released):
            targets = {target.id: target for target in self._targets()}
            released = suppress_expected(guard, released, targets)
        return released, suppressed
