"""Cuts one text of a sheet into words: a heading, a row's label, a title, the file's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Unit
from dashboard.intake.forms.parts_of_year import BEHIND_A_YEAR, PART
from dashboard.intake.forms.title_cells import without_asides, without_references
from dashboard.intake.understanding.lexicon import Lexicon
from dashboard.intake.understanding.words import FILLER, Fact, Token, normal

_LONGEST_UNIT = 60  # letters; what is longer is no unit
_REMEMBERED = 200  # letters: the same headings and labels stand in sheet after sheet
_BRACKETS = re.compile(r"\(([^()]*)\)")
_BILINGUAL = re.compile(r"([^\x00-\x7f]+)\s*([a-z0-9][a-z0-9, .]*)", re.I)
_AMOUNT = re.compile(r"\d.*元|元.*\d")
_UNIT_LABEL = re.compile(r"(?:计量)?单位[::]?")
_TAIL = re.compile(r"(?:[,,、]|单位:)([^,,、:()]{1,10})$")
_UNIT_NOTE = re.compile(r"(?:计量|计算)?单位[::]?([^:()]{1,60})$")
_BETWEEN_UNITS = re.compile("[、,,;;/和]")
_SLASHED = re.compile(r"^(.{2,})/([^/]{1,6})$")
# The sign of a note below the table: 结婚登记①, 结婚登记(2).
FOOTNOTE = re.compile(
    r"(?<=[\u4e00-\u9fff)）])(?:[①-⑳⁰¹²³⁴-⁹]+|[(（［\[【](?:[1-9]\d?|[①-⑳])[)）］\]】])$"
)
# A date or period in a text: it is read as the period, not as words.
PERIOD = re.compile(
    r"(?:截至|截止到?|截止|自)?(?:\d{4}|[〇○零一二三四五六七八九]{4}|\d{2}(?=年\d{1,2}月))(?:年度?|[-/.](?=\d{1,2}(?:\D|$)))"
    rf"(?:{BEHIND_A_YEAR}"
    r"|(?:0?1月?(?:[-—–~]|至|到))?(?:\d{1,2}|十[一二]|[一二三四五六七八九十])(?P<month>月份?)?(?:\d{1,2}日|末|底)?"
    r"|[末底])?"
    r"|(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])?(?!\d)"
)
_MARKS = re.compile(
    r"附件\d*(?:[-—]\d+)*[::]?|附表\d*|表\d+(?:[-—]\d+)*|^\d{1,3}(?:[-—–]\d{1,3})+"
    r"|(?:[(]|^)\|?(?:,?总?第[\d一二三四五六七八九十百]+[期号辑])+(?:[)]|$)"  # (第7期)
)
# What a notice says around its subject: 现将…公示如下.
_NOTICE = re.compile(
    r"^[^,。]*[,。](?=现[将就把])|现[将就把]"
    r"|(?:予以)?(?:公示|公布|公开|通报|汇报|报告|说明)?如下[:。]?$|予以(?:公示|公布|公开|通报).*$"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text and its words. ``unit`` is the unit printed with it; ``place`` is its cell, if any.

    ``is_title`` is True of what stands outside the table: captions, sheet name, file name.
    """

    text: str
    tokens: tuple[Token, ...]
    unit: str = ""
    place: tuple[int, int] | None = None
    is_title: bool = False

    @property
    def unknown(self) -> tuple[str, ...]:
        """The stretches that no word covers."""
        return tuple(token.text for token in self.tokens if not token.senses)

    @property
    def is_empty(self) -> bool:
        """Whether nothing in it has a meaning."""
        return all(any(sense[0].slot == FILLER for sense in token.senses) for token in self.tokens)

    def facts(self) -> Iterator[Fact]:
        """Every fact that any of its words may state."""
        for token in self.tokens:
            for sense in token.senses:
                yield from sense


def find_unit(spelling: str, catalogue: Catalogue) -> Unit | None:
    """The unit of a spelling, also of 元每月每人 or 元/月.人; None where it is none."""
    return _known_unit(spelling, catalogue) if len(spelling) <= _LONGEST_UNIT else None


@lru_cache(maxsize=16_384)
def _known_unit(spelling: str, catalogue: Catalogue) -> Unit | None:
    text = normal(spelling).removeprefix("单位:").strip("(").strip(")")
    if not text:
        return None
    known = catalogue.find_unit(text) or _bilingual_unit(text, catalogue)
    if known is not None:
        return known
    head, rest = re.match(r"(万元|千元|元)?(.*)", text).groups()  # type: ignore[union-attr]
    parts = [part for part in re.split(r"[/每、.·•*]", rest) if part]
    per = "".join(sorted("".join(parts)))
    if not head or not re.fullmatch("[人月年户次]+", per):
        return None
    spelt = {"人": "元/人", "人月": "元/人·月", "月": "元/月", "人年": "元/人·年", "年": "元/年"}
    same = {"".join(sorted(key)): value for key, value in spelt.items()}
    return catalogue.find_unit(same[per].replace("元", head, 1)) if per in same else None


def _bilingual_unit(text: str, catalogue: Catalogue) -> Unit | None:
    """The unit of a Chinese spelling and its English after it, unless they are two units."""
    match = _BILINGUAL.fullmatch(text)
    if match is None:
        return None
    chinese, english = map(catalogue.find_unit, match.groups())
    return chinese if english in (None, chinese) else None


def label_phrase(
    text: str, lexicon: Lexicon, catalogue: Catalogue, place: tuple[int, int] | None = None
) -> Phrase:
    """A heading or a row's label, its unit taken off: 金额(万元) is 金额 in 万元."""
    plain = normal(FOOTNOTE.sub("", text) or text)
    if find_unit(plain, catalogue) is not None:
        tokens = lexicon.label(plain.strip("()"))
        known = tokens if all(token.senses for token in tokens) else ()
        return Phrase(text, known, plain.strip("()"), place)
    plain, unit = _without_unit(_without_period(plain) or plain, catalogue)
    return Phrase(text, lexicon.label(plain) if plain else (), unit, place)


def _without_period(plain: str) -> str:
    """A label without its period, also where a part of the year stands apart: 2024年人数(3月)."""
    undated = PERIOD.sub("", plain)
    return plain if undated == plain else PART.sub("", undated)


def title_phrase(text: str, lexicon: Lexicon, catalogue: Catalogue) -> Phrase:
    """A caption, a sheet's name or a file's name; periods and numbers of notices taken off."""
    plain = _MARKS.sub("", PERIOD.sub("|", normal(without_references(text))))
    plain, unit = _without_unit(without_asides(plain, _NOTICE), catalogue)
    return Phrase(text, lexicon.cut(plain.replace("|", ""), title=True), unit, None, True)


def strip_unit(text: str, catalogue: Catalogue) -> str:
    """A heading or label without its unit, as names are looked up; empty where it is a unit."""
    if len(text) > _REMEMBERED:
        return _without_unit(normal(text), catalogue)[0]
    return _stripped(text, catalogue)


@lru_cache(maxsize=16_384)
def _stripped(text: str, catalogue: Catalogue) -> str:
    if find_unit(text, catalogue) is not None:
        return ""
    return _without_unit(normal(text), catalogue)[0]


def _without_unit(text: str, catalogue: Catalogue) -> tuple[str, str]:
    """A text without its unit and without remarks about amounts, and the unit as printed."""
    text, unit = _without_list_of_units(text, catalogue), ""
    for bracket in list(_BRACKETS.finditer(text)):
        inside = _UNIT_LABEL.sub("", bracket[1])
        pieces = [piece for piece in re.split("[,,;;]", inside) if piece]
        if _AMOUNT.search(inside):  # (956元/月/人) is a remark, never the unit
            text = text.replace(bracket[0], "", 1)
        elif inside and find_unit(inside, catalogue) is not None:
            unit, text = inside, text.replace(bracket[0], "", 1)
        elif pieces and find_unit(pieces[-1], catalogue) is not None:
            unit = pieces[-1]
            text = text.replace(bracket[0], "".join(pieces[:-1]), 1)
    for pattern in (_TAIL, _SLASHED):
        match = pattern.search(text)
        spelling = match[match.lastindex or 1] if match else ""
        if match and find_unit(spelling, catalogue) is not None:
            unit = spelling
            text = text[: match.start(match.lastindex or 1)].rstrip(",、/:").removesuffix("单位")
    return text, unit


def _without_list_of_units(text: str, catalogue: Catalogue) -> str:
    """A text without a note of several units (单位:个、张): none is that of every figure."""
    notes = [(one[0], one[1]) for one in _BRACKETS.finditer(text)]
    notes += [(one[0], one[0]) for one in _UNIT_NOTE.finditer(text)]
    for printed, inside in notes:
        pieces = [one for one in _BETWEEN_UNITS.split(_UNIT_LABEL.sub("", inside)) if one]
        known = find_unit(_UNIT_LABEL.sub("", inside), catalogue)
        several = len(pieces) > 1 and all(find_unit(one, catalogue) for one in pieces)
        if known is None and several:
            text = text.replace(printed, "", 1)
    return text
