"""Reads the cells above a table: what stands there, and which label says what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dashboard.intake.forms.files.cells import Sheet, column_letter, filled, squeezed, text_of
from dashboard.intake.forms.layout import CELL, Citation

_BRACKETED = re.compile(r"\(([^()]*:[^()]*)\)")
# Several labels in one cell: 填报单位：长坪县民政局 单位：人、元.
_LABELLED = re.compile(r"(?:^|(?<=\s))([^\s:：]{2,10})[:：]\s*([^\s:：]+)(?=\s|$)")


@dataclass(frozen=True)
class TitleCell:
    """A filled cell above the table; row and column count from 0."""

    row: int
    column: int
    text: str

    @property
    def evidence(self) -> Citation:
        """Cell and text, as evidence: A3: 2024年9月."""
        return Citation(CELL, self.text, self.row + 1, column_letter(self.column))


def title_cells(sheet: Sheet, top: int) -> list[TitleCell]:
    """The filled cells of the rows above ``top``, in reading order."""
    return [
        TitleCell(row, column, text_of(sheet.cell(row, column)))
        for row in range(min(top, len(sheet.rows)))
        for column in filled(sheet.rows[row])
    ]


def labels_of(sheet: Sheet, top: int) -> list[tuple[str, TitleCell]]:
    """Labels and what they say: in the same cell after a colon, or in the next filled cell."""
    matches = []
    for row in range(min(top, len(sheet.rows))):
        places = filled(sheet.rows[row])
        for index, column in enumerate(places):
            text = squeezed(sheet.cell(row, column))
            bracketed = _BRACKETED.fullmatch(text)
            label, colon, rest = (bracketed[1] if bracketed else text).partition(":")
            several = _LABELLED.findall(text_of(sheet.cell(row, column)))
            if len(several) > 1:
                matches += [(one, TitleCell(row, column, said)) for one, said in several]
            elif colon and rest:
                matches.append((label, TitleCell(row, column, rest)))
            elif index + 1 < len(places) and len(label) <= 10:
                following = squeezed(sheet.cell(row, places[index + 1]))
                if ":" not in following:
                    matches.append((label, TitleCell(row, places[index + 1], following)))
    return matches


def labelled(labels: list[tuple[str, TitleCell]], pattern: re.Pattern[str]) -> TitleCell | None:
    """What the first label that the whole of ``pattern`` matches says, or None."""
    return next((cell for label, cell in labels if pattern.fullmatch(label)), None)
