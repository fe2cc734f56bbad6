"""Reads who reported what and when: a count of figures stored with every submission."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Engine, select

from dashboard.catalogue.concepts import FigureKind, FigureStatus, Observation
from dashboard.catalogue.periods import Period, from_key
from dashboard.store.query import CHUNK
from dashboard.store.tables import reported, revision, submission

_KINDS = (FigureKind.ACTUAL, FigureKind.STANDARD)  # a target says nothing of what was reported


class Delivery(NamedTuple):
    """What one submission states for one area and period itself, not for comparison.

    ``given`` of its ``figures`` have a value or are withheld on purpose; the others say that they
    are not reported, or are blank.
    """

    submission: int
    form: str
    file: str
    area: str
    period: Period
    figures: int
    given: int
    received: datetime
    is_sample: bool
    withdrawn: datetime | None
    returned: bool
    reason: str


def reported_rows(number: int, stated: Iterable[Observation]) -> list[tuple[str | int, ...]]:
    """One submission's rows of ``reported``, in its columns' order."""
    counts: dict[tuple[str, int], list[int]] = {}
    for observation in stated:
        if observation.secondary or observation.kind not in _KINDS:
            continue
        count = counts.setdefault((observation.area, observation.period.key), [0, 0])
        count[0] += 1
        count[1] += observation.value is not None or observation.status is FigureStatus.SUPPRESSED
    return [(area, number, period, *count) for (area, period), count in sorted(counts.items())]


def read_deliveries(
    engine: Engine, areas: Collection[str], as_of: datetime | None = None
) -> list[Delivery]:
    """Everything that ever came for these areas, withdrawn or not, as it came.

    With ``as_of`` what had come by then; what was withdrawn later is not yet marked so.
    """
    statement = select(
        submission.c.id,
        submission.c.form,
        submission.c.file,
        reported.c.area,
        reported.c.period,
        reported.c.figures,
        reported.c.given,
        submission.c.received,
        submission.c.is_sample,
        submission.c.withdrawn,
        submission.c.returned,
        submission.c.withdrawn_reason,
    ).join(submission, submission.c.id == reported.c.submission)
    if as_of is not None:
        statement = statement.where(submission.c.received <= as_of)
    codes, deliveries = sorted(set(areas)), []
    with engine.connect() as connection:
        for start in range(0, len(codes), CHUNK):
            part = reported.c.area.in_(codes[start : start + CHUNK])
            for row in connection.execute(statement.where(part)):
                deliveries.append(Delivery._make(row)._replace(period=from_key(row.period)))
    deliveries.sort(key=lambda delivery: delivery.submission)
    return deliveries if as_of is None else [_then(latest, as_of) for latest in deliveries]


def _then(delivery: Delivery, as_of: datetime) -> Delivery:
    """A delivery as it stood at a moment."""
    later = delivery.withdrawn is not None and delivery.withdrawn > as_of
    return delivery._replace(withdrawn=None, returned=False, reason="") if later else delivery


Stated = dict[tuple[int, str, Period], dict[tuple[str, str], float | None]]


def read_stated(engine: Engine, submissions: Collection[int], areas: Sequence[str]) -> Stated:
    """What these submissions say of these areas: (submission, area, period) → {key: value}.

    The key is (indicator, kind); of a key stated twice the first value stands.
    """
    columns = [revision.c[n] for n in ("submission", "area", "period", "indicator", "kind")]
    numbers, stated = sorted(set(submissions)), Stated()
    wanted = set(areas)
    with engine.connect() as connection:
        for start in range(0, len(numbers), CHUNK):
            statement = (
                select(*columns, revision.c.value)
                .where(revision.c.submission.in_(numbers[start : start + CHUNK]))
                .order_by(revision.c.submission, revision.c.sequence)
            )
            for row in connection.execute(statement):
                if row.area in wanted:
                    values = stated.setdefault((row.submission, row.area, from_key(row.period)), {})
                    values.setdefault((row.indicator, row.kind), row.value)
    return stated
