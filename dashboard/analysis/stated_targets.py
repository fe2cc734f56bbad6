"""Reads targets and plans that reports state among their figures, without a copy of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dashboard.analysis.actuals import is_flow
from dashboard.catalogue.concepts import (
    Accumulation,
    Aggregation,
    Grade,
    Indicator,
    Observation,
    Polarity,
)
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.targets import Target, TargetKind

Stated = tuple[Observation, Grade, bool, str]  # its submission's grade, a sample?, its file
ABOUT = 0.1  # 左右: within a tenth

_AT_MOST = re.compile(r"不超过|不高于|不多于|不大于|以内|以下|控制在")
_AT_LEAST = re.compile(r"不少于|不低于|不小于|至少|以上|达到|超过?|全覆盖|余")
_ABOUT = re.compile(r"左右|上下|约")
_ADDED = re.compile(r"新增|净增|增加")
_EACH = re.compile(r"每|各(?:街|镇|乡|区|县|社区|村)")


def stated_kind(indicator: Indicator, words: str) -> tuple[TargetKind, float]:
    """What the words around a target ask for, and its tolerance.

    Where they do not say it: at most for what should be low, else at least.
    """
    summed = indicator.aggregation is Aggregation.SUM
    if _AT_MOST.search(words):
        return TargetKind.AT_MOST, 0.0
    if _is_quota(indicator, words):
        return TargetKind.RATIO, 0.0
    if _ABOUT.search(words):
        return TargetKind.EXACTLY, ABOUT
    if _ADDED.search(words) and summed and not is_flow(indicator):
        return TargetKind.INCREASE, 0.0
    if indicator.polarity is Polarity.LOWER_BETTER and not _AT_LEAST.search(words):
        return TargetKind.AT_MOST, 0.0
    return TargetKind.AT_LEAST, 0.0


def _is_quota(indicator: Indicator, words: str) -> bool:
    """Whether a rate is asked for in every area: where 每 or 各 says so."""
    return indicator.aggregation is Aggregation.RATIO and bool(_EACH.search(words))


def is_unsaid(indicator: Indicator, words: str) -> bool:
    """Whether nothing says if more or less is better: not the polarity, and none of the words."""
    patterns = (_AT_MOST, _AT_LEAST, _ABOUT, _ADDED)
    said = _is_quota(indicator, words) or any(pattern.search(words) for pattern in patterns)
    return indicator.polarity is Polarity.NEUTRAL and not said


def stated_targets(catalogue: Catalogue, statements: Iterable[Stated]) -> list[Target]:
    """Targets from figures of the kinds target and plan, in the order of their keys.

    Takes each statement of a current figure with the grade of its submission, whether that is a
    sample, and the file's name. Several statements of one figure are one target with all sources.
    """
    by_key: dict[tuple[str, str, int, str], list[Stated]] = {}
    for statement in statements:
        if statement[0].value is not None and statement[0].indicator in catalogue.indicators:
            by_key.setdefault(statement[0].key, []).append(statement)
    return [_target(catalogue, several) for _, several in sorted(by_key.items())]


def _target(catalogue: Catalogue, several: Sequence[Stated]) -> Target:
    first, grade, is_sample, _ = several[0]
    indicator = catalogue.indicators[first.indicator]
    words = " ".join(observation.source.phrase for observation, *_ in several)
    kind, tolerance = stated_kind(indicator, words)
    spanned = indicator.accumulation is Accumulation.OVER_SPAN
    return Target(
        first.indicator,
        first.area,
        first.period,
        kind,
        first.value or 0.0,
        since=first.since if spanned else None,
        source="；".join(
            dict.fromkeys(_source(observation, file) for observation, _, _, file in several)
        ),
        tolerance=tolerance,
        grade=grade,
        is_sample=is_sample,
        registered=False,
        kind_unsaid=is_unsaid(indicator, words),
    )


def _source(observation: Observation, file: str) -> str:
    at = observation.source
    place = at.title or " ".join(part for part in (file, at.sheet) if part)
    return f"{place} · “{at.phrase}”" if at.phrase else place
