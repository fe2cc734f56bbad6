"""Finds figures that have changed between two moments of knowledge, chart by chart."""

from __future__ import annotations

from dataclasses import replace

from dashboard.base.language import Text
from dashboard.base.progress import QUIET, JobProgress
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.changed import Changed, changed_figures
from dashboard.services.reports.sources import Asked, Sources
from dashboard.store.versions import read_versions

MOST_SOURCES = 60  # changed figures whose submission is looked up


def changes_between(
    sources: Sources,
    asked: Asked,
    later: Selection,
    leaves: bool = False,
    progress: JobProgress = QUIET,
) -> list[Changed]:
    """The figures of these charts that are others as known in ``later``, each once.

    Small counts of people stay hidden where the list ``leaves`` the house. Every chart is a step of
    ``progress``; raises Cancelled.
    """
    drawing = Text("正在重画当时和现在的图表", "drawing the charts of then and now")
    rates = {name for name, indicator in sources.catalogue.indicators.items() if indicator.is_rate}
    found: dict[object, Changed] = {}
    for done, (ref, selection) in enumerate(asked):
        progress.step(drawing, done, len(asked))
        drawn = (
            sources.figures.chart(ref, replace(selection, as_known=at))
            for at in (selection.as_known, later.as_known)
        )
        then, now = (sources.release.chart(chart) if leaves else chart for chart in drawn)
        for changed in changed_figures(then, now, rates):
            found.setdefault(changed.figure, changed)
    listed = list(found.values())
    sourced = [_with_source(sources, change) for change in listed[:MOST_SOURCES]]
    return sourced + listed[MOST_SOURCES:]


def _with_source(sources: Sources, changed: Changed) -> Changed:
    if changed.figure.months or changed.new == "—":
        return changed
    figure = changed.figure
    standing = [
        version.submission
        for version in read_versions(
            sources.context.engine, figure.indicator, figure.area, figure.period
        )
        if version.withdrawn is None and version.kind in (figure.kind or "actual", "standard")
    ]
    return replace(changed, submission=standing[-1]) if standing else changed
