"""Defines the command ``export``: writes a report of topics or a saved plan, or one chart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.base.language import Text, word
from dashboard.cli.command import REFUSED, Command, collected, open_desk, say
from dashboard.cli.output import HIDE, SHOW, SMALL_CELLS, write_file

if TYPE_CHECKING:
    from dashboard.charts.model.plan import Plan
    from dashboard.charts.model.report import Report
    from dashboard.charts.model.selection import Selection
    from dashboard.services.front_desk import FrontDesk

ALL = "all"  # every topic, in order
SCORECARDS = "scorecards"  # one page for every area below
BULLETIN = "bulletin"  # the monthly one, a page of A4
# Named again from dashboard.exports, whose import would cost --help a second; a test compares.
FILE_FORMATS = ("pptx", "docx", "xlsx", "pdf", "csv", "png", "svg")
DIRECTOR, FULL = "director", "full"
DECKS = (DIRECTOR, "appendix", FULL, "charts")  # of dashboard.charts.model.plan
SIZES, SCALES = ("slide", "half", "full"), (1, 2, 3)


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What the command line asks for; ``format`` is one of FILE_FORMATS."""

    what: str
    area: str
    period: str
    format: str
    out: str
    small_cells: str
    template: str
    size: str
    scale: int
    transparent: bool
    all_figures: bool
    deck: str | None
    marking: str
    lang: str

    @property
    def is_one_chart(self) -> bool:
        """Whether ``what`` names one chart, as TOPIC/CHART."""
        return "/" in self.what and not self.what.endswith(".json")


@click.command("export", cls=Command, help="write a report or one chart as a file")
@click.argument(
    "what",
    metavar="TOPIC|TEMPLATE|TOPIC/CHART",
    help=f"topics by comma, {ALL}, {SCORECARDS}, {BULLETIN}, a saved report, FILE.json, one chart",
)
@click.option("--area", default="", metavar="CODE|NAME")
@click.option("--period", default="", help="2024-09, 2024Q3, 2023; default: the latest")
@click.option("--format", required=True, type=click.Choice(FILE_FORMATS))
@click.option("--out", required=True, metavar="FILE")
@click.option(
    "--small-cells",
    type=click.Choice(SMALL_CELLS),
    default=HIDE,
    help="counts of people below the setting",
)
@click.option("--template", default="", metavar="FILE.pptx", help="the bureau's slides")
@click.option("--size", type=click.Choice(SIZES), default=SIZES[0], help="of a picture")
@click.option("--scale", type=click.Choice(SCALES), default=2, help="of a picture")
@click.option("--all-figures", is_flag=True, help="a chart of every figure of the topics")
@click.option(
    "--deck",
    type=click.Choice(DECKS),
    help="at most ten slides for the director, these with the full set, the full set, charts alone;"
    f" default: {DIRECTOR} for {ALL} as pptx, else {FULL}",
)
@click.option("--marking", default="", metavar="WORDS", help="words on every page of a report")
@click.option("--transparent", is_flag=True, help="a picture without its ground")
@collected(ExportOptions)
def export(options: ExportOptions) -> int:
    """Write the file, or print why that is not possible; raises NotFound and UnknownName."""
    from dashboard.charts.model.plan import PlanError
    from dashboard.exports.chromium import PrintError
    from dashboard.exports.template_files import TemplateError

    desk = open_desk(shows_small_cells=options.small_cells == SHOW)
    selection = _selection(desk, options)
    if selection.asked is not None:
        say(_nearest(desk, selection))
        return REFUSED
    try:
        content = (_chart if options.is_one_chart else _report)(desk, options, selection)
    except (PlanError, TemplateError, PrintError) as error:
        say(error.message[options.lang])
        return REFUSED
    return write_file(options.out, content, options.lang)


def _selection(desk: FrontDesk, options: ExportOptions) -> Selection:
    """The area and period asked for; raises UnknownName."""
    from dashboard.services.filters import months_of, one_area

    query = {"lang": options.lang}
    if options.area:
        query["area"] = one_area(desk.areas(), options.area).code
    if options.period:
        query["period"] = str(months_of(options.period)[1])
    return desk.selections.of(query, options.lang)


def _nearest(desk: FrontDesk, selection: Selection) -> str:
    """Says that there is nothing for the period that was asked for, and which is the nearest."""
    from dashboard.catalogue import periods

    language = selection.language
    assert selection.asked is not None and selection.period is not None
    return word(
        "sentence_nearest",
        language,
        area=desk.areas().name_of(selection.area, language),
        period=periods.name(selection.asked, language),
        nearest=periods.name(selection.period, language),
    )


def plan_of(desk: FrontDesk, what: str, area: str) -> Plan:
    """The plan that a word on the command line means for an area; raises PlanError."""
    from dashboard.charts.model.plan import Plan, read_plan

    if what == SCORECARDS:
        below = tuple(child.code for child in desk.areas().children(area))
        return Plan(areas=below or (area,), parts=("scorecard",))
    if what == ALL:
        return Plan()
    saved = desk.plans.get(what)
    if saved is not None:
        return saved
    if what.endswith(".json"):
        return read_plan(Path(what).read_text("utf-8"))
    return Plan(topics=tuple(part.strip() for part in what.split(",") if part.strip()))


def _chart(desk: FrontDesk, options: ExportOptions, selection: Selection) -> bytes:
    """The file of one chart; raises NotFound, PlanError and PrintError."""
    from dashboard.charts.model.plan import PlanError
    from dashboard.exports.formats import FORMATS, PICTURES
    from dashboard.exports.pictures import PictureWish
    from dashboard.exports.single_chart_slide import one_page

    stamped = desk.receipts.stamped_chart(options.what, selection)
    if stamped.empty:
        raise PlanError(Text(stamped.empty, stamped.empty))
    chart = desk.release.chart(stamped)
    if options.format in PICTURES:
        wish = PictureWish(options.size, options.scale, options.transparent, chart.receipt)
        return PICTURES[options.format].render(chart, wish)
    if options.template or options.format not in FORMATS:
        return _as_file(desk, options, one_page(chart))
    return FORMATS[options.format].render(chart)


def _report(desk: FrontDesk, options: ExportOptions, selection: Selection) -> bytes:
    """The file of a report; raises PlanError, TemplateError and PrintError."""
    from dashboard.charts.model.plan import PlanError
    from dashboard.exports.formats import REPORT_FORMATS
    from dashboard.exports.slides import open_template
    from dashboard.exports.template_files import read_slides
    from dashboard.services.reports.left_out import refuse_empty

    if options.format not in REPORT_FORMATS:
        kind = options.format.upper()
        raise PlanError(
            Text(
                f"{kind} 一次只含一张图：请写 专题/图表，例如 marriage/registrations",
                f"{kind} holds one chart: name TOPIC/CHART, for example marriage/registrations",
            )
        )
    if options.what == BULLETIN:
        return _as_file(desk, options, desk.reports.bulletin(selection, date.today()))
    plan = plan_of(desk, options.what, selection.area)
    marking = options.marking or plan.marking
    plan = replace(plan, deck=options.deck or _usual_deck(options, plan), marking=marking)
    if options.all_figures:
        plan = desk.reports.with_all_figures(plan, selection)
    if options.template:  # refused before anything is computed
        open_template(read_slides(desk.settings.home, options.template))
    report = desk.reports.compose(plan, selection, date.today())
    refuse_empty(report)
    for line in report.left_out:
        say(line)
    return _as_file(desk, options, report)


def _usual_deck(options: ExportOptions, plan: Plan) -> str:
    """What a saved report asks for; of everything as slides what the director needs."""
    if plan.deck or options.what != ALL or options.format != "pptx" or options.all_figures:
        return plan.deck
    return DIRECTOR


def _as_file(desk: FrontDesk, options: ExportOptions, report: Report) -> bytes:
    """The report in the asked format, slides in the asked template."""
    from dashboard.exports.formats import REPORT_FORMATS
    from dashboard.exports.slides import slides_bytes
    from dashboard.exports.template_files import read_slides

    if options.template and options.format == "pptx":
        return slides_bytes(report, read_slides(desk.settings.home, options.template))
    return REPORT_FORMATS[options.format].render(report)
