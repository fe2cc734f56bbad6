"""Reads a list of areas as a bureau hands it in: ten rows or a national list of 45,000 streets.

Columns ``code,name,level[,name_en,parent,valid_from,valid_to,predecessor,aliases,below,tile_row,
tile_column]``; levels in English or Chinese; ``below`` is ``some`` where not all areas below are
known; the tile is the place on a tile map, counted from 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from dashboard.base.language import Text
from dashboard.catalogue.areas import normal_code
from dashboard.catalogue.concepts import Area, Level
from dashboard.catalogue.periods import Period, parse

COLUMNS = ("code", "name", "level")
_HEADINGS = {
    "code": "代码 区划代码 行政区划代码 地区代码 地区编码",
    "name": "名称 地区名称 地区 区划名称",
    "level": "级别 层级 行政级别 地区级别",
    "name_en": "英文名称 英文名",
    "parent": "上级 上级代码 上级地区 上级区划代码",
}
_COLUMN_OF = {word: name for name, words in _HEADINGS.items() for word in words.split()}
MOST_TILES = 60  # in a row or a column
_LEVEL_NAMES = {
    "country": "国家 全国 nation",
    "province": "省 省级 自治区 直辖市 特别行政区",
    "city": "市 地级 地级市 地区 盟 自治州 州 prefecture",
    "district": "区 县 区县 县级 县级市 市辖区 自治县 旗 自治旗 林区 特区 county",
    "street": "街道 街道办事处 镇 乡 民族乡 苏木 民族苏木 区公所 乡镇 镇街 乡级 类似乡级单位"
    " town township subdistrict",
    "community": "社区 村 居委会 村委会 居民委员会 村民委员会 类似居委会 village",
}
_LEVEL_WORDS = {word: level for level, words in _LEVEL_NAMES.items() for word in words.split()}
_ORDER = list(Level)


class AreaError(ValueError):
    """A row of an area list that cannot be used; ``line`` and ``column`` say where."""

    def __init__(self, line: int, column: str, value: str, message: Text) -> None:
        """Keep the place, so that a caller can name it in its own words."""
        super().__init__(f"line {line}, {column} = {value!r}: {message.en}")
        self.line, self.column, self.value, self.message = line, column, value, message


def _period(row: dict[str, str], column: str, line: int) -> Period | None:
    text = (row.get(column) or "").strip()
    if not text:
        return None
    try:
        span = parse(text)
    except ValueError:
        raise AreaError(
            line, column, text, Text("应为年月,如 2022-01", "a month such as 2022-01 is needed")
        ) from None
    return Period(span.end.year, 1) if column == "valid_from" and span.length == 12 else span.end


def _tile(row: dict[str, str], line: int) -> tuple[int, int] | None:
    """The declared place on a tile map; None without one."""
    texts = {column: (row.get(column) or "").strip() for column in ("tile_row", "tile_column")}
    if not any(texts.values()):
        return None
    places = []
    for column, text in texts.items():
        if not re.fullmatch(r"[0-9]{1,3}(\.0)?", text) or not 1 <= float(text) <= MOST_TILES:
            raise AreaError(
                line,
                column,
                text,
                Text(
                    f"方块图的行、列应同时填写，为1到{MOST_TILES}的整数",
                    f"row and column of a tile are both needed: whole numbers, 1 to {MOST_TILES}",
                ),
            )
        places.append(int(float(text)))
    return places[0], places[1]


def _refuse_shared_tiles(areas: dict[str, Area], lines: dict[str, int]) -> None:
    """Two areas of one parent on the same tile would hide each other."""
    seen: dict[tuple[str, tuple[int, int]], str] = {}
    for code, area in areas.items():
        if area.tile is None:
            continue
        other = seen.setdefault((area.parent, area.tile), code)
        if other != code:
            row, column = area.tile
            name = areas[other].name.zh
            raise AreaError(
                lines[code],
                "tile_row",
                f"{row}, {column}",
                Text(
                    f"第{row}行第{column}列的方块已给了{name}（第{lines[other]}行）；请换一个位置",
                    f"the tile in row {row}, column {column} is {name}'s (line {lines[other]}):"
                    " choose another",
                ),
            )


_TEXTS = ("code", "name", "name_en", "level", "parent", "predecessor", "aliases", "below")


def area_from_row(row: dict[str, str], line: int) -> Area:
    """One row of an area list as an Area; raises AreaError naming line and column."""
    plain = {column: (row.get(column) or "").strip() for column in _TEXTS}
    code = normal_code(plain["code"])
    name = re.sub(r"[\s　]+", "", plain["name"])
    level = plain["level"].casefold()
    level = _LEVEL_WORDS.get(level, level)
    if not re.fullmatch(r"[0-9A-Za-z_-]{1,32}", code):
        zh, en = "应为区划代码:1到32位数字或字母", "a code of 1 to 32 digits or letters is needed"
        raise AreaError(line, "code", code, Text(zh, en))
    if not 1 <= len(name) <= 80:
        zh, en = "应为1到80字的名称", "a name of 1 to 80 characters is needed"
        raise AreaError(line, "name", name, Text(zh, en))
    if level not in set(_ORDER):
        zh = "应为 country、province、city、district、street 或 community"
        en = "country, province, city, district, street or community is needed"
        raise AreaError(line, "level", level, Text(zh, en))
    return Area(
        code=code,
        name=Text(name, plain["name_en"]),
        level=Level(level),
        parent=normal_code(plain["parent"]),
        valid_from=_period(row, "valid_from", line),
        valid_to=_period(row, "valid_to", line),
        predecessor=normal_code(plain["predecessor"]),
        aliases=tuple(filter(None, map(str.strip, plain["aliases"].split("|")))),
        lists_all_below=plain["below"].casefold() != "some",
        tile=_tile(row, line),
    )


def _implied_parent(area: Area, codes: dict[str, Area]) -> str:
    """The parent the code itself names: 370113001 is in 370113, that in 370100, that in 370000."""
    if area.parent or not area.code.isdecimal() or area.level is Level.COUNTRY:
        return area.parent
    for code in _codes_above(area):
        if code != area.code and code in codes:
            above = codes[code]
            if _ORDER.index(above.level) < _ORDER.index(area.level):
                return code
    return ""


def _codes_above(area: Area) -> list[str]:
    """The codes of the areas that an area's code lies in, the nearest first."""
    shorter = [area.code[:9], area.code[:6]] if len(area.code) > 6 else []
    if len(area.code) in (6, 9, 12):
        shorter += [area.code[:4] + "00", area.code[:2] + "0000"]
    if area.level is Level.PROVINCE:
        shorter.append("000000")
    return shorter


def read_areas(
    rows: Iterable[dict[str, str]], known: Iterable[Area] = (), first_line: int = 2
) -> list[Area]:
    """Areas of a list, with parents taken from the codes where the list names none.

    A code that stands twice, an unknown parent, a parent of the same or a lower level, or a loop is
    an AreaError.
    """
    areas: dict[str, Area] = {}
    lines: dict[str, int] = {}
    for line, row in enumerate(rows, start=first_line):
        if not any(row.values()):
            continue
        area = area_from_row(row, line)
        if area.code in areas:
            raise AreaError(
                line,
                "code",
                area.code,
                Text(
                    f"与第{lines[area.code]}行重复",
                    f"the code already stands in line {lines[area.code]}",
                ),
            )
        areas[area.code], lines[area.code] = area, line
    everything = {area.code: area for area in known} | areas
    for code, area in areas.items():
        parent = _implied_parent(area, everything)
        if parent and parent not in everything:
            raise AreaError(
                lines[code],
                "parent",
                parent,
                Text(
                    "地区表中没有这个上级地区；请在本表中为它加一行，或先报送它",
                    "the parent is not a known area: add a row for it, or hand it in first",
                ),
            )
        if parent and _ORDER.index(everything[parent].level) >= _ORDER.index(area.level):
            raise AreaError(
                lines[code],
                "parent",
                parent,
                Text("上级地区的级别应高于本地区", "the parent must be of a higher level"),
            )
        areas[code] = replace(area, parent=parent)
    _refuse_shared_tiles(areas, lines)
    return list(areas.values())


def column_of(heading: object) -> str:
    """The column that a heading of a list means: code for 区划代码; itself where it means none."""
    text = str(heading).strip().casefold()
    return _COLUMN_OF.get(text, text)


def is_area_list(header: Iterable[object]) -> bool:
    """Whether a header row is that of an area list."""
    names = {column_of(cell) for cell in header if cell is not None}
    return set(COLUMNS) <= names and not {"value", "indicator"} & names
