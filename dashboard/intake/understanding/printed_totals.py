"""Compares the total that a table prints with the rows of streets that stand beside it.

Where a table has every street of the area, the rule ``streets_total`` says it; here are tables of
some of them. Rows that were not read (本级, villages) may be in the total: then nothing is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Aggregation, Observation
from dashboard.intake.forms.files.cells import Sheet, column_place
from dashboard.intake.forms.layout import Recognition
from dashboard.intake.forms.numerals import looks_like_number
from dashboard.intake.forms.rules.printed_values import in_full, rounding, value_of

_FEWEST = 2  # rows that a total is of


def differing_totals(
    observations: Sequence[Observation],
    sheet: Sheet,
    recognition: Recognition,
    areas: Areas,
    catalogue: Catalogue,
) -> Iterator[tuple[Text, int, int]]:
    """What is said of each total of the table's area that its rows do not make; row and column."""
    area = recognition.area.code if recognition.area else ""
    first = max(recognition.header_rows, default=-1) + 1
    for stated in _columns(observations, catalogue):
        total = _differing(stated, area, areas)
        if total is not None and not _holds_others(stated, sheet, first):
            added = _added(one for one in stated if one is not total)
            yield _text(total, added, catalogue), total.source.row - 1, _place(total)


def _columns(
    observations: Sequence[Observation], catalogue: Catalogue
) -> Iterable[list[Observation]]:
    """The figures that may be added, by their columns and what they mean."""
    columns: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for one in observations:
        is_summed = catalogue.indicators[one.indicator].aggregation is Aggregation.SUM
        if is_summed and one.value is not None and not one.secondary:
            columns[one.source.column, one.indicator, one.period, one.kind, one.since].append(one)
    return columns.values()


def _differing(stated: Sequence[Observation], area: str, areas: Areas) -> Observation | None:
    """The only total of a column, where its rows do not make it as far as they are printed."""
    totals = [one for one in stated if one.area == area]
    parts = [one for one in stated if one.area != area]
    if len(totals) != 1 or len(parts) < _FEWEST or _are_all(parts, area, areas):
        return None
    is_same = abs(value_of(totals[0]) - _added(parts)) <= rounding(stated)
    return None if is_same else totals[0]


def _added(parts: Iterable[Observation]) -> float:
    return sum(map(value_of, parts))


def _are_all(parts: Sequence[Observation], area: str, areas: Areas) -> bool:
    """Whether every area below the one of the total has a row, or one that is none of these has."""
    below = {one.code for one in areas.children(area, parts[0].period)}
    listed = {one.area for one in parts}
    return below <= listed or not listed <= below


def _holds_others(stated: Sequence[Observation], sheet: Sheet, first: int) -> bool:
    """Whether rows from ``first`` on among those of a column hold numbers that were not read."""
    rows = {one.source.row - 1 for one in stated}
    column = _place(stated[0])
    others = set(range(first, max(rows) + 1)) - rows
    return any(looks_like_number(sheet.spread(row, column)) for row in others)


def _place(observation: Observation) -> int:
    return column_place(observation.source.column)


def _text(total: Observation, added: float, catalogue: Catalogue) -> Text:
    indicator = catalogue.indicators[total.indicator]
    name, unit = indicator.name, indicator.unit.name
    printed, summed = in_full(value_of(total)), in_full(added)
    return Text(
        f"“{name.zh}”的合计为 {printed} {unit.zh}，各行之和为 {summed} {unit.zh}；请核对或说明原因",
        f"the total of {name.en} is {printed} {unit.en}, its rows make {summed} {unit.en}: check "
        "them, or explain it with a note",
    )
