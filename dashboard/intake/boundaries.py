"""Reads a file of boundaries: each feature joined to an area by its code or its exact name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import NamedTuple

from shapely import GEOSException

from dashboard.base.language import Text
from dashboard.base.separate_process import Bounds, TooMuch, run_apart
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Area, Finding, Grade, SubmissionHead
from dashboard.catalogue.outlines import Outline
from dashboard.intake.forms.files.bounded import features_within_bounds
from dashboard.intake.forms.files.cells import FileRefused, Sheet
from dashboard.intake.forms.files.geojson import RULE, Feature, of_feature, shown
from dashboard.intake.forms.files.thinning import is_mended
from dashboard.intake.forms.layout import FormRefused
from dashboard.intake.open_sheets import OpenedFile, Placed
from dashboard.intake.submission_request import Handover, SheetOutcome
from dashboard.store.record import NewSubmission

FORM = "boundaries"
CODES = (
    "code",
    "adcode",
    "area_code",
    "街道代码",
    "乡镇代码",
    "区划代码",
    "行政区划代码",
    "地区代码",
    "代码",
    "xzqdm",
)
NAMES = ("name", "街道", "街道名称", "乡镇名称", "地区名称", "名称", "xzqmc")
_MOST_ERRORS = 100
_NO_CODE = Text(
    "代码不在地区表中；请改正，或先载入地区表",
    "not a code of the list of areas: correct it, or load the list first",
)
THIN, BOUNDS = "dashboard.intake.forms.files.thinning:thinned", Bounds(30, 1024)
_TANGLED = Finding(
    "error",
    RULE,
    Text(
        "边界自相交太多，无法修正；请先用制图软件检查几何并简化边界",
        "the boundaries cross themselves too often to be mended: check and simplify them first",
    ),
)
_NEITHER = Text(
    "没有街道代码，也没有名称；请加上属性 code（区划代码）或 name（名称）",
    "neither a code nor a name: add the property code or name",
)


class _NoArea(ValueError):
    """A feature that is of no one area; ``finding`` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message.en)
        self.finding = finding


class _Joined(NamedTuple):
    outlines: dict[str, Outline]
    findings: list[Finding]


def take_boundaries(file: OpenedFile, content: bytes, areas: Areas, handover: Handover) -> None:
    """Takes the file in as a submission of its own, whole or not at all."""
    name = PurePath(file.name).stem
    given = handover.of_sheet(file.name, name)
    try:
        features, findings = features_within_bounds(file.name, content)
    except FileRefused as refusal:
        file.receipts.append(SheetOutcome(file.name, name, FORM, findings=(refusal.finding,)))
        return
    joined = _join(features, areas, given)
    findings = _judged([*findings, *joined.findings], joined.outlines, areas)
    if any(finding.rule == "unknown_area" for finding in findings):
        file.refusals[len(file.receipts)] = FormRefused(findings)
    receipt = SheetOutcome(
        file.name,
        name,
        FORM,
        _above(joined.outlines, areas),
        "",
        str(given.grade or Grade.MANAGEMENT),
        findings=tuple(findings[:_MOST_ERRORS]),
        outlines=len(joined.outlines),
    )
    if not receipt.refused:
        rows = tuple((code, areas.name_of(code, "zh")) for code in joined.outlines)
        try:
            thin = run_apart(THIN, (joined.outlines,), BOUNDS)
        except (TooMuch, GEOSException):
            file.receipts.append(replace(receipt, outlines=0, findings=(_TANGLED,)))
            return
        file.taken.append(Placed(len(file.receipts), Sheet(name, rows)))
        file.arrivals.append(_arrival(receipt, given, thin))
    file.receipts.append(receipt)


def _judged(
    findings: Sequence[Finding], outlines: Mapping[str, Outline], areas: Areas
) -> list[Finding]:
    """The findings, errors first; where there are none, with notes on what is drawn and what not.

    No known area at all is an error too.
    """
    new_findings = sorted(findings, key=lambda finding: finding.severity != "error")
    if any(finding.severity == "error" for finding in new_findings):
        return new_findings
    if not outlines:
        message = Text("没有一个要素是已知的地区", "no feature is of a known area")
        return [Finding("error", RULE, message), *new_findings]
    return [*new_findings, *_mended(outlines, areas), *_without(outlines, areas)]


def _mended(outlines: Mapping[str, Outline], areas: Areas) -> list[Finding]:
    """A note for every outline that crosses itself and is drawn mended."""
    messages = [
        Text(
            f"{areas.name_of(code, 'zh')}的边界自相交，已修正后使用；请核对",
            f"the boundary of {areas.name_of(code, 'en')} crosses itself; it was mended: check it",
        )
        for code, outline in outlines.items()
        if is_mended(outline)
    ]
    return [Finding("note", RULE, message) for message in messages]


def _arrival(receipt: SheetOutcome, given: Handover, outlines: dict[str, Outline]) -> NewSubmission:
    head = SubmissionHead(
        file=receipt.file,
        sheet=receipt.sheet,
        form=FORM,
        area=receipt.area,
        period=None,
        grade=Grade(receipt.grade),
        submitted_by=given.by,
        note=given.note,
        is_sample=given.is_sample,
    )
    return NewSubmission(head, (), receipt.findings, outlines=outlines)


def _join(features: Sequence[Feature], areas: Areas, given: Handover) -> _Joined:
    """The outlines by code, and a finding for every feature that is of no one area."""
    within = areas.find(given.area) if given.area else []
    district = within[0] if len(within) == 1 else None
    seen = dict[str, int]()
    joined = _Joined({}, [])
    for feature in features:
        try:
            area = _area_of(feature, areas, district)
        except _NoArea as unknown:
            skips = unknown.finding.rule == "unknown_street" and given.skip_unknown
            joined.findings.append(_as_note(unknown.finding) if skips else unknown.finding)
            continue
        if area.code in seen:
            joined.findings.append(_twice(feature, area, seen[area.code]))
        else:
            seen[area.code] = feature.number
            joined.outlines[area.code] = Outline(feature.rings)
    return joined


def _twice(feature: Feature, area: Area, first: int) -> Finding:
    message = Text(
        f"{area.name.zh}（{area.code}）已是第{first}个要素；同一街道的几块请合成一个MultiPolygon",
        f"{area.name['en']} ({area.code}) is feature {first} already:"
        " join the parts of a street in one MultiPolygon",
    )
    return of_feature(feature.number, message, area.code)


def _value(properties: Mapping[str, object], names: Sequence[str]) -> tuple[str, object]:
    """The first of these properties that says something, with its name as the file has it."""
    written = {str(name).strip().casefold(): name for name in properties}
    for name in names:
        key = written.get(name)
        if key is not None and properties[key] not in (None, ""):
            return key, properties[key]
    return "", ""


def _area_of(feature: Feature, areas: Areas, district: Area | None) -> Area:
    """The area that a feature's code names, or else its name; raises _NoArea."""
    key, value = _value(feature.properties, CODES)
    if key:
        area = areas.get(_code(value))
        if area is None:
            raise _NoArea(_unknown(feature, key, value, _NO_CODE))
        return area
    key, value = _value(feature.properties, NAMES)
    if not key or not isinstance(value, str):
        there = shown(", ".join(map(str, feature.properties)))
        raise _NoArea(of_feature(feature.number, _NEITHER, there))
    if district is None:
        raise _NoArea(_only_a_name(feature, key, value))
    return _named(feature, key, value, areas, district)


def _code(value: object) -> str:
    """A code as text, empty for what cannot be one; 370113001.0 is 370113001."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip() if isinstance(value, str | int) and value is not True else ""


def _only_a_name(feature: Feature, key: str, value: str) -> Finding:
    message = Text(
        f"只有名称（{key}），没有代码；请指明是哪个区县的街道（--area），或加上属性 code",
        f"only a name ({key}), no code: say of which district (--area), or add the property code",
    )
    finding = of_feature(feature.number, message, shown(value))
    return Finding("error", "unknown_area", finding.message, value=finding.value)


def _named(feature: Feature, key: str, value: str, areas: Areas, district: Area) -> Area:
    """The district's street of exactly this name; raises _NoArea."""
    wanted = "".join(value.split())
    same = [area for area in areas.children(district.code) if wanted in _names(area)]
    if len(same) == 1:
        return same[0]
    why = Text(
        f"{district.name.zh}没有叫这个名称的街道（名称须完全相同）；请改正，或加上属性 code",
        f"{district.name.en or district.name.zh} has no street of exactly this name: "
        "correct it, or add the property code",
    )
    raise _NoArea(_unknown(feature, key, value, why))


def _names(area: Area) -> tuple[str, ...]:
    return (area.name.zh, "".join(area.name.en.split()), *area.aliases)


def _unknown(feature: Feature, key: str, value: object, why: Text) -> Finding:
    message = Text(f"{key}：{why.zh}", f"{key}: {why.en}")
    finding = of_feature(feature.number, message, shown(value))
    return Finding("error", "unknown_street", finding.message, value=finding.value)


def _as_note(finding: Finding) -> Finding:
    """What is left out because the person said so."""
    text = Text(f"{finding.message.zh}（已略过）", f"{finding.message.en} (left out)")
    return Finding("note", finding.rule, text, value=finding.value)


def _above(outlines: Mapping[str, Outline], areas: Areas) -> str:
    """The area directly above all of them; that above most, where they are of several."""
    parents = [area.parent for code in outlines if (area := areas.get(code))]
    return max(sorted(set(parents)), key=parents.count, default="")


def _without(outlines: Mapping[str, Outline], areas: Areas) -> list[Finding]:
    """A note for every area whose streets are drawn in part only, naming the others."""
    known = filter(None, map(areas.get, outlines))
    rest = {parent: _undrawn(parent, outlines, areas) for parent in {area.parent for area in known}}
    return [
        Finding("note", RULE, _not_drawn(areas, parent, rest[parent]))
        for parent in sorted(rest)
        if rest[parent]
    ]


def _undrawn(parent: str, outlines: Mapping[str, Outline], areas: Areas) -> list[Area]:
    return [
        area
        for area in areas.children(parent)
        if area.code not in outlines and area.valid_to is None
    ]


def _not_drawn(areas: Areas, parent: str, rest: Sequence[Area]) -> Text:
    return Text(
        f"{areas.name_of(parent, 'zh')}还有{len(rest)}个没有边界："
        + "、".join(one.name.zh for one in rest),
        f"{areas.name_of(parent, 'en')} has {len(rest)} more without a boundary: "
        + ", ".join(area.name["en"] for area in rest),
    )
