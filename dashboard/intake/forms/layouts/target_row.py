"""Reads one row of a table of targets, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from dashboard.base.language import Text
from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Aggregation, Area, Finding, Indicator, Polarity
from dashboard.catalogue.periods import Period, Span
from dashboard.catalogue.targets import Milestone, Path, Target, TargetKind
from dashboard.intake.forms.entry import Entry, EntryRefused, Meanings, observe
from dashboard.intake.forms.files.cells import Sheet, column_letter, is_number, squeezed, text_of
from dashboard.intake.forms.headings import serial_span
from dashboard.intake.forms.joined_cells import glued
from dashboard.intake.forms.layout import TIDY, Recognition
from dashboard.intake.forms.layouts.target_words import KINDS, PATHS, meaning
from dashboard.intake.forms.numerals import UnreadableNumber, read_value
from dashboard.intake.understanding.named_indicators import named_indicator, unknown_name

_STEP = re.compile(r"(\d{4}[-/.年]\d{1,2}月?|\d{1,2}月)\s*[=:：]\s*([-+]?[\d,]*\.?\d+)")
_LOOSE = re.compile(r"[;；,，、\s]*")
Meant = TypeVar("Meant", TargetKind, Path)


@dataclass(frozen=True, slots=True)
class TargetFrame:
    """Where the headings of a table of targets stand, and what its columns hold."""

    header: int
    columns: dict[str, int]


class CellRefused(ValueError):
    """A cell that cannot be taken: which column, which rule, and why in both languages."""

    def __init__(self, role: str, rule: str, zh: str, en: str) -> None:
        """Keeps the column's role, the rule and both messages."""
        super().__init__(en)
        self.role, self.rule, self.message = role, rule, Text(zh, en)


class RowReader:
    """Reads one row at a time; ``target`` raises CellRefused."""

    def __init__(
        self, sheet: Sheet, frame: TargetFrame, catalogue: Catalogue, areas: Areas, area: str
    ) -> None:
        """``area`` is meant where the table has no column for it."""
        self.sheet, self.columns = sheet, frame.columns
        self.catalogue, self.areas, self.area = catalogue, areas, area
        self.plain = Recognition(
            TIDY, "", "", None, None, (), (frame.header,), frame.header + 1, ()
        )

    def finding(self, row: int, refusal: CellRefused) -> Finding:
        """The refusal as an error at its cell."""
        place = self.columns.get(refusal.role, 0)
        shown = text_of(self.sheet.cell(row, place))
        at = (self.sheet.name, row + 1, column_letter(place))
        return Finding("error", refusal.rule, refusal.message, *at, shown)

    def target(self, row: int) -> Target:
        """The target of a row (from 0), in base units; raises CellRefused."""
        indicator = self._indicator(row)
        place = self._area(row)
        due = self._period(row, "period")
        if due is None:
            raise CellRefused("period", "unknown_period", *_NEEDED)
        kind = self._kind(row, indicator)
        path = self._path(row)
        base, base_period = self._base(row, indicator, due.end)
        since = self._period(row, "since")
        first = (since.since or since.end) if since else _half(due)
        if first is not None and first > due.end:
            zh = f"起始 {first} 晚于期限 {due.end}；请改正"
            raise CellRefused("since", "since", zh, f"{first} is after {due.end}; mend one")
        return Target(
            indicator.id,
            place.code,
            due.end,
            kind,
            self._value(row, indicator, kind, due.end),
            since=first,
            base=base,
            base_period=base_period,
            source=self._text(row, "source"),
            owner=self._text(row, "owner"),
            tolerance=self._tolerance(row),
            path=path,
            milestones=self._milestones(row, indicator, first or Period(due.end.year, 1), due.end),
        )

    def _text(self, row: int, role: str) -> str:
        return text_of(self.sheet.cell(row, self.columns[role])) if role in self.columns else ""

    def _indicator(self, row: int) -> Indicator:
        text = self._text(row, "indicator")
        indicator = named_indicator(self.catalogue, text)
        if indicator is None:
            near = unknown_name(self.catalogue, text)
            zh = f"“{text}”不是已知的指标；请改用指标目录中的名称或编号{near.zh}"
            en = f"{text!r} is not a known indicator; use a name or id of the catalogue{near.en}"
            raise CellRefused("indicator", "unknown_indicator", zh, en)
        return indicator

    def _area(self, row: int) -> Area:
        text = self._text(row, "area") or self.area
        areas = self.areas.find(text) if text else []
        if len(areas) != 1:
            zh = f"地区“{text}”{'不止一个' if areas else '不在地区表中'}；请填写区划代码"
            en = f"area {text!r}: {'several have this name' if areas else 'not known'}; give a code"
            raise CellRefused("area", "unknown_area", zh, en)
        return areas[0]

    def _period(self, row: int, role: str) -> Span | None:
        text = squeezed(self._text(row, role))
        if not text:
            return None
        try:
            return serial_span(text) or periods.parse(text)
        except ValueError:
            raise CellRefused(role, "unknown_period", *_NEEDED) from None

    def _word(self, row: int, role: str, words: dict[Meant, tuple[str, ...]]) -> Meant | None:
        """What the cell's word means; None for an empty cell. Raises CellRefused for another."""
        text = self._text(row, role)
        known = meaning(text, words)
        if text and known is None:
            zh = f"“{text}”看不懂；应为 {'、'.join(names[1] for names in words.values())} 之一"
            en = f"{text!r}: one of {', '.join(names[0] for names in words.values())} is needed"
            raise CellRefused(role, f"unknown_{role}", zh, en)
        return known

    def _kind(self, row: int, indicator: Indicator) -> TargetKind:
        text, kind = self._text(row, "kind"), self._word(row, "kind", KINDS)
        if kind is TargetKind.RATIO and indicator.aggregation is not Aggregation.RATIO:
            zh = f"“{indicator.name.zh}”不是比率指标，不能用“{text}”；请改为 不少于 等"
            en = f"{indicator.name.en} is not a rate; use at_least or another kind"
            raise CellRefused("kind", "unknown_kind", zh, en)
        if kind is None and indicator.polarity is Polarity.NEUTRAL:
            zh = f"“{indicator.name.zh}”没有好坏方向，请填写类型：不少于、不超过或等于"
            en = f"{indicator.name.en}: neither more nor less is better; say at least or at most"
            raise CellRefused("kind", "kind_unsaid", zh, en)
        low = indicator.polarity is Polarity.LOWER_BETTER
        return kind or (TargetKind.AT_MOST if low else TargetKind.AT_LEAST)

    def against_polarity(self, row: int, target: Target) -> Finding | None:
        """The question whether it is meant, where a target asks for what the indicator is not to be
        like: at least so many of what should be few, or at most of what should be many.
        """
        meaning = self.catalogue.indicators[target.indicator]
        against = {
            TargetKind.AT_LEAST: Polarity.LOWER_BETTER,
            TargetKind.AT_MOST: Polarity.HIGHER_BETTER,
        }
        if against.get(target.kind) is not meaning.polarity:
            return None
        zh, en = (
            (
                f"“{meaning.name.zh}”以少为好，目标却是不少于",
                f"{meaning.name.en}: less is better, but the target is at least",
            )
            if target.kind is TargetKind.AT_LEAST
            else (
                f"“{meaning.name.zh}”以多为好，目标却是不超过",
                f"{meaning.name.en}: more is better, but the target is at most",
            )
        )
        place = self.columns.get("kind", 0)
        shown = text_of(self.sheet.cell(row, place))
        at = (self.sheet.name, row + 1, column_letter(place))
        message = Text(f"{zh}；请核对或说明", f"{en}; check it, or say why")
        return Finding("warning", "against_polarity", message, *at, shown)

    def _path(self, row: int) -> Path:
        path = self._word(row, "path", PATHS)
        if path is Path.MILESTONES and not self._text(row, "milestones"):
            zh, en = "请填写里程碑，如 3月=20；6月=50", "milestones are needed, such as 2024-03=20"
            raise CellRefused("milestones", "milestones", zh, en)
        return path or (Path.MILESTONES if self._text(row, "milestones") else Path.LINEAR)

    def _value(self, row: int, indicator: Indicator, kind: TargetKind, due: Period) -> float:
        place = self.columns["value"]
        if kind is TargetKind.GROWTH:
            return self._percent(row, "value", "增长目标应为百分数，如 5 或 5%")
        value = self._amount(row, "value", self.sheet.cell(row, place), indicator, due)
        if value is None and kind is TargetKind.BY_DATE:
            return 1.0
        if value is None:
            raise CellRefused("value", "missing_value", "没有目标值；请填写", "a value is needed")
        return value

    def _amount(
        self, row: int, role: str, cell: object, indicator: Indicator, due: Period
    ) -> float | None:
        unit = self._text(row, "unit")
        bare = not unit and text_of(cell) and glued(cell, self.catalogue) is None
        if bare and indicator.unit.dimension.startswith("money"):
            example = indicator.unit.name.zh
            zh = f"金额没有单位；请写明 {example} 或 万{example}"
            en = f"the amount has no unit; write {example} or 万{example}"
            raise CellRefused("unit" if "unit" in self.columns else role, "missing_unit", zh, en)
        entry = Entry(
            indicator, "", Span(due), cell, row, self.columns[role], self._text(row, "unit")
        )
        try:
            return observe(entry, self.sheet.name, self.plain, self.catalogue, Meanings()).value
        except EntryRefused as refusal:
            text = refusal.message
            at = "unit" if "unit" in refusal.rule and "unit" in self.columns else role
            raise CellRefused(at, refusal.rule, text.zh, text.en) from None

    def _percent(self, row: int, role: str, zh: str) -> float:
        unit = self._text(row, "unit")
        try:
            reading = read_value(self.sheet.cell(row, self.columns[role]))
        except UnreadableNumber as error:
            raise CellRefused(
                role, "unreadable_number", error.message.zh, error.message.en
            ) from None
        if reading.value is None or unit not in ("", "%", "％", "个百分点", "百分点", "percent"):
            raise CellRefused(
                "unit" if unit and reading.value is not None else role,
                "wrong_unit",
                zh,
                "growth is given in percent, such as 5 or 5%",
            )
        return reading.value

    def _tolerance(self, row: int) -> float:
        text = self._text(row, "tolerance")
        if not text:
            return 0.0
        try:
            reading = read_value(self.sheet.cell(row, self.columns["tolerance"]))
        except UnreadableNumber as error:
            message = error.message
            raise CellRefused("tolerance", "unreadable_number", message.zh, message.en) from None
        value = reading.value or 0.0
        share = value / 100 if reading.sign == "%" or value >= 1 else value
        if not 0 <= share < 1:
            zh, en = "容差应为百分数，如 5%", "a percentage is needed, such as 5%"
            raise CellRefused("tolerance", "tolerance", zh, en)
        return share

    def _base(
        self, row: int, indicator: Indicator, due: Period
    ) -> tuple[float | None, Period | None]:
        named = self._period(row, "base_period")
        month = named.end if named else None
        if "base" not in self.columns or not self._text(row, "base"):
            return None, month
        cell, text = self.sheet.cell(row, self.columns["base"]), self._text(row, "base")
        if text == "*":
            zh = "基数已隐去（*）；请填写原来的基数，或清空此格"
            en = "the base is hidden (*); type what it was, or empty the cell"
            raise CellRefused("base", "hidden_base", zh, en)
        if not is_number(cell) and re.search(r"[年月]|^\d{4}-\d{1,2}$", text):
            span = self._period(row, "base")
            return None, span.end if span else month
        return self._amount(row, "base", cell, indicator, due), month

    def _milestones(
        self, row: int, indicator: Indicator, first: Period, due: Period
    ) -> tuple[Milestone, ...]:
        text = self._text(row, "milestones")
        if not text:
            return ()
        steps = []
        for month, value in _STEP.findall(text):
            when = month if re.match(r"\d{4}", month) else f"{due.year}年{month}"
            level = self._amount(row, "milestones", value, indicator, due)
            steps.append(Milestone(periods.parse(when).end, level or 0.0))
        if not _are_steps(text, steps, first, due):
            zh = f"“{text}”看不懂；应如 3月=20；6月=50，月份从早到晚，在 {first} 到 {due} 之间"
            en = f"{text!r}: such as 2024-03=20; 2024-06=50, in order, from {first} to {due}"
            raise CellRefused("milestones", "milestones", zh, en)
        return tuple(steps)


def _are_steps(text: str, steps: Sequence[Milestone], first: Period, due: Period) -> bool:
    """Whether a text holds milestones and nothing else, in order and within the target's time."""
    in_order = all(a.period < b.period for a, b in pairwise(steps))
    within = all(first <= step.period <= due for step in steps)
    return bool(steps and in_order and within and _LOOSE.fullmatch(_STEP.sub("", text)))


def _half(due: Span) -> Period | None:
    """The first month of a quarter or a second half that is named; a year begins in January."""
    return due.since if due.since and due.since.month != 1 else None


_NEEDED = (
    "期限看不懂；应如 2024、2024-06、2024Q3 或 2024年9月",
    "2024, 2024-06, 2024Q3 or 2024年9月 is needed",
)
