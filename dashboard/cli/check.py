"""Defines the command ``check``: runs the consistency rules on what is stored."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from dashboard.base.language import word
from dashboard.cli.command import DONE, REFUSED, Command, open_context, say

if TYPE_CHECKING:
    from dashboard.services.submissions.consistency import ConsistencyResult


@click.command("check", cls=Command, help="run the consistency rules on what is stored")
@click.option("--area", default="", metavar="CODE|NAME", help="this and all below it")
@click.option("--period", default="", help="2024-09, 2024Q3, 2023")
@click.option("--json", "as_json", is_flag=True)
def check(area: str, period: str, as_json: bool, lang: str) -> int:
    """Print the findings; refused (1) where one of them is an error."""
    from dashboard.services.submissions.submissions import Submissions

    verdict = Submissions(open_context()).check(area, period)
    if as_json:
        say(json.dumps(_as_row(verdict, lang), ensure_ascii=False, indent=1))
    else:
        _print_findings(verdict, lang)
    return REFUSED if verdict.count("error") else DONE


def _print_findings(verdict: ConsistencyResult, language: str) -> None:
    from dashboard.catalogue.concepts import SEVERITIES

    for located in verdict.findings:
        severity = word(f"severity_{located.finding.severity}", language)
        say(f"{severity} {located.place}: {located.finding.message[language]}")
    counts = {severity: verdict.count(severity) for severity in SEVERITIES}
    say(word("cli_verdict", language, count=f"{verdict.figures:,}", **counts))


def _as_row(verdict: ConsistencyResult, language: str) -> dict[str, object]:
    return {
        "figures": verdict.figures,
        "findings": [
            {
                "severity": located.finding.severity,
                "rule": located.finding.rule,
                "submission": located.submission,
                "file": located.file,
                "sheet": located.finding.sheet,
                "row": located.finding.row,
                "column": located.finding.column,
                "value": located.finding.value,
                "message": located.finding.message[language],
            }
            for located in verdict.findings
        ],
    }
