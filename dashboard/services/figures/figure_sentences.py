"""Finds stored figures by words and states each in a sentence as reports have them."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.analysis.figure_key import FigureKey
from dashboard.catalogue.concepts import Part
from dashboard.catalogue.periods import Period
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.narrative import narrate
from dashboard.charts.text.narrative_phrases import plain_text
from dashboard.services.context import Context
from dashboard.services.figures.figures import Figures
from dashboard.services.figures.indicators import search
from dashboard.services.filters import moment_of
from dashboard.services.release import Release

MOST = 8  # sentences of an answer
_TRIED = 40  # indicators of a search whose figures are looked at
_LOOK_BACK = 2  # years before the period, for what is compared


@dataclass(frozen=True, slots=True)
class FigureSentence:
    """A figure in a sentence; ``chart`` is the reference under which its receipt is taken."""

    text: str
    key: FigureKey
    chart: str


class FigureSentences:
    """Writes the sentences of one context's figures. Thread-safe."""

    def __init__(self, context: Context, figures: Figures, release: Release) -> None:
        """Small counts are left out, as in whatever leaves."""
        self._context, self._figures, self._release = context, figures, release

    def find(self, text: str, selection: Selection) -> list[FigureSentence]:
        """The sentences of the figures whose names have every word of ``text``.

        They are of the selected area, up to the selected period; none without a text or a period.
        """
        if not text.strip() or selection.period is None:
            return []
        catalogue = self._context.catalogue
        counts = dict.fromkeys(self._figures.own_indicators(selection.area), 1)
        rows = search(catalogue, counts, text)
        names = [row.indicator.id for row in rows if row.figures][:_TRIED]
        sentences = []
        for name in names:
            sentence = self._sentence(name, selection, selection.period)
            if sentence is not None:
                sentences.append(sentence)
            if len(sentences) == MOST:
                break
        return sentences

    def _sentence(self, name: str, selection: Selection, last: Period) -> FigureSentence | None:
        """The sentence of one indicator; None where it has no figure that may leave."""
        catalogue = self._context.catalogue
        parts = [child.id for child in catalogue.children(name, Part.COMPONENT)]
        first, known = Period(last.year - _LOOK_BACK, 1), selection.as_known
        points = self._figures.points(
            [name, *parts], selection.area, first, last, below=True, known=known
        )
        ends = [period for period in points.periods(name, selection.area) if period <= last][
            -1:
        ] or [last]
        keys = [
            FigureKey(code, selection.area, end)
            for code in (name, *parts)
            for end in (*ends, ends[0].plus(-12))
        ]
        suppressed = self._release.guard(moment_of(known)).suppressed_figures(keys)
        smallest = self._context.settings.small_cells
        narrative = narrate(points, [name], selection, smallest, suppressed)
        if not narrative.paragraphs:
            return None
        key = FigureKey(name, selection.area, ends[0])
        return FigureSentence(plain_text(narrative.paragraphs[0]), key, f"indicator:{name}/trend")
