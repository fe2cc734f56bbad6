"""Marks areas and months by words of the bureau (内部资料, 征求意见稿), and says what is marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from dashboard.base.language import Text, word
from dashboard.base.settings import LONGEST_MARKING
from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.periods import Period
from dashboard.services.access.audit import Audit
from dashboard.services.access.person import acting_person, signature
from dashboard.services.context import Context
from dashboard.services.filters import months_of, one_area
from dashboard.store.locks import Months
from dashboard.store.markings import Marking, read_markings, write_marking
from dashboard.store.opening import StoreError

_MOST = 3  # markings that are named one by one
SEPARATOR = " · "


class Markings:
    """The markings of one store and of the settings. Thread-safe."""

    def __init__(self, context: Context) -> None:
        """Keep them in the store of this context."""
        self._context = context
        self._audit = Audit(context.engine)
        self._known: tuple[int, tuple[Marking, ...]] | None = None

    def all(self) -> Sequence[Marking]:
        """Those in force, as of the data version."""
        version = self._context.version()
        if self._known is None or self._known[0] != version:
            self._known = (version, tuple(read_markings(self._context.engine)))
        return self._known[1]

    def mark(self, area: str, period: str, words: str, by: str = "") -> Marking:
        """Mark an area, and all below it, in a period; empty words end it. Returns what was kept.

        Raises UnknownName for an area or period that means nothing, StoreError for words that are
        too long or cannot be printed, or where there is nothing to be ended.
        """
        code = one_area(self._context.areas(), area).code
        months, plain = Months(code, *months_of(period)), " ".join(words.split())
        if len(plain) > LONGEST_MARKING or not plain.isprintable():
            raise StoreError(
                Text(
                    f"标识最多 {LONGEST_MARKING} 个字，不能有控制字符",
                    f"a marking has at most {LONGEST_MARKING} printable characters",
                )
            )
        if not plain and months not in {marking.months for marking in self.all()}:
            raise StoreError(Text(f"{months} 没有标识", f"{months} is not marked"))
        new = Marking(months, plain, datetime.now(UTC), signature(by))
        write_marking(self._context.engine, new)
        self._audit.note("marking", f"{months}: {plain or '—'}", by)
        return new

    def words_of(
        self, areas: Iterable[str] = (), period: Period | None = None, language: str = "zh"
    ) -> str:
        """The words of the settings, then those that concern figures of these areas.

        A marking concerns an area where it is of it, of one above it or of one below it, and has
        begun by ``period``: earlier months stand in what is shown of a later one. Where it is not
        of all that is shown, its area and months stand beside its words.
        """
        texts = [self._context.settings.marking]
        known, asked = self._context.areas(), list(areas)
        concerned = [
            self._named(marking, asked, period, language)
            for marking in self.all()
            if _concerns(marking.months, asked, period, known)
        ]
        distinct = list(dict.fromkeys(concerned))
        texts += distinct[:_MOST]
        if len(distinct) > _MOST:
            texts.append(word("marking_more", language, count=len(distinct) - _MOST))
        return SEPARATOR.join(text for text in dict.fromkeys(texts) if text)

    def reader(self, *, by_day: bool = False) -> str:
        """Who reads and when, where the setting wants it beside a marking; else empty."""
        if not self._context.settings.mark_reader:
            return ""
        now = datetime.now().astimezone()
        when = f"{now:%Y-%m-%d}" if by_day else f"{now:%Y-%m-%d %H:%M}"
        return " ".join(text for text in (acting_person().name, when) if text)

    def _named(
        self, marking: Marking, asked: Sequence[str], period: Period | None, language: str
    ) -> str:
        """The words, with area and months where these are not all that is shown."""
        months, areas = marking.months, self._context.areas()
        whole = all(area == months.area or areas.is_below(area, months.area) for area in asked)
        if whole and period is not None and months.first <= period <= months.last:
            return marking.words
        when = _months_words(months, language)
        place = when if whole else f"{areas.name_of(months.area, language)} {when}"
        return word("marking_of", language, words=marking.words, place=place)


def _months_words(months: Months, language: str) -> str:
    """The months by name: one, or the first and the last."""
    names = dict.fromkeys(periods.name(period, language) for period in (months.first, months.last))
    return "–".join(names)


def _concerns(months: Months, asked: Sequence[str], period: Period | None, areas: Areas) -> bool:
    """Whether figures of these areas, up to a period, include any of these months."""
    if period is not None and months.first > period:
        return False
    return any(
        area == months.area
        or areas.is_below(area, months.area)
        or areas.is_below(months.area, area)
        for area in asked
    )
