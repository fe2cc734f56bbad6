"""Reads file, sheet, grade and day of submissions for the source line of a chart."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.charts.model.chart import SourceNote
from dashboard.store import submissions as handed_in
from dashboard.store.opening import Engine


def source_notes(engine: Engine, submissions: Iterable[int]) -> dict[int, SourceNote]:
    """What stands under a chart of these submissions, by their numbers."""
    rows = handed_in.read_sources(engine, list(submissions))
    return {
        number: SourceNote(
            row.file,
            row.sheet,
            row.form,
            row.grade,
            row.received.date() if row.received else None,
            row.title,
        )
        for number, row in rows.items()
    }
