"""Splits a chart's sentence into phrases and links its figures to their sources."""

from __future__ import annotations

import re

from dashboard.analysis.figure_key import FigureKey
from dashboard.base.language import word
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.report import Paragraph, Phrase, Trace
from dashboard.charts.text.narrative_phrases import merged


def _origins(chart: Chart) -> dict[str, FigureKey]:
    """Printed numbers of the table, of those that only one figure is printed as."""
    origins: dict[str, set[FigureKey]] = {}
    for (_, cells), keys in zip(chart.table.rows, chart.table.figures, strict=False):
        for text, key in zip(cells, keys, strict=True):
            if key is not None and any(sign.isdigit() for sign in text):
                origins.setdefault(text, set()).add(key)
    return {text: next(iter(keys)) for text, keys in origins.items() if len(keys) == 1}


_ABSENT = ("year_on_year", "on_month", "on_quarter", "on_half_year")


def without_absent_base(sentence: str, language: str) -> str:
    """The sentence without the clauses that nothing is there to compare with."""
    for label in _ABSENT:
        clause = word(f"reason_no_base_{label}", language, name="")
        for comma in dict.fromkeys((word("chart_comma", language), ", ", "，")):
            sentence = sentence.replace(comma + clause, "")
    return sentence


def traced_sentence(chart: Chart) -> Paragraph:
    """The sentence; a number that two figures share stays without a trace rather than guess."""
    origins, sentence = _origins(chart), without_absent_base(chart.sentence, chart.language)
    if not origins or not sentence:
        return merged([Phrase(sentence)])
    listed = "|".join(re.escape(text) for text in sorted(origins, key=len, reverse=True))
    phrases, at = [], 0
    for match in re.finditer(rf"(?<![\d,.])(?:{listed})(?![\d,]|\.\d)", sentence):
        key = origins[match[0]]
        phrases.append(Phrase(sentence[at : match.start()]))
        phrases.append(Phrase(match[0], Trace(key.indicator, key.area, str(key.period))))
        at = match.end()
    return merged([*phrases, Phrase(sentence[at:])])
