"""Defines a report: pages decided once, in one language.

Like a Chart it holds words and figures, no pixels; a renderer looks nothing up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from dashboard.charts.model.chart import Chart, Table
from dashboard.charts.model.target_slide import TargetSlide


class PageKind(StrEnum):
    """What stands on a page. Each is one function in every renderer's table."""

    TITLE = "title"
    AGENDA = "agenda"
    CHAPTER = "chapter"  # the heading of a topic or area
    CHART = "chart"  # one chart with its sentence
    SCORECARD = "scorecard"  # an area's targets or headline indicators as a table
    TEXT = "text"  # paragraphs in work-report style
    FINDINGS = "findings"  # three to five findings with their figures
    TABLE = "table"  # a table alone
    FIGURES = "figures"  # a few key figures, each with its name, value and time
    APPENDIX = "appendix"  # 附表: a table in form layout, with lines for who filled it in


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a figure in a text comes from: its key, and the submission it was read from."""

    indicator: str
    area: str
    period: str
    submission: int | None = None

    @property
    def text(self) -> str:
        """The trace as one line, "indicator area period #submission"."""
        number = f" #{self.submission}" if self.submission is not None else ""
        return f"{self.indicator} {self.area} {self.period}{number}"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of a sentence; a figure has its trace, words have none."""

    text: str
    trace: Trace | None = None


Paragraph = tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One page, slide or section. ``level`` is the depth of its heading: 1 chapter, 2 section.

    ``source`` is never empty where figures stand; ``notes`` are definitions (a slide's notes).
    ``subtitle`` stands for the chart's own one; ``target`` is what a target's slide has besides.
    """

    kind: PageKind
    title: str
    level: int = 2
    chart: Chart | None = None
    table: Table | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    lines: tuple[str, ...] = ()  # of an agenda
    source: str = ""
    notes: tuple[str, ...] = ()
    subtitle: str = ""
    target: TargetSlide | None = None

    @property
    def message(self) -> str:
        """What stands over the page on slide and print: of a chart its finding, not its label."""
        is_label = self.chart is not None and self.title == self.chart.title
        return self.chart.headline if self.chart and is_label else self.title

    @property
    def explained(self) -> str:
        """What stands below the message: its own subtitle, else what the chart shows."""
        if self.subtitle or self.chart is None:
            return self.subtitle
        is_finding = self.message == self.chart.headline
        return self.chart.explained if is_finding else self.chart.drawn_subtitle

    @property
    def facts(self) -> Table | None:
        """What stands in the place of a target's path of one point, which says nothing."""
        return self.target.facts if self.target else None

    def part(self, number: int, count: int) -> ReportPage:
        """The page as one of ``count`` over which its content is split, by its title."""
        if count == 1:
            return self
        is_chinese = any("\u3400" <= sign <= "\u9fff" for sign in self.message)
        place = f"（{number}/{count}）" if is_chinese else f" ({number}/{count})"
        return replace(self, title=self.message + place, subtitle=self.explained)

    @property
    def shown_table(self) -> Table | None:
        """Its own table, else that of its chart; None where it has neither."""
        return self.table or (self.chart.table if self.chart else None)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a document says about itself, and its pages in order.

    ``demo_mark`` is "" for real figures; else it stands on every page. ``receipt`` is the code by
    which exactly this view can be opened again, "" where none was given. ``hidden`` says that small
    counts are hidden, "" where none is. ``query`` is the selection it was made for, as an address.
    ``thousands`` keeps the commas of numbers in Chinese sentences.
    ``compact`` sets a document closer, so that it takes one page. ``left_out`` says of each chosen
    chart that is not shown why. ``place`` is the area's name where the report is of one.
    """

    title: str
    subtitle: str
    bureau: str
    area: str
    period: str
    made: date
    language: str
    pages: tuple[ReportPage, ...]
    demo_mark: str = ""
    receipt: str = ""
    hidden: str = ""
    query: str = ""
    thousands: bool = False
    compact: bool = False
    left_out: tuple[str, ...] = ()
    place: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether no page holds a figure: nothing is there to be read."""
        return not any(map(_holds_figures, self.pages))


def _holds_figures(page: ReportPage) -> bool:
    """Whether a chart is drawn, or a text or table says what is: a target alone is no figure."""
    if any(phrase.trace for paragraph in page.paragraphs for phrase in paragraph):
        return True
    if page.table is None:
        return page.chart is not None and not page.chart.empty
    now = [cells[1] for _, cells in page.table.rows if len(cells) > 1]
    return any(letter.isdigit() for letter in "".join(now))
