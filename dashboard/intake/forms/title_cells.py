"""Reads the cells above a table: what stands there, and which label says what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import zip_longest

from dashboard.intake.forms.files.cells import Sheet, column_letter, filled, squeezed, text_of
from dashboard.intake.forms.layout import CELL, Citation

_BRACKETED = re.compile(r"\(([^()]*:[^()]*)\)")
# Several labels in one cell: 填报单位：长坪县民政局 单位：人、元.
_LABELLED = re.compile(r"(?:^|(?<=\s))([^\s:：]{2,10})[:：]\s*([^\s:：]+)(?=\s|$)")


# Numbers that say nothing of the figures: of a document, 桐政民示〔2025〕3号, of a table, 表1.
_DOCUMENT_NUMBER = re.compile(
    r"[(（]?(?:(?:(?<=[(（\s])|^)[一-鿿]{1,10})?[〔\[【(（]\s*\d{4}\s*[〕\]】)）]\s*第?\d{1,5}号[)）]?"
)
_TABLE_NUMBER = re.compile(r"^附?[表件]\s*\d{1,2}(?:[-—]\d{1,2})*(?:[\s:：、.]+|$)")
# What a notice cites as its grounds, and how to object: 根据《社会救助暂行办法》规定,现将…公示如下.
_GROUNDS = re.compile(
    r"(?:根据|依据|依照|遵照|按照|按(?=《))[^,，。;；]*?"
    r"(?:[》〕)）号]|规定|办法|要求|精神|通知|文件|政策|方案|意见|条例|部署|安排|制度|程序|需要|法)[,，。;；]"
    r"|为(?:了|进一步|切实|贯彻|落实|做好|规范|加强|确保)[^,，。;；]*[,，。;；]"
    r"|[,，。;；]?[如若]有(?:异议|疑问|不同意见)(?![^。;；]*(?:为准|数据|口径))[^。;；]*"
)
_CITED = re.compile("《[^》]*》")
# What is said of figures that are not all there are: 拟新增, 不符合条件, 抽查.
_OTHERWISE = re.compile(
    r"拟|待(?!遇|定)|不(?:符合|合格|通过|予|含|包)|未(?!成年)|取消|清退|停发|退出|注销|新增|抽[查样检]"
    r"|[测估推]算|预[计测估]|模拟|假设"
)

_LONGEST = 1500  # letters of a text above a table: reading one may cost the square of its length


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


def without_references(text: str) -> str:
    """A text above a table without its number, that of a document, and the grounds it cites."""
    return _TABLE_NUMBER.sub("", _DOCUMENT_NUMBER.sub("", without_asides(text, _GROUNDS)))


def without_asides(text: str, asides: re.Pattern[str]) -> str:
    """A text without what is said beside its subject, unless that may change the figures."""
    return asides.sub(lambda match: match[0] if may_change_figures(match[0]) else "", text)


def may_change_figures(aside: str) -> bool:
    """Whether a text says that figures are planned, of a part or of what was left out."""
    return bool(_OTHERWISE.search(_CITED.sub("", aside)))


def title_cells(sheet: Sheet, top: int) -> list[TitleCell]:
    """The filled cells of the rows above ``top``, in reading order."""
    return [
        TitleCell(row, column, title_text(sheet, row, column))
        for row in range(min(top, len(sheet.rows)))
        for column in filled(sheet.rows[row])
    ]


def title_cells_at(sheet: Sheet, places: Iterable[tuple[int, int]]) -> list[TitleCell]:
    """The cells at these places, in the order of these."""
    return [TitleCell(row, at, title_text(sheet, row, at)) for row, at in places]


def title_text(sheet: Sheet, row: int, column: int) -> str:
    """The text of a cell above a table; what is longer than any notice is not read to its end."""
    return text_of(sheet.cell(row, column))[:_LONGEST]


def labels_of(cells: list[TitleCell]) -> list[tuple[str, TitleCell]]:
    """Labels and what they say: in the same cell after a colon, or in the next filled cell."""
    matches = []
    for cell, following in zip_longest(cells, cells[1:]):
        text = squeezed(cell.text)
        bracketed = _BRACKETED.fullmatch(text)
        label, colon, rest = (bracketed[1] if bracketed else text).partition(":")
        several = _LABELLED.findall(cell.text)
        if len(several) > 1:
            matches += [(one, replace(cell, text=said)) for one, said in several]
        elif colon and rest:
            matches.append((label, replace(cell, text=rest)))
        elif following is not None and following.row == cell.row and len(label) <= 10:
            said = squeezed(following.text)
            if ":" not in said:
                matches.append((label, replace(following, text=said)))
    return matches


def labelled(labels: list[tuple[str, TitleCell]], pattern: re.Pattern[str]) -> TitleCell | None:
    """What the first label that the whole of ``pattern`` matches says, or None."""
    return next((cell for label, cell in labels if pattern.fullmatch(label)), None)
