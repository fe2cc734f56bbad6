"""A sheet of a bureau's own table, figure by figure: what each means, or what is to be asked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from dashboard.base.language import Text
from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Accumulation, Area, FigureKind, Indicator, Unit
from dashboard.catalogue.grid import Cell
from dashboard.catalogue.periods import Period, Span
from dashboard.intake.forms.files.cells import Sheet, is_blank, squeezed, text_of
from dashboard.intake.forms.mapping import mapping_key
from dashboard.intake.forms.numerals import UnreadableNumber, read_value
from dashboard.intake.understanding import questions as asked
from dashboard.intake.understanding.labels import (
    AREA,
    AREA_CODE,
    NAME,
    PERIOD,
    UNIT,
    carried_texts,
    is_list,
    parents_of,
    roles_of,
)
from dashboard.intake.understanding.lexicon import Lexicon, build, lexicon_of
from dashboard.intake.understanding.phrases import (
    Phrase,
    find_unit,
    label_phrase,
    strip_unit,
    title_phrase,
)
from dashboard.intake.understanding.places import (
    NO_AREA,
    OWN,
    Finder,
    names_period,
    period_in,
    period_of,
)
from dashboard.intake.understanding.questions import Answers, Question
from dashboard.intake.understanding.regions import Region, find_regions
from dashboard.intake.understanding.row_kinds import is_figure
from dashboard.intake.understanding.slots import (
    Around,
    Gap,
    Meaning,
    basis_of,
    titled_basis,
    understand,
)
from dashboard.intake.understanding.words import (
    ADDED,
    DIMENSION,
    FILLER,
    IN_MONTH,
    LEFT,
    MARK,
    MEASURE,
    OTHER,
    PROGRAMME,
    SCOPE,
    SHORT,
    TARGET,
    TO_DATE,
    VALUE,
    WEAK,
    Fact,
    normal,
)

_PAYMENT = re.compile(r"发放|支付")
_MONTHLY = re.compile(r"月份.*(?:汇总|名单|明细|花名)")
_NOT_PAYMENT = re.compile(r"累计|进展|完成|月报|快报|主要指标|统计公报")
_CHANGE = re.compile(
    r"(?:[较比]?[上去](?:年|月|季度?)(?:同期|末)?|同比|环比)*"
    r"(?:增减|增长|增幅|升降|降幅|变化|变动|同比|环比)(?:额|数|量|值|率|幅度?|情况)?[±%％()]*"
    r"|[较比][上去](?:年|月|季度?)(?:同期|末)?增加(?:数|额)?[±%％()]*"
    r"|(?:预算|资金)?(?:执行率|使用率)|(?:任务|目标)?完成率|(?:支出|完成)进度|占比|比重"
)
# What is printed only for comparison: the figure of an earlier period.
_YEAR_BEFORE = re.compile(r"(?:上年|去年|上一?年度)(?:同期|同月)?(?:累计)?数?|同期数?")
_EARLIER = re.compile(
    r"(?:上(?:年|月|季度?|期)|去年|上一?年度)(?:同期|同月|[年月季]?末)?(?:累计)?数?|期初数?|同期数?"
)
_WHOLE = re.compile(r"(?:全年)?(?:合计|总计|累计)|全年")
_SPAN = "span"  # a quarter or another span that no flow is kept of
_NONE: frozenset[str] = frozenset()
_COUNTS = {"persons", "person_times", "things", "cases", "couples"}
_YUAN_EACH = (20.0, 60_000.0)  # what a person may get since January
_YUAN_EACH_MONTH = 5_000.0  # and in a month
_SHORTEST_NAME = 4  # of an indicator that is named as a whole
_PLAUSIBLE_MONTHLY = (20.0, 3500.0)  # yuan for a person and month


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known of a sheet from outside its tables."""

    file: str = ""
    title: str = ""
    area: Area | None = None
    period: Span | None = None
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure understood. ``unit`` is the spelling in which its cell is printed."""

    row: int
    column: int
    indicator: str
    area: str
    span: Span
    unit: str
    kind: FigureKind = FigureKind.ACTUAL
    secondary: bool = False  # of an earlier year, printed for comparison


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader of the sheet must know, at a cell (or -1, -1)."""

    rule: str
    text: Text
    row: int = -1
    column: int = -1


@dataclass
class Understood:
    """A sheet's figures with their meaning, the questions it leaves, and notes."""

    regions: list[Region] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    area: Area | None = None
    figures: int = 0  # cells of figures in all
    line_names: dict[tuple[int, int], str] = field(default_factory=dict)  # of cells not understood
    line_places: dict[str, tuple[int, int]] = field(default_factory=dict)  # of the names
    mapped: dict[str, str] = field(default_factory=dict)  # lines read as somebody mapped them
    mapped_at: dict[str, tuple[int, int]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)  # of the vocabulary's words those that stand here

    by_years: bool = False  # whether the headings of all columns name their periods
    roles: dict[int, str] = field(default_factory=dict)  # of the first table's label columns
    spans: dict[int, Span] = field(default_factory=dict)  # of the first table's columns

    @property
    def is_complete(self) -> bool:
        """Whether every figure of the sheet is understood."""
        return bool(self.readings) and not self.questions and not self.mapped


def read_sheet(
    sheet: Sheet, frame: Frame, catalogue: Catalogue, areas: Areas, answers: Answers
) -> Understood:
    """Every figure of the sheet's tables, in the order of the cells."""
    own = answers.senses(catalogue.grid)
    lexicon = build(catalogue.grid, own) if own else lexicon_of(catalogue.grid)
    understood = Understood(find_regions(sheet), area=frame.area)
    for number in range(len(understood.regions)):
        reader = _RegionReader(sheet, frame, catalogue, areas, answers, lexicon, understood, number)
        reader.read()
        if number == 0:
            _describe(reader, understood)
    understood.readings = _without_doubles(sheet, catalogue, understood)
    texts = [normal(text_of(cell)) for row in sheet.rows for cell in row if isinstance(cell, str)]
    understood.words = {word for word in answers.words if any(normal(word) in t for t in texts)}
    return understood


def _describe(reader: _RegionReader, understood: Understood) -> None:
    """Keeps of the first table what a preview shows: the roles and periods of its columns."""
    understood.roles = dict(reader.labels.roles)
    found = {at: reader.column_span(at) for at in reader.region.figures}
    understood.spans = {at: span for at, span in found.items() if span is not None}
    understood.by_years = bool(found) and len(understood.spans) == len(found)


@dataclass
class _Gaps:
    """Questions of one region, one for each thing asked, with the cells that wait for it."""

    sheet: str
    found: dict[tuple[str, str, str], list[tuple[int, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    texts: dict[tuple[str, str, str], Gap] = field(default_factory=dict)

    def add(self, gap: Gap, cell: tuple[int, int]) -> None:
        key = (gap.kind, gap.word, "" if gap.word or gap.kind == asked.BASIS else gap.text.zh)
        self.found[key].append(cell)
        self.texts.setdefault(key, gap)

    def questions(self) -> Iterator[Question]:
        for key, cells in self.found.items():
            gap = self.texts[key]
            choices = (IN_MONTH, TO_DATE, "end_of_period") if gap.kind == asked.BASIS else ()
            yield Question(self.sheet, gap.kind, gap.text, tuple(cells), choices, gap.word)


class _RegionReader:
    """Reads one table of a sheet."""

    def __init__(
        self,
        sheet: Sheet,
        frame: Frame,
        catalogue: Catalogue,
        areas: Areas,
        answers: Answers,
        lexicon: Lexicon,
        understood: Understood,
        number: int,
    ) -> None:
        self.sheet, self.frame, self.catalogue = sheet, frame, catalogue
        self.grid, self.answers, self.lexicon = catalogue.grid, answers, lexicon
        self.understood, self.region = understood, understood.regions[number]
        self.gaps = _Gaps(sheet.name)
        first = understood.regions[0]
        self.captions = [text_of(sheet.cell(*cell)) for cell in self.region.captions]
        self.outer = (
            [] if number == 0 else [text_of(sheet.cell(*one)) for one in first.captions[:1]]
        )
        # What holds for a whole column is worked out once, not once a figure.
        self._spans: dict[int, Span | None] = {}
        self._years_before: dict[int, bool] = {}
        self._changes: dict[int, bool] = {}
        self.span = self._span(number)
        self.finder = Finder(areas, frame.area.code if frame.area else "")
        self.labels = roles_of(self.region, self.finder, self.span)
        self._area_level = -1  # of the headings that name areas, where they do
        self.area_columns = self._area_columns()
        self.area = frame.area or self._district()
        if self.area is not None:
            self.finder = Finder(areas, self.area.code)
            understood.area = understood.area or self.area
        self.names = self._area_names(areas)
        self.titles = self._titles()
        self.paths = {at: self._with_whole(at) for at in self.region.figures}
        self._parents = {
            at: parents_of(self.region, at)
            for at, role in self.labels.roles.items()
            if role == NAME
        }
        self._carried = {at: carried_texts(sheet, self.region, at) for at in self.labels.roles}
        self._meanings: dict[tuple[object, ...], Meaning | Gap] = {}
        self.rows = {row: self._row_names(row) for row in self.region.body}
        self.named = self._named()
        self.money_beside = self._speaks_of_money()

    # -- the table around the figures ---------------------------------------------------------

    def _span(self, number: int) -> Span | None:
        """The table's own month where its caption names one, else the sheet's."""
        if number:
            for text in self.captions:
                own = periods.find(normal(text))
                if own is not None:
                    return own
        return self.frame.period

    def _area_columns(self) -> dict[int, Area | None]:
        """For each column whose heading is an area, that area; empty where headings are none."""
        if AREA in self.labels.roles.values():
            return {}
        for level in (-1, 0):
            found = self._areas_of_level(level)
            if found:
                return found
        return {}

    def _areas_of_level(self, level: int) -> dict[int, Area | None]:
        """The areas that the headings of one level name, where most of them do."""
        texts = {at: self._heading(at, level) for at in self.region.figures}
        named = [text for text in texts.values() if text]
        if not named or self.finder.share(named) <= (0.5 if len(set(named)) > 1 else 0.99):
            return {}
        self._area_level = level
        found: dict[int, Area | None] = {}
        for at, text in texts.items():
            areas = self.finder.find(text) if text else []
            found[at] = areas[0] if len(areas) == 1 else None
        return found

    def _heading(self, at: int, level: int) -> str:
        path = self.region.path(at)
        return path[level] if path else ""

    def _district(self) -> Area | None:
        texts = [
            self.labels.text(row, at)
            for at, role in self.labels.roles.items()
            if role == AREA
            for row in self.region.body
        ]
        for area in self.area_columns.values():
            texts += [area.name.zh] if area else []
        return self.finder.district_of(texts) if texts else None

    def _area_names(self, areas: Areas) -> list[str]:
        """Names of areas that may stand in a title, longest first: they are not words."""
        if self.area is None:
            return []
        above = (self.area, *areas.ancestors(self.area.code))
        names = {name for area in above for name in (area.name.zh, *area.aliases)}
        short = {re.sub(r"(?:自治县|市|区|县|省|街道|镇|乡)$", "", name) for name in names}
        return sorted((n for n in names | short if len(n) > 1), key=len, reverse=True)

    def _without_area(self, text: str) -> str:
        for name in self.names:
            text = text.replace(name, "", 1) if name in text else text
        return text

    def _titles(self) -> tuple[Phrase, ...]:
        texts = [*reversed(self.captions), *self.outer, self.sheet.name, self.frame.file]
        found = []
        for text in dict.fromkeys(texts):
            plain = normal(text)
            if re.match(
                r"(?:填报|填表|制表|编制|上报|报送)?(?:单位|机关|日期|时间|领导|审核)[^:]*:", plain
            ):
                continue
            if names_period(plain) or plain.startswith(("单位", "计量单位", "注")):
                continue
            found.append(title_phrase(self._without_area(plain), self.lexicon, self.catalogue))
        return tuple(phrase for phrase in found if phrase.tokens)

    def _path(self, at: int) -> tuple[Phrase, ...]:
        """The headings over a column as phrases, outermost first, periods and areas left out."""
        texts = list(self.region.path(at))
        if at in self.area_columns and self._heading(at, self._area_level):
            del texts[self._area_level]
        phrases = []
        for text in texts:
            earlier = _YEAR_BEFORE.fullmatch(normal(strip_unit(text, self.catalogue)))
            if not (names_period(text) or earlier):
                phrases.append(label_phrase(text, self.lexicon, self.catalogue))
        return tuple(phrases)

    def _with_whole(self, at: int) -> tuple[Phrase, ...]:
        """A column's headings below those of the column of which 其中 makes it a part."""
        path = self._path(at)
        if not _is_part(path) or any(map(_is_measured, path)):
            return path
        for other in sorted((one for one in self.region.figures if one < at), reverse=True):
            whole = self._path(other)
            if not _is_part(whole):
                own = [phrase for phrase in path if phrase not in whole]
                return (*whole, *own)
        return path

    def _row_names(self, row: int) -> dict[int, tuple[Phrase, ...]]:
        """For each label column that names what is counted, its labels, innermost first."""
        found: dict[int, tuple[Phrase, ...]] = {}
        for at, role in self.labels.roles.items():
            if role != NAME:
                continue
            inner = self.labels.roles.get(at + 1) != NAME
            own = self.labels.text(row, at) if inner else self._carried[at][row]
            texts = [own, *self._parents[at][row]]
            phrases = []
            for text in texts:
                if not text or names_period(text):
                    continue
                if self.finder.find(text) and self.labels.column(AREA, (at,)) is None:
                    if len(self.finder.find(text)) == 1 and len(normal(text)) > 2:
                        continue
                phrases.append(label_phrase(text, self.lexicon, self.catalogue))
            found[at] = tuple(phrases)
        return found

    def _named(self) -> frozenset[str]:
        """The programmes that headings and labels name without doubt."""
        phrases = [phrase for path in self.paths.values() for phrase in path]
        phrases += [
            phrase for names in self.rows.values() for own in names.values() for phrase in own
        ]
        return frozenset(_programmes(phrases))

    def _speaks_of_money(self) -> bool:
        """Whether a heading or label names money by another word than 低保金."""
        phrases = [phrase for path in self.paths.values() for phrase in path]
        phrases += [
            phrase for own in self.rows.values() for names in own.values() for phrase in names
        ]
        return any(
            len(token.senses) == 1 and token.has(MEASURE, "money")
            for phrase in phrases
            for token in phrase.tokens
        )

    # -- the figures --------------------------------------------------------------------------

    def read(self) -> None:
        """Reads every figure; a list of institutions or persons is no table of totals."""
        if is_list(self.region, self.labels, self.lexicon):
            text = Text(
                "是名录（每行一个机构或一个人），不是汇总表",
                "a list of institutions or persons, no table of totals",
            )
            cells = tuple((row, at) for row in self.region.body for at in self.region.figures)
            question = Question(self.sheet.name, asked.LIST, text, cells or ((0, 0),))
            self.understood.questions.append(question)
            return
        for row in self.region.body:
            filled = [at for at in self.region.figures if not is_blank(self.sheet.cell(row, at))]
            for at in self.region.figures if filled else ():
                if at in filled:
                    self._figure(row, at)
                else:
                    self._blank(row, at)
        self._mend_misprints()
        self._prove_by_sums()
        self._prove_yuan()
        self.understood.questions += self.gaps.questions()
        self._note_texts()

    def _mend_misprints(self) -> None:
        """Money in 元/人 that equals persons times the amount a head has a misprinted unit."""
        for key, cells in list(self.gaps.found.items()):
            columns = {at for _, at in cells}
            if key[0] != asked.UNIT or key[1] != "元/人" or not columns:
                continue
            for at in columns:
                rows = [row for row, column in cells if column == at]
                if self._is_product(at, rows):
                    self.gaps.found[key] = [cell for cell in self.gaps.found[key] if cell[1] != at]
                    self._note_misprint(at)
                    self._read_in(at, rows, self.catalogue.units["yuan"])
            if not self.gaps.found[key]:
                del self.gaps.found[key]

    def _prove_yuan(self) -> None:
        """Money without a unit is yuan or 万元 where only that is possible for its persons."""
        for key, cells in list(self.gaps.found.items()):
            if key[0] != asked.UNIT or key[1]:
                continue
            for at in sorted({column for _, column in cells}):
                rows = [row for row, column in cells if column == at]
                unit = self._only_unit(at, rows)
                if unit is None:
                    continue
                name = "/".join(self.region.path(at))
                text = Text(
                    f"“{name}”没有写明单位，按每人金额只能是{unit.name.zh}",
                    f"{name}: no unit is said; by the amount a head it can only be {unit.name.en}",
                )
                self.understood.notes.append(Note("unit_proved", text, self.region.top, at))
                self._read_in(at, rows, unit)
                self.gaps.found[key] = [c for c in self.gaps.found[key] if c[1] != at]
            if not self.gaps.found[key]:
                del self.gaps.found[key]

    def _only_unit(self, at: int, rows: list[int]) -> Unit | None:
        """Yuan or 万元, where the money of each row's persons is plausible in one of them only."""
        meaning = self._in_unit(rows[0], at, "yuan")
        if isinstance(meaning, Gap) or meaning.cell is None or meaning.cell.measure != "money":
            return None
        most = _YUAN_EACH[1]
        span = self._span_of(rows[0], at)
        cell = self._with_basis(meaning, span, (rows[0], at)) if span else None
        if isinstance(cell, Cell) and cell.in_month:
            most = _YUAN_EACH_MONTH
        each: list[float] = []
        for row in rows:
            row_meaning = self._in_unit(row, at, "yuan")
            if isinstance(row_meaning, Gap) or row_meaning.cell is None:
                return None
            each += self._amounts_each(row, at, row_meaning.cell)
        for unit, factor in (("yuan", 1), ("ten_thousand_yuan", 10000)):
            if each and all(_YUAN_EACH[0] <= amount * factor <= most for amount in each):
                return self.catalogue.units[unit]
        return None

    def _amounts_each(self, row: int, at: int, cell: Cell) -> list[float]:
        """The money of a row for each of its persons, as printed."""
        money = _number(self.sheet, row, at)
        persons = cell._replace(measure="persons", in_month=False)
        counts = [
            _number(self.sheet, row, reading.column)
            for reading in self.understood.readings
            if reading.row == row and self.grid.cell_at(reading.indicator) == persons
        ]
        return [money / count for count in counts if count] if money else []

    def _prove_by_sums(self) -> None:
        """Parts without a measure that add up to the persons of each row are counted in persons."""
        for key, cells in list(self.gaps.found.items()):
            if key[0] != asked.MEASURE_KIND:
                continue
            for columns in self._columns_by_group(cells):
                rows = sorted({row for row, at in cells if at in columns})
                unit = self._unit_of_sums(columns, rows) if len(columns) > 1 else None
                if unit is not None:
                    for at in sorted(columns):
                        self._read_in(at, [row for row in rows if (row, at) in cells], unit)
                    left = [cell for cell in self.gaps.found[key] if cell[1] not in columns]
                    self.gaps.found[key] = left
            if not self.gaps.found[key]:
                del self.gaps.found[key]

    def _columns_by_group(self, cells: Sequence[tuple[int, int]]) -> list[set[int]]:
        """The columns of cells, those below the same headings together."""
        groups: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for _, at in cells:
            groups[tuple(phrase.text for phrase in self.paths[at][:-1])].add(at)
        return list(groups.values())

    def _unit_of_sums(self, columns: set[int], rows: list[int]) -> Unit | None:
        """The unit of the total to which the columns add up in every row, if only one fits."""
        found = []
        for measure, unit in (("persons", "person"), ("households", "household")):
            meanings = [self._in_unit(rows[0], at, unit) for at in columns]
            cells = [one.cell for one in meanings if isinstance(one, Meaning) and one.cell]
            if (
                len(cells) < len(columns)
                or len({c.values[:1] and c.values[0][0] for c in cells}) != 1
            ):
                continue
            whole = cells[0]._replace(values=(), measure=measure)
            if all(self._adds_up(columns, row, whole) for row in rows):
                found.append(self.catalogue.units[unit])
        return found[0] if len(found) == 1 else None

    def _adds_up(self, columns: set[int], row: int, whole: Cell) -> bool:
        parts = [_number(self.sheet, row, at) or 0.0 for at in columns]
        for one in self.understood.readings:
            cell = self.grid.cell_at(one.indicator) if one.row == row else None
            if cell is None or one.column in columns:
                continue
            alike = (cell.programme, cell.scope, cell.measure)
            if alike == (whole.programme, whole.scope, whole.measure) and len(cell.values) < 2:
                if _number(self.sheet, row, one.column) == sum(parts):
                    return True
        return False

    def _in_unit(self, row: int, at: int, unit: str) -> Meaning | Gap:
        return self._understood(row, at, self._row_phrases(row, at), self.catalogue.units[unit])

    def _is_product(self, at: int, rows: list[int]) -> bool:
        """Whether each figure is the product of persons and an amount a head of its own row."""
        meaning = self._in_unit(rows[0], at, "yuan")
        if isinstance(meaning, Gap):
            return False
        if meaning.cell is None:
            return False
        own = meaning.cell.programme, meaning.cell.scope
        products = 0
        for row in rows:
            known = self._whole_figures(row, own)
            head = known.get("per_head", known.get("standard"))
            money = _number(self.sheet, row, at)
            if head is None or money is None or "persons" not in known:
                return False
            if abs(known["persons"] * head - money) > 0.5:
                return False
            products += money > 0
        return products > 1

    def _whole_figures(self, row: int, own: tuple[str, str]) -> dict[str, float]:
        """The figures of a row by measure, of one programme and scope, without breakdowns."""
        known: dict[str, float] = {}
        for reading in self.understood.readings:
            cell = self.grid.cell_at(reading.indicator) if reading.row == row else None
            if cell is None or cell.values or (cell.programme, cell.scope) != own:
                continue
            value = _number(self.sheet, row, reading.column)
            if value is not None:
                known[cell.measure] = value
        return known

    def _note_misprint(self, at: int) -> None:
        text = Text(
            f"“{'/'.join(self.region.path(at))}”等于人数乘以每人金额，按元读入",
            f"{'/'.join(self.region.path(at))}: persons times the amount a head, read in yuan",
        )
        self.understood.notes.append(Note("unit_misprint", text, self.region.top, at))

    def _read_in(self, at: int, rows: list[int], unit: Unit) -> None:
        """Reads a column's figures as printed in this unit."""
        for row in rows:
            meaning = self._in_unit(row, at, unit.id)
            span, area = self._span_of(row, at), self._area_of(row, at)
            if isinstance(meaning, Gap) or span is None or area is None:
                continue
            cell = self._with_basis(meaning, span, (row, at))
            if isinstance(cell, Gap | str):
                if isinstance(cell, Gap):
                    self.gaps.add(cell, (row, at))
                continue
            identity = self.grid.id_of(cell)
            self.understood.readings.append(
                Reading(row, at, identity, area.code, span, unit.name.zh)
            )

    def _figure(self, row: int, at: int) -> None:
        if self._is_change(at):
            return
        self.understood.figures += is_figure(self.sheet.cell(row, at))
        area = self._area_of(row, at)
        if area is None:
            return
        meaning = self._meaning(row, at)
        span = self._span_of(row, at)
        if isinstance(meaning, Gap):
            self._by_hand(meaning, row, at, area, span)
            return
        if span is None:
            self.gaps.add(_no_period(), (row, at))
            return
        cell = self._with_basis(meaning, span, (row, at))
        if isinstance(cell, Gap):
            self.gaps.add(cell, (row, at))
            return
        if isinstance(cell, str):
            identity, unit = cell, self._declared_unit(row, at, cell)
        else:
            found = self._unit_spelling(row, at, cell)
            if isinstance(found, Gap):
                self.gaps.add(found, (row, at))
                return
            identity, unit = self.grid.id_of(cell), found
        beside = self._is_year_before(at)
        reading = Reading(row, at, identity, area.code, span, unit, meaning.kind, beside)
        self.understood.readings.append(reading)

    def _blank(self, row: int, at: int) -> None:
        """Reads a cell that was printed empty, where its meaning is beyond doubt."""
        if self.column_span(at) is not None:
            return  # a blank below a year or a month says nothing of that period
        names = [label for label in self._own(at) if self.labels.roles.get(label) == NAME]
        if names and not self.labels.text(row, names[-1]):
            return
        before = len(self.gaps.found), len(self.understood.notes)
        meaning, span = self._meaning(row, at), self._span_of(row, at)
        if isinstance(meaning, Gap) or span is None or self._is_change(at):
            return
        cell = self._with_basis(meaning, span, (row, at))
        if isinstance(cell, Gap):
            return
        area = self._area_of(row, at)
        if area is not None and before == (len(self.gaps.found), len(self.understood.notes)):
            identity = cell if isinstance(cell, str) else self.grid.id_of(cell)
            self.understood.readings.append(
                Reading(row, at, identity, area.code, span, "", meaning.kind)
            )

    def _line_name(self, row: int, at: int) -> str:
        """The name by which a person maps the line or column of a cell."""
        labels = [" ".join(text_of(p.text).split()) for p in self._row_phrases(row, at)[:1]]
        path = list(self.region.path(at))
        if at in self.area_columns and self._heading(at, self._area_level):
            del path[self._area_level]
        words = [*path, *labels]
        unit = self._unit(row, at)
        name = "/".join(word for word in words if word and not names_period(word))
        return f"{name}({unit.name.zh})" if unit and unit.name.zh not in name else name

    def _by_hand(self, gap: Gap, row: int, at: int, area: Area, span: Span | None) -> None:
        """Reads a cell as its line was named or mapped; asks where it was not."""
        name = self._line_name(row, at)
        said = self.answers.mapped.get(mapping_key(name))
        if said is None:
            said = self.answers.mapped.get(mapping_key(name.rpartition("(")[0] or name))
        if said is not None:
            self.understood.mapped.setdefault(name, said)
            self.understood.mapped_at.setdefault(name, (row, at))
        named = said if said is not None else self._declared(gap, row, at)
        if named == "" and said is not None:
            return
        if not named or named not in self.catalogue.indicators:
            self.understood.line_names[row, at] = name
            header = self.region.header[-1] if self.region.header else row
            by_row = bool(self._row_phrases(row, at))
            self.understood.line_places.setdefault(name, (row if by_row else header, at))
            self.gaps.add(gap, (row, at))
            return
        if span is None:
            self.gaps.add(_no_period(), (row, at))
            return
        unit = self._declared_unit(row, at, named)
        reading = Reading(row, at, named, area.code, span, unit)
        self.understood.readings.append(reading)

    def _declared_unit(self, row: int, at: int, indicator: str) -> str:
        """The unit in which the figure of an indicator outside the grid is printed."""
        meant, unit = self.catalogue.indicators[indicator].unit, self._unit(row, at)
        if unit is None:
            unit = next((o for o in self.frame.units if o.dimension == meant.dimension), None)
        if unit is not None and unit.factor == 1 and {unit.dimension, meant.dimension} <= _COUNTS:
            return meant.name.zh
        return unit.name.zh if unit else ""

    def _declared(self, gap: Gap, row: int, at: int) -> str:
        """An indicator outside the grid that headings or label name by its whole name."""
        if gap.kind not in (asked.WORD, asked.PROGRAMME_KIND, asked.MEASURE_KIND):
            return ""
        path = [text for text in self.region.path(at) if not names_period(text)]
        label = [text_of(phrase.text) for phrase in self._row_phrases(row, at)[:1]]
        for words in (label, path[-1:], path, [*path, *label], [*label, *path[-1:]]):
            name = "".join(strip_unit(word, self.catalogue) for word in words)
            found = self.catalogue.find_indicator(name) if len(name) >= _SHORTEST_NAME else None
            if found is None or self.grid.is_declared(found.id) or self._narrowed(found):
                continue
            rest = [word for word in (*path, *label) if word not in words]
            if all(label_phrase(w, self.lexicon, self.catalogue).is_empty for w in rest):
                return found.id
        return ""

    def _narrowed(self, found: Indicator) -> bool:
        """Whether the titles name a part that the indicator's own name does not."""
        facts = {fact for phrase in self.titles for fact in phrase.facts()}
        own = set(label_phrase(found.name.zh, self.lexicon, self.catalogue).facts())
        return any(fact.slot in (VALUE, SCOPE) and fact not in own for fact in facts)

    def _is_change(self, at: int) -> bool:
        """Whether a column gives a change, or the figures of an earlier period."""
        if at not in self._changes:
            self._changes[at] = self._names_change(at)
        return self._changes[at]

    def _names_change(self, at: int) -> bool:
        path = [strip_unit(text, self.catalogue) for text in self.region.path(at)]
        path = [text.replace("(%)", "") for text in path if text]
        if not path:
            return False
        earlier = any(map(_EARLIER.fullmatch, path)) and not self._is_year_before(at)
        return bool(_CHANGE.fullmatch(path[-1])) or earlier

    def _is_year_before(self, at: int) -> bool:
        """Whether a column gives the figures of the same period a year before."""
        if at not in self._years_before:
            texts = [normal(strip_unit(text, self.catalogue)) for text in self.region.path(at)]
            self._years_before[at] = any(map(_YEAR_BEFORE.fullmatch, texts))
        return self._years_before[at]

    def _note_texts(self) -> None:
        for at in self.region.texts:
            name = "/".join(self.region.path(at))
            if name:
                text = Text(
                    f"“{name}”一列是文字，未读入", f"{name}: words and no figures; it was left out"
                )
                self.understood.notes.append(Note("column_left_out", text, self.region.top, at))
        for at in self.region.figures:
            if self._is_change(at):
                name = "/".join(self.region.path(at))
                text = Text(
                    f"“{name}”是增减变化或用于对比，不是本期的指标，该列未读入",
                    f"{name}: a change or a comparison, no figure of the period; it was left out",
                )
                self.understood.notes.append(Note("column_left_out", text, self.region.top, at))

    # -- meaning ------------------------------------------------------------------------------

    def _own(self, at: int) -> tuple[int, ...]:
        return self.region.figures[at]

    def _row_phrases(self, row: int, at: int) -> tuple[Phrase, ...]:
        own = [label for label in self._own(at) if label in self.rows[row]]
        found = tuple(phrase for label in reversed(own) for phrase in self.rows[row][label])
        area = self._area_label(row, self._own(at))
        total = self._total_words(self.labels.text(row, area)) if area is not None else ()
        return (*found, *total)

    def _meaning(self, row: int, at: int) -> Meaning | Gap:
        phrases = self._row_phrases(row, at)
        unit = self._unit(row, at)
        key = (at, tuple(phrase.text for phrase in phrases), unit.id if unit else "")
        if key not in self._meanings:
            self._meanings[key] = self._understood(row, at, phrases, unit)
        return self._meanings[key]

    def _understood(
        self, row: int, at: int, phrases: tuple[Phrase, ...], unit: Unit | None
    ) -> Meaning | Gap:
        column = tuple(reversed(self.paths[at]))
        for phrase in (*column, *phrases):
            for fact in phrase.facts():
                if fact.slot == asked.LEAVE_OUT:
                    return Gap(asked.LEAVE_OUT, Text("不读入", "left out"), fact.value)
        exact = self._exact(row, at, column, phrases)
        if exact is not None:
            return exact
        of_columns, columns = self._mixed_columns(at)
        of_rows, rows = self._mixed_rows(row, at)
        around = Around(
            column=column,
            row=phrases,
            titles=self.titles,
            unit=unit,
            sheet_unit=self.frame.units[0] if len(self.frame.units) == 1 else None,
            named=self.named,
            mixed=columns | rows,
            mixed_of=of_columns | of_rows,
            beside=self._beside(row, at),
            table_values=self._values_elsewhere(at),
            money_beside=self.money_beside,
        )
        return understand(around, self.grid)

    def _values_elsewhere(self, at: int) -> frozenset[str]:
        """The dimensions of values that other columns name and can mean nothing else by."""
        return frozenset(
            fact.value.partition(":")[0]
            for other, path in self.paths.items()
            if other != at
            for phrase in path
            for token in phrase.tokens
            if len(token.senses) == 1
            for fact in token.senses[0]
            if fact.slot == VALUE
        )

    def _exact(
        self, row: int, at: int, column: tuple[Phrase, ...], phrases: tuple[Phrase, ...]
    ) -> Meaning | None:
        """The indicator whose whole name a heading or a label is, where nothing narrows it."""
        for chain, others in ((column, phrases), (phrases, column)):
            chain = tuple(one for one in chain if strip_unit(one.text, self.catalogue).strip())
            if not chain:
                continue
            name = strip_unit(chain[0].text, self.catalogue)
            found = self.catalogue.named_exactly(name)
            if found is None or not self._agrees(found, chain[0], (*chain[1:], *others)):
                continue
            basis = self._stated_basis((*column, *phrases))
            cell = self.grid.cell_at(found.id)
            if cell and ("item", "allowance") in cell.values and not self.money_beside:
                return None
            if cell is not None and not basis and cell.in_month:
                basis = IN_MONTH
            plain = cell._replace(in_month=False) if cell else None
            return Meaning(plain, basis=basis, indicator=found.id)
        return None

    def _stated_basis(self, inner: Sequence[Phrase]) -> str:
        """What headings and labels say of the basis, else the titles."""
        basis = basis_of([list(phrase.facts()) for phrase in inner])
        return basis or titled_basis([list(phrase.facts()) for phrase in self.titles])

    def _agrees(self, found: Indicator, own: Phrase, others: tuple[Phrase, ...]) -> bool:
        """Whether nothing around a whole name speaks of another subject or of a part."""
        said = set(own.facts())
        for phrase in (*others, *self.titles):
            if self._is_topic_of(phrase.text, found):
                continue
            if not phrase.is_title and any(phrase.unknown):
                return False
            if any(self._narrows(fact, found, said) for fact in phrase.facts()):
                return False
        return True

    def _narrows(self, fact: Fact, found: Indicator, said: set[Fact]) -> bool:
        """Whether a fact that the whole name does not state speaks of another subject or part."""
        if fact in said:
            return False
        if fact.slot == MARK:
            return fact.value in (TARGET, ADDED, LEFT, OTHER)
        if fact.slot == PROGRAMME:
            return not self._contains(fact.value, found, said)
        return fact.slot in (SCOPE, VALUE)

    def _is_topic_of(self, text: str, found: Indicator) -> bool:
        """Whether a heading is the name of the topic under which the indicator is shown."""
        topic = self.catalogue.topics.get(found.topic)
        return topic is not None and normal(text) in (topic.title.zh, topic.title.en.lower())

    def _contains(self, programme: str, found: Indicator, said: set[Fact]) -> bool:
        """Whether a programme named around an indicator's whole name is its own or a wider one."""
        around = self.grid.programmes[programme]
        if around.kind in ("spending", "head"):
            return True
        cell = self.grid.cell_at(found.id)
        if cell is None:
            return around.topic == found.topic
        named = any(fact.slot == PROGRAMME for fact in said)
        return cell.programme == programme or (
            named and self.grid.is_within(cell.programme, programme)
        )

    def _mixed_columns(self, at: int) -> tuple[frozenset[str], frozenset[str]]:
        """Programmes that other columns below this column's own heading name beside it."""
        path = self.paths[at]
        level = next((i for i, p in enumerate(path) if _programmes([p])), -1)
        prefix = tuple(phrase.text for phrase in path[: level + 1])
        if any(_programmes([phrase]) for phrase in path[level + 1 :]):
            return _NONE, _NONE
        below: set[str] = set()
        for other, phrases in self.paths.items():
            start = tuple(phrase.text for phrase in phrases[: level + 1])
            if other != at and start == prefix:
                below |= _programmes(phrases[level + 1 :])
        own = _programmes(path[: level + 1]) if level >= 0 else self._titled()
        return frozenset(own), frozenset(self._siblings(own, below))

    def _mixed_rows(self, row: int, at: int) -> tuple[frozenset[str], frozenset[str]]:
        """Programmes that other rows name beside the title's, for a row that names none."""
        own_row = self._row_phrases(row, at)
        if not own_row or _programmes(own_row):
            return _NONE, _NONE
        below: set[str] = set()
        for other in self.region.body:
            below |= _programmes(self._row_phrases(other, at))
        own = _programmes(self.paths[at]) or self._titled()
        return frozenset(own), frozenset(self._siblings(own, below))

    def _titled(self) -> set[str]:
        for phrase in self.titles:
            found = _programmes([phrase])
            if found:
                return found
        return set()

    def _siblings(self, own: set[str], below: set[str]) -> set[str]:
        return {
            other
            for other in below
            for one in own
            if one != other
            and self.grid.union_of({*(self.grid.programmes[one].union or (one,)), other})
        }

    def _beside(self, row: int, at: int) -> frozenset[str]:
        """The dimension of the values beside this column or row, where there is just one."""
        found: set[str] = set()
        path = self.paths[at]
        for level, phrase in enumerate(path):
            if level < len(path) - 1 and not phrase.unknown:
                continue
            found |= _value_dimensions(self._headings_alike(at, level))
        own_row = self._row_phrases(row, at)
        if own_row:
            leaves = [p[0] for r in self.region.body if (p := self._row_phrases(r, at))]
            found |= _value_dimensions(leaves)
        heads = {
            fact.value
            for label in self._own(at)
            for text in self.region.path(label)
            for fact in label_phrase(text, self.lexicon, self.catalogue).facts()
            if fact.slot == DIMENSION
        }
        return frozenset(found or heads)

    def _headings_alike(self, at: int, level: int) -> list[Phrase]:
        """The other headings below the same headings and at the same level as a column's own."""
        path = self.paths[at]
        prefix = [phrase.text for phrase in path[:level]]
        return [
            phrases[level]
            for phrases in self.paths.values()
            if len(phrases) == len(path)
            and phrases[level].text != path[level].text
            and [phrase.text for phrase in phrases[:level]] == prefix
        ]

    # -- area, period, basis, unit ------------------------------------------------------------

    def _area_of(self, row: int, at: int) -> Area | None:
        if self.area_columns:
            return self._area_of_column(row, at)
        label = self._area_label(row, self._own(at))
        code = self.labels.column(AREA_CODE, self._own(at))
        if label is None and code is None:
            return self._own_area(row, at)
        text = self._area_text(row, label)
        if OWN.fullmatch(normal(text)) or (self.area and normal(text) == self.area.name.zh):
            return self._own_area(row, at)
        place = row, at if label is None else label
        code_text = squeezed(self.sheet.spread(row, code)) if code is not None else ""
        by_code = self.finder.find_code(code_text) if code is not None else None
        if by_code is None:
            return (
                self._own_area(row, at) if self._is_total(text) else self._named_area(text, place)
            )
        named = self.finder.find(text)
        if named and by_code not in named:
            self._mismatch(text, code_text, by_code, *place)
            return None
        return by_code

    def _area_of_column(self, row: int, at: int) -> Area | None:
        area = self.area_columns.get(at)
        heading = self._heading(at, self._area_level)
        if area is None and OWN.fullmatch(normal(heading)):
            return self._own_area(row, at)
        if area is None:
            self._no_area(heading, self.region.header[0], at)
        return area

    def _named_area(self, text: str, place: tuple[int, int]) -> Area | None:
        """The one area of a label; asks where there is none, notes what is no area of its own."""
        text = text or f"第 {place[0] + 1} 行"
        found = self.finder.find(text)
        if not NO_AREA.fullmatch(normal(text)):
            if len(found) != 1:
                self._no_area(text, *place)
            return found[0] if len(found) == 1 else None
        exact = [area for area in found if normal(text) in (area.name.zh, *area.aliases)]
        if len(exact) != 1:
            self._left_out_row(text, *place)
        return exact[0] if len(exact) == 1 else None

    def _area_label(self, row: int, own: Sequence[int]) -> int | None:
        """The innermost column of areas that is filled in a row: 保山市 | 隆阳区 is 隆阳区."""
        columns = [at for at in own if self.labels.roles.get(at) == AREA]
        filled = [at for at in columns if text_of(self.sheet.spread(row, at))]
        return (filled or columns)[-1] if columns else None

    def _area_text(self, row: int, label: int | None) -> str:
        if label is None:
            return ""
        text = text_of(self.sheet.spread(row, label))
        if not text:
            serial = [a for a in self.region.labels if a < label]
            first = next((text_of(self.sheet.cell(row, a)) for a in serial), "")
            text = first if OWN.fullmatch(normal(first)) else ""
        if not text and self.labels.column(PERIOD, self.region.labels) is not None:
            text = self._carried[label][row]
        if not text and any(role == NAME for role in self.labels.roles.values()):
            text = self._carried[label][row]
        return text

    def _own_area(self, row: int, at: int) -> Area | None:
        if self.area is None:
            self.gaps.add(Gap(asked.AREA, Text("是哪个地区", "which area is it")), (row, at))
        return self.area

    def _no_area(self, text: str, row: int, at: int) -> None:
        where = self.area.name if self.area else Text("地区表", "the list of areas")
        gap = Gap(
            asked.AREA,
            Text(
                f"“{text}”在{where.zh}中没有或不止一个", f"{text!r}: no single area of {where.en}"
            ),
            text,
        )
        self.gaps.add(gap, (row, at))

    def _is_total(self, text: str) -> bool:
        """Whether a label in the column of areas is a total with words of its own: 散居孤儿合计."""
        return bool(self._total_words(text))

    def _total_words(self, text: str) -> tuple[Phrase, ...]:
        plain = normal(text)
        match = re.fullmatch(r"(.{2,12}?)(?:合计|总计|小计)", plain)
        if match is None or NO_AREA.fullmatch(plain) or self.finder.find(match[1]):
            return ()
        phrase = label_phrase(match[1], self.lexicon, self.catalogue)
        facts = [fact for fact in phrase.facts() if fact.slot in (PROGRAMME, VALUE, SCOPE)]
        return (phrase,) if facts and not phrase.unknown else ()

    def _mismatch(self, text: str, code: str, area: Area, row: int, at: int) -> None:
        gap = Gap(
            asked.MISMATCH,
            Text(
                f"第 {row + 1} 行的代码 {code}({area.name.zh})与名称“{text}”不符",
                f"row {row + 1}: the code {code} is {area.name.zh}, the name says {text}",
            ),
            text,
        )
        self.gaps.add(gap, (row, at))

    def _left_out_row(self, text: str, row: int, at: int) -> None:
        note = Note(
            "row_left_out",
            Text(
                f"第 {row + 1} 行“{text}”不是一个地区，未读入",
                f"row {row + 1}, {text}: not an area of its own; it was left out",
            ),
            row,
            at,
        )
        if note not in self.understood.notes:
            self.understood.notes.append(note)

    def _span_of(self, row: int, at: int) -> Span | None:
        span = self._own_span(row, at)
        if span is not None and self._is_year_before(at):
            since = span.since.plus(-12) if span.since else None
            return Span(span.end.plus(-12), since, span.length)
        return span

    def _own_span(self, row: int, at: int) -> Span | None:
        span = self.column_span(at)
        if span is not None:
            return None if self._contradicts(at, span) else span
        if self._months_beside and self._is_whole(at):
            return self._whole_span()
        label = self.labels.column(PERIOD, self._own(at))
        if label is not None:
            text = self._carried[label][row]
            return period_of(text, self.span) or period_of(f"{text}月", self.span)
        for names in self._own(at):
            if self.labels.roles.get(names) == NAME:
                own = period_of(self.labels.text(row, names), self.span)
                if own is not None:
                    return own
        return self.span

    def _is_whole(self, at: int) -> bool:
        """Whether a column beside columns of months gives their sum: 合计, 全年累计."""
        path = self.region.path(at)
        return bool(path) and any(map(_WHOLE.fullmatch, map(normal, path)))

    def _whole_span(self) -> Span | None:
        """From January to the last month that a column names."""
        spans = [self.column_span(at) for at in self.region.figures]
        months = sorted(span.end for span in spans if span is not None and span.length in (0, 1))
        if not months or months[0].month != 1 or months[0].year != months[-1].year:
            return None
        last = months[-1]
        return Span(last, months[0], last.month)

    def _contradicts(self, at: int, span: Span) -> bool:
        """Whether a heading such as 1-9月 stands alone in a table of another month."""
        own = self.span
        if own is None or own.length or span.length < 2 or self._months_beside:
            return False
        return span.from_january and span.end.year == own.end.year and span.end != own.end

    def column_span(self, at: int) -> Span | None:
        """The period that the headings of a column name; the innermost counts."""
        if at not in self._spans:
            span: Span | None = None
            for text in self.region.path(at):
                own = period_of(text, span or self.span) if names_period(text) else period_in(text)
                span = own or span
            self._spans[at] = span
        return self._spans[at]

    def _with_basis(self, meaning: Meaning, span: Span, place: tuple[int, int]) -> Cell | str | Gap:
        """The cell with its basis, or the id of an indicator outside the grid."""
        cell = meaning.cell
        if cell is None:
            return self._declared_basis(meaning, span, place)
        programme, measure = self.grid.programmes[cell.programme], self.grid.measures[cell.measure]
        if not self.grid.is_flow(programme, measure) or meaning.kind is FigureKind.TARGET:
            return cell
        basis = meaning.basis or self._basis_of(span, place)
        if basis == IN_MONTH and span.length in (0, 1):
            return cell._replace(in_month=True)
        if basis == TO_DATE:
            return cell
        if basis in (IN_MONTH, _SPAN):
            return _odd_span()
        return _no_basis()

    def _declared_basis(self, meaning: Meaning, span: Span, place: tuple[int, int]) -> str | Gap:
        """An indicator outside the grid, or its twin of the month, by what the sheet says."""
        own = self.catalogue.indicators[meaning.indicator]
        flows = (Accumulation.YEAR_TO_DATE, Accumulation.IN_MONTH)
        if own.accumulation not in flows:
            return own.id
        said = meaning.basis or self._basis_of(span, place)
        if not said:
            return _no_basis()
        if said == _SPAN:
            return _odd_span()
        if own.accumulation == said:
            return own.id
        twin = self.catalogue.indicators.get(own.linked)
        if twin is not None and twin.accumulation == said:
            return twin.id
        kept = "本年累计数" if own.accumulation is Accumulation.YEAR_TO_DATE else "当月数"
        return Gap(
            asked.MEASURE_KIND,
            Text(f"“{own.name.zh}”只收{kept}", f"{own.name.en}: only {own.accumulation} is kept"),
        )

    def _falls(self, row: int, at: int) -> bool:
        """Whether figures fall from month to month within the year: never a count since January."""
        texts = tuple(phrase.text for phrase in self.paths[at])
        months = self._months_of(texts)
        own = [phrase.text for phrase in self._row_phrases(row, at)]
        if len({end.year for end, _ in months}) != 1:
            return False
        for other_row in self.region.body:
            if [phrase.text for phrase in self._row_phrases(other_row, at)] != own:
                continue
            values = [_number(self.sheet, other_row, other) for _, other in months]
            known = [value for value in values if value is not None]
            if any(later < earlier for earlier, later in pairwise(known)):
                self._note_months("/".join([*texts, *own]) or self.frame.title)
                return True
        return False

    def _months_of(self, texts: tuple[str, ...]) -> list[tuple[Period, int]]:
        """The months under these headings, in order, each with its column."""
        months: list[tuple[Period, int]] = []
        for other in self.region.figures:
            span = self.column_span(other)
            same = tuple(phrase.text for phrase in self.paths[other]) == texts
            if span is not None and same and span.length in (0, 1):
                months.append((span.end, other))
        return sorted(months)

    def _note_months(self, name: str) -> None:
        text = Text(
            f"“{name}”各月的数有减少，不是累计数，按当月数读入",
            f"{name} falls from month to month: it was read as the figures of single months",
        )
        note = Note("months_read_as", text)
        if note not in self.understood.notes:
            self.understood.notes.append(note)

    def _basis_of(self, span: Span, cell: tuple[int, int]) -> str:
        """What period and title say of a flow's basis, else what the person says, else nothing."""
        if span.length > 1:
            first_quarter = span.end.month == 3 and span.length == 3
            since_january = span.from_january or first_quarter or span.length == 12
            return TO_DATE if since_january else _SPAN
        if self._months_beside and self._falls(*cell):
            return IN_MONTH
        if span.end.month == 1:
            return TO_DATE
        if not self._months_beside and self._is_titled_payment():
            return IN_MONTH
        return self.answers.basis if self.answers.basis in (IN_MONTH, TO_DATE) else ""

    def _is_titled_payment(self) -> bool:
        """Whether a title is of what was paid out in a month: 资金发放表, 3月份花名册."""
        titles = [normal(text) for text in (*self.captions, *self.outer)]
        return any(
            (_PAYMENT.search(text) or _MONTHLY.search(text)) and not _NOT_PAYMENT.search(text)
            for text in titles or [normal(self.frame.title)]
        )

    @cached_property
    def _months_beside(self) -> bool:
        """Whether several columns name a month each."""
        spans = {self.column_span(at) for at in self.region.figures} - {None}
        return len({span.end for span in spans if span and span.length in (0, 1)}) > 1

    def _unit(self, row: int, at: int) -> Unit | None:
        """The unit printed at the figure: in its row, its label, its heading."""
        label = self.labels.column(UNIT, self._own(at))
        if label is not None:
            unit = find_unit(self.labels.text(row, label), self.catalogue)
            if unit is not None:
                return unit
        for phrase in (*self._row_phrases(row, at), *reversed(self.paths[at])):
            unit = find_unit(phrase.unit, self.catalogue) if phrase.unit else None
            if unit is not None:
                return unit
        for phrase in self.titles:
            unit = find_unit(phrase.unit, self.catalogue) if phrase.unit else None
            if unit is not None:
                return unit
        return None

    def _unit_spelling(self, row: int, at: int, cell: Cell) -> str | Gap:
        """The unit in which the figure is kept, as its cell is printed."""
        programme, measure = self.grid.programmes[cell.programme], self.grid.measures[cell.measure]
        wanted = self.catalogue.units[self.grid.unit_of(programme, measure)]
        unit = self._unit(row, at)
        if unit is None:
            unit = next((u for u in self.frame.units if u.dimension == wanted.dimension), None)
        if unit is None and wanted.dimension == "money_rate":
            unit = next((u for u in self.frame.units if u.dimension == "money"), None)
        if unit is None:
            if wanted.dimension in ("money", "money_rate", "money_per_person"):
                return _no_unit(measure.name)
            return ""
        if unit.dimension == wanted.dimension:
            return unit.name.zh
        if wanted.dimension == "money_rate":
            return self._monthly(at, unit, measure.name)
        if unit.factor == 1:
            return wanted.name.zh
        return self._as_large(unit, wanted) or _no_unit(measure.name)

    def _as_large(self, unit: Unit, wanted: Unit) -> str:
        """The name of the wanted kind of unit that is as large as the one printed, or empty."""
        alike = wanted.dimension, unit.factor
        units = self.catalogue.units.values()
        return next((u.name.zh for u in units if (u.dimension, u.factor) == alike), "")

    def _monthly(self, at: int, unit: Unit, name: Text) -> str | Gap:
        """Yuan for a month where every figure of the column can only be that."""
        low, high = _PLAUSIBLE_MONTHLY
        for row in self.region.body:
            try:
                value = read_value(self.sheet.cell(row, at)).value
            except UnreadableNumber:
                continue
            if value and not low <= value * unit.factor <= high:
                return _no_unit(name)
        return "元/人·月" if unit.factor == 1 else _no_unit(name)


def _is_part(path: Sequence[Phrase]) -> bool:
    """Whether headings say that a column is a part of one before it: 其中：女."""
    return any(normal(phrase.text).startswith("其中") for phrase in path)


def _is_measured(phrase: Phrase) -> bool:
    """Whether a heading says what is measured, by a word or a unit."""
    return bool(phrase.unit) or any(fact.slot in (MEASURE, WEAK) for fact in phrase.facts())


def _programmes(phrases: Sequence[Phrase]) -> set[str]:
    """The programmes that phrases name and can mean nothing else by."""
    return {
        fact.value
        for phrase in phrases
        for token in phrase.tokens
        if len(token.senses) == 1
        for fact in token.senses[0]
        if fact.slot == PROGRAMME
    }


def _value_dimensions(phrases: Sequence[Phrase]) -> set[str]:
    found: dict[str, int] = defaultdict(int)
    for phrase in phrases:
        if any(fact.slot not in (VALUE, FILLER, SHORT, MARK) for fact in phrase.facts()):
            continue  # 集中供养人数 says more than a value
        for dimension in {f.value.partition(":")[0] for f in phrase.facts() if f.slot == VALUE}:
            found[dimension] += 1
    several = {dimension for dimension, count in found.items() if count > 1}
    return several if len(several) == 1 else set()


def _no_period() -> Gap:
    return Gap(asked.PERIOD, Text("表中没有写明是哪一期", "the period is not said"))


def _no_basis() -> Gap:
    return Gap(
        asked.BASIS,
        Text(
            "表中没有写明是当月数还是本年累计数",
            "whether the figures are of the month or since January is not said",
        ),
    )


def _odd_span() -> Gap:
    return Gap(
        asked.MEASURE_KIND,
        Text(
            "不是从1月起的一段时间，不能当作当月数或累计数",
            "a span that is neither a month nor since January",
        ),
    )


def _no_unit(name: Text) -> Gap:
    return Gap(
        asked.UNIT,
        Text(
            f"“{name.zh}”没有写明计量单位或单位不合",
            f"{name.en}: its unit is not said or does not fit",
        ),
    )


def _without_doubles(sheet: Sheet, catalogue: Catalogue, understood: Understood) -> list[Reading]:
    """The readings, each meaning once; where it stands with two values, none and a question."""
    groups: dict[tuple[object, ...], list[Reading]] = defaultdict(list)
    for one in understood.readings:
        groups[one.indicator, one.area, one.span.end, one.kind].append(one)
    kept: set[int] = set()
    twice: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for group in groups.values():
        values = {_value(sheet, catalogue, one) for one in group}
        if len(values) == 1:
            kept.add(id(group[0]))
        else:
            twice[group[0].indicator] += [(one.row, one.column) for one in group]
    for indicator, cells in twice.items():
        name = catalogue.indicators[indicator].name
        text = Text(
            f"“{name.zh}”在表中出现两次而数值不同", f"{name.en} stands twice with two values"
        )
        understood.questions.append(Question(sheet.name, asked.TWICE, text, tuple(cells)))
    return [one for one in understood.readings if id(one) in kept]


def _number(sheet: Sheet, row: int, column: int) -> float | None:
    try:
        return read_value(sheet.cell(row, column)).value
    except UnreadableNumber:
        return None


def _value(sheet: Sheet, catalogue: Catalogue, one: Reading) -> float | None:
    try:
        value = read_value(sheet.cell(one.row, one.column)).value
    except UnreadableNumber:
        return None
    unit = catalogue.find_unit(one.unit) if one.unit else None
    return None if value is None else round(value * (unit.factor if unit else 1), 4)
