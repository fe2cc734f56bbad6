"""Tells where accepting a hand-in would put older figures in the place of newer ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from dashboard.base.language import Text
from dashboard.services.submissions.waiting import holds_of
from dashboard.store.opening import Engine, StoreError
from dashboard.store.submissions import read_sources
from dashboard.store.waiting import WaitingHandIn, WaitingState, read_waiting

if TYPE_CHECKING:
    from dashboard.intake import SheetPreview
    from dashboard.intake.changes import FigureDifference
    from dashboard.services.context import Context

_REVISED = "revised"


class OlderFigures(StoreError):
    """Accepting would go back to figures older than those stored, which nobody has confirmed."""

    def __init__(self, number: int, count: int) -> None:
        """Name the hand-in and how many figures it would put back."""
        super().__init__(
            Text(
                f"第 {number} 号报送早于已入库的数：接受会把 {count} 个数改回较早的值；"
                "请核对下面的变化，确要改回请勾选确认",
                f"hand-in {number} is older than what is stored: accepting it would put {count} "
                "figures back to an earlier value; look at the changes and confirm it",
            )
        )


def older_figures(
    context: Context, row: WaitingHandIn, sheets: Iterable[SheetPreview]
) -> list[FigureDifference]:
    """The figures that would be revised though they were handed in after this hand-in was.

    What waited itself counts from when it was handed in, not from when it was accepted.
    """
    revised = list(_revised(sheets))
    numbers = {change.submission for change in revised if change.submission is not None}
    if not numbers:
        return []
    made = _handed_in(context.engine, numbers)
    return [change for change in revised if made.get(change.submission or 0, row.made) > row.made]


def _revised(sheets: Iterable[SheetPreview]) -> Iterator[FigureDifference]:
    """The figures that would be revised, where a submission states them."""
    for sheet in sheets:
        for change in sheet.changes:
            if change.state == _REVISED and change.submission is not None:
                yield change


def _handed_in(engine: Engine, numbers: Collection[int]) -> dict[int, datetime]:
    """When each submission was handed in, by its number."""
    made = {number: source.received for number, source in read_sources(engine, numbers).items()}
    for waiting in read_waiting(engine):
        made |= {number: waiting.made for number in waiting.submissions if number in made}
    return made


def later_waiting(context: Context, row: WaitingHandIn) -> list[int]:
    """The later hand-ins that wait and state a form, area and period that this one states."""
    places = _places(row)
    return sorted(
        other.id
        for other in read_waiting(context.engine)
        if other.id > row.id
        and other.state is WaitingState.WAITING
        and not places.isdisjoint(_places(other))
    )


def _places(row: WaitingHandIn) -> set[tuple[str, str, str]]:
    return {(str(one["form"]), str(one["area"]), str(one["period"])) for one in holds_of(row)}
