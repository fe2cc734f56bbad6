"""Checks sentences against the tables of their draft: cells, shares, orders and counts of rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.base.language import Text
from dashboard.intake.drafts.amounts import PERCENT
from dashboard.intake.drafts.finding import ERROR, DraftFinding, Spot, finding, printed
from dashboard.intake.drafts.mention import CHANGE, Mention
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.sentence import Sentence

_UNIT = re.compile(r"^(?P<noun>.*?)[(](?P<scale>万|亿)?(?P<unit>[\u4e00-\u9fff]{1,3})[)] *$")
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_SAYS_NOTHING = re.compile(
    r"最[多高少低大小]|居首位?|排名?第[一二三]|位居|其中|分别|全[市区县]|从表上?看|有|为|达到?|共|约|是|的|数|[,:、;。]"
)
_OF_ALL = re.compile(r"^[,、]?约?占(?:全[市区县旗镇]|总|合计|全部)[^,]{0,8}$")
_ORDER = re.compile(
    r"(?P<by>[^。;]{0,24})依次(?:是|为)(?P<names>[\u4e00-\u9fff]{2,8}(?:、[\u4e00-\u9fff]{2,8})+)"
)
_RISING = re.compile("少到多|低到高|小到大|升序")
_COUNTED = re.compile(
    "(?P<limit>[\ue000-\uf8ff])的[^。;,\ue000-\uf8ff]{1,8}?(?:有|共|达)(?P<count>[\ue000-\uf8ff])"
)
_MORE, _LESS = re.compile("超|逾|高于|突破"), re.compile("不足|不到|低于")
_SLIP = Decimal("0.5")  # of a cell, by which the text may be off and still mean it
_LEAST_ROWS = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: what it counts, its unit, and its values in base units by row name."""

    noun: str
    unit: str
    cells: dict[str, tuple[Decimal, Spot, str]]
    total: Decimal | None


def column_of(
    head: str, rows: Sequence[tuple[str, Decimal, Spot, str]], total: Decimal | None
) -> Column | None:
    """A column by its head, its rows and the value of its total row; None where it has no unit."""
    named = _UNIT.match(head)
    if named is None or len(rows) < _LEAST_ROWS:
        return None
    scale = _SCALES.get(named["scale"] or "", Decimal(1))
    cells = {name: (value * scale, spot, text) for name, value, spot, text in rows}
    whole = total * scale if total is not None else None
    return Column(named["noun"].strip(), named["unit"], cells, whole)


def check_table_text(read: ReadDraft, tables: Sequence[Sequence[Column]]) -> Iterator[DraftFinding]:
    """What sentences say of the rows of tables; each table is its columns."""
    for sentence in read.sentences:
        passage = read.draft.passages[sentence.passage]
        if passage.kind == "cell":
            continue
        for columns in tables:
            yield from _cells(sentence, passage.plain, columns)
            yield from _counts(sentence, columns)
    for number, passage in enumerate(read.draft.passages):
        for match in _ORDER.finditer(passage.plain) if "依次" in passage.plain else ():
            for columns in tables:
                yield from _order(match, number, columns)


def _cells(sentence: Sentence, plain: str, columns: Sequence[Column]) -> Iterator[DraftFinding]:
    begun = sentence.mentions[0].sentence[0]
    of: tuple[Column, str] | None = None
    for mention in sentence.mentions:
        lead = plain[begun : mention.amount.start]
        begun = mention.amount.end
        if of is not None and mention.amount.dimension == PERCENT and _OF_ALL.match(lead):
            yield from _share(mention, *of)
        of = _cell_meant(mention, lead, columns)
        if of is not None:
            yield from _value(mention, *of)


def _cell_meant(
    mention: Mention, lead: str, columns: Sequence[Column]
) -> tuple[Column, str] | None:
    """The column and row of which a figure's words name nothing else."""
    if mention.kind == CHANGE or not mention.amount.is_exact:
        return None
    column = _only_column(columns, mention.amount.dimension)
    named = [name for name in column.cells if name in lead] if column else []
    if column is None or len(named) != 1:
        return None
    rest = lead.rpartition("。")[2].replace(named[0], "").replace(column.noun, "")
    return None if _SAYS_NOTHING.sub("", rest).strip() else (column, named[0])


def _only_column(columns: Sequence[Column], unit: str) -> Column | None:
    """The column of a unit, where it is the only one."""
    same = [column for column in columns if column.unit == unit]
    return same[0] if len(same) == 1 else None


def _value(mention: Mention, column: Column, row: str) -> Iterator[DraftFinding]:
    value, spot, text = column.cells[row]
    off = abs(value - mention.amount.value)
    if mention.amount.step / 2 < off <= value * _SLIP:
        message = Text(
            f"文字与表不符：{row}{column.noun} 写 {mention.amount.written}，表中为 {text}",
            f"text and table differ: {row} {mention.amount.written} in the text, {text} in the"
            " table",
        )
        spots = tuple(sorted((mention.place, spot)))
        yield DraftFinding("two_values", ERROR, message, spots)


def _share(mention: Mention, column: Column, row: str) -> Iterator[DraftFinding]:
    value, _, text = column.cells[row]
    whole = column.total or sum((one[0] for one in column.cells.values()), Decimal(0))
    if not whole:
        return
    due = value / whole * 100
    if abs(due - mention.amount.value) > mention.amount.step and mention.amount.is_exact:
        message = Text(
            f"占比不符：表中 {row} {text}，占 {printed(due, 1)}%，写的是 {mention.amount.written}",
            f"the share is wrong: {row} has {text} in the table, {printed(due, 1)}% of the total,"
            f" printed is {mention.amount.written}",
        )
        yield finding("share", message, [mention])


def _counts(sentence: Sentence, columns: Sequence[Column]) -> Iterator[DraftFinding]:
    """超过300户的乡镇有2个 against how many rows of the table have more."""
    for match in _COUNTED.finditer(sentence.shape):
        limit, count = sentence.named(match, "limit", "count")
        column = _only_column(columns, limit.amount.dimension)
        due = _beyond(limit, column) if column and count.amount.dimension == "个" else None
        if due is not None and due != count.amount.value:
            message = Text(
                f"与表不符：表中{limit.amount.written}的有 {due} 个，写的是 {count.amount.written}",
                f"text and table differ: {due} rows are {limit.amount.written}, printed is"
                f" {count.amount.written}",
            )
            yield finding("two_values", message, [limit, count])


def _beyond(limit: Mention, column: Column) -> int | None:
    """How many rows have more, or less, than a limit; None of a limit that says neither."""
    values = [value for value, _, _ in column.cells.values()]
    if _MORE.search(limit.amount.qualifier):
        return sum(value > limit.amount.value for value in values)
    if _LESS.search(limit.amount.qualifier):
        return sum(value < limit.amount.value for value in values)
    return None


def _order(match: re.Match[str], number: int, columns: Sequence[Column]) -> Iterator[DraftFinding]:
    """依次是甲、乙、丙 against the values of the column that is named."""
    same = [column for column in columns if column.noun and column.noun in match["by"]]
    names = match["names"].split("、")
    if len(same) != 1 or not all(name in same[0].cells for name in names):
        return
    values = [same[0].cells[name][0] for name in names]
    if values != sorted(values, reverse=not _RISING.search(match["by"])):
        row = "、".join(f"{name} {same[0].cells[name][2]}" for name in names)
        message = Text(f"顺序与表不符：表中为 {row}", f"not the order of the table: {row}")
        yield DraftFinding("most", ERROR, message, ((number, *match.span("names")),))
