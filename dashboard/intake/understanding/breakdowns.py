"""Works out by what a figure is broken down: values of words, titles, and of a table alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dashboard.base.language import Text
from dashboard.catalogue.grid import Grid, Measure, Programme, is_implied, own_programme, own_value
from dashboard.intake.understanding import gaps
from dashboard.intake.understanding.meaning import (
    Around,
    Facts,
    Gap,
    SlotContext,
    facts_of,
    has_slot,
    strange_words,
    values_in,
)
from dashboard.intake.understanding.phrases import Phrase
from dashboard.intake.understanding.unknown_words import whole_word
from dashboard.intake.understanding.words import (
    DIMENSION,
    FILLER,
    MARK,
    MEASURE,
    OF_WHICH,
    OTHER,
    PROGRAMME,
    SHORT,
    VALUE,
    WEAK,
    Fact,
    Sense,
    Token,
    is_chinese,
    normal,
    without_number,
)

_OF_INSTITUTIONS = {"organisations", "beds", "nursing_beds", "residents", "staff", "occupancy"}
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
_JOINTS = ("和", "与", "及", "、", "以及")
_LONGEST_KIND = 20
_LONGEST_VALUE = 10
_ALLOTTED = "指标"
_BAND = re.compile(r"(\d{1,4})(?:[-—–~－]+|至|到)(\d{1,4})")
_WHOLE_ITEMS = {"allowance", "basic"}  # what everybody with the benefit gets
_NEED_CONTEXT = ("labour", "cause")
_NURSING = Fact(VALUE, "item:nursing")


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Finds the values of a figure whose programme and measure are known."""

    context: SlotContext
    programme: Programme
    measure: Measure

    def values(self) -> dict[str, str] | Gap:
        """The value of each dimension, or what is to be asked."""
        found = dict(self.context.own)
        heads = set(values_in(self.context.inner, DIMENSION))
        dimensions = heads | self.context.around.siblings
        for facts in self.context.inner:
            gap = self._add(facts, dimensions, found)
            if gap is not None:
                return gap
        other = self._other(heads, found)
        if isinstance(other, Gap):
            return other
        found.update(other)
        return self._unclear_list() or self._with_titles(found)

    def _add(self, facts: Facts, dimensions: set[str], found: dict[str, str]) -> Gap | None:
        """Adds the values of a heading or label to those found."""
        grid = self.context.grid
        is_short = has_slot(facts, SHORT)
        for fact in facts:
            if fact.slot != VALUE:
                continue
            dimension, _, value = fact.value.partition(":")
            if is_short and dimension in _NEED_CONTEXT and dimension not in dimensions:
                return gaps.out_of_place(fact, grid)
            if self._is_implied(dimension, value) or self._is_heading_of_grades(fact, found):
                continue
            if not self._has(dimension, value):
                return gaps.no_value(fact, self.programme, grid, self._printed_inside(fact))
            if found.setdefault(dimension, value) != value:
                return gaps.two_values(
                    self._name(dimension, found[dimension]), self._name(dimension, value)
                )
        return None

    def _name(self, dimension: str, value: str) -> Text:
        """A value's name as it is of this programme: 集中供养 of 特困人员, 集中养育 of 孤儿."""
        known = self.context.grid.value(dimension, value, self.programme, self.measure)
        return known.name if known else Text(value, value)

    def _has(self, dimension: str, value: str) -> bool:
        known = self.context.grid.value(dimension, value, self.programme, self.measure)
        return known is not None

    def _is_implied(self, dimension: str, value: str) -> bool:
        """Whether a value repeats whom the programme is for: 老年人 of an old-age allowance."""
        return dimension == "group" and is_implied(value, self.programme)

    def _is_heading_of_grades(self, fact: Fact, found: dict[str, str]) -> bool:
        """Whether 照料护理 only heads the grades of care by which people are counted: 全护理."""
        return fact == _NURSING and "selfcare" in found and self.measure.group == "people"

    def _printed_inside(self, fact: Fact) -> str:
        """The word of a heading or label that names a value; empty where none does."""
        tokens = (token for phrase in self.context.around.inner for token in phrase.tokens)
        return next((token.text for token in tokens if token.has(*fact)), "")

    def _other(self, heads: set[str], found: dict[str, str]) -> dict[str, str] | Gap:
        """What 其他 is the value of: the one dimension that is named and has no value yet."""
        if not any(Fact(MARK, OTHER) in facts for facts in self.context.inner):
            return {}
        dimensions = (heads or self.context.around.siblings) - found.keys()
        if len(dimensions) != 1:
            return Gap("word", Text("“其他”是什么的其他", "'other' of what"), "其他")
        dimension = next(iter(dimensions))
        declared = {(value.dimension, value.id) for value in self.context.grid.values}
        return {dimension: "other" if (dimension, "other") in declared else own_value("其他")}

    def _with_titles(self, found: dict[str, str]) -> dict[str, str] | Gap:
        """The values with those of titles that no heading or label names."""
        for facts in self._titles():
            for dimension, values in self._titled(facts).items():
                if dimension in found or self._tell_apart(dimension, values):
                    continue
                value = next(iter(values))
                if self._has(dimension, value):
                    found[dimension] = value
                elif values & _WHOLE_ITEMS:
                    continue
                elif dimension == "item":
                    return gaps.only_item(self._printed(f"item:{value}"), self.programme)
                elif dimension != "source":
                    fact = Fact(VALUE, f"{dimension}:{value}")
                    return gaps.no_value(fact, self.programme, self.context.grid)
        return found

    def _titles(self) -> Iterator[Facts]:
        """The facts of the titles that may narrow a figure.

        The file's name may list what its tables are of (慈善捐赠与福彩公益金), a title for whom
        the benefits of several columns are (高龄、失能老年人).
        """
        is_named = False
        titles = self.context.around.titles
        for phrase, facts in zip(titles, self.context.senses.titles, strict=True):
            if not (is_named and _is_list(phrase)) and not _unknown_in_list(phrase):
                yield facts
            is_named = is_named or has_slot(facts, PROGRAMME)

    def _unclear_list(self) -> Gap | None:
        """The question about an unknown word that a title lists beside a value of its programme."""
        titles = self.context.around.titles
        for phrase, facts in zip(titles, self.context.senses.titles, strict=True):
            unknown = _unknown_in_list(phrase)
            if unknown and (self.context.from_title or has_slot(facts, PROGRAMME)):
                return gaps.unknown_word(unknown, phrase)
        return None

    def _printed(self, value: str) -> str:
        """The word of a title that names a value."""
        tokens = (token for phrase in self.context.around.titles for token in phrase.tokens)
        return next((token.text for token in tokens if token.has(VALUE, value)), "")

    def _tell_apart(self, dimension: str, values: set[str]) -> bool:
        """Whether rows or columns tell apart what a title lists, or it is the whole of a benefit.

        物价补贴发放表 is of that item alone: its persons are not all that have the benefit.
        """
        if len(values) > 1:
            return True
        if dimension != "item" or "item" in self.context.around.table_values:
            return dimension == "item"
        return bool(values & _WHOLE_ITEMS) and self.measure.group != "money"

    def _titled(self, facts: Facts) -> dict[str, set[str]]:
        titled: dict[str, set[str]] = {}
        for name in values_in([facts], VALUE):
            dimension, _, value = name.partition(":")
            if not self._is_implied(dimension, value):
                titled.setdefault(dimension, set()).add(value)
        return titled


# -- what only this table names ---------------------------------------------------------------


def _is_list(title: Phrase) -> bool:
    """Whether a title lists a programme and something else: 慈善捐赠与福彩公益金."""
    tokens = title.tokens
    return any(
        joint.text in _JOINTS
        and any(one.has(PROGRAMME) and other.has(VALUE) for one, other in ((a, b), (b, a)))
        for a, joint, b in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )


def _unknown_in_list(title: Phrase) -> str:
    """The unknown word with which a title lists a value: 高龄、失能老年人; empty where none."""
    tokens = title.tokens
    for a, joint, b in zip(tokens, tokens[1:], tokens[2:], strict=False):
        for word, other in ((a, b), (b, a)):
            is_strange = not word.senses and is_chinese(word.text)
            if joint.text in _JOINTS and is_strange and other.has(VALUE):
                return word.text
    return ""


def own_values(around: Around, grid: Grid) -> dict[str, str] | Gap:
    """Values that only this table names, by dimension (缺技术 below 致贫原因), or a gap.

    A heading must say the dimension: what stands beside values may be of another kind.
    """
    lost = _lost_word(around)
    if lost is not None:
        return lost
    own: dict[str, str] = {}
    for chain in (around.column, around.row):
        for level, phrase in enumerate(chain):
            unknown = strange_words(phrase) or bare_band(phrase)
            if not unknown:
                continue
            dimensions = facts_of(chain[level + 1 :], DIMENSION)
            if not dimensions and bare_band(phrase):
                dimensions = facts_of(around.titles, DIMENSION)
            if len(dimensions) != 1 or not _is_value(phrase, unknown):
                return gaps.unknown_word(whole_word(phrase, unknown[0]), phrase)
            dimension = next(iter(dimensions))
            own[dimension] = _value_named(dimension, unknown[0])
    return own


def bare_band(phrase: Phrase) -> list[str]:
    """A band such as 100-299 whose unit only a heading says, without which it says nothing."""
    band = _BAND.fullmatch(without_number(normal(phrase.text)).strip(":"))
    is_known = any(fact.slot == VALUE for fact in phrase.facts())
    return [f"{band[1]}-{band[2]}"] if band and not is_known else []


def _value_named(dimension: str, word: str) -> str:
    """The id of the value that a word names: an age where it is a band of ages."""
    band = _BAND.fullmatch(word)
    if band and dimension == "age":
        return f"a{band[1]}_{band[2]}"
    return own_value(f"{word}张" if band and dimension == "bed_scale" else word)


def _lost_word(around: Around) -> Gap | None:
    """What a heading's word may narrow that stands right before its programme: 户籍总人口."""
    for phrase in around.inner:
        for word, programme in pairwise(phrase.tokens):
            says_how = bool(word.senses) and all(s[0].slot == DIMENSION for s in word.senses)
            if says_how and programme.has(PROGRAMME):
                return gaps.unknown_word(word.text, phrase)
    return _allotted_word(around.column[0]) if around.column else None


def _allotted_word(heading: Phrase) -> Gap | None:
    """指标 behind a programme: what was allotted (助餐点指标), or only one of its figures."""
    *before, last = heading.tokens or (Token(""),)
    if last.text == _ALLOTTED and any(token.has(PROGRAMME) for token in before):
        return gaps.unknown_word(last.text, heading)
    return None


def _is_value(phrase: Phrase, unknown: Sequence[str]) -> bool:
    """Whether one short unknown word stands alone among words that say nothing."""
    return len(unknown) == 1 and len(unknown[0]) <= _LONGEST_VALUE and _says_nothing_else(phrase)


def _says_nothing_else(phrase: Phrase) -> bool:
    return all(
        not token.senses or any(sense[0].slot in (FILLER, MARK, WEAK) for sense in token.senses)
        for token in phrase.tokens
    )


def by_benefit(around: Around, grid: Grid) -> Around:
    """The words with programmes that are a group of other programmes' recipients read as that.

    Only below 其中, or in a column below a heading that names the programme: 低保人数 beside
    高龄津贴人数 are no part of them.
    """
    groups = {
        one.id for one in grid.values if one.dimension == "group" and one.id in grid.programmes
    }
    if any(Fact(MARK, OF_WHICH) in phrase.facts() for phrase in around.inner):
        column, row = (
            tuple(_grouped(phrase, groups) for phrase in chain)
            for chain in (around.column, around.row)
        )
        return replace(around, column=column, row=row)
    heads = facts_of(around.column[1:], PROGRAMME)
    if not heads or heads & groups:
        return around
    inner = _grouped(around.column[0], groups)
    return replace(around, column=(inner, *around.column[1:]))


def _grouped(phrase: Phrase, groups: set[str]) -> Phrase:
    tokens = tuple(
        replace(token, senses=tuple(_group_sense(sense, groups) for sense in token.senses))
        for token in phrase.tokens
    )
    return replace(phrase, tokens=tokens)


def _group_sense(sense: Sense, groups: set[str]) -> Sense:
    """A sense in which the programme is a value: of the group that has that benefit."""
    if not any(fact.slot == PROGRAMME and fact.value in groups for fact in sense):
        return sense
    return tuple(
        Fact(VALUE, f"group:{fact.value}") if fact.value in groups else fact
        for fact in sense
        if fact.slot != WEAK
    )


def with_own_kinds(around: Around) -> Around:
    """A label that no word covers and that is a kind of institution names it itself: 荣军医院."""
    phrases = (*around.inner, *around.titles)
    if not facts_of(phrases, MEASURE) & _OF_INSTITUTIONS:
        return around
    column, row = (
        (*map(_named_kind, chain[:1]), *chain[1:]) for chain in (around.column, around.row)
    )
    return replace(around, column=column, row=row)


def _named_kind(phrase: Phrase) -> Phrase:
    name = without_number(normal(phrase.text)).strip(":*#")
    if not strange_words(phrase) or not _is_name_of_kind(name):
        return phrase
    if any(fact.slot in (MEASURE, VALUE) for fact in phrase.facts()):
        return phrase
    return replace(phrase, tokens=(Token(name, ((Fact(PROGRAMME, own_programme(name)),),)),))


def _is_name_of_kind(name: str) -> bool:
    return len(name) <= _LONGEST_KIND and name.endswith(_KINDS) and not set(name) & set("()、,/")


# -- money that may be an item of spending ----------------------------------------------------

ALLOWANCE = Fact(VALUE, "item:allowance")


def allowance_fits(context: SlotContext) -> bool:
    """低保金 is an item of the spending where another money word stands, else the money.

    So is 基本生活费; and where another measure is named (结余), neither is the measure.
    """
    around = context.around
    facts = [fact for level in context.inner for fact in level]
    items = _items_or_money(around)
    as_money = sum(item not in facts for item in items)
    others = sum(fact.slot == MEASURE for fact in facts) > as_money
    if as_money and (others or (around.table_has_money and _may_be_allowance(around))):
        return False
    as_item = ALLOWANCE in items and ALLOWANCE in facts
    return not as_item or others or around.table_has_money


def _items_or_money(around: Around) -> list[Fact]:
    """The items of spending whose words may also mean the money itself."""
    found: list[Fact] = []
    for phrase in around.inner:
        for token in phrase.tokens:
            items = [f for sense in token.senses for f in sense if f.value.startswith("item:")]
            if items and token.has(MEASURE, "money"):
                found.append(items[0])
    return found


def _may_be_allowance(around: Around) -> bool:
    return any(
        len(token.senses) > 1 and token.has(*ALLOWANCE)
        for phrase in around.inner
        for token in phrase.tokens
    )
