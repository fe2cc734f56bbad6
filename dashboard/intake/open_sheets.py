"""Holds the sheets of one file on their way in: what was read of each, nothing stored yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.catalogue.concepts import Area
from dashboard.catalogue.targets import Target
from dashboard.intake.forms.files.cells import Sheet
from dashboard.intake.forms.layout import FormRefused, Recognition
from dashboard.intake.forms.rules.rules import PrintedChange
from dashboard.intake.forms.tidy import Tidied
from dashboard.intake.submission_request import SheetOutcome
from dashboard.store.record import NewSubmission


@dataclass(frozen=True, slots=True)
class Placed:
    """A sheet that became an arrival, and the place of its receipt."""

    place: int
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class Taken(Placed):
    """A sheet of figures that became an arrival: how it was understood."""

    found: Recognition
    read: Tidied


@dataclass(frozen=True, slots=True)
class PlacedTarget:
    """A target of a table: its receipt's place, its row (from 1), what its columns hold."""

    target: Target
    receipt: int
    sheet: Sheet
    row: int
    columns: Mapping[str, int]
    place: str  # as a person reads it


@dataclass(slots=True)
class OpenedFile:
    """The sheets of one file on their way in; ``refusals`` are by the place of the receipt."""

    name: str
    receipts: list[SheetOutcome] = field(default_factory=list)
    arrivals: list[NewSubmission] = field(default_factory=list)
    taken: list[Placed] = field(default_factory=list)  # one for each arrival
    refusals: dict[int, FormRefused] = field(default_factory=dict)
    refused: dict[int, Sheet] = field(default_factory=dict)  # by the same place
    listed: dict[int, Sheet] = field(default_factory=dict)  # of areas or targets, by the same
    areas: list[Area] = field(default_factory=list)
    targets: list[PlacedTarget] = field(default_factory=list)
    printed: list[list[PrintedChange]] = field(default_factory=list)  # an arrival's 同比, 环比
    kept: bytes | None = None  # what is kept instead of the file, where it names persons

    @property
    def places(self) -> list[int]:
        """The place of each arrival's receipt among the receipts."""
        return [placement.place for placement in self.taken]
