"""Lists targets and their progress as rows that leave: command line and HTTP print the same."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.analysis.progress import Progress
from dashboard.base.rounding import down, half_up, up
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.targets import Target
from dashboard.charts.text.target_words import TargetWords, status_word
from dashboard.store.targets import TargetChange

PROGRESS_COLUMNS = (
    "target",
    "indicator",
    "area",
    "area_name",
    "period",
    "kind",
    "target_value",
    "base",
    "actual",
    "actual_period",
    "completion",
    "expected_share",
    "elapsed",
    "expected",
    "gap",
    "status",
    "status_name",
    "standing",
    "reason",
    "forecast",
    "needed_per_month",
    "source",
    "marks",
)
TARGET_COLUMNS = (
    "target",
    "indicator",
    "area",
    "area_name",
    "period",
    "kind",
    "value",
    "since",
    "base",
    "base_period",
    "source",
    "owner",
    "tolerance",
    "path",
    "milestones",
    "split_from",
    "retired",
    "moved",
    "grade",
    "registered",
)
CHANGE_COLUMNS = ("change", "written", "written_by", "reason", "place", "state", *TARGET_COLUMNS)


def progress_rows(
    standings: Iterable[Progress], catalogue: Catalogue, areas: Areas, language: str
) -> list[dict[str, object]]:
    """Rows with PROGRESS_COLUMNS: values and gap in base units (a rate's gap in its own points),
    shares of the target's way in percent, its standing in the words of every page.
    """
    return [
        {
            "target": row.target.id,
            "indicator": row.target.indicator,
            "area": row.area,
            "area_name": areas.name_of(row.area, language),
            "period": str(row.target.period),
            "kind": str(row.target.kind),
            "target_value": row.target.value,
            "base": row.base,
            "actual": row.actual,
            "actual_period": str(row.actual_period) if row.actual_period else "",
            "completion": _share(row.completion),
            "expected_share": _share(row.expected_share),
            "elapsed": _share(row.elapsed),
            "expected": row.expected,
            "gap": _share(row.gap),
            "status": str(row.status),
            "status_name": status_word(row.status, language),
            "standing": TargetWords(row, catalogue, areas, language).standing,
            "reason": row.reason[language],
            "forecast": row.forecast.value,
            "needed_per_month": _needed(row, catalogue),
            "source": row.target.source,
            "marks": " ".join(row.marks),
        }
        for row in standings
    ]


def target_row(target: Target, areas: Areas, language: str, moves: str = "") -> dict[str, object]:
    """One target with TARGET_COLUMNS; its value and base in base units.

    ``moves`` says where it went when its area was merged, split or renamed.
    """
    return {
        "target": target.id,
        "indicator": target.indicator,
        "area": target.area,
        "area_name": areas.name_of(target.area, language),
        "period": str(target.period),
        "kind": str(target.kind),
        "value": target.value,
        "since": str(target.since or ""),
        "base": target.base,
        "base_period": str(target.base_period or ""),
        "source": target.source,
        "owner": target.owner,
        "tolerance": target.tolerance,
        "path": str(target.path),
        "milestones": ";".join(f"{step.period}={step.value:g}" for step in target.milestones),
        "split_from": target.split_from,
        "retired": target.retired,
        "moved": moves,
        "grade": str(target.grade),
        "registered": "1" if target.registered else "",
    }


def change_rows(
    changes: Iterable[TargetChange], areas: Areas, language: str
) -> list[dict[str, object]]:
    """Two rows a change with CHANGE_COLUMNS: the target before (where it was there) and after."""
    return [
        {
            "change": change.id,
            "written": change.written.isoformat(),
            "written_by": change.written_by,
            "reason": change.reason,
            "place": change.place,
            "state": state,
        }
        | target_row(target, areas, language)
        for change in changes
        for state, target in (("before", change.before), ("after", change.after))
        if target is not None
    ]


def _needed(row: Progress, catalogue: Catalogue) -> float | None:
    """What each month left must bring, counts rounded up; what it may use, rounded down."""
    value = row.needed_per_month
    if value is None:
        return None
    meaning = catalogue.indicators[row.remaining_indicator or row.target.indicator]
    rounded = down if row.is_limit and row.remaining is None else up
    return rounded(value, meaning.decimals if meaning.unit.dimension != "money" else 2)


def _share(value: float | None) -> float | None:
    return None if value is None else half_up(value, 4)
