"""The command ``check-report``: checks the draft of a work report against itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.base.language import word
from dashboard.cli.command import DONE, REFUSED, USAGE, Command, complain, say

if TYPE_CHECKING:
    from dashboard.intake.drafts.check import CheckedDraft
    from dashboard.intake.drafts.finding import DraftFinding


@click.command("check-report", cls=Command, help="check the draft of a work report against itself")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True)
def check_report(file: str, as_json: bool, lang: str) -> int:
    """Print the findings of a draft; refused (1) where one of them is an error."""
    from dashboard.intake.drafts.check import check_draft
    from dashboard.intake.drafts.draft import UnreadableDraft
    from dashboard.intake.drafts.reading import read_draft

    try:
        draft = read_draft(Path(file).name, Path(file).read_bytes())
    except UnreadableDraft as unreadable:
        complain(unreadable.text[lang])
        return REFUSED
    except OSError as error:
        complain(str(error))
        return USAGE
    checked = check_draft(draft)
    if as_json:
        say(json.dumps(_as_rows(checked, lang), ensure_ascii=False, indent=1))
    else:
        _print(checked, lang)
    return REFUSED if any(found.severity == "error" for found in checked.findings) else DONE


def _print(checked: CheckedDraft, language: str) -> None:
    for notice in checked.draft.notices:
        say(notice[language])
    for found in checked.findings:
        severity = word(f"severity_{found.severity}", language)
        say(f"{severity} [{checked.mark(found)}] {found.message[language]}")
        for place in _places(checked, found, language):
            say(f"    {place}")
    counts = {
        severity: sum(found.severity == severity for found in checked.findings)
        for severity in ("error", "warning", "note")
    }
    say(word("drafts_verdict", language, count=len(checked.read.mentions), **counts))


def _places(checked: CheckedDraft, found: DraftFinding, language: str) -> list[str]:
    """Each place of a finding: its passage's number and the words around it."""
    lines = []
    for passage, start, end in found.spots:
        text = checked.draft.passages[passage].text.replace("\n", " ")
        around = f"{text[max(start - 16, 0) : start]}【{text[start:end]}】{text[end : end + 10]}"
        lines.append(word("drafts_place", language, number=passage + 1, text=around.strip()))
    return lines


def _as_rows(checked: CheckedDraft, language: str) -> dict[str, object]:
    return {
        "mentions": len(checked.read.mentions),
        "notices": [notice[language] for notice in checked.draft.notices],
        "findings": [
            {
                "mark": checked.mark(found),
                "rule": found.rule,
                "severity": found.severity,
                "message": found.message[language],
                "places": [
                    {"passage": passage + 1, "start": start, "end": end}
                    for passage, start, end in found.spots
                ],
            }
            for found in checked.findings
        ],
    }
