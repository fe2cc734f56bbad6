"""Cuts a text into the words of the field, longest first, with what each may mean."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from dashboard.catalogue.grid import Grid, own_value
from dashboard.intake.understanding.words import (
    ALTERS,
    BASIS,
    DIMENSION,
    FILLER,
    MARK,
    MEASURE,
    PROGRAMME,
    SCOPE,
    SHORT,
    TO_DATE,
    VALUE,
    WEAK,
    Fact,
    Sense,
    Token,
    is_chinese,
    normal,
    without_number,
)

LONGEST_LABEL = 400  # characters; a longer text is no label, and is not cut into words
_REMEMBERED = 50_000  # texts
_NOISE = "noise"  # words that say nothing in a title
# Words that may be a benefit's money as well as what else they are.
_ALSO_MEAN = (
    (("低保金", "最低生活保障金"), (Fact(PROGRAMME, "dibao"), Fact(MEASURE, "money"))),
    (
        ("基本生活费", "基本生活补贴", "基本生活保障金", "基本生活资金"),
        (Fact(MEASURE, "money"),),
    ),
    (("基本生活标准",), (Fact(MEASURE, "standard"),)),
    (
        ("村(居)委会成员", "村居委会成员", "村(居)民委员会成员"),
        (Fact(PROGRAMME, "committees"), Fact(MEASURE, "members")),
    ),
    (
        ("村委会成员", "村民委员会成员"),
        (Fact(PROGRAMME, "villagers_committees"), Fact(MEASURE, "members")),
    ),
    (
        ("居委会成员", "居民委员会成员", "社区居委会成员"),
        (Fact(PROGRAMME, "residents_committees"), Fact(MEASURE, "members")),
    ),
    (("火化率", "遗体火化率"), (Fact(PROGRAMME, "cremations"), Fact(MEASURE, "cremation_rate"))),
    (("粗结婚率",), (Fact(PROGRAMME, "marriages"), Fact(MEASURE, "per_thousand"))),
    (("粗离婚率",), (Fact(PROGRAMME, "divorces_all"), Fact(MEASURE, "per_thousand"))),
)
# Labels that mean it as a whole only, below the beds that they are of.
_LABELS = ((("护理型", "护理型数"), (Fact(MEASURE, "nursing_beds"),)),)
_AGE_SPAN = re.compile(
    r"(\d{1,3})(?:周岁|岁)?(?:[-—–~－]+|至|到)(\d{1,3})(?:周岁|岁)(?:的|\(含\))?"
)
_AGE_UP = re.compile(
    r"(?:(?:年满|满)?(\d{1,3})(?:周岁|岁)(?:\(含\))?(?:及其|及|\(含\d*\))?以上|(百)岁以上|(百)岁(?=老|$|人))(?:的)?"
)
_AGE_UNDER = re.compile(r"(?:不满|未满)(\d{1,3})(?:周岁|岁)|(\d{1,3})(?:周岁|岁)(?:及其|及)?以下")
# Sizes of institutions by their beds: without this 张 would count the beds themselves.
_COUNTED_BEDS = r"\d{1,4}(?:\(含\))?(?:张|床)(?:养老)?(?:床位数?)?(?:\(含\))?"
_BED_SCALE = re.compile(
    r"(?:养老)?(?:床位数?)?(?:在)?(?:"
    rf"\d{{1,4}}(?:张|床)?(?:\(含\))?(?:[-—–~－]+|至|到){_COUNTED_BEDS}(?:之间)?"
    rf"|{_COUNTED_BEDS}(?:及|\(含\))?以[上下](?:\(含(?:\d+[张床]?)?\))?"
    rf"|(?:不足|不满|低于|少于|小于|超过|大于|高于){_COUNTED_BEDS}"
    r"|\d{1,4}[张床]?[<≤][床位数]*[<≤]\d{1,4}[张床]?)(?:床位)?"
)
# English behind the Chinese of a bilingual label: 镇Towns
_ENGLISH_AFTER = re.compile(r"(?<=[一-鿿)])[A-Z][a-z][A-Za-z'’&.-]*$")
_BRACKETED = re.compile(r"\(([^()]{2,30})\)")
_OF_BEDS = re.compile(r"养老|床位数?|在|之间|\(含(?:\d+[张床]?)?\)")
_TO_BLANK = re.compile(r"0?1月?(?:[-—–~－]+|至|到)月(?:份|末|底)?")  # to the table's month
_TO_MONTH = re.compile(r"(?:\d{4}年)?0?1月?(?:[-—–~－]+|至|到)\d{0,2}月(?:份|末|底)?")


@dataclass(frozen=True, eq=False)
class Lexicon:
    """What every known word may mean. ``short`` are words that mean it only as a whole label;
    ``noise`` are those that say nothing in a title, ``altering`` what others do to it there.
    """

    words: dict[str, tuple[Sense, ...]]
    short: dict[str, tuple[Sense, ...]]
    longest: int
    noise: frozenset[str] = frozenset()
    altering: Mapping[str, tuple[Sense, ...]] = field(default_factory=dict)
    whole: dict[str, Sense] = field(default_factory=dict)  # labels that a person has explained
    explained: frozenset[str] = frozenset()  # words inside labels that a person has explained
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)  # to programmes of that name
    _cache: dict[tuple[str, bool], tuple[Token, ...]] = field(default_factory=dict, repr=False)

    def cut(self, text: str, *, title: bool = False) -> tuple[Token, ...]:
        """The words of a normal text in order; stretches that no word covers have no sense.

        As little as possible stays unknown, in as few words as possible. In a title the words of
        offices and publications say nothing.
        """
        if len(text) > LONGEST_LABEL:
            return (Token(text),)
        asked = (text, title)
        if asked not in self._cache:
            if len(self._cache) >= _REMEMBERED:
                self._cache.clear()
            tokens = self._cut(self._without_synonyms(text), title)
            self._cache[asked] = tokens if title else self._without_fragments(tokens)
        return self._cache[asked]

    def _without_synonyms(self, text: str) -> str:
        """A text without another name of a programme in brackets: 民办非企业单位(社会服务机构)."""
        for bracket in reversed(list(_BRACKETED.finditer(text))):
            before, other = text[: bracket.start()], self.names.get(bracket[1])
            whole = bracket.end() in (end for end, _ in self._ends(text, bracket.start()))
            if other and not whole and self._same_before(before, other):
                text = before + text[bracket.end() :]
        return text

    def _ends(self, text: str, at: int) -> Iterator[tuple[int, str]]:
        """Where words end that begin before a place and reach over it."""
        for start in range(max(0, at - self.longest), at):
            for end in range(at + 1, min(len(text), start + self.longest) + 1):
                if text[start:end] in self.words:
                    yield end, text[start:end]

    def _same_before(self, before: str, programmes: frozenset[str]) -> bool:
        """Whether the longest name with which a text ends is one of some programmes."""
        for start in range(max(0, len(before) - self.longest), len(before)):
            own = self.names.get(before[start:])
            if own:
                return own == programmes and before[start:] in self.words
        return False

    def label(self, text: str) -> tuple[Token, ...]:
        """The words of a whole label, which may be a word too short to stand inside others."""
        whole = _ENGLISH_AFTER.sub("", without_number(text)).strip(":")
        part = re.match(r"其中[:]?", whole)
        rest = whole[part.end() :] if part else whole
        if rest in self.whole:
            said = Token(rest, (self.whole[rest],))
            return (*self.cut(part[0]), said) if part else (said,)
        found = self.short.get(rest)
        if found is None:
            return self.cut(whole)
        plain = self.cut(rest)
        others = plain[0].senses if len(plain) == 1 else ()
        said = Token(rest, (*found, *(s for s in others if s[0].slot != FILLER)))
        return (*self.cut(part[0]), said) if part else (said,)

    def covers(self, label: str) -> bool:
        """Whether every word of a label is known and says what is measured, or they are several.

        An explanation of such a label counts for it as a whole only: 人数 is still 人数 elsewhere.
        """
        tokens = self.label(label)
        if not all(token.senses for token in tokens):
            return False
        if all(token.has(FILLER) for token in tokens):
            return False  # 管理人员 is asked where it is more than 管理 and 人员
        return len(tokens) > 1 or any(token.has(MEASURE) for token in tokens)

    def _cut(self, text: str, title: bool) -> tuple[Token, ...]:
        size = len(text)
        # best[i]: unknown letters, words, and their lengths (longer first) of the first i letters
        best: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
        best += [(size + 1, 0, ())] * size
        came: list[tuple[int, tuple[Sense, ...]]] = [(0, ())] * (size + 1)
        for start in range(size):
            unknown, words, lengths = best[start]
            for end, senses in self._from(text, start, title):
                price = (unknown, words + 1, (*lengths, start - end))
                if price < best[end]:
                    best[end], came[end] = price, (start, senses)
            price = (unknown + 1, words + 1, (*lengths, 0))
            if price < best[start + 1]:
                best[start + 1], came[start + 1] = price, (start, ())
        tokens: list[Token] = []
        end = size
        while end:
            start, senses = came[end]
            if not senses and tokens and not tokens[-1].senses:
                tokens[-1] = Token(text[start:end] + tokens[-1].text)
            else:
                tokens.append(Token(text[start:end], senses))
            end = start
        return tuple(reversed(tokens))

    def _without_fragments(self, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        """The words; one that a person explained says nothing as a part of an unknown word.

        上调 that was explained leaves 上调款 to be asked.
        """
        if not any(token.text in self.explained for token in tokens):
            return tokens
        joined: list[Token] = []
        is_open = False  # whether the last word may be a part of the next one
        for token in tokens:
            is_strange = not token.senses and is_chinese(token.text)
            may_join = is_strange or token.text in self.explained
            if is_open and may_join and (is_strange or not joined[-1].senses):
                joined[-1] = Token(joined[-1].text + token.text)
            else:
                joined.append(token)
            is_open = may_join
        return tuple(joined)

    def _from(self, text: str, start: int, title: bool) -> Iterable[tuple[int, tuple[Sense, ...]]]:
        for pattern, read in _TITLE_PATTERNS if title else _PATTERNS:
            match = pattern.match(text, start)
            if match:
                yield match.end(), read(match)
        for end in range(start + 1, min(len(text), start + self.longest) + 1):
            word = text[start:end]
            altering = self.altering.get(word) if title else None
            senses = altering or self.words.get(word)
            if senses:
                yield end, senses
            elif title and word in self.noise:
                yield end, _SAYS_NOTHING
            elif word in _MARKS_ONLY:
                yield end, _SAYS_NOTHING


_SAYS_NOTHING: tuple[Sense, ...] = ((Fact(FILLER, ""),),)
_MARKS_ONLY = frozenset("-—–_:;,.。,/()“”\"'·《》<>|+~…")


def _age_span(match: re.Match[str]) -> tuple[Sense, ...]:
    return ((Fact(VALUE, f"age:a{match[1]}_{match[2]}"),),)


def _age_up(match: re.Match[str]) -> tuple[Sense, ...]:
    return ((Fact(VALUE, f"age:a{match[1] or 100}_up"),),)


def _age_under(match: re.Match[str]) -> tuple[Sense, ...]:
    return ((Fact(VALUE, f"age:under_{match[1] or match[2]}"),),)


def _to_month(match: re.Match[str]) -> tuple[Sense, ...]:
    return ((Fact(BASIS, TO_DATE),),)


def _bed_scale(match: re.Match[str]) -> tuple[Sense, ...]:
    """The band as it is always named: 床位100张(含)至299张 and 100～299张 are 100-299张."""
    band = match[0]
    if "<" not in band and "≤" not in band:
        band = _OF_BEDS.sub("", band).replace("床", "张")
        band = re.sub("张?[-—–~－至到]+", "-", band)
    return ((Fact(VALUE, f"bed_scale:{own_value(band)}"),),)


_PATTERNS = (
    (_BED_SCALE, _bed_scale),
    (_AGE_SPAN, _age_span),
    (_AGE_UP, _age_up),
    (_AGE_UNDER, _age_under),
    (_TO_BLANK, _to_month),
)
_TITLE_PATTERNS = (*_PATTERNS, (_TO_MONTH, _to_month))  # a heading's months are its period


class _Words(defaultdict[str, list[Sense]]):
    """The senses of each word, each once and in the order in which they were added."""

    def __init__(self) -> None:
        super().__init__(list)

    def add(self, word: str, *facts: Fact) -> None:
        """Adds a sense of a word; an empty word has none."""
        if word and facts not in self[word]:
            self[word].append(facts)

    def senses(self) -> dict[str, tuple[Sense, ...]]:
        """The words with their senses."""
        return {word: tuple(senses) for word, senses in self.items()}


def build(grid: Grid, own: Mapping[str, Sense] | None = None) -> Lexicon:
    """The lexicon of a grid, with the words that a bureau has added to it."""
    words, short = _Words(), _Words()
    _add_programmes(grid, words, short)
    _add_measures(grid, words)
    _add_values(grid, words, short)
    _add_table_words(grid, words)
    _add_labels(short)
    explained = {normal(word): sense for word, sense in (own or {}).items()}
    of_labels = {word: sense for word, sense in explained.items() if _is_label(grid, word, sense)}
    inside = frozenset(explained.keys() - of_labels.keys())
    words.update((word, [explained[word]]) for word in inside)
    known = words.senses()
    noise = frozenset(word for word, _ in _table_words(grid, _NOISE))
    altering = {
        word: ((Fact(ALTERS, kind),),)
        for word, kind in grid.words_by_value(ALTERS).items()
        if word not in explained and not word.isascii()
    }
    longest, names = max(map(len, (*known, *altering))), _names(grid)
    return Lexicon(known, short.senses(), longest, noise, altering, of_labels, inside, names)


def _is_label(grid: Grid, word: str, sense: Sense) -> bool:
    """Whether what a person explained counts as a whole label only: a letter, or known words."""
    if len(word) < 2:
        return True
    if all(fact.slot == FILLER for fact in sense):
        return False  # 基本生活补贴 is asked inside a label too
    return lexicon_of(grid).covers(word)


def _names(grid: Grid) -> dict[str, frozenset[str]]:
    """Every name of every programme, short ones too, with the programmes that it names."""
    names: dict[str, set[str]] = defaultdict(set)
    for programme in grid.programmes.values():
        for word in (programme.name.zh, *programme.aliases, *programme.short):
            names[normal(word).removeprefix("~")].add(programme.id)
    return {word: frozenset(programmes) for word, programmes in names.items()}


def _add_programmes(grid: Grid, words: _Words, short: _Words) -> None:
    for programme in grid.programmes.values():
        for word in (programme.name.zh, *programme.aliases):
            if word not in programme.short:
                counted = (Fact(WEAK, "households"),) if word.endswith(("户", "家庭")) else ()
                words.add(normal(word), Fact(PROGRAMME, programme.id), *counted)
        for word in programme.short:
            where = words if word.startswith("~") else short
            facts = Fact(PROGRAMME, programme.id), Fact(SHORT, "")
            where.add(normal(word).removeprefix("~"), *facts)


def _add_measures(grid: Grid, words: _Words) -> None:
    for measure in grid.measures.values():
        for word in measure.aliases:
            words.add(normal(word), Fact(MEASURE, measure.id))


def _add_labels(short: _Words) -> None:
    for labels, sense in _LABELS:
        for label in labels:
            short.add(label, *sense)


def _add_values(grid: Grid, words: _Words, short: _Words) -> None:
    for value in grid.values:
        fact = Fact(VALUE, f"{value.dimension}:{value.id}")
        of_benefit = value.dimension == "group" and value.id in grid.programmes
        for word in (value.name.zh, *value.aliases):
            if value.dimension != "age" and not of_benefit:
                words.add(normal(word), fact)
        for word in value.short:
            short.add(normal(word), fact, Fact(SHORT, ""))
    for word, dimension in grid.headings.items():
        words.add(normal(word), Fact(DIMENSION, dimension))


def _add_table_words(grid: Grid, words: _Words) -> None:
    """Adds the words of marks, bases and scopes, and those that say nothing where none is known."""
    for slot in (MARK, BASIS, SCOPE, WEAK):
        for word, value in _table_words(grid, slot):
            words.add(word, Fact(slot, value))
    for spellings, sense in _ALSO_MEAN:
        for word in spellings:
            words[word].append(sense)
    for word, beside in _table_words(grid, FILLER):
        if word not in words:
            words.add(word, Fact(FILLER, beside))


def _table_words(grid: Grid, slot: str) -> Iterator[tuple[str, str]]:
    """The words of a slot, each with what it means."""
    for (named, value), spellings in grid.words.items():
        if named == slot:
            yield from ((word, value) for word in spellings)


@lru_cache(maxsize=8)
def lexicon_of(grid: Grid) -> Lexicon:
    """The lexicon of a grid alone."""
    return build(grid)
