"""Collects a sheet's observations and findings: nothing twice, nothing unknown unsaid."""

from __future__ import annotations

from collections import Counter

from dashboard.base.language import Text
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Finding, Indicator, Observation, Source
from dashboard.intake.forms.entry import Entry, EntryRefused, Meaning, Meanings, observe
from dashboard.intake.forms.files.cells import (
    Merged,
    Place,
    Sheet,
    column_letter,
    column_place,
    text_of,
)
from dashboard.intake.forms.layout import OWN_EXPORT, TIDY, Recognition
from dashboard.intake.forms.mapping import (
    LEAVE_OUT,
    Mapped,
    Mappings,
    UnknownRow,
    mapping_key,
    names_of,
)
from dashboard.intake.forms.merged_figures import asked, merged_figure
from dashboard.intake.understanding.figure_notes import FigureNotes
from dashboard.intake.understanding.gaps import unclear_note

UNKNOWN = Text(
    "不是已知的指标；请改用指标目录中的名称，或加 --skip-unknown 跳过",
    "not a known indicator; use a name of the catalogue, or leave it out with --skip-unknown",
)

MOST_ALIKE = 300  # findings of one kind that are told one by one; a person mends no more at once
_MOST_NAMES = 50


class Ledger:
    """Collects a sheet's observations and findings."""

    def __init__(
        self,
        sheet: Sheet,
        recognition: Recognition,
        catalogue: Catalogue,
        areas: Areas,
        *,
        skip_unknown: bool = False,
        mappings: Mappings | None = None,
    ) -> None:
        """An empty ledger for one recognised sheet; ``mappings`` are those of its form."""
        self.sheet, self.recognition, self.catalogue = sheet, recognition, catalogue
        self.observations: list[Observation] = []
        self.findings: list[Finding] = []
        self.unknown_rows: list[UnknownRow] = []
        self.notes = FigureNotes(sheet, recognition, catalogue, areas)
        self.used: dict[str, str] = {}  # names that were mapped by hand, and to what
        self._mappings = mappings or {}
        self._skip_unknown = skip_unknown
        self._left_out: list[str] = []
        self._meanings = Meanings()
        self._merged: set[Merged] = set()  # ranges that were asked about
        self._unclear: dict[str, list[Place]] = {}  # notes, and the figures at which they stand
        self._first: dict[tuple[object, ...], Observation] = {}  # of each key
        self._further: dict[tuple[object, ...], list[Observation]] = {}

    @property
    def refused(self) -> bool:
        """Whether a finding stops the sheet."""
        return any(finding.severity == "error" for finding in self.findings)

    def note(
        self, severity: str, rule: str, message: Text, row: int = -1, column: int = -1
    ) -> None:
        """Adds a finding about a cell (counted from 0; -1 for none)."""
        value = text_of(self.sheet.cell(row, column)) if row >= 0 and column >= 0 else ""
        letter = column_letter(column) if column >= 0 else ""
        name = self.sheet.name
        self.findings.append(Finding(severity, rule, message, name, row + 1, letter, value))

    def error(self, rule: str, message: Text, row: int = -1, column: int = -1) -> None:
        """Adds a finding that stops the sheet."""
        self.note("error", rule, message, row, column)

    def mapped(self, line: UnknownRow) -> Indicator | None:
        """What a person has said this unknown line means, with a note; None where nobody has."""
        mapping = self._answer_for(line)
        if mapping is None or mapping.indicator == LEAVE_OUT:
            return None
        indicator = self.catalogue.indicators.get(mapping.indicator)
        if indicator is not None and line.name not in self.used:
            self._note_mapped(line, mapping, indicator.name)
        return indicator

    @property
    def skips_unknown(self) -> bool:
        """Whether figures of unknown meaning may be left out with a note."""
        return self._skip_unknown

    def note_mapped(self, name: str, indicator: str, at: tuple[int, int]) -> None:
        """Says how a line was read that somebody mapped by hand."""
        mapping = self._mappings.get(mapping_key(name), Mapped(indicator))
        meant = self.catalogue.indicators.get(indicator)
        self._note_mapped(UnknownRow(*at, name), mapping, meant.name if meant else None)

    def unknown(
        self,
        label: str,
        row: int,
        column: int,
        reason: Text = UNKNOWN,
        line: UnknownRow | None = None,
    ) -> None:
        """Notes a figure of no known indicator: an error, or left out where that is allowed."""
        line = line or UnknownRow(row, column, label)
        mapping = self._answer_for(line)
        if mapping is not None and mapping.indicator == LEAVE_OUT:
            if line.name not in self.used:
                self._note_mapped(line, mapping, None)
            return
        self.unknown_rows.append(line)
        if self._skip_unknown:
            self._left_out.append(label)
            return
        message = Text(f"“{label}”{reason.zh}", f"{label}: {reason.en}")
        self.error("unknown_indicator", message, row, column)

    def _answer_for(self, line: UnknownRow) -> Mapped | None:
        """The mapping of a line, by its name or by its last part alone."""
        for name in names_of(line.name):
            mapping = self._mappings.get(mapping_key(name))
            if mapping is not None:
                return mapping
        return None

    def _note_mapped(self, line: UnknownRow, mapping: Mapped, name: Text | None) -> None:
        """Says once for each name how it was read, and who said so."""
        self.used[line.name] = mapping.indicator
        day = f"{mapping.when.astimezone():%Y-%m-%d}" if mapping.when else ""
        zh, en = "本次报送的对照", "as mapped with this hand-in"
        if day:
            zh = f"{mapping.by} {day} 所作的对照".lstrip()
            en = f"as mapped{' by ' + mapping.by if mapping.by else ''} on {day}"
        read_zh, read_en = (
            (f"读作“{name.zh}”", f"read as {name.en}") if name else ("不读入", "left out")
        )
        message = Text(f"“{line.name}”{read_zh}（{zh}）", f"“{line.name}” {read_en}, {en}")
        self.note("note", "mapped_indicator", message, line.row, line.column)

    def enter(self, entry: Entry) -> None:
        """Reads the cell; adds an observation, or the finding that says why there is none."""
        if self._is_merged(entry):
            return
        entry = self.notes.as_noted(entry)
        try:
            observation = observe(
                entry, self.sheet.name, self.recognition, self.catalogue, self._meanings
            )
        except EntryRefused as refused:
            if entry.secondary:
                self._left_aside(entry, refused)
                return
            by_unit = refused.rule in ("wrong_unit", "unknown_unit")
            cell = entry.unit_column if by_unit else None
            self.error(
                refused.rule, refused.message, entry.row, entry.column if cell is None else cell
            )
            return
        for text in self.notes.unclear(entry):
            self._unclear.setdefault(text, []).append((entry.row, entry.column))
        self.notes.compare(entry, observation)
        if not observation.secondary:
            self.keep(observation)
        elif observation.value is not None:
            self._keep_other_value(observation)

    def meaning_of(self, entry: Entry) -> Meaning | None:
        """What the entry shares with others like it, where one of them was entered."""
        return self._meanings.of(entry)

    def _is_merged(self, entry: Entry) -> bool:
        """Whether the figure stands over several rows or columns; asks once whose it is."""
        if (entry.row, entry.column) not in self.sheet.merged_from:
            return False
        area = merged_figure(self.sheet, self.recognition, entry.row, entry.column)
        if area is not None and area not in self._merged:
            self._merged.add(area)
            self.error("merged_figure", asked(self.sheet, self.recognition, area), *area[:2])
        return area is not None

    def _left_aside(self, entry: Entry, refused: EntryRefused) -> None:
        """Warns of a figure of another period that cannot be read: it does not stop the sheet."""
        message = Text(
            f"对比列：{refused.message.zh}；该数未读入",
            f"a column for comparison: {refused.message.en}; it was left out",
        )
        self.note("warning", refused.rule, message, entry.row, entry.column)

    def _keep_other_value(self, new: Observation) -> None:
        """Adds a figure of another period, once; two columns that contradict each other warn."""
        first = self._first.setdefault(_key_of(new), new)
        if first is new:
            self.observations.append(new)
        elif first.value != new.value:
            old, at = first.source, new.source
            message = Text(
                f"{old.column}{old.row} 与 {at.column}{at.row} 是同一期的数而不相同；只读入前者",
                f"{old.column}{old.row} and {at.column}{at.row} are of one period and differ; "
                "only the first was read",
            )
            self.note("warning", "duplicate", message, at.row - 1, column_place(at.column))

    def close(self) -> None:
        """Adds what can be said only at the end: what was left out, and that nothing was found."""
        if self._left_out:
            different = list(dict.fromkeys(self._left_out))
            more = ["…"] if len(different) > _MOST_NAMES else []
            count, names = len(self._left_out), "; ".join([*different[:_MOST_NAMES], *more])
            message = Text(
                f"{count} 处指标不在目录中，未读入：{names}",
                f"{count} unknown indicators were left out: {names}",
            )
            self.note("note", "unknown_indicator", message)
        for text, at in self.notes.differing():
            self._unclear.setdefault(text, [at])
        for text, figures in self._unclear.items():
            self.note("warning", "footnote", unclear_note(text, len(figures)), *figures[0])
        everything = self.recognition.layout == OWN_EXPORT
        primary = any(everything or not observation.secondary for observation in self.observations)
        if not primary and not self.refused:
            left_out = any(finding.rule.endswith("left_out") for finding in self.findings)
            self.error("no_figures", _no_figures(self.sheet.name, left_out=left_out))
        self.findings[:] = _listed(self.findings, self.sheet.name)

    def keep(self, new: Observation) -> None:
        """Adds a figure of the sheet's own; a second of its key where both are statements of it.

        Those are two sentences of a report, and two rows of a tidy table with two values: both are
        kept, and the figure is disputed.
        """
        key = _key_of(new)
        first = self._first.setdefault(key, new)
        if first is new:
            self.observations.append(new)
            return
        further = self._further.setdefault(key, [])
        for old in (first, *further):
            if not _another_statement(old.source, new.source):
                if not self._are_two_values(old, new):
                    self._note_twice("error", "duplicate", old, new)
                    return
                self._note_twice("warning", "two_values", old, new)
        further.append(new)
        self.observations.append(new)

    def _are_two_values(self, old: Observation, new: Observation) -> bool:
        """Whether two rows that each name the same figure give it two values."""
        known = old.value is not None and new.value is not None
        return self.recognition.layout == TIDY and known and old.value != new.value

    def _note_twice(self, severity: str, rule: str, old: Observation, new: Observation) -> None:
        """Names both places in which a figure stands, and both values where both are kept."""
        first, second = (f"{at.column}{at.row}" for at in (old.source, new.source))
        name = self.catalogue.indicators[new.indicator].name
        message = Text(
            f"“{name.zh}”在 {first} 和 {second} 各填了一次；请只保留一个",
            f"{name.en} stands both in {first} and in {second}; keep one of them",
        )
        if rule == "two_values":
            message = Text(
                f"“{name.zh}”在 {first} 和 {second} 的数值不同；两个都保存，显示时标明有出入",
                f"{name.en} has one value in {first} and another in {second}; both are kept, and "
                "the figure is shown as disputed",
            )
        self.note(severity, rule, message, new.source.row - 1, column_place(new.source.column))


def _key_of(observation: Observation) -> tuple[object, ...]:
    """What two statements of one quantity have in common."""
    indicator, area, period, _, kind, _, since, *_ = observation
    return indicator, area, period, kind, since


def _no_figures(sheet: str, *, left_out: bool) -> Text:
    """That a sheet holds no figures, or only such of rows that were left out: villages."""
    if left_out:
        return Text(
            f"工作表“{sheet}”各行的数都未读入(见说明)；请加上各街道、乡镇的小计或合计行，或先登记这些地区",
            f"sheet {sheet!r}: every row was left out (see the notes); add the totals of the "
            "streets or towns, or register these areas first",
        )
    return Text(
        f"工作表“{sheet}”没有可用的数字；请检查是否填报",
        f"sheet {sheet!r} holds no usable figures; check that it is filled in",
    )


def _listed(findings: list[Finding], sheet: str) -> list[Finding]:
    """The findings, but of a kind that there are very many of the rest as a number only."""
    seen: Counter[tuple[str, str]] = Counter()
    new_findings = []
    for finding in findings:
        seen[finding.severity, finding.rule] += 1
        if seen[finding.severity, finding.rule] <= MOST_ALIKE:
            new_findings.append(finding)
    for (severity, rule), count in seen.items():
        if count > MOST_ALIKE:
            message = Text(
                f"还有 {count - MOST_ALIKE} 处同样的问题，没有逐条列出",
                f"{count - MOST_ALIKE} more of this kind are not listed one by one",
            )
            new_findings.append(Finding(severity, rule, message, sheet))
    return new_findings


def _another_statement(old: Source, new: Source) -> bool:
    """Whether two figures of one key are two statements of a report, told apart by their words."""
    stated = all(source.phrase or source.title for source in (old, new))
    return stated and (old.phrase, old.title) != (new.phrase, new.title)
