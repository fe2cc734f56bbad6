"""Finds the targets that turned bad or good between two months."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from dashboard.analysis.off_pace import OFF_PACE
from dashboard.analysis.progress import Progress
from dashboard.analysis.target_status import Status

WELL = (Status.ON_PACE, Status.AHEAD, Status.DONE)  # from less to more


class Move(NamedTuple):
    """A target of an area that stands otherwise than before."""

    before: Progress
    now: Progress

    @property
    def is_bad(self) -> bool:
        """Whether it is off pace now."""
        return self.now.status in OFF_PACE


def status_moves(before: Iterable[Progress], now: Iterable[Progress]) -> list[Move]:
    """Targets that went off pace, came back, were reached or got ahead; bad ones first.

    Those that were not judged or not due before, or are not now, say nothing and are left out,
    but for one that becomes overdue.
    """
    earlier = {(row.target.id, row.area): row for row in before}
    pairs = ((earlier.get((row.target.id, row.area)), row) for row in now)
    moves = [Move(was, row) for was, row in pairs if was is not None and _counts(was, row)]
    return sorted(moves, key=lambda move: (not move.is_bad, move.now.task_gap or 0.0))


def _counts(was: Progress, row: Progress) -> bool:
    if row.status is Status.OVERDUE:
        return was.status is not Status.OVERDUE
    if row.status in OFF_PACE:
        return was.status in WELL
    if was.status in OFF_PACE:
        return row.status in WELL
    if was.status in WELL and row.status in WELL:
        return WELL.index(row.status) > WELL.index(was.status)
    return False
