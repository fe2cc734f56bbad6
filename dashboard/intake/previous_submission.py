"""Works out what the last hand-in of the same form had and this one has not.

Of which submission a sheet is the next:

* Only submissions of the same form and area that nobody has withdrawn are looked at, and of those
  only the ones that are the same table: at least half of the indicators of the shorter one and a
  quarter of those of the longer one stand in both. A table of one indicator is not the whole
  monthly table without its other lines. Forms without a number share their layout's name, and one
  form may be spread over several sheets: a table of marriages is never held against one of care
  homes.
* Where the sheet's own period was handed in before, the latest such submission counts, and it is
  compared figure by figure (indicator, area, period, kind): what a corrected hand-in leaves out.
* Otherwise the latest submission of the nearest earlier period counts, compared by indicator and
  area (and kind): the lines and streets that did not come again. Later periods never count.

A line that is printed here, if only blank or as a comparison column, is not missing; nor is one
that had no value then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.catalogue.concepts import FigureKind, Observation, SubmissionHead
from dashboard.catalogue.periods import from_key
from dashboard.intake.changes import MISSING, FigureDifference
from dashboard.store.earlier_submissions import (
    EarlierHead,
    Key,
    earlier_heads,
    figures_of,
    indicators_of,
)
from dashboard.store.opening import Engine

_LOOK_BACK = 12  # submissions that are tried before a table is held to be a new one


@dataclass(frozen=True, slots=True)
class ArrivedSheet:
    """A sheet as it arrives: its head, and everything that was read from it."""

    head: SubmissionHead
    observations: Sequence[Observation]


def missing_since(engine: Engine, sheets: Sequence[ArrivedSheet]) -> list[list[FigureDifference]]:
    """For each sheet the figures missing in it, by area and indicator. A few queries for all."""
    chosen = _last_times(engine, sheets)
    figures = figures_of(engine, {earlier_head.id for earlier_head in chosen if earlier_head})
    return [
        _missing(sheet, last, figures[last.id]) if last else []
        for sheet, last in zip(sheets, chosen, strict=True)
    ]


def _by_place(
    engine: Engine, sheets: Sequence[ArrivedSheet]
) -> dict[tuple[str, str], list[EarlierHead]]:
    """The earlier submissions of the sheets' forms and areas, by both."""
    heads = earlier_heads(
        engine, {sheet.head.form for sheet in sheets}, {sheet.head.area for sheet in sheets}
    )
    by_place: dict[tuple[str, str], list[EarlierHead]] = {}
    for head in heads:
        by_place.setdefault((head.form, head.area), []).append(head)
    return by_place


def _last_times(engine: Engine, sheets: Sequence[ArrivedSheet]) -> list[EarlierHead | None]:
    """For each sheet the submission it is held against."""
    by_place = _by_place(engine, sheets)
    waiting = {
        at: _candidates(sheet, by_place.get((sheet.head.form, sheet.head.area), []))
        for at, sheet in enumerate(sheets)
    }
    chosen: list[EarlierHead | None] = [None] * len(sheets)
    while waiting := {at: left for at, left in waiting.items() if left}:
        # One query a round: usually the first candidate of every sheet is the one.
        known = indicators_of(engine, {left[0].id for left in waiting.values()})
        for at, left in list(waiting.items()):
            candidate = left.pop(0)
            if _is_same_table(sheets[at], known.get(candidate.id, frozenset())):
                chosen[at] = candidate
                del waiting[at]
    return chosen


def _candidates(sheet: ArrivedSheet, heads: Sequence[EarlierHead]) -> list[EarlierHead]:
    """The sheet's own period newest first, then the nearest earlier periods."""
    if sheet.head.period is None:
        return []
    period = sheet.head.period.key
    own = [head for head in heads if head.period == period]
    before = [head for head in heads if head.period < period]
    before.sort(key=lambda head: (head.period, head.id), reverse=True)
    return [*own, *before][:_LOOK_BACK]


def _is_same_table(sheet: ArrivedSheet, indicators: frozenset[str]) -> bool:
    present = {observation.indicator for observation in sheet.observations}
    shared, sizes = len(present & indicators), (len(present), len(indicators))
    return 2 * shared >= min(sizes) > 0 and 4 * shared >= max(sizes)


def _missing(
    sheet: ArrivedSheet, last: EarlierHead, figures: dict[Key, tuple[float, str]]
) -> list[FigureDifference]:
    same_period = sheet.head.period is not None and last.period == sheet.head.period.key
    present = {_compared(observation.key, same_period) for observation in sheet.observations}
    gone: dict[tuple[object, ...], Key] = {}
    for key in sorted(figures):  # of several periods the latest stands for the line
        if _compared(key, same_period) not in present:
            gone[_compared(key, same_period)] = key
    return [
        FigureDifference(
            MISSING,
            i,
            a,
            from_key(p),
            FigureKind(k),
            figures[i, a, p, k][0],
            None,
            figures[i, a, p, k][1],
            "",
            0,
            "",
            last.id,
        )
        for i, a, p, k in sorted(gone.values(), key=lambda key: (key[1], key[0], key[2]))
    ]


def _compared(key: Key, same_period: bool) -> tuple[object, ...]:
    indicator, area, period, kind = key
    return (indicator, area, str(kind), period) if same_period else (indicator, area, str(kind))
