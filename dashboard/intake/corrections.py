"""What a person says a table's figures mean where they were read as something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dashboard.base.language import Text
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Finding
from dashboard.catalogue.grid import Cell, Grid
from dashboard.intake.forms.files.cells import column_letter
from dashboard.intake.forms.layout import Recognition
from dashboard.intake.forms.mapping import LEAVE_OUT

PROGRAMME, MEASURE, BASIS = "programme", "measure", "basis"


def correct(
    recognition: Recognition, corrections: Mapping[str, str], catalogue: Catalogue
) -> tuple[Finding, ...]:
    """Gives the readings of a bureau's own table their corrected meaning; returns a note for each.

    ``corrections`` lead an indicator as it was read to the one that is meant, or to LEAVE_OUT.
    Whether the unit fits is judged afterwards, as for any other figure.
    """
    understood = recognition.understood
    if understood is None or not corrections:
        return ()
    readings, notes = [], dict[str, Finding]()
    for reading in understood.readings:
        meant = corrections.get(reading.indicator, reading.indicator)
        is_known = meant == LEAVE_OUT or meant in catalogue.indicators
        if meant == reading.indicator or not is_known:
            readings.append(reading)
            continue
        if reading.indicator not in notes:
            notes[reading.indicator] = _note(
                reading.indicator, meant, catalogue, (reading.row, reading.column)
            )
        if meant != LEAVE_OUT:
            readings.append(replace(reading, indicator=meant))
    understood.readings = readings
    return tuple(notes.values())


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


def _programmes(cell: Cell, grid: Grid) -> list[Cell]:
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


def _known(cells: Iterable[Cell], indicator: str, grid: Grid) -> list[str]:
    known = [grid.id_of(cell) for cell in cells if grid.is_meaningful(cell)]
    return [name for name in dict.fromkeys(known) if name != indicator]
