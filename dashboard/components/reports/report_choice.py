"""Reads the choices on the report page as a plan: the charts in order, the areas, the parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.base.settings import LONGEST_MARKING
from dashboard.charts.model.plan import DECKS, DIRECTOR, FIGURES, PARTS, WITH_APPENDIX, Plan
from dashboard.charts.model.target_chart import TARGET_CHART
from dashboard.services.front_desk import FrontDesk

MOST_AREAS = 40


def topic_of_ref(ref: str) -> str:
    """The topic of "topic/chart"."""
    return ref.partition("/")[0]


def grouped(refs: Iterable[str]) -> dict[str, list[str]]:
    """The charts by topic, topics in the order of their first chart."""
    result: dict[str, list[str]] = {}
    for ref in refs:
        result.setdefault(topic_of_ref(ref), []).append(ref)
    return result


def is_flat(deck: str | None) -> bool:
    """Whether the pages stand in one order, whatever their topics."""
    return deck in (DIRECTOR, WITH_APPENDIX)


def is_page_of_deck(ref: str) -> bool:
    """Whether a page is one of a deck for the director alone: a target, the key figures."""
    return ref == FIGURES or ref.startswith(TARGET_CHART)


def ordered(before: Sequence[str], checked: Iterable[str], deck: str | None = None) -> list[str]:
    """The checked charts: those of before in their order, new ones at the end of their topic.

    In a deck for the director new ones come last of all.
    """
    chosen = list(dict.fromkeys(checked))
    remaining = [ref for ref in before if ref in chosen]
    every = [*remaining, *(ref for ref in chosen if ref not in remaining)]
    if is_flat(deck):
        return every
    groups = grouped(every)
    return [ref for refs in groups.values() for ref in refs]


def refs_of(desk: FrontDesk, plan: Plan) -> list[str]:
    """The charts that a plan asks for, in its order; those of its topics where it names none."""
    if plan.charts:
        return list(plan.charts)
    topics = desk.catalogue.topics
    names = plan.topics or tuple(topic.id for topic in desk.catalogue.topic_order())
    return [
        f"{name}/{chart.id}" for name in names if name in topics for chart in topics[name].charts
    ]


def _list(value: object) -> list[str]:
    return [str(entry) for entry in value] if isinstance(value, list) else []


def form_of(values: Sequence[object]) -> Form:
    """The controls' values in their order: areas, title, parts, order, deck, marking."""
    areas, title, parts, order, *more = values
    deck, marking = (str(text or "") for text in (*more, "", "")[:2])
    return Form(_list(areas), str(title or ""), _list(parts), _list(order), deck, marking)


@dataclass(frozen=True, slots=True)
class Form:
    """What the controls of the page say."""

    areas: Sequence[str] | None
    title: str | None
    parts: Sequence[str] | None
    order: Sequence[str] | None
    deck: str = ""
    marking: str = ""

    def plan(self) -> Plan:
        """The plan; topics follow from the charts."""
        deck = self.deck if self.deck in DECKS else ""
        charts = [ref for ref in self.order or () if is_flat(deck) or not is_page_of_deck(ref)]
        return Plan(
            charts=tuple(charts),
            deck=deck,
            areas=tuple(self.areas or ())[:MOST_AREAS],
            parts=tuple(part for part in PARTS if part in (self.parts or ())),
            title=(self.title or "").strip()[:200],
            marking=" ".join(self.marking.split())[:LONGEST_MARKING],
        )
