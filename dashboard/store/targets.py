"""Keeps the register of targets. What was changed, by whom and why, stays for good.

Each change is kept whole, as the target stood before and after, so that the register can be read
as it was at any moment.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Select, delete, func, select

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Grade
from dashboard.catalogue.periods import Period, from_key
from dashboard.catalogue.targets import Milestone, Path, Target, TargetKind
from dashboard.store.opening import StoreError
from dashboard.store.target_tables import commentary, target, target_change
from dashboard.store.transaction import Decision, writing


class TargetChange(NamedTuple):
    """One change of a target: as it stood before (None where it was new) and after."""

    id: int
    target: str
    written: datetime
    written_by: str
    reason: str
    place: str
    sha256: str
    before: Target | None
    after: Target


@dataclass(frozen=True, slots=True)
class NewTargets:
    """Targets that are to hold from now on, and where each stood: ``places`` in their order."""

    targets: Sequence[Target]
    decision: Decision
    places: Sequence[str] = ()
    sha256: str = ""


def read_targets(engine: Engine, as_of: datetime | None = None) -> list[Target]:
    """All registered targets, retired ones too, by id; ``as_of`` as they stood at that moment."""
    if as_of is not None:
        standing = {
            change.target: change.after
            for change in read_changes(engine)
            if change.written <= as_of
        }
        return [standing[name] for name in sorted(standing)]
    with engine.connect() as connection:
        rows = connection.execute(select(target).order_by(target.c.id))
        targets = [_target(dict(row._mapping)) for row in rows]
    # A store may hold one from before it was refused: no figure can be compared with it.
    return [one for one in targets if _is_finite(one)]


def read_changes(engine: Engine, *names: str) -> list[TargetChange]:
    """Every change of the targets with these ids, or of all, oldest first."""
    statement = select(target_change).order_by(target_change.c.id)
    if names:
        statement = statement.where(target_change.c.target.in_(names))
    with engine.connect() as connection:
        return [
            TargetChange(
                row.id,
                row.target,
                row.written,
                row.written_by,
                row.reason,
                row.place,
                row.sha256,
                _target(json.loads(row.before)) if row.before else None,
                _target(json.loads(row.after)),
            )
            for row in connection.execute(statement)
        ]


def save_targets(engine: Engine, new: NewTargets) -> list[str]:
    """Keep the targets, each in place of the one with its id; returns the ids that changed.

    Raises StoreError for a store that cannot be written.
    """
    if not new.targets:
        return []
    with writing(engine) as connection:
        return keep_targets(connection, new)


def keep_targets(connection: Connection, new: NewTargets) -> list[str]:
    """The same within a transaction. A target that is as it was is no change."""
    ids = [new_target.id for new_target in new.targets]
    if len(set(ids)) != len(ids):
        raise StoreError("one target stands twice")
    for new_target in new.targets:
        if not _is_finite(new_target):
            raise StoreError(
                Text(
                    "目标值、基数、容差和节点都要是有限的数",
                    "value, base, tolerance and milestones of a target are finite numbers",
                )
            )
    standing = connection.execute(select(target))
    known = {row.id: dict(row._mapping) for row in standing}
    changed = []
    for place, new_target in enumerate(new.targets):
        row, before = _row(new_target), known.get(new_target.id)
        if before == row:
            continue
        entry = {
            "target": new_target.id,
            "written": new.decision.when,
            "written_by": new.decision.by,
            "reason": new.decision.reason.strip(),
            "place": new.places[place] if new.places else "",
            "sha256": new.sha256,
            "before": _json(before) if before else "",
            "after": _json(row),
        }
        connection.execute(target_change.insert(), entry)
        connection.execute(delete(target).where(target.c.id == new_target.id))
        connection.execute(target.insert(), row)
        changed.append(new_target.id)
    return changed


def remove_sample_targets(connection: Connection) -> int:
    """Delete the samples' targets with all that was said of them; returns how many."""
    samples = select(target.c.id).where(target.c.is_sample)
    connection.execute(delete(commentary).where(commentary.c.target.in_(samples)))
    connection.execute(delete(target_change).where(target_change.c.target.in_(samples)))
    return connection.execute(delete(target).where(target.c.is_sample)).rowcount


class Commentary(NamedTuple):
    """What is said of a target in a period: three texts, one version of them."""

    target: str
    period: Period
    version: int
    why_priority: str
    how_doing: str
    what_doing: str
    written: datetime
    written_by: str


def read_commentary(engine: Engine, name: str, period: Period | None = None) -> list[Commentary]:
    """Every version of what was said of a target, oldest first; of one period where named."""
    statement = (
        select(commentary)
        .where(commentary.c.target == name)
        .order_by(commentary.c.period, commentary.c.version)
    )
    if period is not None:
        statement = statement.where(commentary.c.period == period.key)
    return _commentary(engine, statement)


def commentary_of(engine: Engine, names: Iterable[str]) -> dict[str, list[Commentary]]:
    """Every version of what was said of each of the targets, oldest first, in one reading."""
    versions: dict[str, list[Commentary]] = {name: [] for name in names}
    statement = (
        select(commentary)
        .where(commentary.c.target.in_(versions))
        .order_by(commentary.c.period, commentary.c.version)
    )
    for one in _commentary(engine, statement):
        versions[one.target].append(one)
    return versions


def _commentary(engine: Engine, statement: Select[Any]) -> list[Commentary]:
    with engine.connect() as connection:
        return [
            Commentary(*row)._replace(period=from_key(row.period))
            for row in connection.execute(statement)
        ]


def write_commentary(
    engine: Engine, name: str, period: Period, texts: tuple[str, str, str], by: str, when: datetime
) -> int:
    """Add a version: why it is a priority, how we are doing, what we are doing; its number.

    Raises StoreError where nothing is said, and for a time without its zone.
    """
    why, how, what = (text.strip() for text in texts)
    if when.tzinfo is None:
        raise StoreError(f"{when}: a time with its zone is needed")
    of_period = (commentary.c.target == name) & (commentary.c.period == period.key)
    with writing(engine) as connection:
        last = (
            connection.execute(select(func.max(commentary.c.version)).where(of_period)).scalar()
            or 0
        )
        if not last and not (why or how or what):
            message = "there is nothing to keep: all three texts are empty"
            raise StoreError(Text("三项说明都是空的，没有可保存的内容", message))
        row = (name, period.key, last + 1, why, how, what, when, by)
        names = [column.name for column in commentary.columns]
        connection.execute(commentary.insert(), dict(zip(names, row, strict=True)))
    return last + 1


def as_retired(retired: Target, reason: str) -> Target:
    """The target, counting no more for this reason."""
    return replace(retired, retired=reason.strip(), registered=True)


def _row(new_target: Target) -> dict[str, Any]:
    return {
        "id": new_target.id,
        "indicator": new_target.indicator,
        "area": new_target.area,
        "period": new_target.period.key,
        "kind": str(new_target.kind),
        "value": float(new_target.value),
        "since": new_target.since.key if new_target.since else None,
        "base": None if new_target.base is None else float(new_target.base),
        "base_period": new_target.base_period.key if new_target.base_period else None,
        "source": new_target.source,
        "owner": new_target.owner,
        "tolerance": float(new_target.tolerance),
        "path": str(new_target.path),
        "milestones": ";".join(f"{step.period}={step.value!r}" for step in new_target.milestones),
        "split_from": new_target.split_from,
        "retired": new_target.retired,
        "grade": str(new_target.grade),
        "is_sample": new_target.is_sample,
    }


def _json(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)


def _is_finite(one: Target) -> bool:
    steps = [step.value for step in one.milestones]
    return all(map(math.isfinite, (one.value, one.base or 0.0, one.tolerance, *steps)))


def _target(row: dict[str, Any]) -> Target:
    fields = {key: value for key, value in row.items() if key != "id"}
    steps = [step.split("=") for step in row["milestones"].split(";") if step]
    fields |= {
        "period": from_key(row["period"]),
        "kind": TargetKind(row["kind"]),
        "since": from_key(row["since"]) if row["since"] else None,
        "base_period": from_key(row["base_period"]) if row["base_period"] else None,
        "path": Path(row["path"]),
        "grade": Grade(row["grade"]),
        "milestones": tuple(
            Milestone(Period(*map(int, month.split("-"))), float(value)) for month, value in steps
        ),
    }
    return Target(**fields)
