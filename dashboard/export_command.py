"""The command that writes a report: a topic or a saved plan, as slides, document or workbook."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.charts.plan import Plan, PlanError, read_plan
from dashboard.exports.formats import REPORT_FORMATS
from dashboard.exports.slides import TemplateError
from dashboard.filters import months_of, one_area
from dashboard.language import Text, word

if TYPE_CHECKING:
    from dashboard.service import FrontDesk

DONE, REFUSED = 0, 1
ALL = "all"  # every topic, in order
SCORECARDS = "scorecards"  # one page for every area below
Say = Callable[[str], None]


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declares the command and its options."""
    export = commands.add_parser("export", help="write a report: pptx, docx, xlsx")
    export.add_argument(
        "what", metavar="TOPIC|TEMPLATE", help=f"topics by comma, {ALL}, {SCORECARDS}, or FILE.json"
    )
    export.add_argument("--area", default="", metavar="CODE|NAME")
    export.add_argument("--period", default="", help="2024-09, 2024Q3, 2023; default: the latest")
    export.add_argument("--format", required=True, choices=list(REPORT_FORMATS))
    export.add_argument("--out", required=True, metavar="FILE")


def plan_of(desk: FrontDesk, what: str, area: str) -> Plan:
    """The plan that a word on the command line means for an area; raises PlanError."""
    if what == SCORECARDS:
        below = tuple(one.code for one in desk.areas().children(area))
        return Plan(areas=below or (area,), parts=("scorecard",))
    if what.endswith(".json") and Path(what).is_file():
        return read_plan(Path(what).read_text("utf-8"))
    if what == ALL:
        return Plan()
    return Plan(topics=tuple(part.strip() for part in what.split(",") if part.strip()))


def run(desk: FrontDesk, options: argparse.Namespace, say: Say) -> int:
    """Writes the file and says so; a sentence where that is not possible."""
    from dashboard.composer import compose

    query = {"lang": options.lang}
    if options.area:
        query["area"] = one_area(desk.areas(), options.area).code
    if options.period:
        query["period"] = str(months_of(options.period)[1])
    selection = desk.selection(query, options.lang)
    try:
        report = compose(desk, plan_of(desk, options.what, selection.area), selection, date.today())
        content = REPORT_FORMATS[options.format].render(report)
    except (PlanError, TemplateError) as error:
        say(error.message[options.lang])
        return REFUSED
    try:
        Path(options.out).write_bytes(content)
    except OSError as error:
        unwritten = Text(
            f"无法写入 {options.out}：{error.strerror}",
            f"cannot write {options.out}: {error.strerror}",
        )
        say(unwritten[options.lang])
        return REFUSED
    size = f"{len(content) / 1024:,.0f}"
    say(word("report_written", options.lang, file=options.out, size=size))
    return DONE
