"""Works out what the labels of each row say, once a row and group of label columns."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dashboard.catalogue.concepts import Area, Unit
from dashboard.catalogue.periods import Span
from dashboard.intake.forms.parts_of_year import part_of_year
from dashboard.intake.understanding.dated_headings import split_part
from dashboard.intake.understanding.labels import (
    AREA,
    AREA_CODE,
    NAME,
    PERIOD,
    SERIAL,
    UNIT,
    carried_texts,
)
from dashboard.intake.understanding.meaning import Gap
from dashboard.intake.understanding.month_years import Printed, bare_month, dated, of_part
from dashboard.intake.understanding.phrases import Phrase, find_unit
from dashboard.intake.understanding.places import OWN, names_period, period_of, with_zero
from dashboard.intake.understanding.printed_periods import (
    Named,
    against_title,
    levels_of,
    named_by,
)
from dashboard.intake.understanding.remarks import Clause
from dashboard.intake.understanding.row_areas import Place, RowAreas
from dashboard.intake.understanding.row_parents import parents_of
from dashboard.intake.understanding.table import Table
from dashboard.intake.understanding.table_columns import is_whole, whole_span
from dashboard.intake.understanding.words import normal

Labels = tuple[int, ...]  # the label columns of a column of figures
_TOTALLED = re.compile(r"(?<=.[月度年季])(?:累计|合计|小计)数?$")
_YEAR = re.compile(r"\d{4}(?:年度?)?")
_SHORTEST_AREA = 3  # letters of a label that is an area and no word


@dataclass(frozen=True, slots=True)
class Row:
    """One row as the figures see it that share their label columns.

    ``phrases`` are its labels, innermost first, with the words of a total. ``wording`` is equal
    for rows of one table that say the same: the same labels in the same unit and period, of the
    whole area of the table or of a part of it, under the same remarks.
    """

    at: int
    labels: Labels
    phrases: tuple[Phrase, ...]
    unit: Unit | None
    span: Span | None
    place: Place
    wording: int
    is_named: bool  # False where its column of names is empty
    is_dated: bool  # False where its span is the table's
    is_whole: bool  # where it is the total of months
    part: str  # of a year, of a label such as 3月 or 上半年 without a year
    unclear: tuple[str, ...] = ()  # the labels of one of which it is a part, or of the other
    conflict: Gap | None = None  # what is asked of the times that its labels name
    remarks: tuple[Clause, ...] = ()  # of this row or its area alone

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of the phrases."""
        return tuple(phrase.text for phrase in self.phrases)


class Rows:
    """The rows of one table, each worked out when it is first asked for."""

    def __init__(self, table: Table) -> None:
        """The rows of a table's body."""
        self._table, self._labels = table, table.labels
        region, roles = table.region, table.labels.roles
        known, names = table.known, [at for at, role in roles.items() if role == NAME]
        self._parents = {at: parents_of(region, at, known.label) for at in names}
        self._carried = {at: carried_texts(table.sheet, region, at) for at in roles}
        self._areas, self._within = RowAreas(table, self._carried), table.finder.within
        self._names = {row: self._names_of(row) for row in region.body}
        self._wordings: dict[tuple[object, ...], int] = {}
        self._rows: dict[tuple[int, Labels], Row] = {}
        self._dated: dict[tuple[int, Span | None], dict[int, Span | None]] = {}

    @property
    def areas(self) -> RowAreas:
        """The areas of the rows, and of columns that have areas as headings."""
        return self._areas

    def names(self) -> Iterator[Phrase]:
        """The labels of all rows that name what is counted."""
        for columns in self._names.values():
            for phrases in columns.values():
                yield from phrases

    def row(self, at: int, labels: Labels) -> Row:
        """A row as the figures see it that have these label columns."""
        key = at, labels
        if key not in self._rows:
            self._rows[key] = self._worked_out(at, labels)
        return self._rows[key]

    def of(self, labels: Labels) -> Iterator[Row]:
        """All rows of the body as the figures see them that have these label columns."""
        return (self.row(at, labels) for at in self._table.region.body)

    def _worked_out(self, at: int, labels: Labels) -> Row:
        phrases = self._phrases(at, labels)
        unit, (is_dated, span, conflict) = self._unit(at, labels, phrases), self._times(at, labels)
        is_whole, part = self._part(at, labels)
        texts = tuple(phrase.text for phrase in phrases)
        names = [label for label in labels if self._labels.roles.get(label) == NAME]
        unclear = next((o for name in names if (o := self._parents[name].unclear.get(at))), ())
        place = self._named_place(at, labels) or self._areas.of_row(at, labels)
        is_of_all = place.area is not None and place.area.code == self._within
        said = labels, texts, unit and unit.id, span, is_whole, part, unclear, conflict
        remarks = self._table.remarks.of_row(at, place.area.code if place.area else "")
        features = (*said, is_of_all, remarks)
        wording = self._wordings.setdefault(features, len(self._wordings))
        is_named = not names or bool(self._labels.text(at, names[-1]))
        return Row(
            at,
            labels,
            phrases,
            unit,
            span,
            place,
            wording,
            is_named,
            is_dated,
            is_whole,
            part,
            unclear,
            conflict,
            remarks,
        )

    def _phrases(self, at: int, labels: Labels) -> tuple[Phrase, ...]:
        names = self._names[at]
        found = [phrase for label in reversed(labels) for phrase in names.get(label, ())]
        area = self._areas.label(at, labels)
        if area is not None:
            found += self._areas.total_words(self._labels.text(at, area))
        return tuple(found)

    def _names_of(self, row: int) -> dict[int, tuple[Phrase, ...]]:
        """For each label column that names what is counted, its labels, innermost first."""
        found: dict[int, tuple[Phrase, ...]] = {}
        for at in self._parents:
            found[at] = tuple(self._words(self._texts(row, at)))
        return found

    def _texts(self, row: int, at: int) -> tuple[str, ...]:
        """The label of a row in a column of names, and those that stand above it as sections."""
        is_innermost = self._labels.roles.get(at + 1) != NAME
        own = self._labels.text(row, at) if is_innermost else self._carried[at][row]
        return (own, *self._parents[at].above[row])

    def _words(self, texts: Iterable[str]) -> Iterator[Phrase]:
        for text in texts:
            if text and not names_period(text) and not self._is_area(text):
                split = split_part(text)
                yield self._table.known.label(split[0] if split else text)

    def _is_area(self, text: str) -> bool:
        return bool(self._areas_of(text))

    def _areas_of(self, text: str) -> list[Area]:
        """The one area that a text names, or none."""
        found = self._table.finder.find(text) if len(normal(text)) >= _SHORTEST_AREA else []
        return found if len(found) == 1 else []

    def _named_place(self, at: int, labels: Labels) -> Place | None:
        """The area that stands among the names of a row or as a section above it, if any."""
        if any(self._labels.roles.get(label) in (AREA, AREA_CODE) for label in labels):
            return None
        named = [label for label in labels if self._labels.roles.get(label) == NAME]
        texts = [text for label in reversed(named) for text in self._texts(at, label)]
        own = self._table.area.code if self._table.area else ""
        found = [area for text in texts for area in self._areas_of(text) if area.code != own]
        return Place(found[0]) if found else None

    def _unit(self, at: int, labels: Labels, phrases: Sequence[Phrase]) -> Unit | None:
        """The unit printed in the row: in its column of units, else with a label."""
        catalogue = self._table.known.catalogue
        label = self._labels.column(UNIT, labels)
        spelt = [self._labels.text(at, label)] if label is not None else []
        spelt += [phrase.unit for phrase in phrases if phrase.unit]
        units = (find_unit(text, catalogue) for text in spelt)
        return next((unit for unit in units if unit is not None), None)

    def _times(self, at: int, labels: Labels) -> tuple[bool, Span | None, Gap | None]:
        """Whether a row names its period, that period (else the table's), and what is asked."""
        periods = [label for label in labels if self._labels.roles.get(label) == PERIOD]
        in_columns = self._named_span(at, periods) if periods else None
        named = self._named_by_labels(at, labels, in_columns)
        conflict = named.gap or against_title(named, self._table.span, alone=True)
        if named.span is not None:
            return True, named.span, conflict
        return bool(periods), in_columns if periods else self._table.span, conflict

    def _named_by_labels(self, at: int, labels: Labels, in_columns: Span | None) -> Named:
        """The period that the names of a row and what stands above them say."""
        names = [label for label in labels if self._labels.roles.get(label) == NAME]
        texts = [text for label in names for text in reversed(self._texts(at, label)) if text]
        return named_by(levels_of(texts), self._table.span, in_columns)

    def _part(self, at: int, labels: Labels) -> tuple[bool, str]:
        """Whether a row is the total of months, and its part of a year without that year."""
        texts = [
            normal(self._carried[label][at])
            for label in labels
            if self._labels.roles.get(label) == PERIOD
        ]
        parts = list(map(part_of_year, texts))
        whole = any(map(_is_total, texts))
        return whole, parts[-1] if parts and all(parts) else ""

    def _named_span(self, at: int, periods: Sequence[int]) -> Span | None:
        """The period that the labels of a row name, such as 2025年 and 3月 in two columns."""
        spans, year = self._spans(periods[0], self._table.span), self._table.span
        for label in periods[1:]:
            year = spans.get(at) or year
            spans = self._spans(label, year)
        texts = self._carried[periods[-1]]
        if _is_total(normal(texts[at])):
            return whole_span(spans)  # a total of the months above it
        return spans.get(at)

    def _spans(self, label: int, year: Span | None) -> dict[int, Span | None]:
        """The periods that a column of labels names, by row, months without a year in order."""
        key = label, year
        if key not in self._dated:
            self._dated[key] = self._spans_worked_out(label, year)
        return self._dated[key]

    def _spans_worked_out(self, label: int, year: Span | None) -> dict[int, Span | None]:
        texts = self._carried[label]
        spans: dict[int, Span | None] = {}
        groups: dict[tuple[str, ...], dict[int, Printed]] = defaultdict(dict)
        others = [at for at in self._carried if at != label and self._labels.roles[at] != SERIAL]
        for at, printed in texts.items():
            text = with_zero(texts.get(at - 1, ""), printed, texts.get(at + 1, ""))
            text = _TOTALLED.sub("", normal(text)) or text
            span = (period_of(text, year) or period_of(f"{text}月", year)) if text else None
            spans[at] = span
            month = _month_of(text, span)
            if month is not None:
                groups[tuple(self._carried[other][at] for other in others)][at] = month
        for months in groups.values():
            spans |= dated(months, year)
        bare = {at: span for at, span in spans.items() if _YEAR.fullmatch(normal(texts[at]))}
        return spans | of_part(bare, year)


def _month_of(text: str, span: Span | None) -> Printed | None:
    """A month as a label names it, with its span where the year is printed; None for another."""
    month = bare_month(normal(text)) or bare_month(f"{normal(text)}月")
    if month:
        return month, None
    if span is None or span.length not in (0, 1):
        return None
    return span.end.month, span


def _is_total(label: str) -> bool:
    """Whether a label below those of months is that of their total: 合计, 全年合计."""
    return bool(OWN.fullmatch(label)) or is_whole(label)
