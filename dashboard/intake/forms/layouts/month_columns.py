"""A whole year in one table: months side by side, each over its own columns.

Whether a month's figure is the month's own or counts since January the figures say where the
headings do not: a count since January never falls within the year.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dashboard.base.language import Text
from dashboard.catalogue import periods
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Accumulation, Indicator
from dashboard.catalogue.periods import Span
from dashboard.intake.forms import headings
from dashboard.intake.forms.files.cells import Sheet, is_blank, squeezed
from dashboard.intake.forms.layout import Column, Recognition
from dashboard.intake.forms.ledger import Ledger
from dashboard.intake.forms.mapping import UnknownRow
from dashboard.intake.forms.matching import (
    NO_TWIN,
    match_heading,
    of_single_months,
    span_word,
    titled_indicator,
)
from dashboard.intake.forms.numerals import UnreadableNumber, read_value

_WHOLE = re.compile(r"合计|总计|全年(?:合计|累计)?|累计")
_RANGE = re.compile(r"\d月?[-—–~至到]\d")


@dataclass(frozen=True, slots=True)
class Figures:
    """A column whose indicator is known; ``span`` is its own period, None for the table's."""

    column: Column
    indicator: Indicator
    span: Span | None = None


def span_in(part: str, year: Span | None) -> Span | None:
    """The span of a heading such as 3月 in the year of the table, or of 2024年3月 as it stands."""
    written = headings.span_of(part)
    if written is not None or year is None:
        return written
    try:
        return periods.parse(f"{year.end.year}年{part}")
    except ValueError:
        return None


def month_of(column: Column) -> str:
    """The heading of a column that names a part of the year (3月, 一季度), or empty."""
    for text in column.heading:
        if headings.is_period_word(text) and not _RANGE.search(text):
            return text
    return ""


def month_columns(columns: Iterable[Column]) -> dict[int, str]:
    """Column places and the months over them; empty where not several months stand there."""
    found = {at.place: part for at in columns if at.role == "indicator" and (part := month_of(at))}
    return found if len(set(found.values())) > 1 else {}


def month_figures(
    sheet: Sheet, recognition: Recognition, catalogue: Catalogue, ledger: Ledger
) -> list[Figures]:
    """The filled columns of a table of months with indicator and period; unknown ones noted."""
    parts = month_columns(recognition.columns)
    header = recognition.header_rows[-1]
    groups: dict[str, list[Figures]] = defaultdict(list)
    rows = range(recognition.first_row, len(sheet.rows))
    for column in recognition.columns:
        empty = all(is_blank(sheet.cell(row, column.place)) for row in rows)
        if column.role != "indicator" or empty:
            continue
        part = parts.get(column.place, "")
        words = [text for text in column.heading if text != part and not _WHOLE.fullmatch(text)]
        found, reason = _indicator(words, recognition.title, catalogue)
        span = span_in(part, recognition.period) if part else recognition.period
        # A month's name is no part of what a column means: one mapping is for all its months.
        line = UnknownRow(header, column.place, "/".join(words), unit=column.unit)
        found = found or (ledger.mapped(line) if words else None)
        if found is None or span is None:
            ledger.unknown("/".join(column.heading), header, column.place, reason, line)
        else:
            if not words and not column.unit:
                unit = headings.split_unit(squeezed(recognition.title), catalogue)[1]
                column = replace(column, unit=unit)
            groups["/".join(words) or recognition.title].append(Figures(column, found, span))
    done: list[Figures] = []
    for label, group in groups.items():
        stated = span_word(label) or span_word(recognition.title)
        if not any(parts.get(one.column.place) for one in group):
            done += group
            continue
        months = _in_order([one for one in group if parts.get(one.column.place)])
        lines = [[sheet.cell(row, one.column.place) for one in months] for row in rows]
        found = of_months(group[0].indicator, lines, stated, catalogue, ledger)
        found = of_single_months(found, stated, catalogue) if found and stated else found
        if found is None:
            column = group[0].column
            ledger.unknown("/".join(column.heading), header, column.place, NO_TWIN)
            continue
        for one in group:
            whole = not parts.get(one.column.place)  # 合计 beside the months: the year so far
            meant = group[0].indicator if whole else over_span(found, one.span, catalogue)
            done.append(Figures(one.column, meant, one.span))
    return done


def _in_order(group: Sequence[Figures]) -> list[Figures]:
    months = [one for one in group if one.span is not None and one.span.length in (0, 1)]
    return sorted(months, key=lambda one: one.span.end if one.span else periods.Period(0, 1))


def _indicator(words: list[str], title: str, catalogue: Catalogue) -> tuple[Indicator | None, Text]:
    """What the headings below a month mean; with none, the indicator that the title names."""
    if not words:
        reason = Text("下没有指标名称，标题中也没有", " names no indicator, nor does the title")
        return titled_indicator(title, catalogue), reason
    match = match_heading(words, title, catalogue)
    return match.indicator, match.reason


def of_months(
    indicator: Indicator,
    lines: Iterable[Sequence[object]],
    stated: str,
    catalogue: Catalogue,
    ledger: Ledger,
) -> Indicator | None:
    """The indicator, or its twin of single months where its figures fall within the year.

    ``lines`` are cells in the order of the months, ``stated`` says where the headings decide it.
    None where the figures are of single months and no such indicator is kept.
    """
    if indicator.accumulation is not Accumulation.YEAR_TO_DATE or stated:
        return indicator
    name = indicator.name
    if not any(_falls(line) for line in lines):
        message = Text(
            f"“{name.zh}”各月的数不减少，按1月起的累计数读入",
            f"{name.en} never falls from month to month: it was read as counted since January",
        )
        ledger.note("note", "months_read_as", message)
        return indicator
    twin = catalogue.indicators.get(indicator.linked)
    if twin is None:
        return None
    message = Text(
        f"“{name.zh}”各月的数有减少，不是累计数，按当月数读入",
        f"{name.en} falls from month to month: it was read as the figures of single months",
    )
    ledger.note("note", "months_read_as", message)
    return twin


def _falls(cells: Sequence[object]) -> bool:
    values: list[float] = []
    for cell in cells:
        try:
            value = read_value(cell).value
        except UnreadableNumber:
            continue  # refused when it is entered
        if value is not None:
            values.append(value)
    return any(later < earlier for earlier, later in pairwise(values))


def over_span(indicator: Indicator, span: Span | None, catalogue: Catalogue) -> Indicator:
    """For a longer span from January (全年) the indicator that counts since January."""
    longer = span is not None and span.length > 1 and span.from_january
    if longer and indicator.accumulation is Accumulation.IN_MONTH:
        return catalogue.indicators.get(indicator.linked) or indicator
    return indicator
