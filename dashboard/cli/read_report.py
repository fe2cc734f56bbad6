"""Defines the command ``read-report``: reads the figures of a work report into the store."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.base.language import word
from dashboard.catalogue.concepts import Grade
from dashboard.cli.command import (
    DONE,
    REFUSED,
    USAGE,
    Command,
    collected,
    complain,
    open_context,
    say,
    user,
)
from dashboard.cli.output import release, write_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.intake import Handover
    from dashboard.intake.drafts.statements import Statement
    from dashboard.services.context import Context
    from dashboard.services.report_figures import ReadReport


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of the command."""

    file: str
    lang: str
    area: str = ""
    accept_all_sure: bool = False
    left: tuple[int, ...] = ()
    mappings: tuple[str, ...] = ()  # each WORDS=INDICATOR
    note: str = ""
    target: str = ""
    as_json: bool = False


@click.command(
    "read-report", cls=Command, help="read a work report's figures: shown first, stored on request"
)
@click.argument("file", type=click.Path())
@click.option("--area", default="", metavar="CODE", help="whose report; else the bureau's")
@click.option(
    "--accept-all-sure", is_flag=True, help="store the figures whose meaning is certain or mapped"
)
@click.option(
    "--leave", "left", type=int, multiple=True, metavar="NUMBER", help="a figure not to be read"
)
@click.option(
    "--map",
    "mappings",
    multiple=True,
    metavar="WORDS=INDICATOR",
    help="what the words of a figure mean that was not understood",
)
@click.option("--note", default="", help="an answer to warnings, kept with the submission")
@click.option("--table", "target", default="", metavar="FILE", help="write the figures as .csv")
@click.option("--json", "as_json", is_flag=True)
@collected(Asked)
def read_report(asked: Asked) -> int:
    """Print what would be read, or hand it in; raises UnknownName for an unknown indicator."""
    from dashboard.intake.drafts.draft import UnreadableDraft
    from dashboard.services.draft_figures import DraftFigures
    from dashboard.services.report_figures import ReportFigures, explained

    context = open_context()
    figures = DraftFigures(context, release(context).guard)
    path = Path(asked.file)
    try:
        read = ReportFigures(context, figures).read(path.name, path.read_bytes(), asked.area)
    except UnreadableDraft as unreadable:
        complain(unreadable.text[asked.lang])
        return REFUSED
    read = explained(read, dict(_mapping(context, text) for text in asked.mappings), asked.left)
    if asked.target:
        return write_file(asked.target, read.file(asked.lang)[1], asked.lang)
    if not read.area:
        complain(word("drafts_no_area", asked.lang))
        return USAGE
    for notice in () if asked.as_json else read.notices:
        say(notice[asked.lang])
    if asked.accept_all_sure:
        return _stored(context, read, asked)
    _print(context, read, asked)
    return DONE


def _mapping(context: Context, text: str) -> tuple[str, str]:
    """WORDS=INDICATOR; raises UnknownName."""
    from dashboard.services.filters import one_indicator

    words, _, meant = text.rpartition("=")
    return words.strip(), one_indicator(context.catalogue, meant.strip()).id


def _stored(context: Context, read: ReadReport, asked: Asked) -> int:
    """Hand the certain figures in; refused (1) where the intake refuses them or there are none."""
    from dashboard.services.submissions.submissions import Submissions

    if not read.sure:
        complain(word("read_report_nothing", asked.lang))
        return REFUSED
    receipts = Submissions(context).receive([read.file(asked.lang, read.sure)], _handover(asked))
    for receipt in receipts:
        key = "read_report_refused" if receipt.refused else "read_report_stored"
        values = {"id": receipt.id, "count": receipt.observations, "left": len(read.unsure)}
        say(word(key, asked.lang, **values))
        for finding in receipt.findings:
            if finding.severity != "note":
                say(
                    f"  {word(f'severity_{finding.severity}', asked.lang)}: "
                    f"{finding.message[asked.lang]}"
                )
    return REFUSED if any(receipt.refused for receipt in receipts) else DONE


def _handover(asked: Asked) -> Handover:
    from dashboard.intake import Handover

    return Handover(grade=Grade.REPORT, note=asked.note, by=user())


def _print(context: Context, read: ReadReport, asked: Asked) -> None:
    rows = list(_rows(context, read, asked.lang))
    if asked.as_json:
        summary = {"title": read.title, "area": read.area, "sure": len(read.sure)}
        say(json.dumps({**summary, "figures": rows}, ensure_ascii=False, indent=1))
        return
    for row in rows:
        meaning = row["name"] if row["sure"] else f"? {row['words']} — {row['why']}"
        value = f"{row['value']}{row['unit']}{row['qualifier']}"
        say(
            f"{row['number']:>4} {row['period'] or '—':8} {value:>14}  {meaning}  «{row['phrase']}»"
        )
    counts = {"sure": len(read.sure), "unsure": len(read.unsure), "title": read.title}
    say(word("read_report_summary", asked.lang, **counts))
    say(word("read_report_how", asked.lang))


def _rows(context: Context, read: ReadReport, language: str) -> Iterator[dict[str, object]]:
    for number, statement in enumerate(read.statements, 1):
        yield {
            "number": number,
            "sure": statement.is_sure,
            "indicator": statement.indicator,
            "name": _meaning(context, statement, language),
            "words": statement.name,
            "why": word(f"read_report_{statement.why}", language) if statement.why else "",
            "area": statement.area,
            "period": statement.period,
            "value": statement.value,
            "unit": statement.unit,
            "kind": str(statement.kind),
            "qualifier": statement.mention.amount.qualifier,
            "note": statement.note,
            "phrase": statement.phrase,
        }


def _meaning(context: Context, one: Statement, language: str) -> str:
    known = context.catalogue.indicators.get(one.indicator) if one.indicator else None
    return known.name[language] if known else ""
