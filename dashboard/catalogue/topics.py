"""Defines what ``data/topics/*.toml`` may say: a topic, its headline indicators and its charts.

A topic is data: adding one takes a file, adding a chart five lines. An unknown key, kind, transform
or indicator stops the start and names the file and the chart.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from dashboard.base.language import Text
from dashboard.catalogue.catalogue_rows import text_of_file

E = TypeVar("E", bound=StrEnum)


class Kind(StrEnum):
    """The chart kinds. Each is one function in every renderer's table."""

    LINE = "line"  # one or a few indicators over time
    COLUMN = "column"  # amounts of single periods
    BAR = "bar"  # ranked streets with the district's line
    STACKED = "stacked"  # at most five components over time
    COMPOSITION = "composition"  # shares of the components in one period
    SEASON = "season"  # year × month heat table
    TABLE = "table"  # streets × years with words
    WATERFALL = "waterfall"  # what a change since an earlier period is made of
    MAP = "map"  # a tile a street, or its outline where the bureau gave boundaries


class Along(StrEnum):
    """What a chart's categories are."""

    PERIOD = "period"
    AREA = "area"
    COMPONENT = "component"


class Transform(StrEnum):
    """What is shown instead of the value itself."""

    VALUE = "value"
    YEAR_ON_YEAR = "year_on_year"
    PERIOD_ON_PERIOD = "period_on_period"
    SHARE = "share"


class Step(StrEnum):
    """How a trend walks through time."""

    YEAR = "year"  # one value a year; an unfinished year to its latest month
    MONTH = "month"  # de-accumulated months, or month-end values
    CUMULATIVE = "cumulative"  # this year's months since January over the two years before


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """One declared chart. ``title`` is optional: the indicators' names are used without one.

    ``dimension`` is that of the grid in which a chart of parts divides its indicator; "" where its
    declared components are the parts.
    """

    id: str
    topic: str
    kind: Kind
    indicators: tuple[str, ...]
    along: Along = Along.PERIOD
    transform: Transform = Transform.VALUE
    step: Step = Step.YEAR
    title: Text | None = None
    dimension: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """One page: title, headline tiles and charts, in the order of the file."""

    id: str
    order: int
    title: Text
    description: Text
    headline: tuple[str, ...]
    charts: tuple[ChartSpec, ...]

    def chart(self, chart_id: str) -> ChartSpec | None:
        """The chart of this id, or None."""
        return next((chart for chart in self.charts if chart.id == chart_id), None)


class TopicError(ValueError):
    """A topic file that contradicts itself or the catalogue; names file, chart and key.

    ``text`` says it in both languages.
    """

    def __init__(self, where: str, zh: str, en: str) -> None:
        """As an exception's text the message is English."""
        self.text = Text(f"{where}：{zh}", f"{where}: {en}")
        super().__init__(self.text.en)


_TOPIC_KEYS = {"id", "order", "title", "description", "headline", "charts"}
_CHART_KEYS = {"id", "kind", "indicators", "along", "transform", "step", "title"}
MOST_SERIES = 5


def _text(value: object, where: str) -> Text:
    if isinstance(value, str):
        return Text(value, value)
    if isinstance(value, Mapping) and set(value) <= {"zh", "en"} and value.get("zh"):
        return Text(str(value["zh"]), str(value.get("en", value["zh"])))
    expected = '{ zh = "…", en = "…" }'
    raise TopicError(where, f"应为 {expected}", f"expected {expected}, found {value!r}")


def _choice(kind: type[E], value: object, where: str) -> E:
    try:
        return kind(str(value))
    except ValueError:
        allowed = ", ".join(kind)
        zh, en = f"“{value}”不能用；可用：{allowed}", f"{value!r} is not one of {allowed}"
        raise TopicError(where, zh, en) from None


def _indicators(value: object, known: Collection[str], where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise TopicError(where, "至少要有一个指标", "a list with at least one indicator is needed")
    for name in value:
        if name not in known:
            zh, en = f"目录中没有指标“{name}”", f"the indicator {name!r} is not in the catalogue"
            raise TopicError(where, zh, en)
    return tuple(value)


def _chart(row: Mapping[str, object], topic: str, known: Collection[str], file: str) -> ChartSpec:
    where = f"{file}, {row.get('id', '?')}"
    unknown = ", ".join(sorted(set(row) - _CHART_KEYS))
    if unknown:
        raise TopicError(where, f"有不认识的键：{unknown}", f"unknown keys {unknown}")
    if not row.get("id"):
        raise TopicError(where, "缺少 id", "no id")
    spec = ChartSpec(
        id=str(row["id"]),
        topic=topic,
        kind=_choice(Kind, row.get("kind"), f"{where}, kind"),
        indicators=_indicators(row.get("indicators"), known, f"{where}, indicators"),
        along=_choice(Along, row.get("along", "period"), f"{where}, along"),
        transform=_choice(Transform, row.get("transform", "value"), f"{where}, transform"),
        step=_choice(Step, row.get("step", "year"), f"{where}, step"),
        title=_text(row["title"], f"{where}, title") if "title" in row else None,
    )
    alone = (Kind.STACKED, Kind.COMPOSITION, Kind.WATERFALL)
    if spec.kind in alone and len(spec.indicators) != 1:
        zh = f"{spec.kind} 只填一个合计指标，分项自动带出"
        en = f"{spec.kind} takes one indicator, the total; its parts follow"
        raise TopicError(where, zh, en)
    if len(spec.indicators) > MOST_SERIES:
        zh = f"一张图最多 {MOST_SERIES} 个指标"
        raise TopicError(where, zh, f"at most {MOST_SERIES} indicators can be told apart")
    return spec


def read_topic(file: Path, known: Collection[str]) -> Topic:
    """One topic file; ``known`` are the catalogue's indicator ids. Raises TopicError."""
    try:
        content = tomllib.loads(text_of_file(file))
    except tomllib.TOMLDecodeError as error:
        raise TopicError(file.name, f"不是 TOML 文件（{error}）", str(error)) from None
    unknown = ", ".join(sorted(set(content) - _TOPIC_KEYS))
    if unknown:
        raise TopicError(file.name, f"有不认识的键：{unknown}", f"unknown keys {unknown}")
    for needed in ("id", "title", "headline"):
        if needed not in content:
            raise TopicError(file.name, f"缺少 {needed}", f"{needed} is missing")
    topic_id = str(content["id"])
    charts = tuple(_chart(row, topic_id, known, file.name) for row in content.get("charts", ()))
    if len({chart.id for chart in charts}) != len(charts):
        raise TopicError(file.name, "图表 id 重复", "a chart id stands twice")
    return Topic(
        id=topic_id,
        order=int(content.get("order", 100)),
        title=_text(content["title"], f"{file.name}, title"),
        description=_text(content.get("description", {"zh": "—"}), f"{file.name}, description"),
        headline=_indicators(content["headline"], known, f"{file.name}, headline"),
        charts=charts,
    )
