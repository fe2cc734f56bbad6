"""Targets on the screen: one target's chart, an edit tried out before it is kept, and kept."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from dashboard.analysis.plan_pace import PacePlan, PaceRow, milestones_of
from dashboard.analysis.progress import Progress, Thresholds
from dashboard.base.language import Text
from dashboard.catalogue.concepts import Grade
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import Path, Target
from dashboard.charts.kinds.target_path import TARGET_CHART, build_target_path
from dashboard.charts.model.chart import Chart, SourceNote
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.target_words import TargetWords
from dashboard.intake.forms.layouts.target_entry import cells_of, typed
from dashboard.services.context import NotFound
from dashboard.services.filters import UnknownName, moment_of
from dashboard.services.targets.division import DividedTargets
from dashboard.services.targets.progress import Scorecard
from dashboard.store import submissions as handed_in
from dashboard.store.opening import StoreError
from dashboard.store.targets import NewTargets, as_retired, save_targets
from dashboard.store.transaction import Decision


class TargetDesk(DividedTargets):
    """What the page of targets asks besides the register itself. Thread-safe."""

    def source_notes(self, submissions: Iterable[int]) -> dict[int, SourceNote]:
        """What is told of these submissions under a chart."""
        rows = handed_in.read_sources(self.engine, list(submissions))
        return {
            number: SourceNote(
                row.file,
                row.sheet,
                row.form,
                row.grade,
                row.received.date() if row.received else None,
                row.title,
            )
            for number, row in rows.items()
        }

    def standing(self, name: str, area: str, period: str = "", as_of: str = "") -> Progress:
        """How one target stands in an area in a month; raises NotFound.

        A retired one is judged as if it still counted, so that its page can be read.
        """
        target = self.target(name)
        if not target.retired:
            for row in self.progress(area or target.area, period, as_of=as_of):
                if row.target.id == name:
                    return row
        if as_of:
            raise NotFound(f"target {name} was not known on {as_of}")
        row = self.try_target(replace(target, retired=""), area, period)
        return replace(row, target=target)

    def try_target(self, target: Target, area: str = "", period: str = "") -> Progress:
        """How a target would stand that is not kept yet."""
        month = Period(*map(int, period.split("-"))) if period else None
        if month is not None and not target.covers(month):
            month = target.period
        for row in self._card([target]).rows(target.area, month):
            if row.target.id == target.id and row.area in ("", area, target.area):
                return row
        raise NotFound(f"target {target.id} is not known")

    def _card(self, targets: list[Target], known: date | None = None) -> Scorecard:
        at = Thresholds(self.settings.pace_ahead, self.settings.pace_behind)
        as_of = moment_of(known)
        return Scorecard(self.engine, self.catalogue, self.areas(), at, targets, as_of)

    def target_chart(self, ref: str, selection: Selection) -> Chart:
        """What was done by each month against what was expected; raises NotFound."""
        name = ref.removeprefix(TARGET_CHART).partition("/")[0]
        month = str(selection.period) if selection.period else ""
        known = selection.as_known
        row = self.standing(name, selection.area, month, str(known or ""))
        points, steps = self._card([row.target], known).path(row)
        words = TargetWords(row, self.catalogue, self.areas(), selection.language)
        numbers = {number for step in steps if step.actual for number in step.actual.submissions}
        placed = replace(selection, area=row.area)
        return build_target_path(words, steps, points, placed, self.source_notes(numbers))

    def pace_plan(self, row: Progress) -> PacePlan | str:
        """What a target would take, by area; where nothing can be planned the reason's key."""
        return self.scorecard().plan(row, self.parts(row))

    def keep_pace(
        self, row: Progress, paces: Mapping[str, float], by: str, reason: str
    ) -> list[str]:
        """Keeps a plan as milestones by month; the ids of the targets that were changed.

        ``paces`` are by area, base units per month. The target follows their sum; so does each
        area below that has a target of its own its own pace. Raises UnknownName for paces that are
        none, StoreError without a reason or where nothing can be planned for the row's area.
        """
        plan = self.pace_plan(row)
        if isinstance(plan, str) or row.inherited or row.target.retired:
            raise StoreError(Text("这项目标不能按月安排", f"{row.target.id}: cannot be planned"))
        strange = set(paces) - {one.area for one in plan.rows}
        if strange or any(not 0 <= pace < math.inf for pace in paces.values()):
            raise UnknownName(Text("每月推进量要是不小于 0 的数", "a pace is a number from 0 up"))
        own = {one.area: one for one in self.parts(row)}
        kept = [_planned(row, plan.whole, plan.pace(paces))]
        kept += [
            _planned(own[one.area], one, paces.get(one.area, 0.0))
            for one in plan.streets
            if one.own
        ]
        return save_targets(self.engine, NewTargets(kept, Decision(by, datetime.now(UTC), reason)))

    def target_cells(self, name: str, language: str) -> dict[str, object]:
        """A target as the cells of a table of targets, by role."""
        return cells_of(self.target(name), self.catalogue, language)

    def typed_target(self, fields: Mapping[str, object], before: str = "") -> Target:
        """What was typed, as a target; raises UnknownName with what is wrong in both languages.

        What cannot be typed – grade, the target it is part of – stays as it was ``before``.
        """
        read = typed(fields, self.catalogue, self.areas())
        for finding in read.findings:
            raise UnknownName(finding.message)
        (one,) = read.targets
        if not before:
            return one
        old = self.target(before)
        # Only the fictional district's own stay samples: any other is now somebody's decision.
        sample = old.is_sample and old.grade is Grade.DEMO
        return replace(one, grade=old.grade, is_sample=sample, split_from=old.split_from)

    def keep_target(self, target: Target, by: str, reason: str, before: str = "") -> bool:
        """Keeps what was edited; whether anything changed. Raises StoreError without a reason.

        Another date, kind, indicator or area makes it another target: the one ``before`` is
        retired in the same transaction.
        """
        decision = Decision(by, datetime.now(UTC), reason)
        new = [replace(target, registered=True)]
        if not before and any(one.id == target.id and not one.retired for one in self.targets()):
            raise StoreError(f"{target.id}: there is such a target already; change that one")
        if before and before != target.id:
            new.append(as_retired(self.target(before), reason))
        return bool(save_targets(self.engine, NewTargets(new, decision)))


def _planned(judged: Progress, way: PaceRow, pace: float) -> Target:
    """The target with the plan as its milestones; a sample of the demo district stays one."""
    target = judged.target
    sample = target.is_sample and target.grade is Grade.DEMO
    steps = milestones_of(way, pace, judged)
    return replace(
        target, path=Path.MILESTONES, milestones=steps, registered=True, is_sample=sample
    )
