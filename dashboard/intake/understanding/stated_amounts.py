"""Compares the amounts that notes state with the figures of the rows at which they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Observation
from dashboard.intake.forms.entry import Entry
from dashboard.intake.forms.rules.printed_values import rounding, value_of
from dashboard.intake.understanding.phrases import find_unit
from dashboard.intake.understanding.words import normal

_AMOUNT = re.compile(
    r"(?P<before>[^\d,;。、]*)(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>[百千万亿]*(?:元|人次|[人户对张家个名所件]))"
    r"(?![月年季度])"
)
# What says that an amount is the whole figure: 实有60人, 共35户; not 共新增2户.
_IS_WHOLE = re.compile(r"(?:实际?|共计?|合计|总计|总数|现)(?:为|是|有|发放?|到|[户人]数|[:约])*$")
_IS_PART = re.compile(r"[增减退死迁补转停销其中含每低高比较差欠缺拟累年上下新]|计划|剩余|结余|另")


class StatedAmount(NamedTuple):
    """A number with its unit, and whether the note says that it is the whole figure."""

    number: float
    unit: str
    is_whole: bool


@lru_cache(maxsize=4096)
def stated_amounts(text: str) -> tuple[StatedAmount, ...]:
    """The amounts that a note states."""
    return tuple(
        StatedAmount(
            float(match["number"].replace(",", "")),
            match["unit"],
            bool(_IS_WHOLE.search(match["before"]) and not _IS_PART.search(match["before"])),
        )
        for match in _AMOUNT.finditer(normal(text))
    )


def _is_same(amount: float, observation: Observation) -> bool:
    """Whether an amount is a figure, as far as that is printed."""
    is_known = observation.value is not None
    return is_known and abs(amount - value_of(observation)) <= rounding([observation])


@dataclass
class StatedAmounts:
    """The whole amounts that the notes of rows state, and whether a figure of the row is that."""

    catalogue: Catalogue
    _places: dict[tuple[int, str, str], tuple[int, int]] = field(default_factory=dict)
    _agreed: set[tuple[int, str, str]] = field(default_factory=set)

    def add(self, entry: Entry, observation: Observation, text: str, *, is_other: bool) -> None:
        """Compares the amounts of a note with a figure of its row.

        ``is_other`` says that the note names another programme: the figure may be that one's.
        """
        for stated in stated_amounts(text):
            unit = find_unit(stated.unit, self.catalogue)
            if unit is None or unit.dimension != entry.indicator.unit.dimension:
                continue
            key = (entry.row, text, unit.dimension)
            is_same = _is_same(stated.number * unit.factor, observation)
            if stated.is_whole or (is_other and is_same):
                self._places.setdefault(key, (entry.row, entry.column))
            if is_same and not is_other:
                self._agreed.add(key)

    def differing(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """The notes whose amounts are those of no figure of their rows, and where they stand."""
        for key, place in self._places.items():
            if key not in self._agreed:
                yield key[1], place
