"""Defines what a preview says of a list of institutions: types, streets, columns, questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import SubmissionHead
from dashboard.catalogue.registers import MEASURES, OPEN
from dashboard.intake.evidence import GIVEN, USUAL, Evidence, evidence_from
from dashboard.intake.forms.files.cells import column_letter
from dashboard.intake.registers.take import TakenRegister
from dashboard.intake.submission_request import Handover
from dashboard.intake.unknown_line import UnknownLine

_SUGGESTED = 5


class CountedType(NamedTuple):
    """A type in an area: how many institutions count, and their sums (None where not summed)."""

    area: str
    kind: str  # a type's id; "" for rows that count to none
    institutions: int
    beds: float | None
    nursing_beds: float | None
    residents: float | None


class UnplacedStreet(NamedTuple):
    """A printed place that is no known street and how many rows are there.

    ``answer`` is the code of the area it was said to be, "-" for leaving its rows out.
    """

    printed: str
    rows: int
    answer: str


@dataclass(frozen=True, slots=True)
class RegisterPreview:
    """A list as it was understood; ``covers`` is "all" where somebody said it covers all streets.

    ``rows`` are all institutions, ``apart`` those that are not open at the list's date, ``without``
    the codes of streets that have no row.
    """

    rows: int
    apart: int
    counted: tuple[CountedType, ...]
    unplaced: tuple[UnplacedStreet, ...]
    dropped: tuple[str, ...]
    unused: tuple[str, ...]
    covers: str
    without: tuple[str, ...] = ()


def register_preview(taken: TakenRegister) -> RegisterPreview:
    """The list in counts, by area and type."""
    rows = taken.register.rows
    return RegisterPreview(
        rows=len(rows),
        apart=sum(row.standing != OPEN for row in rows),
        counted=tuple(_counted(taken)),
        unplaced=tuple(UnplacedStreet(*one) for one in taken.unplaced),
        dropped=taken.dropped,
        unused=taken.unused,
        covers=taken.covers,
        without=taken.without,
    )


def _counted(taken: TakenRegister) -> Iterator[CountedType]:
    rows = [row for row in taken.register.rows if row.standing == OPEN]
    for area, kind in sorted({(row.area, row.kind) for row in rows}):
        mine = [row for row in rows if (row.area, row.kind) == (area, kind)]
        values = []
        for measure in MEASURES:
            amounts = [getattr(institution, measure) for institution in mine]
            values.append(None if None in amounts else sum(amounts))
        yield CountedType(area, kind, len(mine), *values)


def unknown_types(taken: TakenRegister, catalogue: Catalogue) -> tuple[UnknownLine, ...]:
    """The printed types that are asked about; the counts of the list's family are suggested."""
    registers = catalogue.registers
    family = taken.found.subject.type.family if taken.found.subject.type else ""
    kinds = [kind for kind in registers.types.values() if kind.count]
    kinds.sort(key=lambda kind: kind.family != family)
    suggested = tuple(kind.count for kind in kinds[:_SUGGESTED])
    return tuple(
        UnknownLine(
            taken.sheet.name,
            line.row + 1,
            column_letter(line.column),
            printed,
            "",
            line.heading,
            suggested,
        )
        for printed, line in taken.found.unknown.items()
        if printed != "?"
    )


def evidence_of_register(
    file: str, taken: TakenRegister, head: SubmissionHead, handover: Handover
) -> list[Evidence]:
    """How form, area, date and grade of a list were recognised."""
    citations = {**taken.head.evidence}
    citations["form"] = citations.get("form", citations["layout"])
    values = {"form": head.form, "area": head.area, "period": str(head.period or "")}
    evidence = [
        evidence_from(what, value, citations, file, head.sheet) for what, value in values.items()
    ]
    given = handover.of_sheet(file, head.sheet)
    origin = GIVEN if given.grade else USUAL
    return [*evidence, Evidence("grade", str(head.grade), origin, head.sheet)]
