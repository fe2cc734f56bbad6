"""Compares targets that are entered with those in force and with the figures in the store."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from dashboard.analysis.point import inputs
from dashboard.analysis.points import Points
from dashboard.analysis.reasons import amount
from dashboard.analysis.target_goals import ReportedBase, reported_base
from dashboard.base.language import LANGUAGES, Text, number, word
from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Finding, Indicator
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import Target, TargetKind
from dashboard.intake.forms.files.cells import column_letter, text_of
from dashboard.intake.forms.layouts.target_entry import cells_of
from dashboard.intake.open_sheets import OpenedFile, PlacedTarget
from dashboard.store.observations import read_figures
from dashboard.store.opening import Engine
from dashboard.store.query import Query
from dashboard.store.submissions import read_sources
from dashboard.store.targets import read_targets

CHANGES, SECOND, BASE = "changes_target", "second_target", "base_differs"
_YEARS = 3  # before a target's first month of which figures may be its base
_KEPT = ("since", "base", "base_period", "source", "owner", "tolerance", "milestones")
_FIXED = ("indicator", "area", "period", "kind", "unit")  # another of these is another target


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
        return [
            *self._changed(target, before),
            *self._second(target, before),
            *self.base_doubts(target, self.reported(target)),
        ]

    def _changed(self, target: Target, before: str) -> list[TargetDoubt]:
        there = self.in_force(target.id)
        if there is None or before == target.id:
            return []
        return _doubts(
            CHANGES, "value", [self._differences(there, target, one) for one in LANGUAGES]
        )

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
        listed = word("list_semicolon", language).join(steps)
        return word("doubt_changes_target", language, changes=listed) if steps else ""

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
        texts = []
        for language in LANGUAGES:
            asked = [self._asked(one, language) for one in others]
            listed = word("list_semicolon", language).join(asked)
            texts.append(word("doubt_second_target", language, others=listed))
        return _doubts(SECOND, "kind", texts)

    def _asked(self, target: Target, language: str) -> str:
        meaning = self.catalogue.indicators[target.indicator]
        if target.kind is TargetKind.GROWTH:
            key = "growth_points" if meaning.is_rate else "growth"
            return word(f"asks_{key}", language, value=number(target.value, 1, language))
        value = amount(target.value, meaning, language)
        return word(f"asks_{target.kind}", language, value=value)

    def base_doubts(self, target: Target, reported: ReportedBase | None) -> list[TargetDoubt]:
        """That the base somebody typed is not the figure that the store has for its month."""
        if reported is None or target.base is None:
            return []
        meaning = self.catalogue.indicators[target.indicator]
        if _is_same(target.base, reported.point.amount, meaning):
            return []
        texts = [
            word(
                "doubt_base_differs",
                language,
                base=amount(target.base, meaning, language),
                value=amount(reported.point.amount, meaning, language),
                period=periods.name(reported.period, language, meaning.accumulation),
                source=self._source(reported.point.submissions, language),
            )
            for language in LANGUAGES
        ]
        return _doubts(BASE, "base", texts)

    def reported(self, target: Target) -> ReportedBase | None:
        """The figure of the month of a typed base; None without a typed base, or a figure."""
        if target.base is None:
            return None
        places = [target.area, *(child.code for child in self.areas.children(target.area))]
        first = min(filter(None, (target.start, target.base_period)))
        query = Query(
            sorted(inputs(self.catalogue, [target.indicator])),
            sorted(self.areas.with_past(places)),
            Period(first.year - _YEARS, 1),
            target.period,
        )
        points = Points(self.catalogue, self.areas, read_figures(self.engine, query))
        boundaries = self.areas.boundaries_of(target.area, target.period)
        return reported_base(points.in_boundaries_of(boundaries), target)

    def _source(self, submissions: Iterable[int], language: str) -> str:
        heads = read_sources(self.engine, set(submissions)).values()
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
        target, there = placed.target, checks.in_force(placed.target.id)
        if there is not None:
            target = with_unnamed_fields(target, there, placed.columns)
            file.targets[at] = replace(placed, target=target)
        findings = [_finding(placed, doubt) for doubt in checks.doubts(target)]
        receipt = file.receipts[placed.receipt]
        file.receipts[placed.receipt] = replace(receipt, findings=(*receipt.findings, *findings))


def _finding(placed: PlacedTarget, doubt: TargetDoubt) -> Finding:
    place = placed.columns.get(doubt.role, 0)
    shown = text_of(placed.sheet.cell(placed.row - 1, place))
    at = (placed.sheet.name, placed.row, column_letter(place))
    return Finding("warning", doubt.rule, doubt.message, *at, shown, placed.target.area)


def _doubts(rule: str, role: str, texts: Sequence[str]) -> list[TargetDoubt]:
    return [TargetDoubt(rule, role, Text(*texts))] if all(texts) else []


def _is_same(typed: float, reported: float, meaning: Indicator) -> bool:
    """Whether a typed base is the reported figure; money is typed in thousands and millions."""
    slack = 0.5 * 10.0**-meaning.decimals
    if meaning.unit.dimension.startswith("money"):
        slack = max(slack, 0.0005 * abs(reported))
    return abs(typed - reported) <= slack
