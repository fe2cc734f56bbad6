"""Works out where a target goes when its area is merged, split or renamed.

The target of an area that ended counts until its last month. From then on it is carried over to the
area that succeeds it, unless that has a target of its own or another predecessor has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.catalogue.area_changes import AreaChange, ChangeRule, Step
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Aggregation
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import Path, Target, TargetKind

_Key = tuple[str, Period]


@dataclass(frozen=True, slots=True)
class Succession:
    """Where a target went from ``period`` on: to ``areas``; ``how`` names what became of it.

    "carried" (it counts there), "own" (that area has a target of its own) or "alone" (another
    predecessor has none, or the change allows no restating).
    """

    period: Period
    areas: tuple[str, ...]
    how: str


def with_carried(targets: Sequence[Target], catalogue: Catalogue, areas: Areas) -> list[Target]:
    """These targets, and those that areas have from their predecessors."""
    if not areas.changes:
        return list(targets)
    every, waiting = list(targets), True
    while waiting:
        made = list(_carried(every, catalogue, areas))
        every += made
        waiting = bool(made)
    return every


def went_to(target: Target, targets: Iterable[Target], areas: Areas) -> Succession | None:
    """What became of a target whose area ended before it is due; None where it did not."""
    pairs = _ending(target, areas)
    if not pairs:
        return None
    heirs = tuple(pair.new for pair in pairs)
    there = [one for one in targets if one.area in heirs and _key(one) == _key(target)]
    how = "alone"
    if there:
        how = "carried" if all(target.area in one.carried for one in there) else "own"
    return Succession(pairs[0].period, heirs, how)


def _key(target: Target) -> _Key:
    return target.indicator, target.period


def _carried(targets: Sequence[Target], catalogue: Catalogue, areas: Areas) -> Iterator[Target]:
    """The targets of successors that have none of their own, each once."""
    by_area: dict[str, dict[_Key, Target]] = {}
    for target in targets:
        if not target.retired:
            by_area.setdefault(target.area, {})[_key(target)] = target
    places = {
        (pair.new, _key(old)): pair
        for old in targets
        if not old.retired
        for pair in _ending(old, areas)
        if _key(old) not in by_area.get(pair.new, {})
    }
    for (_, key), pair in places.items():
        made = _of_step(_step(areas, pair), key, by_area, catalogue)
        if made is not None:
            yield made


def _ending(target: Target, areas: Areas) -> list[AreaChange]:
    """The pairs by which the target's area ended before it is due."""
    ended = areas.changes.closed_in(target.area)
    if ended is None or ended >= target.period:
        return []
    return [pair for pair in areas.changes.from_old(target.area) if pair.period == ended.plus(1)]


def _step(areas: Areas, pair: AreaChange) -> Step:
    return next(step for step in areas.changes.made(pair.new) if step.period == pair.period)


def _of_step(
    step: Step, key: _Key, by_area: Mapping[str, Mapping[_Key, Target]], catalogue: Catalogue
) -> Target | None:
    """The target of the step's area; None where a part is missing or no rule makes one of them."""
    parts = [by_area.get(pair.old, {}).get(key) for pair in step.pairs]
    known = [part for part in parts if part is not None]
    if len(known) != len(parts) or step.is_break or len({part.kind for part in known}) > 1:
        return None
    first, codes = known[0], tuple(pair.old for pair in step.pairs)
    moved = replace(first, area=step.area, registered=False, carried=codes)
    return moved if step.is_rename else _combined(step, moved, known, _is_summed(first, catalogue))


def _combined(step: Step, moved: Target, known: Sequence[Target], summed: bool) -> Target | None:
    """The targets of several areas as one of the step's area; None where no rule makes one."""
    value = _restated(step, [part.value for part in known], summed)
    if value is None:
        return None
    return replace(
        moved,
        value=value,
        base=_restated_base(step, known, summed),
        source=_joined("；", (part.source for part in known)),
        owner=_joined("、", (part.owner for part in known)),
        path=moved.path if _agree(known) else Path.LINEAR,
        milestones=(),
    )


def _restated_base(step: Step, known: Sequence[Target], summed: bool) -> float | None:
    """The bases by the rule of the change; None where a part has none."""
    bases = [part.base for part in known if part.base is not None]
    return _restated(step, bases, summed) if len(bases) == len(known) else None


def _joined(comma: str, texts: Iterable[str]) -> str:
    """The texts that are not empty, each once."""
    return comma.join(dict.fromkeys(text for text in texts if text))


def _agree(known: Sequence[Target]) -> bool:
    """Whether all go the same way, and one that needs no milestones."""
    return len({part.path for part in known}) == 1 and known[0].path is not Path.MILESTONES


def _is_summed(target: Target, catalogue: Catalogue) -> bool:
    is_sum = catalogue.indicators[target.indicator].aggregation is Aggregation.SUM
    return is_sum and target.kind is not TargetKind.GROWTH


def _restated(step: Step, values: Sequence[float], summed: bool) -> float | None:
    """The values by the rule of the change, as figures are restated."""
    if summed:
        shares = [pair.share if pair.rule is ChangeRule.APPORTION else 1.0 for pair in step.pairs]
        return sum(value * share for value, share in zip(values, shares, strict=True))
    return values[0] if len(set(values)) == 1 else None
