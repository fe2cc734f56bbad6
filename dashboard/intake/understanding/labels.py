"""Works out which column of a table's row labels names areas, which periods, and what is above."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.catalogue.concepts import Level
from dashboard.intake.forms import headings
from dashboard.intake.forms.files.cells import Sheet, squeezed, text_of
from dashboard.intake.understanding.lexicon import Lexicon
from dashboard.intake.understanding.places import OWN, Finder, names_period
from dashboard.intake.understanding.regions import Region
from dashboard.intake.understanding.words import is_chinese, normal

AREA, AREA_CODE, VILLAGE, PERIOD, UNIT, SERIAL, NAME = (
    "area",
    "area_code",
    "village",  # villages and communities of streets, which most lists of areas do not have
    "period",
    "unit",
    "serial",
    "name",
)
_STRONG_AREA = re.compile(r"街道|乡镇|镇街|镇乡|街镇|区县|县区|地区|区划|市州|社区|县市")
_VILLAGES = re.compile(
    r"(?:所[属在]|各)?(?:行政)?(?:村|社区|村居|居村|居委会?|村委会?|村民?委员会|居民委员会)"
    r"(?:[(、/]?(?:社区|居|村|居委会|村委会|居委|社)[)]?)*(?:名称?|委会|会)?"
)
_TOWN = re.compile("(?![城乡]镇)[^(（、]{1,8}(?:街道|街办|街道办事处|镇|乡)")
_VILLAGE = re.compile(
    r"(?!城|农|乡村|示范|和谐|星级|建成)(?!.*[数型类]).{1,8}(?:村|社区)(?:居委会|村?委会)?"
)


@dataclass(frozen=True)
class RowLabels:
    """What the label columns of a region say, by role."""

    region: Region
    roles: dict[int, str]

    def column(self, role: str, own: Sequence[int]) -> int | None:
        """The first of a figure's own label columns that has this role."""
        return next((at for at in own if self.roles.get(at) == role), None)

    def text(self, row: int, at: int) -> str:
        """The label as a person sees it: merged cells repeated."""
        return text_of(self.region.sheet.spread(row, at))


def roles_of(region: Region, finder: Finder, is_unit: Callable[[str], bool]) -> RowLabels:
    """The role of every label column. 单位 heads units only where one of the labels is a unit."""
    roles: dict[int, str] = {}
    for at in region.labels:
        role = _role(region, at, finder)
        texts = filter(None, (text_of(region.sheet.spread(row, at)) for row in region.body))
        roles[at] = role if role != UNIT or any(map(is_unit, texts)) else NAME
    roles |= _villages(region, roles, finder)
    if not {NAME, AREA}.intersection(roles.values()) and AREA_CODE in roles.values():
        roles |= _serial_areas(region, roles)
    return RowLabels(region, roles)


def _serial_areas(region: Region, roles: dict[int, str]) -> dict[int, str]:
    """The first column of numbers as the areas, where the area's own row stands in it."""
    own = {at for labels in region.figures.values() for at in labels}
    serial = [at for at in own if roles.get(at) == SERIAL]
    for at in serial[:1]:
        texts = [squeezed(region.sheet.spread(row, at)) for row in region.body]
        if any(OWN.fullmatch(text) for text in texts):
            return {at: AREA}
    return {}


def _heading(region: Region, at: int) -> str:
    """The heading right above a column; empty where it has none."""
    path = region.path(at)
    return normal(path[-1] if path else "")


def is_village(text: str) -> bool:
    """Whether a label is the name of a village or community."""
    return bool(_VILLAGE.fullmatch(normal(text)))


def names_larger(text: str, finder: Finder) -> bool:
    """Whether a label names an area that is no village."""
    return any(area.level is not Level.COMMUNITY for area in finder.find(text))


def _villages(region: Region, roles: dict[int, str], finder: Finder) -> dict[int, str]:
    """The columns of villages: by their heading, or by labels that are names of villages."""
    found = {}
    for at, role in roles.items():
        texts = [text_of(region.sheet.spread(row, at)) for row in region.body]
        headed = bool(_VILLAGES.fullmatch(_heading(region, at))) and role != UNIT
        if role in (NAME, AREA, UNIT) and (headed or _are_villages(texts, finder)):
            found[at] = VILLAGE
    return found


def _are_villages(texts: Sequence[str], finder: Finder) -> bool:
    """Whether labels, totals aside, are names of villages: most, or all between larger areas."""
    names = {normal(text) for text in texts} - {""}
    names = {name for name in names if not OWN.fullmatch(name) and not name.endswith("小计")}
    others = [name for name in names if not is_village(name)]
    villages, larger = len(names) - len(others), sum(names_larger(one, finder) for one in others)
    return villages > 1 and (larger == len(others) or (not larger and villages > len(others)))


def _role(region: Region, at: int, finder: Finder) -> str:
    heading = _heading(region, at)
    texts = [squeezed(region.sheet.spread(row, at)) for row in region.body]
    texts = [text for text in texts if text]
    if headings.SERIAL.fullmatch(heading) or (texts and all(map(_is_count, texts))):
        return SERIAL
    if headings.AREA_CODE.fullmatch(heading):
        return AREA_CODE
    if headings.CODE.fullmatch(heading):
        return SERIAL
    share = finder.share(texts)
    if _are_towns(texts):
        return AREA
    if headings.UNIT.fullmatch(heading) and not share:
        return UNIT
    if _names_periods(heading, texts):
        return PERIOD
    return AREA if share > 0.5 or _heads_areas(heading, texts, share) else NAME


def _are_towns(texts: Sequence[str]) -> bool:
    """Whether labels, totals aside, are names of streets and towns, known or not."""
    names = [text for text in texts if not OWN.fullmatch(text) and not text.endswith("小计")]
    return len(names) > 1 and all(map(_TOWN.fullmatch, names))


def _names_periods(heading: str, texts: Sequence[str]) -> bool:
    periods = bool(texts) and all(names_period(text) or text.isdecimal() for text in texts)
    return periods or bool(headings.PERIOD.fullmatch(heading))


def _heads_areas(heading: str, texts: Sequence[str], share: float) -> bool:
    """Whether a heading such as 街道 says that the labels are areas, and they may be."""
    if not headings.AREA.fullmatch(heading) or not _STRONG_AREA.search(heading):
        return False
    return share > 0 or not _looks_like_words(texts)


def _looks_like_words(texts: Sequence[str]) -> bool:
    """Whether labels under 地区 are the words of indicators after all (地区 | 指标 tables)."""
    return any(re.search("人数|户数|资金|支出|机构|对数", text) for text in texts)


def _is_count(text: str) -> bool:
    return text.isdecimal() and len(text) < 4


_LISTED = re.compile(
    r"(?:机构|单位|组织|设施|院|养老院|社会组织|社团|企业)?(?:名称|全称)|姓名|地址|详细地址|法定代表人|法人|负责人|身份证.*"
    r"|统一社会信用代码|登记证号|电话|联系.*|业务主管单位|成立.*|登记时间|住所"
)


def is_list(region: Region, labels: RowLabels, lexicon: Lexicon) -> bool:
    """Whether a row is one institution or person: their names and addresses differ row by row."""
    every = (*region.labels, *region.texts)
    heads = [normal(region.path(at)[-1]) for at in every if region.path(at)]
    named = sum(bool(_LISTED.fullmatch(head)) for head in heads)
    by_area = AREA in labels.roles.values()
    unknown = sum(
        labels.roles.get(at, NAME) == NAME and _names_differ(region, labels, lexicon, at)
        for at in (region.labels if by_area else every)
    )
    return unknown > 1 or (unknown > 0 and (by_area or named > 1))


def _names_differ(region: Region, labels: RowLabels, lexicon: Lexicon, at: int) -> bool:
    """Whether a column gives every row another name, most of them of unknown words."""
    texts = [normal(labels.text(row, at)) for row in region.body]
    texts = [text for text in texts if text and not OWN.fullmatch(text)]
    if len(texts) < 2 or len(set(texts)) < len(texts):
        return False
    strange = [t for t in texts if any(map(is_chinese, _unknown_in(t, lexicon)))]
    return len(strange) * 2 > len(texts)


def _unknown_in(text: str, lexicon: Lexicon) -> list[str]:
    """The stretches of a label that no word covers; the English of a bilingual table is no name."""
    return [token.text for token in lexicon.label(text) if not token.senses]


def carried_texts(sheet: Sheet, region: Region, at: int) -> dict[int, str]:
    """A label column's text in each row; where it stands blank, the one above it."""
    found: dict[int, str] = {}
    before = ""
    for row in region.body:
        before = text_of(sheet.spread(row, at)) or before
        found[row] = before
    return found
