"""Makes reports in the background: composed, written into a file, there for a day."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from dashboard.base.language import Text
from dashboard.base.progress import JobProgress
from dashboard.charts.model.plan import Plan, PlanError
from dashboard.charts.model.report import Report
from dashboard.charts.model.selection import Selection
from dashboard.exports.chromium import PrintError
from dashboard.exports.formats import REPORT_FORMATS
from dashboard.exports.slides import open_template, slides_bytes
from dashboard.exports.template_files import TemplateError, read_offered
from dashboard.services.reports.bulletin import PAGE as BULLETIN_PAGE
from dashboard.services.reports.bulletin import bulletin
from dashboard.services.reports.compose import Step, checked_plan, compose, quietly
from dashboard.services.reports.coverage import covered_by_report
from dashboard.services.reports.finished_files import finished_file, keep_file
from dashboard.services.reports.left_out import refuse_empty
from dashboard.services.reports.proposal import Pick, propose
from dashboard.services.reports.receipts import Receipts, of_page, of_report
from dashboard.services.reports.sources import Sources, with_all_figures

BULLETIN = "bulletin"  # made as a document


@dataclass(frozen=True, slots=True)
class ReportWish:
    """Which report in which format; ``slides`` is one of the bureau's templates or ""."""

    plan: Plan
    selection: Selection
    format: str
    slides: str = ""


class Reports:
    """Puts reports together and writes them into files. Thread-safe."""

    def __init__(self, sources: Sources, receipts: Receipts) -> None:
        """Make them from these services, each with a receipt."""
        self._sources, self._receipts = sources, receipts
        self._home = sources.context.settings.home

    def compose(self, plan: Plan, selection: Selection, made: date, step: Step = quietly) -> Report:
        """The finished report; raises PlanError for a plan that names what does not exist."""
        with self._sources.context.remembering():
            report = compose(self._sources, plan, selection, made, step)
        view = of_report(plan, selection)
        code = self._receipts.code(view, selection, lambda: covered_by_report(report))
        return replace(report, receipt=code)

    def bulletin(self, selection: Selection, made: date) -> Report:
        """The monthly bulletin of an area; raises PlanError where it has no target."""
        with self._sources.context.remembering():
            report = bulletin(self._sources, selection, made)
        view = of_page(BULLETIN_PAGE, "", selection)
        code = self._receipts.code(view, selection, lambda: covered_by_report(report))
        return replace(report, receipt=code)

    def with_all_figures(self, plan: Plan, selection: Selection) -> Plan:
        """The plan with a chart of every figure its areas have; raises PlanError."""
        plan = checked_plan(self._sources, plan)
        return with_all_figures(self._sources, plan, selection)

    def proposed(self, selection: Selection) -> list[Pick]:
        """The pages of a deck for the director, each with its reason."""
        return propose(self._sources, selection, self._sources.overview.of(selection))

    def making(self, wish: ReportWish) -> Callable[[JobProgress], object]:
        """The work of making it: a job's result is {token, name, size, left_out}, or {refused}.

        ``left_out`` are lines, ``refused`` is a sentence in both languages: {zh, en}.
        """

        def make(progress: JobProgress) -> object:
            try:
                name, content, left = self._made(wish, progress)
            except (PlanError, TemplateError, PrintError) as error:
                return {"refused": {"zh": error.message.zh, "en": error.message.en}}
            progress.step(Text("正在保存文件", "saving the file"), 1, 1)  # the last place to cancel
            token = keep_file(self._home, name, content, self._sources.context.reader)
            return {"token": token, "name": name, "size": len(content), "left_out": [*left]}

        return make

    def _made(self, wish: ReportWish, progress: JobProgress) -> tuple[str, bytes, tuple[str, ...]]:
        template = read_offered(self._home, wish.slides) if wish.slides else None
        if template is not None:
            open_template(template)  # refused before anything is worked out
        if wish.format == BULLETIN:
            report = self.bulletin(wish.selection, date.today())
            wish = replace(wish, format="docx")
        else:
            report = self.compose(wish.plan, wish.selection, date.today(), progress.step)
            refuse_empty(report)
        kind = wish.format.upper()
        pages = len(report.pages)
        progress.step(
            Text(f"正在写 {kind}（{pages} 页）", f"writing {kind} ({pages} pages)"),
            pages,
            pages + 1,
        )
        if template is not None and wish.format == "pptx":
            content = slides_bytes(report, template)
        else:
            content = REPORT_FORMATS[wish.format].render(report)
        title = re.sub(r'[\\/:*?"<>|\s]+', "_", f"{report.title}_{report.subtitle}").strip("_")[:80]
        return f"{title}.{REPORT_FORMATS[wish.format].suffix}", content, report.left_out

    def finished(self, token: str) -> tuple[str, bytes] | None:
        """Name and content of a report that was made; None where there is none, or no more.

        None also where it was made of figures that this desk's reader may not see.
        """
        return finished_file(self._home, token, self._sources.context.is_open)
