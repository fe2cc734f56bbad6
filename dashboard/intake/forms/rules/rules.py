"""Defines a consistency rule and what it finds as types; a row of rules.csv becomes a Rule here."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue.concepts import (
    SEVERITIES,
    Accumulation,
    FigureKind,
    Indicator,
    Observation,
)
from dashboard.catalogue.periods import Period

NOTHING = Text("")
PREVIOUS = "previous"
NO_SIGNS: tuple[int, ...] = ()
NO_NAMES: tuple[str, ...] = ()
_SIGNS = {"+": 1, "-": -1}
_ROLES: Mapping[str, tuple[int, int, str]] = {  # kinds whose indicators have roles: from, to, which
    "per_person": (2, 3, "amount|persons or amount|persons|standard"),
    "balance": (3, 9, "closing|previous|+in|-out"),
    "growth_of": (2, 3, "rate|figure or rate|figure|+net addition"),
    "unexplained": (3, 12, "total|part|part|…"),
    "at_most": (2, 2, "smaller|larger"),
    "same_count": (2, 2, "count|count"),
    "flat_rate": (2, 2, "money|persons"),
    "couples": (3, 6, "+persons|+persons|couples|couples"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of rules.csv. No ``indicators`` means every one; ``limits`` is low and high.

    ``signs`` stand beside the indicators of a balance. ``apart`` are the limits that hold where a
    published standard is known. ``spans`` restricts a rule of every indicator to one accumulation.
    """

    id: str
    kind: str
    severity: str
    indicators: tuple[str, ...]
    limits: tuple[float, float]
    message: Text
    signs: tuple[int, ...] = ()
    apart: tuple[float, float] | None = None
    spans: Accumulation | None = None
    without: frozenset[str] = frozenset()
    editions: tuple[str, ...] = ()
    needs_note: bool = True

    @property
    def tolerance(self) -> float:
        """The share (of the larger figure) by which two figures may differ."""
        return self.limits[0]

    def covers(self, indicator: Indicator) -> bool:
        """Whether the rule speaks of this indicator."""
        if indicator.id in self.without or (self.spans or indicator.accumulation) is not (
            indicator.accumulation
        ):
            return False
        return not self.indicators or indicator.id in self.indicators

    def within(self, value: float) -> bool:
        """Whether a value lies within the limits."""
        return self.limits[0] <= value <= self.limits[1]


@dataclass(frozen=True, slots=True)
class Handed:
    """How a sheet came: its form, and the month of its hand-in where that is known."""

    form: str = ""
    when: Period | None = None


class KnownFigure(NamedTuple):
    """A figure that is only compared with, never reported: from the store, or printed beside."""

    indicator: str
    area: str
    period: Period
    value: float
    kind: FigureKind | str = FigureKind.ACTUAL


@dataclass(frozen=True, slots=True)
class PrintedChange:
    """A printed 同比 or 环比 beside a figure; ``half`` is half its last digit, in its own unit.

    ``base`` is the period it compares with, or None where that cannot be told, ``then`` the figure
    of it that is printed in the same row. ``rounding`` is half the last digit of the figure itself
    and ``factor`` what one printed unit is, in base units.
    """

    at: Observation
    column: str
    heading: str
    printed: str
    value: float
    half: float
    base: Period | None
    by_period: bool  # 环比: against the period before, not the same one of last year
    then: float | None = None
    rounding: float = 0.0
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A disagreement: the figure it is reported at, what it was compared with, and in words."""

    at: Observation
    other: float | None = None
    others: Text = field(default=NOTHING)
    unit: Text | None = None  # of ``other`` where it is not the figure's own
    decimals: int = 0
    printed: PrintedChange | None = None  # where the cell is not the figure's own


def rule_of_row(row: Mapping[str, str], kinds: Collection[str], known: Collection[str]) -> Rule:
    """One row of rules.csv; raises ValueError naming the rule and the column that is wrong."""
    name, kind = f"rules.csv, {row.get('id')}", row.get("kind", "")
    _check_choice(name, "kind", kind, kinds)
    _check_choice(name, "severity", row.get("severity"), SEVERITIES)
    needs_note = row.get("needs_note") or "yes"
    _check_choice(name, "needs_note", needs_note, ("yes", "no"))
    parts = [part for part in row.get("indicators", "").split("|") if part]
    spoken_of = _spoken_of(name, parts)
    unknown = sorted(part for part in spoken_of.named if part not in known)
    if unknown or not parts:
        raise ValueError(f"{name}: indicators {'|'.join(unknown)!r} are not in the catalogue")
    limits, apart = _limits(name, row.get("tolerance", ""))
    _check_roles(name, kind, parts, row.get("tolerance", ""))
    editions = row.get("editions", "").split("|")
    return Rule(
        id=row["id"],
        kind=kind,
        severity=row["severity"],
        indicators=spoken_of.indicators,
        limits=limits,
        message=Text(row.get("message_zh", ""), row.get("message_en", "")),
        signs=spoken_of.signs,
        apart=apart,
        spans=spoken_of.spans,
        without=spoken_of.without,
        editions=tuple(part.casefold() for part in editions if part),
        needs_note=needs_note == "yes",
    )


def _check_choice(name: str, column: str, value: str | None, choices: Collection[str]) -> None:
    if value not in choices:
        raise ValueError(f"{name}: {column} {value!r}; one of {', '.join(choices)} is needed")


class _SpokenOf(NamedTuple):
    """The indicators of a rule: those named with their signs, or all but some."""

    indicators: tuple[str, ...] = NO_NAMES
    signs: tuple[int, ...] = NO_SIGNS
    spans: Accumulation | None = None
    without: frozenset[str] = frozenset()

    @property
    def named(self) -> frozenset[str]:
        """Every name that must be in the catalogue."""
        return self.without | (frozenset(self.indicators) - {PREVIOUS})


def _spoken_of(name: str, parts: list[str]) -> _SpokenOf:
    if parts and parts[0].startswith("*"):
        spans, without = _restriction(name, parts)
        return _SpokenOf(spans=spans, without=without)
    indicators = tuple(part.lstrip("+-") for part in parts)
    return _SpokenOf(indicators, tuple(_SIGNS.get(part[0], 0) for part in parts))


def _restriction(name: str, parts: list[str]) -> tuple[Accumulation | None, frozenset[str]]:
    """What follows a star: an accumulation (*year_to_date) and indicators left out (-marriages)."""
    try:
        spans = Accumulation(parts[0][1:]) if parts[0] != "*" else None
    except ValueError:
        raise ValueError(f"{name}: indicators {parts[0]!r}; *, *end_of_period …") from None
    if any(not part.startswith("-") for part in parts[1:]):
        raise ValueError(f"{name}: indicators after {parts[0]} are left out: write -{parts[1]}")
    return spans, frozenset(part[1:] for part in parts[1:])


def _limits(name: str, text: str) -> tuple[tuple[float, float], tuple[float, float] | None]:
    """The tolerance, and after a semicolon the limits beside a published standard."""
    read: list[tuple[float, float]] = []
    for part in text.split(";"):
        low, dots, high = part.partition("..")
        if not re.fullmatch(r"[-\d.e]*", low + high):
            raise ValueError(f"{name}: tolerance must be a number or low..high")
        try:
            read.append((float(low or 0), float(high) if dots else float(low or 0)))
        except ValueError:
            raise ValueError(f"{name}: tolerance must be a number or low..high") from None
    return read[0], read[1] if len(read) > 1 else None


def _check_roles(name: str, kind: str, parts: list[str], tolerance: str) -> None:
    if kind in ("per_person", "per_head", "jump", "pace") and ".." not in tolerance:
        raise ValueError(f"{name}: {kind} needs low..high")
    if kind not in _ROLES:
        return
    fewest, most, wanted = _ROLES[kind]
    flows = parts[2:] if kind == "balance" else ()
    if not fewest <= len(parts) <= most or any(part[0] not in "+-" for part in flows):
        raise ValueError(f"{name}: {kind} needs the indicators {wanted}, and low..high for a band")
