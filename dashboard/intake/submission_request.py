"""Defines what a person says when handing in, what files are read by, what became of each sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Area, Finding, Grade
from dashboard.intake.changes import FigureDifference
from dashboard.intake.mapping_answers import MappingAnswers
from dashboard.intake.understanding.questions import TITLES, words_of_sheet


@dataclass(frozen=True, slots=True)
class Known:
    """What a file is read by: the catalogue, the areas, what was said of unknown lines."""

    catalogue: Catalogue
    areas: Areas
    mapping_answers: MappingAnswers = field(default_factory=MappingAnswers)


class SheetAnswers(NamedTuple):
    """What a person says of one sheet alone; empty means: as the handover says.

    ``streets`` lead a printed place of a register, or its number among those that are not known,
    to an area's code. ``corrections`` lead an indicator as it was read to the one that is meant,
    or to "". ``covers`` is "all" where a register covers every street of its area. ``title`` is
    what the sheet's title says: the meaning of 标题 among the words.
    """

    area: str = ""
    period: str = ""
    grade: Grade | None = None
    streets: Mapping[str, str] = {}
    covers: str = ""
    corrections: Mapping[str, str] = {}
    basis: str = ""
    title: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Handover:
    """What a person says when handing files in; empty means: read it from the file.

    ``note`` answers warnings. ``mappings`` say what lines of unknown indicators mean: form ("" for
    any) and printed name, to an indicator's id or to "" where the line is to be left out.
    ``basis`` answers only for flows whose basis the sheet does not say, ``unit`` (元, 万元) for
    money whose unit it does not say, or "-" leaves that money out; ``words`` say what words of a
    table mean. ``sheets`` are answers about single sheets, by file and sheet; ``streets`` and
    ``covers`` are as in ``SheetAnswers``. ``areas`` are to be registered with the files.
    """

    area: str = ""
    period: str = ""
    grade: Grade | None = None
    skip_unknown: bool = False
    dry_run: bool = False
    by: str = ""
    note: str = ""
    is_sample: bool = False
    mappings: Mapping[tuple[str, str], str] = field(default_factory=dict)
    sheets: Mapping[tuple[str, str], SheetAnswers] = field(default_factory=dict)
    basis: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    streets: Mapping[str, str] = field(default_factory=dict)
    covers: str = ""
    areas: Sequence[Area] = ()
    corrections: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""

    def of_sheet(self, file: str, sheet: str) -> Handover:
        """The handover with what was said of this sheet alone: 标题@表名 among the words too."""
        sheet_answers = self.sheets.get((file, sheet), SheetAnswers())
        return replace(
            self,
            area=sheet_answers.area or self.area,
            period=sheet_answers.period or self.period,
            grade=sheet_answers.grade or self.grade,
            basis=sheet_answers.basis or self.basis,
            unit=sheet_answers.unit or self.unit,
            words={
                **words_of_sheet(self.words, sheet),
                **({TITLES[0]: sheet_answers.title} if sheet_answers.title else {}),
            },
            streets={**self.streets, **sheet_answers.streets},
            covers=sheet_answers.covers or self.covers,
            corrections={**self.corrections, **sheet_answers.corrections},
        )


@dataclass(frozen=True, slots=True)
class SheetOutcome:
    """What became of one sheet. ``id`` is None where nothing was stored (refused, or a dry run)."""

    file: str
    sheet: str
    form: str = ""
    area: str = ""
    period: str = ""
    grade: str = ""
    observations: int = 0
    findings: tuple[Finding, ...] = ()
    id: int | None = None
    areas: int = 0
    changes: int = 0  # of areas
    targets: int = 0
    outlines: int = 0  # of areas, as boundaries
    revised: tuple[FigureDifference, ...] = ()  # stored figures that the sheet gives another value
    institutions: int = 0  # of a register
    waiting: int | None = None  # the number under which its file waits for an editor

    @property
    def refused(self) -> bool:
        """Whether a finding forbids storing it."""
        return any(finding.severity == "error" for finding in self.findings)


def stopping(rule: str, zh: str, en: str, sheet: str = "") -> Finding:
    """A finding that stops the file, in both languages."""
    return Finding("error", rule, Text(zh, en), sheet=sheet)
