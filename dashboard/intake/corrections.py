"""Applies what a person says a table's figures mean where they were read as something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dashboard.base.language import Text
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Finding
from dashboard.catalogue.grid import Grid, IndicatorCell
from dashboard.intake.forms.files.cells import column_letter
from dashboard.intake.forms.layout import Recognition
from dashboard.intake.forms.mapping import LEAVE_OUT

PROGRAMME, MEASURE, BASIS = "programme", "measure", "basis"
_IN = "@"  # between an indicator and the one column of which a correction speaks


def correct(
    recognition: Recognition, corrections: Mapping[str, str], catalogue: Catalogue
) -> tuple[Finding, ...]:
    """Gives the readings of a bureau's own table their corrected meaning; returns a note for each.

    ``corrections`` lead an indicator as it was read, for all columns or for one (``in_column``), to
    the one that is meant, or to LEAVE_OUT; what is said of a column wins. Whether the unit fits is
    judged afterwards, as for any other figure.
    """
    understood = recognition.understood
    if understood is None or not corrections:
        return ()
    readings, notes = [], dict[tuple[str, str], Finding]()
    for reading in understood.readings:
        column = column_letter(reading.column)
        key = in_column(reading.indicator, column)
        meant = corrections.get(key, corrections.get(reading.indicator, reading.indicator))
        is_known = meant == LEAVE_OUT or meant in catalogue.indicators
        if meant == reading.indicator or not is_known:
            readings.append(reading)
            continue
        place = reading.row, reading.column
        said_of = reading.indicator, column if key in corrections else ""
        if said_of not in notes:
            notes[said_of] = _note(reading.indicator, meant, catalogue, place)
        if meant != LEAVE_OUT:
            readings.append(reading._replace(indicator=meant))
    understood.readings = readings
    return tuple(notes.values())


def in_column(indicator: str, column: str) -> str:
    """The key of a correction of one column (B) alone; without a column, of all."""
    return f"{indicator}{_IN}{column}" if column else indicator


def columns_as_read(
    shown: Iterable[tuple[str, str]], corrections: Mapping[str, str]
) -> dict[str, list[str]]:
    """The indicators as they were read, each with its columns, from those that are shown now.

    ``shown`` are pairs of indicator and column as corrected.
    """
    found: dict[str, dict[str, None]] = {}
    for indicator, column in shown:
        was = _as_read(indicator, column, corrections)
        found.setdefault(was, {}).setdefault(column)
    for key in corrections:
        was, _, column = key.partition(_IN)
        found.setdefault(was, {})
        if column:
            found[was].setdefault(column)
    return {was: list(columns) for was, columns in found.items()}


def _as_read(indicator: str, column: str, corrections: Mapping[str, str]) -> str:
    own = [key for key, meant in corrections.items() if meant == indicator]
    for key in own:
        was, _, of_column = key.partition(_IN)
        if of_column == column or (not of_column and in_column(was, column) not in corrections):
            return was
    return indicator


def _note(was: str, meant: str, catalogue: Catalogue, place: tuple[int, int]) -> Finding:
    name = catalogue.indicators[was].name
    if meant == LEAVE_OUT:
        text = Text(f"“{name.zh}”按更正不读入", f"{name.en}: left out as corrected")
    else:
        new = catalogue.indicators[meant].name
        text = Text(f"“{name.zh}”按更正读作“{new.zh}”", f"{name.en}: corrected to {new.en}")
    row, column = place
    return Finding("note", "corrected_indicator", text, "", row + 1, column_letter(column))


def alternatives(indicator: str, catalogue: Catalogue) -> dict[str, list[str]]:
    """Other meanings that differ in one slot, by slot: programme, measure, basis (month or since
    January)."""
    grid, meant = catalogue.grid, catalogue.indicators[indicator]
    matches: dict[str, list[str]] = {BASIS: [meant.linked] if meant.linked else []}
    cell = grid.cell_at(indicator)
    if cell is None:
        return matches
    measures = (cell._replace(measure=measure, in_month=False) for measure in grid.measures)
    matches[MEASURE] = _known(measures, indicator, grid)
    matches[PROGRAMME] = _known(_programmes(cell, grid), indicator, grid)
    return matches


def _programmes(cell: IndicatorCell, grid: Grid) -> list[IndicatorCell]:
    """The cell of town or country alone, then of the programmes nearest in the tree."""
    own = grid.programmes[cell.programme]
    near = [
        programme.id
        for programme in grid.programmes.values()
        if programme.id in own.parents
        or own.id in programme.parents
        or set(own.parents) & set(programme.parents)
        or (programme.kind == own.kind and programme.topic == own.topic)
    ]
    scoped = [cell._replace(scope=scope) for scope in ("", "urban", "rural")]
    return [*scoped, *(cell._replace(programme=name, scope="") for name in near)]


def _known(cells: Iterable[IndicatorCell], indicator: str, grid: Grid) -> list[str]:
    known = [grid.id_of(cell) for cell in cells if grid.is_meaningful(cell)]
    return [name for name in dict.fromkeys(known) if name != indicator]
