"""Works out to which area the figures of a row belong, by its labels."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Area, Level
from dashboard.intake.forms.files.cells import squeezed, text_of
from dashboard.intake.understanding import gaps
from dashboard.intake.understanding.labels import (
    AREA,
    AREA_CODE,
    NAME,
    PERIOD,
    VILLAGE,
    is_village,
    names_larger,
)
from dashboard.intake.understanding.meaning import Gap
from dashboard.intake.understanding.numbers import number_at
from dashboard.intake.understanding.phrases import Phrase
from dashboard.intake.understanding.places import NO_AREA, OWN
from dashboard.intake.understanding.table import Table
from dashboard.intake.understanding.words import PROGRAMME, SCOPE, VALUE, normal

_SUBTOTALS = ("小计", "小计数")
_NEARLY = 0.01  # by which printed sums may be off
_NAMED_TOTAL = re.compile(r"(.{2,12}?)(?:合计|总计|小计)")


@dataclass(frozen=True, slots=True)
class Place:
    """The area of figures, or what is to be asked or noted instead.

    ``cell`` is where question or note stands; None where they stand at the figure itself.
    """

    area: Area | None
    gap: Gap | None = None
    cell: tuple[int, int] | None = None
    note: Text | None = None


class RowAreas:
    """Finds the areas of one table's rows and columns."""

    def __init__(self, table: Table, carried: Mapping[int, Mapping[int, str]]) -> None:
        """``carried`` gives for each label column the label of each row, blanks filled."""
        self._table, self._carried = table, carried
        self._finder, self._labels = table.finder, table.labels
        area = table.area
        self._own = Place(area) if area is not None else Place(None, gaps.no_area())
        roles = table.labels.roles
        self._carries = bool({NAME, VILLAGE} & set(roles.values())) or (
            self._labels.column(PERIOD, table.region.labels) is not None
        )

    def of_column(self, at: int) -> Place:
        """The area that stands as a heading over a column."""
        area, heading = self._table.headed.areas.get(at), self._table.headed.heading(at)
        if area is not None:
            return Place(area)
        if OWN.fullmatch(normal(heading)):
            return self._own
        cell = self._table.region.header[0], at
        plain = normal(heading)
        if not NO_AREA.fullmatch(plain):
            return self._unknown(heading, cell)
        exact = self._own_level(plain)
        return Place(exact[0]) if len(exact) == 1 else Place(None, None, cell, _column_out(heading))

    def of_row(self, row: int, own: Sequence[int]) -> Place:
        """The area that a row names in these label columns, else the table's own."""
        village = self._village(row, own)
        if village is not None:
            return village
        label = self._label_of_area(row, own)
        code = self._labels.column(AREA_CODE, own)
        if label is None and code is None:
            return self._own
        text = self._text(row, label)
        plain = normal(text)
        if OWN.fullmatch(plain) or (self._table.area and plain == self._table.area.name.zh):
            return self._own
        cell = (row, label) if label is not None else None
        by_code = self._coded(row, code)
        if by_code is None:
            return self._own if self.total_words(text) else self._named(text, row, cell)
        named = self._finder.find(text)
        if named and by_code not in named:
            spelt = squeezed(self._table.sheet.spread(row, code or 0))
            return Place(None, gaps.code_contradicts(row, spelt, by_code, text), cell)
        return Place(by_code)

    def _village(self, row: int, own: Sequence[int]) -> Place | None:
        """What a row of a village is, of which no figures are kept; None of other rows."""
        at = self._labels.column(VILLAGE, own)
        plain = normal(self._labels.text(row, at)) if at is not None else ""
        if at is None or not plain or plain in _SUBTOTALS:
            return None
        if OWN.fullmatch(plain):
            return self._total_of_villages(row, at, own)
        found, text = self._village_named(row, at), self._labels.text(row, at)
        if len(found) == 1:
            return Place(found[0])
        if found or (self._is_mixed(at) and not is_village(text)):
            return self._unknown(text, (row, at))
        return Place(None, None, (self._table.region.top, at), self._villages_out(at))

    def _village_named(self, row: int, at: int) -> list[Area]:
        """The areas of the list that a label among villages names, in the street beside it."""
        text, finder = self._labels.text(row, at), self._finder
        street = self.label(row, self._table.region.labels)
        if street is None:
            return finder.find(text)
        streets = finder.find(self._carried[street][row])
        if len(streets) == 1:
            finder = replace(finder, within=streets[0].code)
        return [area for area in finder.find(text) if area.level is Level.COMMUNITY]

    def _is_mixed(self, at: int) -> bool:
        """Whether streets stand among the villages of a column."""
        is_alone = AREA not in self._labels.roles.values()
        texts = (self._labels.text(row, at) for row in self._table.region.body)
        return is_alone and any(names_larger(text, self._finder) for text in texts)

    def _villages_out(self, at: int) -> Text:
        """The note that the villages of a column are left out, with how many they are."""
        region = self._table.region
        names = [normal(self._labels.text(row, at)) for row in region.body]
        no_villages = sum(
            not name or name in _SUBTOTALS or bool(OWN.fullmatch(name) or self._finder.find(name))
            for name in names
        )
        return _villages_out("/".join(region.path(at)), len(names) - no_villages)

    def _total_of_villages(self, row: int, at: int, own: Sequence[int]) -> Place | None:
        """Of what 合计 among villages is the total; None where the other labels say it."""
        street = self.label(row, own)
        if street is None or self._labels.text(row, street):
            return None
        body = self._table.region.body
        totals = [
            other
            for other in body
            if OWN.fullmatch(normal(self._labels.text(other, at)))
            and not self._labels.text(other, street)
        ]
        named = {self._carried[street][other] for other in body if other not in totals}
        streets = {name for name in named if not OWN.fullmatch(normal(name))}
        of_all = len(streets) > 1 and (len(totals) == 1 or len(totals) == len(streets) + 1)
        if of_all and row == totals[-1]:
            return self._own
        if len(totals) >= len(streets):
            return None  # each is that of the street above it
        return self._unknown(self._labels.text(row, at), (row, at))

    def label(self, row: int, own: Sequence[int]) -> int | None:
        """The innermost column of areas that is filled in a row: 保山市 | 隆阳区 is 隆阳区."""
        columns = [at for at in own if self._labels.roles.get(at) == AREA]
        filled = [at for at in columns if self._labels.text(row, at)]
        return (filled or columns)[-1] if columns else None

    def _label_of_area(self, row: int, own: Sequence[int]) -> int | None:
        """The column that names a row's area; that of villages where streets stand in it too."""
        label, villages = self.label(row, own), self._labels.column(VILLAGE, own)
        if label is not None or villages is None:
            return label
        return villages if self._is_mixed(villages) else None

    def total_words(self, text: str) -> tuple[Phrase, ...]:
        """The words of a total that stands among areas: 散居孤儿合计."""
        plain = normal(text)
        match = _NAMED_TOTAL.fullmatch(plain)
        if match is None or NO_AREA.fullmatch(plain) or self._finder.find(match[1]):
            return ()
        phrase = self._table.known.label(match[1])
        facts = [fact for fact in phrase.facts() if fact.slot in (PROGRAMME, VALUE, SCOPE)]
        return (phrase,) if facts and not phrase.unknown else ()

    def _text(self, row: int, label: int | None) -> str:
        """The name of a row's area; of a total that stands in the first column, its word."""
        if label is None:
            return ""
        text = self._labels.text(row, label) or self._first_total(row, label)
        return text or (self._carried[label][row] if self._carries else "")

    def _first_total(self, row: int, label: int) -> str:
        region, sheet = self._table.region, self._table.sheet
        first = next((text_of(sheet.cell(row, at)) for at in region.labels if at < label), "")
        return first if OWN.fullmatch(normal(first)) else ""

    def _coded(self, row: int, code: int | None) -> Area | None:
        if code is None:
            return None
        return self._finder.find_code(squeezed(self._table.sheet.spread(row, code)))

    def _named(self, text: str, row: int, cell: tuple[int, int] | None) -> Place:
        """The one area of a label; what is no area of its own is noted, others are asked."""
        text = text or f"第 {row + 1} 行"
        if self._finder.is_left_out(text):
            return Place(None, None, cell, _stated_out(text))
        plain, found = normal(text), self._finder.find(text)
        if not NO_AREA.fullmatch(plain):
            return Place(found[0]) if len(found) == 1 else self._unknown(text, cell)
        if plain in _SUBTOTALS and self._table.area and self._sums_all(row):
            return self._own
        exact = _of_name(found, plain) or self._own_level(plain)
        return Place(exact[0]) if len(exact) == 1 else Place(None, None, cell, _left_out(text, row))

    def _sums_all(self, row: int) -> bool:
        """Whether a row is the only total of its table and the sum of all its other rows."""
        region = self._table.region
        others = [other for other in region.body if other != row]
        if len(others) < 2 or any(map(self._is_total, others)):
            return False
        differences = [self._difference(row, others, at) for at in region.figures]
        known = [difference for difference in differences if difference is not None]
        return bool(known) and max(known) < _NEARLY

    def _difference(self, row: int, others: Sequence[int], column: int) -> float | None:
        """How far a row is from the sum of others; None where either is nothing."""
        total, parts = self._number(row, column), [self._number(at, column) for at in others]
        return abs(total - sum(parts)) if total and any(parts) else None

    def _is_total(self, row: int) -> bool:
        texts = [normal(self._labels.text(row, at)) for at in self._table.region.labels]
        return any(OWN.fullmatch(text) or text.endswith("小计") for text in texts)

    def _number(self, row: int, column: int) -> float:
        return number_at(self._table.sheet, row, column) or 0.0

    def _own_level(self, plain: str) -> list[Area]:
        """The own level of the table's area, where the list has it: 市本级 is 临江市本级."""
        above = self._table.area
        below = self._table.known.areas.children(above.code) if above else ()
        return [area for area in below if area.is_own_level and area.name.zh.endswith(plain)]

    def _unknown(self, text: str, cell: tuple[int, int] | None) -> Place:
        return Place(None, gaps.unknown_area(text, self._table.area), cell)


def _of_name(areas: Sequence[Area], name: str) -> list[Area]:
    """The areas with exactly this name or alias."""
    return [area for area in areas if name in (area.name.zh, *area.aliases)]


def _column_out(text: str) -> Text:
    return _not_listed(f"“{text}”栏", f"column {text}")


def _villages_out(heading: str, count: int) -> Text:
    return Text(
        f"“{heading}”中的 {count} 个村(社区)不在地区表中，未读入，只读入小计、合计；"
        "要保留的，请先在地区表中登记",
        f"{heading}: {count} villages or communities are not in the list of areas; their rows were "
        "left out, subtotals and totals are read. Register them in the list of areas to keep them",
    )


def _stated_out(text: str) -> Text:
    return Text(f"“{text}”按说明不读入", f"{text} was left out as stated")


def _left_out(text: str, row: int) -> Text:
    return _not_listed(f"第 {row + 1} 行“{text}”", f"row {row + 1}, {text}")


def _not_listed(zh: str, en: str) -> Text:
    """Says of a row or column that its area is not known, and how the figures are kept."""
    return Text(
        f"{zh}不在地区表中，未读入；是本级数、要保留的，请加 --register-streets 登记",
        f"{en}: not in the list of areas; it was left out. Where it is a city's or district's own "
        "level, --register-streets keeps it",
    )
