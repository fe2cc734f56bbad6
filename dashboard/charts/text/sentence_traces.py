"""Splits a chart's sentence into phrases and links its figures to their sources."""

from __future__ import annotations

import re

from dashboard.analysis.derivation import FigureKey
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


def traced_sentence(chart: Chart) -> Paragraph:
    """The sentence; a number that two figures share stays without a trace rather than guess."""
    origins = _origins(chart)
    if not origins or not chart.sentence:
        return merged([Phrase(chart.sentence)])
    listed = "|".join(re.escape(text) for text in sorted(origins, key=len, reverse=True))
    phrases, at = [], 0
    for match in re.finditer(rf"(?<![\d,.])(?:{listed})(?![\d,]|\.\d)", chart.sentence):
        key = origins[match[0]]
        phrases.append(Phrase(chart.sentence[at : match.start()]))
        phrases.append(Phrase(match[0], Trace(key.indicator, key.area, str(key.period))))
        at = match.end()
    return merged([*phrases, Phrase(chart.sentence[at:])])
