"""Defines what is known of a sheet from outside its tables, and what was understood of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Area, FigureKind, Unit
from dashboard.catalogue.periods import Span
from dashboard.intake.understanding.questions import Question
from dashboard.intake.understanding.regions import Region


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What is known of a sheet from outside its tables."""

    file: str = ""
    title: str = ""
    area: Area | None = None
    period: Span | None = None
    units: tuple[Unit, ...] = ()


class Reading(NamedTuple):
    """One figure understood. ``unit`` is the spelling in which its cell is printed."""

    row: int
    column: int
    indicator: str
    area: str
    span: Span
    unit: str
    kind: FigureKind = FigureKind.ACTUAL
    secondary: bool = False  # of an earlier year, printed for comparison
    is_stock: bool = False  # of a stock, which only its time makes a number of payments
    is_estimate: bool = False  # as a remark says: it is provisional


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader of the sheet must know, at a cell (or -1, -1)."""

    rule: str
    text: Text
    row: int = -1
    column: int = -1


@dataclass
class Understood:
    """A sheet's figures with their meaning, the questions it leaves, and notes."""

    regions: list[Region] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    area: Area | None = None
    figures: int = 0  # cells of figures in all
    line_names: dict[tuple[int, int], str] = field(default_factory=dict)  # of cells not understood
    line_places: dict[str, tuple[int, int]] = field(default_factory=dict)  # of the names
    mapped: dict[str, str] = field(default_factory=dict)  # lines read as somebody mapped them
    mapped_at: dict[str, tuple[int, int]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)  # of the vocabulary's words those that stand here
    leaves_out_unitless: bool = False  # as stated of money whose unit the sheet does not say

    by_years: bool = False  # whether the headings of all columns name their periods
    roles: dict[int, str] = field(default_factory=dict)  # of the first table's label columns
    spans: dict[int, Span] = field(default_factory=dict)  # of the first table's columns
    _noted: set[Note] = field(default_factory=set, repr=False)

    @property
    def is_complete(self) -> bool:
        """Whether every figure of the sheet is understood."""
        return bool(self.readings) and not self.questions and not self.mapped

    def note_once(self, note: Note) -> None:
        """Adds a note that may be due at many cells, once."""
        if note not in self._noted:
            self._noted.add(note)
            self.notes.append(note)
