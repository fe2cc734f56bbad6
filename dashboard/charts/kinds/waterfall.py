"""Turns the steps of a waterfall into stacked series: a hidden base, changes, a total.

Every renderer that can stack columns can draw it; what is visible of a step is its size.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from dashboard.analysis.small_counts import HIDDEN
from dashboard.charts.model.chart import Series

BASE, TOTAL, UP, DOWN = "base", "total", "up", "down"  # roles of a waterfall's series


class WaterfallStep(NamedTuple):
    """One column: a total from zero, or a change that begins where the one before ended."""

    name: str
    value: float  # base units
    is_total: bool
    label: str
    hover: str
    key: str = ""


def unnamed_again(roles: Sequence[str], place: int) -> bool:
    """Whether a series is the further piece of one of a waterfall: the legend names it once."""
    return roles[place] in (TOTAL, UP, DOWN) and roles[place] in roles[:place]


def levels_of(steps: Sequence[WaterfallStep]) -> list[tuple[float, float]]:
    """From where to where each column reaches, in base units."""
    spans, level = [], 0.0
    for step in steps:
        start = 0.0 if step.is_total else level
        level = start + step.value
        spans.append((start, level))
    return spans


class _Piece(NamedTuple):
    """A visible or invisible part of a column; the second one of a role is below zero."""

    role: str
    side: int
    size: float


def _pieces(step: WaterfallStep, start: float, end: float) -> list[_Piece]:
    """What one column is stacked of: a change across zero needs a second piece."""
    low, high = min(start, end), max(start, end)
    role = DOWN if step.value < 0 else UP
    role = TOTAL if step.is_total else role
    if low < 0 < high:
        return [_Piece(role, 0, high), _Piece(role, 1, low)]
    if low < 0:
        return [_Piece(BASE, 0, high), _Piece(role, 0, low - high)]
    return [_Piece(BASE, 0, low), _Piece(role, 0, high - low)]


def stacked_series(steps: Sequence[WaterfallStep], names: dict[str, str]) -> tuple[Series, ...]:
    """The series bottom to top; ``names`` by role. A change across zero needs a second piece."""
    empty: list[float | None] = [None] * len(steps)
    columns = {(role, 0): empty.copy() for role in (BASE, TOTAL, UP, DOWN)}
    for place, (step, (start, end)) in enumerate(zip(steps, levels_of(steps), strict=True)):
        for role, side, size in _pieces(step, start, end):
            columns.setdefault((role, side), empty.copy())[place] = size
    return tuple(
        _series(steps, values, role, names[role], labelled=role != BASE and not side)
        for (role, side), values in columns.items()
    )


def _series(
    steps: Sequence[WaterfallStep],
    values: Sequence[float | None],
    role: str,
    name: str,
    *,
    labelled: bool,
) -> Series:
    drawn = [None if size is None else step for step, size in zip(steps, values, strict=True)]
    labels = tuple(step.label if step else "" for step in drawn)
    return Series(
        name=name,
        values=tuple(values),
        role=role,
        statuses=("",) * len(steps),
        texts=labels,
        hover=tuple(step.hover if step else "" for step in drawn),
        labels=labels if labelled else ("",) * len(steps),
    )


def without_steps(
    series: Sequence[Series], order: Sequence[int], gone: Collection[int]
) -> tuple[Series, ...]:
    """The series with their columns in this order, and without those at the places in ``gone``.

    The columns that stay are stacked anew, as each begins where the one before it ends; "*" stands
    in the place of the others.
    """
    steps = [
        WaterfallStep("", 0.0 if at in gone else _size(series, at), _is_total(series, at), "", "")
        for at in order
    ]
    names = {one.role: one.name for one in series}
    labels = [next((one.labels[at] for one in series if one.labels[at]), "") for at in order]
    missing = [at in gone for at in order]
    stacked = _labelled(stacked_series(steps, names), labels, missing)
    drawn = [_without(one, labels, missing) for one in stacked]
    return tuple(_named_hidden(one, missing) if one.role == UP else one for one in drawn)


def _named_hidden(series: Series, missing: Sequence[bool]) -> Series:
    """The series with "*" where a column is missing: a row without a mark would read as nothing."""
    labels = [
        HIDDEN if is_gone else label for label, is_gone in zip(series.labels, missing, strict=True)
    ]
    return replace(series, labels=tuple(labels))


def _without(series: Series, labels: Sequence[str], missing: Sequence[bool]) -> Series:
    """The series without the missing columns, its other values printed as labelled."""
    values = tuple(
        None if is_gone else value for value, is_gone in zip(series.values, missing, strict=True)
    )
    texts = tuple(
        "" if value is None else label for value, label in zip(values, labels, strict=True)
    )
    return replace(series, values=values, texts=texts)


def _labelled(
    series: Sequence[Series], labels: Sequence[str], missing: Sequence[bool]
) -> Iterator[Series]:
    """The visible series, each change with its label on its first piece."""
    seen = set[str]()
    for one in series:
        first = one.role != BASE and one.role not in seen
        seen.add(one.role)
        yield replace(
            one,
            labels=tuple(
                label if first and value is not None and not is_gone else ""
                for value, label, is_gone in zip(one.values, labels, missing, strict=True)
            ),
        )


def _is_total(series: Sequence[Series], at: int) -> bool:
    return any(one.role == TOTAL and one.values[at] is not None for one in series)


def _size(series: Sequence[Series], at: int) -> float:
    """The signed change, or the total, that the pieces of a column make."""
    pieces = [(one.role, value) for one in series if (value := one.values[at]) is not None]
    if _is_total(series, at):
        return sum(value for role, value in pieces if role == TOTAL)
    sizes = {UP: 1.0, DOWN: -1.0}
    return sum(sizes.get(role, 0.0) * abs(value) for role, value in pieces)
