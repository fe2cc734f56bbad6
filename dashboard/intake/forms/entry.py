"""Makes an observation of one cell: number read, unit converted, span checked."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import (
    Accumulation,
    FigureKind,
    FigureStatus,
    Indicator,
    Observation,
    Source,
    Unit,
)
from dashboard.catalogue.periods import Period, Span
from dashboard.intake.forms.files.cells import Formatted, column_letter, place, text_of
from dashboard.intake.forms.joined_cells import glued
from dashboard.intake.forms.layout import STREET_TABLE, TIDY, YEAR_TABLE, Recognition
from dashboard.intake.forms.numerals import (
    Reading,
    UnreadableNumber,
    is_plain,
    printed_decimals,
    read_plain,
    read_value,
)
from dashboard.intake.forms.qualifiers import qualified
from dashboard.intake.forms.shown_units import UnitContradicted, check_scale, shown_figure

_COUNTED_ALIKE = (frozenset({"things", "cases"}), frozenset({"couples", "cases"}))  # 件 for 对
# A count without a unit can only mean ones; an amount may be in 元 or 万元.
_NEEDS_UNIT = frozenset({"money", "money_rate", "money_per_person"})


class Entry(NamedTuple):
    """A cell and what is known of it. ``row`` and ``column`` count from 0."""

    indicator: Indicator
    area: str
    span: Span
    cell: object
    row: int
    column: int
    unit: str = ""  # as printed beside the figure
    kind: FigureKind = FigureKind.ACTUAL
    status: FigureStatus | None = None  # where the table states one
    title: str = ""
    phrase: str = ""
    unit_column: int | None = None  # where the unit has a cell of its own
    secondary: bool = False  # stated beside another period's figure
    qualifier: str = ""  # where the table states one in a column of its own


_FIRM = (FigureStatus.FINAL, FigureStatus.PROVISIONAL, FigureStatus.DRAFT)
Units = dict[tuple[str, str, str], Unit]


class EntryRefused(ValueError):
    """A cell that cannot become an observation; ``rule`` and ``message`` say why."""

    def __init__(self, rule: str, zh: str, en: str) -> None:
        """Keeps the rule and both messages."""
        super().__init__(en)
        self.rule, self.message = rule, Text(zh, en)


class Meaning(NamedTuple):
    """What figures have in common that differ in area, number and place alone.

    ``numbers`` are the cells read so far, as values in base units with half of their last digit.
    """

    indicator: str
    period: Period
    kind: FigureKind
    status: FigureStatus
    since: Period | None
    secondary: bool
    qualifier: str
    unit: Unit
    numbers: dict[object, tuple[float, float] | None]

    def number(self, cell: object) -> tuple[float, float] | None:
        """Value and rounding of a cell that holds a number or digits alone; None of any other."""
        if type(cell) is not str and type(cell) is not float:
            return None  # TRUE and 1 would be the same key
        if cell not in self.numbers:
            self.numbers[cell] = self._number(cell)
        return self.numbers[cell]

    def _number(self, cell: str | float) -> tuple[float, float] | None:
        if type(cell) is not float and not is_plain(cell):
            return None
        try:
            value = round(read_plain(cell).value * self.unit.factor, 6)  # type: ignore[operator]
        except UnreadableNumber:
            return None
        return value, _rounding(cell, self.unit, abs(value) if self.qualifier else 0.0)

    def figure(self, area: str, number: tuple[float, float], source: Source) -> Observation:
        """The observation of a number that was read by this meaning."""
        indicator, period, kind, status, since, secondary, qualifier, *_ = self
        value, rounding = number
        stated = (indicator, area, period, value, kind, status, since, source, secondary)
        return Observation._make((*stated, qualifier, rounding))


class Meanings:
    """What the entries of one recognised sheet were understood as: columns ask the same again.

    ``units`` are those found for an indicator, the unit printed beside it and the sign in its cell.
    """

    def __init__(self) -> None:
        """Nothing is understood yet."""
        self.units: dict[tuple[str, str, str], Unit] = {}
        self._known: dict[tuple[object, ...], Meaning] = {}
        self._numbers: dict[tuple[float, str], dict[object, tuple[float, float] | None]] = {}

    def of(self, entry: Entry) -> Meaning | None:
        """The meaning of an entry, where one like it was observed."""
        return self._known.get(_alike(entry))

    def observed(self, entry: Entry, observation: Observation) -> None:
        """Keeps the meaning of an entry whose cell holds a number or digits alone."""
        unit = self.units[entry.indicator.id, entry.unit, ""]
        numbers = self._numbers.setdefault((unit.factor, observation.qualifier), {})
        self._known[_alike(entry)] = Meaning(
            observation.indicator,
            observation.period,
            observation.kind,
            observation.status,
            observation.since,
            observation.secondary,
            observation.qualifier,
            unit,
            numbers,
        )


def _alike(entry: Entry) -> tuple[object, ...]:
    """What an entry must share with another to have the same meaning."""
    counted = entry.indicator.id, entry.span, entry.unit, entry.kind
    return (*counted, entry.status, entry.secondary, entry.qualifier)


def observe(
    entry: Entry, sheet: str, recognition: Recognition, catalogue: Catalogue, meanings: Meanings
) -> Observation:
    """The observation of a cell, in base units; raises EntryRefused.

    ``meanings`` are those of the recognised sheet, and gain that of this entry.
    """
    meaning = meanings.of(entry)
    number = meaning.number(entry.cell) if meaning is not None else None
    if meaning is not None and number is not None:
        return meaning.figure(entry.area, number, _source(entry, sheet))
    observation = _observed(entry, sheet, recognition, catalogue, meanings.units)
    if type(entry.cell) is float or is_plain(entry.cell):
        meanings.observed(entry, observation)
    return observation


def _source(entry: Entry, sheet: str) -> Source:
    return Source(sheet, entry.row + 1, column_letter(entry.column), entry.title, entry.phrase)


def _observed(
    entry: Entry, sheet: str, recognition: Recognition, catalogue: Catalogue, units: Units
) -> Observation:
    """The observation of a cell that is read by itself; raises EntryRefused."""
    entry, cell, reading, qualifier = _read(entry, recognition, catalogue)
    since = _first_month(entry, recognition)
    value = rounding = None
    if reading.value is not None:
        unit = _remembered_unit(entry, reading.sign, recognition, catalogue, units)
        _refuse_other_scale(entry, cell, unit)
        value = round(reading.value * unit.factor, 6)
        rounding = _rounding(cell, unit, abs(value) if qualifier else 0.0)
    elif entry.unit:
        _unit(entry, "", recognition, catalogue)  # a wrong unit is wrong beside a blank too
    status = reading.status if value is None and entry.status in _FIRM else entry.status
    status = status or reading.status
    return Observation(
        entry.indicator.id,
        entry.area,
        entry.span.end,
        value,
        entry.kind,
        recognition.firmness if status is FigureStatus.FINAL else status,
        since,
        _source(entry, sheet),
        entry.secondary,
        qualifier if value is not None else "",
        rounding,
    )


def _unqualified(entry: Entry) -> tuple[Entry, str]:
    """The entry without the word that states its figure as approximate, and that word."""
    bare, qualifier = qualified(entry.cell, entry.unit.strip())
    entry = entry if bare is entry.cell else entry._replace(cell=bare)
    return entry, qualifier or entry.qualifier


_ABOUT = 0.1  # how far an approximate figure may be off, as a share of it


def _rounding(cell: object, unit: Unit, approximate: float) -> float:
    """Half of the last printed digit in base units; more of an ``approximate`` value."""
    printed = cell.display.text if isinstance(cell, Formatted) else cell
    half = 0.5 * 10.0 ** -printed_decimals(printed) * unit.factor
    return max(half, _ABOUT * approximate)


def _read(
    entry: Entry, recognition: Recognition, catalogue: Catalogue
) -> tuple[Entry, object, Reading, str]:
    """The entry with its cell's own unit, the figure without it, as read, and its qualifier."""
    is_bare = type(entry.cell) is float or is_plain(entry.cell)
    entry, qualifier = (entry, entry.qualifier) if is_bare else _unqualified(entry)
    try:
        entry, cell = _unglued(entry, recognition, catalogue)
        reading = read_plain(cell) if is_bare else read_value(cell)
    except (UnreadableNumber, UnitContradicted) as error:
        raise _refusal_of_cell(entry, error) from None
    return entry, cell, reading, qualifier


def _refuse_other_scale(entry: Entry, cell: object, unit: Unit) -> None:
    """Raises EntryRefused where a cell's number format shows its figure on another scale."""
    try:
        check_scale(cell, unit)
    except UnitContradicted as error:
        raise _refusal_of_cell(entry, error) from None


def _refusal_of_cell(entry: Entry, error: UnreadableNumber | UnitContradicted) -> EntryRefused:
    """The refusal of a cell that names its place and what it shows."""
    where, shown = place(entry.row, entry.column), text_of(entry.cell)
    zh, en = f"{where}“{shown}”{error.message.zh}", f"{where}, {shown!r}: {error.message.en}"
    unreadable = isinstance(error, UnreadableNumber)
    return EntryRefused("unreadable_number" if unreadable else "wrong_unit", zh, en)


def _remembered_unit(
    entry: Entry, sign: str, recognition: Recognition, catalogue: Catalogue, units: Units
) -> Unit:
    asked = (entry.indicator.id, entry.unit, sign)
    if asked not in units:
        units[asked] = _unit(entry, sign, recognition, catalogue)
    return units[asked]


def _unglued(entry: Entry, recognition: Recognition, catalogue: Catalogue) -> tuple[Entry, object]:
    """The entry with the unit that stands in the cell itself (亿元30.4), and the bare figure."""
    if type(entry.cell) is float or is_plain(entry.cell):
        return entry, entry.cell
    if isinstance(entry.cell, Formatted):
        return _of_format(entry, entry.cell, recognition, catalogue)
    parts = glued(entry.cell, catalogue)
    if parts is None or parts[1] in ("%", "％", "‰"):
        return entry, entry.cell
    figure, printed = parts
    return _in_one_unit(entry, printed, catalogue), figure


def _of_format(
    entry: Entry, cell: Formatted, recognition: Recognition, catalogue: Catalogue
) -> tuple[Entry, object]:
    """The figure that a number format shows, with the unit that the format prints."""
    wanted = entry.indicator.unit
    sibling_unit = catalogue.find_unit(entry.unit) if entry.unit.strip() else None
    of_sheet = (unit for unit in recognition.units if unit.dimension == wanted.dimension)
    figure = shown_figure(cell, sibling_unit or next(of_sheet, None), wanted, catalogue)
    return (_in_one_unit(entry, figure.unit, catalogue) if figure.unit else entry), figure.cell


def _in_one_unit(entry: Entry, printed: str, catalogue: Catalogue) -> Entry:
    """The entry in the unit printed beside its figure; refuses a column of another unit."""
    unit = catalogue.find_unit(entry.unit) if entry.unit.strip() else None
    if unit is not None and unit != catalogue.find_unit(printed):
        zh = f"单位栏为“{entry.unit}”，数字旁却是“{printed}”；请改正"
        en = f"the unit is given as {entry.unit!r} and beside the figure as {printed!r}; mend one"
        raise EntryRefused("wrong_unit", zh, en)
    return entry._replace(unit=printed)


def _unit(entry: Entry, sign: str, recognition: Recognition, catalogue: Catalogue) -> Unit:
    """The unit the figure is printed in; a % or ‰ sign in the cell must agree with it."""
    wanted = entry.indicator.unit
    for printed in filter(None, (sign, entry.unit.strip())):
        unit = catalogue.find_unit(printed)
        if unit is None:
            zh = f"计量单位“{printed}”不认识；请改用 {wanted.name.zh} 等单位"
            en = f"the unit {printed!r} is not known; use {wanted.name.zh} or a multiple of it"
            raise EntryRefused("unknown_unit", zh, en)
        if not _fits(unit, wanted):
            name = entry.indicator.name
            zh = f"“{name.zh}”应以{wanted.name.zh}计，表中为“{printed}”；请核对单位和指标"
            en = f"{name.en} is counted in {wanted.name.en}, not {printed!r}; check both"
            raise EntryRefused("wrong_unit", zh, en)
    printed = entry.unit.strip() or sign
    stated = catalogue.find_unit(printed) if printed else None
    return stated or _unstated(entry, recognition, catalogue)


def _fits(unit: Unit, wanted: Unit) -> bool:
    """Whether a figure printed in ``unit`` can be kept in ``wanted``.

    A rate may be printed in the unit of what it counts: 5.6 名 for each ten thousand people.
    """
    pair = {unit.dimension, wanted.dimension}
    if len(pair) == 1 or any(pair <= alike for alike in _COUNTED_ALIKE):
        return True
    counted = wanted.id.startswith((unit.id, unit.dimension))
    return wanted.dimension == "rate" and unit.factor == 1 and counted


def _unstated(entry: Entry, recognition: Recognition, catalogue: Catalogue) -> Unit:
    """The unit of a figure without one: the sheet's, the form line's, or ones."""
    wanted = entry.indicator.unit
    for unit in recognition.units:
        if unit.dimension == wanted.dimension:
            return unit
    if wanted.dimension not in _NEEDS_UNIT or recognition.layout == TIDY:
        return wanted
    printed = {line.unit for line in catalogue.codes_of(entry.indicator.id) if line.unit}
    by_form = catalogue.find_unit(printed.pop()) if len(printed) == 1 else None
    if by_form is None:
        name, example = entry.indicator.name, wanted.name.zh
        zh = f"“{name.zh}”没有计量单位；请写明，如 {example} 或 万{example}"
        en = f"{name.en}: no unit is given; write it, such as {example} or 万{example}"
        raise EntryRefused("missing_unit", zh, en)
    return by_form


def _first_month(entry: Entry, recognition: Recognition) -> Period | None:
    """The first month of an over-span figure; refuses a span that does not fit the indicator."""
    span, accumulation = entry.span, entry.indicator.accumulation
    if accumulation is Accumulation.OVER_SPAN:
        return span.first if span.since or span.length > 1 else None
    if accumulation is Accumulation.YEAR_TO_DATE and not _is_to_date(span):
        raise _not_from_january(entry)
    if accumulation is Accumulation.IN_MONTH and not _may_be_a_month(span, recognition):
        name = entry.indicator.name
        zh = f"“{name.zh}”是当月数，报告期应为一个月；请改用累计指标或改正报告期"
        en = f"{name.en} is a month's figure; name one month, or use the indicator since January"
        raise EntryRefused("not_one_month", zh, en)
    return None


def _is_to_date(span: Span) -> bool:
    """Whether a figure since January can stand under this period."""
    return span.length >= 0 and (span.since is None or span.from_january)


def _not_from_january(entry: Entry) -> EntryRefused:
    span, name = entry.span, entry.indicator.name
    printed = f"{span.since}..{span.end}" if span.since else str(span.end)
    zh = f"“{name.zh}”是本年累计数，应从1月起算，表中是 {printed}；请填累计数，或改正报告期"
    en = f"{name.en} counts from 1 January, not {printed}; give that figure or mend the period"
    return EntryRefused("not_from_january", zh, en)


def _may_be_a_month(span: Span, recognition: Recognition) -> bool:
    """Whether a month's figure can stand under this period: a form may be titled 1-9月."""
    if span.length in (0, 1):
        return True
    if recognition.layout in (TIDY, YEAR_TABLE):
        return False
    if recognition.layout == STREET_TABLE and span.since is None:
        return False  # a quarter
    return span.since is None or (span.from_january and span.length < 12)
