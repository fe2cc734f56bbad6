"""Lists what a word of a table may mean: a programme, a measure, a breakdown, nothing, left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

from dashboard.base.language import Text, word
from dashboard.catalogue.grid import OWN, Grid
from dashboard.components.submissions.answers import LEAVE_OUT
from dashboard.components.submissions.choices import Choice
from dashboard.services.front_desk import FrontDesk

NOTHING = "nothing"
MOST = 40
MOST_ALIKE = 6  # meanings proposed before one searches
LEAST = 0.34
_BASES = {  # what a total over some months may be, by the words of tables for it
    "本年累计": Text("年初以来的累计", "total since January"),
    "本季度": Text("只是这一段时间的累计", "total of that time alone"),
}


class _Meaning(NamedTuple):
    answer: str
    kind: str
    name: Text
    spellings: tuple[str, ...]


class _Spelled(NamedTuple):
    """A meaning, and each of its spellings in small letters with its letters counted."""

    meaning: _Meaning
    spellings: tuple[tuple[str, Counter[str]], ...]


_Ranked = tuple[tuple[float, _Meaning], ...]
_SPELLED: WeakKeyDictionary[Grid, tuple[_Spelled, ...]] = WeakKeyDictionary()


def _spelled(grid: Grid) -> tuple[_Spelled, ...]:
    """The meanings of a grid, made ready once: a table asks for hundreds of words."""
    if grid not in _SPELLED:
        _SPELLED[grid] = tuple(
            _Spelled(meaning, tuple((one, Counter(one)) for one in folded))
            for meaning in _meanings(grid)
            for folded in [[name.casefold() for name in meaning.spellings if name]]
        )
    return _SPELLED[grid]


def _meanings(grid: Grid) -> Iterator[_Meaning]:
    for programme in grid.programmes.values():
        names = (programme.name.zh, *programme.aliases, programme.name.en)
        yield _Meaning(programme.id, "programme", programme.name, names)
    for measure in grid.measures.values():
        names = (measure.name.zh, *measure.aliases, measure.name.en)
        yield _Meaning(measure.id, "measure", measure.name, names)
    for dimension in grid.dimensions:
        if dimension != OWN:
            name = _dimension_name(grid, dimension)
            yield _Meaning(dimension, "breakdown", name, (name.zh, name.en))
    for value in grid.values:
        if value.dimension != "age":
            above = _dimension_name(grid, value.dimension)
            name = Text(f"{above.zh} · {value.name.zh}", f"{above.en} · {value.name.en}")
            spellings = (value.name.zh, *value.aliases, *value.short, value.name.en)
            yield _Meaning(f"{value.dimension}:{value.id}", "value", name, spellings)
    for answer, name in _BASES.items():
        yield _Meaning(answer, "basis", name, (answer, name.zh, name.en))


def _dimension_name(grid: Grid, dimension: str) -> Text:
    zh = next((name for name, of in grid.headings.items() if of == dimension), dimension)
    return Text(zh, dimension.replace("_", " "))


def _likeness(text: str, letters: Counter[str], spelling: str, others: Counter[str]) -> float:
    """How like two texts are, 0 to 1; 0 where they cannot come to LEAST."""
    if text in spelling or spelling in text:
        return 0.5 + 0.5 * min(len(text), len(spelling)) / max(len(text), len(spelling))
    # No order of letters is liker than the letters that both have.
    if 2 * (letters & others).total() < LEAST * (len(text) + len(spelling)):
        return 0.0
    return SequenceMatcher(None, text, spelling).ratio()


def word_choices(
    desk: FrontDesk, asked: str, text: str, chosen: str, language: str
) -> list[Choice]:
    """Meanings that what was typed names, or where nothing was, those like the word itself.

    The breakdowns (the word is a value of one), "it says nothing" and leaving out come last.
    """
    wanted = text.strip().casefold()
    ranked = _ranked(desk.catalogue.grid, wanted or asked)
    likely = [meaning for score, meaning in ranked if score >= LEAST]
    meanings = [meaning for _, meaning in ranked]
    offered = likely[:MOST] if wanted else _proposed(likely, meanings)
    choices = [_choice(meaning, text, language) for meaning in _with(chosen, offered, meanings)]
    for answer, key in ((NOTHING, "word_is_nothing"), (LEAVE_OUT, "word_is_left_out")):
        label = word(key, language)
        choices.append({"value": answer, "label": label, "search": f"{label} {text}"})
    return choices


@lru_cache(maxsize=256)  # a preview is drawn in both languages
def _ranked(grid: Grid, text: str) -> _Ranked:
    """All meanings with how like a text their likest spelling is, the likest first."""
    letters = Counter(text)
    scored = [
        (max((_likeness(text, letters, *one) for one in spellings if text), default=0.0), meaning)
        for meaning, spellings in _spelled(grid)
    ]
    return tuple(sorted(scored, key=lambda pair: -pair[0]))


def _proposed(likely: list[_Meaning], meanings: list[_Meaning]) -> list[_Meaning]:
    """The likest few, then every breakdown that is not among them."""
    first = likely[:MOST_ALIKE]
    return first + [
        meaning for meaning in meanings if meaning.kind == "breakdown" and meaning not in first
    ]


def _with(chosen: str, offered: list[_Meaning], meanings: list[_Meaning]) -> list[_Meaning]:
    """What is offered, and before it the chosen meaning where it is not among them."""
    if chosen in {"", NOTHING, LEAVE_OUT, *(meaning.answer for meaning in offered)}:
        return offered
    return [meaning for meaning in meanings if meaning.answer == chosen] + offered


def _choice(meaning: _Meaning, text: str, language: str) -> Choice:
    return {
        "value": meaning.answer,
        "label": word(f"word_is_{meaning.kind}", language, name=meaning.name[language]),
        # What was searched for stays among the choices: the browser filters by this once more.
        "search": " ".join([*meaning.spellings, text]),
    }
