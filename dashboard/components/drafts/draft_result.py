"""Builds a checked draft on the screen: its findings with their places, its text with marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue.concepts import SEVERITIES
from dashboard.components.shell.attributes import data
from dashboard.components.shell.card import card
from dashboard.components.shell.file_names import safe
from dashboard.intake.drafts.acceptance import LONGEST
from dashboard.intake.drafts.check import CheckedDraft
from dashboard.intake.drafts.finding import DraftFinding, Spot
from dashboard.intake.drafts.unread import is_unread
from dashboard.services.drafts import Judged

SHOWN = 400  # passages shown from the beginning; beyond them only those with marks
MOST_FINDINGS = 200
AROUND = 20  # characters shown on both sides of a place
PASSAGE = 20_000  # characters of a passage

Spots = Mapping[int, list[tuple[int, int, str]]]


def draft_result(judged: Judged, token: str, language: str, area: str = "") -> list[Component]:
    """The verdict with the findings, and the draft with marks; ``area`` as the address names it."""
    checked = judged.checked
    counts = {severity: judged.count(severity) for severity in SEVERITIES}
    verdict = word("drafts_verdict", language, count=len(checked.read.mentions), **counts)
    lines: list[Component | None] = [html.P(verdict, className="lead-text")]
    lines += [html.P(notice[language], role="note") for notice in checked.draft.notices]
    if not checked.findings and not is_unread(checked.draft.passages):
        lines.append(html.P(word("drafts_none", language)))
    lines.append(_downloads(token, language, area))
    ordered = sorted(checked.findings, key=lambda finding: SEVERITIES.index(finding.severity))
    findings = [_finding(judged, finding, language) for finding in ordered[:MOST_FINDINGS]]
    lines.append(html.Ol(findings, className="draft-findings"))
    name = safe(checked.draft.name)
    return [card(name, lines), card(word("drafts_text_title", language), _text(checked, language))]


def _downloads(token: str, language: str, area: str) -> Component:
    links = []
    for file, key in (
        ("draft-comments.docx", "drafts_export_comments"),
        ("draft-findings.xlsx", "drafts_export_list"),
    ):
        address = f"/export/{file}?draft={token}&{urlencode({'area': area, 'lang': language})}"
        text = word(key, language)
        links.append(html.A(text, href=address, className="tool", **data(reload="1")))
    return html.P(links, className="draft-downloads")


def _finding(judged: Judged, finding: DraftFinding, language: str) -> Component:
    """One finding: what is wrong with its arithmetic, where, and its acceptance."""
    checked = judged.checked
    mark = checked.mark(finding)
    note = judged.notes.get(mark)
    severity = html.Span(
        word(f"severity_{finding.severity}", language),
        className=f"severity severity-{finding.severity}",
    )
    head = html.P([severity, " ", html.Span(safe(finding.message[language], 600))])
    places = html.Ul([html.Li(_place(checked, spots)) for spots in _together(finding.spots)])
    kind = "draft-finding is-accepted" if note else "draft-finding"
    return html.Li([head, places, _acceptance(mark, note, language)], className=kind)


def _together(spots: Sequence[Spot]) -> list[list[Spot]]:
    """Places of one passage that are near each other, so that their words are shown once."""
    groups: list[list[Spot]] = []
    for spot in spots:
        last = groups[-1][-1] if groups else None
        if last is not None and last[0] == spot[0] and spot[1] - last[2] <= 2 * AROUND:
            groups[-1].append(spot)
        else:
            groups.append([spot])
    return groups


def _place(checked: CheckedDraft, spots: Sequence[Spot]) -> Component:
    """The words around places of one passage, with the figures in bold."""
    passage, first, _ = spots[0]
    text, at = checked.draft.passages[passage].text, max(first - AROUND, 0)
    parts: list[Component | str] = []
    for _, start, end in spots:
        if start >= at:
            parts += [safe(text[at:start]), html.B(safe(text[start:end], 80))]
            at = end
    return html.A([*parts, safe(text[at : at + AROUND])], href=f"#{place_id(passage)}")


def place_id(passage: int) -> str:
    """The id of a passage on the page."""
    return f"draft-{passage + 1}"


def _acceptance(mark: str, note: str | None, language: str) -> Component:
    """The note of an accepted finding, or the field for one."""
    button = word("drafts_take_back" if note else "drafts_accept", language)
    label = word("drafts_accept_note", language)
    field: Component = dbc.Input(
        id={"type": "draft-note", "mark": mark},
        value="",
        maxlength=LONGEST,
        placeholder=label,
        size="sm",
        autocomplete="off",
        class_name="d-none" if note else "",
    )
    return html.Div(
        [
            html.Span(word("drafts_accepted", language, note=safe(note, LONGEST)))
            if note
            else None,
            html.Label([html.Span(label, className="visually-hidden"), field], hidden=bool(note)),
            dbc.Button(
                button,
                id={"type": "draft-accept", "mark": mark},
                color="secondary",
                outline=True,
                size="sm",
            ),
        ],
        className="draft-acceptance",
    )


def _text(checked: CheckedDraft, language: str) -> list[Component | None]:
    """The passages in order; of a long draft the first ones and those with marks."""
    spots = _spots(checked.findings)
    passages = checked.draft.passages
    shown = [at for at in range(len(passages)) if at < SHOWN or at in spots]
    lines: list[Component | None] = [
        html.P(
            list(_marked(passages[at].text[:PASSAGE], spots.get(at, []))),
            id=place_id(at),
            className=f"draft-{passages[at].kind}",
        )
        for at in shown
    ]
    if len(shown) < len(passages):
        lines.insert(0, html.P(word("drafts_cut", language, count=SHOWN), className="muted"))
    return [html.Div(lines, className="draft-text")]


def _spots(findings: Sequence[DraftFinding]) -> Spots:
    """The places of all findings by passage, in order, the gravest of those at one place."""
    places: dict[int, dict[tuple[int, int], str]] = defaultdict(dict)
    for finding in findings:
        for passage, start, end in finding.spots:
            before = places[passage].get((start, end), SEVERITIES[-1])
            graver = min(before, finding.severity, key=SEVERITIES.index)
            places[passage][start, end] = graver
    return {
        passage: sorted((start, end, severity) for (start, end), severity in marks.items())
        for passage, marks in places.items()
    }


def _marked(text: str, spots: Sequence[tuple[int, int, str]]) -> Iterator[Component | str]:
    """A passage with its places marked; a place within another is not marked again."""
    at = 0
    for start, end, severity in spots:
        if start < at:
            continue
        yield safe(text[at:start], PASSAGE)
        yield html.Mark(safe(text[start:end], PASSAGE), className=f"mark-{severity}")
        at = end
    yield safe(text[at:], PASSAGE)


def waiting(content: Component) -> Component:
    """The room for the result, which shows that a check is running."""
    return dcc.Loading(content, delay_show=300)
