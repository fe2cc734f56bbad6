"""Lists targets and how they stand: what pages, commands and the interface ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from dashboard.analysis.contributions import Contribution
from dashboard.analysis.plan_pace import PacePlan
from dashboard.analysis.progress import Progress
from dashboard.analysis.target_status import Thresholds
from dashboard.analysis.target_succession import Succession, went_to
from dashboard.base.language import Text, word
from dashboard.catalogue.concepts import Grade
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import Target
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.selection import Selection
from dashboard.charts.model.target_chart import target_of
from dashboard.charts.text.target_moves import moved
from dashboard.charts.text.target_words import TargetWords
from dashboard.intake.target_checks import TargetChecks
from dashboard.services.access.audit import Audit
from dashboard.services.access.person import signature
from dashboard.services.context import Context, NotFound
from dashboard.services.figures.sources import source_notes
from dashboard.services.filters import end_of_day, moment_of, months_of, one_area, one_indicator
from dashboard.services.targets.keeping import keep_targets
from dashboard.services.targets.progress import TargetJudge, all_targets
from dashboard.store.opening import StoreError
from dashboard.store.targets import (
    Commentary,
    NewTargets,
    TargetChange,
    as_retired,
    commentary_of,
    read_changes,
    read_commentary,
    write_commentary,
)
from dashboard.store.transaction import Decision


class Targets:
    """Targets, their progress, their changes and the commentary on them. Thread-safe."""

    def __init__(self, context: Context) -> None:
        """Keep the targets in the store of this context and judge them by its figures."""
        self._context = context
        self._engine = context.engine
        self._areas = context.areas
        self._audit = Audit(context.engine)

    @property
    def _catalogue(self) -> Catalogue:
        return self._context.catalogue

    def all(self, as_of: str = "") -> list[Target]:
        """Every target, retired ones too, by area and date; ``as_of`` a day, 2024-07-01."""
        when = end_of_day(as_of) if as_of else None
        if when is not None:
            return all_targets(self._engine, self._catalogue, self._areas(), when)
        return self._context.cached(
            "targets", "", lambda: all_targets(self._engine, self._catalogue, self._areas())
        )

    def get(self, name: str) -> Target:
        """The target with this id; raises NotFound."""
        for target in self.all():
            if target.id == name:
                return target
        raise NotFound(Text(f"没有目标“{name}”", f"target {name} is not known"))

    def progress(
        self, area: str = "", period: str = "", children: bool = False, as_of: str = ""
    ) -> list[Progress]:
        """How the targets of an area stand in a period, those below too where asked.

        Takes a code or name and a period such as 2024-06 or 2024; without an area all targets,
        without a period each in the default period of its years. Raises UnknownName.
        """
        code = one_area(self._areas(), area).code if area else ""
        month = months_of(period)[1] if period else None
        if as_of:
            return self.scorecard(as_of).rows(code, month, children)
        key = (code, month, children)
        return self._context.cached("progress", key, lambda: self.scorecard().rows(*key))

    def contributions(self, row: Progress) -> list[Contribution]:
        """What each area directly below contributes to a row's gap, furthest behind first.

        In base units, of a rate in those of its numerator; adds up to the gap exactly.
        """
        return self.scorecard().contributions(row, self.parts(row))

    def parts(self, row: Progress) -> list[Progress]:
        """How the areas below stand that have a part in a row's target, at the same month."""
        here, at = row.target, row.actual_period or row.period
        return [
            one
            for one in self.progress(row.area, str(at), True)
            if (one.target.indicator, one.target.period) == (here.indicator, here.period)
            and one.area != row.area
        ]

    def scorecard(self, as_of: str = "") -> TargetJudge:
        """The targets with the figures they are judged by, as known on a day where one is named."""
        return TargetJudge(
            self._engine,
            self._catalogue,
            self._areas(),
            self._thresholds(),
            self.all(as_of),
            end_of_day(as_of) if as_of else None,
        )

    def moves(self, target: Target, language: str) -> str:
        """What became of a target, or of which it was made, when areas changed; "" for neither."""
        texts = moved(self.went_to(target), target, self._areas(), language)
        return word("list_semicolon", language).join(texts)

    def _thresholds(self) -> Thresholds:
        settings = self._context.settings
        return Thresholds(settings.pace_ahead, settings.pace_behind, settings.reported_share / 100)

    def went_to(self, target: Target) -> Succession | None:
        """Where a target went whose area was merged, split or renamed before it is due."""
        return went_to(target, self.all(), self._areas())

    def standing(self, name: str, area: str, period: str = "", as_of: str = "") -> Progress:
        """How one target stands in an area in a month; raises NotFound.

        A retired one is judged as if it still counted, so that its page can be read.
        """
        target = self.get(name)
        period = self._within(target, area, period)
        if not target.retired:
            place = area or target.area
            every = self._context.cached(
                "target-standing",
                (place, period, as_of),
                lambda: self.progress(place, period, as_of=as_of),
            )
            for row in every:
                if row.target.id == name:
                    return row
        if as_of:
            raise NotFound(
                Text(f"{as_of} 还没有目标“{name}”", f"target {name} was not known on {as_of}")
            )
        row = self.try_out(replace(target, retired=""), area, period)
        return replace(row, target=target)

    def _within(self, target: Target, area: str, period: str) -> str:
        """The month, of an area that was closed before it the last one."""
        place = self._areas().get(area or target.area)
        ended = place.valid_to if place else None
        if ended is None or not target.covers(ended):
            return period
        month = months_of(period)[1] if period else target.period
        return str(min(month, ended))

    def try_out(self, target: Target, area: str = "", period: str = "") -> Progress:
        """How a target would stand that is not kept yet."""
        month = Period(*map(int, period.split("-"))) if period else None
        if month is not None and not target.covers(month):
            month = target.period
        for row in self._card([target]).rows(target.area, month):
            if row.target.id == target.id and row.area in ("", area, target.area):
                return row
        raise NotFound(Text(f"没有目标“{target.id}”", f"target {target.id} is not known"))

    def _card(self, targets: list[Target], known: date | None = None) -> TargetJudge:
        at, as_of = self._thresholds(), moment_of(known)
        return TargetJudge(self._engine, self._catalogue, self._areas(), at, targets, as_of)

    def chart(self, ref: str, selection: Selection) -> Chart:
        """What was done by each month against what was expected; raises NotFound."""
        # a list of targets needs no chart: its command starts without what draws them
        from dashboard.charts.kinds.target_path import build_target_path

        name = target_of(ref)
        month = str(selection.period) if selection.period else ""
        known = selection.as_known
        row = self.standing(name, selection.area, month, str(known or ""))
        points, steps = self._card([row.target], known).path(row)
        words = TargetWords(row, self._catalogue, self._areas(), selection.language)
        numbers = {number for step in steps if step.actual for number in step.actual.submissions}
        placed = replace(selection, area=row.area)
        notes = source_notes(self._engine, numbers)
        chart = build_target_path(words, steps, points, placed, notes)
        return replace(chart, known=moment_of(selection.as_known))

    def pace_plan(self, row: Progress) -> PacePlan | str:
        """What a target would take, by area; where nothing can be planned the reason's key."""
        return self.scorecard().plan(row, self.parts(row))

    # ---- changes ------------------------------------------------------------------------

    def checks(self) -> TargetChecks:
        """What targets that are entered are compared with: all that stand, and the figures."""
        return TargetChecks(self._engine, self._catalogue, self._areas(), self.all())

    def doubts(self, target: Target, before: str = "") -> list[Text]:
        """What is to be looked at before a target is kept that was edited as ``before``."""
        return [doubt.message for doubt in self.checks().doubts(target, before)]

    def set(self, target: Target, by: str, reason: str) -> bool:
        """Keeps a target in place of the one with its id; whether that changed anything.

        Raises UnknownName for an indicator or area that is not known, StoreError without a reason.
        """
        one_indicator(self._catalogue, target.indicator)
        one_area(self._areas(), target.area)
        # Only the fictional district's own stay samples: any other is now somebody's decision.
        sample = target.is_sample and target.grade is Grade.DEMO
        kept = replace(target, registered=True, is_sample=sample)
        return bool(keep_targets(self._engine, NewTargets([kept], _decided(by, reason))))

    def retire(self, name: str, by: str, reason: str) -> None:
        """Lets a target count no more; raises NotFound, and StoreError where it is so already."""
        target = self.get(name)
        if target.retired:
            raise StoreError(
                Text(
                    f"目标“{name}”已经停用：{target.retired}",
                    f"target {name} is retired already: {target.retired}",
                )
            )
        decision = _decided(by, reason)
        keep_targets(self._engine, NewTargets([as_retired(target, reason)], decision))

    def history(self, name: str) -> list[TargetChange]:
        """Every change of a target, oldest first; empty for one that only a report states."""
        self.get(name)
        return read_changes(self._engine, name)

    # ---- commentary ---------------------------------------------------------------------

    def commentary(self, name: str, period: str = "") -> list[Commentary]:
        """Every version of what was said of a target, oldest first; of one period where named."""
        month = months_of(period)[1] if period else None
        return read_commentary(self._engine, name, month)

    def commentary_of(self, names: Iterable[str]) -> dict[str, list[Commentary]]:
        """Every version of what was said of each of the targets, oldest first."""
        return commentary_of(self._engine, names)

    def comment(self, name: str, period: str, texts: tuple[str, str, str], by: str) -> int:
        """Adds a version: why a priority, how we are doing, what we are doing; its number."""
        self.get(name)
        month, now = months_of(period)[1], datetime.now(UTC)
        version = write_commentary(self._engine, name, month, texts, signature(by), now)
        self._audit.note("comment", f"{name} {month}", by)
        return version


def _decided(by: str, reason: str) -> Decision:
    return Decision(signature(by), datetime.now(UTC), reason)
