"""Lists the words of a table of targets: its column headings, its kinds and its paths."""

from __future__ import annotations

from typing import TypeVar

from dashboard.catalogue.targets import Path, TargetKind
from dashboard.intake.forms.files.cells import squeezed

T = TypeVar("T")

HEADINGS: dict[str, tuple[str, ...]] = {
    "indicator": ("indicator", "指标", "指标名称", "指标代码", "目标指标"),
    "area": ("area", "地区", "地区代码", "区划代码", "街道", "街道(镇)", "镇街", "单位名称"),
    "period": ("period", "期限", "完成期限", "完成时限", "时限", "截止", "年度", "报告期", "due"),
    "kind": ("kind", "类型", "目标类型", "要求"),
    "value": ("value", "目标值", "目标", "目标数", "年度目标", "任务数", "target", "target_value"),
    "unit": ("unit", "单位", "计量单位"),
    "since": ("since", "起始", "起始月", "起算月"),
    "base": ("base", "基数", "基期值"),
    "base_period": ("base_period", "基期"),
    "source": ("source", "依据", "来源", "文件依据", "目标依据"),
    "owner": ("owner", "责任科室", "责任单位", "责任人", "牵头科室"),
    "tolerance": ("tolerance", "容差", "允许误差"),
    "path": ("path", "路径", "推进方式", "进度方式"),
    "milestones": ("milestones", "里程碑", "节点", "时间节点"),
}
# A heading of these says by itself that the table holds targets; "value" and "kind" do not.
_TELLING_ROLES = ("owner", "tolerance", "path", "milestones", "base", "base_period")
_TELLING_WORDS = frozenset(HEADINGS["value"][1:])
_OF_FIGURES = frozenset({"status", "状态", "phrase", "原文"})

KINDS: dict[TargetKind, tuple[str, ...]] = {
    TargetKind.AT_LEAST: ("at_least", "不少于", "不低于", "至少", "达到", "以上", "下限"),
    TargetKind.AT_MOST: ("at_most", "不超过", "不高于", "至多", "以内", "上限"),
    TargetKind.EXACTLY: ("exactly", "等于", "正好", "左右"),
    TargetKind.BY_DATE: ("by_date", "限期完成", "按期完成", "限期"),
    TargetKind.GROWTH: ("growth", "增长", "同比增长", "增速"),
    TargetKind.INCREASE: ("increase", "增加", "新增", "净增"),
    TargetKind.RATIO: ("ratio", "定额", "配比", "比率"),
}
PATHS: dict[Path, tuple[str, ...]] = {
    Path.LINEAR: ("linear", "均衡", "按月均衡", "日历", "序时"),
    Path.HISTORICAL: ("historical", "历年同期", "历史曲线", "历年"),
    Path.AT_END: ("at_end", "期末完成", "年末完成", "期末", "年末"),
    Path.MILESTONES: ("milestones", "里程碑", "节点"),
}


_ROLES_OF: dict[str, tuple[str, ...]] = {
    word: tuple(role for role, words in HEADINGS.items() if word in words)
    for words in HEADINGS.values()
    for word in words
}


def roles_of(cells: tuple[object, ...]) -> dict[str, int]:
    """Which column holds what, by the words of a row of headings; the first of each counts."""
    roles: dict[str, int] = {}
    for at, cell in enumerate(cells):
        if isinstance(cell, str):
            for role in _ROLES_OF.get(squeezed(cell).casefold(), ()):
                roles.setdefault(role, at)
    return roles


def speaks_of_targets(cells: tuple[object, ...], roles: dict[str, int], kinds: set[str]) -> bool:
    """Whether these headings are those of targets and not of figures.

    ``kinds`` are the words that stand below the heading of the kind.
    """
    if not {"indicator", "period", "value"} <= roles.keys():
        return False
    texts = {squeezed(cell).casefold() for cell in cells}
    if texts & _OF_FIGURES:
        return False
    if any(role in roles for role in _TELLING_ROLES) or texts & _TELLING_WORDS:
        return True
    known = {word for words in KINDS.values() for word in words}
    return bool(kinds) and kinds <= known


def meaning(text: str, words: dict[T, tuple[str, ...]]) -> T | None:
    """What a word means, or None."""
    text = text.strip().casefold()
    return next((t for t, spellings in words.items() if text in spellings), None)
