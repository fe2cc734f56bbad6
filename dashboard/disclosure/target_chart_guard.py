"""Charts of targets as they leave: the way a target was meant to go begins at its base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.catalogue.targets import Target
from dashboard.charts.hidden_way import without_way
from dashboard.charts.kinds.target_path import PATH
from dashboard.charts.model.chart import Chart
from dashboard.disclosure.cross_chart import Told
from dashboard.disclosure.store_guard import Leaving
from dashboard.disclosure.target_guard import hide_bases
from dashboard.services.targets.editing import CHART, TargetDesk


class LeavingWays(TargetDesk, Leaving):
    """What may leave the house, the charts of targets among it."""

    def guarded_together(self, charts: Sequence[Chart]) -> tuple[list[Chart], Told]:
        """As for all charts; of a target whose base is hidden, what was done alone."""
        made, told = super().guarded_together(charts)
        least = self.settings.small_cells
        if least > 0:
            made = [
                without_way(one, least) if one.step == PATH and self._base_is_hidden(one) else one
                for one in made
            ]
        return made, told

    def _base_is_hidden(self, chart: Chart) -> bool:
        target = self.target(chart.id.removeprefix(CHART).partition("/")[0])
        return bool(hide_bases(self, [_with_base(target)])[1])


def _with_base(target: Target) -> Target:
    """The target with a base of its own where it takes it from the figures of an earlier month."""
    return target if target.base is not None else replace(target, base=0.0)
