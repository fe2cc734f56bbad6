"""Finds indicators that a heading or a label names by their whole names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from dashboard.catalogue.concepts import Indicator
from dashboard.intake.forms.files.cells import text_of
from dashboard.intake.understanding import questions as asked
from dashboard.intake.understanding.meaning import Gap, Meaning
from dashboard.intake.understanding.phrases import Phrase, strip_unit
from dashboard.intake.understanding.places import names_period
from dashboard.intake.understanding.stated_basis import basis_of, titled_basis
from dashboard.intake.understanding.table import Table
from dashboard.intake.understanding.table_columns import Column
from dashboard.intake.understanding.table_rows import Row
from dashboard.intake.understanding.words import (
    ADDED,
    IN_MONTH,
    LEFT,
    MARK,
    OTHER,
    PLAN,
    PROGRAMME,
    SCOPE,
    TARGET,
    VALUE,
    Fact,
    normal,
)

_SHORTEST_NAME = 4  # of an indicator that is named as a whole
_NAMED_BY_HAND = (asked.WORD, asked.PROGRAMME_KIND, asked.MEASURE_KIND)
_OTHER_FIGURE = (TARGET, PLAN, ADDED, LEFT, OTHER)  # marks of another figure than the one named


class WholeNames:
    """Finds the indicators of one table that are named as a whole."""

    def __init__(self, table: Table, speaks_of_money: bool) -> None:
        """``speaks_of_money`` says whether a heading or label of the table names money."""
        self._table, self._known, self._grid = table, table.known, table.known.grid
        self._catalogue, self._titles = table.known.catalogue, table.titles
        self._speaks_of_money = speaks_of_money
        self._titled = {fact for phrase in table.titles for fact in phrase.facts()}

    def exact(self, column: Sequence[Phrase], row: Sequence[Phrase]) -> Meaning | None:
        """The indicator whose whole name a heading or a label is, where nothing narrows it.

        ``column`` and ``row`` are innermost first.
        """
        for chain, others in ((column, row), (row, column)):
            named = [phrase for phrase in chain if strip_unit(phrase.text, self._catalogue).strip()]
            if not named:
                continue
            name = strip_unit(named[0].text, self._catalogue)
            indicator = self._catalogue.named_exactly(name)
            if indicator is not None and self._agrees(indicator, named[0], (*named[1:], *others)):
                return self._meaning(indicator, (*column, *row))
        return None

    def declared(self, gap: Gap, column: Column, row: Row) -> str:
        """The id of an indicator outside the grid that headings or label name, or empty."""
        if gap.kind not in _NAMED_BY_HAND:
            return ""
        if any(phrase.unknown for phrase in row.phrases[1:]):
            return ""  # a part of something that is not understood
        path = [text for text in column.headings if not names_period(text)]
        label = [text_of(phrase.text) for phrase in row.phrases[:1]]
        for words in (label, path[-1:], path, [*path, *label], [*label, *path[-1:]]):
            indicator = self._named(words)
            if indicator is not None and self._leaves_nothing(words, (*path, *label)):
                return indicator.id
        return ""

    def _leaves_nothing(self, words: Sequence[str], texts: Sequence[str]) -> bool:
        """Whether the texts that are not among the words mean nothing."""
        return all(self._known.label(text).is_empty for text in texts if text not in words)

    def _meaning(self, indicator: Indicator, inner: Sequence[Phrase]) -> Meaning | None:
        basis = self.stated_basis(inner)
        cell = self._grid.cell_at(indicator.id)
        if cell is None:
            return Meaning(None, basis=basis, indicator=indicator.id)
        if ("item", "allowance") in cell.values and not self._speaks_of_money:
            return None
        if not basis and cell.in_month:
            basis = IN_MONTH
        return Meaning(cell._replace(in_month=False), basis=basis, indicator=indicator.id)

    def stated_basis(self, inner: Sequence[Phrase]) -> str:
        """What headings and labels say of the basis, else the titles."""
        basis = basis_of([list(phrase.facts()) for phrase in inner])
        return basis or titled_basis([list(phrase.facts()) for phrase in self._titles])

    def _named(self, words: Sequence[str]) -> Indicator | None:
        """The indicator of this name outside the grid, where no title narrows it."""
        name = "".join(strip_unit(word, self._catalogue) for word in words)
        indicator = self._catalogue.find_indicator(name) if len(name) >= _SHORTEST_NAME else None
        if (
            indicator is None
            or self._grid.is_declared(indicator.id)
            or self._is_narrowed(indicator)
        ):
            return None
        return indicator

    def _is_narrowed(self, indicator: Indicator) -> bool:
        """Whether the titles name a part, or a subject, that is not the indicator's own."""
        own = set(self._known.label(indicator.name.zh).facts())
        others = [fact for fact in self._titled if fact not in own]
        if any(fact.slot in (VALUE, SCOPE) for fact in others):
            return True
        titled = [fact.value for fact in others if fact.slot == PROGRAMME]
        subject = self._subject(indicator, own)
        return bool(titled and subject) and not any(
            self._goes_with(programme, subject) for programme in titled
        )

    def _subject(self, indicator: Indicator, own: Iterable[Fact]) -> set[str]:
        """The programmes of which an indicator outside the grid is, by its name or its parent."""
        cell = self._grid.cell_at(indicator.parent) if indicator.parent else None
        named = {fact.value for fact in own if fact.slot == PROGRAMME}
        return named | ({cell.programme} if cell else set())

    def _goes_with(self, titled: str, subject: Collection[str]) -> bool:
        """Whether a title's programme heads one of these, or is one of them."""
        if self._grid.programmes[titled].kind in ("spending", "head"):
            return True
        within = self._grid.is_within
        return any(within(own, titled) or within(titled, own) for own in subject)

    def _agrees(self, indicator: Indicator, own: Phrase, others: Sequence[Phrase]) -> bool:
        """Whether nothing around a whole name speaks of another subject or of a part."""
        stated = set(own.facts())
        topic = self._catalogue.topics.get(indicator.topic)
        titles = (topic.title.zh, topic.title.en.lower()) if topic else ()
        around = [p for p in (*others, *self._titles) if normal(p.text) not in titles]
        if any(phrase.unknown and not phrase.is_title for phrase in around):
            return False
        facts = (fact for phrase in around for fact in phrase.facts())
        return not any(self._narrows(fact, indicator, stated) for fact in facts)

    def _narrows(self, fact: Fact, indicator: Indicator, stated: set[Fact]) -> bool:
        """Whether a fact that the whole name does not state speaks of another subject or part."""
        if fact in stated:
            return False
        if fact.slot == MARK:
            return fact.value in _OTHER_FIGURE
        if fact.slot == PROGRAMME:
            return not self._contains(fact.value, indicator, stated)
        return fact.slot in (SCOPE, VALUE)

    def _contains(self, programme: str, indicator: Indicator, stated: set[Fact]) -> bool:
        """Whether a programme named around an indicator's whole name is its own or a wider one."""
        around = self._grid.programmes[programme]
        if around.kind in ("spending", "head"):
            return True
        cell = self._grid.cell_at(indicator.id)
        if cell is None:
            return around.topic == indicator.topic
        named = any(fact.slot == PROGRAMME for fact in stated)
        return cell.programme == programme or (
            named and self._grid.is_within(cell.programme, programme)
        )
