"""Releases charts and their texts without small counts of people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import Target
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.target_chart import PATH
from dashboard.disclosure.joint_suppression import JointSuppression
from dashboard.disclosure.store_guard import SmallCounts
from dashboard.disclosure.target_chart_guard import suppress_expected
from dashboard.services.context import Context
from dashboard.services.markings import SEPARATOR, Markings
from dashboard.store.publications import draft_places


class Marked(NamedTuple):
    """What a marking is to be found for: areas, the latest month, and words of its own."""

    areas: tuple[str, ...] = ()
    period: Period | None = None
    language: str = "zh"
    words: str = ""


NOTHING_NAMED = Marked()


def latest_month(chart: Chart) -> Period | None:
    """The latest month of which a chart shows figures; None where it does not say."""
    keys = chart.keys if chart.key_kind == "period" else ()
    months = [_month(text) for text in (*keys, *chart.periods) if text]
    return max((month for month in months if month is not None), default=None)


def _month(text: str) -> Period | None:
    try:
        return periods.parse(text).end
    except ValueError:
        return None


def _joined(*parts: str) -> str:
    return SEPARATOR.join(part for part in parts if part)


class Release:
    """Hides small counts in what leaves as a file or an answer to a program. Thread-safe."""

    def __init__(
        self, context: Context, targets: Callable[[], Sequence[Target]], markings: Markings
    ) -> None:
        """Release the figures of a context; ``targets`` lists all of them, retired ones too."""
        self._context, self._targets, self._markings = context, targets, markings
        self._guard: tuple[int, SmallCounts] | None = None

    def guard(self, as_of: datetime | None = None) -> SmallCounts:
        """What decides on the figures as they are stored now, or as they were known at a moment."""
        context, version = self._context, self._context.version()
        if self._guard is None or self._guard[0] != version:
            least = context.settings.small_cells
            guard = SmallCounts(context.engine, context.catalogue, context.areas(), least)
            self._guard = (version, guard)
        return self._guard[1].known_at(as_of)

    @property
    def marking(self) -> str:
        """The words by which the bureau marks its figures, such as 内部资料, or ""."""
        return self._context.settings.marking

    def marked(self, mark: str, shown: Marked = NOTHING_NAMED) -> str:
        """What stands on every page of a file: the bureau's words before a mark of its figures.

        ``shown`` says of which areas, up to which month, the figures are; its own words come first.
        """
        return _joined(self._marking_before(mark, shown), mark)

    def _marking_before(self, mark: str, shown: Marked) -> str:
        """The words and the reader; "" where nothing is marked or the mark has them already."""
        words = _joined(self._drafts_in(shown), self.words_of(shown))
        if not words or mark == words or mark.startswith(f"{words}{SEPARATOR}"):
            return ""
        return _joined(words, self._markings.reader())

    def words_of(self, shown: Marked) -> str:
        """The words that mark what is shown; empty where nothing is marked."""
        words = self._markings.words_of(shown.areas, shown.period, shown.language)
        return SEPARATOR.join(dict.fromkeys(part for part in (shown.words, words) if part))

    def on_screen(self, area: str, period: Period | None, language: str) -> str:
        """What stands at the head of a page about an area and month, with reader and day."""
        shown = Marked((area,), period, language)
        words = _joined(self._drafts_in(shown), self.words_of(shown))
        reader = self._markings.reader(by_day=True) if words else ""
        return _joined(words, reader)

    def _drafts_in(self, shown: Marked) -> str:
        """That the month has drafts of these areas, or of areas directly below them; else "".

        Not every place of a page or file has room for the mark of its figure.
        """
        context, period = self._context, shown.period
        if not context.reader or period is None:  # publication is off: nothing is a draft
            return ""
        drafts = context.cached("draft-places", "", lambda: draft_places(context.engine))
        below = (child.code for code in shown.areas for child in context.areas().children(code))
        if {*shown.areas, *below}.isdisjoint(drafts.get(period, ())):
            return ""
        month = periods.name(period, shown.language)
        return word("draft_on_page", shown.language, month=month)

    def chart(self, chart: Chart) -> Chart:
        """The chart as it may be released."""
        return self.charts([chart])[0]

    def charts(self, charts: Sequence[Chart]) -> list[Chart]:
        """Charts of one file: none shows, or lets one work out, what another hides."""
        return self.charts_and_suppressed(charts)[0]

    def charts_and_suppressed(
        self, charts: Sequence[Chart]
    ) -> tuple[list[Chart], JointSuppression]:
        """The same, and what is hidden for it besides: the text of the file hides it too."""
        guard = self.guard()
        released, suppressed = guard.release_together(charts)
        if any(chart.step == PATH for chart in released):
            targets = {target.id: target for target in self._targets()}
            released = suppress_expected(guard, released, targets)
        return [self._marked(chart) for chart in released], suppressed

    def _marked(self, chart: Chart) -> Chart:
        """The chart with the bureau's words in its mark, and as a fact of its own."""
        shown = Marked((chart.area,), latest_month(chart), chart.language)
        marking = self._marking_before(chart.demo_mark, shown)
        if not marking:
            return chart
        fact = (word("chart_fact_marking", chart.language), marking)
        mark = _joined(marking, chart.demo_mark)
        return replace(chart, demo_mark=mark, facts=(fact, *chart.facts))
