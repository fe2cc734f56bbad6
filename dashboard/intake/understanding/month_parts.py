"""Proves from a table's own sums that groups of columns are parts of the month's total."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.base.language import Text
from dashboard.intake.understanding.numbers import number_at
from dashboard.intake.understanding.table import Table
from dashboard.intake.understanding.table_columns import Column, Columns
from dashboard.intake.understanding.table_rows import Rows
from dashboard.intake.understanding.words import BASIS, IN_MONTH, MARK, OF_WHICH, TOTAL, Fact

_FEWEST = 2  # parts, and rows that prove them
_ROUNDING = 0.006  # of each part, as printed


class MonthParts:
    """Finds the columns that make up a total of the month: 急难型 and 支出型 before 本月合计."""

    def __init__(self, table: Table, columns: Columns, rows: Rows) -> None:
        """Nothing is worked out before it is asked for."""
        self._sheet, self._columns, self._rows = table.sheet, list(columns), rows
        self._proofs: dict[int, Text | None] | None = None

    def proof(self, column: Column) -> Text | None:
        """What proves that the column counts in the month; None if nothing does."""
        if self._proofs is None:
            self._proofs = dict(self._proved())
        return self._proofs.get(column.at)

    def _proved(self) -> Iterable[tuple[int, Text | None]]:
        for place, whole in enumerate(self._columns):
            if not _is_total_of_month(whole):
                continue
            before = [one for one in self._columns[:place] if _is_part(one, whole)]
            if not self._adds_up(whole, before):
                continue
            note = _note(whole)
            yield from ((one.at, note) for one in before)
            yield from ((one.at, note) for one in self._of_which(place, whole))

    def _adds_up(self, whole: Column, parts: Sequence[Column]) -> bool:
        """Whether the parts make up the total in every row, and do so in several."""
        if len(parts) < _FEWEST:
            return False
        proving = 0
        for row in self._rows.of(whole.labels):
            total = number_at(self._sheet, row.at, whole.at)
            known = [number_at(self._sheet, row.at, one.at) for one in parts]
            numbers = [value for value in known if value is not None]
            if total is None or not numbers:
                continue
            if abs(total - sum(numbers)) > _ROUNDING * (len(parts) + 1):
                return False
            proving += sum(map(bool, numbers)) >= _FEWEST
        return proving >= _FEWEST

    def _of_which(self, place: int, whole: Column) -> Iterable[Column]:
        """The columns of the group behind the total that is a part (其中) of it."""
        behind = [one for one in self._columns[place:] if one.texts[0] != whole.texts[0]]
        for one in behind:
            if one.texts[0] != behind[0].texts[0] or not _states(one, Fact(MARK, OF_WHICH)):
                return
            if one.texts[1:] == whole.texts[1:]:
                yield one


def _is_total_of_month(column: Column) -> bool:
    """Whether a column is one of the group 本月合计."""
    if len(column.phrases) < _FEWEST:
        return False
    facts = set(column.phrases[0].facts())
    return Fact(BASIS, IN_MONTH) in facts and Fact(MARK, TOTAL) in facts


def _is_part(column: Column, whole: Column) -> bool:
    """Whether a column stands in a group that says nothing of the time and counts the same."""
    same = len(column.texts) > 1 and column.texts[1:] == whole.texts[1:]
    timed = any(fact.slot == BASIS for phrase in column.phrases for fact in phrase.facts())
    return same and not timed and not column.is_dated


def _states(column: Column, fact: Fact) -> bool:
    return any(fact in phrase.facts() for phrase in column.phrases)


def _note(whole: Column) -> Text:
    name = "/".join(whole.texts)
    return Text(
        f"各项之和等于“{name}”，按当月数读入",
        f"the parts add up to {name} and were read as figures of the month",
    )
