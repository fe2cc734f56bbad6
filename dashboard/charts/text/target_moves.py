"""Says where a target went when its area was merged, split or renamed."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.analysis.target_succession import Succession
from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.targets import Target


def moved(went: Succession | None, target: Target, areas: Areas, language: str) -> list[str]:
    """What became of the target, and of which targets it was made; nothing where neither is so."""
    texts = []
    if went is not None:
        month = periods.name(went.period, language)
        names = _names(went.areas, areas, language)
        texts.append(word(f"target_went_{went.how}", language, period=month, areas=names))
    if target.carried:
        names = _names(target.carried, areas, language)
        texts.append(word("target_carried", language, areas=names))
    return texts


def _names(codes: Iterable[str], areas: Areas, language: str) -> str:
    return word("list_comma", language).join(areas.name_of(code, language) for code in codes)
