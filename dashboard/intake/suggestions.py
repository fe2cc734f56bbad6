"""Proposes indicators that an unknown line may mean: those counted in the same unit first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from heapq import nlargest

from dashboard.catalogue.catalogue import Catalogue, plain_name

_MOST = 5
_LOOKED_AT = 40  # names that share most letters; only these are compared letter by letter
_LEAST = 0.35


class Suggestions:
    """The names of a catalogue, made ready once for many questions."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Reads names, aliases and the names of form lines."""
        self._catalogue = catalogue
        named: set[tuple[str, str]] = set()
        for indicator in catalogue.indicators.values():
            for name in (indicator.name.zh, indicator.name.en, *indicator.aliases):
                named.add((plain_name(name), indicator.id))
        named |= {(plain_name(line.name), line.indicator) for line in catalogue.lines}
        self._names = [(name, code) for name, code in sorted(named) if name]
        self._having: dict[str, list[int]] = defaultdict(list)  # letters and pairs -> names
        for place, (name, _) in enumerate(self._names):
            for letters in _pairs(name):
                self._having[letters].append(place)
        self._cached: dict[tuple[str, str], tuple[str, ...]] = {}

    def of(self, name: str, unit: str = "") -> tuple[str, ...]:
        """Up to five indicators' ids, best first; ``unit`` is the line's unit as printed."""
        sibling_unit = self._catalogue.find_unit(unit) if unit.strip() else None
        asked = (name, sibling_unit.dimension if sibling_unit else "")
        if asked not in self._cached:
            self._cached[asked] = self._best(*asked)
        return self._cached[asked]

    def _best(self, name: str, dimension: str) -> tuple[str, ...]:
        parts = [plain_name(part) for part in name.split("/")]
        wanted = {"".join(parts), parts[-1]}
        scores: dict[str, float] = {}
        for text in wanted:
            for score, code in self._alike(text):
                scores[code] = max(score, scores.get(code, 0.0))
        units = {one: self._catalogue.indicators[one].unit.dimension for one in scores}
        ranked = sorted(scores, key=lambda one: (units[one] != dimension, -scores[one], one))
        if not dimension:
            ranked = sorted(scores, key=lambda one: (-scores[one], one))
        return tuple(ranked[:_MOST])

    def _alike(self, text: str) -> Iterable[tuple[float, str]]:
        shared = Counter[int]()
        for letters in _pairs(text):
            shared.update(self._having.get(letters, ()))
        entries = ((count, *self._names[place]) for place, count in shared.items())
        near = nlargest(_LOOKED_AT, entries)
        for _, name, code in near:
            score = SequenceMatcher(None, text, name).ratio()
            if score >= _LEAST:
                yield score, code


def _pairs(text: str) -> frozenset[str]:
    """The letters and neighbouring pairs of letters in a name."""
    return frozenset(text) | {text[at : at + 2] for at in range(len(text) - 1)}
