"""Reads the remarks of a table (注：…): what they say of units, time and coverage, or is asked.

A remark that may change what figures mean is applied where it is understood whole, else asked
about in its own words; every other one is noted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dashboard.catalogue.catalogue import Catalogue
from dashboard.intake.forms.files.cells import Sheet, text_of
from dashboard.intake.understanding.lexicon import Lexicon
from dashboard.intake.understanding.phrases import find_unit
from dashboard.intake.understanding.places import Finder
from dashboard.intake.understanding.regions import Region
from dashboard.intake.understanding.words import (
    BASIS,
    FILLER,
    MEASURE,
    WEAK,
    Fact,
    Token,
    is_chinese,
    normal,
)

_LONGEST = 80  # letters of a clause that may speak of figures
_BEGINS = re.compile(r"^(?:[^:,。;]{0,4}(?:说明|口径|备注):|注意|注|说明|备注|口径)\d*[:、.]?(?=.)")
_NUMBER = re.compile(r"^(?:[(]?\d{1,2}[).、:](?!\d)|[(]?[一二三四五六七八九][)、.])")
_SIGN = re.compile(r"^(?:[①-⑳]|\*{1,3}|#)[:、.]?")
_SENTENCES = re.compile(r"[。;!]|(?<=[一-鿿)])(?=\d{1,2}[.、](?!\d))")
_COMMA = re.compile(r",(?!\d{3})")
_OF_AREA = re.compile(
    r"^([^,:]{1,8}?(?:街道|[镇乡村区县市]))(?:办事处)?的?(?:数据|数|资金|人数|因|为|含|不含|未)"
)
AND = re.compile("[、和及与]")
_NO_MATTER = re.compile(
    r"来源|填[报表]|负责人|审核|制表|编制|打印|印发|联系|电话|仅[供限]|仅作|参考|保密|四舍五入|尾数|"
    r"执行|施行|实施|调整为|标准为|http|表示"
)
_SINCE = re.compile(r"\d{4}年(?:\d{1,2}月)?(?:起|以来|开始)")
_UNIT = re.compile(
    r"(?P<of>[^,:]{0,14}?)(?:的)?(?:计量|计算|统计)?单位(?:均|都|一律|统一)?(?:为|是|以|按|:)*"
    r"(?P<unit>[^,:的]{1,8}?)(?:计)?$"
    r"|(?P<of2>[^,:]{0,14}?)(?:均|都|一律|统一)?(?:以|按)(?P<unit2>[^,:的]{1,8}?)(?:为(?:计量)?单位|计算?|计量|统计|填列|列示)$"
)
ONLY = re.compile(
    r"(?<![不非])[仅只](?!.*(?:使用|参考|内部))(?:包?含|包括|统计|计|为|是|指|涉及|列|反映|有|填|限)+|限于"
)
EXCEPT = re.compile(
    r"(?:均|都|已|尚)?(?:不|未|没有?)(?:包?[含括]|包含|统计|计入|列入|纳入|涵盖)|除外|剔除|扣除|扣减|除去"
    r"|之外"
)
WITH = re.compile(r"(?:均|都|已)?(?:包括|包含|含有?|计入|并入|合并)")
IS = re.compile(r"(?:均|都|全部|一律)?(?:为|是|系|指|按|填|:)")
_VERBS = (ONLY, EXCEPT, WITH, IS)
_OF_BASIS = ("数", "数据", "数字", "统计", "计", "算", "计算", "的", "口径", "发放", "实际", "填报")
_NOT = re.compile("[不非未没]")


class Clause(NamedTuple):
    """One thing that a remark says. ``sign`` is the mark of what it is about, such as ①."""

    text: str
    sign: str
    facts: tuple[Fact, ...]
    subject: tuple[Fact, ...]  # of whom it says so: 人数 of 人数单位为百人
    unit: str = ""
    predicate: str = ""  # what it says: what is left out or added, what the figures are
    named: str = ""  # its subject as printed
    verb: re.Pattern[str] | None = None  # of ONLY, EXCEPT, WITH and IS the one that it is said with

    is_of_area: bool = False  # of some streets, not of all: such a unit is asked about

    @property
    def is_negated(self) -> bool:
        """Whether it says what the figures are not: 不是累计数, 非累计数, 不含本月."""
        return bool(_NOT.search(self.text))


@dataclass(frozen=True, eq=False)
class Remarks:
    """The remarks of one table, clause by clause."""

    clauses: tuple[Clause, ...]
    places: tuple[tuple[int, int, str], ...]  # row, column, text as printed

    def says(self, text: str) -> bool:
        """Whether one of the clauses is this text."""
        return any(clause.text == text for clause in self.clauses)


def remarks_of(
    sheet: Sheet,
    regions: Sequence[Region],
    number: int,
    lexicon: Lexicon,
    catalogue: Catalogue,
    finder: Finder,
) -> Remarks:
    """The remarks around a table, and those below the last one, which are of all."""
    places, clauses = [], []
    for row, at, text in _texts(sheet, regions, number):
        said = list(_clauses(text, lexicon, catalogue, finder)) if is_chinese(text) else []
        clauses += said
        if said or _BEGINS.match(normal(text)):
            places.append((row, at, text))
    return Remarks(tuple(clauses), tuple(places))


def _texts(sheet: Sheet, regions: Sequence[Region], number: int) -> Iterator[tuple[int, int, str]]:
    """The texts that may be remarks of a table, by row and column."""
    for row in _rows(regions, number, len(sheet.rows)):
        for at, cell in enumerate(sheet.rows[row]):
            text = text_of(cell).strip() if isinstance(cell, str) else ""
            if text and (row > regions[number].top or _BEGINS.match(normal(text))):
                yield row, at, text


def _rows(regions: Sequence[Region], number: int, size: int) -> list[int]:
    """The rows around a table up to the next one, and those below the last of them all."""
    region, following = regions[number], regions[number + 1 :]
    used = {*region.header, *region.body}
    stop = _first_row(following[0]) if following else size
    rows = [row for row in range(_first_row(region) if number else 0, stop) if row not in used]
    if following:
        rows += range(max(regions[-1].body) + 1, size)
    return list(dict.fromkeys(rows))


def _first_row(region: Region) -> int:
    """The first row of a table with its captions."""
    return min((row for row, _ in region.captions), default=region.top)


def _clauses(text: str, lexicon: Lexicon, catalogue: Catalogue, finder: Finder) -> Iterator[Clause]:
    """What a remark says of figures; what it says of one street is not of all of them."""
    sign = ""
    for sentence in _SENTENCES.split(normal(text)):
        plain = _BEGINS.sub("", _NUMBER.sub("", _BEGINS.sub("", sentence, count=1)), count=1)
        found = _SIGN.match(plain)
        if found:
            sign, plain = found[0].rstrip(":、."), plain[found.end() :]
        is_of_area = False
        for piece in _COMMA.split(plain):
            is_of_area = is_of_area or _is_of_area(piece, finder)
            if 1 < len(piece) <= _LONGEST:
                clause = _clause(piece, sign, lexicon, catalogue)
                clause = clause._replace(is_of_area=_is_of_area(piece, finder))
                if _may_matter(clause, lexicon, catalogue, is_after_area=is_of_area):
                    yield clause


def _is_of_area(piece: str, finder: Finder) -> bool:
    """Whether a remark is of streets or villages of the table's area: never of 全区 or 各街道."""
    found = _OF_AREA.search(piece)
    areas = [finder.find(name) for name in AND.split(found[1])] if found else []
    return bool(areas) and all(
        named and all(area.code != finder.within for area in named) for named in areas
    )


def _may_matter(
    clause: Clause, lexicon: Lexicon, catalogue: Catalogue, *, is_after_area: bool
) -> bool:
    """Whether a clause may change figures; behind one of an area only what names its subject may.

    Who filled a form in, and since when a standard holds, changes nothing, unless it says more.
    """
    is_unit = bool(clause.unit) and find_unit(clause.unit, catalogue) is not None
    if is_unit:
        return True
    is_unnamed = is_after_area and not (clause.named and clause.subject)
    if clause.is_of_area or is_unnamed or _SINCE.search(clause.text):
        return False
    if not _NO_MATTER.search(clause.text):
        return True
    return clause.verb in (ONLY, EXCEPT) or says_basis(clause, lexicon)


def says_basis(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether what a clause says of figures is their basis and nothing else: 均为当月发放数."""
    tokens = lexicon.cut(clause.predicate)
    if clause.verb not in (IS, None) or clause.is_negated:
        return False
    return any(token.has(BASIS) for token in tokens) and all(map(_is_of_basis, tokens))


def _is_of_basis(token: Token) -> bool:
    return token.text in _OF_BASIS or any(map(token.has, (BASIS, MEASURE, WEAK, FILLER)))


def _clause(text: str, sign: str, lexicon: Lexicon, catalogue: Catalogue) -> Clause:
    facts = _facts(text, lexicon)
    unit = _UNIT.search(text)
    if unit and (unit["unit"] or find_unit(unit["unit2"], catalogue)):
        subject, spelling = unit["of"] or unit["of2"] or "", unit["unit"] or unit["unit2"]
        return Clause(text, sign, facts, _facts(subject, lexicon), spelling, "", subject)
    cut = next(filter(None, (one.search(text) for one in _VERBS)), None)
    if cut is None:
        return Clause(text, sign, facts, facts, "", text)
    subject, predicate = text[: cut.start()], text[cut.end() :]
    said = _facts(subject, lexicon)
    return Clause(text, sign, facts, said, "", predicate or subject, subject, cut.re)


def _facts(text: str, lexicon: Lexicon) -> tuple[Fact, ...]:
    return tuple(fact for token in lexicon.cut(text) for sense in token.senses for fact in sense)
