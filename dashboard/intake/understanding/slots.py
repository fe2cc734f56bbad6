"""The slots of one figure's meaning, filled from the words around it, or what is to be asked.

A meaning is accepted only where programme and measure are filled once, the unit fits and no
meaningful word is left over. Two words for one slot are refused, and both are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import NamedTuple

from dashboard.base.language import Text
from dashboard.catalogue.concepts import FigureKind, Unit
from dashboard.catalogue.grid import (
    IMPLIED,
    OWN,
    Cell,
    Grid,
    Measure,
    Programme,
    own_programme,
    own_value,
)
from dashboard.intake.understanding.phrases import Phrase
from dashboard.intake.understanding.words import (
    ADDED,
    BASIS,
    BOTH,
    DIMENSION,
    FILLER,
    IN_MONTH,
    LEFT,
    MARK,
    MEASURE,
    MONTH,
    OTHER,
    PER_HEAD,
    PLAN,
    PROGRAMME,
    SCOPE,
    SHORT,
    TARGET,
    TO_DATE,
    VALUE,
    WEAK,
    Fact,
    Sense,
    Token,
    normal,
    without_number,
)

_MOST_READINGS = 96
_OF_INSTITUTIONS = ("organisations", "beds", "nursing_beds", "residents", "staff", "occupancy")
_KINDS = (
    "院",
    "站",
    "所",
    "中心",
    "机构",
    "单位",
    "设施",
    "馆",
    "公寓",
    "医院",
    "学校",
    "企业",
    "墓",
)
_LONGEST_KIND = 20
_NEED_CONTEXT = ("labour", "cause")
_PEOPLE = ("人员", "对象", "家庭", "户", "儿童", "老人", "人", "老年人", "群体", "职工", "学生")
_MONEY = tuple(Fact(MEASURE, one) for one in ("money", "per_head", "standard"))
_DIVISIONS = ("省", "市", "县", "区", "州", "旗", "盟", "镇", "乡", "街道", "自治县", "自治州")
_BY_UNIT = {
    "households": "households",
    "persons": "persons",
    "person_times": "person_times",
    "household_times": "household_times",
    "person_days": "person_days",
    "money": "money",
    "couples": "couples",
    "beds": "beds",
    "things": "organisations",
    "cases": "cases",
    "bodies": "bodies",
    "couples_per_day": "daily",
}


class Gap(NamedTuple):
    """What keeps a figure from being understood. ``kind`` is that of the question to ask."""

    kind: str  # word, basis, programme, measure, unit, period, area
    text: Text
    word: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """The words around a figure: the headings over it, the labels beside it, what is above.

    ``column`` and ``row`` are innermost first, ``titles`` nearest first. ``named`` are the
    programmes that the table's headings and labels name, ``mixed`` those that other columns (or
    rows) of the same group name beside ``mixed_of``. ``beside`` are the
    dimensions of the values next to it.
    """

    column: tuple[Phrase, ...]
    row: tuple[Phrase, ...]
    titles: tuple[Phrase, ...]
    unit: Unit | None = None
    sheet_unit: Unit | None = None
    named: frozenset[str] = frozenset()
    mixed: frozenset[str] = frozenset()
    mixed_of: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    table_values: frozenset[str] = frozenset()  # dimensions of the table's other columns
    money_beside: bool = False  # whether another heading or label of the table speaks of money

    @property
    def inner(self) -> tuple[Phrase, ...]:
        """Headings and labels together."""
        return (*self.column, *self.row)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A cell of the grid without its basis, and what the words say of the basis (or empty)."""

    cell: Cell | None
    kind: FigureKind = FigureKind.ACTUAL
    basis: str = ""
    left_out: tuple[str, ...] = ()  # words of titles that nothing needed
    from_title: bool = False
    indicator: str = ""  # where a whole name names it


class Subject(NamedTuple):
    """A programme as words name it; ``scope`` is urban, rural, both or empty."""

    programme: str
    scope: str = ""


Facts = list[Fact]
Levels = list[Facts]  # a phrase's facts each


@dataclass
class _Said:
    """One reading of all words: a sense chosen for each."""

    column: Levels = field(default_factory=list)
    row: Levels = field(default_factory=list)
    titles: Levels = field(default_factory=list)

    @property
    def inner(self) -> Levels:
        return [*self.column, *self.row]


def understand(around: Around, grid: Grid) -> Meaning | Gap:
    """The meaning of a figure, or what is to be asked."""
    around = _with_own_kinds(around, grid)
    own = _own_values(around, grid)
    if isinstance(own, Gap):
        return own
    found: dict[tuple[Cell | None, FigureKind, str], Meaning] = {}
    gaps: list[Gap] = []
    for said in _readings(around):
        meant = _Filling(around, grid, said, own).fill()
        if isinstance(meant, Gap):
            gaps.append(meant)
        else:
            found.setdefault((meant.cell, meant.kind, meant.basis), meant)
    if len(found) == 1:
        return next(iter(found.values()))
    if not found:
        return _clearest(gaps)
    return _likelier(list(found.values()), around, grid) or _two_meanings(
        list(found.values()), around
    )


def _readings(around: Around) -> Iterator[_Said]:
    """Every way to read the words, one sense each."""
    phrases = [*around.column, *around.row, *around.titles]
    choices: list[list[Sense]] = []
    for phrase in phrases:
        choices += [list(token.senses) or [(Fact(FILLER, ""),)] for token in phrase.tokens]
    sizes = [len(phrase.tokens) for phrase in phrases]
    for number, chosen in enumerate(product(*choices)):
        if number >= _MOST_READINGS:
            return
        levels: Levels = []
        at = 0
        for size in sizes:
            levels.append([fact for sense in chosen[at : at + size] for fact in sense])
            at += size
        columns, rows = len(around.column), len(around.column) + len(around.row)
        yield _Said(levels[:columns], levels[columns:rows], levels[rows:])


def _clearest(gaps: Sequence[Gap]) -> Gap:
    order = ("basis", "unit", "word", "measure", "programme")
    return min(gaps, key=lambda gap: order.index(gap.kind) if gap.kind in order else len(order))


def _likelier(found: list[Meaning], around: Around, grid: Grid) -> Meaning | None:
    """Of several meanings the one whose programme the titles name, if that is one."""
    titled = {
        fact.value for phrase in around.titles for fact in phrase.facts() if fact.slot == PROGRAMME
    }
    named = [one for one in found if one.cell and one.cell.programme in titled]
    if len({one.cell for one in named}) == 1:
        return named[0]
    items = [one for one in found if one.cell and dict(one.cell.values).get("item")]
    if len(items) == 1 and "item" in around.table_values:
        return items[0]
    within = [
        one
        for one in found
        if one.cell and any(grid.is_within(one.cell.programme, other) for other in titled)
    ]
    return within[0] if len({one.cell for one in within}) == 1 else None


def _two_meanings(found: list[Meaning], around: Around) -> Gap:
    words = [
        token.text for phrase in around.inner for token in phrase.tokens if len(token.senses) > 1
    ]
    word = words[0] if words else ""
    return Gap(
        "word",
        Text(f"“{word}”在这里有两种意思", f"{word!r} may mean two things here"),
        word,
    )


def _with_own_kinds(around: Around, grid: Grid) -> Around:
    """A label that no word covers and that is a kind of institution names it itself: 荣军医院."""
    counted = {
        fact.value
        for phrase in (*around.inner, *around.titles)
        for fact in phrase.facts()
        if fact.slot == MEASURE
    }
    if not counted & set(_OF_INSTITUTIONS):
        return around
    column, row = (
        tuple(_named_kind(p) if level == 0 else p for level, p in enumerate(chain))
        for chain in (around.column, around.row)
    )
    return replace(around, column=column, row=row)


def _named_kind(phrase: Phrase) -> Phrase:
    name = without_number(normal(phrase.text)).strip(":*#")
    strange = any(_is_chinese(word) for word in phrase.unknown)
    whole = all(letter not in "()、,/" for letter in name) and len(name) <= _LONGEST_KIND
    measured = any(fact.slot in (MEASURE, VALUE) for fact in phrase.facts())
    if not (strange and whole and name.endswith(_KINDS)) or measured:
        return phrase
    token = Token(name, ((Fact(PROGRAMME, own_programme(name)),),))
    return replace(phrase, tokens=(token,))


def _own_values(around: Around, grid: Grid) -> dict[str, str] | Gap:
    """Values that only this table names, by dimension (缺技术 below 致贫原因), or a gap."""
    own: dict[str, str] = {}
    for chain in (around.column, around.row):
        for level, phrase in enumerate(chain):
            unknown = [word for word in phrase.unknown if _is_chinese(word)]
            if not unknown:
                continue
            heads = {
                fact.value
                for outer in chain[level + 1 :]
                for fact in outer.facts()
                if fact.slot == DIMENSION
            }
            titled = {
                fact.value
                for title in around.titles
                for fact in title.facts()
                if fact.slot == DIMENSION
            }
            dimensions = heads or around.beside or titled
            alone = len(unknown) == 1 and _only_filler(phrase)
            if not (alone and len(dimensions) == 1 and len(unknown[0]) <= 10):
                return _unknown_word(unknown[0], phrase)
            own[next(iter(dimensions))] = own_value(unknown[0])
    return own


def _only_filler(phrase: Phrase) -> bool:
    return all(
        not token.senses or any(sense[0].slot in (FILLER, MARK, WEAK) for sense in token.senses)
        for token in phrase.tokens
    )


def _is_chinese(text: str) -> bool:
    return any("一" <= letter <= "鿿" for letter in text)


def _unknown_word(word: str, phrase: Phrase) -> Gap:
    text = " ".join(str(phrase.text).split())
    return Gap(
        "word",
        Text(f"“{text}”中的“{word}”是什么意思", f"what does {word!r} in {text!r} mean"),
        word,
    )


@dataclass
class _Filling:
    """One attempt to fill the slots."""

    around: Around
    grid: Grid
    said: _Said
    own: dict[str, str]

    def fill(self) -> Meaning | Gap:
        if not self._allowance_fits():
            return _out_of_place(Fact(VALUE, "item:allowance"), self.grid)
        subject = self._subject()
        if isinstance(subject, Gap):
            return subject
        programme = self.grid.programmes[subject.programme]
        measured = self._measure(programme)
        if isinstance(measured, Gap):
            return measured
        measure, kind = measured
        basis = self._basis(measure)
        measure = self._by_basis(programme, measure, basis)
        values = self._values(programme, measure)
        if isinstance(values, Gap):
            return values
        mixed = self._mixed(programme, values)
        if isinstance(mixed, Gap):
            return mixed
        programme = mixed
        scope = "" if subject.scope == BOTH else subject.scope
        if scope and scope not in self.grid.scopes_of(programme):
            words = Text("城市、农村", "urban or rural")
            return Gap(
                "programme",
                Text(f"{programme.name.zh}不分{words.zh}", f"{programme.name.en}: {words.en}"),
                "城市" if scope == "urban" else "农村",
            )
        cell = Cell(programme.id, measure.id, scope, tuple(sorted(values.items())))
        if not self.grid.is_meaningful(cell):
            return _not_measured(programme, measure)
        strange = self._strange_title()
        if strange is not None:
            return strange
        return Meaning(cell, kind, basis, self._left_out(), self.from_title)

    def _allowance_fits(self) -> bool:
        """低保金 is an item of the spending where another money word stands, else the money.

        So is 基本生活费; and where another measure is named (结余), neither is the measure.
        """
        facts = [fact for level in self.said.inner for fact in level]
        duals = [
            next(f for sense in token.senses for f in sense if f.value.startswith("item:"))
            for phrase in self.around.inner
            for token in phrase.tokens
            if _is_item_or_money(token)
        ]
        as_money = sum(item not in facts for item in duals)
        as_item = [item for item in duals if item in facts]
        others = sum(fact.slot == MEASURE for fact in facts) > as_money
        if as_money and (others or (self.around.money_beside and self._says_allowance)):
            return False
        allowance = Fact(VALUE, "item:allowance")
        return allowance not in as_item or others or self.around.money_beside

    @property
    def _says_allowance(self) -> bool:
        return any(
            len(token.senses) > 1 and token.has(VALUE, "item:allowance")
            for phrase in self.around.inner
            for token in phrase.tokens
        )

    # -- programme ----------------------------------------------------------------------------

    @property
    def from_title(self) -> bool:
        return not any(fact.slot == PROGRAMME for level in self.said.inner for fact in level)

    def _subject(self) -> Subject | Gap:
        inner: Subject | None = None
        for chain in (self.said.column, self.said.row):
            for facts in chain:
                level = _subject_of(facts, self.grid)
                if isinstance(level, Gap):
                    return level
                joined = _joined(inner, level, self.grid)
                if isinstance(joined, Gap):
                    return joined
                inner = joined
        found = self._with_titles(inner)
        if isinstance(found, Gap):
            return found
        if self._short_alone():
            name = self.grid.programmes[found.programme].name
            return Gap(
                "word", Text(f"看不出是否指{name.zh}", f"whether {name.en} is meant is not clear")
            )
        if not found.programme:
            return Gap(
                "programme",
                Text("没有写明是哪个项目", "which programme is meant is not said"),
            )
        return found

    def _short_alone(self) -> bool:
        """Whether a word that means a programme only in its context stands without it."""
        levels = [*self.said.inner, *self.said.titles]
        for at, facts in enumerate(self.said.inner):
            if not any(fact.slot == SHORT for fact in facts):
                continue
            named = {fact.value for fact in facts if fact.slot == PROGRAMME}
            others = {
                fact.value
                for number, other in enumerate(levels)
                if number != at
                for fact in other
                if fact.slot == PROGRAMME
            }
            if named and not any(
                _related(one, other, self.grid) or _is_head(other, one, self.grid)
                for one in named
                for other in others
            ):
                return True
        return False

    def _with_titles(self, inner: Subject | None) -> Subject | Gap:
        """The subject with what the titles add to it; they must not contradict it."""
        meant = inner or Subject("")
        if meant.programme and self.grid.programmes[meant.programme].kind == "population":
            return meant  # what shares are taken of: no part of the title's subject
        is_short = any(fact.slot == SHORT for facts in self.said.inner for fact in facts)
        for facts in self.said.titles:
            subjects = _subjects_in(facts)
            if not subjects:
                continue
            if not meant.programme:
                chosen = self._eliminated(subjects, meant.scope)
                if isinstance(chosen, Gap):
                    return chosen
                meant = chosen
                continue
            fitting = [one for one in subjects if _agree(meant, one, self.grid)]
            if not fitting and self._is_listed(meant, subjects):
                continue
            if not fitting:
                other = subjects[0]
                return _contradiction(meant, other, self.grid)
            related = [
                one for one in fitting if _related(meant.programme, one.programme, self.grid)
            ]
            scopes = {one.scope for one in related or fitting if one.scope}
            if not meant.scope and len(scopes) == 1:
                meant = meant._replace(scope=scopes.pop())
            narrower = [
                one
                for one in related
                if len(related) == 1
                and one.programme != meant.programme
                and self.grid.is_within(one.programme, meant.programme)
                and not self.grid.programmes[meant.programme].union
            ]
            if narrower and not is_short:
                meant = meant._replace(programme=narrower[0].programme)
        return meant

    def _is_listed(self, meant: Subject, subjects: list[Subject]) -> bool:
        """Whether the table lists programmes of the title's kind, this one among them."""
        own = self.grid.programmes[meant.programme]
        for one in subjects:
            titled = self.grid.programmes.get(one.programme)
            if titled is None or one.scope or (titled.topic, titled.kind) != (own.topic, own.kind):
                return False
            listed = {n for n in self.around.named if self.grid.is_within(n, one.programme)}
            if not listed - {one.programme}:
                return False
        return True

    def _eliminated(self, subjects: list[Subject], scope: str) -> Subject | Gap:
        """The one subject of a title that no other heading names."""
        programmes = list(dict.fromkeys(one.programme for one in subjects if one.programme))
        if not programmes:
            scopes = {one.scope for one in subjects}
            return Subject("", scope or (scopes.pop() if len(scopes) == 1 else ""))
        left = programmes
        if len(programmes) > 1:
            left = [
                one
                for one in programmes
                if not any(_related(one, other, self.grid) for other in self.around.named)
            ]
            left = left or self._umbrella(programmes)
        if len(left) != 1:
            joined = self.grid.union_of(programmes)
            if joined and not left:
                left = [joined]
        if len(left) != 1:
            names = [self.grid.programmes[one].name for one in programmes]
            zh, en = "、".join(one.zh for one in names), ", ".join(one.en for one in names)
            return Gap(
                "programme",
                Text(f"标题写了{zh}，本列（行）是哪一个", f"the title names {en}: which is it"),
            )
        scopes = {one.scope for one in subjects if one.programme == left[0]}
        if scope:
            if scopes - {"", BOTH, scope}:
                return _scopes_contradict()
            return Subject(left[0], scope)
        if len(scopes - {""}) > 1:
            return Subject(left[0], BOTH)
        return Subject(left[0], next(iter(scopes - {""}), ""))

    def _umbrella(self, programmes: list[str]) -> list[str]:
        """Of nested programmes the innermost one: 社会救助 and 低保 name 低保."""
        return [
            one
            for one in programmes
            if all(_is_within_or_head(one, other, self.grid) for other in programmes)
        ]

    def _mixed(self, programme: Programme, values: dict[str, str]) -> Programme | Gap:
        """The union under a heading below which another programme has columns of its own."""
        parts = set(programme.union) or {programme.id}
        others = {one for one in self.around.mixed if one not in {programme.id, *parts}}
        if self.around.mixed_of and programme.id not in self.around.mixed_of:
            return programme
        if not others or any(dimension != "source" for dimension in values):
            return programme
        joined = self.grid.union_of({*parts, *others})
        if joined:
            return self.grid.programmes[joined]
        return Gap(
            "programme",
            Text("合并了哪几个项目没有写明", "which programmes are joined here is not said"),
        )

    # -- measure ------------------------------------------------------------------------------

    def _measure(self, programme: Programme) -> tuple[Measure, FigureKind] | Gap:
        marks = {fact.value for facts in self.said.inner for fact in facts if fact.slot == MARK}
        kind = FigureKind.PLAN if PLAN in marks else FigureKind.ACTUAL
        kind = FigureKind.TARGET if TARGET in marks else kind
        word = self._measure_word()
        if isinstance(word, Gap):
            return word
        word = self._marked(word, marks)
        if isinstance(word, Gap):
            return word
        word = word or self._by_unit() or self._by_value()
        if not word:
            titled = self._titled_measure()
            if isinstance(titled, Gap):
                return titled
            word = titled
        word = word or _COUNTED.get(programme.kind, {}).get(programme.counts, "")
        if not word:
            return Gap(
                "measure",
                Text("没有写明是户数、人数、资金还是其他", "what is measured is not said"),
            )
        word = self._fitting(programme, word)
        measure = self.grid.measures[word]
        if not self.grid.allows(programme, measure):
            return _not_measured(programme, measure)
        clash = self._unit_clash(programme, measure)
        return clash or (measure, kind)

    def _measure_word(self) -> str | Gap:
        """The measure that headings and labels name; the stronger of two, else both are named."""
        chosen = ""
        for chain in (self.said.column, self.said.row):
            for facts in chain:
                words = [fact.value for fact in facts if fact.slot == MEASURE]
                best = self._strongest(words)
                if len(best) > 1 and not chosen:
                    return self._two_measures(best)
                if chosen and best and chosen not in words:
                    both = self._strongest([chosen, *best])
                    if len(both) > 1 and not set(best) - {chosen} <= set():
                        if len(best) > 1:
                            continue  # a group heading over several measures
                        return self._two_measures(both)
                    chosen = both[0]
                elif best and not chosen:
                    chosen = best[0]
        if chosen:
            return chosen
        for chain in (self.said.column, self.said.row):
            for facts in chain:
                weak = {fact.value for fact in facts if fact.slot == WEAK}
                if len(weak) == 1:
                    return weak.pop()
                if weak:
                    return ""
        return ""

    def _strongest(self, words: Iterable[str]) -> list[str]:
        words = list(dict.fromkeys(words))
        if not words:
            return []
        most = max(self.grid.measures[word].strength for word in words)
        return [word for word in words if self.grid.measures[word].strength == most]

    def _two_measures(self, words: Sequence[str]) -> Gap:
        names = [self.grid.measures[word].name for word in words]
        return Gap(
            "measure",
            Text(
                f"同时写了{'、'.join(one.zh for one in names)}",
                f"both {' and '.join(one.en for one in names)} are written",
            ),
        )

    def _marked(self, word: str, marks: set[str]) -> str | Gap:
        """The measure with 新增, 退出 or 人均 before it."""
        for mark, prefix in ((ADDED, "added"), (LEFT, "left")):
            if mark in marks:
                base = word or self._by_unit()
                named = f"{prefix}_{base}"
                if named in self.grid.measures:
                    return named
                if base.startswith(prefix):
                    return base
                return Gap(
                    "measure",
                    Text("新增或退出的是户还是人", "households or persons added or left"),
                )
        if PER_HEAD in marks:
            base = word or self._by_unit() or "per_head"
            if base in ("money", "per_head"):
                return "per_head"
            if base != "standard":
                return Gap("measure", Text("平均的是什么", "what the average is of"))
        return word

    def _by_unit(self) -> str:
        unit = self.around.unit or self.around.sheet_unit
        if unit is None or unit.id == "percent":
            return ""
        return _BY_UNIT.get(unit.dimension, "")

    def _by_value(self) -> str:
        """Money where a value is one of money only: 物价补贴, 省级财政."""
        for facts in self.said.inner:
            for fact in facts:
                dimension, _, value = fact.value.partition(":")
                known = [
                    one.measures
                    for one in self.grid.values
                    if fact.slot == VALUE and (one.dimension, one.id) == (dimension, value)
                ]
                if known and all(measures == {"money"} for measures in known):
                    return "money"
        return ""

    def _titled_measure(self) -> str | Gap:
        for facts in self.said.titles:
            words = self._strongest(fact.value for fact in facts if fact.slot == MEASURE)
            if len(words) == 1:
                return words[0]
            if words:
                return self._two_measures(words)
        return ""

    def _fitting(self, programme: Programme, word: str) -> str:
        """The measure as this kind of programme has it: 个数 of townships, 人次 by its unit."""
        unit = self.around.unit
        if word == "organisations" and programme.kind == "division":
            return "divisions"
        if word == "persons" and unit is not None and unit.dimension == "person_times":
            return "person_times"
        if word == "money" and unit is not None and unit.dimension == "money_rate":
            return "per_head" if programme.kind == "benefit" else word
        if word == "per_head" and programme.kind == "relief":
            return "per_time"
        if programme.kind == "registration" and word in ("organisations", "person_times"):
            counted = {"couple": "couples", "case": "cases", "body": "bodies", "person": "persons"}
            if unit is not None and unit.dimension in ("things", "cases"):
                return counted.get(programme.counts, word)
        if word == "persons" and programme.counts == "couple" and unit is not None:
            return "couples" if unit.dimension == "couples" else word
        return word

    def _unit_clash(self, programme: Programme, measure: Measure) -> Gap | None:
        unit = self.around.unit
        if unit is None:
            return None
        wanted = self.grid.units[self.grid.unit_of(programme, measure)].dimension
        allowed = {wanted, *_ALIKE.get(wanted, ())}
        if unit.dimension in allowed:
            return None
        return Gap(
            "unit",
            Text(
                f"“{measure.name.zh}”不以“{unit.name.zh}”计", f"{measure.name.en}: {unit.name.en}"
            ),
            unit.name.zh,
        )

    # -- breakdowns and basis -----------------------------------------------------------------

    def _values(self, programme: Programme, measure: Measure) -> dict[str, str] | Gap:
        found: dict[str, str] = dict(self.own)
        heads = {
            fact.value for facts in self.said.inner for fact in facts if fact.slot == DIMENSION
        }
        for facts in self.said.inner:
            is_short = any(fact.slot == SHORT for fact in facts)
            for fact in facts:
                if fact.slot != VALUE:
                    continue
                dimension, _, value = fact.value.partition(":")
                if is_short and dimension in _NEED_CONTEXT:
                    if dimension not in (heads | self.around.beside):
                        return _out_of_place(fact, self.grid)
                if self._is_implied(dimension, value, programme, measure):
                    continue
                if self.grid.value(dimension, value, programme, measure) is None:
                    return _no_value(fact, programme, self.grid)
                if found.get(dimension, value) != value:
                    return _two_values(dimension, found[dimension], value, self.grid)
                found[dimension] = value
        other = self._other(heads, found)
        if isinstance(other, Gap):
            return other
        found.update(other)
        return self._titled_values(found, programme, measure)

    def _other(self, heads: set[str], found: dict[str, str]) -> dict[str, str] | Gap:
        marked = any(fact == Fact(MARK, OTHER) for facts in self.said.inner for fact in facts)
        if not marked:
            return {}
        dimensions = (heads or self.around.beside) - found.keys()
        if len(dimensions) != 1:
            return Gap("word", Text("“其他”是什么的其他", "'other' of what"), "其他")
        dimension = next(iter(dimensions))
        declared = any((one.dimension, one.id) == (dimension, "other") for one in self.grid.values)
        return {dimension: "other" if declared else own_value("其他")}

    def _titled_values(
        self, found: dict[str, str], programme: Programme, measure: Measure
    ) -> dict[str, str] | Gap:
        for facts in self.said.titles:
            titled: dict[str, set[str]] = {}
            for fact in facts:
                if fact.slot == VALUE:
                    dimension, _, value = fact.value.partition(":")
                    if not self._is_implied(dimension, value, programme, measure):
                        titled.setdefault(dimension, set()).add(value)
            for dimension, values in titled.items():
                if dimension in found or dimension == "item":
                    continue
                value = next(iter(values))
                if len(values) > 1:
                    continue  # the title lists what the rows or columns tell apart
                if self.grid.value(dimension, value, programme, measure) is None:
                    if measure.group == "money" or dimension == "source":
                        continue
                    return _no_value(Fact(VALUE, f"{dimension}:{value}"), programme, self.grid)
                found[dimension] = value
        return found

    def _is_implied(
        self, dimension: str, value: str, programme: Programme, measure: Measure
    ) -> bool:
        """Whether a value repeats whom the programme is for: 老年人 of an old-age allowance."""
        allowed = IMPLIED.get(programme.topic, ())
        return dimension == "group" and value in allowed

    def _basis(self, measure: Measure) -> str:
        return basis_of(self.said.inner) or titled_basis(self.said.titles)

    def _by_basis(self, programme: Programme, measure: Measure, basis: str) -> Measure:
        """累计人数 of a benefit are person-times, 累计人均 an average of the months."""
        if basis != TO_DATE or not self._basis_is_inner():
            return measure
        counted = {"persons": "person_times", "households": "household_times"}
        if programme.kind == "benefit" and measure.id in counted:
            return self.grid.measures[counted[measure.id]]
        if measure.id == "per_head":
            return self.grid.measures["per_head_to_date"]
        return measure

    def _basis_is_inner(self) -> bool:
        return any(Fact(BASIS, TO_DATE) in facts for facts in self.said.inner)

    # -- titles -------------------------------------------------------------------------------

    def _strange_title(self) -> Gap | None:
        """An unknown word of a title that may narrow what the whole table counts."""
        needed = self.from_title
        for phrase, facts in zip(self.around.titles, self.said.titles, strict=True):
            names = any(fact.slot == PROGRAMME for fact in facts)
            tokens = phrase.tokens
            for at, token in enumerate(tokens):
                if token.senses or not _is_chinese(token.text):
                    continue
                after = tokens[at + 1].text if at + 1 < len(tokens) else ""
                if after in _DIVISIONS or token.text.endswith(_DIVISIONS):
                    continue  # an area that the list of areas does not have
                of_people = after in _PEOPLE or token.text.endswith(_PEOPLE)
                if names and (needed or of_people):
                    return _unknown_word(token.text, phrase)
            if names:
                needed = False
        return None

    def _left_out(self) -> tuple[str, ...]:
        return tuple(
            word for phrase in self.around.titles for word in phrase.unknown if _is_chinese(word)
        )


# What is counted where nothing else is said: registrations, institutions and divisions are counts.
_COUNTED = {
    "registration": {"couple": "couples", "case": "cases", "body": "bodies", "person": "persons"},
    "institution": {"organisation": "organisations", "facility": "organisations"},
    "organisation": {"organisation": "organisations", "community": "organisations"},
    "division": {"division": "divisions"},
    "population": {"person": "persons"},
    "spending": {"money": "money"},
}
_ALIKE = {
    "things": ("cases",),
    "cases": ("things",),
    "couples": ("cases", "things"),
    "person_times": ("persons",),
    "household_times": ("households",),
    "persons": ("person_times", "things"),
    "households": ("things",),
    "beds": ("things",),
    "money_rate": ("money", "money_per_person"),
    "money_per_person": ("money",),
    "permille": ("rate", "couples", "percent"),
    "couples_per_day": ("couples",),
    "person_days": ("person_times",),
    "bodies": ("cases", "things", "persons"),
}


def basis_of(levels: Iterable[Sequence[Fact]]) -> str:
    """What the innermost of the headings and labels that speaks of a basis says, else empty."""
    for facts in levels:
        words = [fact.value for fact in facts if fact.slot == BASIS]
        for word in (TO_DATE, IN_MONTH):
            if word in words:
                return word
        if MONTH in words and any(fact in _MONEY for fact in facts):
            return IN_MONTH
    return ""


def titled_basis(levels: Iterable[Sequence[Fact]]) -> str:
    """What the nearest title that speaks of a basis says, else empty; 9月份 says nothing."""
    for facts in levels:
        for word in (TO_DATE, IN_MONTH):
            if Fact(BASIS, word) in facts:
                return word
    return ""


def _subjects_in(facts: Facts) -> list[Subject]:
    """The programmes a title names, each with the scope before it; a scope alone stands alone."""
    found: list[Subject] = []
    scope = ""
    for fact in facts:
        if fact.slot == SCOPE:
            scope = fact.value if not scope else BOTH
        elif fact.slot == PROGRAMME:
            found.append(Subject(fact.value, scope))
            scope = ""
    if not found and scope:
        found.append(Subject("", scope))
    if scope and found and not found[-1].scope and found[-1].programme:
        found[-1] = found[-1]._replace(scope=scope)  # 低保(城市)
    return found


def _is_item_or_money(token: Token) -> bool:
    """Whether a word may be an item of spending or the money itself: 低保金, 基本生活费."""
    money = Fact(MEASURE, "money")
    return any(f.value.startswith("item:") for s in token.senses for f in s) and any(
        money in sense for sense in token.senses
    )


def _subject_of(facts: Facts, grid: Grid) -> Subject | Gap | None:
    """The one subject of a heading or label, None where it names none."""
    subjects = _subjects_in(facts)
    if not subjects:
        return None
    meant: Subject | None = None
    unrelated: set[str] = set()
    for one in subjects:
        joined = _joined(meant, one, grid)
        if isinstance(joined, Gap):
            unrelated |= {one.programme, meant.programme if meant else ""}
        else:
            meant = joined
    if unrelated:
        union = grid.union_of(unrelated - {""})
        if not union:
            names = [grid.programmes[one].name for one in sorted(unrelated - {""})]
            return Gap(
                "programme",
                Text(
                    f"同时写了{'、'.join(one.zh for one in names)}",
                    f"both {' and '.join(one.en for one in names)} are written",
                ),
            )
        return Subject(union, meant.scope if meant else "")
    return meant


def _joined(inner: Subject | None, outer: Subject | None, grid: Grid) -> Subject | Gap | None:
    """Two subjects as one: the narrower programme and the scope that either names."""
    if inner is None or outer is None:
        return inner or outer
    if not _scopes_agree(inner.scope, outer.scope):
        return _scopes_contradict()
    scope = inner.scope if inner.scope not in ("", BOTH) else outer.scope or inner.scope
    if not inner.programme or not outer.programme:
        return Subject(inner.programme or outer.programme, scope)
    if not _agree(inner, outer, grid):
        return _contradiction(inner, outer, grid)
    if grid.is_within(outer.programme, inner.programme):
        return Subject(outer.programme, scope)
    return Subject(inner.programme, scope)


def _scopes_agree(inner: str, outer: str) -> bool:
    return not inner or not outer or inner == outer or BOTH in (inner, outer)


def _related(one: str, other: str, grid: Grid) -> bool:
    return bool(one and other) and (grid.is_within(one, other) or grid.is_within(other, one))


def _is_within_or_head(inner: str, outer: str, grid: Grid) -> bool:
    return grid.is_within(inner, outer) or _is_head(outer, inner, grid)


def _is_head(outer: str, inner: str, grid: Grid) -> bool:
    """Whether the outer programme only heads a subject: 社会救助 over 低保."""
    head, below = grid.programmes[outer], grid.programmes[inner]
    if inner.startswith(f"{OWN}_"):
        return head.kind in ("institution", "organisation", "spending", "head")
    if head.kind in ("spending", "head"):
        return True  # a section or an office narrows nothing of what stands below it
    kinds = {"institution", "organisation", "division", "bed_item"}
    heads = any(outer in one.parents for one in grid.programmes.values())
    return heads and head.kind in kinds and below.kind in kinds


def _agree(inner: Subject, outer: Subject, grid: Grid) -> bool:
    """Whether a title or an outer heading goes together with what stands below it."""
    if not _scopes_agree(inner.scope, outer.scope):
        return False
    if not inner.programme or not outer.programme:
        return True
    return (
        _related(inner.programme, outer.programme, grid)
        or _is_head(outer.programme, inner.programme, grid)
        or bool(grid.union_of({inner.programme, outer.programme}))
    )


def _scopes_contradict() -> Gap:
    return Gap(
        "programme",
        Text("城市和农村互相矛盾", "urban and rural contradict each other"),
        "城市、农村",
    )


def _contradiction(inner: Subject, outer: Subject, grid: Grid) -> Gap:
    if not _scopes_agree(inner.scope, outer.scope):
        return _scopes_contradict()
    names = [grid.programmes[one].name for one in (inner.programme, outer.programme) if one]
    return Gap(
        "programme",
        Text(
            f"{'与'.join(one.zh for one in names)}互相矛盾",
            f"{' and '.join(one.en for one in names)} contradict each other",
        ),
    )


def _not_measured(programme: Programme, measure: Measure) -> Gap:
    return Gap(
        "measure",
        Text(
            f"{programme.name.zh}没有“{measure.name.zh}”这一度量",
            f"{programme.name.en}: {measure.name.en} is not measured of it",
        ),
    )


def _value_name(dimension: str, value: str, grid: Grid) -> Text:
    for one in grid.values:
        if (one.dimension, one.id) == (dimension, value):
            return one.name
    return Text(value, value)


def _no_value(fact: Fact, programme: Programme, grid: Grid) -> Gap:
    dimension, _, value = fact.value.partition(":")
    name = _value_name(dimension, value, grid)
    return Gap(
        "word",
        Text(f"{programme.name.zh}不按“{name.zh}”分组", f"{programme.name.en}: not by {name.en}"),
        name.zh,
    )


def _out_of_place(fact: Fact, grid: Grid) -> Gap:
    dimension, _, value = fact.value.partition(":")
    name = _value_name(dimension, value, grid)
    return Gap(
        "word",
        Text(f"看不出这里是否指“{name.zh}”", f"whether {name.en} is meant is not clear"),
        name.zh,
    )


def _two_values(dimension: str, one: str, other: str, grid: Grid) -> Gap:
    names = [_value_name(dimension, value, grid) for value in (one, other)]
    return Gap(
        "word",
        Text(
            f"{'与'.join(name.zh for name in names)}互相矛盾",
            f"{' and '.join(name.en for name in names)} contradict each other",
        ),
        names[1].zh,
    )


__all__ = ["OWN", "Around", "Gap", "Meaning", "Subject", "understand"]
