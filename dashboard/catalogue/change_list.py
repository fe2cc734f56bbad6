"""Reads a list of area changes as a bureau hands it in: one row for each old and new area.

Columns ``date,kind,from,to,share,rule,source``, or 日期,类型,原地区,新地区,份额,规则,依据; areas by
code or name. Read cell by cell here; ``change_rules`` judges the list as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue.area_changes import AreaChange, ChangeKind, ChangeRule
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Area
from dashboard.catalogue.periods import Period, parse

NEEDED = ("date", "kind", "from", "to", "rule")
_HEADINGS = {
    "date": "date month 日期 生效日期 生效月份 月份",
    "kind": "kind type 类型 调整类型",
    "from": "from old 原地区 原街道 原街镇",
    "to": "to new 新地区 新街道 新街镇",
    "share": "share 份额 比例",
    "rule": "rule 规则",
    "source": "source note 依据 来源 备注",
}
_COLUMNS = {word: column for column, words in _HEADINGS.items() for word in words.split()}
_KINDS = {
    ChangeKind.MERGE: "merge 合并 并入 撤并",
    ChangeKind.SPLIT: "split 拆分 分立 划出 析置",
    ChangeKind.RENAME: "rename 更名 改名",
}
_RULES = {
    ChangeRule.ADD: "add 相加 加总 合计",
    ChangeRule.APPORTION: "apportion 分摊 按份额分摊",
    ChangeRule.NOT_COMPARABLE: "not_comparable 不可比 不可比较",
}
_KIND_WORDS = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_RULE_WORDS = {word: rule for rule, words in _RULES.items() for word in words.split()}
_DAY = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.]\d{1,2}$")


class Problem(NamedTuple):
    """What is wrong with a list: row as a person counts it, column of ``NEEDED`` or share."""

    row: int
    column: str
    value: str
    message: Text


class StatedChange(NamedTuple):
    """A pair and the row that states it."""

    row: int
    change: AreaChange


def columns_of(header: Iterable[str]) -> dict[str, int]:
    """The place of each column of a list of changes; empty where the header is of something else.

    Takes the headings as text, in Chinese or English.
    """
    columns: dict[str, int] = {}
    for place, heading in enumerate(header):
        column = _COLUMNS.get(re.sub(r"\s", "", heading).casefold())
        if column:
            columns.setdefault(column, place)
    return columns if set(NEEDED) <= set(columns) else {}


def _month(text: str) -> Period | None:
    day = _DAY.match(text)
    try:
        span = parse(f"{day[1]}-{day[2]}" if day else text)
    except ValueError:
        return None
    return span.end if span.length == 0 else None


def _share(text: str) -> float | None:
    percent = text.endswith(("%", "％"))
    try:
        share = float(text.rstrip("%％")) / (100 if percent else 1)
    except ValueError:
        return None
    return share if 0 < share <= 1 else None


class _Row:
    """One row while it is read; what is wrong with it goes to ``problems``."""

    def __init__(self, number: int, cells: Mapping[str, str], problems: list[Problem]) -> None:
        self.number, self.cells, self.problems = number, cells, problems

    def text(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def wrong(self, column: str, zh: str, en: str) -> None:
        self.problems.append(Problem(self.number, column, self.text(column), Text(zh, en)))

    def area(self, column: str, areas: Areas, within: str) -> Area | None:
        text = self.text(column)
        matches = areas.find(text, within) if text else []
        if len(matches) == 1:
            return matches[0]
        if not matches:
            self.wrong(
                column,
                "不是地区表里的地区；请先报送地区表，或填写代码",
                "not a known area; hand in the list of areas first, or give its code",
            )
            return None
        several = "、".join(f"{area.code} {area.name.zh}" for area in matches[:6])
        self.wrong(column, f"可能指 {several}；请填写代码", f"may mean {several}; give the code")
        return None


def _rule(row: _Row, kind: ChangeKind | None) -> ChangeRule | None:
    """The rule of a row, of a renaming also where it is blank; None, and a problem, for others."""
    written = row.text("rule").casefold()
    if kind is ChangeKind.RENAME and not written:
        return ChangeRule.ADD
    rule = _RULE_WORDS.get(written)
    if rule is None:
        row.wrong(
            "rule",
            "应为 相加、分摊 或 不可比（add、apportion、not_comparable）",
            "add, apportion or not_comparable is needed",
        )
    return rule


def _pair(row: _Row, areas: Areas, within: str) -> AreaChange | None:
    before = len(row.problems)
    period = _month(row.text("date"))
    if period is None:
        row.wrong("date", "应为起算的年月，如 2022-07", "a month such as 2022-07 is needed")
    kind = _KIND_WORDS.get(row.text("kind").casefold())
    if kind is None:
        row.wrong(
            "kind", "应为 合并、拆分 或 更名（merge、split、rename）", "merge, split or rename"
        )
    rule = _rule(row, kind)
    old, new = row.area("from", areas, within), row.area("to", areas, within)
    share: float | None = 1.0
    if rule is ChangeRule.APPORTION or row.text("share"):
        share = _share(row.text("share"))
        if share is None:
            row.wrong("share", "应为大于0、不超过1的份额，如 0.4", "a share above 0 and up to 1")
    if None in (period, kind, rule, old, new, share) or len(row.problems) > before:
        return None
    assert period and kind and rule and old and new and share
    return AreaChange(period, kind, old.code, new.code, rule, share, row.text("source"))


def read_changes(
    rows: Sequence[tuple[int, Mapping[str, str]]], areas: Areas, within: str = ""
) -> tuple[list[StatedChange], list[Problem]]:
    """The pairs of a list and what is wrong with its cells.

    Takes (row as a person counts it, text by column); names are looked for below ``within`` where
    that code is given.
    """
    stated: list[StatedChange] = []
    problems: list[Problem] = []
    for number, cells in rows:
        pair = _pair(_Row(number, cells, problems), areas, within)
        if pair is not None:
            stated.append(StatedChange(number, pair))
    return stated, problems
