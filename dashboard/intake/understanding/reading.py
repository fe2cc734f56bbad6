"""Reads a sheet of a bureau's own table figure by figure: what each means, or what is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from dashboard.base.language import Text
from dashboard.catalogue.catalogue import Catalogue
from dashboard.intake.forms.files.cells import Sheet, is_blank, text_of
from dashboard.intake.understanding import questions as asked
from dashboard.intake.understanding.absent_figures import key_of, of_no_series, without_absent
from dashboard.intake.understanding.added_levels import leave_out_added_levels
from dashboard.intake.understanding.comparisons import says_derived
from dashboard.intake.understanding.doubted_totals import carry_doubts, carry_estimates
from dashboard.intake.understanding.figures import TableReader
from dashboard.intake.understanding.inferred_units import prove_units
from dashboard.intake.understanding.labels import is_list
from dashboard.intake.understanding.numbers import number_at
from dashboard.intake.understanding.phrases import FOOTNOTE
from dashboard.intake.understanding.questions import Question
from dashboard.intake.understanding.regions import Region
from dashboard.intake.understanding.table import Knowledge, table_of
from dashboard.intake.understanding.understood import Note, Reading, SheetFacts, Understood
from dashboard.intake.understanding.words import normal

_NO_SERIES = Text(
    "该行本年没有累计数，上年同期是期末数还是累计数没有写明，未读入",
    "the row has no running total this year, so whether that of the year before is one is not "
    "said: it was left out",
)


def read_sheet(
    sheet: Sheet, regions: list[Region], frames: Sequence[SheetFacts], known: Knowledge
) -> Understood:
    """Every figure of the sheet's tables, in the order of the cells; ``frames`` are one a table."""
    understood = Understood(regions, area=frames[0].area)
    words = set(known.answers.words)
    for number, frame in enumerate(frames):
        table = table_of(sheet, frame, known, understood.regions, number)
        understood.area = understood.area or table.area
        words = {word for word in words if not table.remarks.says_once(word)}
        figures = TableReader(table, understood)
        _read_table(figures)
        if number == 0:
            _describe(figures)
    _leave_out_no_series(sheet, understood)
    understood.readings = _without_doubles(sheet, known, understood)
    value = partial(_value, sheet, known.catalogue)
    leave_out_added_levels(understood, known.catalogue, value)
    understood.words = _words_here(sheet, words)
    return understood


def _words_here(sheet: Sheet, words: Iterable[str]) -> set[str]:
    """Of the words of a vocabulary those that stand in a sheet."""
    wanted = {word: normal(word) for word in words}
    if not wanted:
        return set()
    texts = {normal(text_of(cell)) for row in sheet.rows for cell in row if isinstance(cell, str)}
    return {word for word, plain in wanted.items() if any(plain in text for text in texts)}


def _describe(figures: TableReader) -> None:
    """Keeps of the first table what a preview shows: the roles and periods of its columns."""
    understood, columns = figures.understood, list(figures.columns)
    understood.roles = dict(figures.table.labels.roles)
    understood.spans = {
        column.at: column.named_span for column in columns if column.named_span is not None
    }
    understood.by_years = bool(columns) and len(understood.spans) == len(columns)


def _read_table(figures: TableReader) -> None:
    """Reads every figure; a list of institutions or persons is no table of totals."""
    table, understood = figures.table, figures.understood
    if is_list(table.region, table.labels, table.known.lexicon):
        understood.questions.append(_list_question(figures))
        return
    for row in table.region.body:
        _read_row(figures, row)
    prove_units(figures)
    carry_doubts(figures)
    carry_estimates(figures)
    understood.questions += figures.questions.questions()
    understood.notes += [*_unread_columns(figures), *_signs_of_notes(figures)]
    for row, column, text in table.remarks.places:
        understood.note_once(Note("footnote", _remark(text), row, column))


def _read_row(figures: TableReader, row: int) -> None:
    cells = figures.table.sheet.rows[row]
    filled = {column.at for column in figures.columns if not is_blank(cells[column.at])}
    if not filled:
        return
    rows = {labels: figures.rows.row(row, labels) for labels in figures.columns.labels}
    for column in figures.columns:
        read = figures.read if column.at in filled else figures.read_blank
        read(column, rows[column.labels])


def _list_question(figures: TableReader) -> Question:
    text = Text(
        "是名录（每行一个机构或一个人），不是汇总表",
        "a list of institutions or persons, no table of totals",
    )
    region = figures.table.region
    cells = tuple((row, at) for row in region.body for at in region.figures)
    return Question(figures.table.sheet.name, asked.LIST, text, cells or ((0, 0),))


def _unread_columns(figures: TableReader) -> list[Note]:
    """Notes of columns that hold words, changes or figures for comparison."""
    region, catalogue = figures.table.region, figures.table.known.catalogue
    paths = {at: region.path(at) for at in (*region.texts, *region.figures)}
    left_out = [(at, _words_only("/".join(paths[at]))) for at in region.texts if any(paths[at])]
    for column in figures.columns:
        if column.is_change:
            name = "/".join(paths[column.at])
            is_derived = says_derived(paths[column.at], catalogue)
            left_out.append((column.at, _derived(name) if is_derived else _change(name)))
    return [Note("column_left_out", text, region.top, at) for at, text in left_out]


def _signs_of_notes(figures: TableReader) -> Iterator[Note]:
    """Notes of headings and labels whose sign of a note, 结婚登记①, says nothing of the figures."""
    region = figures.table.region
    cells = [(row, at) for row in region.header for at in region.figures]
    cells += [(row, at) for row in region.body for at in region.labels]
    for row, at in cells:
        text = text_of(region.sheet.cell(row, at)).strip()
        sign = FOOTNOTE.search(text)
        if sign is not None:
            yield Note("footnote", _sign_of_note(text, sign[0]), row, at)


def _remark(text: str) -> Text:
    return Text(f"表中注明：{text}", f"the table remarks: {text}")


def _sign_of_note(name: str, sign: str) -> Text:
    return Text(
        f"“{name}”中的“{sign}”按注释序号处理，未读入",
        f"{name}: {sign} was taken as the number of a note and left out",
    )


def _words_only(name: str) -> Text:
    return Text(f"“{name}”一列是文字，未读入", f"{name}: words and no figures; it was left out")


def _derived(name: str) -> Text:
    return Text(
        f"“{name}”可由其他各栏算出，该列未读入",
        f"{name}: follows from other columns; it was left out",
    )


def _change(name: str) -> Text:
    return Text(
        f"“{name}”是增减变化或用于对比，不是本期的指标，该列未读入",
        f"{name}: a change or a comparison, no figure of the period; it was left out",
    )


def _leave_out_no_series(sheet: Sheet, understood: Understood) -> None:
    """Leaves out with a note what a year before says of running totals that this year has not."""
    strange = set(of_no_series(sheet, understood.readings))
    understood.readings = [reading for reading in understood.readings if reading not in strange]
    for reading in sorted(strange):
        understood.note_once(Note("figure_left_out", _NO_SERIES, reading.row, reading.column))


def _without_doubles(sheet: Sheet, known: Knowledge, understood: Understood) -> list[Reading]:
    """The readings, each meaning once; where it stands with two values, none and a question."""
    catalogue = known.catalogue
    groups: dict[tuple[object, ...], list[Reading]] = defaultdict(list)
    readings = without_absent(sheet, understood.readings)
    for reading in readings:
        groups[key_of(reading)].append(reading)
    kept: set[int] = set()
    twice: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for group in groups.values():
        if len(group) == 1 or len({_value(sheet, catalogue, one) for one in group}) == 1:
            kept.add(id(group[0]))
        else:
            twice[group[0].indicator] += [(one.row, one.column) for one in group]
    for one, cells in twice.items():
        explained = _explained(sheet, understood.regions, cells, known.answers.words)
        text = _two_values(catalogue.indicators[one].name, explained)
        understood.questions.append(Question(sheet.name, asked.TWICE, text, tuple(cells)))
    return [reading for reading in readings if id(reading) in kept]


def _explained(
    sheet: Sheet, regions: list[Region], cells: list[tuple[int, int]], words: Iterable[str]
) -> list[str]:
    """Of the words that a person explained those in the headings and labels of some cells."""
    texts = {
        normal(text)
        for region in regions
        for row, at in cells
        if row in region.body
        for text in (*region.path(at), *(text_of(sheet.spread(row, to)) for to in region.labels))
    }
    return [word for word in words if any(normal(word) in text for text in texts)]


def _two_values(name: Text, explained: list[str]) -> Text:
    """That a meaning stands twice, and which answers of a person (``explained``) led to it."""
    zh, en = f"“{name.zh}”在表中出现两次而数值不同", f"{name.en} stands twice with two values"
    if not explained:
        return Text(zh, en)
    listed = "、".join(f"“{word}”" for word in explained)
    return Text(
        f"{zh}(对{listed}的说明使它与另一栏(行)的含义相同，请改说明)",
        f"{en} (what was said of {listed} gives it the meaning of another line: change it)",
    )


def _value(sheet: Sheet, catalogue: Catalogue, reading: Reading) -> float | None:
    """The value of a reading in its base unit."""
    value = number_at(sheet, reading.row, reading.column)
    unit = catalogue.find_unit(reading.unit) if reading.unit else None
    return None if value is None else round(value * (unit.factor if unit else 1), 4)
