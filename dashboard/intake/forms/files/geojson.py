"""Reads a GeoJSON file of boundaries as features with closed rings. What is doubtful is refused.

Coordinates are degrees, longitude first, as GeoJSON has it: WGS 84, CGCS2000 or GCJ-02, which lie
so near to each other that a drawing is the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Finding
from dashboard.catalogue.outlines import Point, Ring, signed_area, turned
from dashboard.intake.forms.files.cells import FileRefused, is_number
from dashboard.intake.forms.files.text_files import decoded

RULE = "boundary"
MOST_BYTES, MOST_FEATURES, MOST_POINTS = 20_000_000, 2_000, 300_000
_NAMES = (".geojson", ".json")
_DEGREES = ("crs84", "4326", "4490")  # coordinate systems in degrees that may be named
_NO_COLLECTION = (
    "应为GeoJSON的FeatureCollection，含features列表；请重新导出",
    "a GeoJSON FeatureCollection with a list of features is needed: export it anew",
)
_NO_POLYGON = (
    "geometry应为Polygon或MultiPolygon且有坐标；请导出面，不要导出点、线",
    "geometry must be a Polygon or MultiPolygon with coordinates: export areas, not lines",
)
_EXCHANGED = (
    "经度和纬度看来写反了；GeoJSON应先经度、后纬度",
    "latitude and longitude seem to be exchanged: GeoJSON has the longitude first",
)
_METRES = (
    "坐标不是经纬度，看来是以米为单位的投影坐标；请按WGS 84或GCJ-02的度重新导出",
    "not degrees, but probably projected metres: export it in degrees (WGS 84 or GCJ-02)",
)
_SHOWN = 60  # letters of a value in a message


class Feature(NamedTuple):
    """One feature: its number in the file from 1, its properties, its rings (see ``outlines``)."""

    number: int
    properties: Mapping[str, object]
    rings: tuple[Ring, ...]


class _Refused(ValueError):
    """Why a file or feature cannot be used, and the value that is to blame."""

    def __init__(self, zh: str, en: str, value: object = "") -> None:
        super().__init__(en)
        self.text, self.value = Text(zh, en), shown(value)


def shown(value: object) -> str:
    """A value as a message can print it."""
    text = value if isinstance(value, str) else repr(value)[: _SHOWN + 1]
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def is_geojson(name: str, content: bytes) -> bool:
    """Whether a file is to be read as boundaries: by its name, or because it begins with {."""
    start = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    return name.casefold().endswith(_NAMES) or start.startswith(b"{")


def read_features(name: str, content: bytes) -> tuple[list[Feature], list[Finding]]:
    """The features of a file, and an error for each that cannot be used.

    Raises FileRefused where the file as a whole is no collection of boundaries.
    """
    try:
        features = _collection(content)
    except _Refused as refusal:
        message = Text(f"{name}：{refusal.text.zh}", f"{name}: {refusal.text.en}")
        raise FileRefused(Finding("error", RULE, message, value=refusal.value)) from None
    read, findings, points = [], [], 0
    for number, feature in enumerate(features, start=1):
        try:
            one = _feature(number, feature)
        except _Refused as refusal:
            findings.append(of_feature(number, refusal.text, refusal.value))
            continue
        points += sum(map(len, one.rings))
        if points > MOST_POINTS:
            findings.append(
                of_feature(
                    number,
                    Text(
                        f"到这里文件已超过{MOST_POINTS:,}个坐标点；请先用制图软件简化边界",
                        f"up to here there are more than {MOST_POINTS:,} points: "
                        "simplify the boundaries",
                    ),
                )
            )
            break
        read.append(one)
    return read, findings


def of_feature(number: int, message: Text, value: str = "", severity: str = "error") -> Finding:
    """A finding about one feature, named by its number in the file."""
    text = Text(f"第{number}个要素：{message.zh}", f"feature {number}: {message.en}")
    return Finding(severity, RULE, text, value=value)


def _collection(content: bytes) -> list[object]:
    if len(content) > MOST_BYTES:
        raise _Refused(
            f"文件超过{MOST_BYTES // 1_000_000} MB；请先用制图软件简化边界",
            f"the file is larger than {MOST_BYTES // 1_000_000} MB: simplify the boundaries first",
        )
    text = decoded(content)
    if text is None:
        raise _Refused(
            "文字编码无法识别；请存为UTF-8", "its encoding is not known: save it as UTF-8"
        )
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise _Refused(
            f"不是正确的JSON（第{error.lineno}行第{error.colno}字）；请从制图软件重新导出GeoJSON",
            f"no valid JSON (line {error.lineno}, character {error.colno}): export GeoJSON anew",
        ) from None
    except (RecursionError, ValueError) as error:
        if isinstance(error, _Refused):
            raise
        raise _Refused(
            "括号嵌套太深或数字太长，不是边界文件；请从制图软件重新导出GeoJSON",
            "nested too deeply, or with a number too long, for boundaries: export GeoJSON anew",
        ) from None
    return _features_of(found)


def _features_of(found: object) -> list[object]:
    """The features of a collection in degrees; raises _Refused."""
    if not isinstance(found, dict):
        raise _Refused(*_NO_COLLECTION, type(found).__name__)
    features = found.get("features")
    if found.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise _Refused(*_NO_COLLECTION, found.get("type"))
    if not 1 <= len(features) <= MOST_FEATURES:
        raise _Refused(
            f"应有1到{MOST_FEATURES}个要素，文件里有{len(features)}个",
            f"1 to {MOST_FEATURES} features are needed, the file has {len(features)}",
        )
    _check_system(found.get("crs"))
    return features


def _once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """An object whose names each stand once: of two values, nobody could say which one holds."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Refused(
            "同一个对象里有重复的属性名；请删去一个",
            "a name stands twice in one object: take one of them out",
            twice,
        )
    return found


def _no_constant(name: str) -> object:
    raise _Refused("含有不是数的值；请重新导出", "a value is not a number: export it anew", name)


def _check_system(crs: object) -> None:
    sentence = json.dumps(crs, ensure_ascii=False).casefold() if crs is not None else ""
    if sentence and not any(known in sentence for known in _DEGREES):
        raise _Refused(
            "文件声明了别的坐标系；请按经纬度（WGS 84 或 CGCS2000）重新导出",
            "the file names another coordinate system: export it in degrees (WGS 84 or CGCS2000)",
            sentence,
        )


def _feature(number: int, feature: object) -> Feature:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise _Refused("应为type为Feature的对象", "an object of type Feature is needed", feature)
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        raise _Refused(
            "没有properties；应含街道代码或名称", "no properties: a code or a name is needed"
        )
    return Feature(number, properties, tuple(_rings(feature.get("geometry"))))


def _rings(geometry: object) -> Iterator[Ring]:
    for polygon in _polygons(geometry):
        if not isinstance(polygon, list) or not polygon:
            raise _Refused("有一个面没有环", "a polygon without rings", polygon)
        for place, ring in enumerate(polygon):
            yield turned(_ring(ring, place), anticlockwise=place == 0)


def _polygons(geometry: object) -> list[object]:
    """The coordinates of one or several polygons; raises _Refused for other geometries."""
    if not isinstance(geometry, dict):
        raise _Refused(*_NO_POLYGON, geometry)
    kind, given = geometry.get("type"), geometry.get("coordinates")
    polygons = [given] if kind == "Polygon" else given
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(polygons, list) or not polygons:
        raise _Refused(*_NO_POLYGON, kind)
    return polygons


def _ring(ring: object, place: int) -> Ring:
    what = Text("外环", "outer ring") if place == 0 else Text(f"第{place}个洞", f"hole {place}")
    if not isinstance(ring, list) or len(ring) < 4:
        raise _Refused(
            f"{what.zh}应至少有4个坐标点，首尾相同",
            f"the {what.en} needs 4 points or more, the last like the first",
            ring,
        )
    points = [_point(position) for position in ring]
    if points[0] != points[-1]:
        raise _Refused(
            f"{what.zh}没有闭合：末点应与首点相同；请在制图软件里检查几何",
            f"the {what.en} is not closed: its last point must be its first; check the geometry",
            f"{points[0]} … {points[-1]}",
        )
    points_once = _without_repetitions(points)
    if len(points_once) < 4 or not signed_area(points_once):
        raise _Refused(
            f"{what.zh}没有面积；请删去或修正", f"the {what.en} has no area: mend or drop it", ring
        )
    return points_once


def _without_repetitions(points: Sequence[Point]) -> Ring:
    return tuple(point for at, point in enumerate(points) if at == 0 or point != points[at - 1])


def _point(position: object) -> Point:
    if not isinstance(position, list) or len(position) < 2 or not all(map(is_number, position)):
        raise _Refused(
            "坐标应为[经度, 纬度]两个数", "a coordinate must be [longitude, latitude]", position
        )
    x, y = position[0], position[1]
    if _are_degrees(x, y):
        return float(x), float(y)
    raise _Refused(*(_EXCHANGED if _are_degrees(y, x) else _METRES), position)


def _are_degrees(longitude: float, latitude: float) -> bool:
    return -180 <= longitude <= 180 and -90 <= latitude <= 90
