"""Defines the command ``check-report``: checks the draft of a work report against itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.base.language import word
from dashboard.catalogue.concepts import SEVERITIES
from dashboard.cli.command import (
    DONE,
    REFUSED,
    Command,
    collected,
    complain,
    say,
    user,
)
from dashboard.cli.output import HIDE, SHOW, SMALL_CELLS, release, write_file

if TYPE_CHECKING:
    from dashboard.intake.drafts.against_store import Compared
    from dashboard.intake.drafts.check import CheckedDraft
    from dashboard.intake.drafts.finding import DraftFinding
    from dashboard.services.draft_figures import DraftFigures
    from dashboard.services.drafts import Judged


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of the command."""

    file: str
    lang: str
    as_json: bool = False
    comments: str = ""
    book: str = ""
    area: str = ""
    previous: str = ""
    small_cells: str | None = None
    accept: str = ""
    note: str = ""


@click.command("check-report", cls=Command, help="check the draft of a work report against itself")
@click.argument("file", type=click.Path())
@click.option("--json", "as_json", is_flag=True)
@click.option("--comments", default="", metavar="FILE", help="write a .docx with comments")
@click.option("--list", "book", default="", metavar="FILE", help="write a list as .xlsx")
@click.option(
    "--area", default="", metavar="CODE", help="whose figures; else the bureau's that writes"
)
@click.option(
    "--previous",
    default="",
    type=click.Path(),
    metavar="FILE",
    help="the same bureau's previous report: what changed, vanished, was copied",
)
@click.option(
    "--small-cells",
    type=click.Choice(SMALL_CELLS),
    help="small counts of people; without: hidden in a file, shown here",
)
@click.option("--accept", default="", metavar="MARK", help="accept a finding, with --note")
@click.option("--note", default="", help="why it may stand; empty takes it back")
@collected(Asked)
def check_report(asked: Asked) -> int:
    """Print the findings of a draft; refused (1) where one that is not accepted is an error."""
    from dashboard.base.settings import read_settings
    from dashboard.intake.drafts.draft import UnreadableDraft
    from dashboard.services.context import open_context
    from dashboard.services.draft_figures import DraftFigures
    from dashboard.services.drafts import Drafts

    settings = read_settings()
    context = open_context(settings)
    figures = DraftFigures(context, release(context).guard)
    drafts = Drafts(settings.home, figures)
    whole = (asked.small_cells or (HIDE if asked.comments or asked.book else SHOW)) == SHOW
    try:
        if asked.accept:
            drafts.accept(asked.accept, asked.note, user())
        judged = drafts.check(_files(asked), asked.area, whole=whole)
    except UnreadableDraft as unreadable:
        complain(unreadable.text[asked.lang])
        return REFUSED
    if asked.as_json:
        say(json.dumps(_as_rows(judged, figures, asked.lang), ensure_ascii=False, indent=1))
    else:
        _print(judged, asked.lang)
        _print_store(judged, figures, asked.lang)
        _print_succession(judged, asked.lang)
    codes = [REFUSED if judged.count("error") else DONE]
    for file, make in ((asked.comments, drafts.commented), (asked.book, drafts.listed)):
        if file:
            codes.append(write_file(file, make(judged, asked.lang), asked.lang))
    return max(codes)


def _files(asked: Asked) -> list[tuple[str, bytes]]:
    paths = [Path(file) for file in (asked.file, asked.previous) if file]
    return [(path.name, path.read_bytes()) for path in paths]


def _print_succession(judged: Judged, language: str) -> None:
    """What changed, vanished, is new or was copied against the previous report."""
    if not judged.previous:
        return
    for succession in judged.succession:
        sides = [side.amount.written if side else "—" for side in (succession.then, succession.now)]
        result = word(f"drafts_previous_{succession.result}", language)
        say(f"  {result}  {succession.subject}  {sides[0]} → {sides[1]}")
    say(judged.summary_of_succession(language))


def _print(judged: Judged, language: str) -> None:
    checked = judged.checked
    for notice in checked.draft.notices:
        say(notice[language])
    for finding in checked.findings:
        severity = word(f"severity_{finding.severity}", language)
        mark = checked.mark(finding)
        say(f"{severity} [{mark}] {finding.message[language]}")
        for place in _places(checked, finding, language):
            say(f"    {place}")
        if mark in judged.notes:
            say(f"    {word('drafts_accepted', language, note=judged.notes[mark])}")
    counts = {severity: judged.count(severity) for severity in SEVERITIES}
    say(word("drafts_verdict", language, count=len(checked.read.mentions), **counts))


def _print_store(judged: Judged, figures: DraftFigures, language: str) -> None:
    """What the store says of every mention that it knows, and how many it does not."""
    store = judged.store
    if not store.area:
        say(word("drafts_no_area", language))
        return
    for compared in store.compared:
        if compared.key is not None:
            say(
                f"  {compared.meant.mention.amount.written}  {figures.sentence(compared, language)}"
            )
    say(figures.summary(store, language))


def _places(checked: CheckedDraft, finding: DraftFinding, language: str) -> list[str]:
    """Each place of a finding: its passage's number and the words around it."""
    lines = []
    for passage, start, end in finding.spots:
        text = checked.draft.passages[passage].text.replace("\n", " ")
        around = f"{text[max(start - 16, 0) : start]}【{text[start:end]}】{text[end : end + 10]}"
        lines.append(word("drafts_place", language, number=passage + 1, text=around.strip()))
    return lines


def _as_rows(judged: Judged, figures: DraftFigures, language: str) -> dict[str, object]:
    checked = judged.checked
    return {
        "mentions": len(checked.read.mentions),
        "notices": [notice[language] for notice in checked.draft.notices],
        "area": judged.store.area,
        "compared": [
            _compared_row(comparison, figures, language) for comparison in judged.store.compared
        ],
        "previous": [
            {
                "result": succession.result,
                "subject": succession.subject,
                "then": succession.then.amount.written if succession.then else "",
                "now": succession.now.amount.written if succession.now else "",
            }
            for succession in judged.succession
        ],
        "findings": [
            {
                "mark": checked.mark(finding),
                "rule": finding.rule,
                "severity": finding.severity,
                "accepted": judged.notes.get(checked.mark(finding), ""),
                "message": finding.message[language],
                "places": [
                    {"passage": passage + 1, "start": start, "end": end}
                    for passage, start, end in finding.spots
                ],
            }
            for finding in checked.findings
        ],
    }


def _compared_row(compared: Compared, figures: DraftFigures, language: str) -> dict[str, object]:
    mention, key = compared.meant.mention, compared.key
    return {
        "passage": mention.passage + 1,
        "start": mention.amount.start,
        "written": mention.amount.written,
        "unit": mention.amount.dimension,
        "subject": mention.subject,
        "period": str(mention.period.end) if mention.period else "",
        "verdict": compared.verdict,
        "indicator": key.indicator if key else "",
        "area": key.area if key else "",
        "figure_period": str(key.period) if key else "",
        "stored": compared.stored,
        "message": figures.sentence(compared, language),
    }
