"""Finds the indicator that somebody names: as the catalogue does, or composed of its words."""

from __future__ import annotations

from dashboard.base.language import Text
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Accumulation, FigureKind, Indicator
from dashboard.intake.suggestions import Suggestions
from dashboard.intake.understanding.figure_meaning import understand
from dashboard.intake.understanding.lexicon import lexicon_of
from dashboard.intake.understanding.meaning import Around, Gap
from dashboard.intake.understanding.phrases import Phrase, label_phrase
from dashboard.intake.understanding.words import (
    IN_MONTH,
    PROGRAMME,
    SCOPE,
    TO_DATE,
    VALUE,
    Fact,
)


def named_indicator(catalogue: Catalogue, text: str) -> Indicator | None:
    """The indicator of an id, code or name, or one composed as the headings of tables are.

    特困人员集中供养人数 or 当月临时救助人次 are in no list. None where the words may mean several.
    """
    if not text.strip():
        return None
    return catalogue.find_indicator(text) or _composed(catalogue, text)


def unknown_name(catalogue: Catalogue, text: str) -> Text:
    """The names nearest to one that means nothing, or several things, to end a refusal with."""
    near = [catalogue.indicators[one] for one in Suggestions(catalogue).of(text)] if text else []
    if not near:
        return Text("", "")
    zh, en = (
        sep.join(one.name[lang] for one in near) for sep, lang in (("、", "zh"), (", ", "en"))
    )
    return Text(f"，相近的有：{zh}", f"; near to it: {en}")


def _composed(catalogue: Catalogue, text: str) -> Indicator | None:
    grid = catalogue.grid
    phrase = label_phrase(text, lexicon_of(grid), catalogue)
    if phrase.unknown:
        return None
    meaning = understand(Around((phrase,), (), ()), grid)
    if isinstance(meaning, Gap) or meaning.cell is None or meaning.kind is not FigureKind.ACTUAL:
        return None
    whole = catalogue.indicators.get(grid.id_of(meaning.cell))
    if whole is None or meaning.basis not in ("", TO_DATE, IN_MONTH):
        return None
    own = label_phrase(whole.name.zh, lexicon_of(grid), catalogue)
    if not _narrowing(own) <= _narrowing(phrase):
        return None  # 低保人数: of towns, of villages or of both
    if meaning.basis != IN_MONTH:
        return whole
    month = catalogue.indicators.get(grid.id_of(meaning.cell._replace(in_month=True)))
    return month if month and month.accumulation is Accumulation.IN_MONTH else None


def _narrowing(phrase: Phrase) -> set[Fact]:
    """What the words say of whom or what the figure is."""
    return {fact for fact in phrase.facts() if fact.slot in (PROGRAMME, SCOPE, VALUE)}
