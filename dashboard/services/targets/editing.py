"""Edits targets on the screen: tries an edit out before it is kept, and keeps it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from dashboard.analysis.plan_pace import PacePlan, PaceRow, milestones_of
from dashboard.analysis.progress import Progress
from dashboard.base.language import Text, in_both
from dashboard.catalogue import periods
from dashboard.catalogue.concepts import Grade
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.targets import Path, Target
from dashboard.intake.forms.layouts import target_entry
from dashboard.services.access.person import signature
from dashboard.services.context import Context
from dashboard.services.filters import UnknownName
from dashboard.services.targets.keeping import keep_targets
from dashboard.services.targets.targets import Targets
from dashboard.store.opening import StoreError
from dashboard.store.targets import NewTargets, as_retired
from dashboard.store.transaction import Decision


class TargetEditing:
    """Targets as they are typed, planned and saved on the screen. Thread-safe."""

    def __init__(self, context: Context, targets: Targets) -> None:
        """Edit the targets of this register."""
        self._context = context
        self._engine = context.engine
        self._areas = context.areas
        self._targets = targets

    @property
    def _catalogue(self) -> Catalogue:
        return self._context.catalogue

    def keep_pace(
        self, row: Progress, paces: Mapping[str, float], by: str, reason: str
    ) -> list[str]:
        """Keeps a plan as milestones by month; the ids of the targets that were changed.

        ``paces`` are by area, base units per month. The target follows their sum; so does each
        area below that has a target of its own its own pace. Raises UnknownName for paces that are
        none, StoreError without a reason or where nothing can be planned for the row's area.
        """
        plan = self._targets.pace_plan(row)
        if isinstance(plan, str) or row.inherited or row.target.retired:
            raise StoreError(Text("这项目标不能按月安排", f"{row.target.id}: cannot be planned"))
        _check_paces(plan, paces)
        own = {part.area: part for part in self._targets.parts(row)}
        kept = [_planned(row, plan.whole, plan.pace(paces))]
        kept += [
            _planned(own[street.area], street, paces.get(street.area, 0.0))
            for street in plan.streets
            if street.own
        ]
        return keep_targets(
            self._engine, NewTargets(kept, Decision(signature(by), datetime.now(UTC), reason))
        )

    def cells(self, name: str, language: str) -> dict[str, object]:
        """A target as the cells of a table of targets, by role."""
        return target_entry.cells_of(self._targets.get(name), self._catalogue, language)

    def typed(self, fields: Mapping[str, object], before: str = "") -> Target:
        """What was typed, as a target; raises UnknownName with what is wrong in both languages.

        What cannot be typed – grade, the target it is part of – stays as it was ``before``.
        """
        read = target_entry.typed(fields, self._catalogue, self._areas())
        for finding in read.findings:  # a warning asks for a reason, which is always given here
            if finding.severity == "error":
                raise UnknownName(finding.message)
        (target,) = read.targets
        if not before:
            return target
        old = self._targets.get(before)
        # Only the fictional district's own stay samples: any other is now somebody's decision.
        sample = old.is_sample and old.grade is Grade.DEMO
        return replace(target, grade=old.grade, is_sample=sample, split_from=old.split_from)

    def keep(self, target: Target, by: str, reason: str, before: str = "") -> bool:
        """Keeps what was edited; whether anything changed. Raises StoreError without a reason.

        Another date, kind, indicator or area makes it another target: the one ``before`` is
        retired in the same transaction.
        """
        decision = Decision(signature(by), datetime.now(UTC), reason)
        new = [replace(target, registered=True)]
        if before != target.id and self._targets.checks().in_force(target.id):
            meaning, place = self._catalogue.indicators[target.indicator], self._areas()
            text = in_both(
                "target_is_there",
                area=partial(place.name_of, target.area),
                name=meaning.name,
                period=partial(periods.name, target.period),
            )
            raise StoreError(text)
        if before and before != target.id:
            new.append(as_retired(self._targets.get(before), reason))
        return bool(keep_targets(self._engine, NewTargets(new, decision)))


def _check_paces(plan: PacePlan, paces: Mapping[str, float]) -> None:
    """Raises UnknownName for a pace of an area without a part in the plan, or below 0."""
    strange = set(paces) - {row.area for row in plan.rows}
    if strange or any(not 0 <= pace < math.inf for pace in paces.values()):
        raise UnknownName(Text("每月推进量要是不小于 0 的数", "a pace is a number from 0 up"))


def _planned(judged: Progress, way: PaceRow, pace: float) -> Target:
    """The target with the plan as its milestones; a sample of the demo district stays one."""
    target = judged.target
    sample = target.is_sample and target.grade is Grade.DEMO
    steps = milestones_of(way, pace, judged)
    return replace(
        target, path=Path.MILESTONES, milestones=steps, registered=True, is_sample=sample
    )
