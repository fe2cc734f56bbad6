"""Lists of figures and targets as they may leave: small counts hidden, and the row says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from dashboard.analysis.derivation import FigureKey
from dashboard.analysis.progress import Progress
from dashboard.analysis.small_counts import is_small
from dashboard.base.language import word
from dashboard.catalogue.concepts import FigureKind, FigureStatus
from dashboard.catalogue.periods import Period, parse
from dashboard.disclosure.cross_chart import NOTHING, Together
from dashboard.disclosure.progress_rows import progress_rows
from dashboard.disclosure.store_guard import Guard

HIDE, SHOW = "hide", "show"
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
Row = dict[str, object]
_JUDGED = (
    "actual",
    "completion",
    "elapsed",
    "expected",
    "gap",
    "forecast",
    "needed_per_month",
)
_YEARS_BACK = 3  # of the course that the time elapsed may be taken from


def hide_figures(guard: Guard, rows: Iterable[Mapping[str, object]]) -> list[Row]:
    """Rows of figures or of their versions without the hidden values, which read as suppressed.

    The words in which a hidden value was stated go, also where another row came with the same ones.
    """
    given = list(rows)
    keys = [_key(row) for row in given]
    hidden = guard.hidden_figures(keys)
    gone = [hidden.hides(key) for key in keys]
    words = {
        text
        for row, is_gone in zip(given, gone, strict=True)
        if is_gone
        for text in (row.get("source"), row.get("phrase"))
        if text
    }
    made = []
    for row, is_gone in zip(given, gone, strict=True):
        kept: Row = {**row}
        if is_gone:
            kept |= {"value": None, "status": str(FigureStatus.SUPPRESSED)}
        if row.get("source") in words:
            kept["source"] = str(row["source"]).partition(" · “")[0]
        if row.get("phrase") in words:
            kept["phrase"] = ""
        made.append(kept)
    return made


def _key(row: Mapping[str, object]) -> FigureKey:
    period, kind = parse(str(row["period"])).end, str(row["kind"])
    return FigureKey(str(row["indicator"]), str(row["area"]), period, kind=kind)


def hide_progress(guard: Guard, found: Sequence[Progress], language: str) -> list[Row]:
    """How targets stand, without what follows from hidden figures; their reason says so.

    The status stays: it says on which side of a line a figure lies, and not which it is.
    """
    rows = progress_rows(found, guard.areas, language)
    gone = hidden_standings(guard, found)
    return [
        _without(row, one, where, language) if where else row
        for one, row, where in zip(found, rows, gone, strict=True)
    ]


def hidden_standings(
    guard: Guard, found: Sequence[Progress], extra: Together = NOTHING
) -> list[frozenset[str]]:
    """What is hidden of each target's standing: "judged" what follows from a hidden figure, "base"
    the base and what is counted from it; nothing where all of it may leave.

    ``extra`` is hidden in what leaves beside it.
    """
    hidden = guard.hidden_figures([key for one in found for key in _inputs(one)], extra)
    least = guard.least
    made = []
    for one in found:
        meaning = guard.catalogue.indicators[one.target.indicator]
        base = is_small(one.base, meaning, least) or (
            one.base_period is not None and hidden.hides(_figure(one, one.base_period))
        )
        judged = base or is_small(one.actual, meaning, least)
        judged = judged or any(map(hidden.hides, _inputs(one)))
        made.append(frozenset({"judged"} if judged else ()) | ({"base"} if base else set()))
    return made


def without_numbers(text: str, values: Iterable[float | None]) -> str:
    """The sentence, or "" where it states one of these hidden values."""
    known = {value for value in values if value is not None}
    said = (float(found.replace(",", "")) for found in _NUMBER.findall(text))
    return "" if known & set(said) else text


def _figure(one: Progress, period: Period) -> FigureKey:
    return FigureKey(one.target.indicator, one.area, period, kind=FigureKind.ACTUAL)


def _inputs(one: Progress) -> list[FigureKey]:
    """The figures that what is said of a target follows from."""
    months = [one.actual_period or one.period, one.base_period, one.target.start.plus(-1)]
    if one.history_years:
        ends = (one.actual_period or one.period, one.target.period)
        months += [end.plus(-12 * back) for end in ends for back in range(1, _YEARS_BACK + 1)]
    return [_figure(one, month) for month in months if month is not None]


def _without(row: Row, one: Progress, where: frozenset[str], language: str) -> Row:
    kept: Row = {**row, **dict.fromkeys(_JUDGED), "reason": word("status_hidden", language)}
    kept["source"] = without_numbers(one.target.source, (one.actual, one.base))
    if "base" in where:
        kept["base"] = None
    return kept
