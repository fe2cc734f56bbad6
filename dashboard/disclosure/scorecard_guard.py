"""Scorecards as they may leave the house: small counts of people hidden, and their total too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dashboard.analysis.figure_relations import HiddenFigures
from dashboard.analysis.small_counts import HIDDEN, is_small
from dashboard.catalogue.lookup import Catalogue
from dashboard.charts.kinds.comparison_rows import SpineRow
from dashboard.charts.kinds.scorecard import StreetCard, TargetLine

_NUMBER = re.compile(r"[\d,]+(?:\.\d+)?")


def _printed(text: str) -> float | None:
    """The number a text begins with; None where it does not begin with one."""
    found = _NUMBER.match(text)
    return float(found.group().replace(",", "")) if found and found.group() != "," else None


def guarded(
    cards: Sequence[StreetCard],
    smallest: int,
    catalogue: Catalogue,
    hidden: HiddenFigures | None = None,
) -> list[StreetCard]:
    """The cards with counts below ``smallest`` hidden; zero is none, and 0 for it hides nothing.

    Where a count of one area is hidden, no card keeps the whole that it could be worked out from,
    nor its change, rank and share. ``hidden`` are
    figures that are hidden whatever leaves.
    """

    def small(one: SpineRow | TargetLine, text: str) -> bool:
        if is_small(_printed(text), catalogue.indicators[one.indicator], smallest):
            return True
        return bool(smallest and hidden and one.figure and hidden.hides(one.figure))

    gone = {row.indicator for card in cards for row in card.rows if small(row, row.value)}
    gone |= {line.indicator for card in cards for line in card.lines if small(line, line.actual)}
    if not gone:
        return list(cards)

    def row_of(row: SpineRow) -> SpineRow:
        if row.indicator not in gone:
            return row
        kept = replace(row, district=HIDDEN, distance="", change="", tone="none", rank=None)
        return replace(kept, value=HIDDEN) if small(row, row.value) else kept

    def line_of(line: TargetLine) -> TargetLine:
        if not small(line, line.actual):
            return line
        return replace(line, actual=HIDDEN, completion=HIDDEN, gap=HIDDEN, needed=HIDDEN)

    return [
        replace(
            card,
            lines=tuple(line_of(line) for line in card.lines),
            topics=tuple((name, tuple(map(row_of, rows))) for name, rows in card.topics),
        )
        for card in cards
    ]


def hides(cards: Sequence[StreetCard]) -> bool:
    """Whether something was hidden in guarded cards."""
    rows = (row.value for card in cards for row in card.rows)
    lines = (line.actual for card in cards for line in card.lines)
    return HIDDEN in {*rows, *lines}
