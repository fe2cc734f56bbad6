"""Works out what the headings of each column of figures say, once a column."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dashboard.catalogue import periods as named_periods
from dashboard.catalogue.concepts import Unit
from dashboard.catalogue.periods import Period, Span
from dashboard.intake.forms.parts_of_year import part_of_year
from dashboard.intake.understanding.column_parts import with_wholes
from dashboard.intake.understanding.column_runs import with_runs
from dashboard.intake.understanding.comparisons import (
    names_change,
    names_no_basis,
    says_year_before,
    without_year_before,
)
from dashboard.intake.understanding.dated_headings import split_part
from dashboard.intake.understanding.meaning import Gap
from dashboard.intake.understanding.month_years import (
    Printed,
    bare_month,
    dated,
    of_part,
)
from dashboard.intake.understanding.phrases import Phrase, find_unit, strip_unit
from dashboard.intake.understanding.places import names_period, with_zero
from dashboard.intake.understanding.printed_periods import (
    Named,
    against_title,
    levels_of,
    named_by,
)
from dashboard.intake.understanding.table import Table
from dashboard.intake.understanding.words import (
    ADDED,
    BASIS,
    IN_MONTH,
    IN_QUARTER,
    LEFT,
    MARK,
    MEASURE,
    TO_DATE,
    Fact,
    normal,
)

_Wording = tuple[tuple[int, ...], tuple[str, ...]]  # label columns, texts of the phrases
_MOVES = re.compile(r"增减(?:变动|变化)?(?:情况|数)?$")
_YEAR = re.compile(r"\d{4}(?:年度?)?")
_TOTAL_OF_PART = re.compile(
    r"(.*(?:季度|半年)|\d{1,2}月?(?:[-—–~至到])+\d{1,2}月份?)(?:合计|小计|总计)"
)
_YEAR_LENGTH = 12  # months
_OF_WHICH = re.compile("^其中:?")
_WHOLE = re.compile(r"(?:全年)?(?:合计|总计|累计)|全年")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of figures.

    ``headings`` are printed over it, ``phrases`` are those that name no period and no area, both
    outermost first. ``labels`` are the label columns of its own. ``span`` is the period that it
    gives to its figures; where ``is_dated`` is False, rows and table give it. ``named_span`` is
    what its headings name, also where that contradicts the table. ``wording`` is equal for columns
    of one table with the same phrases and label columns, such as those of single months.
    """

    at: int
    wording: int
    headings: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    labels: tuple[int, ...]
    unit: Unit | None
    named_span: Span | None
    span: Span | None
    is_dated: bool
    is_change: bool
    is_year_before: bool
    part: str  # of a year, of a heading such as 3月 or 上半年 over which no year stands
    is_whole: bool  # where it is the total of the months before it
    whole: int | None = None  # the column of which it is a part (其中) that names no measure
    components: tuple[int, ...] = ()  # of the last of which, or of all, it may be a part
    conflict: Gap | None = None  # what is asked of the times that its headings name

    @property
    def inner(self) -> tuple[Phrase, ...]:
        """The phrases, innermost first."""
        return self.phrases[::-1]

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of the phrases, outermost first."""
        return tuple(phrase.text for phrase in self.phrases)


@dataclass(frozen=True, eq=False)
class Columns:
    """The columns of figures of one table, by place.

    ``labels`` are the groups of label columns that they have, each once. ``are_months`` says that
    several columns name a month each; ``months`` gives the months under the same headings in
    order, each with its column.
    """

    by_place: Mapping[int, Column]
    labels: tuple[tuple[int, ...], ...]
    are_months: bool
    months: Mapping[tuple[str, ...], Sequence[tuple[Period, int]]]

    def __iter__(self) -> Iterator[Column]:
        """From left to right."""
        return iter(self.by_place.values())

    def __getitem__(self, at: int) -> Column:
        """The column at this place."""
        return self.by_place[at]


def columns_of_table(table: Table) -> Columns:
    """Everything that the headings of a table's columns say."""
    by_path = {at: _named_by_headings(table, at) for at in table.region.figures}
    periods = _periods(table, {at: one.span for at, one in by_path.items()})
    own = {at: _own_phrases(table, at) for at in table.region.figures}
    headed, single = with_runs(table, own)
    wholes = with_wholes(table, headed)
    phrases = wholes.paths
    conflicts = {at: one.gap or periods.against_title(one) for at, one in by_path.items()}
    wordings: dict[_Wording, int] = {}
    columns: dict[int, Column] = {}
    for at, heading in table.region.figures.items():
        worded = heading, tuple(phrase.text for phrase in phrases[at])
        number = wordings.setdefault(worded, len(wordings))
        column = _column(table, (at, number), phrases[at], periods)
        unclear = wholes.unclear.get(at) or single.get(at, ())
        whole = wholes.known.get(at)
        columns[at] = replace(column, whole=whole, components=unclear, conflict=conflicts[at])
    labels = tuple(dict.fromkeys(column.labels for column in columns.values()))
    return Columns(columns, labels, periods.are_months, _months(columns))


def _column(
    table: Table, place: tuple[int, int], phrases: tuple[Phrase, ...], periods: _Periods
) -> Column:
    """A column by its place and the number of its wording."""
    at, wording = place
    path = table.region.path(at)
    catalogue = table.known.catalogue
    units = (find_unit(one.unit, catalogue) for one in reversed(phrases) if one.unit)
    is_year_before = any(says_year_before(text, catalogue) for text in path)
    is_dated, span = periods.of(at)
    return Column(
        at,
        wording,
        path,
        phrases,
        table.region.figures[at],
        next((unit for unit in units if unit is not None), None),
        periods.named[at],
        span,
        is_dated,
        names_change(path, is_year_before, catalogue),
        is_year_before,
        _part_alone(_path(table, at)),
        periods.is_whole(at),
    )


# -- periods ----------------------------------------------------------------------------------


def _periods(table: Table, named: Mapping[int, Span | None]) -> _Periods:
    """What columns cover, by what their headings name and by the columns around them."""
    named = {**named, **_dated_months(table, named)}
    named |= _spans_of_year_before(table, named)
    bare = {at: span for at, span in named.items() if _names_year(_path(table, at))}
    parts = of_part(bare, table.span)
    named |= parts
    months = {span.end for span in named.values() if span is not None and span.length in (0, 1)}
    undated = {at for at, span in parts.items() if span is None}
    return _Periods(table, named, undated, len(months) > 1)


def _named_by_headings(table: Table, at: int) -> Named:
    """The period that the headings of a column name; the innermost counts."""
    return named_by(_dated_path(table, at), table.span)


def _path(table: Table, at: int) -> tuple[str, ...]:
    """The headings over a column, periods without their unit: 上半年(对) is 上半年.

    A month printed with what is counted is a heading of its own: 7月低保人数 is 低保人数, 7月.
    """
    return tuple(levels_of(_without_unit(text, table) for text in table.region.path(at)))


def _without_unit(text: str, table: Table) -> str:
    """A heading that is a period in a unit, its total or 其中 of it, as that period."""
    plain = strip_unit(text, table.known.catalogue)
    plain = _OF_WHICH.sub("", normal(plain))
    total = _TOTAL_OF_PART.fullmatch(normal(plain))
    plain = total[1] if total else plain
    return plain if plain and names_period(plain) else text


def _spans_of_year_before(table: Table, named: Mapping[int, Span | None]) -> dict[int, Span | None]:
    """The periods of columns such as 去年同期 that the column left of them names."""
    found: dict[int, Span | None] = {}
    for at in named:
        left = _compared_with(table, at)
        if left is not None and named[at] is None and named.get(left) is not None:
            found[at] = named[left]
    return found


def _compared_with(table: Table, at: int) -> int | None:
    """The column of whose year before a heading such as 去年同期 speaks: the nearest to the left.

    Changes between them are passed over; both stand under the same group heading.
    """
    catalogue, path = table.known.catalogue, table.region.path(at)
    if not path or not names_no_basis(path[-1], catalogue):
        return None
    for left in range(at - 1, -1, -1):
        other = table.region.path(left)
        if left not in table.region.figures or other[:-1] != path[:-1]:
            return None
        if not names_change(other, False, catalogue):
            return left
    return None


def _dated_path(table: Table, at: int) -> list[str]:
    """The headings over a column, months that lost their zero written out, or empty if unclear."""
    path = _path(table, at)
    before, after = _path(table, at - 1), _path(table, at + 1)
    return [
        with_zero(
            before[level] if level < len(before) else "",
            text,
            after[level] if level < len(after) else "",
        )
        for level, text in enumerate(path)
    ]


def _dated_months(table: Table, named: Mapping[int, Span | None]) -> dict[int, Span | None]:
    """The months of headings without a year, where their neighbours or the title give it."""
    groups: dict[tuple[str, ...], dict[int, Printed]] = defaultdict(dict)
    for at, span in named.items():
        path = _path(table, at)
        month = _month_alone(path)
        other = tuple(text for text in path if not names_period(text))
        if month:
            groups[other][at] = month, None
        elif span is not None and span.length in (0, 1):
            groups[other][at] = span.end.month, span
    found: dict[int, Span | None] = {}
    for printed in groups.values():
        found |= dated(printed, table.span)
    return found


def _names_year(path: Sequence[str]) -> bool:
    """Whether headings name a year and no part of it: 2024年, 2024年人次."""
    phrases = [phrase for text in path for phrase in named_periods.phrases(normal(text))]
    return len(phrases) == 1 and bool(_YEAR.fullmatch(phrases[0].text))


def _month_alone(path: Sequence[str]) -> int:
    """The month of headings over which no year stands, 0 where there is none."""
    months = [bare_month(normal(text)) for text in path if names_period(text)]
    return months[-1] if months and all(months) else 0


def _part_alone(path: Sequence[str]) -> str:
    """The part of a year of headings over which no year stands, empty where there is none."""
    parts = [part_of_year(text) for text in path if names_period(text)]
    return parts[-1] if parts and all(parts) else ""


class _Periods:
    """The period that each column gives to its figures."""

    def __init__(
        self,
        table: Table,
        named: Mapping[int, Span | None],
        undated: Collection[int],
        are_months: bool,
    ) -> None:
        self.named, self.are_months = named, are_months
        self._undated = undated
        self._table = table
        self._whole = whole_span(named)
        times = {span for span in named.values() if span is not None}
        self._are_parts = are_months or len(times) > 1 or self._is_one_part(times)

    def of(self, at: int) -> tuple[bool, Span | None]:
        """Whether a column dates its figures, and the period if it is beyond doubt."""
        span = self.named[at]
        if span is not None:
            return True, span
        if self.is_whole(at):
            return True, self._whole
        path = _dated_path(self._table, at)
        is_month = self._table.span is not None and any(map(bare_month, map(normal, path)))
        return is_month or at in self._undated or not all(path), None

    def against_title(self, named: Named) -> Gap | None:
        """What is asked of a part of a year that contradicts the title of the table."""
        return against_title(named, self._table.span, alone=not self._are_parts)

    def _is_one_part(self, times: Collection[Span]) -> bool:
        """Whether one part of a year has figures and stands alone beside its total."""
        headings = (self._table.region.path(at) for at, span in self.named.items() if span is None)
        totals = [any(map(is_whole, path)) for path in headings]
        is_part = any(span.length < _YEAR_LENGTH for span in times)
        return is_part and bool(totals) and all(totals)

    def is_whole(self, at: int) -> bool:
        """Whether a column beside those of months, quarters or years gives their sum: 合计."""
        if not self._are_parts or self.named[at] is not None:
            return False
        return any(map(is_whole, self._table.region.path(at)))


def is_whole(heading: str) -> bool:
    """Whether a heading beside those of months is that of their total."""
    return bool(_WHOLE.fullmatch(normal(heading)))


def whole_span(named: Mapping[int, Span | None]) -> Span | None:
    """From the first to the last month that columns or rows name, where no month lacks between.

    Quarters and halves count with all their months. None where a longer span such as 1-8月 beside
    7月 and 8月 leaves open what is added, and of years.
    """
    spans = {span for span in named.values() if span is not None and span.length < _YEAR_LENGTH}
    months: set[Period] = set()
    for span in sorted(spans, key=lambda one: one.length):
        covered = {span.end.plus(-back) for back in range(max(span.length, 1))}
        if months & covered and not covered <= months:
            return None
        months |= covered
    ordered = sorted(months)
    if not ordered or not _follow(ordered) or (len(ordered) == 1 and ordered[0].month > 1):
        return None
    return Span(ordered[-1], ordered[0], len(ordered))


def _follow(months: Sequence[Period]) -> bool:
    return all(later in (month, month.plus(1)) for month, later in pairwise(months))


def _months(columns: Mapping[int, Column]) -> dict[tuple[str, ...], list[tuple[Period, int]]]:
    """The months under the same headings, in order, each with its column."""
    months: dict[tuple[str, ...], list[tuple[Period, int]]] = defaultdict(list)
    for column in columns.values():
        span = column.named_span
        if span is not None and span.length in (0, 1):
            months[column.texts].append((span.end, column.at))
    return {texts: sorted(found) for texts, found in months.items()}


# -- phrases ----------------------------------------------------------------------------------


def _own_phrases(table: Table, at: int) -> tuple[Phrase, ...]:
    """The headings over a column as phrases, outermost first, periods and areas left out."""
    catalogue = table.known.catalogue
    texts = (
        _of_year_before(text, table)
        if says_year_before(text, catalogue)
        else _unit_of_period(_counted(text), table)
        for text in table.headed.other_headings(at)
        if not names_period(text)
    )
    phrases = _without_moves([table.known.label(text) for text in texts if text], table)
    basis = _basis_of_year_before(table, at)
    if basis and phrases and _is_unit_only(phrases[-1]):
        return (*phrases[:-1], *basis, phrases[-1])  # its own unit counts
    return (*phrases, *basis)


def _is_unit_only(phrase: Phrase) -> bool:
    return bool(phrase.unit) and normal(phrase.text) == normal(phrase.unit)


def _of_year_before(text: str, table: Table) -> str:
    """What a heading such as 去年同期累计(万元) says of its basis, with its unit."""
    basis = without_year_before(text, table.known.catalogue)
    unit = table.known.label(text).unit
    return f"{basis}({unit})" if basis and unit else basis or unit


def _counted(text: str) -> str:
    """A heading without the month that it names: 7月低保人数 is 低保人数."""
    split = split_part(text)
    return split[0] if split else text


def _without_moves(phrases: list[Phrase], table: Table) -> list[Phrase]:
    """Headings without 增减 over a column that says which of the changes it counts: 新成立."""
    if not phrases or not any(map(_is_move, phrases[-1].facts())):
        return phrases
    texts = [_MOVES.sub("", phrase.text) for phrase in phrases[:-1]]
    return [*(table.known.label(text) for text in texts if text), phrases[-1]]


def _is_move(fact: Fact) -> bool:
    moved = fact.slot == MEASURE and fact.value.startswith(("added", "left", "changed"))
    return moved or (fact.slot == MARK and fact.value in (ADDED, LEFT))


def _unit_of_period(text: str, table: Table) -> str:
    """Of a period in a unit that unit; other headings as they are."""
    plain = _without_unit(text, table)
    if plain == text:
        return text
    return _OF_WHICH.sub("", normal(text).replace(normal(plain), "", 1)).strip("()")


def _basis_of_year_before(table: Table, at: int) -> tuple[Phrase, ...]:
    """What the column compared with says of its basis: 本月 of 本月 | 去年同期."""
    left = _compared_with(table, at)
    if left is None:
        return ()
    phrase = table.known.label(_counted(table.region.path(left)[-1]))
    bases = {fact.value for fact in phrase.facts() if fact.slot == BASIS}
    return (phrase,) if bases & {IN_MONTH, IN_QUARTER, TO_DATE} and not phrase.unknown else ()
