"""Lists institutions by area and type, and those that were counted to a figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.analysis.figure_key import FigureKey
from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Figure, FigureKind
from dashboard.catalogue.periods import Period
from dashboard.catalogue.registers import RegisterTypes
from dashboard.services.context import Context, NotFound
from dashboard.services.filters import UnknownName, end_of_day, months_of, one_area, one_indicator
from dashboard.store.observations import read_figures
from dashboard.store.query import Query
from dashboard.store.registers import ListedIn, ListedRow, listed, rows_of_figure


@dataclass(frozen=True, slots=True)
class RegisterFilters:
    """Which institutions to list, in words; empty means everything.

    With ``indicator`` those counted to its figure of the area and period; else those of the lists
    of the latest date, up to ``period``. ``as_of`` is a day.
    """

    area: str = ""
    type: str = ""
    indicator: str = ""
    period: str = ""
    as_of: str = ""


class Registers:
    """Answers which institutions there are, and which make up a figure. Thread-safe."""

    def __init__(self, context: Context) -> None:
        """Answer from the store of a context."""
        self._context = context

    def counted(self, figure: FigureKey, moment: datetime | None = None) -> tuple[ListedRow, ...]:
        """The institutions that make up a figure, here or in the areas below.

        Nothing where the figure came with no list, and for what happened in single months. Where
        the area's own figure came with a list its rows only, else those of the areas below. With a
        ``moment`` as it was then.
        """
        if figure.months or figure.kind not in ("", FigureKind.ACTUAL):
            return ()
        context, areas = self._context, self._context.areas()
        rows = [
            row
            for row in rows_of_figure(context.engine, figure.indicator, figure.period, moment)
            if areas.is_below(row.institution.area, figure.area)
        ]
        if not rows:
            return ()
        places = sorted({row.institution.area for row in rows})
        query = Query([figure.indicator], places, periods=[figure.period], as_of=moment)
        current = _submissions(read_figures(context.engine, query))
        listed_rows = [row for row in rows if current.get(row.institution.area) == row.submission]
        own = [row for row in listed_rows if row.institution.area == figure.area]
        return tuple(own or listed_rows)

    def listed(self, filters: RegisterFilters) -> tuple[ListedRow, ...]:
        """The institutions asked for; raises UnknownName for a filter's word."""
        context = self._context
        areas = context.areas()
        period = months_of(filters.period)[1] if filters.period else None
        if filters.indicator:
            return self._of_figure(filters, period)
        area = one_area(areas, filters.area).code if filters.area else ""
        places = _with_below(areas, area) if area else [place.code for place in areas]
        kinds = kinds_of(context.catalogue.registers, filters.type) if filters.type else ()
        moment = end_of_day(filters.as_of) if filters.as_of else None
        return tuple(listed(context.engine, ListedIn(places, kinds, period, moment)))

    def _of_figure(self, filters: RegisterFilters, period: Period | None) -> tuple[ListedRow, ...]:
        if period is None or not filters.area:
            raise UnknownName(
                Text(
                    "列出某个数所计的机构时，请同时写明地区和报告期",
                    "to list what a figure counts, say its area and its period too",
                )
            )
        indicator = one_indicator(self._context.catalogue, filters.indicator).id
        area = one_area(self._context.areas(), filters.area).code
        moment = end_of_day(filters.as_of) if filters.as_of else None
        rows = self.counted(FigureKey(indicator, area, period), moment)
        if not rows:
            raise NotFound(
                Text(
                    "这个数不是由名录计出的，没有机构清单",
                    "this figure was not counted from a list of institutions",
                )
            )
        wanted = kinds_of(self._context.catalogue.registers, filters.type) if filters.type else ()
        return tuple(row for row in rows if not wanted or row.institution.kind in wanted)


def kinds_of(registers: RegisterTypes, text: str) -> Sequence[str]:
    """The ids of a type and of those that are part of it; raises UnknownName."""
    kind = registers.find(text)
    if kind is None:
        known_zh = "、".join(register_type.name.zh for register_type in registers.types.values())
        known_en = ", ".join(registers.types)
        raise UnknownName(
            Text(
                f"没有机构类型“{text}”；可选：{known_zh}",
                f"there is no type {text!r}; there are: {known_en}",
            )
        )
    parts = [
        register_type.id
        for register_type in registers.types.values()
        if register_type.total == kind.id
    ]
    return [kind.id, *parts]


def _with_below(areas: Areas, code: str) -> list[str]:
    """The area and everything below it."""
    names, waiting = [], [code]
    while waiting:
        here = waiting.pop()
        names.append(here)
        waiting += [child.code for child in areas.children(here)]
    return names


def _submissions(figures: Iterable[Figure]) -> dict[str, int]:
    """The submission that each area's figure came with."""
    return {
        figure.area: figure.submission for figure in figures if figure.kind == FigureKind.ACTUAL
    }
