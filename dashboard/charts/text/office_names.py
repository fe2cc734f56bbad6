"""Names the offices of a bureau in the reader's language."""

from __future__ import annotations

from functools import lru_cache

from dashboard.base.language import known_words, word


@lru_cache(maxsize=1)
def _english() -> dict[str, str]:
    """The English name of each office by its Chinese name, from the words named office_…."""
    keys = [key for key in known_words() if key.startswith("office_")]
    return {word(key, "zh"): word(key, "en") for key in keys}


def office_name(owner: str, language: str) -> str:
    """Who owns a target, as it was entered; in English the names of usual offices (科室)."""
    return owner if language == "zh" else _english().get(owner, owner)
