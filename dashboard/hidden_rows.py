"""Lists of figures and targets as they may leave: small counts hidden, and the row says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dashboard.analysis.derivation import FigureKey
from dashboard.analysis.progress import Progress
from dashboard.catalogue.concepts import FigureKind, FigureStatus
from dashboard.catalogue.periods import Period, parse
from dashboard.charts.figure_sums import HiddenFigures
from dashboard.exports.progress_rows import progress_rows
from dashboard.hidden_figures import Leaving
from dashboard.language import word

HIDE, SHOW = "hide", "show"
Row = dict[str, object]
_JUDGED = (
    "actual", "completion", "elapsed", "expected", "gap", "forecast", "needed_per_month",
)  # fmt: skip
_YEARS_BACK = 3  # of the course that the time elapsed may be taken from


def hide_figures(desk: Leaving, rows: Iterable[Mapping[str, object]]) -> list[Row]:
    """Rows of figures or of their versions without the hidden values, which read as suppressed.

    The words in which a hidden value was stated go, also where another row came with the same ones.
    """
    given = list(rows)
    keys = [_key(row) for row in given]
    hidden = desk.hidden_figures(keys)
    gone = [hidden.hides(key) for key in keys]
    words = {text for row, is_gone in zip(given, gone, strict=True) if is_gone
             for text in (row.get("source"), row.get("phrase")) if text}  # fmt: skip
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


def hide_progress(desk: Leaving, found: Sequence[Progress], language: str) -> list[Row]:
    """How targets stand, without what follows from hidden figures; their reason says so.

    The status stays: it says on which side of a line a figure lies, and not which it is.
    """
    hidden = desk.hidden_figures([key for one in found for key in _inputs(one)])
    rows = progress_rows(found, desk.areas(), language)
    return [_without(row, one, hidden, language) for one, row in zip(found, rows, strict=True)]


def _figure(one: Progress, period: Period) -> FigureKey:
    return FigureKey(one.target.indicator, one.area, period, kind=FigureKind.ACTUAL)


def _inputs(one: Progress) -> list[FigureKey]:
    """The figures that what is said of a target follows from."""
    months = [one.actual_period or one.period, one.base_period, one.target.start.plus(-1)]
    if one.history_years:
        ends = (one.actual_period or one.period, one.target.period)
        months += [end.plus(-12 * back) for end in ends for back in range(1, _YEARS_BACK + 1)]
    return [_figure(one, month) for month in months if month is not None]


def _without(row: Row, one: Progress, hidden: HiddenFigures, language: str) -> Row:
    if not any(map(hidden.hides, _inputs(one))):
        return row
    kept: Row = {**row, **dict.fromkeys(_JUDGED), "reason": word("status_hidden", language)}
    if one.base_period is not None and hidden.hides(_figure(one, one.base_period)):
        kept["base"] = None
    return kept
