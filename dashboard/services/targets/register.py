"""The register of targets and how they stand: what pages, commands and the interface ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from dashboard.analysis.contributions import Contribution
from dashboard.analysis.progress import Progress, Thresholds
from dashboard.catalogue.concepts import Grade
from dashboard.catalogue.targets import Target
from dashboard.services.context import NotFound
from dashboard.services.filters import end_of_day, months_of, one_area, one_indicator
from dashboard.services.submissions.submissions import Registry
from dashboard.services.targets.progress import Scorecard, all_targets
from dashboard.store.opening import StoreError
from dashboard.store.targets import (
    Commentary,
    NewTargets,
    TargetChange,
    as_retired,
    read_changes,
    read_commentary,
    save_targets,
    write_commentary,
)
from dashboard.store.transaction import Decision


class Targets(Registry):
    """Targets, their progress, their changes and what is said of them. Thread-safe."""

    def targets(self, as_of: str = "") -> list[Target]:
        """Every target, retired ones too, by area and date; ``as_of`` a day, 2024-07-01."""
        when = end_of_day(as_of) if as_of else None
        if when is not None:
            return all_targets(self.engine, self.catalogue, when)
        return self.cached("targets", "", lambda: all_targets(self.engine, self.catalogue))

    def target(self, name: str) -> Target:
        """The target with this id; raises NotFound."""
        for one in self.targets():
            if one.id == name:
                return one
        raise NotFound(f"target {name} is not known")

    def progress(
        self, area: str = "", period: str = "", children: bool = False, as_of: str = ""
    ) -> list[Progress]:
        """How the targets of an area stand in a period, those below too where asked.

        Takes a code or name and a period such as 2024-06 or 2024; without an area all targets,
        without a period each in the latest month with figures of its years. Raises UnknownName.
        """
        code = one_area(self.areas(), area).code if area else ""
        month = months_of(period)[1] if period else None
        if as_of:
            return self.scorecard(as_of).rows(code, month, children)
        key = (code, month, children)
        return self.cached("progress", key, lambda: self.scorecard().rows(*key))

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

    def scorecard(self, as_of: str = "") -> Scorecard:
        """The targets with the figures they are judged by, as known on a day where one is named."""
        settings = self.settings
        return Scorecard(
            self.engine,
            self.catalogue,
            self.areas(),
            Thresholds(settings.pace_ahead, settings.pace_behind),
            self.targets(as_of),
            end_of_day(as_of) if as_of else None,
        )

    # ---- changes ------------------------------------------------------------------------

    def set_target(self, target: Target, by: str, reason: str) -> bool:
        """Keeps a target in place of the one with its id; whether that changed anything.

        Raises UnknownName for an indicator or area that is not known, StoreError without a reason.
        """
        one_indicator(self.catalogue, target.indicator)
        one_area(self.areas(), target.area)
        # Only the fictional district's own stay samples: any other is now somebody's decision.
        sample = target.is_sample and target.grade is Grade.DEMO
        kept = replace(target, registered=True, is_sample=sample)
        return bool(save_targets(self.engine, NewTargets([kept], _decided(by, reason))))

    def retire_target(self, name: str, by: str, reason: str) -> None:
        """Lets a target count no more; raises NotFound, and StoreError where it is so already."""
        one = self.target(name)
        if one.retired:
            raise StoreError(f"target {name} is retired already: {one.retired}")
        decision = _decided(by, reason)
        save_targets(self.engine, NewTargets([as_retired(one, reason)], decision))

    def target_history(self, name: str) -> list[TargetChange]:
        """Every change of a target, oldest first; empty for one that only a report states."""
        self.target(name)
        return read_changes(self.engine, name)

    # ---- commentary ---------------------------------------------------------------------

    def commentary(self, name: str, period: str = "") -> list[Commentary]:
        """Every version of what was said of a target, oldest first; of one period where named."""
        month = months_of(period)[1] if period else None
        return read_commentary(self.engine, name, month)

    def comment(self, name: str, period: str, texts: tuple[str, str, str], by: str) -> int:
        """Adds a version: why a priority, how we are doing, what we are doing; its number."""
        self.target(name)
        month, now = months_of(period)[1], datetime.now(UTC)
        return write_commentary(self.engine, name, month, texts, by, now)


def _decided(by: str, reason: str) -> Decision:
    return Decision(by, datetime.now(UTC), reason)
