"""Releases the register of targets: bases that are small counts of people are hidden.

What a target asks for is a plan and counts nobody, so it stays; its base is a figure like others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.small_counts import is_small
from dashboard.base.language import word
from dashboard.catalogue.concepts import FigureKind
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import Target
from dashboard.disclosure.row_guard import Row
from dashboard.disclosure.store_guard import SmallCounts


def suppress_bases(
    guard: SmallCounts, targets: Sequence[Target]
) -> tuple[list[Target], frozenset[str]]:
    """The targets without the bases that are hidden, and the ids of those that had one.

    Their sources go with them: free text may state the base.
    """
    keys = [key for given_target in targets for key in _months(given_target)]
    suppressed, made, gone = guard.suppressed_figures(keys), list[Target](), set[str]()
    for target in targets:
        meaning = guard.catalogue.indicators[target.indicator]
        small = is_small(target.base, meaning, guard.least)
        if small or any(map(suppressed.hides, _months(target))):
            gone.add(target.id)
            target = replace(target, base=None, source="")
        made.append(target)
    return made, frozenset(gone)


def _months(target: Target) -> Iterable[FigureKey]:
    """The figures the stated base may be: that of its month, or of when the way began."""
    if target.base is None:
        return ()
    months: tuple[Period, ...] = (target.start.plus(-1), target.period.plus(-12))
    if target.base_period is not None:
        months = (target.base_period,)
    return [
        FigureKey(target.indicator, target.area, month, kind=FigureKind.ACTUAL) for month in months
    ]


def suppress_targets(
    guard: SmallCounts, rows: Iterable[Mapping[str, object]], found: Sequence[Target], language: str
) -> list[Row]:
    """Rows of these targets, in their order, without the hidden bases; their source says so."""
    targets, _ = suppress_bases(guard, found)
    made: list[Row] = []
    for row, before, after in zip(rows, found, targets, strict=True):
        if before.base == after.base:
            made.append({**row})
            continue
        sentence = " · ".join(
            filter(None, (after.source, word("target_base_suppressed", language)))
        )
        made.append({**row, "base": None, "source": sentence})
    return made
