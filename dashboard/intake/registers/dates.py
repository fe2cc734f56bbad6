"""Reads dates as lists print them: 2019-03-01, 2019年3月, 2019.3, 20190301, or a day's number."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from dashboard.catalogue.periods import Period
from dashboard.intake.forms.files.cells import is_number, squeezed

_WRITTEN = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?:[年./-](?P<month>\d{1,2})(?:[月./-](?P<day>\d{1,2})日?|月)?|年)?"
    r"(?:[T]?\d{1,2}:\d{2}(?::\d{2})?)?"
)
_CLOSE = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})?")
_FIRST_DAY, _LAST_DAY = 18264, 73415  # 1950-01-01 and 2100-12-31 as spreadsheets count days


class UnreadableDate(ValueError):
    """A cell that holds something, but no date."""


class ListDate(NamedTuple):
    """A date as far as it is said; month and day are 0 where they are not."""

    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        """2019, 2019-03 or 2019-03-01."""
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    def after(self, month: Period) -> bool:
        """Whether the date lies after the end of a month; a bare year only where it is later."""
        return (self.year, self.month or 0) > (month.year, month.month if self.month else 0)


def read_date(cell: object) -> ListDate | None:
    """The date in a cell, None for a blank one or a dash; raises UnreadableDate for the rest."""
    if isinstance(cell, date):
        return ListDate(cell.year, cell.month, cell.day)
    if is_number(cell) and _FIRST_DAY <= float(cell) <= _LAST_DAY:  # type: ignore[arg-type]
        day = date(1899, 12, 30) + timedelta(days=int(float(cell)))  # type: ignore[arg-type]
        return ListDate(day.year, day.month, day.day)
    text = squeezed(cell)
    if not text or not text.strip("-—/无"):
        return None
    written = _written(text)
    if written is None:
        raise UnreadableDate(text)
    return written


def _written(text: str) -> ListDate | None:
    """The date that a text writes; None where it writes none that a calendar has."""
    match = _WRITTEN.fullmatch(text) or _CLOSE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(match[name] or 0) for name in ("year", "month", "day"))
    if month > 12 or day > 31 or ("月" in text and not month):
        return None
    return ListDate(year, month, day)
