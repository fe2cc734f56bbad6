"""What a word of a table may mean: a programme, a measure, a breakdown, nothing, or left out."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from dashboard.base.language import Text, word
from dashboard.catalogue.grid import OWN, Grid
from dashboard.components.submissions.answers import LEAVE_OUT
from dashboard.components.submissions.choices import Choice
from dashboard.services.front_desk import FrontDesk

NOTHING = "nothing"
MOST = 40
MOST_ALIKE = 6  # meanings proposed before one searches
LEAST = 0.34


class _Meaning(NamedTuple):
    answer: str
    kind: str
    name: Text
    spellings: tuple[str, ...]


def _meanings(grid: Grid) -> Iterator[_Meaning]:
    for one in grid.programmes.values():
        names = (one.name.zh, *one.aliases, one.name.en)
        yield _Meaning(one.id, "programme", one.name, names)
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


def _dimension_name(grid: Grid, dimension: str) -> Text:
    zh = next((name for name, of in grid.headings.items() if of == dimension), dimension)
    return Text(zh, dimension.replace("_", " "))


def _likeness(text: str, spelling: str) -> float:
    if not text or not spelling:
        return 0.0
    if text in spelling or spelling in text:
        return 0.5 + 0.5 * min(len(text), len(spelling)) / max(len(text), len(spelling))
    return SequenceMatcher(None, text, spelling).ratio()


def word_choices(desk: FrontDesk, asked: str, text: str, chosen: str, say: str) -> list[Choice]:
    """Meanings that what was typed names, or where nothing was, those like the word itself.

    The breakdowns (the word is a value of one), "it says nothing" and leaving out come last.
    """
    wanted = text.strip().casefold()
    scored = []
    for meaning in _meanings(desk.catalogue.grid):
        names = [name.casefold() for name in meaning.spellings]
        score = max(_likeness(wanted or asked, name) for name in names)
        scored.append((score, meaning))
    scored.sort(key=lambda pair: -pair[0])
    most = MOST if wanted else MOST_ALIKE
    found = [one for score, one in scored if score >= LEAST][:most]
    if not wanted:
        kinds = [one for _, one in scored if one.kind == "breakdown" and one not in found]
        found += kinds
    if chosen and chosen not in {NOTHING, LEAVE_OUT, *(one.answer for one in found)}:
        found = [one for _, one in scored if one.answer == chosen] + found
    choices = [
        {
            "value": one.answer,
            "label": word(f"word_is_{one.kind}", say, name=one.name[say]),
            # What was searched for stays found: the browser filters by this once more.
            "search": " ".join([*one.spellings, text]),
        }
        for one in found
    ]
    for answer in (NOTHING, LEAVE_OUT):
        label = word(f"word_is_{'nothing' if answer == NOTHING else 'left_out'}", say)
        choices.append({"value": answer, "label": label, "search": f"{label} {text}"})
    return choices
