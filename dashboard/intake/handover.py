"""What a person says when handing files in, of all of them or of a single sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from dashboard.catalogue.concepts import Grade


class SheetAnswers(NamedTuple):
    """What a person says of one sheet alone; empty means: as the handover says."""

    area: str = ""
    period: str = ""
    grade: Grade | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """What a person says when handing files in; empty means: read it from the file.

    ``note`` answers warnings. ``mappings`` say what lines of unknown indicators mean: form ("" for
    any) and printed name, to an indicator's id or to "" where the line is to be left out.
    ``sheets`` are answers about single sheets, by file and sheet.
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

    def of_sheet(self, file: str, sheet: str) -> Handover:
        """The handover with what was said of this sheet alone."""
        said = self.sheets.get((file, sheet))
        if said is None:
            return self
        return replace(
            self,
            area=said.area or self.area,
            period=said.period or self.period,
            grade=said.grade or self.grade,
        )
