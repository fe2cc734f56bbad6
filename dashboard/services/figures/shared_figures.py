"""Keeps the figures that charts read: another street or period of a page reads none anew.

A page about a street reads what the page about its district reads: the district, its streets and
the areas above. So figures are read by families of areas and kept by indicator, whole courses at a
time; each chart takes the areas and months it draws.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from threading import Lock

from dashboard.base.single_flight import SingleFlight
from dashboard.catalogue.concepts import Figure
from dashboard.catalogue.periods import Period
from dashboard.services.context import Context
from dashboard.store.observations import read_figures
from dashboard.store.query import Query

MOST = 150_000  # figures that a process keeps: some 30 MB
_PERIOD = itemgetter(2)
_OfAreas = Mapping[str, Sequence[Figure]]  # the figures of one indicator by area, by period


@dataclass(frozen=True, slots=True)
class Family:
    """Areas whose figures are read and kept together; ``name`` says which, and of which version."""

    name: str
    areas: tuple[str, ...]


class CourseFigures:
    """The whole courses of some indicators in some areas, as they stand now."""

    def __init__(self, courses: Iterable[Mapping[str, _OfAreas]]) -> None:
        """Join what several families hold."""
        self._courses: dict[str, dict[str, Sequence[Figure]]] = defaultdict(dict)
        for course in courses:
            for indicator, of_areas in course.items():
                self._courses[indicator].update(of_areas)

    def of(
        self, indicators: Iterable[str], areas: Iterable[str], first: Period, last: Period
    ) -> list[Figure]:
        """The figures of these areas from one month to another."""
        figures: list[Figure] = []
        for indicator in indicators:
            of_areas = self._courses.get(indicator, {})
            for area in areas:
                course = of_areas.get(area, ())
                begin = bisect_left(course, first, key=_PERIOD)
                figures += course[begin : bisect_right(course, last, begin, key=_PERIOD)]
        return figures


class SharedFigures:
    """Reads the current figures of families of areas, and keeps them while there is room.

    Thread-safe. At most ``most`` figures are kept; what was asked for longest ago goes first.
    """

    def __init__(self, context: Context, most: int = MOST) -> None:
        """Read from the store of this context."""
        self._context, self._most, self._count = context, most, 0
        self._kept: OrderedDict[tuple[str, str], _OfAreas] = OrderedDict()
        self._swap, self._flight = Lock(), SingleFlight()

    def families(self, area: str, with_siblings: bool) -> list[Family]:
        """The families of which a page of an area shows figures.

        The area and those above, those below; ``with_siblings`` those around it too.
        """
        above = self._context.areas().ancestors(area)
        if with_siblings and above:
            return [*self._families(above[0].code), self._below(area)]
        return self._families(area)

    def read(self, families: Sequence[Family], indicators: Sequence[str]) -> CourseFigures:
        """The courses of these indicators; what is not kept yet is read in one statement."""
        wanted = [(family.name, name) for family in families for name in indicators]
        with self._flight.alone(" ".join(family.name for family in families)):
            kept = self._find(wanted)
            if len(kept) < len(wanted):
                kept |= self._read(families, [key for key in wanted if key not in kept])
        return CourseFigures({name: of_areas} for (_, name), of_areas in kept.items())

    def _families(self, area: str) -> list[Family]:
        above = [ancestor.code for ancestor in self._context.areas().ancestors(area)]
        return [self._family("line", area, [area, *above]), self._below(area)]

    def _below(self, area: str) -> Family:
        children = [child.code for child in self._context.areas().children(area)]
        return self._family("below", area, children)

    def _family(self, kind: str, area: str, codes: Sequence[str]) -> Family:
        version = self._context.version_around(area)
        return Family(f"{version} {kind} {area}", tuple(self._context.areas().with_past(codes)))

    def _find(self, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], _OfAreas]:
        with self._swap:
            kept = {key: self._kept[key] for key in wanted if key in self._kept}
            for key in kept:
                self._kept.move_to_end(key)
        return kept

    def _read(
        self, families: Sequence[Family], missing: Sequence[tuple[str, str]]
    ) -> dict[tuple[str, str], _OfAreas]:
        """What is missing of the families, from the store."""
        lacking = {name for name, _ in missing}
        read = [family for family in families if family.name in lacking and family.areas]
        names = list(dict.fromkeys(name for _, name in missing))
        of_keys = self._of_keys(names, read) if read else {}
        areas = {family.name: family.areas for family in families}
        new: dict[tuple[str, str], _OfAreas] = {
            (family, name): {
                area: of_keys[name, area] for area in areas[family] if (name, area) in of_keys
            }
            for family, name in missing
        }
        self._keep(new)
        return new

    def _of_keys(
        self, names: Sequence[str], families: Sequence[Family]
    ) -> dict[tuple[str, str], list[Figure]]:
        """The figures of the families' areas by indicator and area."""
        codes = dict.fromkeys(chain.from_iterable(family.areas for family in families))
        of_keys: dict[tuple[str, str], list[Figure]] = defaultdict(list)
        for figure in read_figures(self._context.engine, Query(names, list(codes))):
            of_keys[figure.indicator, figure.area].append(figure)
        return of_keys

    def _keep(self, new: Mapping[tuple[str, str], _OfAreas]) -> None:
        with self._swap:
            for key, of_areas in new.items():
                if key in self._kept:
                    self._count -= _size(self._kept.pop(key))
                self._kept[key] = of_areas
                self._count += _size(of_areas)
            while self._count > self._most:
                _, oldest = self._kept.popitem(last=False)
                self._count -= _size(oldest)


def _size(of_areas: _OfAreas) -> int:
    """How many figures that is; nothing at all counts as one."""
    return 1 + sum(map(len, of_areas.values()))
