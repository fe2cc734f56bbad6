"""How fast a large workbook is taken in: 100 sheets, 200,000 cells, beside plain executemany.

Run ``python -m benchmarks.load [sheets]``; prints seconds and observations a second of each step,
by the clock and of this process alone (CPU), which is what holds where others use the machine too.
"""

from __future__ import annotations

import io
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeVar

import xlsxwriter

from benchmarks.rows import current, stated
from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue, all_areas, read_catalogue
from dashboard.catalogue.concepts import (
    Accumulation,
    Area,
    Grade,
    Level,
    Observation,
    SubmissionHead,
)
from dashboard.intake import Handover, Store, receive
from dashboard.intake.forms.files.read import read_sheets
from dashboard.intake.forms.layout import Hints
from dashboard.intake.forms.recognise import recognise
from dashboard.intake.forms.rules.check import check
from dashboard.intake.forms.tidy import Tidied, tidy
from dashboard.store.bulk_insert import Row
from dashboard.store.opening import open_store
from dashboard.store.received import ReceivedFiles
from dashboard.store.record import NewSubmission, record
from dashboard.store.tables import observation, revision

STREETS, FIRST_YEAR, DISTRICT = 100, 2016, "379900"
DECADES = 8  # of earlier figures in the fuller store: 1.6 million
BATCH = 200_000
Result = TypeVar("Result")


def streets() -> list[Area]:
    """A district with a hundred streets."""
    below = [
        Area(f"{DISTRICT}{n:03d}", Text(f"第{n:03d}街道"), Level.STREET, DISTRICT)
        for n in range(1, STREETS + 1)
    ]
    return [Area(DISTRICT, Text("测试区"), Level.DISTRICT, "370000"), *below]


def headings(catalogue: Catalogue) -> list[str]:
    """Twenty indicators counted at the end of a period, unit in brackets.

    A column without that basis would have to say which months its figures are of.
    """
    counted = [
        indicator
        for indicator in catalogue.indicators.values()
        if indicator.unit.dimension in ("persons", "households")
        and indicator.accumulation is Accumulation.END_OF_PERIOD
        and not indicator.parent
    ]
    return [f"{indicator.name.zh}({indicator.unit.name.zh})" for indicator in counted[:20]]


def workbook(catalogue: Catalogue, sheets: int) -> bytes:
    """A street table a month: a row a street, twenty columns of figures."""
    stream, columns = io.BytesIO(), headings(catalogue)
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for number in range(sheets):
            year, month = FIRST_YEAR + number // 12, number % 12 + 1
            sheet = book.add_worksheet(f"{year}-{month:02d}")
            sheet.write_string(0, 0, f"测试区{year}年{month}月民政统计表")
            sheet.write_row(1, 0, ["街道", *columns])
            for row, street in enumerate(streets()[1:], start=2):
                sheet.write_row(row, 0, [street.name.zh])
                sheet.write_row(row, 1, [row * 7 + at for at in range(len(columns))])
    return stream.getvalue()


def timed(name: str, figures: int, call: Callable[[], Result]) -> Result:
    """The call's result; prints its time and how many figures that is in a second of each."""
    start, cpu_start = perf_counter(), process_time()
    result = call()
    cpu, seconds = process_time() - cpu_start, perf_counter() - start
    print(
        f"{name:36}{seconds:7.2f} s{figures / seconds:10,.0f}/s"
        f"{cpu:8.2f} s CPU{figures / cpu:10,.0f}/s",
        flush=True,
    )
    return result


def read_all(content: bytes, catalogue: Catalogue, areas: Areas) -> list[Tidied]:
    """Every sheet of the workbook as observations, unchecked."""
    return [
        tidy(sheet, recognise(sheet, catalogue, areas, Hints()), catalogue, areas)
        for sheet in read_sheets("a.xlsx", content)
    ]


def plain_rows(observations: Sequence[Observation]) -> list[Row]:
    """The same figures as rows of ``revision``, of the first submission."""
    return [
        stated(
            (figure.indicator, figure.area, figure.period.key, str(figure.kind)),
            1,
            number,
            figure.value,
            (figure.source.sheet, figure.source.row, figure.source.column),
        )
        for number, figure in enumerate(observations)
    ]


def plain_executemany(file: Path, rows: Sequence[Row]) -> None:
    """The same two tables filled by the driver's executemany alone: what the machine can do."""
    figures = [current(row[:4], row[4], row[6]) for row in rows]
    with closing(sqlite3.connect(file)) as connection, connection:
        for verb, table, new in (("INSERT", revision, rows), ("REPLACE", observation, figures)):
            marks = ", ".join("?" * len(table.columns))
            connection.executemany(f"{verb} INTO {table.name} VALUES ({marks})", new)


def earlier(rows: Sequence[Row], decades: int) -> Iterator[Row]:
    """The rows of so many decades before, in the order of their keys."""
    for _, of_place in groupby(sorted(rows, key=itemgetter(0, 1, 2)), key=itemgetter(0, 1)):
        same = list(of_place)
        for decade in range(decades, 0, -1):
            yield from ((*row[:2], row[2] - 1000 * decade, *row[3:]) for row in same)


def filled_before(file: Path, rows: Sequence[Row], decades: int) -> None:
    """A store of one submission that holds the figures of so many earlier decades."""
    engine = open_store(f"sqlite:///{file}")
    head = SubmissionHead("before.xlsx", "1", "", "", None, Grade.DEMO)
    record(engine, [NewSubmission(head, ())], datetime.now(UTC))
    engine.dispose()
    before = earlier(rows, decades)
    while batch := list(islice(before, BATCH)):
        plain_executemany(file, batch)


def pair(folder: Path, read: Sequence[Tidied], decades: int) -> None:
    """Plain executemany and ours, the same figures into equal stores; prints how they compare."""
    observations = [one for sheet in read for one in sheet.observations]
    rows, cells = plain_rows(observations), len(observations)
    files = [folder / f"{name}-{decades}.sqlite" for name in ("plain", "ours")]
    filled_before(files[0], rows, decades)
    shutil.copyfile(files[0], files[1])
    print(f"a store of {decades * cells:,} figures")
    rows = [(*row[:4], 2, *row[5:]) for row in rows]
    start = process_time()
    timed("  plain executemany", cells, lambda: plain_executemany(files[0], rows))
    plain, start = process_time() - start, process_time()
    engine = open_store(f"sqlite:///{files[1]}")
    given, now = arrivals(read), datetime.now(UTC)
    timed("  record", cells, lambda: record(engine, given, now))
    print(f"  ratio (CPU): {plain / (process_time() - start):.2f} times plain executemany")
    engine.dispose()


def arrivals(read: Sequence[Tidied]) -> list[NewSubmission]:
    """One arrival a sheet."""
    return [
        NewSubmission(
            SubmissionHead(
                "a.xlsx",
                one.observations[0].source.sheet,
                one.form,
                one.area,
                one.period,
                Grade.DEMO,
            ),
            one.observations,
        )
        for one in read
    ]


def measure(folder: Path, sheets: int) -> None:
    """Each step on its own, then all of them through the front door."""
    catalogue = read_catalogue()
    areas = all_areas(catalogue, streets())
    content = workbook(catalogue, sheets)
    cells = sheets * STREETS * len(headings(catalogue))
    print(f"{sheets} sheets, {cells:,} cells, {len(content) / 1e6:.1f} MB")
    timed("read the cells", cells, lambda: read_sheets("a.xlsx", content))
    read = timed("read, recognise, tidy", cells, lambda: read_all(content, catalogue, areas))
    observations = [one for sheet in read for one in sheet.observations]
    if len(observations) != cells:
        raise SystemExit(f"{len(observations)} figures were understood, not {cells}")
    timed("check", cells, lambda: [check(s.observations, catalogue, areas) for s in read])
    for decades in (0, DECADES):
        pair(folder, read, decades)
    engine, now = open_store(f"sqlite:///{folder / 'store.sqlite'}"), datetime.now(UTC)
    store = Store(engine, catalogue, areas, ReceivedFiles(folder / "received"))
    files, handover = [("a.xlsx", content)], Handover()
    timed("receive: all of the above", cells, lambda: receive(store, files, handover, now))
    engine.dispose()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        measure(Path(place), int(sys.argv[1]) if len(sys.argv) > 1 else 100)
