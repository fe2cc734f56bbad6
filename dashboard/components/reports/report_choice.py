"""Reads the choices on the report page as a plan: the charts in order, the areas, the parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.charts.model.plan import PARTS, Plan
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


def ordered(before: Sequence[str], checked: Iterable[str]) -> list[str]:
    """The checked charts: those of before in their order, new ones at the end of their topic."""
    chosen = list(dict.fromkeys(checked))
    remaining = [ref for ref in before if ref in chosen]
    groups = grouped([*remaining, *(ref for ref in chosen if ref not in remaining)])
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
    """The controls' values in their order: areas, title, parts, order."""
    areas, title, parts, order = values
    return Form(_list(areas), str(title or ""), _list(parts), _list(order))


@dataclass(frozen=True, slots=True)
class Form:
    """What the controls of the page say."""

    areas: Sequence[str] | None
    title: str | None
    parts: Sequence[str] | None
    order: Sequence[str] | None

    def plan(self) -> Plan:
        """The plan; topics follow from the charts."""
        return Plan(
            charts=tuple(self.order or ()),
            areas=tuple(self.areas or ())[:MOST_AREAS],
            parts=tuple(part for part in PARTS if part in (self.parts or ())),
            title=(self.title or "").strip()[:200],
        )
