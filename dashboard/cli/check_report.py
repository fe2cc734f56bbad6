"""Defines the command ``check-report``: checks the draft of a work report against itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.base.language import word
from dashboard.cli.command import (
    DONE,
    REFUSED,
    Command,
    collected,
    complain,
    say,
    user,
)
from dashboard.cli.output import write_file

if TYPE_CHECKING:
    from dashboard.intake.drafts.check import CheckedDraft
    from dashboard.intake.drafts.finding import DraftFinding
    from dashboard.services.drafts import Judged


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of the command."""

    file: str
    lang: str
    as_json: bool = False
    comments: str = ""
    book: str = ""
    accept: str = ""
    note: str = ""


@click.command("check-report", cls=Command, help="check the draft of a work report against itself")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True)
@click.option("--comments", default="", metavar="FILE", help="write a .docx with comments")
@click.option("--list", "book", default="", metavar="FILE", help="write a list as .xlsx")
@click.option("--accept", default="", metavar="MARK", help="accept a finding, with --note")
@click.option("--note", default="", help="why it may stand; empty takes it back")
@collected(Asked)
def check_report(asked: Asked) -> int:
    """Print the findings of a draft; refused (1) where one that is not accepted is an error."""
    from dashboard.base.settings import read_settings
    from dashboard.intake.drafts.draft import UnreadableDraft
    from dashboard.services.drafts import Drafts

    drafts = Drafts(read_settings().home)
    try:
        if asked.accept:
            drafts.accept(asked.accept, asked.note, user())
        judged = drafts.check(Path(asked.file).name, Path(asked.file).read_bytes())
    except UnreadableDraft as unreadable:
        complain(unreadable.text[asked.lang])
        return REFUSED
    except OSError as error:
        complain(word("drafts_unkept", asked.lang, reason=error.strerror or str(error)))
        return REFUSED
    if asked.as_json:
        say(json.dumps(_as_rows(judged, asked.lang), ensure_ascii=False, indent=1))
    else:
        _print(judged, asked.lang)
    codes = [REFUSED if judged.count("error") else DONE]
    for file, make in ((asked.comments, drafts.commented), (asked.book, drafts.listed)):
        if file:
            codes.append(write_file(file, make(judged, asked.lang), asked.lang))
    return max(codes)


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
    counts = {severity: judged.count(severity) for severity in ("error", "warning", "note")}
    say(word("drafts_verdict", language, count=len(checked.read.mentions), **counts))


def _places(checked: CheckedDraft, finding: DraftFinding, language: str) -> list[str]:
    """Each place of a finding: its passage's number and the words around it."""
    lines = []
    for passage, start, end in finding.spots:
        text = checked.draft.passages[passage].text.replace("\n", " ")
        around = f"{text[max(start - 16, 0) : start]}【{text[start:end]}】{text[end : end + 10]}"
        lines.append(word("drafts_place", language, number=passage + 1, text=around.strip()))
    return lines


def _as_rows(judged: Judged, language: str) -> dict[str, object]:
    checked = judged.checked
    return {
        "mentions": len(checked.read.mentions),
        "notices": [notice[language] for notice in checked.draft.notices],
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
