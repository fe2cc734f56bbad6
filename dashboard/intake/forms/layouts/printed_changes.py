"""Reads the columns 同比, 环比, 增长 of a form: no figures of their own, but recomputable."""

from __future__ import annotations

import re
from dataclasses import replace

from dashboard.catalogue.concepts import Observation
from dashboard.catalogue.periods import Period
from dashboard.intake.forms.files.cells import (
    Sheet,
    column_letter,
    column_place,
    is_blank,
    text_of,
)
from dashboard.intake.forms.layout import OFFICIAL_FORM, Column, Recognition
from dashboard.intake.forms.layouts.side_columns import months_back
from dashboard.intake.forms.numerals import UnreadableNumber, read_value
from dashboard.intake.forms.rules.rules import PrintedChange

_YEAR = re.compile(r"同比|[上去]年")
_PERIOD = re.compile(r"环比|上[月季期]|上(?:一|个)(?:个)?[月季期]")
_CHANGE = re.compile(r"同比|环比|增减|增长|增幅|升降|降幅|±|较[上去]|比[上去]")


def printed_changes(
    sheet: Sheet, recognition: Recognition, observations: tuple[Observation, ...]
) -> list[PrintedChange]:
    """Every printed change beside a figure of a form, with the period it compares with."""
    if recognition.layout != OFFICIAL_FORM or recognition.period is None:
        return []
    columns = [c for c in recognition.columns if c.role == "side" and _is_change(c)]
    value = recognition.column("value")
    if not columns or value is None:
        return []
    before = _period_before(sheet, recognition, observations)
    changes = [
        _change(sheet, observation, column, before)
        for observation in _of_column(observations, column_letter(value.place))
        for column in columns
    ]
    return _with_earlier([change for change in changes if change is not None], observations)


def _with_earlier(
    changes: list[PrintedChange], observations: tuple[Observation, ...]
) -> list[PrintedChange]:
    """The changes whose base is known, with the figure of that period where the row prints it."""
    earlier = {
        (observation.source.row, observation.period): observation.value
        for observation in observations
        if observation.secondary
    }
    return [
        replace(change, then=earlier.get((change.at.source.row, change.base)))
        for change in changes
        if change.base is not None
    ]


def _of_column(observations: tuple[Observation, ...], letter: str) -> list[Observation]:
    """The form's own figures in the column of figures."""
    return [
        observation
        for observation in observations
        if observation.source.column == letter
        and not observation.secondary
        and observation.value is not None
    ]


def _is_change(column: Column) -> bool:
    heading = "".join(column.heading)
    known = bool(_YEAR.search(heading)) != bool(_PERIOD.search(heading))
    return bool(_CHANGE.search(heading)) and known


def _period_before(
    sheet: Sheet, recognition: Recognition, observations: tuple[Observation, ...]
) -> Period | None:
    """The period that 环比 compares with: the one printed beside it, else by the form's kind."""
    if recognition.period is None:
        return None
    now = recognition.period.end
    periods = {
        observation.period
        for observation in observations
        if observation.secondary and observation.period < now
    }
    near = [period for period in periods if period >= now.plus(-3)]
    if near:
        return max(near)
    back = months_back(sheet, recognition)
    return now.plus(-back) if back else None


def _change(
    sheet: Sheet, observation: Observation, column: Column, before: Period | None
) -> PrintedChange | None:
    row, heading = observation.source.row - 1, "".join(column.heading)
    cell = sheet.cell(row, column.place)
    printed = text_of(cell)
    try:
        value = None if is_blank(cell) else read_value(cell).value
        stated = read_value(sheet.cell(row, column_place(observation.source.column))).value
    except UnreadableNumber:
        return None
    if value is None or not stated or observation.value is None:
        return None
    factor = abs(observation.value / stated)
    figure = text_of(sheet.cell(row, column_place(observation.source.column)))
    whole_count = factor == 1 and "." not in figure
    by_period = bool(_PERIOD.search(heading))
    return PrintedChange(
        at=observation,
        column=column_letter(column.place),
        heading=heading,
        printed=printed,
        value=value,
        half=_half(printed),
        base=before if by_period else observation.period.plus(-12),
        by_period=by_period,
        rounding=0.0 if whole_count else _half(figure) * factor,
        factor=factor,
    )


def _half(printed: str) -> float:
    """Half the last printed digit, in the printed unit."""
    return float(0.5 * 10 ** -len(re.sub(r"[^\d.]", "", printed).partition(".")[2]))
