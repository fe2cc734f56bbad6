"""Proves units and measures that a table does not say from its own figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Unit
from dashboard.catalogue.grid import IndicatorCell
from dashboard.intake.understanding import questions as asked
from dashboard.intake.understanding.figures import TableReader
from dashboard.intake.understanding.meaning import Gap, Meaning
from dashboard.intake.understanding.numbers import number_at
from dashboard.intake.understanding.open_questions import Key
from dashboard.intake.understanding.table_columns import Column
from dashboard.intake.understanding.table_rows import Row
from dashboard.intake.understanding.understood import Note, Reading

_YUAN_EACH = (20.0, 60_000.0)  # what a person may get since January
_YUAN_EACH_MONTH = 5_000.0  # and in a month
_ROUNDING = 0.5  # yuan
_MISPRINTED = "元/人"
_IN_YUAN = (("yuan", 1), ("ten_thousand_yuan", 10_000))
_COUNTED_IN = (("persons", "person"), ("households", "household"), ("person_times", "person_time"))


def prove_units(figures: TableReader) -> None:
    """Answers of a table's questions those that its own figures answer, and reads their cells."""
    _mend_misprints(figures)
    _prove_by_sums(figures)
    _prove_yuan(figures)


# -- money in 元/人 that is persons times the amount a head ------------------------------------


def _mend_misprints(figures: TableReader) -> None:
    """Money in 元/人 that equals persons times the amount a head has a misprinted unit."""
    yuan = figures.table.known.catalogue.units["yuan"]
    for key in figures.questions.of_kind(asked.UNIT):
        if key[1] != _MISPRINTED:
            continue
        for column, rows in _by_column(figures, key):
            if _is_product(figures, column, rows):
                figures.questions.answer(key, {column.at})
                _note(figures, column, "unit_misprint", _misprint(_name(column)))
                for row in rows:
                    figures.read_in_unit(column, row, yuan)
        figures.questions.drop_answered(key)


def _misprint(name: str) -> Text:
    return Text(
        f"“{name}”等于人数乘以每人金额，按元读入",
        f"{name}: persons times the amount a head, read in yuan",
    )


def _is_product(figures: TableReader, column: Column, rows: Sequence[Row]) -> bool:
    """Whether each figure is the product of persons and an amount a head of its own row."""
    yuan = figures.table.known.catalogue.units["yuan"]
    meaning = figures.meanings.in_unit(column, rows[0], yuan)
    if isinstance(meaning, Gap) or meaning.cell is None:
        return False
    products = [_product(figures, row, column, meaning.cell) for row in rows]
    return None not in products and sum(map(bool, products)) > 1


def _product(figures: TableReader, row: Row, column: Column, cell: IndicatorCell) -> float | None:
    """The money of a row that is persons times an amount a head; None where it is not."""
    known = _whole_figures(figures, row, cell)
    head = known.get("per_head", known.get("standard"))
    money = number_at(figures.table.sheet, row.at, column.at)
    if head is None or money is None or "persons" not in known:
        return None
    return max(money, 0.0) if abs(known["persons"] * head - money) <= _ROUNDING else None


def _whole_figures(figures: TableReader, row: Row, like: IndicatorCell) -> dict[str, float]:
    """The figures of a row by measure, of one programme and scope, without breakdowns."""
    known: dict[str, float] = {}
    for reading, cell in _cells_of(figures, row):
        if cell.values or (cell.programme, cell.scope) != (like.programme, like.scope):
            continue
        value = number_at(figures.table.sheet, row.at, reading.column)
        if value is not None:
            known[cell.measure] = value
    return known


# -- parts that add up to the persons of each row ----------------------------------------------


def _prove_by_sums(figures: TableReader) -> None:
    """Parts without a measure that add up to the persons of each row are counted in persons."""
    unsaid = figures.questions.of_kind(asked.MEASURE_KIND)
    unsaid += [key for key in figures.questions.of_kind(asked.UNIT) if not key[1]]
    for key in unsaid:
        groups: dict[tuple[tuple[str, ...], str], dict[int, list[Row]]] = defaultdict(dict)
        for column, rows in _by_column(figures, key):
            groups[column.texts[:-1], _dimension(figures, column, rows[0])][column.at] = rows
        for unsorted in groups.values():
            group = dict(sorted(unsorted.items()))
            unit = _unit_of_sums(figures, group) if len(group) > 1 else None
            if unit is not None:
                for at, rows in group.items():
                    for row in rows:
                        figures.read_in_unit(figures.columns[at], row, unit)
                figures.questions.answer(key, group)
        figures.questions.drop_answered(key)


def _dimension(figures: TableReader, column: Column, row: Row) -> str:
    """By what a column would divide persons; empty where it is no part of them."""
    unit = figures.table.known.catalogue.units["person"]
    meaning = figures.meanings.in_unit(column, row, unit)
    cell = None if isinstance(meaning, Gap) else meaning.cell
    return cell.values[0][0] if cell is not None and cell.values else ""


def _unit_of_sums(figures: TableReader, group: dict[int, list[Row]]) -> Unit | None:
    """The unit of the total to which the columns add up in every row, if only one fits."""
    rows = sorted({row.at for rows in group.values() for row in rows})
    units = (figures.table.known.catalogue.units[unit] for _, unit in _COUNTED_IN)
    proved = []
    for (measure, _), unit in zip(_COUNTED_IN, units, strict=True):
        part = _common_part(figures, group, rows[0], unit)
        if part is None:
            continue
        whole = part._replace(values=(), measure=measure)
        if all(_adds_up(figures, group, row, whole) for row in rows):
            proved.append(unit)
    return proved[0] if len(proved) == 1 else None


def _common_part(
    figures: TableReader, group: dict[int, list[Row]], row: int, unit: Unit
) -> IndicatorCell | None:
    """The cell of a part, where the parts of a row are all of the same dimension."""
    columns = [figures.columns[at] for at in group]
    meanings = [
        figures.meanings.in_unit(column, figures.row(row, column), unit) for column in columns
    ]
    cells = [one.cell for one in meanings if isinstance(one, Meaning) and one.cell]
    dimensions = {cell.values[:1] and cell.values[0][0] for cell in cells}
    return cells[0] if len(cells) == len(columns) and len(dimensions) == 1 else None


def _adds_up(
    figures: TableReader, group: dict[int, list[Row]], row: int, whole: IndicatorCell
) -> bool:
    sheet = figures.table.sheet
    total = sum(number_at(sheet, row, at) or 0.0 for at in group)
    return any(
        number_at(sheet, row, reading.column) == total
        for reading, cell in _cells_at(figures, row)
        if reading.column not in group
        and (cell.programme, cell.scope, cell.measure)
        == (whole.programme, whole.scope, whole.measure)
        and len(cell.values) < 2
    )


# -- money without a unit ----------------------------------------------------------------------


def _prove_yuan(figures: TableReader) -> None:
    """Money without a unit is yuan or 万元 where only that is possible for its persons."""
    for key in figures.questions.of_kind(asked.UNIT):
        if key[1]:
            continue
        for column, rows in sorted(_by_column(figures, key), key=lambda pair: pair[0].at):
            unit = _only_unit(figures, column, rows)
            if unit is None:
                continue
            _note(figures, column, "unit_proved", _proved(_name(column), unit))
            for row in rows:
                figures.read_in_unit(column, row, unit)
            figures.questions.answer(key, {column.at})
        figures.questions.drop_answered(key)


def _proved(name: str, unit: Unit) -> Text:
    return Text(
        f"“{name}”没有写明单位，按每人金额只能是{unit.name.zh}",
        f"{name}: no unit is said; by the amount a head it can only be {unit.name.en}",
    )


def _only_unit(figures: TableReader, column: Column, rows: Sequence[Row]) -> Unit | None:
    """Yuan or 万元, where the money of each row's persons is plausible in one of them only."""
    units = figures.table.known.catalogue.units
    meaning = figures.meanings.in_unit(column, rows[0], units["yuan"])
    if isinstance(meaning, Gap) or meaning.cell is None or meaning.cell.measure != "money":
        return None
    span = figures.span(column, rows[0])
    cell = figures.basis.with_basis(meaning, span, column, rows[0]) if span else None
    in_month = isinstance(cell, IndicatorCell) and cell.in_month
    most = _YUAN_EACH_MONTH if in_month else _YUAN_EACH[1]
    each = _amounts_each(figures, column, rows)
    for unit, factor in _IN_YUAN if each else ():
        if all(_YUAN_EACH[0] <= amount * factor <= most for amount in each):
            return units[unit]
    return None


def _amounts_each(figures: TableReader, column: Column, rows: Sequence[Row]) -> list[float]:
    """The money of rows for each of their persons, as printed; none where a row is not clear."""
    yuan = figures.table.known.catalogue.units["yuan"]
    each: list[float] = []
    for row in rows:
        meaning = figures.meanings.in_unit(column, row, yuan)
        if isinstance(meaning, Gap) or meaning.cell is None:
            return []
        each += _amounts_of_row(figures, column, row, meaning.cell)
    return each


def _amounts_of_row(
    figures: TableReader, column: Column, row: Row, cell: IndicatorCell
) -> list[float]:
    sheet = figures.table.sheet
    money = number_at(sheet, row.at, column.at)
    persons = cell._replace(measure="persons", in_month=False)
    counts = [
        number_at(sheet, row.at, reading.column)
        for reading, counted in _cells_of(figures, row)
        if counted == persons
    ]
    return [money / count for count in counts if count] if money else []


# -- what is shared ----------------------------------------------------------------------------


def _by_column(figures: TableReader, key: Key) -> list[tuple[Column, list[Row]]]:
    """The cells that wait for an answer: columns as they were met, each with its rows."""
    rows: dict[int, list[Row]] = defaultdict(list)
    for row, at in figures.questions.cells[key]:
        rows[at].append(figures.row(row, figures.columns[at]))
    return [(figures.columns[at], found) for at, found in rows.items()]


def _cells_of(figures: TableReader, row: Row) -> Iterator[tuple[Reading, IndicatorCell]]:
    return _cells_at(figures, row.at)


def _cells_at(figures: TableReader, row: int) -> Iterator[tuple[Reading, IndicatorCell]]:
    """What was read of a row, each with its cell of the grid."""
    for reading in figures.readings.get(row, ()):
        cell = figures.table.known.grid.cell_at(reading.indicator)
        if cell is not None:
            yield reading, cell


def _note(figures: TableReader, column: Column, rule: str, text: Text) -> None:
    place = figures.table.region.top, column.at
    figures.understood.notes.append(Note(rule, text, *place))


def _name(column: Column) -> str:
    return "/".join(column.headings)
