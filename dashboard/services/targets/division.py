"""Divides a target over the areas below: tries it out, stores it, notes it in the history."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby

from dashboard.analysis import apportion
from dashboard.analysis.apportion import SplitError
from dashboard.analysis.division import UNDIVIDED, Divided, Division, PartsChange, parts_of
from dashboard.base.language import Text, word
from dashboard.catalogue import periods
from dashboard.catalogue.concepts import Aggregation
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import Target
from dashboard.services.access.person import signature
from dashboard.services.context import Context
from dashboard.services.filters import UnknownName, one_area, one_indicator
from dashboard.services.targets.keeping import keep_targets
from dashboard.services.targets.targets import Targets
from dashboard.store.opening import StoreError
from dashboard.store.targets import NewTargets, TargetChange, as_retired, read_changes
from dashboard.store.transaction import Decision

BY = re.compile(r"shares|last_year|evenly|indicator:(.+)")


class TargetDivision:
    """Targets divided over the areas below. Thread-safe."""

    def __init__(self, context: Context, targets: Targets) -> None:
        """Divide the targets of this register."""
        self._context = context
        self._engine = context.engine
        self._areas = context.areas
        self._targets = targets

    @property
    def _catalogue(self) -> Catalogue:
        return self._context.catalogue

    def is_divisible(self, whole: Target) -> bool:
        """Whether a target is an amount that counts, with areas below to give parts of it."""
        meaning = self._catalogue.indicators[whole.indicator]
        amount = meaning.aggregation is Aggregation.SUM and whole.kind not in UNDIVIDED
        return amount and not whole.retired and bool(self._areas_below(whole))

    def lacks_parts(self, whole: Target) -> bool:
        """Whether it can be divided and an area below has no part, or they do not make it up."""
        if not self.is_divisible(whole):
            return False
        standing = self._standing_below(whole)
        if len(standing) < len(self._areas_below(whole)):
            return True
        held = math.fsum(target.value for target in standing.values())
        return not math.isclose(held, whole.value, rel_tol=1e-9)

    def bases(self, name: str) -> list[str]:
        """Indicators by which a target can be divided: each area has a figure a year before."""
        whole = self._targets.get(name)
        below, month = self._areas_below(whole), whole.period.plus(-12)
        sums = [
            indicator.id
            for indicator in self._catalogue.indicators.values()
            if indicator.aggregation is Aggregation.SUM
        ]
        tabled = self._targets.scorecard().figures_of(sums, below, month, since=month)
        return [
            one
            for one, values in tabled.items()
            if any(values.values()) and all(v is not None and v >= 0 for v in values.values())
        ]

    def divide(self, name: str, division: Division) -> Divided:
        """The parts of a target, which add up to it exactly; stores nothing.

        Raises NotFound, UnknownName, and StoreError for a target that cannot be divided: of a rate,
        of growth, retired, with nothing below, or where the figures to divide by are missing.
        """
        whole = self._targets.get(name)
        meaning = self._catalogue.indicators[whole.indicator]
        if meaning.aggregation is not Aggregation.SUM or whole.kind in UNDIVIDED:
            english = f"{name}: only amounts can be divided; a rate holds in every area"
            raise StoreError(Text("只有数量可以分解，比率在每个地区都一样。", english))
        if whole.retired:
            raise StoreError(
                Text("已停用的目标不能分解。", f"{name} is retired: nothing to divide")
            )
        basis, month = self._basis(whole, division), whole.period.plus(-12)
        weights = self._weights(whole, division, basis)
        try:
            values = apportion.split(whole.value, weights, meaning.decimals)
        except SplitError as error:
            raise StoreError(
                Text("份额不能小于 0，并且至少要有一个大于 0。", f"{name}: {error}")
            ) from None
        parts = parts_of(whole, values)
        over = self._replaced(whole, {part.id for part in parts})
        before = self._standing_below(whole)
        return Divided(whole, parts, weights, before, over, basis, month if basis else None)

    def _replaced(self, whole: Target, kept: Collection[str]) -> list[Target]:
        """The parts in force of a target that are not among those kept."""
        return [
            target
            for target in self._targets.all()
            if target.split_from == whole.id and target.id not in kept and not target.retired
        ]

    def keep(self, divided: Divided, by: str, reason: str) -> list[str]:
        """Gives each area its part, whole or not at all; the ids of the targets that changed.

        Parts of an earlier division that are not among them are retired. Raises StoreError without
        a reason.
        """
        over = [as_retired(target, reason) for target in divided.over]
        decision = Decision(signature(by), datetime.now(UTC), reason)
        return keep_targets(self._engine, NewTargets([*divided.parts, *over], decision))

    def split(self, name: str, division: Division, by: str, reason: str) -> list[Target]:
        """Divides a target and keeps the parts, which are returned; raises as those two do."""
        divided = self.divide(name, division)
        self.keep(divided, by, reason)
        return divided.parts

    def changes(self, name: str) -> list[PartsChange]:
        """What became of a target's parts, oldest first: each decision one change."""
        whole = self._targets.get(name)
        below = self._areas().children(whole.area)
        ids = [replace(whole, area=child.code).id for child in below]
        own = [
            target_change
            for target_change in (read_changes(self._engine, *ids) if ids else [])
            if name
            in (
                target_change.after.split_from,
                target_change.before.split_from if target_change.before else "",
            )
        ]
        found = (
            _as_one(list(those), name)
            for _, those in groupby(
                own,
                lambda target_change: (
                    target_change.written,
                    target_change.written_by,
                    target_change.reason,
                ),
            )
        )
        return [parts_change for parts_change in found if parts_change.parts or parts_change.over]

    def _areas_below(self, whole: Target) -> list[str]:
        return [child.code for child in self._areas().children(whole.area, whole.period)]

    def _standing_below(self, whole: Target) -> dict[str, Target]:
        """The targets of the same indicator, date and kind that count directly below, by area."""
        ids = {replace(whole, area=code).id for code in self._areas_below(whole)}
        return {
            target.area: target
            for target in self._targets.all()
            if target.id in ids and not target.retired
        }

    def _basis(self, whole: Target, division: Division) -> str:
        match = BY.fullmatch(division.by)
        if match is None:
            english = f"by {division.by!r} is not shares, last_year, evenly or indicator:ID"
            raise StoreError(Text("请选择分解的办法或指标。", english))
        if division.by in ("evenly", "shares"):
            return ""
        return one_indicator(self._catalogue, match[1]).id if match[1] else whole.indicator

    def _weights(self, whole: Target, division: Division, basis: str) -> dict[str, float]:
        areas, below = self._areas(), self._areas_below(whole)
        if not below:
            english = f"{whole.id}: no areas below {whole.area} are known"
            raise StoreError(Text("没有已知的下级地区，不能分解。", english))
        if division.by == "evenly":
            return dict.fromkeys(below, 1.0)
        if basis:
            return self._figures_below(basis, below, whole.period.plus(-12))
        given = {one_area(areas, k).code: v for k, v in (division.shares or {}).items()}
        strange = ", ".join(sorted(set(given) - set(below)))
        if strange:
            english = f"{strange}: not directly below {whole.area}"
            raise StoreError(Text(f"{strange}不是{whole.area}的直接下级。", english))
        if not all(math.isfinite(share) for share in given.values()):
            raise StoreError(Text("份额要是数字。", "a share is a number"))
        return given

    def _figures_below(self, indicator: str, below: list[str], month: Period) -> dict[str, float]:
        values = self._targets.scorecard().figures_of([indicator], below, month)[indicator]
        missing = [code for code, value in values.items() if value is None]
        if missing:
            raise StoreError(self._missing(indicator, missing, month))
        return {code: value for code, value in values.items() if value is not None}

    def _missing(self, indicator: str, codes: Iterable[str], month: Period) -> Text:
        """Which figures are missing to divide by, in words."""

        def message(language: str) -> str:
            names = word("list_comma", language).join(
                self._areas().name_of(code, language) for code in codes
            )
            name, when = (
                self._catalogue.indicators[indicator].name[language],
                periods.name(month, language),
            )
            return word("split_missing", language, name=name, period=when, areas=names)

        return Text(message("zh"), message("en"))


def typed_division(way: str, basis: str, typed: Mapping[str, object]) -> Division:
    """A division as it is chosen and typed on a page: ``typed`` are shares by area code.

    Empty ones are no shares; percent signs may stand. Raises UnknownName for one that is no number.
    """
    if way != "shares":
        return Division(f"indicator:{basis}" if way == "indicator" else way)
    written = {area: str(one).strip() for area, one in typed.items() if one not in (None, "")}
    try:
        shares = {area: float(one.rstrip("%％")) for area, one in written.items() if one}
    except ValueError:
        raise UnknownName(
            Text("份额要是数字，如 40 或 40%。", "A share is a number such as 40 or 40%.")
        ) from None
    if not shares:
        raise StoreError(Text("请填写份额。", "Fill in the shares."))
    return Division("shares", shares)


def _as_one(changes: list[TargetChange], name: str) -> PartsChange:
    first, parts, over = changes[0], {}, []
    for change in changes:
        before, after = change.before, change.after
        counted, counts = _is_part(before, name), _is_part(after, name)
        if counted and not counts:
            over.append(after.area)
        elif counts and not (counted and before and before.value == after.value):
            parts[after.area] = after.value
    return PartsChange(first.written, first.written_by, first.reason, parts, tuple(over))


def _is_part(target: Target | None, name: str) -> bool:
    """Whether a target is a part in force of the named one."""
    return target is not None and target.split_from == name and not target.retired
