"""Renders a Chart as a plotly figure with the function of its kind.

Nothing is looked up or decided here but pixels and colours. ``layout.meta`` carries title,
subtitle, source and demo mark, so that a picture copied from the screen can be given them too.
"""

from __future__ import annotations

from collections.abc import Callable

from dashboard.catalogue.topics import Kind
from dashboard.charts.model.chart import Chart
from dashboard.charts.plotly.bars import bars, share_bars
from dashboard.charts.plotly.columns import columns, stacks
from dashboard.charts.plotly.heat import heat
from dashboard.charts.plotly.layout import Figure, blank, finish
from dashboard.charts.plotly.lines import lines
from dashboard.charts.plotly.map import street_map
from dashboard.charts.plotly.theme import SCREEN, Theme
from dashboard.charts.plotly.waterfall import waterfall

RENDERERS: dict[Kind, Callable[[Chart, Theme], Figure]] = {
    Kind.LINE: lines,
    Kind.COLUMN: columns,
    Kind.BAR: bars,
    Kind.STACKED: stacks,
    Kind.COMPOSITION: share_bars,
    Kind.SEASON: heat,
    Kind.TABLE: heat,
    Kind.WATERFALL: waterfall,
    Kind.MAP: street_map,
}


def figure(chart: Chart, theme: Theme = SCREEN) -> Figure:
    """The figure of a chart as ``{"data": [...], "layout": {...}}``; an empty one says why."""
    drawn = blank(chart, theme) if chart.empty else RENDERERS[chart.kind](chart, theme)
    return finish(chart, drawn, theme)
