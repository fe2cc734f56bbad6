"""Lists institutions as rows with their marks, for CSV, JSON and workbooks."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.analysis.small_counts import HIDDEN
from dashboard.base.language import word
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.registers import RegisterTypes
from dashboard.store.registers import ListedRow

COLUMNS = (
    "name",
    "type",
    "area",
    "area_name",
    "community",
    "address",
    "nature",
    "code",
    "state",
    "established",
    "ended",
    "beds",
    "nursing_beds",
    "residents",
    "counts",
    "date",
    "grade",
    "demo",
    "submission",
    "file",
    "row",
)
_MEASURES = ("beds", "nursing_beds", "residents")
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def register_rows(
    rows: Iterable[ListedRow],
    registers: RegisterTypes,
    areas: Areas,
    language: str,
    *,
    suppresses_residents: bool = False,
) -> list[dict[str, object]]:
    """One row an institution: where it stands, what it adds to the figure, and where it came from.

    ``counts`` is what it adds to the figure that is asked for, else None. Hidden residents are "*".
    """
    made = []
    for listed in rows:
        place = listed.institution
        kind = registers.types.get(place.kind)
        row: dict[str, object] = {
            "name": place.name,
            "type": kind.name[language] if kind else place.type,
            "area": place.area,
            "area_name": areas.name_of(place.area, language),
            "community": place.community,
            "address": place.address,
            "nature": place.nature,
            "code": place.code,
            "state": word(f"register_{place.standing}", language),
            "established": place.established,
            "ended": place.ended,
            **{name: getattr(place, name) for name in _MEASURES},
            "counts": listed.amount,
            "date": str(listed.period),
            "grade": word(f"grade_{listed.grade}", language),
            "demo": word("demo_title", language) if listed.grade == "demo" else "",
            "submission": listed.submission,
            "file": listed.file,
            "row": place.row,
        }
        if suppresses_residents:
            row["residents"] = HIDDEN if place.residents is not None else None
            if kind is not None and kind.residents == listed.indicator != "":
                row["counts"] = HIDDEN
        made.append(row)
    return made
