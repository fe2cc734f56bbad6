"""Publishes months of areas, at once or at a time to come, and takes that back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue.periods import Period, months_counted
from dashboard.services.access.audit import Audit
from dashboard.services.access.person import Role, acting_person, signature
from dashboard.services.context import Context, with_all_below
from dashboard.services.filters import UnknownName, months_of, one_area
from dashboard.store import publications as stored
from dashboard.store.clock import present_of
from dashboard.store.locks import Months
from dashboard.store.opening import StoreError
from dashboard.store.publications import ALWAYS, Publication

MOST_MONTHS = 120  # that are published at once


class Publishing(NamedTuple):
    """What was published or withdrawn, and when it takes effect; None: at once."""

    months: Months
    at: datetime | None = None


class Publications:
    """The publications of one store. Thread-safe.

    A publication covers months of an area and of all areas below it that are known by then. What
    is handed in later for a published month is published with it.
    """

    def __init__(self, context: Context) -> None:
        """Keep them in the store of this context."""
        self._context, self._engine = context, context.engine
        self._audit = Audit(context.engine)

    @property
    def is_on(self) -> bool:
        """Whether viewers see what is published alone."""
        self._context.version()
        return self._context.publication

    def turn_on(self, by: str = "") -> int:
        """Turn publication on; what is stored counts as published. Returns how many months it is.

        Raises StoreError where it is on, or who acts is no administrator.
        """
        _refuse_below(Role.ADMIN)
        count = stored.turn_on(self._engine, signature(by), present_of(self._engine))
        self._audit.note("publication_on", f"{count}", by)
        return count

    def turn_off(self, by: str = "") -> None:
        """Turn publication off: everybody sees everything; raises StoreError as ``turn_on``."""
        _refuse_below(Role.ADMIN)
        stored.turn_off(self._engine)
        self._audit.note("publication_off", "", by)

    def publish(self, area: str, period: str, at: str = "", by: str = "") -> Publishing:
        """Publish a period of an area and of all below it, at a time such as 2026-11-12 09:00.

        Raises UnknownName for an area, period or time that means nothing or is past, for months
        that have not begun by then and for more than MOST_MONTHS, StoreError where it is published
        already, an earlier month of the year stays a draft, publication is off or who acts is no
        editor.
        """
        _refuse_below(Role.EDITOR)
        now = present_of(self._engine)
        months, effective = self.months(area, period), moment_to_come(at, now)
        _refuse_ahead(months, effective or now)
        covered = self._covered(months.area)
        with self._naming(months.area):
            stored.publish(self._engine, months, covered, effective, signature(by))
        when = f" ({effective.astimezone():%Y-%m-%d %H:%M})" if effective else ""
        self._audit.note("publish", f"{months}{when}", by)
        return Publishing(months, effective)

    def withdraw(self, area: str, period: str, by: str = "") -> Publishing:
        """Make a period of an area and of all below it a draft again, scheduled ones too.

        Raises UnknownName for an area or period that means nothing, StoreError where it is not
        published, an area above it or a later month of the year is, or who acts is no editor.
        """
        _refuse_below(Role.EDITOR)
        months = self.months(area, period)
        above = [one.code for one in self._context.areas().ancestors(months.area)]
        covered = self._covered(months.area)
        with self._naming(months.area, *above):
            stored.withdraw_publication(self._engine, months, covered, above, signature(by))
        self._audit.note("publish_withdrawn", f"{months}", by)
        return Publishing(months)

    def all(self, most: int | None = None) -> list[Publication]:
        """All that was ever published, newest first, or so many of it."""
        return stored.read_publications(self._engine, most)

    def drafts(self) -> Mapping[Period, list[str]]:
        """The months that are not published, latest first, with the areas that reported them."""
        return stored.draft_places(self._engine)

    def months(self, area: str, period: str) -> Months:
        """The months of a period of an area, as they were typed; raises UnknownName."""
        return Months(one_area(self._context.areas(), area).code, *months_of(period))

    @contextmanager
    def _naming(self, *codes: str) -> Iterator[None]:
        """Refusals of the store, which knows areas by their codes alone, with the areas' names."""
        try:
            yield
        except StoreError as error:
            zh, en = error.text.zh, error.text.en
            for code in codes:
                zh = zh.replace(code, self._context.areas().name_of(code, "zh"))
                en = en.replace(code, self._context.areas().name_of(code, "en"))
            raise StoreError(Text(zh, en)) from error

    def _covered(self, code: str) -> list[str]:
        areas = self._context.areas()
        return areas.with_past(with_all_below(areas, code))


def state_of(one: Publication, now: datetime) -> str:
    """How a publication stands, as its word is named: withdrawn, partly, scheduled, stored, on."""
    if not one.standing:
        return "withdrawn"
    if one.effective > now:
        return "scheduled"
    if one.standing < one.places:
        return "partly"
    return "stored" if one.effective == ALWAYS else "published"


def moment_to_come(text: str, now: datetime) -> datetime | None:
    """The moment of a text such as 2026-11-12 09:00 on this machine's clock; None for an empty one.

    Raises UnknownName for anything else and for a moment that is past.
    """
    if not text.strip():
        return None
    try:
        moment = datetime.fromisoformat(text.strip()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise UnknownName(
            Text(
                f"“{text}”不是时间；应写成 2026-11-12 09:00",
                f"at {text!r}: a time such as 2026-11-12 09:00 is needed",
            )
        ) from None
    if moment <= now:
        raise UnknownName(
            Text(f"{text} 已经过去；现在发布请留空", f"{text} is past; leave it out to publish now")
        )
    return moment


def _refuse_ahead(months: Months, effective: datetime) -> None:
    """Raises UnknownName for more months than anybody means, and for those still to begin."""
    count = months_counted(months.first, months.last)
    if count > MOST_MONTHS:
        raise UnknownName(
            Text(
                f"一次最多发布 {MOST_MONTHS} 个月，{months} 有 {count} 个月",
                f"at most {MOST_MONTHS} months are published at once, and {months} has {count}",
            )
        )
    then = effective.astimezone()
    if months.last > Period(then.year, then.month):
        raise UnknownName(
            Text(
                f"{months.last} 到 {then:%Y-%m-%d} 还没有开始，不能发布",
                f"{months.last} has not begun by {then:%Y-%m-%d} and cannot be published",
            )
        )


def _refuse_below(least: Role) -> None:
    if acting_person().role < least:
        raise StoreError(Text("没有这个权限", "there is no right to do this"))
