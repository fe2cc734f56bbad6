"""A file of boundaries: each feature joined to an area by its code, or else by its exact name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Area, Finding, Grade, SubmissionHead
from dashboard.catalogue.outlines import Outline
from dashboard.intake.forms.files.cells import FileRefused, Sheet
from dashboard.intake.forms.files.geojson import RULE, Feature, of_feature, read_features, shown
from dashboard.intake.forms.files.thinning import thinned
from dashboard.intake.forms.layout import FormRefused
from dashboard.intake.open_sheets import OpenedFile, Placed
from dashboard.intake.submission_request import Handover, Receipt
from dashboard.store.record import Arrival

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


class _Joined(NamedTuple):
    outlines: dict[str, Outline]
    findings: list[Finding]


def take_boundaries(file: OpenedFile, content: bytes, areas: Areas, handover: Handover) -> None:
    """The file as a submission of its own, whole or not at all."""
    name = PurePath(file.name).stem
    given = handover.of_sheet(file.name, name)
    try:
        features, findings = read_features(file.name, content)
    except FileRefused as refusal:
        file.receipts.append(Receipt(file.name, name, FORM, findings=(refusal.finding,)))
        return
    joined = _join(features, areas, given)
    findings = sorted([*findings, *joined.findings], key=lambda one: one.severity != "error")
    if not joined.outlines and not any(one.severity == "error" for one in findings):
        message = Text("没有一个要素是已知的地区", "no feature is of a known area")
        findings.append(Finding("error", RULE, message))
    refused = any(one.severity == "error" for one in findings)
    if any(one.rule == "unknown_area" for one in findings):
        file.refusals[len(file.receipts)] = FormRefused(findings)
    findings += [] if refused else _without(joined.outlines, areas)
    above = _above(joined.outlines, areas)
    told = tuple(findings[:_MOST_ERRORS])
    grade = given.grade or Grade.MANAGEMENT
    receipt = Receipt(
        file.name, name, FORM, above, "", str(grade), findings=told, outlines=len(joined.outlines)
    )
    if not refused:
        head = SubmissionHead(
            file=file.name,
            sheet=name,
            form=FORM,
            area=above,
            period=None,
            grade=grade,
            submitted_by=given.by,
            note=given.note,
            is_sample=given.is_sample,
        )
        rows = tuple((code, areas.name_of(code, "zh")) for code in joined.outlines)
        file.taken.append(Placed(len(file.receipts), Sheet(name, rows)))
        file.arrivals.append(Arrival(head, (), told, outlines=thinned(joined.outlines)))
    file.receipts.append(receipt)


def _join(features: Sequence[Feature], areas: Areas, given: Handover) -> _Joined:
    """The outlines by code, and a finding for every feature that is of no one area."""
    within = areas.find(given.area) if given.area else []
    district = within[0] if len(within) == 1 else None
    found, seen, findings = {}, dict[str, int](), []
    for feature in features:
        area, finding = _area_of(feature, areas, district)
        if area is None:
            assert finding is not None
            unknown = finding.rule == "unknown_street" and given.skip_unknown
            findings.append(_as_note(finding) if unknown else finding)
        elif area.code in seen:
            message = Text(
                f"{area.name.zh}（{area.code}）已是第{seen[area.code]}个要素；"
                "同一街道的几块请合成一个MultiPolygon",
                f"{area.name['en']} ({area.code}) is feature {seen[area.code]} already:"
                " join the parts of a street in one MultiPolygon",
            )
            findings.append(of_feature(feature.number, message, area.code))
        else:
            seen[area.code] = feature.number
            found[area.code] = Outline(feature.rings)
    return _Joined(found, findings)


def _value(properties: Mapping[str, object], names: Sequence[str]) -> tuple[str, object]:
    """The first of these properties that says something, with its name as the file has it."""
    written = {str(name).strip().casefold(): name for name in properties}
    for name in names:
        key = written.get(name)
        if key is not None and properties[key] not in (None, ""):
            return key, properties[key]
    return "", ""


def _area_of(
    feature: Feature, areas: Areas, district: Area | None
) -> tuple[Area | None, Finding | None]:
    key, value = _value(feature.properties, CODES)
    if key:
        code = str(int(value)) if isinstance(value, float) and value.is_integer() else value
        text = str(code).strip() if isinstance(code, str | int) and code is not True else ""
        area = areas.get(text) if text else None
        if area is not None:
            return area, None
        return None, _unknown(
            feature,
            key,
            value,
            Text(
                "代码不在地区表中；请改正，或先载入地区表",
                "not a code of the list of areas: correct it, or load the list first",
            ),
        )
    key, value = _value(feature.properties, NAMES)
    if not key or not isinstance(value, str):
        there = shown(", ".join(map(str, feature.properties)))
        message = Text(
            "没有街道代码，也没有名称；请加上属性 code（区划代码）或 name（名称）",
            "neither a code nor a name: add the property code or name",
        )
        return None, of_feature(feature.number, message, there)
    if district is None:
        message = Text(
            f"只有名称（{key}），没有代码；请指明是哪个区县的街道（--area），或加上属性 code",
            f"only a name ({key}), no code: say of which district (--area), or add the property"
            " code",
        )
        finding = of_feature(feature.number, message, shown(value))
        return None, Finding("error", "unknown_area", finding.message, value=finding.value)
    wanted = "".join(value.split())
    same = [
        area
        for area in areas.children(district.code)
        if wanted in (area.name.zh, "".join(area.name.en.split()), *area.aliases)
    ]
    if len(same) == 1:
        return same[0], None
    return None, _unknown(
        feature,
        key,
        value,
        Text(
            f"{district.name.zh}没有叫这个名称的街道（名称须完全相同）；请改正，或加上属性 code",
            f"{district.name.en or district.name.zh} has no street of exactly this name: "
            "correct it, or add the property code",
        ),
    )


def _unknown(feature: Feature, key: str, value: object, why: Text) -> Finding:
    message = Text(f"{key}：{why.zh}", f"{key}: {why.en}")
    finding = of_feature(feature.number, message, shown(value))
    return Finding("error", "unknown_street", finding.message, value=finding.value)


def _as_note(finding: Finding) -> Finding:
    """What is left out because the person said so."""
    said = Text(f"{finding.message.zh}（已略过）", f"{finding.message.en} (left out)")
    return Finding("note", finding.rule, said, value=finding.value)


def _above(outlines: Mapping[str, Outline], areas: Areas) -> str:
    """The area directly above all of them; that above most, where they are of several."""
    parents = [area.parent for code in outlines if (area := areas.get(code))]
    return max(sorted(set(parents)), key=parents.count, default="")


def _without(outlines: Mapping[str, Outline], areas: Areas) -> list[Finding]:
    """A note for every area whose streets are drawn in part only, naming the others."""
    findings = []
    for parent in sorted({area.parent for code in outlines if (area := areas.get(code))}):
        rest = [
            one
            for one in areas.children(parent)
            if one.code not in outlines and one.valid_to is None
        ]
        if not rest:
            continue
        message = Text(
            f"{areas.name_of(parent, 'zh')}还有{len(rest)}个没有边界："
            + "、".join(one.name.zh for one in rest),
            f"{areas.name_of(parent, 'en')} has {len(rest)} more without a boundary: "
            + ", ".join(one.name["en"] for one in rest),
        )
        findings.append(Finding("note", RULE, message))
    return findings
