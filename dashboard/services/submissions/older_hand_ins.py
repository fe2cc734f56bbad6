"""Tells where accepting a hand-in would put older figures in the place of newer ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from dashboard.services.submissions.waiting import holds_of
from dashboard.store.opening import Engine
from dashboard.store.submissions import read_sources
from dashboard.store.waiting import WaitingHandIn, WaitingState, read_waiting

if TYPE_CHECKING:
    from dashboard.intake import SheetPreview
    from dashboard.intake.changes import FigureDifference

_REVISED = "revised"


class Order(NamedTuple):
    """Where a hand-in stands among others: figures that are newer, and later ones that wait."""

    older: list[FigureDifference]
    later: list[int]


def order_of(engine: Engine, row: WaitingHandIn, revised: Collection[FigureDifference]) -> Order:
    """What accepting a hand-in would put back, of the figures ``revised``; and what waits after it.

    Put back are figures that were handed in after this hand-in was, and the later hand-ins are
    those of a form, area and period that it states. What waited itself counts from when it was
    handed in, not from when it was accepted.
    """
    waited = read_waiting(engine)
    numbers = {change.submission for change in revised if change.submission is not None}
    made = _handed_in(engine, numbers, waited) if numbers else {}
    older = [change for change in revised if made.get(change.submission or 0, row.made) > row.made]
    return Order(older, _later_of(row, waited))


def _later_of(row: WaitingHandIn, waited: Iterable[WaitingHandIn]) -> list[int]:
    """The later hand-ins that wait and state a form, area and period of this one."""
    places = _places(row)
    return sorted(
        other.id
        for other in waited
        if other.id > row.id
        and other.state is WaitingState.WAITING
        and not places.isdisjoint(_places(other))
    )


def revised_in(sheets: Iterable[SheetPreview]) -> list[FigureDifference]:
    """The figures that a preview would revise."""
    return [change for sheet in sheets for change in sheet.changes if change.state == _REVISED]


def _handed_in(
    engine: Engine, numbers: Collection[int], waited: Iterable[WaitingHandIn]
) -> dict[int, datetime]:
    """When each submission was handed in, by its number."""
    made = {number: source.received for number, source in read_sources(engine, numbers).items()}
    for hand_in in waited:
        made |= {number: hand_in.made for number in hand_in.submissions if number in made}
    return made


def _places(row: WaitingHandIn) -> set[tuple[str, str, str]]:
    return {(str(one["form"]), str(one["area"]), str(one["period"])) for one in holds_of(row)}
