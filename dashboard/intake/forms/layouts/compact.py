"""Reads compact releases: a unit ends the name, two lines share one cell, footnotes explain.

民政事业费累计支出(亿元), 一、综合 #镇. What could mean two things is left to the caller to refuse.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.base.language import Text
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Indicator
from dashboard.intake.forms import headings
from dashboard.intake.forms.files.cells import Sheet, is_blank, is_number, squeezed, text_of
from dashboard.intake.forms.joined_cells import without_unit
from dashboard.intake.forms.ledger import Ledger

FOOTNOTE = re.compile(
    r"(?:注|说明|备注)\d*[:、.]|[*#]{1,3}[\"”’)]?(?:号|为|表示|指标|标|项|的|代表|[:、])"
)
_CUMULATIVE = re.compile(r"累计|1月[-—至]|年初|当月")
_NEXT_LINE = re.compile(
    r"(?<=[^\s(（])\s*(?=[一二三四五六七八九十]+、|[（(](?:[一二三四五六七八九十]+|[1-9]\d?)[）)]"
    r"|(?<=\s)\d{1,2}[.、．](?!\d)|[#＃])"
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a cell of names means: the line, the unit in it, and the headings it holds."""

    indicator: Indicator | None
    unit: str
    names: tuple[str, ...]
    ambiguous: bool = False


def find_named(name: str, unit: str, parents: Sequence[str], catalogue: Catalogue) -> Named:
    """The line a name means once its unit is taken off, or the one line among those it holds."""
    plain, printed = headings.split_unit(squeezed(name), catalogue)
    if not printed:
        plain, printed = without_unit(name, catalogue)
    if printed:
        indicator = catalogue.find_line("", plain, parents)
        if indicator is not None:
            return Named(indicator, printed, (plain,))
    parts = _lines_in(text_of(name))
    if len(parts) < 2:
        return Named(None, printed, (plain if printed else name,))
    known: list[tuple[Indicator, str]] = []
    plains: list[str] = []
    for part in parts:
        alone, own = headings.split_unit(squeezed(part), catalogue)
        indicator = catalogue.find_line("", alone, [*parents, *plains])
        if indicator is not None:
            known.append((indicator, own))
        plains.append(alone)
    known = _of_unit(known, unit, catalogue)
    if len(known) == 1:
        return Named(known[0][0], known[0][1], tuple(plains))
    return Named(None, "", tuple(plains), ambiguous=len(known) > 1)


def _lines_in(text: str) -> list[str]:
    """The lines that one cell holds, by their numbers or else by the spaces between them."""
    parts = [part.strip() for part in _NEXT_LINE.split(text) if part.strip()]
    return parts if len(parts) > 1 else text.split(" ")


def _of_unit(
    known: list[tuple[Indicator, str]], unit: str, catalogue: Catalogue
) -> list[tuple[Indicator, str]]:
    """Those of several lines that can be counted in the unit beside the figure."""
    stated = headings.find_unit(unit, catalogue)
    if len(known) < 2 or stated is None:
        return known
    return [one for one in known if one[0].unit.dimension == stated.dimension]


def note_footnotes(sheet: Sheet, first_row: int, ledger: Ledger) -> None:
    """Notes what the footnotes say of cumulative figures, and figures below that are left out."""
    value = ledger.recognition.column("value")
    for row in range(first_row, len(sheet.rows)):
        if row > first_row and value and is_number(sheet.cell(row, value.place)):
            message = Text(
                f"第 {row + 1} 行的数字在表注或签名之下，未读入",
                f"row {row + 1}: a figure below the notes or signatures was left out",
            )
            ledger.note("note", "row_left_out", message, row, value.place)
        for column, cell in enumerate(sheet.rows[row]):
            text = squeezed(cell)
            if is_blank(cell) or not FOOTNOTE.match(text) or not _CUMULATIVE.search(text):
                continue
            sentence = text_of(cell)
            message = Text(f"表下注明：{sentence}", f"the table's footnote says: {sentence}")
            ledger.note("note", "footnote", message, row, column)
