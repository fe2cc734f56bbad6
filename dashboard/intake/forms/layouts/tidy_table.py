"""Reads a tidy table: one row per figure, with indicator, area, period, value and more.

Headings are English or Chinese; columns that mean nothing here are left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TypeVar

from dashboard.base.language import Text
from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import FigureKind, FigureStatus, Indicator, Observation, Source
from dashboard.catalogue.periods import Span
from dashboard.intake.forms.entry import Entry, Meaning
from dashboard.intake.forms.files.cells import Sheet, column_letter, squeezed, text_of
from dashboard.intake.forms.headings import serial_span
from dashboard.intake.forms.layout import TIDY, Column, Recognition, TableHead
from dashboard.intake.forms.layouts.tidy_basis import BasisRefused, RowBasis, on_basis
from dashboard.intake.forms.ledger import UNKNOWN, Ledger
from dashboard.intake.forms.mapping import UnknownRow
from dashboard.intake.understanding.row_notes import RowNotes
from dashboard.intake.understanding.stated_amounts import stated_amounts

T = TypeVar("T")

_HEADINGS = {
    "indicator": ("indicator", "指标", "指标名称", "指标代码", "indicator_id"),
    "area": ("area", "地区", "地区代码", "区划代码", "街道", "area_code", "行政区划代码"),
    "period": ("period", "报告期", "时间", "期别", "年月", "月份", "统计月份", "统计时间"),
    "value": ("value", "数值", "值", "数量", "指标值"),
    "unit": ("unit", "单位", "计量单位"),
    "status": ("status", "状态"),
    "kind": ("kind", "性质", "类型"),
    "source": ("source", "来源", "数据来源"),
    "phrase": ("phrase", "原文"),
    "note": ("note", "备注"),
    "since": ("since", "起始", "起始月"),
    "qualifier": ("qualifier", "限定词", "约数"),
    "basis": ("basis", "口径", "时限", "时间口径", "统计口径", "covers", "accumulation"),
}
_ROLE_OF = {word: role for role, words in _HEADINGS.items() for word in words}
_KINDS = {
    FigureKind.ACTUAL: ("actual", "实际", "完成", "实际完成"),
    FigureKind.TARGET: ("target", "目标"),
    FigureKind.PLAN: ("plan", "计划", "任务"),
    FigureKind.STANDARD: ("standard", "标准"),
}
_STATUSES = {
    FigureStatus.FINAL: ("a", "最终", "final"),
    FigureStatus.PROVISIONAL: ("p", "初步", "快报", "provisional"),
    FigureStatus.DRAFT: ("t", "草稿", "draft"),
    FigureStatus.NOT_REPORTED: ("l", "缺报", "未报", "not reported"),
    FigureStatus.SUPPRESSED: ("s", "不公布", "保密", "suppressed"),
    FigureStatus.BLANK: ("b", "空", "空白", "blank"),
    FigureStatus.DISPUTED: ("d", "存疑", "disputed"),
}
_OF_ONE_ROW = frozenset({"area", "value", "source", "phrase", "note"})  # say nothing of the meaning
_WITHOUT_VALUE = (FigureStatus.NOT_REPORTED, FigureStatus.SUPPRESSED, FigureStatus.BLANK)


def find_frame(sheet: Sheet) -> TableHead | None:
    """Header and columns of a tidy table, or None: indicator and value, with area or period."""
    for row in sheet.top_rows:
        roles: dict[str, int] = {}
        for at, text in sheet.words(row).items():
            role = _ROLE_OF.get(text.casefold())
            if role is not None:
                roles.setdefault(role, at)
        if {"indicator", "value"} <= roles.keys() and roles.keys() & {"area", "period"}:
            columns = tuple(Column(at, role) for role, at in roles.items())
            return TableHead(TIDY, (row,), row + 1, columns)
    return None


@dataclass(frozen=True, slots=True)
class _Understood:
    """What the texts of the rows before were understood as."""

    indicators: dict[str, Indicator] = field(default_factory=dict)
    areas: dict[str, str] = field(default_factory=dict)
    spans: dict[tuple[str, str], Span] = field(default_factory=dict)
    bases: dict[RowBasis, Indicator] = field(default_factory=dict)


_NOTHING_BEFORE = _Understood()


@dataclass(slots=True)
class _Row:
    """One row's texts by role."""

    cells: Sequence[object]
    place: int
    columns: dict[str, int]
    before: _Understood

    def text(self, role: str) -> str:
        at = self.columns.get(role)
        return "" if at is None else text_of(self.cells[at])

    def at(self, role: str) -> tuple[int, int]:
        return self.place, self.columns.get(role, 0)


class _RowsAlike:
    """What rows mean whose words stood in rows before: only area, number and place are their own.

    A row is read by itself where one of its words is new, or its value is more than digits.
    """

    def __init__(self, sheet: Sheet, columns: dict[str, int], notes: RowNotes) -> None:
        self._name, self._columns = sheet.name, columns
        self._notes, self._note = notes, columns.get("note")
        self._idle: set[str] = set()  # notes that change no figure
        self._harmless: set[tuple[str, object]] = set()  # notes with the words of their rows
        self._letter = column_letter(columns["value"])
        self._is_plain = not (sheet.merged or sheet.comments) and "area" in columns
        self._words_of = itemgetter(
            *(at for role, at in columns.items() if role not in _OF_ONE_ROW)
        )
        self._meanings: dict[object, Meaning] = {}
        self._areas: dict[object, str] = {}
        self._is_worded = not columns.keys().isdisjoint(("source", "phrase", "note"))

    def observation(self, cells: Sequence[object], place: int) -> Observation | None:
        """The row's figure; None where it is to be read by itself."""
        meaning = self._meanings.get(self._words_of(cells))
        note = self._note
        if meaning is None or (
            note is not None and cells[note] is not None and self._is_noted(cells)
        ):
            return None
        area = self._areas.get(cells[self._columns["area"]])
        number = meaning.number(cells[self._columns["value"]])
        if area is None or number is None:
            return None
        title = phrase = ""
        if self._is_worded:
            row = _Row(cells, place, self._columns, _NOTHING_BEFORE)
            title, phrase = row.text("source"), _phrase(row)
        source = Source(self._name, place + 1, self._letter, title, phrase)
        return meaning.figure(area, number, source)

    def _is_noted(self, cells: Sequence[object]) -> bool:
        """Whether the row's note may change its figure."""
        text = "" if self._note is None else text_of(cells[self._note])
        return not (
            text in self._idle or not text or (text, self._words_of(cells)) in self._harmless
        )

    def remember(
        self, cells: Sequence[object], area: str, meaning: Meaning | None, *, is_harmless: bool
    ) -> None:
        """Keeps what a row's words mean; of texts alone, for 1 and TRUE are the same key."""
        note = "" if self._note is None else text_of(cells[self._note])
        if note and (not is_harmless or stated_amounts(note)):
            return
        words, place = self._words_of(cells), cells[self._columns.get("area", 0)]
        texts = (place, *(words if isinstance(words, tuple) else (words,)))
        of_texts = all(each is None or type(each) is str for each in texts)
        if meaning is not None and self._is_plain and of_texts:
            self._meanings[words], self._areas[place] = meaning, area
            if note:
                self._harmless.add((note, words))
            if note and note not in self._idle and self._notes.is_idle(note):
                self._idle.add(note)


def read_rows(
    sheet: Sheet, recognition: Recognition, catalogue: Catalogue, areas: Areas, ledger: Ledger
) -> None:
    """Enters every row's figure, with what the row says of its kind, status and source."""
    columns = {column.role: column.place for column in recognition.columns}
    understood, notes = _Understood(), ledger.notes.judge
    alike = _RowsAlike(sheet, columns, notes)
    for place in range(recognition.first_row, len(sheet.rows)):
        cells = sheet.rows[place]
        observation = alike.observation(cells, place)
        if observation is not None:
            ledger.keep(observation)
            continue
        if not any(text_of(cell) for cell in cells):
            continue
        row = _Row(cells, place, columns, understood)
        indicator = _indicator(row, catalogue, ledger)
        entry = _entry(row, indicator, recognition, areas, ledger) if indicator else None
        counted = _on_basis(row, entry, recognition.basis, ledger) if entry else None
        if entry is not None and counted is not None:
            entry = entry._replace(indicator=counted)
            is_harmless = notes.is_harmless(row.text("note"), entry)
            ledger.enter(entry)
            alike.remember(cells, entry.area, ledger.meaning_of(entry), is_harmless=is_harmless)


def _indicator(row: _Row, catalogue: Catalogue, ledger: Ledger) -> Indicator | None:
    """What the row's figure is of; None with a finding for an unknown one."""
    name = row.text("indicator")
    if name in row.before.indicators:
        return row.before.indicators[name]
    indicator = catalogue.find_indicator(name)
    if indicator is not None:
        row.before.indicators[name] = indicator
        return indicator
    line = UnknownRow(*row.at("indicator"), name or f"{row.place + 1}", unit=row.text("unit"))
    indicator = ledger.mapped(line) if name else None
    if indicator is None:
        ledger.unknown(line.name, *row.at("indicator"), UNKNOWN, line)
    return indicator


def _entry(
    row: _Row, indicator: Indicator, recognition: Recognition, areas: Areas, ledger: Ledger
) -> Entry | None:
    """The row's figure; None with a finding where the row cannot be taken."""
    area, span = _area(row, recognition, areas, ledger), _span(row, recognition, ledger)
    kind = _word(row, "kind", _KINDS, FigureKind.ACTUAL, ledger)
    status = _word(row, "status", _STATUSES, None, ledger)
    if area is None or span is None or kind is None or (status is None and row.text("status")):
        return None
    at = row.columns["value"]
    cell = row.cells[at]
    if status in _WITHOUT_VALUE and text_of(cell):
        message = Text(
            f"第 {row.place + 1} 行状态为“{row.text('status')}”，却填了数值；请删去其一",
            f"row {row.place + 1}: {row.text('status')} goes without a value; remove one",
        )
        ledger.error("value_and_status", message, *row.at("value"))
        return None
    return Entry(
        indicator,
        area,
        span,
        cell,
        row.place,
        at,
        row.text("unit"),
        kind,
        status,
        row.text("source"),
        _phrase(row),
        row.columns.get("unit"),
        qualifier=row.text("qualifier"),
    )


def _on_basis(row: _Row, entry: Entry, answer: str, ledger: Ledger) -> Indicator | None:
    """The row's indicator or its twin on the row's basis; None with a finding where none fits."""
    row_basis = RowBasis(row.text("indicator"), row.text("basis"), entry.kind, entry.span)
    if not row_basis.word and not answer and entry.span.length <= 1:
        return entry.indicator
    if row_basis in row.before.bases:
        return row.before.bases[row_basis]
    try:
        counted = on_basis(entry.indicator, row_basis, answer, ledger.catalogue)
    except BasisRefused as refused:
        at = row.at("basis" if row_basis.word else "indicator")
        ledger.error(refused.rule, refused.message, *at)
        return None
    row.before.bases[row_basis] = counted
    return counted


def _phrase(row: _Row) -> str:
    """The words in which the figure was stated, with what the row notes on it."""
    if row.columns.keys().isdisjoint(("phrase", "note")):
        return ""
    phrase, note = row.text("phrase"), row.text("note")
    return f"{phrase}（{note}）" if note else phrase


def _area(row: _Row, recognition: Recognition, areas: Areas, ledger: Ledger) -> str | None:
    """The code of the row's area; the sheet's area where the row names none."""
    text, within = row.text("area"), recognition.area.code if recognition.area else ""
    if not text and within:
        return within
    if text in row.before.areas:
        return row.before.areas[text]
    matches = areas.find(text, within) if text else []
    if len(matches) == 1:
        row.before.areas[text] = matches[0].code
        return matches[0].code
    message = Text(
        f"地区“{text}”{'不止一个' if matches else '不在地区表中'}；请填写区划代码，或先登记该地区",
        f"area {text!r}: {'several have this name' if matches else 'not in the list of areas'}; "
        "give its code, or add it to the list",
    )
    ledger.error("unknown_area", message, *row.at("area"))
    return None


def _span(row: _Row, recognition: Recognition, ledger: Ledger) -> Span | None:
    """The row's period, or the sheet's. A since column gives the first month."""
    text = squeezed(row.text("period"))
    if not text and recognition.period is not None:
        return recognition.period
    since, spans = squeezed(row.text("since")), row.before.spans
    if (since, text) in spans:
        return spans[since, text]
    if not since and (serial := serial_span(text)) is not None:
        return serial
    try:
        span = periods.parse(f"{since}..{text}" if since else text)
        spans[since, text] = span
        return span
    except ValueError:
        message = Text(
            f"报告期“{text}”看不懂；应如 2024、2024-09、2024Q3、2024H1 或 2020..2024",
            f"period {text!r}: 2024, 2024-09, 2024Q3, 2024H1 or 2020..2024 is needed",
        )
        ledger.error("unknown_period", message, *row.at("period"))
        return None


def _word(
    row: _Row, role: str, words: dict[T, tuple[str, ...]], default: T | None, ledger: Ledger
) -> T | None:
    """What a word of the kind or status column means; None with a finding for an unknown one."""
    if role not in row.columns or not (text := row.text(role).casefold()):
        return default
    for meaning, spellings in words.items():
        if text in spellings:
            return meaning
    zh, en = (
        "、".join(word[1] for word in words.values()),
        ", ".join(word[0] for word in words.values()),
    )
    message = Text(
        f"“{row.text(role)}”看不懂；应为 {zh} 之一", f"{row.text(role)!r}: one of {en} is needed"
    )
    ledger.error(f"unknown_{role}", message, *row.at(role))
    return None
