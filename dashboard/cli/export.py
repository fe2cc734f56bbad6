"""The commands that write files: a report of topics or a saved plan, or one chart."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.base.language import Text, word
from dashboard.catalogue import periods
from dashboard.catalogue.periods import Period
from dashboard.charts.model.plan import Plan, PlanError, read_plan
from dashboard.disclosure.row_guard import HIDE, SHOW
from dashboard.exports.chromium import PrintError
from dashboard.exports.formats import FORMATS, PICTURES, REPORT_FORMATS
from dashboard.exports.pictures import SCALES, SIZES, PictureWish
from dashboard.exports.single_chart_slide import one_page
from dashboard.exports.slide_template import template_bytes
from dashboard.exports.slides import TemplateError, open_template, slides_bytes
from dashboard.exports.template_files import own_slides, read_slides
from dashboard.services.filters import months_of, one_area
from dashboard.services.reports.receipts import stamped_chart

if TYPE_CHECKING:
    from dashboard.charts.model.report import Report
    from dashboard.charts.model.selection import Selection
    from dashboard.services.front_desk import FrontDesk

DONE, REFUSED = 0, 1
ALL = "all"  # every topic, in order
SCORECARDS = "scorecards"  # one page for every area below
Say = Callable[[str], None]


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declares the commands and their options."""
    export = commands.add_parser("export", help="write a report or one chart as a file")
    export.add_argument(
        "what",
        metavar="TOPIC|TEMPLATE|TOPIC/CHART",
        help=f"topics by comma, {ALL}, {SCORECARDS}, a saved report, FILE.json, or one chart",
    )
    export.add_argument("--area", default="", metavar="CODE|NAME")
    export.add_argument("--period", default="", help="2024-09, 2024Q3, 2023; default: the latest")
    known = dict.fromkeys([*REPORT_FORMATS, *FORMATS, *PICTURES])
    export.add_argument("--format", required=True, choices=list(known))
    export.add_argument("--out", required=True, metavar="FILE")
    export.add_argument(
        "--small-cells",
        choices=[HIDE, SHOW],
        default=HIDE,
        help="counts of people below the setting",
    )
    export.add_argument("--template", default="", metavar="FILE.pptx", help="the bureau's slides")
    export.add_argument("--size", choices=SIZES, default=SIZES[0], help="of a picture")
    export.add_argument("--scale", choices=SCALES, default=2, type=int, help="of a picture")
    export.add_argument("--transparent", action="store_true", help="a picture without its ground")
    commands.add_parser("templates", help="list the saved reports and the bureau's slides")
    slides = commands.add_parser("slide-template", help="write the shipped .pptx template")
    slides.add_argument("out", metavar="OUT.pptx")


def plan_of(desk: FrontDesk, what: str, area: str) -> Plan:
    """The plan that a word on the command line means for an area; raises PlanError."""
    if what == SCORECARDS:
        below = tuple(one.code for one in desk.areas().children(area))
        return Plan(areas=below or (area,), parts=("scorecard",))
    if what.endswith(".json") and Path(what).is_file():
        return read_plan(Path(what).read_text("utf-8"))
    if what == ALL:
        return Plan()
    saved = desk.plans.get(what)
    if saved is not None:
        return saved
    return Plan(topics=tuple(part.strip() for part in what.split(",") if part.strip()))


def _one_chart(desk: FrontDesk, options: argparse.Namespace, selection: Selection) -> bytes:
    """The file of one chart; raises NotFound and PrintError."""
    stamped = stamped_chart(desk, options.what, selection)
    if stamped.empty:
        raise PlanError(Text(stamped.empty, stamped.empty))
    chart = desk.release.chart(stamped)
    if options.format in PICTURES:
        wish = PictureWish(options.size, options.scale, options.transparent)
        return PICTURES[options.format].render(chart, wish)
    if options.template or options.format not in FORMATS:
        return _as_file(desk, options, one_page(chart))
    return FORMATS[options.format].render(chart)


def _as_file(desk: FrontDesk, options: argparse.Namespace, report: Report) -> bytes:
    """The report in the asked format, slides in the asked template."""
    if options.template and options.format == "pptx":
        return slides_bytes(report, read_slides(desk.settings.home, options.template))
    return REPORT_FORMATS[options.format].render(report)


def _report(desk: FrontDesk, options: argparse.Namespace, selection: Selection) -> bytes:
    """The file of a report; raises PlanError, TemplateError and PrintError."""
    from dashboard.services.reports.compose import compose

    if options.format not in REPORT_FORMATS:
        kind = options.format.upper()
        raise PlanError(
            Text(
                f"{kind} 一次只含一张图：请写 专题/图表，例如 marriage/registrations",
                f"{kind} holds one chart: name TOPIC/CHART, for example marriage/registrations",
            )
        )
    plan = plan_of(desk, options.what, selection.area)
    if options.template:  # refused before anything is worked out
        open_template(read_slides(desk.settings.home, options.template))
    report = compose(desk, plan, selection, date.today())
    if report.is_empty:
        raise PlanError(_word("cli_no_figures", area=report.title, period=report.subtitle))
    return _as_file(desk, options, report)


def run(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    """Writes the file and says so; a sentence where that is not possible."""
    if options.small_cells == SHOW:
        desk.settings = replace(desk.settings, small_cells=0)
    query = {"lang": options.lang}
    if options.area:
        query["area"] = one_area(desk.areas(), options.area).code
    if options.period:
        query["period"] = str(months_of(options.period)[1])
    selection = desk.selections.of(query, options.lang)
    if selection.asked is not None and selection.period is not None:
        say(_nearest(desk, selection, selection.asked, selection.period))
        return REFUSED
    single = "/" in options.what and not options.what.endswith(".json")
    try:
        content = (_one_chart if single else _report)(desk, options, selection)
    except (PlanError, TemplateError, PrintError) as error:
        say(error.message[options.lang])
        return REFUSED
    return _write(options.out, content, options.lang, say)


def _nearest(desk: FrontDesk, selection: Selection, asked: Period, nearest: Period) -> str:
    """Says that there is nothing for the period that was asked for, and which is the nearest."""
    say, area = selection.language, desk.areas().get(selection.area)
    return word(
        "sentence_nearest",
        say,
        area=area.name[say] if area else selection.area,
        period=periods.name(asked, say),
        nearest=periods.name(nearest, say),
    )


def _word(key: str, **fields: str) -> Text:
    return Text(word(key, "zh", **fields), word(key, "en", **fields))


def _write(out: str, content: bytes, language: str, say: Say) -> int:
    try:
        Path(out).write_bytes(content)
    except OSError as error:
        unwritten = Text(
            f"无法写入 {out}：{error.strerror}", f"cannot write {out}: {error.strerror}"
        )
        say(unwritten[language])
        return REFUSED
    say(word("report_written", language, file=out, size=f"{len(content) / 1024:,.0f}"))
    return DONE


def _templates(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    """Lists the saved reports, each with who saved it when, and the bureau's own slides."""
    rows = desk.plans.all()
    for row in rows:
        day = f"{row.written.astimezone():%Y-%m-%d %H:%M}"
        fields = {"name": row.name, "version": row.version, "day": day}
        say(word("cli_template", options.lang, by=row.written_by or "—", **fields))
    if not rows:
        say(word("cli_template_none", options.lang))
    for name in own_slides(desk.settings.home):
        say(word("cli_slides", options.lang, name=name))
    return DONE


def _slide_template(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    return _write(options.out, template_bytes(), options.lang, say)


COMMANDS: dict[str, Callable[[FrontDesk, argparse.Namespace, Say], int]] = {
    "export": run,
    "templates": _templates,
    "slide-template": _slide_template,
}
