"""Composes what a form's line means from its words, where no line of its name is known.

农村特困人员集中供养人数 names programme, scope, form of support and measure; the lines above it
must go with them. A flow is composed only where the line itself says over which time it counts.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import FigureKind, Indicator
from dashboard.intake.understanding.figure_meaning import understand
from dashboard.intake.understanding.lexicon import lexicon_of
from dashboard.intake.understanding.meaning import Around, Gap
from dashboard.intake.understanding.phrases import label_phrase
from dashboard.intake.understanding.words import IN_MONTH, MEASURE, PROGRAMME


def composed(
    name: str, unit: str, parents: Sequence[str], catalogue: Catalogue
) -> Indicator | None:
    """The indicator that a line's words make up; None where they leave anything open.

    ``parents`` are the lines above, outermost first; ``unit`` is as printed.
    """
    grid = catalogue.grid
    lexicon = lexicon_of(grid)
    own, *above = (label_phrase(text, lexicon, catalogue) for text in (name, *reversed(parents)))
    slots = {fact.slot for fact in own.facts()}
    if own.unknown or not {PROGRAMME, MEASURE} <= slots:
        return None
    printed = catalogue.find_unit(unit) if unit else None
    meaning = understand(Around(column=(), row=(own, *above), titles=(), unit=printed), grid)
    if isinstance(meaning, Gap) or meaning.cell is None or meaning.kind is not FigureKind.ACTUAL:
        return None
    cell = meaning.cell
    if grid.is_flow(grid.programmes[cell.programme], grid.measures[cell.measure]):
        if not meaning.basis:
            return None
        cell = cell._replace(in_month=meaning.basis == IN_MONTH)
    return catalogue.indicators.get(grid.id_of(cell))
