"""Lists what was found in a sheet: by severity, each with its cell and what is meant.

Words out of files are text of strangers: shown without marks that turn or hide text, and cut.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.figure_key import FigureKey
from dashboard.base.language import word
from dashboard.catalogue.concepts import SEVERITIES, Finding
from dashboard.components.shell.file_names import safe
from dashboard.components.shell.real_table import Cell, Row, head_row, real_table

FINDING_COLUMNS = ("severity", "sheet", "row", "column", "value", "message")
MOST_FINDINGS = 100
# No answer on the page settles these.
_MENDED = ("stated_twice", "area_mismatch", "list_not_totals", "unclear_period")
_OPTION = re.compile(r"--[a-z]")
_CLAUSE = re.compile("[，；;]|, ")
_COUNT = re.compile(r"（涉及[^（）]*）$| \(\d+ figures[^()]*\)$")


def by_severity(findings: Sequence[Finding]) -> list[Finding]:
    """Errors first, then warnings, then notes; each in the order of the sheet."""
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))


def findings_table(
    findings: Sequence[Finding],
    language: str,
    caption: str,
    figures: Mapping[tuple[str, int, str], FigureKey] | None = None,
    tail: str = "",
) -> Component:
    """Findings with the cell each is about and what was expected there.

    ``figures`` are those that stand in the cells of the file: the value leads to them.
    """
    head = head_row("finding", FINDING_COLUMNS, language)
    rows = []
    for finding in by_severity(findings):
        texts = (finding.sheet, str(finding.row or ""), finding.column, finding.shown_value)
        cells = [_severity(finding, language)]
        place = (finding.sheet, finding.row, finding.column)
        figure = figures.get(place) if figures else None
        cells += [
            Cell(safe(text) or "—", code=bool(text), figure=figure if last else None)
            for text, last in zip(texts, (False, False, False, True), strict=True)
        ]
        rows.append(Row([*cells, Cell(safe(on_page(finding, language), 600), kind="message")]))
    return real_table(
        caption, [head], rows, kind="findings as-cards", box="scroll-findings", tail=tail
    )


def on_page(finding: Finding, language: str) -> str:
    """A finding's message without the options of the command line, which the page has not."""
    message = finding.message[language]
    if not _OPTION.search(message):
        return message
    clauses = [one for one in _CLAUSE.split(_COUNT.sub("", message)) if not _OPTION.search(one)]
    marks = ("，", "；") if language == "zh" else (", ", "; ")
    count = _COUNT.search(message)
    said = marks[0].join(one.strip() for one in clauses if one.strip())
    answer = word("finding_mend" if finding.rule in _MENDED else "finding_on_page", language)
    return f"{said}{marks[1]}{answer}{count[0] if count else ''}"


def _severity(finding: Finding, language: str) -> Cell:
    text = word(f"severity_{finding.severity}", language)
    return Cell(text, scope="row", kind=f"severity severity-{finding.severity}")


def counted(findings: Sequence[Finding], language: str) -> str:
    """How many of each severity, in words: "1 error, 2 warnings"; empty where there are none."""
    counts = Counter(finding.severity for finding in findings)
    texts = [
        word(f"count_{name}{'' if counts[name] == 1 else 's'}", language, count=counts[name])
        for name in SEVERITIES
        if counts[name]
    ]
    return word("list_comma", language).join(texts)


def sheet_findings(
    findings: Sequence[Finding], language: str, caption: str, *, later: bool = False
) -> list[Component]:
    """The findings of one sheet: cell, what is meant, what stood there; long lists are cut.

    ``later`` where the rules are checked only after something was answered.
    """
    if not findings:
        text = word("preview_checked_later" if later else "preview_no_findings", language)
        return [html.P(text, className="muted")]
    head = [
        Cell(word(f"finding_{name}", language), scope="col")
        for name in ("severity", "cell", "message", "value")
    ]
    rows = [
        Row(
            [
                _severity(finding, language),
                Cell(
                    f"{finding.column}{finding.row or ''}" or "—",
                    code=bool(finding.column or finding.row),
                ),
                Cell(safe(on_page(finding, language), 600), kind="message"),
                Cell(safe(finding.value, 40) or "—", code=bool(finding.value)),
            ]
        )
        for finding in by_severity(findings)[:MOST_FINDINGS]
    ]
    table = real_table(
        caption, [Row(head)], rows, kind="findings as-cards", box="scroll-findings", quiet=True
    )
    left = len(findings) - MOST_FINDINGS
    more = html.P(word("preview_more", language, count=left), className="muted")
    return [table, more] if left > 0 else [table]
