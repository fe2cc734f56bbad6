"""Defines registers (名录): lists of institutions, their types and the indicators they count to.

``data/register_types.csv`` ties a printed type to its indicators and ``data/register_words.csv``
holds the words of headings, states and titles. Nothing here is about persons: a register is kept
without them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from dashboard.base.language import Text

MEASURES = ("beds", "nursing_beds", "residents")  # what is summed over the institutions of a type
_REMEMBERED = 200  # characters: the same headings stand in sheet after sheet
OPEN, ENDED, PLANNED = "open", "ended", "planned"  # how an institution stands at the list's date
_INDICATORS = ("count", *MEASURES, "registered", "deregistered", "communities")


@dataclass(frozen=True, slots=True)
class RegisterType:
    """A type of institution and the indicators that its rows count to; "" where there is none.

    ``total`` is the type that this one is part of: a list titled by the total counts to both.
    ``registered`` and ``deregistered`` count since 1 January, the others at the list's date.
    """

    id: str
    name: Text
    family: str
    aliases: tuple[str, ...] = ()
    total: str = ""
    count: str = ""
    beds: str = ""
    nursing_beds: str = ""
    residents: str = ""
    registered: str = ""
    deregistered: str = ""
    communities: str = ""

    def indicator(self, what: str) -> str:
        """The indicator of "count" or of a measure."""
        return str(getattr(self, what))


@dataclass(frozen=True, slots=True)
class RegisterTypes:
    """The types by id and the words by slot and value, as the two files declare them."""

    types: Mapping[str, RegisterType] = field(default_factory=dict)
    words: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    _meanings: dict[tuple[str, str], str] = field(init=False, repr=False, compare=False)
    _named: dict[str, RegisterType] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sorts the words: they are looked up at every cell of every sheet."""
        meanings: dict[tuple[str, str], str] = {}
        for (slot, value), words in self.words.items():
            for word in words:
                meanings.setdefault((slot, word), value)
        named: dict[str, RegisterType] = {}
        for kind in self.types.values():
            for name in (kind.id, *kind.aliases):
                named.setdefault(comparable_text(name), kind)
        object.__setattr__(self, "_meanings", meanings)
        object.__setattr__(self, "_named", named)

    def of(self, slot: str, value: str) -> tuple[str, ...]:
        """The words that mean a value of a slot; empty where none is declared."""
        return self.words.get((slot, value), ())

    def meaning(self, slot: str, text: str) -> str:
        """The value of a slot that a text means, word for word; "" where none fits."""
        return self._meanings.get((slot, comparable_text(text)), "")

    def find(self, text: str) -> RegisterType | None:
        """The type of a printed name or alias, or None."""
        return self._named.get(comparable_text(text))

    def named_in(self, text: str) -> tuple[str, RegisterType] | None:
        """The longest name of a type in a text, as it stands there, with its type; or None."""
        wanted = comparable_text(text)
        matches = [(name, kind) for name, kind in self._named.items() if name in wanted]
        return max(matches, key=lambda pair: len(pair[0]), default=None)

    def of_indicator(self, indicator: str) -> RegisterType | None:
        """The type whose institutions an indicator counts, or None."""
        return next((kind for kind in self.types.values() if kind.count == indicator), None)


class Institution(NamedTuple):
    """A row of a register: an institution without persons.

    ``area`` is a code, ``type`` as printed and ``kind`` the type it counts to ("" for none).
    ``standing`` is open, ended or planned at the list's date. Dates are texts as far as the row
    says them (2019, 2019-03, 2019-03-01); ``row`` is the sheet's row as a person counts it.
    """

    row: int
    area: str
    name: str
    kind: str = ""
    type: str = ""
    nature: str = ""
    code: str = ""
    community: str = ""
    address: str = ""
    status: str = ""
    standing: str = OPEN
    established: str = ""
    ended: str = ""
    beds: float | None = None
    nursing_beds: float | None = None
    residents: float | None = None


class RegisterPart(NamedTuple):
    """What a row adds to a figure; ``place`` is the row's place in the list, from 0.

    The amounts of a figure add up to its value. The second facility of a community adds 0 to the
    communities with a facility.
    """

    place: int
    indicator: str
    amount: float


@dataclass(frozen=True, slots=True)
class Register:
    """A list of institutions as it is kept, with what each row adds to which figure."""

    rows: tuple[Institution, ...] = ()
    parts: tuple[RegisterPart, ...] = ()


def comparable_text(text: str) -> str:
    """A text as words are compared: half-width signs, without spaces."""
    return _remembered(text) if len(text) <= _REMEMBERED else _plain(text)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


_remembered = lru_cache(maxsize=50_000)(_plain)


def read_types(rows: Iterable[Mapping[str, str]], known: Container[str]) -> dict[str, RegisterType]:
    """The types of ``register_types.csv``; raises ValueError for an indicator that is not known."""
    types = {}
    for row in rows:
        indicators = {name: row.get(name, "") for name in _INDICATORS}
        for name, indicator in indicators.items():
            if indicator and indicator not in known:
                raise ValueError(f"{row['type']}: {name} {indicator!r} is not an indicator")
        types[row["type"]] = RegisterType(
            id=row["type"],
            name=Text(row["type"], row.get("name_en", "")),
            family=row["family"],
            aliases=_parts(row.get("aliases", "")),
            total=row.get("total", ""),
            **indicators,
        )
    for kind in types.values():
        if kind.total and kind.total not in types:
            raise ValueError(f"{kind.id}: the total {kind.total!r} is not a type")
    return types


def read_register_words(
    rows: Iterable[Mapping[str, str]],
) -> dict[tuple[str, str], tuple[str, ...]]:
    """The words of ``register_words.csv`` by slot and value, in comparable form."""
    return {
        (row["slot"], row["value"]): tuple(map(comparable_text, _parts(row.get("words", ""))))
        for row in rows
    }


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)
