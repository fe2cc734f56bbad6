"""Lists how form, area, period, unit and grade of a sheet were recognised, each with its cell."""

from __future__ import annotations

from pathlib import PurePath
from typing import NamedTuple

from dashboard.catalogue.concepts import Observation, SubmissionHead
from dashboard.catalogue.periods import Span
from dashboard.intake.forms.files.cells import Sheet, column_letter, column_place, text_of
from dashboard.intake.forms.layout import (
    CELL,
    SHEET_NAME,
    YEAR_TABLE,
    Citation,
    FormRefused,
    Recognition,
)
from dashboard.intake.open_sheets import Taken
from dashboard.intake.submission_request import Handover

GIVEN, FILE_NAME, USUAL, NOT_FOUND = "given", "file_name", "usual", ""
LISTED = ","  # between the ids of several units
HEADINGS = "headings"  # of the period: several are named by headings or rows


class Evidence(NamedTuple):
    """How one thing was recognised; row and column as a person counts them (1, A).

    ``what`` is form, area, period, grade or unit; ``value`` a form's id, an area's code, a period
    (2024-09), a grade, the ids of units joined by LISTED, or empty where it could not be read.
    ``origin`` is cell, given (the person said so), file_name, sheet_name, usual (the form's usual
    grade), or empty.
    """

    what: str
    value: str
    origin: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    printed: str = ""


def evidence_of(file: str, taken: Taken, head: SubmissionHead, given: Handover) -> list[Evidence]:
    """How a sheet that was read was understood."""
    recognition, sheet, citations = taken.found, taken.sheet, _citations(taken)
    values = {"form": head.form, "area": head.area, "period": str(head.period or "")}
    evidence = [
        evidence_from(what, value, citations, file, sheet.name) for what, value in values.items()
    ]
    several = _several_periods(taken)
    if several and evidence[-1].origin != GIVEN:
        evidence[-1] = Evidence("period", several, HEADINGS, sheet.name)
    if recognition.units and "unit" in citations:
        units = LISTED.join(unit.id for unit in recognition.units)
        evidence.append(evidence_from("unit", units, citations, file, sheet.name))
    origin = GIVEN if given.grade else USUAL
    return [*evidence, Evidence("grade", str(head.grade), origin, sheet.name)]


def _citations(taken: Taken) -> dict[str, Citation]:
    """The cells by which a sheet was recognised; area and period may stand in its rows only."""
    recognition, observations = taken.found, taken.read.observations
    citations = {**recognition.evidence}
    citations.setdefault("form", citations["layout"])
    if observations and "area" not in citations:
        citations["area"] = _area_cell(taken.sheet, recognition, observations[0])
    if observations and "period" not in citations:
        latest = max(observations, key=lambda observation: observation.period)
        citations["period"] = _period_cell(taken.sheet, recognition, latest)
    return citations


def _several_periods(taken: Taken) -> str:
    """The first and the last of several periods of a sheet: 2026-07..2026-09; else empty."""
    if taken.found.layout != YEAR_TABLE:
        return ""
    known = {
        observation.period for observation in taken.read.observations if not observation.secondary
    }
    known |= {column.span.end for column in taken.found.columns if column.span and not known}
    return f"{min(known)}..{max(known)}" if len(known) > 1 else ""


def evidence_of_refusal(
    file: str, sheet: str, refusal: FormRefused, given: Handover
) -> list[Evidence]:
    """What could be read of a sheet whose area or period could not."""
    head = refusal.head
    if head is None:
        return []
    citations = {**head.evidence}
    if "layout" in citations:
        citations.setdefault("form", citations["layout"])
    values = {
        "form": head.form,
        "area": head.area.code if head.area else "",
        "period": _stated(head.period) if head.period else "",
    }
    evidence = [
        evidence_from(what, value, citations, file, sheet) for what, value in values.items()
    ]
    if given.grade:
        evidence.append(Evidence("grade", str(given.grade), GIVEN, sheet))
    return evidence


def _stated(span: Span) -> str:
    """A period as a person would state it: a whole year is 2026, and not its last month."""
    return str(span.end.year) if span.is_year else str(span.end)


def evidence_from(
    what: str, value: str, citations: dict[str, Citation], file: str, sheet: str
) -> Evidence:
    """The evidence for one value out of all that was read; without it where there is none."""
    citation = citations.get(what)
    if citation is None or not value:
        return Evidence(what, "", NOT_FOUND, sheet)
    origin = citation.origin
    if origin == SHEET_NAME and citation.printed == PurePath(file).stem:
        origin = FILE_NAME  # a text file is one sheet, named as the file
    return Evidence(what, value, origin, sheet, citation.row, citation.column, citation.printed)


def _area_cell(sheet: Sheet, recognition: Recognition, observation: Observation) -> Citation:
    """The cell that names the area of a figure: in its row, else the figure's own."""
    key = recognition.column("area") or recognition.column("area_code")
    return _cell(sheet, observation.source.row - 1, key.place if key else _column(observation))


def _period_cell(sheet: Sheet, recognition: Recognition, observation: Observation) -> Citation:
    """The cell that names the period of a figure: in its row, over its column, or its own."""
    key = recognition.column("period")
    if key is not None:
        return _cell(sheet, observation.source.row - 1, key.place)
    if any(
        column.role == "year" and column.place == _column(observation)
        for column in recognition.columns
    ):
        return _cell(sheet, recognition.header_rows[-1], _column(observation))
    return _cell(sheet, observation.source.row - 1, _column(observation))


def _column(observation: Observation) -> int:
    return column_place(observation.source.column)


def _cell(sheet: Sheet, row: int, column: int) -> Citation:
    return Citation(CELL, text_of(sheet.spread(row, column)), row + 1, column_letter(column))
