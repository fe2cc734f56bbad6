"""Reads who reported what and when: a count of figures stored with every submission."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Engine,
    FromClause,
    Select,
    and_,
    case,
    exists,
    func,
    or_,
    select,
)

from dashboard.catalogue.concepts import FigureKind, FigureStatus, Observation
from dashboard.catalogue.periods import Period, from_key
from dashboard.store.query import CHUNK
from dashboard.store.tables import KEY, observation, reported, revision, submission

UNNUMBERED = frozenset({"street_table"})  # layouts whose name is no form: it is told by its figures
MOST_INDICATORS = 60  # of a submission that are named with it; a table of more is of no one subject
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
    indicators: tuple[str, ...] = ()  # of a table of an unnumbered form


def indicators_named(form: str, stated: Iterable[Observation]) -> str:
    """What ``indicators`` of a submission holds: the ids by comma, empty where it names none."""
    names = {one.indicator for one in stated} if form in UNNUMBERED else set()
    return ",".join(sorted(names)) if len(names) <= MOST_INDICATORS else ""


def reported_rows(number: int, stated: Iterable[Observation]) -> list[tuple[str | int, ...]]:
    """One submission's rows of ``reported``, in its columns' order."""
    own = (figure for figure in stated if not figure.secondary)
    alike = Counter((one.area, one.period, one.kind, one.status, one.value is None) for one in own)
    counts: dict[tuple[str, int], list[int]] = {}
    for (area, period, kind, status, is_blank), figures_alike in alike.items():
        if kind not in _KINDS:
            continue
        count = counts.setdefault((area, period.key), [0, 0])
        count[0] += figures_alike
        if not is_blank or status is FigureStatus.SUPPRESSED:
            count[1] += figures_alike
    return [(area, number, period, *count) for (area, period), count in sorted(counts.items())]


def read_deliveries(
    engine: Engine, areas: Collection[str], as_of: datetime | None = None
) -> list[Delivery]:
    """Everything that ever came for these areas, withdrawn or not, as it came.

    With ``as_of`` what had come by then; what was withdrawn later is not yet marked so.
    """
    codes, deliveries = sorted(set(areas)), []
    with engine.connect() as connection:
        for start in range(0, len(codes), CHUNK):
            for row in connection.execute(_deliveries(codes[start : start + CHUNK], as_of)):
                names = tuple(filter(None, row.indicators.split(",")))
                delivery = Delivery._make(row)
                deliveries.append(delivery._replace(period=from_key(row.period), indicators=names))
    deliveries.sort(key=lambda delivery: delivery.submission)
    return deliveries if as_of is None else [_then(latest, as_of) for latest in deliveries]


def _deliveries(areas: Sequence[str], as_of: datetime | None) -> Select[Any]:
    """Each place of a submission in these areas, in the fields' order of ``Delivery``.

    DISTINCT has each submission read once: joined as it is, one that states many places would be
    looked through for drafts at each of them.
    """
    numbers = select(reported.c.submission).where(reported.c.area.in_(areas))
    handed_in = select(
        submission.c.id,
        submission.c.form,
        submission.c.file,
        submission.c.received,
        submission.c.is_sample,
        submission.c.withdrawn,
        submission.c.returned,
        submission.c.withdrawn_reason,
        submission.c.indicators,
    ).where(submission.c.id.in_(numbers))
    if as_of is not None:
        handed_in = handed_in.where(submission.c.received <= as_of)
    once = handed_in.distinct().subquery("handed_in").c
    place = (reported.c.area, reported.c.period, reported.c.figures, reported.c.given)
    withdrawn = (once.withdrawn, once.returned, once.withdrawn_reason)
    return (
        select(once.id, once.form, once.file, *place, once.received, once.is_sample, *withdrawn)
        .add_columns(once.indicators)
        .where(reported.c.submission == once.id, reported.c.area.in_(areas))
    )


def _then(delivery: Delivery, as_of: datetime) -> Delivery:
    """A delivery as it stood at a moment."""
    later = delivery.withdrawn is not None and delivery.withdrawn > as_of
    return delivery._replace(withdrawn=None, returned=False, reason="") if later else delivery


Place = tuple[str, Period]  # an area and a period
Corrections = frozenset[tuple[int, int, str, Period]]  # earlier and later submission, and the place


def read_corrections(engine: Engine, places: Mapping[Place, Collection[int]]) -> Corrections:
    """Which of these submissions say otherwise of a place than an earlier one that had a value.

    Of a figure that one submission states twice the first value stands. Only figures of these
    places are read, by the key of the current ones: what nobody counts any more is none.
    """
    numbers = {number for several in places.values() for number in several}
    areas = sorted({code for code, _ in places})
    contradictions: set[tuple[int, int, str, int]] = set()
    periods = sorted({period.key for _, period in places})
    with engine.connect() as connection:
        for start in range(0, len(areas) if numbers else 0, _AREAS_AT_ONCE):
            narrowed = (areas[start : start + _AREAS_AT_ONCE], periods, sorted(numbers))
            rows = connection.execute(_contradictions(*narrowed))
            contradictions.update((*row,) for row in rows)
    return frozenset(
        (before, after, code, period)
        for before, after, code, key in contradictions
        if {before, after} <= set(places.get((code, period := from_key(key)), ()))
    )


_AREAS_AT_ONCE = 500
_TOLERANCE = 1e-9  # as a share of the larger value: 1.1 万元 and 11,000 元 are one


def _contradictions(
    areas: Sequence[str], periods: Sequence[int], numbers: Sequence[int]
) -> Select[Any]:
    """Pairs of these submissions of which the later has another value, or none any more."""
    before, after = revision.alias("before"), revision.alias("after")
    same = [side.c[name] == observation.c[name] for side in (before, after) for name in KEY]
    larger = case(
        (func.abs(before.c.value) > func.abs(after.c.value), func.abs(before.c.value)),
        else_=func.abs(after.c.value),
    )
    differs = func.abs(before.c.value - after.c.value) > _TOLERANCE * larger
    place = (observation.c.area, observation.c.period)
    return (
        select(before.c.submission, after.c.submission, *place)
        .distinct()
        .select_from(observation)
        .join(before, and_(*same[: len(KEY)]))
        .join(after, and_(*same[len(KEY) :]))
        .where(
            observation.c.area.in_(areas),
            observation.c.period.in_(periods),
            # As a sum, so that no index of submissions is used: a large one states many places.
            (before.c.submission + 0).in_(numbers),
            (after.c.submission + 0).in_(numbers),
            before.c.submission < after.c.submission,
            before.c.value.is_not(None),
            or_(after.c.value.is_(None), differs),
            *(_is_first(side) for side in (before, after)),
        )
    )


def _is_first(stated: FromClause) -> ColumnElement[bool]:
    """Whether no earlier line of the same submission states the same figure."""
    earlier = revision.alias()
    same = (earlier.c[name] == stated.c[name] for name in (*KEY, "submission"))
    return ~exists().where(*same, earlier.c.sequence < stated.c.sequence)
