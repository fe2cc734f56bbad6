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
    wholes = [plain_name(text) for text in (whole.name.zh, *whole.aliases)]
    stems = {text.removesuffix(ending) for text in wholes for ending in _COUNTED}
    spoken = {stem + short + ending for stem in stems for ending in _COUNTED}
    indicators = [
        part
        for part in catalogue.children(whole.id)
        if any(plain_name(line.name) == short for line in catalogue.codes_of(part.id))
        or spoken.intersection(plain_name(text) for text in (part.name.zh, *part.aliases))
    ]
    return indicators[0] if short and len(indicators) == 1 else None
