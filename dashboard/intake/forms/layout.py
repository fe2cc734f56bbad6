"""Defines what is known of a sheet before its figures are read: layout, area, period, columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Area, FigureStatus, Finding, Unit
from dashboard.catalogue.periods import Span
from dashboard.intake.forms.mapping import Mappings

if TYPE_CHECKING:
    from dashboard.intake.understanding.questions import Question
    from dashboard.intake.understanding.remembered_answers import Answered, Remembered
    from dashboard.intake.understanding.understood import Understood

OFFICIAL_FORM, STREET_TABLE, YEAR_TABLE, TIDY, OWN_EXPORT = (
    "official_form",
    "street_table",
    "year_table",
    "tidy",
    "own_export",
)


CELL, GIVEN, SHEET_NAME = "cell", "given", "sheet_name"


class Citation(NamedTuple):
    """Where something was read: in a cell (as a person counts it), in a name, or as given."""

    origin: str  # CELL, GIVEN or SHEET_NAME
    printed: str
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        """A3: 2024年9月, or only the text where it stands in no cell."""
        return f"{self.column}{self.row}: {self.printed}" if self.row else self.printed


class FormRefused(ValueError):
    """A sheet that fits no layout, or whose area or period cannot be read.

    ``head`` is what could be read of it nevertheless, None where no layout fits; ``questions`` are
    those that a bureau's own table leaves.
    """

    def __init__(
        self,
        findings: Sequence[Finding],
        head: Head | None = None,
        questions: Sequence[Question] = (),
    ) -> None:
        """Keeps the findings; the exception's text is the first one's."""
        super().__init__(findings[0].message.en)
        self.findings, self.head = tuple(findings), head
        self.questions = tuple(questions)


@dataclass(frozen=True, slots=True)
class Hints:
    """What the person who hands the file in says of it; wins over what the sheet says."""

    area: str = ""  # a code or a name
    period: str = ""  # any written form: 2024-09, 2024年9月, 2024Q3
    basis: str = ""  # in_month, year_to_date or end_of_period, where the sheet does not say it
    words: Mapping[str, str] = field(default_factory=dict)  # what words of the sheet mean
    file: str = ""  # the file's name without its ending
    mapped: Callable[[str], Mappings] | None = None  # the lines mapped by hand, by subject
    streets: Mapping[str, str] = field(default_factory=dict)  # which area a printed street is
    unit: str = ""  # 元 or 万元, where the sheet does not say it; LEAVE_OUT reads no such figure
    kept: Sequence[Remembered] = ()  # answers of earlier hand-ins: of forms, and words of any


@dataclass(frozen=True, slots=True)
class Column:
    """One column and what it holds.

    ``role`` is one of: name code unit value side area area_code period, a tidy column's name, or
    indicator (a street table's figure) or year (a year table's figure).
    """

    place: int
    role: str
    heading: tuple[str, ...] = ()
    unit: str = ""  # as printed in the heading
    span: Span | None = None  # of a year's column


@dataclass(frozen=True, slots=True)
class Head:
    """What the title block says; ``evidence`` says where form, area, period and unit were read.

    ``findings`` are the errors that leave area or period unread.
    """

    title: str = ""
    form: str = ""
    area: Area | None = None
    period: Span | None = None
    units: tuple[Unit, ...] = ()
    firmness: FigureStatus = FigureStatus.FINAL
    evidence: dict[str, Citation] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognition:
    """Which layout a sheet has and what it speaks of. Rows and columns count from 0."""

    layout: str
    form: str
    title: str
    area: Area | None
    period: Span | None
    units: tuple[Unit, ...]
    header_rows: tuple[int, ...]
    first_row: int
    columns: tuple[Column, ...]
    firmness: FigureStatus = FigureStatus.FINAL
    evidence: dict[str, Citation] = field(default_factory=dict)
    understood: Understood | None = None  # of a bureau's own table
    answered: Answered | None = None  # what it asked, and what answered it
    subject: str = ""  # by which mappings by hand are kept, the form where empty
    basis: str = ""  # as the person says, where a tidy table does not

    def column(self, role: str) -> Column | None:
        """The first column of this role, or None."""
        return next((column for column in self.columns if column.role == role), None)


@dataclass(frozen=True, slots=True)
class TableHead:
    """Where a layout's header stands and what its columns hold, before the title block is read."""

    layout: str
    header_rows: tuple[int, ...]
    first_row: int
    columns: tuple[Column, ...]


def refusal(rule: str, message: Text, sheet: str, row: int = 0, column: str = "") -> FormRefused:
    """A FormRefused of one error."""
    return FormRefused([Finding("error", rule, message, sheet, row, column)])
