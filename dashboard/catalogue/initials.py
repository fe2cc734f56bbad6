"""Makes the initials of Chinese names as people type them: 养老床位 is ylcw."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=8192)
def initials(name: str) -> str:
    """The first letters of a name's syllables, lower case, without what is no Chinese sign."""
    # The tables take most of a second to load, and only a search by initials needs them.
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER, errors="ignore"))


def starts_words(text: str) -> bool:
    """Whether a text can be meant as initials: two letters or more, and nothing else."""
    return len(text) > 1 and text.isascii() and text.isalpha()
