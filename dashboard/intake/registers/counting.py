"""Makes figures of the rows of a list: counts and sums by area and type at the list's date.

Only what the list says becomes a figure: no zero for a street without a row, no sum over a row
without a number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Finding, Observation, Source
from dashboard.catalogue.periods import Period
from dashboard.catalogue.registers import (
    ENDED,
    MEASURES,
    OPEN,
    Institution,
    Register,
    RegisterPart,
    RegisterType,
)
from dashboard.intake.forms.files.cells import column_letter
from dashboard.intake.registers.list_frame import ListFrame


@dataclass(frozen=True, slots=True)
class Kinds:
    """The types of a list's rows: by row place, and the type the whole list is titled by."""

    of_row: Mapping[int, RegisterType]
    titled: RegisterType | None = None


@dataclass(slots=True)
class Counted:
    """The figures of a list, what each row adds to them, and what could not be summed."""

    observations: list[Observation] = field(default_factory=list)
    parts: list[RegisterPart] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def count(
    rows: Sequence[Institution], kinds: Kinds, month: Period, frame: ListFrame, sheet: str
) -> Counted:
    """Every figure that follows from the rows, in the order of areas and types."""
    counting = _Counting(rows, kinds, month, frame, sheet)
    for at, row in enumerate(rows):
        kind = kinds.of_row.get(at)
        if kind is None:
            continue
        counting.add_standing(at, row, kind)
        counting.add_flows(at, row, kind)
    return counting.result()


@dataclass(slots=True)
class _Counting:
    rows: Sequence[Institution]
    kinds: Kinds
    month: Period
    frame: ListFrame
    sheet: str
    parts: dict[tuple[str, str, str], dict[int, float]] = field(
        default_factory=lambda: defaultdict(dict)
    )  # (area, indicator, column role) → amounts by row
    blank: dict[tuple[str, str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    communities: set[tuple[str, str, str]] = field(default_factory=set)

    def add_standing(self, at: int, row: Institution, kind: RegisterType) -> None:
        """Count an institution that is open, and add its beds and residents."""
        if row.standing != OPEN:
            return
        for counted in self._types(kind):
            self._add(row.area, counted.count, "name", at, 1)
            self._add_community(at, row, counted)
        for measure in MEASURES:
            indicator = kind.indicator(measure)
            if not indicator or len(self.frame.of(measure)) != 1:
                continue
            amount = getattr(row, measure)
            if amount is None:
                self.blank[row.area, indicator, measure].append(at)
            else:
                self._add(row.area, indicator, measure, at, amount)

    def add_flows(self, at: int, row: Institution, kind: RegisterType) -> None:
        """Count an institution that began or ended in the year, up to the list's date."""
        for counted in self._types(kind):
            if self._in_year(row.established):
                self._add(row.area, counted.registered, "established", at, 1)
            if self._in_year(row.ended) and row.standing == ENDED:
                self._add(row.area, counted.deregistered, "ended", at, 1)

    def _types(self, kind: RegisterType) -> list[RegisterType]:
        """The row's type, and the total it is part of where the list is titled by that."""
        titled = self.kinds.titled
        return [kind, titled] if titled and titled.id == kind.total else [kind]

    def _in_year(self, day: str) -> bool:
        texts = day.split("-")
        if len(texts) == 1:  # a bare year counts only where the year is over
            return texts[0] == str(self.month.year) and self.month.month == 12
        return texts[0] == str(self.month.year) and int(texts[1]) <= self.month.month

    def _add(self, area: str, indicator: str, role: str, at: int, amount: float) -> None:
        if indicator:
            self.parts[area, indicator, role][at] = amount

    def _add_community(self, at: int, row: Institution, counted: RegisterType) -> None:
        if not (counted.communities and row.community):
            return
        key = (row.area, counted.communities, row.community)
        amount = 0 if key in self.communities else 1
        self.communities.add(key)
        self._add(row.area, counted.communities, "community", at, amount)

    def result(self) -> Counted:
        """The figures; a sum with a row that has no number is left out and said."""
        counted = Counted()
        for (area, indicator, role), rows in sorted(self.blank.items()):
            self.parts.pop((area, indicator, role), None)
            numbers = [self.rows[at].row for at in rows]
            listed = "、".join(map(str, numbers[:10]))
            column = self.frame.column(role)
            heading = column.heading if column else role
            message = Text(
                f"第 {listed} 行没有“{heading}”，所在地区的这一合计未计入；没有的请填 0",
                f"rows {listed} have no {heading}: the sum of their area was left out;"
                " write 0 for none",
            )
            place = column_letter(column.place) if column else ""
            counted.findings.append(
                Finding("warning", "register_blank", message, self.sheet, numbers[0], place)
            )
        for (area, indicator, role), amounts in sorted(self.parts.items()):
            value = float(sum(amounts.values()))
            counted.observations.append(
                Observation(indicator, area, self.month, value, source=self._source(role))
            )
            counted.parts += [
                RegisterPart(at, indicator, amount) for at, amount in sorted(amounts.items())
            ]
        return counted

    def _source(self, role: str) -> Source:
        """The heading under which the counted rows stand."""
        column = self.frame.column(role)
        letter = column_letter(column.place) if column else ""
        return Source(self.sheet, self.frame.header_rows[-1] + 1, letter)


def as_register(rows: Sequence[Institution], kinds: Kinds, counted: Counted) -> Register:
    """The rows with the types they count to, and what each adds to which figure."""
    institutions = [
        row._replace(kind=kind.id) if (kind := kinds.of_row.get(at)) else row
        for at, row in enumerate(rows)
    ]
    return Register(tuple(institutions), tuple(counted.parts))
