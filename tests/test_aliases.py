"""No alias narrows what it is an alias of: a part is never taken for the whole."""

from sheets import catalogue

from dashboard.catalogue.grid import is_implied
from dashboard.intake.understanding.lexicon import Lexicon, lexicon_of
from dashboard.intake.understanding.words import BOTH, PROGRAMME, SCOPE, VALUE, Fact, normal

GRID = catalogue().grid
FULL = lexicon_of(GRID)
CARRIERS = ("institution", "organisation", "bed_item", "head", "spending")
# Aliases that hold another programme's or value's word and mean the whole nevertheless.
SAME = {
    "五保老人": "everybody supported so is called so",
    "高龄生活补贴": "生活补贴 alone is another benefit",
    "居家养老服务补贴": "the subsidy pays for services at home only",
    "失能老年人护理补贴": "only those are entitled to it",
    "失能老人护理补贴": "only those are entitled to it",
    "农村颐养之家": "there are rural ones only",
    "补领结婚证和离婚证": "names both",
    "补领结婚证、离婚证": "names both",
}


def cut(text: str, without: set[str]):
    """The words of a text where some words are not known as one."""
    known = {word: senses for word, senses in FULL.words.items() if word not in without}
    return Lexicon(known, {}, FULL.longest).cut(normal(text))


def words_of(text: str, without: set[str]) -> set[Fact]:
    """What the words of a text may say."""
    return {fact for token in cut(text, without) for sense in token.senses for fact in sense}


def narrows(fact: Fact, programme) -> bool:
    """Whether a word says more than the programme itself: urban, of women, another one."""
    if fact.slot == SCOPE:
        return fact.value != BOTH
    if programme.kind in CARRIERS:
        return False  # institutions bear the names of those they are for
    if fact.slot == VALUE:
        dimension, _, value = fact.value.partition(":")
        implied = dimension == "group" and is_implied(value, programme)
        return not implied and dimension not in ("age", "item")
    if fact.slot != PROGRAMME or fact.value in programme.union:
        return False
    other = GRID.programmes[fact.value]
    whole = GRID.is_within(programme.id, other.id) or other.kind in (*CARRIERS, "population")
    return not whole and not any(GRID.is_within(one, other.id) for one in programme.union)


def is_narrower(alias: str, programme) -> bool:
    """Whether a word of an alias can only mean less than the programme."""
    names = {normal(word) for word in (programme.name.zh, *programme.aliases)}
    own = words_of(programme.name.zh, set()) | words_of(programme.name.zh, names)
    return any(
        token.senses
        and all(any(narrows(f, programme) for f in sense if f not in own) for sense in token.senses)
        for token in cut(alias, {normal(alias)})
    )


def test_no_alias_of_a_programme_narrows_it():
    found = [
        (programme.id, alias)
        for programme in GRID.programmes.values()
        for alias in programme.aliases
        if alias not in SAME and is_narrower(alias, programme)
    ]
    assert not found


def test_no_alias_of_an_indicator_names_urban_or_rural_where_it_is_of_both():
    found = []
    for indicator in catalogue().indicators.values():
        cell = GRID.cell_at(indicator.id)
        if cell is None or cell.scope:
            continue
        own = words_of(indicator.name.zh, set())
        for alias in indicator.aliases:
            scopes = {one for one in words_of(alias, set()) - own if one.slot == SCOPE}
            if any(one.value != BOTH for one in scopes):
                found.append((indicator.id, alias))
    assert not found
