"""Releases lists of figures and targets: small counts are hidden, and the row says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import compress

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.figure_relations import SuppressedFigures
from dashboard.analysis.progress import Progress
from dashboard.analysis.small_counts import is_small
from dashboard.analysis.target_status import Status
from dashboard.base.language import word
from dashboard.catalogue.concepts import FigureKind, FigureStatus
from dashboard.catalogue.figure_marks import FigureMark
from dashboard.catalogue.periods import Period, listed_end
from dashboard.charts.text.target_words import status_word
from dashboard.disclosure.joint_suppression import NOTHING, JointSuppression
from dashboard.disclosure.progress_rows import progress_rows
from dashboard.disclosure.store_guard import SmallCounts

HIDE, SHOW = "hide", "show"
Row = dict[str, object]
_JUDGED = (
    "actual",
    "completion",
    "expected_share",
    "elapsed",
    "expected",
    "gap",
    "forecast",
    "needed_per_month",
    "standing",
)
_YEARS_BACK = 3  # of the course that the time elapsed may be taken from


PLACE = "place"  # of a row's source: where it was stated, without the words; not listed


def whole_rows(rows: Iterable[Mapping[str, object]]) -> Iterator[Row]:
    """Rows of figures as they are listed where nothing is suppressed."""
    for row in rows:
        yield {name: value for name, value in row.items() if name != PLACE}


def suppress_figures(guard: SmallCounts, rows: Iterable[Mapping[str, object]]) -> list[Row]:
    """Rows of figures or of their versions without the suppressed values; their status says so.

    So are other values than those that count now, where something of the family and year is hidden.
    The words in which a suppressed value was stated go, also where another row has the same ones.
    """
    given = list(rows)
    keys = [_key(row) for row in given]
    suppressed = guard.suppressed_figures(keys)
    gone = [
        suppressed.hides(key) or (_is_stated(row) and guard.is_other(key, _value(row)))
        for key, row in zip(keys, given, strict=True)
    ]
    stating = _words_of(compress(given, gone))
    made = [_without_words(row, stating) for row in given]
    return [_suppressed(row) if is_gone else row for row, is_gone in zip(made, gone, strict=True)]


def _words_of(rows: Iterable[Mapping[str, object]]) -> set[object]:
    """The words in which the sources of rows state their values."""
    words = (row.get(name) for row in rows for name in ("source", "phrase"))
    return set(filter(None, words))


def _suppressed(row: Row) -> Row:
    """The row without its value, marked as suppressed."""
    hidden: Row = {"value": None, "status": str(FigureStatus.SUPPRESSED), "qualifier": ""}
    marks: Row = {"marks": str(FigureMark.HIDDEN)} if "marks" in row else {}
    return row | hidden | marks


def _without_words(row: Mapping[str, object], stating: Collection[object]) -> Row:
    """The row as it is listed, without words that state a suppressed value."""
    visible = {name: value for name, value in row.items() if name != PLACE}
    if row.get("source") in stating:
        visible["source"] = row.get(PLACE, "")
    if row.get("phrase") in stating:
        visible["phrase"] = ""
    return visible


def _is_stated(row: Mapping[str, object]) -> bool:
    """Whether it is of the figure as it was handed in, not restated for areas that came later."""
    return str(FigureMark.RESTATED) not in str(row.get("marks", ""))


def _value(row: Mapping[str, object]) -> float | None:
    value = row.get("value")
    return float(value) if isinstance(value, int | float) else None


def _key(row: Mapping[str, object]) -> FigureKey:
    period, kind = listed_end(str(row["period"])), str(row["kind"])
    return FigureKey(str(row["indicator"]), str(row["area"]), period, kind=kind)


def suppress_progress(
    guard: SmallCounts, standings: Sequence[Progress], language: str
) -> list[Row]:
    """How targets stand, without what follows from hidden figures; their reason says so.

    The status goes too: it says on which side of the target the figure lies, and a total shown
    beside it says the rest.
    """
    rows = progress_rows(standings, guard.catalogue, guard.areas, language)
    gone = suppressed_standings(guard, standings)
    return [
        _without(row, where, language) if where else row
        for row, where in zip(rows, gone, strict=True)
    ]


def suppressed_standings(
    guard: SmallCounts, standings: Sequence[Progress], extra: JointSuppression = NOTHING
) -> list[frozenset[str]]:
    """What is hidden of each target's standing: "judged" what follows from a hidden figure, "base"
    the base and what is counted from it; nothing where all of it may leave.

    ``extra`` is hidden in what leaves beside it.
    """
    suppressed = guard.suppressed_figures(
        [key for progress in standings for key in _inputs(progress)], extra
    )
    return [_standing(guard, progress, suppressed) for progress in standings]


def _standing(guard: SmallCounts, progress: Progress, hidden: SuppressedFigures) -> frozenset[str]:
    meaning = guard.catalogue.indicators[progress.target.indicator]
    base_figure = _figure(progress, progress.base_period) if progress.base_period else None
    if is_small(progress.base, meaning, guard.least) or (base_figure and hidden.hides(base_figure)):
        return frozenset({"judged", "base"})
    small = is_small(progress.actual, meaning, guard.least)
    judged = small or any(map(hidden.hides, _inputs(progress)))
    return frozenset({"judged"} if judged else ())


def _figure(progress: Progress, period: Period) -> FigureKey:
    return FigureKey(progress.target.indicator, progress.area, period, kind=FigureKind.ACTUAL)


def _inputs(progress: Progress) -> list[FigureKey]:
    """The figures that what is said of a target follows from."""
    months = [
        progress.actual_period or progress.period,
        progress.base_period,
        progress.target.start.plus(-1),
    ]
    if progress.history_years:
        ends = (progress.actual_period or progress.period, progress.target.period)
        months += [end.plus(-12 * back) for end in ends for back in range(1, _YEARS_BACK + 1)]
    return [_figure(progress, month) for month in months if month is not None]


def _without(row: Row, where: frozenset[str], language: str) -> Row:
    visible: Row = {
        **row,
        **dict.fromkeys(_JUDGED),
        "reason": word("status_small_count", language),
        "status": str(Status.NOT_JUDGED),
        "status_name": status_word(Status.NOT_JUDGED, language),
    }
    visible["source"] = ""  # free text may state the figure
    if "base" in where:
        visible["base"] = None
    return visible
