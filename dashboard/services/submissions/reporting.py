"""Answers who has handed in what: the board, and the same as rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Level
from dashboard.catalogue.periods import Period
from dashboard.services.context import Context
from dashboard.services.filters import UnknownName, moment_of, months_of, one_area
from dashboard.services.selections import Selections
from dashboard.services.submissions.completeness import (
    Completeness,
    ExpectedForm,
    Judging,
    completeness_of,
    standing_note,
)
from dashboard.services.submissions.coverage import Coverage, coverage_of

COMPLETENESS_COLUMNS = (
    "area",
    "area_name",
    "form",
    "period",
    "state",
    "received",
    "submission",
    "reason",
)


class _Asked(NamedTuple):
    """Which hand-ins are asked for: of one area, of one form, of some months; "" and None are all.

    ``months`` are the first and the last.
    """

    area: str
    form: str
    months: tuple[Period, Period] | None

    def includes(self, standing: ExpectedForm) -> bool:
        """Whether a hand-in is among them."""
        named = self.form in ("", standing.form) and self.area in ("", standing.area)
        return named and (
            self.months is None or self.months[0] <= standing.period <= self.months[1]
        )


class Reporting:
    """Answers for who has handed in what. Thread-safe."""

    def __init__(self, context: Context, selections: Selections) -> None:
        """Judge the submissions in the store of this context."""
        self._context, self._selections = context, selections

    def completeness(self, area: str, known: date | None = None) -> Completeness:
        """Who has handed in what, of an area and those directly below it, judged today.

        With ``known`` as it stood, and is judged, at the end of that day.
        """
        return self._judged(area, known, corrections=True)

    def absent(self, area: str, period: Period | None, known: date | None = None) -> Sequence[str]:
        """The areas below of which nothing counts in a period that should have come; see there.

        Whether what came was corrected, nobody needs to know for it.
        """
        if period is None:
            return ()
        return self._judged(area, known, corrections=False).absent(period)

    def coverage(self, area: str, period: Period | None, known: date | None = None) -> Coverage:
        """Which forms of a period have come of those below an area, and which have not."""
        if period is None:
            return Coverage()
        board = self._judged(area, known, corrections=False)
        due_days = self._context.settings.due_day
        return coverage_of(board, self._context.areas(), period, _day(known), due_days)

    def _judged(self, area: str, known: date | None, *, corrections: bool) -> Completeness:
        day = _day(known)
        judging = Judging(self._context.settings.due_day, day, moment_of(known), corrections)

        def make() -> Completeness:
            context = self._context
            return completeness_of(
                context.engine, context.areas(), area, judging, context.catalogue
            )

        key = (area, day, known, corrections)
        return self._context.cached("completeness", key, make, area)

    def rows(
        self, area: str = "", period: str = "", form: str = "", language: str = "zh"
    ) -> list[dict[str, object]]:
        """The same as rows, by period, form and area; of the first visit's area if none is named.

        A street is shown alone, another area with those directly below it. Raises UnknownName.
        """
        areas = self._context.areas()
        place = one_area(areas, area or self._selections.start_area())
        alone = place.level is Level.STREET and bool(place.parent)
        board = self.completeness(place.parent if alone else place.code)
        _check_form(form, board.forms)
        asked = _Asked(place.code if alone else "", form, months_of(period) if period else None)
        wanted = [standing for standing in board.standings.values() if asked.includes(standing)]
        wanted.sort(key=lambda standing: (standing.period, standing.form, standing.area))
        return [_row(standing, areas, language) for standing in wanted]


def _day(known: date | None) -> date:
    """The day on which it is judged: that of knowledge, else today."""
    here = known.astimezone() if isinstance(known, datetime) else known
    return here.date() if isinstance(here, datetime) else here or today()


def _check_form(form: str, forms: Collection[str]) -> None:
    """Raises UnknownName for a form that is none of these; "" is none asked for."""
    if form and form not in forms:
        known = ", ".join(forms) or "—"
        raise UnknownName(
            Text(f"没有表式“{form}”；有：{known}", f"form {form!r} is none of {known}")
        )


def _row(standing: ExpectedForm, areas: Areas, language: str) -> dict[str, object]:
    return {
        "area": standing.area,
        "area_name": areas.name_of(standing.area, language),
        "form": standing.form,
        "period": str(standing.period),
        "state": str(standing.state),
        "received": str(standing.received) if standing.received else None,
        "submission": standing.submission,
        "reason": standing_note(standing, language),
    }


def this_month() -> Period:
    """The month that has not ended yet."""
    return Period(today().year, today().month)


def today() -> date:
    """The day on this computer's clock: what is due is judged by it."""
    return date.today()
