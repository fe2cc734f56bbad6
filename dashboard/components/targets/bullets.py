"""Builds a bullet bar: done against the target, with ticks for what is expected and for the time.

An SVG image in a data address, like the sparklines; its text alternative says the same in words.
"""

from __future__ import annotations

from dashboard.analysis.progress import Progress
from dashboard.analysis.target_status import Status
from dashboard.charts.plotly.theme import SCREEN
from dashboard.components.shell.sparks import Drawing, image

COLOURS = {
    Status.AHEAD: SCREEN.better,
    Status.DONE: SCREEN.better,
    Status.ON_PACE: SCREEN.primary,
    Status.BEHIND: SCREEN.worse,
    Status.OVERDUE: SCREEN.missed,
    Status.OVER_LIMIT: SCREEN.missed,
    Status.NOT_DUE: SCREEN.other,
    Status.NOT_JUDGED: SCREEN.other,
}
FURTHEST = 1.25  # of the way: what lies beyond is drawn there, with an arrow


def share_of_distance(row: Progress, value: float | None, start: float) -> float | None:
    """Where a value lies between start (0) and goal (1); None where there is no way."""
    if value is None or row.goal is None or row.goal == start:
        return None
    return (value - start) / (row.goal - start)


def start_of(row: Progress, flows: bool) -> float:
    """Where the way begins: flows at nothing, levels at their base unless they began beyond it."""
    if flows or row.base is None or row.goal is None:
        return 0.0
    rises = row.base < row.goal
    return row.base if rises != row.is_limit and row.base != row.goal else 0.0


def bullet(row: Progress, flows: bool, alt: str, width: int = 220) -> Drawing | None:
    """The bar of a row; None where nothing was reported or there is no way to show."""
    start = start_of(row, flows)
    done = share_of_distance(row, row.actual, start)
    if done is None:
        return None
    expected = share_of_distance(row, row.expected, start)
    furthest = min(max(1.0, done, expected or 0.0) * 1.06, FURTHEST)

    def place(share: float) -> float:
        return 3 + min(max(share, 0.0), furthest) / furthest * (width - 8)

    colour = COLOURS[row.status]
    body = (
        f'<rect x="3" y="8" width="{place(1.0) - 3:.1f}" height="14" rx="2" fill="{SCREEN.track}"/>'
        f'<rect x="3" y="11" width="{max(place(done) - 3, 1.5):.1f}" height="8" rx="1.5" '
        f'fill="{colour}"/>'
    )
    if done > FURTHEST:
        x = place(done)
        body += (
            f'<path d="M{x - 6:.1f},11 l4,4 l-4,4" fill="none" stroke="{SCREEN.on_strong}" '
            f'stroke-width="2"/>'
        )
    goal = place(1.0)
    body += f'<rect x="{goal - 1.5:.1f}" y="4" width="3" height="22" fill="{SCREEN.text}"/>'
    if expected is not None and 0 <= expected < 1:
        x = place(expected)
        body += (
            f'<path d="M{x:.1f},8 l-4,-6 h8 z" fill="{SCREEN.text}"/>'
            f'<rect x="{x - 0.75:.1f}" y="8" width="1.5" height="14" fill="{SCREEN.text}"/>'
        )
    if row.elapsed_calendar is not None and row.elapsed_calendar < 100:
        x = place(row.elapsed_calendar / 100)
        body += (
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="20" y2="29" stroke="{SCREEN.muted}" '
            f'stroke-width="1.5" stroke-dasharray="2 1.5"/>'
        )
    return image(body, width, 30, alt, "bullet")
