"""Names the part of a whole that a line of an official form means: 其中:女性 below 低保人数."""

from __future__ import annotations

from dashboard.catalogue.catalogue import Catalogue, plain_name
from dashboard.catalogue.concepts import Indicator

_COUNTED = ("", "人数", "户数", "对数", "数")


def part_of(whole: Indicator, name: str, catalogue: Catalogue) -> Indicator | None:
    """The one declared part of ``whole`` that a line or heading 其中:女性 below it means, or None.

    By the part's short name in a form (女性), or by its own name without that of the whole.
    """
    short = plain_name(name)
    full_names = _full_names(whole, short)
    indicators = [
        part
        for part in catalogue.children(whole.id)
        if any(plain_name(line.name) == short for line in catalogue.codes_of(part.id))
        or full_names.intersection(_plain_names(part))
    ]
    return indicators[0] if short and len(indicators) == 1 else None


def _full_names(whole: Indicator, short: str) -> set[str]:
    """The names that a part with this short name may have: 低保女性, 低保女性人数."""
    stems = {text.removesuffix(ending) for text in _plain_names(whole) for ending in _COUNTED}
    return {stem + short + ending for stem in stems for ending in _COUNTED}


def _plain_names(indicator: Indicator) -> list[str]:
    return [plain_name(text) for text in (indicator.name.zh, *indicator.aliases)]
