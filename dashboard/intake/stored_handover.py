"""Writes what a person says with a hand-in as JSON, and reads it: for a hand-in that waits."""

from __future__ import annotations

import json
from typing import Any

from dashboard.catalogue.concepts import Grade
from dashboard.intake.submission_request import Handover, SheetAnswers

_PLAIN = ("area", "period", "skip_unknown", "note", "basis", "covers", "unit")
_MAPPED = ("words", "streets", "corrections")


def written_handover(handover: Handover) -> str:
    """The handover as JSON, without who hands in and without areas to be registered.

    A hand-in with such areas never waits: it is an editor's.
    """
    row: dict[str, Any] = {name: getattr(handover, name) for name in _PLAIN}
    row |= {name: dict(getattr(handover, name)) for name in _MAPPED}
    row["grade"] = _of_grade(handover.grade)
    row["mappings"] = [[*key, meant] for key, meant in handover.mappings.items()]
    row["sheets"] = [[*key, _of_sheet(given)] for key, given in handover.sheets.items()]
    return json.dumps(row, ensure_ascii=False)


def read_handover(text: str) -> Handover:
    """The handover that was written; raises ValueError and KeyError for any other text."""
    row = json.loads(text)
    return Handover(
        **{name: row[name] for name in (*_PLAIN, *_MAPPED)},
        grade=_grade(row["grade"]),
        mappings={(form, name): meant for form, name, meant in row["mappings"]},
        sheets={(file, sheet): _sheet(given) for file, sheet, given in row["sheets"]},
    )


def _of_grade(grade: Grade | None) -> str:
    return "" if grade is None else str(grade)


def _grade(text: str) -> Grade | None:
    return Grade(text) if text else None


def _of_sheet(given: SheetAnswers) -> dict[str, Any]:
    mapped = {name: dict(getattr(given, name)) for name in ("streets", "corrections")}
    return given._asdict() | mapped | {"grade": _of_grade(given.grade)}


def _sheet(row: dict[str, Any]) -> SheetAnswers:
    return SheetAnswers(**row | {"grade": _grade(row["grade"])})
