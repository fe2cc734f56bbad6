"""What the screen asks of the front desk. The parts of a page know this and nothing behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Area, Finding
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import Topic
from dashboard.charts.board import Board
from dashboard.charts.cards import Tile
from dashboard.charts.chart import Chart
from dashboard.charts.figure_list import FigureLine
from dashboard.charts.selection import Selection
from dashboard.charts.spine import SpineRow
from dashboard.completeness import Completeness
from dashboard.directory import IndicatorPage, IndicatorRow
from dashboard.language import Text
from dashboard.settings import Settings
from dashboard.store.locks import LogEntry
from dashboard.store.submissions import SubmissionRow
from dashboard.store.withdrawal import Effect


class Desk(Protocol):
    """The front desk as the screen sees it; ``dashboard.service.FrontDesk`` is one."""

    settings: Settings
    catalogue: Catalogue

    def areas(self) -> Areas:
        """All known areas."""

    def selection(self, query: Mapping[str, str], language: str, topic: str = "") -> Selection:
        """What an address means: a known area and a period that has figures."""

    def periods(self, area: str, topic: str = "") -> list[Period]:
        """Periods with figures, newest first."""

    def area_choices(self, language: str) -> list[dict[str, object]]:
        """Areas with figures: value, label, level (depth), kind, demo, search."""

    def breadcrumb(self, area: str) -> list[Area]:
        """The areas above and the area itself, top first."""

    def chart(self, ref: str, selection: Selection) -> Chart:
        """A finished chart; raises LookupError for an unknown one."""

    def tiles(self, indicators: Sequence[str], selection: Selection) -> list[Tile]:
        """One tile an indicator."""

    def board(self, selection: Selection, indicators: Sequence[str] | None = None) -> Board:
        """Streets × headline indicators."""

    def spine(self, selection: Selection) -> list[tuple[Topic, list[SpineRow]]]:
        """A street's headline indicators among its neighbours, by topic."""

    def figures(self, topic: str, selection: Selection) -> list[FigureLine]:
        """What the area itself has in a topic, with the source of every figure."""

    def freshness(self, selection: Selection) -> Any:  # noqa: ANN401 - a record of the floor beside
        """latest, received, grades, is_demo, not_reported (area, count), version."""

    def search_indicators(self, text: str, topic: str, language: str) -> list[IndicatorRow]:
        """Rows with ``indicator`` and the number of its ``figures``; those that have some first."""

    def indicator_page(self, indicator: str, selection: Selection) -> IndicatorPage:
        """Everything about an indicator but its charts; raises LookupError for an unknown one."""

    def submissions(self, limit: int = 200) -> list[SubmissionRow]:
        """The latest submissions, newest first."""

    def findings(self, submission: int) -> list[Finding]:
        """What was found in one submission."""

    def submission(self, number: int) -> SubmissionRow:
        """The submission with this number; raises LookupError."""

    def completeness(self, area: str) -> Completeness:
        """Who has handed in what."""

    def effect_of(self, submission: int) -> Effect:
        """What taking a submission back would do."""

    def locks(self) -> list[LogEntry]:
        """The locks in force."""

    def logbook(self) -> list[LogEntry]:
        """Everything locked and unlocked so far, oldest first."""

    def locks_of(self, submission: int) -> list[Text]:
        """The locks over a submission, each as a sentence."""

    def lock_over(self, area: str, period: Period) -> LogEntry | None:
        """The lock that covers this area in this month, or None."""

    def has_samples(self) -> bool:
        """Whether sample submissions are in the store."""
