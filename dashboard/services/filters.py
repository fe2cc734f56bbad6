"""Understands what somebody asks for in words, for lists of figures: names, days, months."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Area, FigureKind, Grade, Indicator
from dashboard.catalogue.periods import Period, parse
from dashboard.store.query import Query

CURRENT, ALL = "current", "all"


class UnknownName(LookupError):
    """A filter's name that means nothing or several things; the message says what to do."""

    def __init__(self, message: str | Text) -> None:
        """Keep the message in both languages; as an exception's text it is English."""
        self.text = message if isinstance(message, Text) else Text(message, message)
        super().__init__(self.text["en"])


@dataclass(frozen=True, slots=True)
class Filters:
    """What to list; empty means everything. ``versions`` is "current" or "all".

    ``as_of`` is a day, 2024-07-01: what was known at its end, on this machine's clock. With
    ``restated`` also what follows by rule for areas that were merged or split since.
    """

    indicators: Sequence[str] = ()
    area: str = ""
    children: bool = False
    first: str = ""
    last: str = ""
    kinds: Sequence[str] = ()
    grades: Sequence[str] = ()
    versions: str = CURRENT
    language: str = "zh"
    as_of: str = ""
    restated: bool = False


def one_indicator(catalogue: Catalogue, text: str) -> Indicator:
    """The indicator of this id, official code or name, a composed one too; raises UnknownName."""
    known = catalogue.find_indicator(text)
    if known is not None:
        return known
    # what understands composed names is loaded where there is one: commands start without it
    from dashboard.intake.understanding.named_indicators import named_indicator, unknown_name

    indicator = named_indicator(catalogue, text)
    if indicator is None:
        near = unknown_name(catalogue, text)
        raise UnknownName(
            Text(
                f"“{text}”不是指标的代码、官方编号或名称{near.zh}",
                f"indicator {text!r} is neither an id, an official code nor a name{near.en}",
            )
        )
    return indicator


def one_area(areas: Areas, text: str) -> Area:
    """The area of this code or name; raises UnknownName where it means none or several."""
    matches = areas.find(text)
    if not matches:
        raise UnknownName(
            Text(
                f"没有地区“{text}”；请写代码，或先交地区表",
                f"area {text!r} is not known; load it with an area list, or give its code",
            )
        )
    if len(matches) > 1:
        several = ", ".join(f"{area.code} {area.name.zh}" for area in matches[:8])
        raise UnknownName(
            Text(
                f"“{text}”可能指 {several}；请写代码",
                f"area {text!r} may mean {several}; give the code",
            )
        )
    return matches[0]


def _period(text: str, name: str, pick: Callable[[str], Period]) -> Period | None:
    if not text:
        return None
    try:
        return pick(text)
    except ValueError as error:
        raise UnknownName(
            Text(
                f"“{text}”不是报告期；请写如 2024-09、2024Q3 或 2024",
                f"{name}: {error}",
            )
        ) from None


def _first_month(text: str) -> Period:
    return parse(text).first


def months_of(text: str) -> tuple[Period, Period]:
    """First and last month of a period such as 2024-09, 2024Q3 or 2024; raises UnknownName."""
    last = _period(text, "period", lambda text: parse(text).end)
    first = _period(text, "period", _first_month)
    if first is None or last is None:
        raise UnknownName(
            Text(
                "请写报告期，如 2024-09、2024Q3 或 2024",
                "period: one such as 2024-09, 2024Q3 or 2024 is needed",
            )
        )
    return first, last


def _months_between(since: str, until: str) -> tuple[Period | None, Period | None]:
    """First and last month, None where not named; raises UnknownName, also where they cross."""
    first = _period(since, "from", _first_month)
    last = _period(until, "to", lambda text: parse(text).end)
    if first is not None and last is not None and last < first:
        raise UnknownName(
            Text(
                f"起始报告期“{since}”（from）晚于截止报告期“{until}”（to）",
                f"from: {since!r} is later than to: {until!r}",
            )
        )
    return first, last


def _none_of(name: str, value: str, allowed: Iterable[str]) -> Text:
    listed = ", ".join(allowed)
    return Text(f"{name} 没有“{value}”；可选：{listed}", f"{name} {value!r} is not one of {listed}")


def _choices(given: Sequence[str], allowed: Collection[str], name: str) -> list[str]:
    for value in given:
        if value not in allowed:
            raise UnknownName(_none_of(name, value, allowed))
    return list(given)


def query_of(catalogue: Catalogue, areas: Areas, filters: Filters) -> Query:
    """The filters as the store understands them; raises UnknownName for a filter's word."""
    indicators = [one_indicator(catalogue, text).id for text in filters.indicators]
    places: list[str] = []
    if filters.area:
        area = one_area(areas, filters.area)
        below = areas.children(area.code) if filters.children else ()
        places = [area.code, *(child.code for child in below)]
    if filters.versions not in (CURRENT, ALL):
        raise UnknownName(_none_of("versions", filters.versions, (CURRENT, ALL)))
    first, last = _months_between(filters.first, filters.last)
    return Query(
        indicators=indicators,
        areas=places,
        first=first,
        last=last,
        kinds=_choices(filters.kinds, list(FigureKind), "kind"),
        grades=_choices(filters.grades, list(Grade), "grade"),
        as_of=end_of_day(filters.as_of) if filters.as_of else None,
    )


def moment_of(day: date | None) -> datetime | None:
    """The last moment of a day on this machine's clock; a moment itself; None for the latest."""
    if isinstance(day, datetime):
        return day.astimezone(UTC)
    return None if day is None else datetime.combine(day, time.max).astimezone().astimezone(UTC)


def end_of_day(text: str) -> datetime:
    """The last moment of a day written 2024-07-01, here; raises UnknownName for anything else.

    A moment with its zone, 2024-07-01T09:30:00Z, is that moment.
    """
    try:
        if (moment := datetime.fromisoformat(text.strip())).tzinfo:
            return moment.astimezone(UTC)
        last = datetime.combine(date.fromisoformat(text.strip()), time.max)
        return last.astimezone().astimezone(UTC)
    except (ValueError, OverflowError):
        raise UnknownName(
            Text(
                f"“{text}”不是日期；应写成 2024-07-01",
                f"as of {text!r}: a day such as 2024-07-01 is needed",
            )
        ) from None
