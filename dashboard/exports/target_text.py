"""Says in words what a target's slide shows beside its path: the streets behind, and why."""

from __future__ import annotations

from dashboard.base.language import number, word
from dashboard.charts.model.target_slide import TargetSlide


def target_text(target: TargetSlide, language: str) -> str:
    """Which streets hold the target back, with what each lacks, and the reason; "" for neither."""
    texts = []
    if target.streets:
        named = word("list_comma", language).join(
            word(
                "document_street",
                language,
                name=street.name,
                value=number(street.value, target.decimals, language),
            )
            for street in target.streets
        )
        where = word("deck_where", language, what=target.head)
        stop = word("full_stop", language)
        texts.append(where + word("chart_comma", language) + named + stop)
    texts += [target.why] if target.why else []
    return ("" if language == "zh" else " ").join(texts)
