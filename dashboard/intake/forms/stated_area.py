"""Works out which area a sheet speaks of: as given, or by code, reporting office or title."""

from __future__ import annotations

import re

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Area, Level
from dashboard.intake.forms.files.cells import Sheet, squeezed
from dashboard.intake.forms.layout import GIVEN, SHEET_NAME, Citation, Hints, refusal
from dashboard.intake.forms.title_cells import TitleCell

_CODE_LABEL = re.compile(r"(?:行政)?区划代码|地区(?:编码|代码)|单位代码")
_AREA_LABEL = re.compile(
    r"(?:编制|填报|报送|制表|编报|上报|公示|公布|发布|统计)单位|综合机关(?:名称)?|单位名称|填报机关|地区|所属地区|区域"
)
OFFICE = re.compile(
    r"(?:人民政府办公室|人民政府|民政和社会保障|民政(?:厅|局|办公室|办|所|科|部)|统计局|社会事务(?:科|办)|街道办事处办公室"
    r"|社会救助(?:科|股|中心)|(?:社会事务|社会组织(?:管理)?|养老服务|儿童福利|基层政权|区划地名|慈善社工|办公|综合)[科股室处]|(?:流浪乞讨人员)?救助(?:管理)?站|未成年人(?:救助)?保护中心|(?:社会|儿童)?福利(?:院|中心)|殡仪馆"
    r"|殡葬(?:管理|服务)(?:所|处|中心)|婚姻(?:[(]收养[)])?登记(?:处|中心)|慈善(?:总会|会|协会)|福利?彩票?(?:发行)?(?:管理)?中心"
    r"|社会(?:工作|组织)(?:服务|发展)?(?:中心|站)|养老(?:服务)?(?:指导)?中心)+$"
)


_HEADING = re.compile(r"(?:关于|附件?|[^一-鿿])*+(?P<name>[一-鿿]{2,7}?[县区市旗])(?![级本直辖属])")
_NO_NAME = re.compile(
    r"^[全各我本城农乡分].*|.*(?:[社地城市园片辖校农牧灾山景小街县特]区|[城超县菜]市|[区各]县)$"
)

_CHINESE, _LATIN = re.compile("[一-鿿]"), re.compile("[A-Za-z]{3}")


def stated_area(
    sheet: Sheet,
    cells: list[TitleCell],
    labels: list[tuple[str, TitleCell]],
    areas: Areas,
    hints: Hints,
    evidence: dict[str, Citation],
) -> Area | None:
    """The area, with the cell it was read from added to ``evidence``; refuses a senseless hint."""
    if hints.area.strip():
        given = _given(hints.area, sheet, areas)
        evidence["area"] = Citation(GIVEN, hints.area)
        return given
    found = _labelled(labels, areas) or _in_title(sheet, cells, areas)
    if found is None:
        return _by_sheet_name(sheet, areas, evidence)
    area, evidence["area"] = found
    return area


def _given(text: str, sheet: Sheet, areas: Areas) -> Area:
    """The area that the person names; refuses what names none or several."""
    matches = areas.find(text)
    if len(matches) != 1:
        raise refusal("unknown_area", _bad_area_hint(text, matches), sheet.name)
    return matches[0]


def _labelled(labels: list[tuple[str, TitleCell]], areas: Areas) -> tuple[Area, Citation] | None:
    """The area that stands behind a label: its code first, else the reporting office."""
    for pattern in (_CODE_LABEL, _AREA_LABEL):
        for label, cell in labels:
            area = _of_label(cell.text, areas) if pattern.fullmatch(label) else None
            if area is not None:
                return area, cell.evidence
    return None


def _of_label(text: str, areas: Areas) -> Area | None:
    """The one area of a code or an office; of a longer text the one that it names."""
    matches = areas.find(text) or areas.find(OFFICE.sub("", text))
    if not matches:
        return named_area(text, areas)
    return matches[0] if len(matches) == 1 else None


def area_of_table(
    cells: list[TitleCell],
    labels: list[tuple[str, TitleCell]],
    areas: Areas,
    shared: Area | None,
) -> Area | None:
    """The county or city that a table's own captions name, or the one of its sheet, if lower."""
    area, _ = _labelled(labels, areas) or _in_lines(cells, areas) or (None, None)
    if area is None or area.level in (Level.STREET, Level.COMMUNITY):
        return shared
    return shared if shared is not None and areas.is_below(shared.code, area.code) else area


def _in_title(sheet: Sheet, cells: list[TitleCell], areas: Areas) -> tuple[Area, Citation] | None:
    """The area that a line without a label names, or the sheet's name."""
    named = _in_lines(cells, areas)
    if named is None:
        area = None if ":" in squeezed(sheet.name) else named_area(sheet.name, areas)
        named = (area, Citation(SHEET_NAME, sheet.name)) if area is not None else None
    return named


def _in_lines(cells: list[TitleCell], areas: Areas) -> tuple[Area, Citation] | None:
    for cell in cells:
        area = None if ":" in squeezed(cell.text) else named_area(cell.text, areas)
        if area is not None:
            return area, cell.evidence
    return None


def _by_sheet_name(sheet: Sheet, areas: Areas, evidence: dict[str, Citation]) -> Area | None:
    """The one area that the sheet's whole name is, however it is written: 西山 for 西山街道."""
    name = squeezed(sheet.name)
    matches = areas.find(name) if name and not any(map(str.isdigit, name)) else []
    if len(matches) != 1:
        return None
    evidence["area"] = Citation(SHEET_NAME, sheet.name)
    return matches[0]


def _bad_area_hint(text: str, areas: list[Area]) -> Text:
    if areas:
        codes = ", ".join(area.code for area in areas[:6])
        return Text(
            f"“{text}”可指多个地区({codes});请用 --area 写明区划代码",
            f"{text!r} may be any of {codes}; give the code with --area",
        )
    return Text(
        f"地区表中没有“{text}”；请检查 --area 的代码或名称",
        f"there is no area {text!r}; check the code or name given with --area",
    )


def named_area(text: str, areas: Areas) -> Area | None:
    """The one area a title names, the lowest of 济南市长清区文昌街道; None where unclear."""
    english, text = text, squeezed(text)
    if text.startswith("全国"):
        return next(iter(areas.find("全国")), None)
    named = _named(text, areas) or _named_in_english(english, areas)
    lowest = _lowest(named, areas)
    best = max((rank for rank, _ in lowest), default=0)
    first = [area for rank, area in lowest if rank == best]
    return first[0] if len(first) == 1 else None


def other_district(title: str, found: Area, areas: Areas) -> str:
    """The county, district or city that a title begins with where it is none of the area's own.

    ``title`` is without its period. Names of towns are alike in many counties, so that rows alone
    do not say whose they are.
    """
    named = _HEADING.match(squeezed(title))
    if named is None or _NO_NAME.fullmatch(named["name"]):
        return ""
    own = [area.name.zh for area in (found, *areas.ancestors(found.code))]
    return "" if any(named["name"] in one or one in named["name"] for one in own) else named["name"]


def _named(text: str, areas: Areas) -> list[Area]:
    """The areas whose names stand in a text, without those that are a part of a longer one."""
    named = [area for area in areas if len(area.name.zh) > 2 and area.name.zh in text]
    inner = _within_others({area.name.zh for area in named})
    return [
        area for area in named if area.level is not Level.COMMUNITY and area.name.zh not in inner
    ]


def _named_in_english(text: str, areas: Areas) -> list[Area]:
    """The areas whose whole English names, of two words or more, stand in an English text."""
    if _CHINESE.search(text) or not _LATIN.search(text):
        return []
    words = _words(text)
    names = {area.code: _words(area.name.en) for area in areas if " " in area.name.en}
    named = [area for area in areas if names.get(area.code, words + "-") in words]
    inner = _within_others({names[area.code] for area in named})
    return [
        area
        for area in named
        if area.level is not Level.COMMUNITY and names[area.code] not in inner
    ]


def _words(text: str) -> str:
    """The English words of a text, each between blanks: a name is found by whole words only."""
    plain = re.sub("['’‘`]", "", text.casefold()).replace("sub-district", "subdistrict")
    return f" {' '.join(re.findall('[a-z0-9]+', plain))} "


def _within_others(names: set[str]) -> set[str]:
    return {name for name in names if any(name in other != name for other in names)}


def _lowest(named: list[Area], areas: Areas) -> list[tuple[int, Area]]:
    """The areas below which none is named, each with how many of those named lie above it.

    Streets of one name in several districts are told apart by what is named beside them.
    """
    above = {over.code for area in named for over in areas.ancestors(area.code)}
    return [
        (sum(areas.is_below(area.code, other.code) for other in named), area)
        for area in named
        if area.code not in above
    ]
