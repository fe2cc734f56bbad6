"""Defines the plan of a report: what it contains, in which order."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from dataclasses import asdict, dataclass, fields

from dashboard.base.language import Text

PARTS = ("agenda", "text", "scorecard", "charts", "appendix", "sources")
DIRECTOR, WITH_APPENDIX, FULL, CHARTS = "director", "appendix", "full", "charts"
DECKS = (DIRECTOR, WITH_APPENDIX, FULL, CHARTS)
FIGURES = "figures/key"  # the name of the pages of key figures, as that of a chart


class PlanError(ValueError):
    """A plan that cannot be followed; ``message`` says in both languages what is wrong with it."""

    def __init__(self, message: Text) -> None:
        """``message`` in both languages."""
        super().__init__(message.en)
        self.message = message


@dataclass(frozen=True, slots=True)
class Plan:
    """The choices behind a report. Whatever is empty follows from the selection it is made for.

    ``topics`` are chapters in order. ``charts`` are refs ("topic/chart") in order; empty: all
    charts of the topics that have figures. ``areas`` are reported one after the other; empty: the
    one selected. ``parts`` says which pages there are. ``deck`` is one of DECKS: ten pages for the
    director, these and the full set, the full set, or charts alone; "" is the full set.
    ``marking`` are words that stand on every page beside those that mark its figures.
    """

    topics: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    parts: tuple[str, ...] = PARTS
    title: str = ""
    name: str = ""
    deck: str = ""
    marking: str = ""

    def has(self, part: str) -> bool:
        """Whether pages of this part are wanted."""
        return part in self.parts

    def as_json(self) -> str:
        """The plan as it is kept."""
        written = asdict(self)
        if not self.deck:
            del written["deck"]  # as it was kept before there was a choice
        if not self.marking:
            del written["marking"]
        return json.dumps(written, ensure_ascii=False, sort_keys=True)

    @property
    def is_for_director(self) -> bool:
        """Whether a few pages with one message each come first."""
        return self.deck in (DIRECTOR, WITH_APPENDIX)


def read_plan(text: str) -> Plan:
    """A plan from JSON; raises PlanError naming what is unknown or of the wrong kind."""
    try:
        written = json.loads(text)
    except ValueError as error:
        raise PlanError(Text("报告模板不是有效的 JSON", "the plan is no JSON")) from error
    if not isinstance(written, Mapping):
        raise PlanError(Text("报告模板应是一个对象", "the plan must be an object"))
    known = {field.name for field in fields(Plan)}
    for key in written:
        if key not in known:
            raise PlanError(
                Text(f"报告模板里有未知的项“{key}”", f"unknown key {key!r} in the plan")
            )
    values = {key: _read_value(key, value) for key, value in written.items()}
    return Plan(**values)  # type: ignore[arg-type]


def _read_value(key: str, value: object) -> str | tuple[str, ...]:
    """The text of a title or name, shortened, or the names of a list, each once."""
    is_text = key in ("title", "name", "deck", "marking")
    if is_text and isinstance(value, str):
        return value[:200]
    if not is_text and isinstance(value, list) and all(isinstance(text, str) for text in value):
        return tuple(dict.fromkeys(value))
    raise PlanError(Text(f"“{key}”的值不对：{value!r}", f"{key}: {value!r} will not do"))


def checked(plan: Plan, topics: Mapping[str, Container[str]], areas: Container[str]) -> Plan:
    """The plan, its names looked up; ``topics`` are charts by topic. Raises PlanError."""
    for topic in plan.topics:
        if topic not in topics:
            known = ", ".join(topics)
            raise PlanError(
                Text(f"没有专题“{topic}”；可用：{known}", f"no topic {topic!r}; known: {known}")
            )
    for ref in plan.charts:
        topic, _, chart = ref.partition("/")
        if chart not in topics.get(topic, ()):
            raise PlanError(Text(f"没有图表“{ref}”", f"no chart {ref!r}"))
    _check_areas_and_parts(plan, areas)
    if plan.deck and plan.deck not in DECKS:
        decks = ", ".join(DECKS)
        raise PlanError(
            Text(f"没有“{plan.deck}”；可用：{decks}", f"no deck {plan.deck!r}; known: {decks}")
        )
    return plan


def _check_areas_and_parts(plan: Plan, areas: Container[str]) -> None:
    for area in plan.areas:
        if area not in areas:
            raise PlanError(Text(f"没有地区“{area}”", f"no area {area!r}"))
    for part in plan.parts:
        if part not in PARTS:
            parts = ", ".join(PARTS)
            raise PlanError(
                Text(f"没有“{part}”；可用：{parts}", f"no part {part!r}; known: {parts}")
            )
