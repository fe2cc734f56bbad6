"""Composes the services behind every page, callback, export and command."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import NamedTuple, cast

from flask import current_app
from flask_caching import Cache

from dashboard.base.kept_bytes import KeptBytes
from dashboard.base.language import Text
from dashboard.base.settings import Settings
from dashboard.base.shared_bytes import SharedBytes
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.concepts import Area
from dashboard.catalogue.lookup import Catalogue
from dashboard.services.access.accounts import Accounts
from dashboard.services.access.audit import Audit
from dashboard.services.context import Context, open_context
from dashboard.services.declarations import Declarations
from dashboard.services.draft_figures import DraftFigures
from dashboard.services.drafts import Drafts
from dashboard.services.figures.comparisons import Comparisons
from dashboard.services.figures.figure_lists import Directory
from dashboard.services.figures.figure_sentences import FigureSentences
from dashboard.services.figures.figures import Figures
from dashboard.services.figures.registers import Registers
from dashboard.services.figures.scorecards import Scorecards
from dashboard.services.figures.side_by_side import SideBySide
from dashboard.services.figures.stated_figures import StatedFigureLists
from dashboard.services.figures.topic_charts import TopicPages
from dashboard.services.jobs import Jobs
from dashboard.services.markings import Markings
from dashboard.services.meetings.meetings import Meetings
from dashboard.services.meetings.questions import Questions
from dashboard.services.meetings.slides import MeetingSlides
from dashboard.services.publications import Publications
from dashboard.services.release import Release
from dashboard.services.report_figures import ReportFigures
from dashboard.services.reports.figure_uses import Carriers
from dashboard.services.reports.make import Reports
from dashboard.services.reports.plans import Plans
from dashboard.services.reports.receipts import Receipts
from dashboard.services.reports.refresh import Refreshing
from dashboard.services.reports.revisions import Revisions
from dashboard.services.reports.sources import Sources
from dashboard.services.selections import Selections
from dashboard.services.submissions.approval import Approval
from dashboard.services.submissions.form_filling import FormFilling
from dashboard.services.submissions.locks import Locks
from dashboard.services.submissions.reporting import Reporting
from dashboard.services.submissions.submissions import Submissions
from dashboard.services.submissions.tray import Tray
from dashboard.services.targets.division import TargetDivision
from dashboard.services.targets.editing import TargetEditing
from dashboard.services.targets.target_overview import TargetOverview
from dashboard.services.targets.targets import Targets
from dashboard.store.health import trouble_of
from dashboard.store.reader_views import Reader

MOST_BYTES = 32 * 1024 * 1024  # of finished answers that a process keeps
MOST_SHARED = 4 * MOST_BYTES  # of those that its processes share on disk


class SeenStore(NamedTuple):
    """A store as somebody sees it, and what is kept of what was made of it."""

    cache: Cache
    kept: KeptBytes
    context: Context


class FrontDesk:
    """The services of one catalogue and one store. One per process; safe for many threads."""

    def __init__(self, settings: Settings, seen: SeenStore | None = None) -> None:
        """Open the store of these settings; raises its errors and those of the catalogue.

        ``seen`` is the store as one reader sees it, where it is open already.
        """
        self._areas: Areas | None = None
        self.settings = settings
        seen = seen or _opened(settings)
        self.cache, self.kept, self.context = seen
        context = seen.context
        self.audit = Audit(context.engine)
        self.accounts = Accounts(context.engine, context.areas, self.audit)
        self.selections = Selections(context)
        self.jobs = Jobs(context)
        self.tray = Tray(settings.home, settings.upload_mb)
        self.plans = Plans(context)
        self.submissions = Submissions(context)
        self.approval = Approval(context, self.submissions)
        self.forms = FormFilling(context, self.submissions)
        self.locks = Locks(context)
        self.publications = Publications(context)
        self.reporting = Reporting(context, self.selections)
        self.targets = Targets(context)
        self.division = TargetDivision(context, self.targets)
        self.editing = TargetEditing(context, self.targets)
        self.figures = Figures(context, self.selections, self.targets, self.reporting)
        self.target_overview = TargetOverview(context, self.targets, self.figures)
        self.side_by_side = SideBySide(context, self.figures, self.targets)
        self.stated = StatedFigureLists(context, self.selections, self.figures)
        self.topics = TopicPages(context, self.selections, self.figures)
        self.directory = Directory(context)
        self.registers = Registers(context)
        self.declarations = Declarations(context)
        self.comparisons = Comparisons(context, self.selections)
        self.scorecards = Scorecards(
            context, self.targets, self.comparisons, self.figures.freshness_of_each
        )
        self.markings = Markings(context)
        self.release = Release(context, self.targets.all, self.markings)
        self.figure_sentences = FigureSentences(context, self.figures, self.release)
        self.draft_figures = DraftFigures(context, self.release.guard)
        self.drafts = Drafts(settings.home, self.draft_figures)
        self.report_figures = ReportFigures(context, self.draft_figures)
        sources = Sources(
            context,
            self.figures,
            self.topics,
            self.scorecards,
            self.targets,
            self.release,
            self.target_overview,
        )
        self.receipts = Receipts(sources)
        self.carriers = Carriers(sources, self.receipts)
        self.revisions = Revisions(sources, self.receipts)
        self.reports = Reports(sources, self.receipts)
        self.refreshing = Refreshing(sources, self.receipts)
        self.meetings = Meetings(sources)
        self.meeting_slides = MeetingSlides(sources, self.meetings, self.receipts)
        self.questions = Questions(context)

    def as_seen_by(self, reader: Reader) -> FrontDesk:
        """A desk over the same store and caches, in which drafts are hidden or marked."""
        context = self.context.as_seen_by(reader)
        return FrontDesk(self.settings, SeenStore(self.cache, self.kept, context))

    @property
    def catalogue(self) -> Catalogue:
        """What figures mean, with the bureau's own indicators as of the last look at the store."""
        return self.context.catalogue

    def areas(self) -> Areas:
        """All known areas."""
        return self._areas or self.context.areas()

    def with_areas(self, new: Sequence[Area]) -> FrontDesk:
        """This desk, which knows areas that are to be registered: a preview shows their names."""
        desk = copy(self)
        desk._areas = self.context.areas().joined(new) if new else None
        return desk

    def trouble(self) -> Text | None:
        """What keeps the store from taking figures; None where nothing does."""
        return trouble_of(self.context.engine)

    def version(self) -> int:
        """The data version; changes with every submission."""
        return self.context.version()


def _opened(settings: Settings) -> SeenStore:
    """The store itself, with caches that are empty."""
    cache = Cache()
    kept = KeptBytes(MOST_BYTES, settings.cache_seconds, _shared(settings))
    return SeenStore(cache, kept, open_context(settings, cache))


def _shared(settings: Settings) -> SharedBytes | None:
    """What the processes of this run of the server share; None where there is one process."""
    if settings.shared_answers is None:
        return None
    return SharedBytes(settings.shared_answers, MOST_SHARED, settings.cache_seconds)


def front_desk() -> FrontDesk:
    """The front desk of the running app."""
    return cast(FrontDesk, current_app.extensions["dashboard"])
