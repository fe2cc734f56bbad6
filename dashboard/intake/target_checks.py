"""Compares targets that are entered with those in force and with the figures in the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from typing import NamedTuple

from dashboard.analysis.point import inputs
from dashboard.analysis.points import Points
from dashboard.analysis.reasons import amount
from dashboard.analysis.target_goals import ReportedBase, reported_base
from dashboard.base.language import (
    DEFAULT_LANGUAGE,
    Text,
    in_both,
    number,
    scale_for,
    word,
)
from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Figure, Finding, Indicator
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import Target, TargetKind
from dashboard.intake.forms.files.cells import column_letter, text_of
from dashboard.intake.forms.layouts.target_entry import cells_of
from dashboard.intake.open_sheets import OpenedFile, PlacedTarget
from dashboard.store.observations import read_figures
from dashboard.store.opening import Engine
from dashboard.store.query import Query
from dashboard.store.submissions import SubmissionRow, read_sources
from dashboard.store.targets import read_targets

CHANGES, SECOND, BASE = "changes_target", "second_target", "base_differs"
_YEARS = 3  # before a target's first month of which figures may be its base
_KEPT = ("since", "base", "base_period", "source", "owner", "tolerance", "milestones")
_FIXED = ("indicator", "area", "period", "kind", "unit")  # another of these is another target


class _Reach(NamedTuple):
    """The figures that the base of a target may follow from."""

    indicators: frozenset[str]
    areas: frozenset[str]
    first: Period
    last: Period


@dataclass(frozen=True, slots=True)
class TargetDoubt:
    """What somebody who enters a target must look at: the rule, the field, and why."""

    rule: str
    role: str
    message: Text


def with_unnamed_fields(target: Target, before: Target, roles: Collection[str]) -> Target:
    """The target with the fields that were not given, ``roles`` being those that were, as before.

    What a table cannot give – of which target it is a part – stays too.
    """
    kept = {role: getattr(before, role) for role in _KEPT if role not in roles}
    if not {"path", "milestones"} & set(roles):
        kept["path"] = before.path
    return replace(target, **kept, split_from=before.split_from)


@dataclass(frozen=True, slots=True)
class TargetChecks:
    """Checks targets against ``standing``, every target that is known, and the store's figures."""

    engine: Engine
    catalogue: Catalogue
    areas: Areas
    standing: Sequence[Target]

    def in_force(self, name: str) -> Target | None:
        """The target of this id that counts."""
        return next((t for t in self.standing if t.id == name and not t.retired), None)

    def doubts(self, target: Target, before: str = "") -> list[TargetDoubt]:
        """What is to be said of a target before it is kept; ``before`` is the id it was edited as.

        That it changes another, that another of the same quantity stands, that its base is not
        what the store has.
        """
        (doubts,) = self.doubts_of([target], before)
        return doubts

    def doubts_of(self, targets: Sequence[Target], before: str = "") -> list[list[TargetDoubt]]:
        """The doubts of each target; the store is read once for all of them."""
        of_bases = self.base_doubts(targets, self.reported(targets))
        return [
            [*self._changed(target, before), *self._second(target, before), *of_base]
            for target, of_base in zip(targets, of_bases, strict=True)
        ]

    def _changed(self, target: Target, before: str) -> list[TargetDoubt]:
        there = self.in_force(target.id)
        if there is None or before == target.id:
            return []
        changes = partial(self._differences, there, target)
        if not changes(DEFAULT_LANGUAGE):
            return []
        return [TargetDoubt(CHANGES, "value", in_both("doubt_changes_target", changes=changes))]

    def _differences(self, there: Target, target: Target, language: str) -> str:
        """Each field that a target alters, with what it was; "" where it alters none."""
        old, new = (cells_of(one, self.catalogue, language) for one in (there, target))
        steps = [
            word(
                "target_altered",
                language,
                name=word(f"role_{role}", language),
                before=self._shown(there, role, old[role], language),
                after=self._shown(target, role, new[role], language),
            )
            for role in new
            if role not in _FIXED and old[role] != new[role]
        ]
        return word("list_semicolon", language).join(steps)

    def _shown(self, target: Target, role: str, cell: object, language: str) -> str:
        """A field as a person reads it: amounts with their unit."""
        value = getattr(target, role) if role in ("value", "base") else None
        if value is None or (role == "value" and target.kind is TargetKind.GROWTH):
            return "—" if cell in (None, "") else str(cell)
        return amount(value, self.catalogue.indicators[target.indicator], language)

    def _second(self, target: Target, before: str) -> list[TargetDoubt]:
        quantity = (target.indicator, target.area, target.period)
        others = [
            one
            for one in self.standing
            if (one.indicator, one.area, one.period) == quantity
            and one.id not in (target.id, before)
            and one.registered
            and not one.retired
        ]
        if not others:
            return []
        text = in_both(
            "doubt_second_target",
            others=lambda language: word("list_semicolon", language).join(
                self._asked(one, language) for one in others
            ),
        )
        return [TargetDoubt(SECOND, "kind", text)]

    def _asked(self, target: Target, language: str) -> str:
        meaning = self.catalogue.indicators[target.indicator]
        if target.kind is TargetKind.GROWTH:
            key = "growth_points" if meaning.is_rate else "growth"
            return word(f"asks_{key}", language, value=number(target.value, 1, language))
        value = amount(target.value, meaning, language)
        return word(f"asks_{target.kind}", language, value=value)

    def base_doubts(
        self, targets: Sequence[Target], reported: Sequence[ReportedBase | None]
    ) -> list[list[TargetDoubt]]:
        """Of each target that its typed base is not the figure that the store has for its month.

        ``reported`` are the figures, one a target; where it is None nothing is compared.
        """
        differing = [
            there if there is not None and self._differs(target, there) else None
            for target, there in zip(targets, reported, strict=True)
        ]
        numbers = {one for there in differing if there for one in there.point.submissions}
        heads = read_sources(self.engine, numbers) if numbers else {}
        return [
            [self._base_doubt(target, there, heads)] if there else []
            for target, there in zip(targets, differing, strict=True)
        ]

    def _differs(self, target: Target, reported: ReportedBase) -> bool:
        meaning = self.catalogue.indicators[target.indicator]
        typed = target.base
        return typed is not None and not _is_same(typed, reported.point.amount, meaning)

    def _base_doubt(
        self, target: Target, reported: ReportedBase, heads: Mapping[int, SubmissionRow]
    ) -> TargetDoubt:
        meaning = self.catalogue.indicators[target.indicator]
        named = [heads[one] for one in sorted(reported.point.submissions) if one in heads]
        text = in_both(
            "doubt_base_differs",
            base=partial(amount, target.base, meaning),
            value=partial(amount, reported.point.amount, meaning),
            period=lambda language: periods.name(reported.period, language, meaning.accumulation),
            source=partial(_source, named),
        )
        return TargetDoubt(BASE, "base", text)

    def reported(self, targets: Sequence[Target]) -> list[ReportedBase | None]:
        """The figure of the month of each typed base; None without a typed base, or a figure.

        All figures are read at once.
        """
        reaches = [self._reach(one) if one.base is not None else None for one in targets]
        figures = self._read([reach for reach in reaches if reach])
        return [
            self._reported(target, _within(reach, figures)) if reach else None
            for target, reach in zip(targets, reaches, strict=True)
        ]

    def _reach(self, target: Target) -> _Reach:
        places = [target.area, *(child.code for child in self.areas.children(target.area))]
        first = min(filter(None, (target.start, target.base_period)))
        return _Reach(
            frozenset(inputs(self.catalogue, [target.indicator])),
            frozenset(self.areas.with_past(places)),
            Period(first.year - _YEARS, 1),
            target.period,
        )

    def _read(self, reaches: Sequence[_Reach]) -> dict[tuple[str, str], list[Figure]]:
        """The figures of all targets by indicator and area."""
        if not reaches:
            return {}
        together = Query(
            sorted(frozenset().union(*(reach.indicators for reach in reaches))),
            sorted(frozenset().union(*(reach.areas for reach in reaches))),
            min(reach.first for reach in reaches),
            max(reach.last for reach in reaches),
        )
        figures: dict[tuple[str, str], list[Figure]] = defaultdict(list)
        for figure in read_figures(self.engine, together):
            figures[figure.indicator, figure.area].append(figure)
        return dict(figures)

    def _reported(self, target: Target, figures: Iterable[Figure]) -> ReportedBase | None:
        points = Points(self.catalogue, self.areas, figures)
        boundaries = self.areas.boundaries_of(target.area, target.period)
        return reported_base(points.in_boundaries_of(boundaries), target)


def _within(reach: _Reach, figures: Mapping[tuple[str, str], Sequence[Figure]]) -> Iterator[Figure]:
    """Of the figures by indicator and area those that the base of one target may follow from."""
    for key in product(reach.indicators, reach.areas):
        for figure in figures.get(key, ()):
            if reach.first <= figure.period <= reach.last:
                yield figure


def _source(heads: Iterable[SubmissionRow], language: str) -> str:
    named = dict.fromkeys(
        f"{head.file} [{head.sheet}]" if head.sheet else head.file for head in heads
    )
    return word("list_comma", language).join(named)


def check_targets(engine: Engine, file: OpenedFile, catalogue: Catalogue, areas: Areas) -> None:
    """Fills in of a file's targets what their tables have no column for, and adds the doubts."""
    if not file.targets:
        return
    checks = TargetChecks(engine, catalogue, areas.joined(file.areas), read_targets(engine))
    for at, placed in enumerate(file.targets):
        there = checks.in_force(placed.target.id)
        if there is not None:
            target = with_unnamed_fields(placed.target, there, placed.columns)
            file.targets[at] = replace(placed, target=target)
    doubts_of = checks.doubts_of([placed.target for placed in file.targets])
    for placed, doubts in zip(file.targets, doubts_of, strict=True):
        findings = [_finding(placed, doubt) for doubt in doubts]
        receipt = file.receipts[placed.receipt]
        file.receipts[placed.receipt] = replace(receipt, findings=(*receipt.findings, *findings))


def _finding(placed: PlacedTarget, doubt: TargetDoubt) -> Finding:
    place = placed.columns.get(doubt.role, 0)
    shown = text_of(placed.sheet.cell(placed.row - 1, place))
    at = (placed.sheet.name, placed.row, column_letter(place))
    return Finding("warning", doubt.rule, doubt.message, *at, shown, placed.target.area)


def _is_same(typed: float, reported: float, meaning: Indicator) -> bool:
    """Whether a typed base is the reported figure, to half a step of the unit it is printed in."""
    unit = meaning.unit
    scale = scale_for(reported, unit.name, unit.dimension, meaning.decimals, DEFAULT_LANGUAGE)
    slack = 0.5 * 10.0**-scale.decimals * scale.factor
    if unit.dimension.startswith("money"):  # large sums are printed coarsely
        slack = min(slack, 0.0005 * abs(reported))
    return abs(typed - reported) <= slack
