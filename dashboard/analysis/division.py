"""Divides a target over the areas below: how, what it comes to, and what changed of its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import Target, TargetKind

UNDIVIDED = (TargetKind.GROWTH, TargetKind.RATIO, TargetKind.BY_DATE)  # no amounts


@dataclass(frozen=True, slots=True)
class Division:
    """How a target is divided: ``by`` is shares, last_year, evenly or indicator:ID.

    ``shares`` are by area code or name; an area without one gets no target.
    """

    by: str
    shares: dict[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Divided:
    """What a division comes to, before it is kept; values in base units, by area code.

    ``basis`` is the indicator whose figures of ``month`` are the weights, "" where none are.
    ``before`` are the targets that stand below now, ``over`` those that will count no more.
    """

    whole: Target
    parts: list[Target]
    weights: dict[str, float]
    before: dict[str, Target]
    over: list[Target]
    basis: str = ""
    month: Period | None = None


@dataclass(frozen=True, slots=True)
class PartsChange:
    """One change of a target's parts: what areas have from then on, and which have none."""

    written: datetime
    by: str
    reason: str
    parts: dict[str, float]
    over: tuple[str, ...]


def parts_of(whole: Target, values: Mapping[str, float]) -> list[Target]:
    """One target an area; of milestones each gets the share that it has of the whole."""
    shared = {key: value / whole.value for key, value in values.items()} if whole.value else {}
    return [
        replace(
            whole,
            area=code,
            value=value,
            base=None,
            split_from=whole.id,
            registered=True,
            retired="",
            milestones=tuple(
                step._replace(value=step.value * shared.get(code, 0.0)) for step in whole.milestones
            ),
        )
        for code, value in values.items()
    ]
