"""Releases scorecards without small counts of people and the totals these would follow from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from dashboard.analysis.figure_relations import SuppressedFigures
from dashboard.analysis.small_counts import HIDDEN, is_small
from dashboard.analysis.target_status import Status
from dashboard.catalogue.lookup import Catalogue
from dashboard.charts.kinds.comparison_rows import ComparisonRow
from dashboard.charts.kinds.scorecard import StreetCard, TargetLine


def suppress_scorecards(
    cards: Sequence[StreetCard],
    smallest: int,
    catalogue: Catalogue,
    hidden: SuppressedFigures | None = None,
) -> list[StreetCard]:
    """The cards with counts below ``smallest`` suppressed; zero is none, 0 suppresses nothing.

    Where a count of one area is suppressed, no card keeps the whole that it would follow from, nor
    its change, rank and share. Where the last month of one area is, no card keeps that month.
    ``hidden`` are figures that are suppressed in every chart and list.
    """
    if smallest < 1:
        return list(cards)

    def is_gone(one: ComparisonRow | TargetLine) -> bool:
        if is_small(one.amount, catalogue.indicators[one.indicator], smallest):
            return True
        return bool(hidden and one.figure and hidden.hides(one.figure))

    def is_step_gone(row: ComparisonRow) -> bool:
        if is_small(row.step_amount, catalogue.indicators[row.indicator], smallest):
            return True
        return bool(hidden and row.step_figure and hidden.hides(row.step_figure))

    steps = {row.indicator for card in cards for row in card.rows if is_step_gone(row)}
    cards = [_without_steps(card, steps) for card in cards] if steps else list(cards)
    gone = {one.indicator for one in _stated(cards) if is_gone(one)}
    return [_without(card, gone, is_gone) for card in cards] if gone else list(cards)


def _without(
    card: StreetCard, gone: set[str], is_gone: Callable[[ComparisonRow | TargetLine], bool]
) -> StreetCard:
    """The card without what ``is_gone``, and without the wholes of the indicators in ``gone``."""
    shown = [line for line in card.lines if not is_gone(line)]
    bare = sorted(map(_bare_line, filter(is_gone, card.lines)), key=lambda line: line.plan)
    lines = (*shown, *bare)  # who comes first says whose gap is larger
    topics = tuple(
        (
            name,
            tuple(_bare_row(row, is_gone(row)) if row.indicator in gone else row for row in rows),
        )
        for name, rows in card.topics
    )
    return replace(card, lines=lines, topics=topics)


def _bare_row(row: ComparisonRow, suppressed: bool) -> ComparisonRow:
    bare = replace(_without_step(row), district=HIDDEN, distance="", rank=None)
    bare = replace(bare, change="", tone="none")
    return replace(bare, value=HIDDEN, amount=None, suppressed=True) if suppressed else bare


def _without_steps(card: StreetCard, indicators: set[str]) -> StreetCard:
    """The card without the last months of these indicators, of which one is suppressed."""
    topics = tuple(
        (name, tuple(_without_step(row) if row.indicator in indicators else row for row in rows))
        for name, rows in card.topics
    )
    return replace(card, topics=topics)


def _without_step(row: ComparisonRow) -> ComparisonRow:
    return replace(row, step="", step_figure=None, step_amount=None)


def _bare_line(line: TargetLine) -> TargetLine:
    return replace(
        line,
        status=Status.NOT_JUDGED,
        status_word=line.not_judged,
        tone="none",
        asked=line.plan,
        actual=HIDDEN,
        expected=HIDDEN,
        gap=HIDDEN,
        needed=HIDDEN,
        note="",
        amount=None,
        suppressed=True,
    )


def hides(cards: Sequence[StreetCard]) -> bool:
    """Whether something was suppressed in these cards."""
    return any(one.suppressed for one in _stated(cards))


def _stated(cards: Sequence[StreetCard]) -> Iterator[ComparisonRow | TargetLine]:
    for card in cards:
        yield from card.rows
        yield from card.lines
