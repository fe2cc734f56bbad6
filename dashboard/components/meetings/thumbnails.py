"""Draws what is on an agenda's page small: a course, ranked bars, how far a target is."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.analysis.progress import Progress
from dashboard.charts.model.chart import Chart
from dashboard.charts.plotly.theme import SCREEN
from dashboard.components.shell.sparks import Drawing, image, sparkline
from dashboard.services.meetings.meetings import Slide

_WIDE, _HIGH = 120, 56  # pixels
_MOST_BARS = 8


def thumbnail(slide: Slide, alt: str) -> Drawing | None:
    """The small drawing of a slide; None where it has no figures."""
    if slide.chart is not None:
        return _of_chart(slide.chart, alt)
    return _of_target(slide.row, alt) if slide.row is not None else None


def _of_chart(chart: Chart, alt: str) -> Drawing | None:
    values = chart.series[0].values if chart.series else ()
    if chart.key_kind == "area":
        return _bars([value for value in values if value is not None][:_MOST_BARS], alt)
    return sparkline(values, alt, _WIDE, _HIGH)


def _bars(values: Sequence[float], alt: str) -> Drawing | None:
    most = max(values, default=0.0)
    if most <= 0:
        return None
    step = _HIGH / len(values)
    bars = "".join(
        f'<rect x="0" y="{place * step}" width="{max(value, 0.0) / most * _WIDE}" '
        f'height="{step * 0.7}" fill="{SCREEN.primary}"/>'
        for place, value in enumerate(values)
    )
    return image(bars, _WIDE, _HIGH, alt, "spark")


def _of_target(row: Progress, alt: str) -> Drawing | None:
    """What was done of the task as a bar, with a tick where it should be by now."""
    task = row.task
    if task is None or task.total <= 0:
        return None
    done = min(max(task.done / task.total, 0.0), 1.0) * _WIDE
    body = (
        f'<rect x="0" y="20" width="{_WIDE}" height="16" fill="{SCREEN.track}"/>'
        f'<rect x="0" y="20" width="{done}" height="16" fill="{SCREEN.primary}"/>'
    )
    if task.due is not None:
        due = min(max(task.due / task.total, 0.0), 1.0) * _WIDE
        body += f'<rect x="{due - 1}" y="14" width="2" height="28" fill="{SCREEN.text}"/>'
    return image(body, _WIDE, _HIGH, alt, "spark")
