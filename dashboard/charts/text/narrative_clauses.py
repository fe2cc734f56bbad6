"""Writes clauses about one indicator in one area: the value, its comparison, its components.

The word of a change follows the change as it is printed; no word says whether it is good.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from dashboard.analysis import comparisons
from dashboard.analysis.change import Change
from dashboard.analysis.figure_key import FigureKey
from dashboard.analysis.figure_relations import SuppressedFigures
from dashboard.analysis.point import Point, has_value
from dashboard.analysis.small_counts import is_small
from dashboard.base.language import number
from dashboard.catalogue.concepts import (
    Accumulation,
    Aggregation,
    FigureStatus,
    Indicator,
    Part,
)
from dashboard.catalogue.periods import Period
from dashboard.charts.kinds.composition import MOST_COMPONENTS, Split, split_at
from dashboard.charts.model.frame import Frame
from dashboard.charts.model.report import Paragraph, Phrase
from dashboard.charts.text import change_words, wording
from dashboard.charts.text.narrative_phrases import Piece, as_paragraph, filled, joined, traced

# Refusals after which both values are said, as the reader can compare them.
_TOO_SMALL_A_BASE = ("base_too_small", "zero_base")
_SILENT = ("no_base",)  # nothing is there to compare with: nothing is said of it


@dataclass(slots=True)
class ClauseWriter:
    """Writes clauses about one indicator in one period; ``used`` collects the points they name.

    Counts below ``smallest`` are left out with what would give them away; of 0 nothing is.
    """

    frame: Frame
    indicator: Indicator
    period: Period
    smallest: int = 0
    used: list[Point] = field(default_factory=list)
    mentioned: set[str] = field(
        default_factory=set
    )  # indicators named already, as a part of another
    hidden: SuppressedFigures | None = None  # hidden whatever leaves

    @property
    def language(self) -> str:
        """zh or en."""
        return self.frame.language

    @property
    def name(self) -> str:
        """The indicator's name before a number."""
        return wording.spoken_name(self.indicator, self.language)

    def word(self, key: str, **fields: str | Phrase | Paragraph) -> Paragraph:
        """A word with figures in it."""
        return filled(key, self.language, **fields)

    def hides(self, point: Point | None, area: str, period: Period, months: int = 0) -> bool:
        """Whether the point's value is a small count that is left out, or gives one away."""
        if is_small(point.value if point else None, self.indicator, self.smallest):
            return True
        key = FigureKey(self.indicator.id, area, period, months)
        return self.hidden is not None and self.hidden.hides(key)

    def figure(self, text: str, area: str, period: Period, point: Point | None) -> Phrase:
        """A figure's text with its origin."""
        if point is not None:
            self.used.append(point)
        return traced(text, self.indicator.id, area, period, point)

    def quantity(self, area: str, period: Period, point: Point) -> Phrase:
        """A value with its unit."""
        scale = wording.scale_of(self.indicator, [point.value], self.language)
        text = wording.quantity(point.value, scale, self.language)
        return self.figure(text, area, period, point)

    def remark(self, area: str, point: Point) -> Paragraph:
        """Partial totals, provisional, restated and disputed values, in brackets."""
        scale = wording.scale_of(self.indicator, [point.value], self.language)
        if self.smallest and (point.status == FigureStatus.DISPUTED or point.differs):
            # the other values may be small ones: that there are some is said, not which
            status = self.frame.word("reason_disputed")
        else:
            status = wording.status_words(point, scale, self.language)
        text = self.frame.word("chart_comma").join(
            filter(None, (self._partial(area, point), status))
        )
        if not text:
            return ()
        return self.word(
            "chart_bracket", text=traced(text, self.indicator.id, area, self.period, point)
        )

    def _partial(self, area: str, point: Point) -> str:
        """How many of the areas below are in the value; "" where all are."""
        if not point.partial:
            return ""
        reported, expected = point.partial
        below = wording.below_name(self.frame.areas, area, self.language, many=True)
        return self.frame.word(
            "narrative_partial", below=below, reported=reported, expected=expected
        )

    def change(self, area: str, change: Change | None) -> Paragraph:
        """同比下降5.6%, 同比提高1.2个百分点, both values, or why nothing is compared."""
        if change is None:
            return ()
        frame, base = self.frame, change.then.figure
        then = comparisons.point_at(frame.points, base)
        if self.hides(then, area, change.base, base.months):
            return ()  # a growth rate would give the base away
        if change.value is None:
            return self._refused(area, change, then)
        name = change_words.label_name(change, self.language)
        if change.word == "unchanged":
            text = frame.word("sentence_unchanged", comparison=name)
            text = change_words.qualified(change, text, self.language)
            return (self.figure(text, area, self.period, then),)
        key = change_words.change_key(change, self.indicator)
        size = change_words.change_size(change, self.indicator, self.language)
        difference = change_words.difference(change, self.indicator, self.language)
        return self.word(
            key,
            comparison=name,
            difference=self.figure(difference, area, self.period, then),
            amount=self.figure(size, area, self.period, then),
        )

    def _refused(self, area: str, change: Change, then: Point | None) -> Paragraph:
        """The earlier value where it is too small for a percentage, or why nothing is compared."""
        if change.reason in _TOO_SMALL_A_BASE and then is not None:
            value = self.quantity(area, change.base, then)
            return self.word(f"narrative_base_{change.label}", value=value)
        if change.reason in _SILENT:
            return ()
        return as_paragraph(change_words.reason_words(change, self.indicator, self.language))

    @property
    def _verb(self) -> str:
        """Which sentence states a value: spent, to_date, in_month, stock or plain."""
        if self.indicator.aggregation is not Aggregation.SUM:
            return "plain"
        if self.indicator.accumulation is Accumulation.END_OF_PERIOD:
            return "stock"
        if self.indicator.accumulation is not Accumulation.YEAR_TO_DATE:
            return "plain"
        if self.period.month == 1:
            return "in_month"
        return "spent" if self.indicator.name.zh.endswith("支出") else "to_date"

    def value(self, area: str) -> Paragraph:
        """结婚登记1,234对，同比下降5.6%，其中…; nothing where the value is left out."""
        point = self.frame.points.point(self.indicator.id, area, self.period)
        if not has_value(point) or self.hides(point, area, self.period):
            return ()
        if point.value == 0 and not self._was_more(area):
            return ()  # there was nothing, and there is nothing
        verb = self._verb
        value = self.word(
            f"narrative_value_{verb}",
            name=self.name.removesuffix("支出") if verb == "spent" else self.name,
            value=self.quantity(area, self.period, point),
            remark=self.remark(area, point),
        )
        return joined(
            [value, self._compared(area), self._parts(area)], self.frame.word("chart_comma")
        )

    def _was_more(self, area: str) -> bool:
        """Whether there was something at the time that is compared with."""
        change = self.frame.change(self.indicator.id, area, self.period)
        return change is not None and bool(change.then.value)

    def _compared(self, area: str) -> Paragraph:
        """The comparison of the value; of a running total its last step too, where it is asked."""
        compared = self.change(area, self.frame.change(self.indicator.id, area, self.period))
        return joined([compared, self._step(area)], self.frame.word("chart_comma"))

    def _step(self, area: str) -> Paragraph:
        """10月当月206对，环比增长24.1%: what the last step brought, against the one before."""
        step = self.frame.step(self.indicator.id, area, self.period)
        if step is None:
            return ()
        now = comparisons.point_at(self.frame.points, step.now.figure)
        if not has_value(now) or self.hides(now, area, self.period, step.now.figure.months):
            return ()
        compared = self.change(area, step)
        if not compared:
            return ()
        when = change_words.step_name(step, self.indicator, self.language)
        value = self.quantity(area, self.period, now)
        return self.word("narrative_step", period=when, value=value, change=compared)

    def _of(self, child: Indicator) -> ClauseWriter:
        """Tells of a component in the same words."""
        return replace(self, indicator=child, mentioned=set())

    def _parts(self, area: str) -> Paragraph:
        """其中…: the largest components, with shares where they are complete."""
        children = self.frame.catalogue.children(self.indicator.id, Part.COMPONENT)
        split = split_at(self.frame, children, self.period)
        writers = {name: self._of(self.frame.catalogue.indicators[name]) for name in split.order}
        for name, writer in writers.items():
            if writer.hides(split.parts[name], area, self.period):
                return ()
        pieces: list[Piece] = [
            self._part(writer, area, split)
            for name, writer in list(writers.items())[:MOST_COMPONENTS]
            if split.parts[name].value
        ]
        if not pieces:
            return ()
        listed = joined(
            pieces, self.frame.word("chart_list_comma"), self.frame.word("narrative_and")
        )
        return self.word("narrative_of_which", parts=listed)

    def _part(self, writer: ClauseWriter, area: str, split: Split) -> Paragraph:
        """One component: its value, and in brackets its share and its comparison."""
        name = writer.indicator.id
        point, share = split.parts[name], split.share(name)
        remarks: list[str | Phrase | Paragraph] = []
        if share is not None:
            percent = number(share, 1, self.language) + "%"
            traced_share = writer.figure(percent, area, self.period, point)
            remarks.append(self.word("narrative_share", share=traced_share))
        self.mentioned.add(name)
        change = self.frame.change(name, area, self.period)
        if change is not None and change.value is not None:
            remarks.append(writer.change(area, change))
        text = joined(remarks, self.frame.word("chart_comma"))
        bracket = self.word("chart_bracket", text=text) if text else ()
        value = writer.quantity(area, self.period, point)
        name = _without_whole(writer.name, self.name, self.language)
        return self.word("narrative_part", name=name, value=value, remark=bracket)


_SHORTEST = 3  # letters of a part's name that can stand without that of the whole


def _without_whole(name: str, whole: str, language: str) -> str:
    """城市低保无劳动能力 among the parts of 城市低保 is 无劳动能力."""
    rest = name.removeprefix(whole.removesuffix("为").removesuffix("支出"))
    return rest if language == "zh" and len(rest) >= _SHORTEST else name
