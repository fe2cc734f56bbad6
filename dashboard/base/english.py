"""Makes English nouns and verbs agree with what is counted: 1 person, 2 people."""

from __future__ import annotations

import re
from collections.abc import Mapping

ONE = frozenset({"1", "+1", "−1", "-1"})  # as a number without decimals is printed
_IRREGULAR = {"people": "person", "remains": "remains", "cities": "city"}
_TAILS = re.compile(r" (?:a|per) |/| \(")  # "couples a day": what is counted stands before
_CHOICE = re.compile(r"\{(\w+):([^{}|]*)\|([^{}|]*)\}")


def is_one(value: object) -> bool:
    """Whether a count or a number as it is printed is one: 1, −1, but not 1.0."""
    return str(value).strip() in ONE


def singular(noun: str) -> str:
    """What a noun in the plural is called of one: people to person, beds per 1000 to bed per 1000.

    A sign or a noun that has no plural (%, m², yuan, thousand people) stays as it is.
    """
    tail = _TAILS.search(noun)
    end = tail.start() if tail else len(noun)
    counted, rest = noun[:end], noun[end:]
    if counted.startswith(("thousand ", "million ", "10 ", "100 ", "per ")):
        return noun
    before, _, last = counted.rpartition(" ")
    return f"{before} {_singular_word(last)}".lstrip() + rest


def _singular_word(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def counted(number: str, noun: str) -> str:
    """The noun as it stands behind a printed number: person behind 1, people behind 1.0 and 2."""
    return singular(noun) if is_one(number) else noun


def agreeing(text: str, fields: Mapping[str, object]) -> str:
    """A text with each ``{count:street|streets}`` chosen by whether its field is one."""
    if "|" not in text:
        return text

    def chosen(match: re.Match[str]) -> str:
        name, one, many = match.groups()
        return one if is_one(fields.get(name, "")) else many

    return _CHOICE.sub(chosen, text)
