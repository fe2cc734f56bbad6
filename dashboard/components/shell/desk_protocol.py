"""What the screen asks of the front desk. The parts of a page know this and nothing behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from dashboard.analysis.contributions import Contribution
from dashboard.analysis.derivation import FigureKey
from dashboard.analysis.division import PartsChange
from dashboard.analysis.plan_pace import PacePlan
from dashboard.analysis.progress import Progress as Judged
from dashboard.base.jobs import JobState
from dashboard.base.language import Text
from dashboard.base.progress import Progress
from dashboard.base.settings import Settings
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Area, Finding
from dashboard.catalogue.lookup import Catalogue
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import Target
from dashboard.catalogue.topics import Topic
from dashboard.charts.kinds.comparison_rows import SpineRow
from dashboard.charts.kinds.scorecard import StreetCard
from dashboard.charts.kinds.street_board import Board
from dashboard.charts.kinds.tiles import Tile
from dashboard.charts.model.chart import Chart
from dashboard.charts.model.selection import Selection
from dashboard.charts.provenance.figure_list import FigureLine
from dashboard.charts.provenance.figure_page import FigurePage
from dashboard.intake import Handover, Receipt, SheetPreview
from dashboard.intake.forms.cell_context import Neighbourhood
from dashboard.services.figures.observations import IndicatorPage, IndicatorRow
from dashboard.services.submissions.completeness import Completeness
from dashboard.store.area_changes import ChangeRow
from dashboard.store.locks import LogEntry
from dashboard.store.plans import PlanRow
from dashboard.store.submissions import SubmissionRow
from dashboard.store.targets import Commentary, TargetChange
from dashboard.store.withdrawal import Effect


class Desk(Protocol):
    """The front desk as the screen sees it; ``dashboard.services.front_desk.FrontDesk`` is one."""

    settings: Settings
    catalogue: Catalogue

    def version(self) -> int:
        """The version of what is stored."""

    def areas(self) -> Areas:
        """All known areas."""

    def selection(self, query: Mapping[str, str], language: str, topic: str = "") -> Selection:
        """What an address means: a known area and a period that has figures."""

    def periods(self, area: str, topic: str = "", known: date | None = None) -> list[Period]:
        """Periods with figures, newest first; with ``known`` as known on that day."""

    def hand_ins(self, area: str) -> list[date]:
        """The last days on which something was handed in for an area, newest first."""

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

    def street_cards(self, selection: Selection, below: bool = False) -> list[StreetCard]:
        """The scorecard of an area, or one of each area directly below it."""

    def figures(self, topic: str, selection: Selection) -> list[FigureLine]:
        """What the area itself has in a topic, with the source of every figure."""

    def figure_page(self, figure: FigureKey, selection: Selection) -> FigurePage:
        """Where a figure comes from; raises LookupError for an unknown indicator or area."""

    def cell_around(
        self, submission: int, sheet: str, row: int, column: str
    ) -> Neighbourhood | None:
        """What stands around a cell of a received file; None where it cannot be read again."""

    def figures_at(self, submission: int) -> dict[tuple[str, int, str], FigureKey]:
        """The figures of a submission by sheet, row and column of their cells."""

    def freshness(self, selection: Selection) -> Any:  # noqa: ANN401 - a record of the floor beside
        """latest, received, grades, is_demo, not_reported (area, count), version."""

    def search_indicators(self, text: str, topic: str, language: str) -> list[IndicatorRow]:
        """Rows with ``indicator`` and the number of its ``figures``; those that have some first."""

    def indicator_page(self, indicator: str, selection: Selection) -> IndicatorPage:
        """Everything about an indicator but its charts; raises LookupError for an unknown one."""

    def preview(
        self, files: Sequence[tuple[str, bytes]], handover: Handover, progress: Progress
    ) -> list[SheetPreview]:
        """What handing files in would do, sheet by sheet; stores nothing, raises Cancelled."""

    def receive(
        self, files: Sequence[tuple[str, bytes]], handover: Handover, progress: Progress
    ) -> list[Receipt]:
        """Takes files in, each whole or not at all; raises Cancelled."""

    def tray_put(self, files: Sequence[tuple[str, bytes]]) -> str:
        """Keeps files until they are handed in; returns the token. Raises TrayFull."""

    def tray_take(self, token: str) -> list[tuple[str, bytes]]:
        """The files of the token; raises TrayGone."""

    def tray_drop(self, token: str) -> None:
        """Forgets them."""

    def job_start(self, work: Callable[[Progress], object]) -> str:
        """Begins work in the background; returns the job's id. The result travels as JSON."""

    def job_state(self, job: str) -> JobState:
        """How far the job is; raises JobGone."""

    def job_cancel(self, job: str) -> None:
        """Asks it to stop at its next step; raises JobGone."""

    def submissions(self, limit: int = 200) -> list[SubmissionRow]:
        """The latest submissions, newest first."""

    def area_changes(self) -> list[ChangeRow]:
        """Every pair of old and new area ever handed in."""

    def findings(self, submission: int) -> list[Finding]:
        """What was found in one submission."""

    def submission(self, number: int) -> SubmissionRow:
        """The submission with this number; raises LookupError."""

    def completeness(self, area: str) -> Completeness:
        """Who has handed in what."""

    def effect_of(self, submission: int) -> Effect:
        """What taking a submission back would do."""

    def targets(self, as_of: str = "") -> list[Target]:
        """Every target, retired ones too, by area and date."""

    def progress(
        self, area: str = "", period: str = "", children: bool = False, as_of: str = ""
    ) -> list[Judged]:
        """How the targets of an area stand in a month, each in its latest without one."""

    def standing(self, name: str, area: str, period: str = "", as_of: str = "") -> Judged:
        """How one target stands in an area in a month; raises LookupError."""

    def contributions(self, row: Judged) -> list[Contribution]:
        """What each area directly below contributes to a row's gap."""

    def pace_plan(self, row: Judged) -> PacePlan | str:
        """What a target would take, by area; or why nothing can be planned: a key."""

    def target_history(self, name: str) -> list[TargetChange]:
        """Every change of a target, oldest first."""

    def lacks_parts(self, whole: Target) -> bool:
        """Whether a target can be divided and an area below has no part of it yet."""

    def parts_changes(self, name: str) -> list[PartsChange]:
        """What became of a target's parts, oldest first."""

    def target_cells(self, name: str, language: str) -> dict[str, object]:
        """A target as the cells of a table of targets, by role."""

    def commentary(self, name: str, period: str = "") -> list[Commentary]:
        """Every version of what was said of a target, oldest first."""

    def locks(self) -> list[LogEntry]:
        """The locks in force."""

    def logbook(self) -> list[LogEntry]:
        """Everything locked and unlocked so far, oldest first."""

    def locks_of(self, submission: int) -> list[Text]:
        """The locks over a submission, each as a sentence."""

    def lock_over(self, area: str, period: Period) -> LogEntry | None:
        """The lock that covers this area in this month, or None."""

    def plans(self) -> list[PlanRow]:
        """The saved reports, by name."""

    def has_samples(self) -> bool:
        """Whether sample submissions are in the store."""
