"""Compares the mentions of a draft with the stored figures of its area and the streets below."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.point import inputs
from dashboard.analysis.points import Points
from dashboard.base.language import Text, number, word
from dashboard.charts.text.wording import area_name, period_name, quantity, scale_of
from dashboard.disclosure.store_guard import SmallCounts
from dashboard.intake.drafts.against_store import (
    ABSENT,
    AGREES,
    CONTRADICTS,
    DIFFERS,
    HIDDEN,
    OBJECTED,
    OTHER_PERIOD,
    UNIT,
    Compared,
    compare,
)
from dashboard.intake.drafts.finding import ERROR, WARNING, DraftFinding, finding
from dashboard.intake.drafts.meanings import Meanings, Meant
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.same_meaning import two_values
from dashboard.services.context import Context
from dashboard.store.observations import read_figures
from dashboard.store.query import Query

MOST_COMPARED = 5000  # mentions of a draft that are compared
RULE = "store"
_LANGUAGES = ("zh", "en")
_SEVERITIES = {DIFFERS: ERROR, CONTRADICTS: ERROR, UNIT: WARNING, OTHER_PERIOD: WARNING}


@dataclass(frozen=True, slots=True)
class AgainstStore:
    """The mentions of a draft compared with an area's figures, and what is to be corrected.

    ``twice`` are the figures that the draft itself states with two values, by what they mean.
    """

    area: str = ""
    compared: tuple[Compared, ...] = ()
    findings: tuple[DraftFinding, ...] = ()
    twice: tuple[DraftFinding, ...] = ()

    def count(self, *verdicts: str) -> int:
        """How many mentions have one of these verdicts."""
        return sum(comparison.verdict in verdicts for comparison in self.compared)


class DraftFigures:
    """Compares drafts with the store. Thread-safe."""

    def __init__(self, context: Context, guard: Callable[[], SmallCounts]) -> None:
        """Compare with the figures of a context; ``guard`` decides which counts are too small."""
        self._context, self._guard = context, guard

    def compare(self, read: ReadDraft, area: str = "", *, whole: bool = False) -> AgainstStore:
        """Each mention against the store; ``area`` is a code or a name.

        Without one the area whose bureau writes. Small counts of people, and what they follow from,
        are hidden unless ``whole``: whether such a mention agrees is not said either.
        """
        code = self.area_of(read, area)
        meant = list(Meanings(self._context.catalogue).of(read, MOST_COMPARED))
        places = self.places(read, meant, code)
        codes = sorted({code for code in places.values() if code})
        points = self._points(meant, codes)
        compared = [compare(meaning, places[meaning.mention.area], points) for meaning in meant]
        released = compared if whole else self._released(compared)
        twice = tuple(two_values(meant, self._context.catalogue))
        return AgainstStore(code, tuple(released), tuple(self._findings(released)), twice)

    def area_of(self, read: ReadDraft, area: str = "") -> str:
        """The code of the area a draft is compared with; empty where none is named."""
        areas = self._context.areas()
        named = areas.find(area or read.area) if area or read.area else []
        return named[0].code if len(named) == 1 or (area and named) else ""

    def places(self, read: ReadDraft, meant: Sequence[Meant], code: str) -> dict[str, str]:
        """The codes of the areas that mentions name; empty for another than ``code`` or below."""
        return {
            meaning.mention.area: self._place(meaning.mention.area, read, code) for meaning in meant
        }

    def _place(self, name: str, read: ReadDraft, code: str) -> str:
        """The code of a mention's area: the draft's own, or a street of it; empty for another."""
        if not code or name in ("", read.area):
            return code
        below = self._context.areas().find(name, within=code)
        return below[0].code if len(below) == 1 else ""

    def _points(self, meant: Sequence[Meant], codes: Sequence[str]) -> Points:
        """The stored figures of all that is meant, in the areas and those directly below them."""
        catalogue, areas = self._context.catalogue, self._context.areas()
        names = sorted(
            inputs(catalogue, {meaning.indicator for meaning in meant if meaning.indicator})
        )
        below = [child.code for code in codes for child in areas.children(code)]
        wanted = areas.with_past([*codes, *below])
        figures = (
            read_figures(self._context.engine, Query(names, wanted)) if names and codes else []
        )
        return Points(catalogue, areas, figures)

    def _released(self, compared: Sequence[Compared]) -> list[Compared]:
        keys = [key for comparison in compared for key in _keys_of(comparison)]
        suppressed = self._guard().suppressed_figures(keys)
        return [
            replace(comparison, verdict=HIDDEN, stored=None)
            if any(suppressed.hides(key) for key in _keys_of(comparison))
            else comparison
            for comparison in compared
        ]

    def _findings(self, compared: Sequence[Compared]) -> Iterator[DraftFinding]:
        for comparison in compared:
            if comparison.verdict in OBJECTED:
                message = Text(*(self.sentence(comparison, language) for language in _LANGUAGES))
                yield finding(
                    RULE, message, [comparison.meant.mention], _SEVERITIES[comparison.verdict]
                )

    def sentence(self, compared: Compared, language: str) -> str:
        """What a mention was found to be, in a sentence with the stored figure."""
        key, mention = compared.key, compared.meant.mention
        if compared.verdict == ABSENT or key is None:
            return word(f"drafts_absent_{compared.why or 'no_figure'}", language)
        return word(
            f"drafts_store_{compared.verdict}",
            language,
            name=self.name(key, language),
            base=self._base(compared, key, language),
            stored=self.stored(compared, language),
            written=mention.amount.written,
        )

    def summary(self, store: AgainstStore, language: str) -> str:
        """How many mentions agree, are to be corrected, are hidden, or are not in the store."""
        area = area_name(self._context.areas().get(store.area), store.area, language)
        counts = {
            "agrees": store.count(AGREES),
            "objected": store.count(*OBJECTED),
            "absent": store.count(ABSENT),
            "hidden": store.count(HIDDEN),
        }
        return word("drafts_store_summary", language, area=area, **counts)

    def name(self, key: FigureKey, language: str) -> str:
        """A figure's area, period and indicator, as they are read together."""
        meaning = self._context.catalogue.indicators[key.indicator]
        area = area_name(self._context.areas().get(key.area), key.area, language)
        period = period_name(key.period, meaning, language)
        return word(
            "drafts_figure_name", language, area=area, period=period, name=meaning.name[language]
        )

    def _base(self, compared: Compared, key: FigureKey, language: str) -> str:
        """The period that a change is measured from."""
        meaning = self._context.catalogue.indicators[key.indicator]
        return period_name(key.period.plus(-compared.meant.back), meaning, language)

    def stored(self, compared: Compared, language: str) -> str:
        """The stored value with its unit, or the change of the stored figures."""
        key, value = compared.key, compared.stored
        if key is None or value is None:
            return ""
        if compared.meant.change == "%":
            return f"{number(value, 1, language, sign=True)}%"
        meaning = self._context.catalogue.indicators[key.indicator]
        text = quantity(value, scale_of(meaning, [value], language), language)
        return (
            word("drafts_points", language, value=number(value, 1, language, sign=True))
            if (compared.meant.change == "pp")
            else text
        )


def _keys_of(compared: Compared) -> list[FigureKey]:
    """The stored figures that a verdict would give away."""
    key, meant = compared.key, compared.meant
    if key is None:
        return []
    keys = [key]
    if meant.period and meant.period != key.period:
        keys.append(key._replace(period=meant.period))
    return [*keys, key._replace(period=key.period.plus(-meant.back))] if meant.change else keys
