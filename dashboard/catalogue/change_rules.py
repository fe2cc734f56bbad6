"""Judges whether a list of area changes can be true as a whole, with what is known already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from dashboard.base.language import Text
from dashboard.catalogue.area_changes import (
    SHARE_TOLERANCE,
    AreaChange,
    ChangeKind,
    ChangeRule,
    Changes,
)
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.change_list import Problem, StatedChange
from dashboard.catalogue.concepts import Area
from dashboard.catalogue.periods import Period

# What each kind of change may say of earlier figures.
_ALLOWED = {
    ChangeKind.MERGE: (ChangeRule.ADD, ChangeRule.NOT_COMPARABLE),
    ChangeKind.SPLIT: (ChangeRule.APPORTION, ChangeRule.NOT_COMPARABLE),
    ChangeKind.RENAME: (ChangeRule.ADD,),
}


def still_standing(
    standing: Iterable[AreaChange], stated: Iterable[AreaChange]
) -> list[AreaChange]:
    """The pairs that a later list leaves: it replaces what was said of an old area in a month."""
    replaced = {(pair.period, pair.old) for pair in stated}
    return [pair for pair in standing if (pair.period, pair.old) not in replaced]


def judge(
    stated: Sequence[StatedChange], standing: Iterable[AreaChange], areas: Areas
) -> list[Problem]:
    """What is wrong with the list, row by row; empty where it can be kept.

    ``standing`` are the pairs that count so far; ``areas`` know the months their lists give.
    """
    pairs = [row_stated.change for row_stated in stated]
    unchanged = still_standing(standing, pairs)
    everything = Changes([*unchanged, *pairs])
    problems = [*_of_each(stated), *_of_groups(stated, unchanged), *_of_loops(stated, unchanged)]
    if not problems:  # months are judged of a list that makes sense
        touched = {code for pair in pairs for code in (pair.old, pair.new)}
        row = min(
            (row_stated.row for row_stated in stated), default=1
        )  # where an earlier list is contradicted
        others = [StatedChange(row, pair) for pair in unchanged if {pair.old, pair.new} & touched]
        problems = [*_of_months([*stated, *others], everything, areas)]
    return sorted(problems)


def _problem(stated: StatedChange, column: str, value: str, zh: str, en: str) -> Problem:
    return Problem(stated.row, column, value, Text(zh, en))


def _of_each(stated: Sequence[StatedChange]) -> Iterator[Problem]:
    seen: dict[tuple[object, ...], int] = {}
    for stated_row in stated:
        pair = stated_row.change
        if pair.rule not in _ALLOWED[pair.kind]:
            rules = ", ".join(_ALLOWED[pair.kind])
            yield _problem(
                stated_row,
                "rule",
                pair.rule,
                f"这类调整只能用规则 {rules}",
                f"this kind needs {rules}",
            )
        if pair.rule is not ChangeRule.APPORTION and pair.share != 1:
            yield _problem(
                stated_row,
                "share",
                f"{pair.share:g}",
                "只有“分摊”用份额",
                "only apportion has a share",
            )
        if pair.kind is ChangeKind.RENAME and pair.old == pair.new:
            yield _problem(stated_row, "to", pair.new, "更名前后相同", "renamed to itself")
        key = (pair.period, pair.old, pair.new)
        if key in seen:
            row = seen[key]
            yield _problem(
                stated_row, "from", pair.old, f"与第{row}行重复", f"row {row} says it already"
            )
        seen.setdefault(key, stated_row.row)


Groups = dict[tuple[object, str], list[StatedChange]]  # rows by month and area


def _of_groups(
    stated: Sequence[StatedChange], unchanged: Iterable[AreaChange]
) -> Iterator[Problem]:
    """One old area in one month changes once: in one way, by one rule, with shares that add up."""
    left: Groups = defaultdict(list)
    made: Groups = defaultdict(list)
    for row in stated:
        left[row.change.period, row.change.old].append(row)
        made[row.change.period, row.change.new].append(row)
    for pair in unchanged:  # what stands already joins the groups that the list speaks of
        if (pair.period, pair.new) in made:
            made[pair.period, pair.new].append(StatedChange(0, pair))
    for (_, old), group in left.items():
        yield from _of_departing(old, group)
    for (_, new), group in made.items():
        yield from _of_made(new, group)


def _of_departing(old: str, group: Sequence[StatedChange]) -> Iterator[Problem]:
    """What is wrong with the rows that say what becomes of one area in one month."""
    first, last = group[0].change, group[-1]
    if len({(row.change.kind, row.change.rule) for row in group}) > 1:
        zh, en = "同一地区同月只能有一种调整", "one area changes in one way in one month"
        yield _problem(last, "from", old, zh, en)
    elif first.rule is ChangeRule.APPORTION:
        total = sum(row.change.share for row in group)
        if abs(total - 1) > SHARE_TOLERANCE:
            zh = f"{old} 的份额之和应为1，现为 {total:g}"
            en = f"the shares of {old} make {total:g} instead of 1"
            yield _problem(last, "share", f"{total:g}", zh, en)
    if first.kind is not ChangeKind.SPLIT and len({row.change.new for row in group}) > 1:
        zh, en = "分到几个地区应写作拆分", "one area that becomes several is a split"
        yield _problem(last, "to", last.change.new, zh, en)


def _of_made(new: str, group: Sequence[StatedChange]) -> Iterator[Problem]:
    """What is wrong with the rows that say of what one area was made in one month."""
    kinds = {row.change.kind for row in group}
    at = group[0]  # a row of the list: what stands already comes after
    if ChangeKind.MERGE in kinds and len(group) == 1:
        zh = "合并至少要两行；存续的地区也要写一行（原地区与新地区相同）"
        en = "a merger has two rows or more; an area that goes on has one from and to itself"
        yield _problem(at, "to", new, zh, en)
    if ChangeKind.RENAME in kinds and len(group) > 1:
        zh = "更名的地区不能同月再并入其他地区"
        en = "a renamed area cannot take in another in that month"
        yield _problem(at, "to", new, zh, en)


def _of_loops(stated: Sequence[StatedChange], standing: Iterable[AreaChange]) -> Iterator[Problem]:
    """An area that was closed never comes back from what it became."""
    after: defaultdict[str, set[str]] = defaultdict(set)
    for pair in [*standing, *(row.change for row in stated)]:
        if pair.old != pair.new:
            after[pair.old].add(pair.new)
    for row in stated:
        reached, waiting = set(), [row.change.new] if row.change.old != row.change.new else []
        while waiting:
            code = waiting.pop()
            if code not in reached:
                reached.add(code)
                waiting += after[code]
        if row.change.old in reached:
            yield _problem(
                row, "to", row.change.new, "新旧地区循环变更", "old and new areas go in a circle"
            )


def _of_months(stated: Sequence[StatedChange], changes: Changes, areas: Areas) -> Iterator[Problem]:
    """Old areas exist until the month before, new ones from the month on, of one level."""
    for row in stated:
        old, new = areas.listed(row.change.old), areas.listed(row.change.new)
        if old is None or new is None:
            continue
        if old.level is not new.level:
            zh, en = "新旧地区级别不同", "old and new areas are of different levels"
            yield _problem(row, "to", new.code, zh, en)
        yield from _of_old_months(row, old, changes)
        yield from _of_new_months(row, new, changes)


def _of_old_months(row: StatedChange, old: Area, changes: Changes) -> Iterator[Problem]:
    """The old area existed in the month before, and ended in it where the change closes it."""
    pair = row.change
    before, closed = pair.period.plus(-1), changes.closed_in(pair.old)
    last, first = old.valid_to or closed, old.valid_from or changes.opened_in(pair.old)
    ends_elsewhen = closed == before and last != before
    if ends_elsewhen or not _exists_in(before, first, last):
        zh = f"原地区存在于 {first or '…'} 至 {last or '…'}，与日期不符"
        en = f"the old area existed from {first or '…'} to {last or '…'}"
        yield _problem(row, "from", pair.old, zh, en)


def _exists_in(month: Period, first: Period | None, last: Period | None) -> bool:
    return (first is None or first <= month) and (last is None or month <= last)


def _goes_on(pair: AreaChange, changes: Changes) -> bool:
    """Whether the new area is there before the change, too."""
    return any(step.goes_on for step in changes.made(pair.new) if step.period == pair.period)


def _of_new_months(row: StatedChange, new: Area, changes: Changes) -> Iterator[Problem]:
    """The new area exists in the month, and from it on unless it goes on from before."""
    pair = row.change
    since = new.valid_from or changes.opened_in(pair.new)
    until = new.valid_to or changes.closed_in(pair.new)
    if until and until < pair.period:
        zh, en = f"新地区已于 {until} 撤销", f"the new area ended in {until}"
        yield _problem(row, "to", pair.new, zh, en)
    if not _goes_on(pair, changes) and since != pair.period:
        zh = f"新地区自 {since} 起才存在"
        if since and since < pair.period:
            zh = f"新地区自 {since} 起已存在；原有部分也要写一行（原地区与新地区相同）"
        en = (
            f"the new area exists from {since} on; one that was there before needs a row from"
            " and to itself"
        )
        yield _problem(row, "to", pair.new, zh, en)
