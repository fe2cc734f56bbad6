"""Figures as rows of the store's tables, in the order of their columns, to be inserted directly."""

from __future__ import annotations

from dashboard.store.bulk_insert import Row

Key = tuple[str, str, int, str]  # indicator, area, period, kind
Place = tuple[str, int, str]  # sheet, row, column
_CELL: Place = ("1", 9, "C")


def stated(
    key: Key,
    submission: int,
    sequence: int,
    value: float | None,
    cell: Place = _CELL,
) -> Row:
    """A row of ``revision``: what a submission states, at its place within the submission."""
    title, phrase, rounding, qualifier = "", "", None, ""
    place = (*cell, title, phrase, rounding, qualifier)
    return (*key, submission, sequence, value, "A", None, *place)


def current(key: Key, submission: int, value: float | None) -> Row:
    """A row of ``observation``: the figure that counts, and where it came from."""
    qualifier = ""
    return (*key, value, "A", None, submission, qualifier)
