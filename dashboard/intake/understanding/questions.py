"""Asks what a sheet does not say, once for all cells where it matters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.base.language import Text
from dashboard.catalogue.grid import OWN, Grid, own_value
from dashboard.intake.understanding.lexicon import Lexicon, lexicon_of
from dashboard.intake.understanding.words import (
    BASIS as BASIS_SLOT,
)
from dashboard.intake.understanding.words import (
    FILLER,
    MEASURE,
    PROGRAMME,
    SHORT,
    STATED,
    VALUE,
    Fact,
    Sense,
    normal,
)

WORD, BASIS, PERIOD, AREA, UNIT, PROGRAMME_KIND, MEASURE_KIND, TWICE = (
    "word",
    "basis",
    "period",
    "area",
    "unit",
    "programme",
    "measure",
    "twice",
)
AND = "+"  # between the parts of an answer: 低保+人数
NOTHING = ("nothing", "无", "无意义", "没有", "没有意义", "无含义", "-")
TITLES = ("标题", "title")  # the word under which a person says what the title says
OF_SHEET = "@"  # between 标题 and the name of the only sheet whose title is meant
TITLE_KIND = "title"
LEAVE_OUT, LIST, MISMATCH = "leave_out", "list", "area_mismatch"
SPAN = "span"  # a time that headings or labels name and that is not clear


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a sheet. ``cells`` (row, column from 0) are those that wait for its answer.

    ``kind`` is word, basis, period, span, area, unit, programme, measure, title or twice (one
    meaning, two values). ``choices`` are answers that may be given; ``word`` is what a word is
    asked about.
    """

    sheet: str
    kind: str
    text: Text
    cells: tuple[tuple[int, int], ...]
    choices: tuple[str, ...] = ()
    word: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person says of a sheet: its basis, and the meaning of words.

    A word may be a whole heading or label too, or 标题 for what the title says. Its answer is an
    id of programmes.csv, measures.csv or a dimension of breakdowns.csv (the word is a value of
    it), ``dimension:value``, words of tables (城市低保人数), ``nothing`` or 无 (it says nothing) or
    empty (figures with it are left out), or several of these joined by +.
    """

    basis: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    mapped: Mapping[str, str] = field(default_factory=dict)  # lines by mapping_key, to indicators
    streets: Mapping[str, str] = field(default_factory=dict)  # printed areas, to names or codes
    unit: str = ""  # of money whose unit the sheet does not say; "-" leaves it out

    def senses(self, grid: Grid) -> dict[str, Sense]:
        """The words' senses; an answer that names nothing of the grid is left out."""
        found: dict[str, Sense] = {}
        for word, answer in self.words.items():
            sense = sense_of(word, answer, grid)
            if sense is not None and word not in TITLES:
                found[word] = _with_basis(word, _stated(sense), grid)
        return found

    def title(self, grid: Grid) -> Sense | None:
        """What a person says that the title says; None where nobody does."""
        for word in TITLES:
            if word in self.words:
                return sense_of(word, self.words[word] or NOTHING[0], grid)
        return None


def sense_of(word: str, answer: str, grid: Grid) -> Sense | None:
    """What an answer makes of a word; None where the answer names nothing of the grid."""
    answer = answer.strip()
    if not answer:
        return (Fact(LEAVE_OUT, word),)
    if answer in NOTHING:
        return (Fact(FILLER, ""),)
    if AND in answer:
        return _joined([sense_of(word, part, grid) for part in answer.split(AND) if part.strip()])
    return _value_sense(word, answer, grid) or _named_sense(answer, grid)


def _with_basis(word: str, sense: Sense, grid: Grid) -> Sense:
    """The sense of a whole heading with the time that it is printed to count over: 本年…."""
    if any(fact.slot in (BASIS_SLOT, LEAVE_OUT, FILLER) for fact in sense):
        return sense
    tokens = lexicon_of(grid).label(normal(word))
    known = (token.senses[0] for token in tokens if len(token.senses) == 1)
    printed = [fact for facts in known for fact in facts if fact.slot == BASIS_SLOT]
    return (*sense, *printed[:1]) if len(tokens) > 1 else sense


def _stated(sense: Sense) -> Sense:
    """A sense that a person states: its programme counts whatever a title says."""
    names = any(fact.slot == PROGRAMME for fact in sense)
    return (*sense, Fact(STATED, "")) if names else sense


def _value_sense(word: str, answer: str, grid: Grid) -> Sense | None:
    """A value of a breakdown; None where the answer names no breakdown."""
    dimension, _, value = answer.partition(":")
    dimensions = {one.name: one.dimension for one in _dimension_names(grid)}
    dimension = dimensions.get(dimension, dimension)
    if dimension in (*grid.dimensions, OWN):
        values = [one for one in grid.values if one.dimension == dimension != "age"]
        known = {name: one.id for one in values for name in (*one.aliases, one.name.zh, one.id)}
        named = known.get(value) or own_value(value or word)
        return (Fact(VALUE, f"{dimension}:{named}"),)
    return None


def _named_sense(answer: str, grid: Grid) -> Sense | None:
    """A programme or a measure by its id or a name of its own, else what words say together."""
    for identity, programme in grid.programmes.items():
        if answer in (identity, programme.name.zh, *programme.aliases):
            return (Fact(PROGRAMME, identity),)
    for identity, measure in grid.measures.items():
        if answer in (identity, measure.name.zh, *measure.aliases):
            return (Fact(MEASURE, identity),)
    return _sense_of_words(answer, lexicon_of(grid))


def _joined(parts: Sequence[Sense | None]) -> Sense | None:
    """Several answers as one; None where one of them names nothing."""
    known = [part for part in parts if part is not None]
    return tuple(fact for part in known for fact in part) if len(known) == len(parts) else None


def _sense_of_words(answer: str, lexicon: Lexicon) -> Sense | None:
    """What words of tables say together (城市低保人数); None where one is not known."""
    tokens = lexicon.label(normal(answer))
    if not all(token.senses for token in tokens):
        return None
    senses = (min(token.senses, key=_needs_context) for token in tokens)
    facts = (fact for sense in senses for fact in sense if fact.slot != FILLER)
    return tuple(dict.fromkeys(facts)) or None


def _needs_context(sense: Sense) -> bool:
    """Whether a word means it only below what it belongs to: 公益金 raised, and not spent."""
    return any(fact.slot == SHORT for fact in sense)


def words_of_sheet(words: Mapping[str, str], sheet: str) -> dict[str, str]:
    """The explained words that count for a sheet: its own titles (标题@表名), else one for all."""
    plain, own = {}, {}
    for word, answer in words.items():
        title, mark, name = word.partition(OF_SHEET)
        if not mark or title not in TITLES:
            plain[word] = answer
        elif name.strip() == sheet.strip():
            own[TITLES[0]] = answer
    return plain | own


def is_vocabulary(word: str, grid: Grid) -> bool:
    """Whether a word is one that tables use, to be remembered, and no heading of known words."""
    return word.partition(OF_SHEET)[0] not in TITLES and not lexicon_of(grid).covers(normal(word))


@dataclass(frozen=True, slots=True)
class _Named:
    name: str
    dimension: str


def _dimension_names(grid: Grid) -> list[_Named]:
    return [_Named(name, dimension) for name, dimension in grid.headings.items()]
