"""Writes words and numbers in two languages, numbers with 万/亿 or thousand/million.

Language is always an argument ("zh" or "en"), never a global. Every word a person sees stands in
``data/words.csv`` (key, zh, en); a missing key is an error in the tests and shows as the key.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date

from dashboard.base.english import agreeing
from dashboard.base.rounding import half_up

LANGUAGES = ("zh", "en")
DEFAULT_LANGUAGE = "zh"
WORDS_FILE = Path(__file__).resolve().parent.parent.parent / "data" / "words.csv"

_LOCALES = {"zh": Locale("zh", "Hans"), "en": Locale("en", "GB")}


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages; ``text["en"]`` falls back to Chinese where English is empty."""

    zh: str
    en: str = ""

    def __getitem__(self, language: str) -> str:
        """The text in this language."""
        return (self.en or self.zh) if language == "en" else (self.zh or self.en)


@dataclass(frozen=True, slots=True)
class Scale:
    """How base units are shown: divided by ``factor``, with ``label`` as the unit in words."""

    factor: float
    label: str
    decimals: int


def read_words(file: Path) -> dict[str, Text]:
    """Words of one file as ``{key: Text}``; raises ValueError naming file and line on a bad row."""
    words: dict[str, Text] = {}
    with file.open(encoding="utf-8-sig", newline="") as handle:
        for line, row in enumerate(csv.DictReader(handle), start=2):
            if not row.get("key") or not row.get("zh") or not row.get("en"):
                raise ValueError(f"{file.name}, line {line}: key, zh and en are all needed: {row}")
            if row["key"] in words:
                raise ValueError(f"{file.name}, line {line}: the key {row['key']} stands twice")
            words[row["key"]] = Text(row["zh"], row["en"])
    return words


@lru_cache(maxsize=1)
def _words() -> dict[str, Text]:
    return read_words(WORDS_FILE)


def add_words(words: dict[str, Text]) -> None:
    """Let a bureau's own words win over the shipped ones."""
    _words().update(words)


def word(key: str, language: str, **fields: object) -> str:
    """The word for ``key``, ``{name}`` fields filled in; the key itself where none is known.

    ``{name:street|streets}`` is the first where the field is one, else the second.
    """
    text = _words().get(key)
    if text is None:
        return key
    return agreeing(text[language], fields).format(**fields) if fields else text[language]


def in_both(key: str, **fields: object) -> Text:
    """The word for ``key`` in both languages.

    A field that is a Text, or a function of the language, is filled in by language.
    """
    return Text(*(word(key, language, **_fields_in(fields, language)) for language in LANGUAGES))


def _fields_in(fields: Mapping[str, object], language: str) -> dict[str, object]:
    return {name: _field_in(field, language) for name, field in fields.items()}


def _field_in(field: object, language: str) -> object:
    if isinstance(field, Text):
        return field[language]
    return field(language) if callable(field) else field


def known_words() -> frozenset[str]:
    """All keys, for the test that asks whether every key in the code has its words."""
    return frozenset(_words())


@lru_cache(maxsize=20_000)
def number(value: float | None, decimals: int, language: str, *, sign: bool = False) -> str:
    """A number with thousands separators and exactly ``decimals`` places, half up; "—" for none.

    A negative sign is the typographic minus, as tables print it.
    """
    if value is None:
        return "—"
    rounded = half_up(value, decimals)
    text = format(Decimal(str(abs(rounded))), f",.{max(decimals, 0)}f")  # alike in both languages
    if rounded < 0:
        return "−" + text
    return "+" + text if sign and rounded > 0 else text


MOST_FIGURES = 4  # significant figures of a headline


def headline(value: float | None, decimals: int, language: str) -> str:
    """The number as a headline prints it: whole, or with four significant figures at most.

    3,086.75 is 3,087 and 30.75 stays 30.75. It is rounded from the value, never from its print.
    """
    size = abs(half_up(value or 0.0, decimals))
    places = MOST_FIGURES - len(str(int(size)))
    return number(value, max(0, min(decimals, places)), language)


def as_written(value: float, decimals: int, language: str) -> str:
    """The number with all the places it has up to ``decimals``, without needless zeros."""
    rounded = Decimal(str(half_up(value, decimals))).normalize()
    return number(value, max(0, -int(rounded.as_tuple().exponent)), language)


def day_name(day: date, language: str) -> str:
    """A day in words: 2024年7月1日, 1 July 2024."""
    return format_date(day, format="long", locale=_LOCALES[language])


def known_name(known: date, language: str) -> str:
    """A day in words, or a moment with its time on this machine's clock."""
    if isinstance(known, datetime):
        local = known.astimezone()
        return f"{day_name(local.date(), language)} {local:%H:%M}"
    return day_name(known, language)


_STEPS: dict[tuple[str, str], tuple[tuple[float, str], ...]] = {
    ("money", "zh"): ((1e8, "亿"), (1e4, "万")),
    ("count", "zh"): ((1e8, "亿"), (1e6, "万")),
    ("money", "en"): ((1e6, "million "), (1e3, "thousand ")),
    ("count", "en"): ((1e6, "million "),),
}


def scale_for(
    largest: float | None, unit: Text, dimension: str, decimals: int, language: str
) -> Scale:
    """The scale in which a chart whose largest figure is ``largest`` (base units) is read best.

    ``dimension`` is the unit's: only "money" and countable units are scaled, rates never.
    万人 shows counts from a million (100 万) on, so that 11,022 人 stays exact.
    """
    kind = {"money": "money"}.get(dimension, "" if dimension in UNSCALED else "count")
    size = abs(largest or 0)
    for factor, prefix in _STEPS.get((kind, language), ()):
        if size >= factor:
            step = 1e4 if (factor == 1e6 and language == "zh") else factor
            return Scale(step, prefix + unit[language], 2)
    return Scale(1.0, unit[language], decimals)


UNSCALED = frozenset({"percent", "permille", "rate", "money_rate", "time", "grade", "multiple"})
