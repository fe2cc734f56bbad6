"""Compares the periods of figures with the day on which a sheet says that it was made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue.concepts import FigureKind
from dashboard.catalogue.periods import Period
from dashboard.intake.forms.files.cells import Sheet, squeezed
from dashboard.intake.understanding import questions as asked
from dashboard.intake.understanding.questions import Question
from dashboard.intake.understanding.regions import Region
from dashboard.intake.understanding.understood import Reading, Understood

DAY = re.compile(
    r"(?:截[至止]到?(?:日期|时间)?|(?:制表|编制|编报|填表|填报|报送|上报|打印|导出)(?:日期|时间))"
    r":?(\d{4})[年.\-/](1[0-2]|0?[1-9])(?!\d)月?"
)
_LONGEST_LINE = 60  # letters; a longer note tells of other times as well
_AHEAD = (FigureKind.TARGET, FigureKind.PLAN)  # stand in tables made before their time


class _Stated(NamedTuple):
    """A month until which a sheet can count, and the words that say it."""

    month: Period
    words: str


def ask_later_periods(sheet: Sheet, regions: Sequence[Region], understood: Understood) -> None:
    """Asks for the period of figures that would end after the sheet was made; reads none of them.

    A table of the year 2024 that was made in October counts to some month before.
    """
    stated = min(_stated(sheet, regions), default=None)
    if stated is None:
        return
    late = [reading for reading in understood.readings if _is_late(reading, stated.month)]
    if not late:
        return
    understood.readings = [
        reading for reading in understood.readings if not _is_late(reading, stated.month)
    ]
    end = max(reading.span.end for reading in late)
    text = Text(
        f"表中写“{stated.words}”，这些数的期别却到{end}",
        f"the sheet says {stated.words!r}, yet these figures would count to {end}",
    )
    cells = tuple((reading.row, reading.column) for reading in late)
    understood.questions.append(Question(sheet.name, asked.PERIOD, text, cells))


def _is_late(reading: Reading, month: Period) -> bool:
    return reading.kind not in _AHEAD and month < reading.span.end


def _stated(sheet: Sheet, regions: Sequence[Region]) -> Iterator[_Stated]:
    """The days stated above the first table and below the last."""
    first, last = regions[0].top, max(regions[-1].body)
    rows = [*range(first), *range(last + 1, len(sheet.rows))]
    for row in rows:
        text = "".join(squeezed(cell) for cell in sheet.rows[row] if cell is not None)
        for match in DAY.finditer(text if len(text) <= _LONGEST_LINE else ""):
            yield _Stated(Period(int(match[1]), int(match[2])), match[0])
