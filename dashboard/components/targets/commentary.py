"""Builds what is said of a target in a month: three texts, edited in place, every version kept."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.analysis.progress import Progress
from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.charts.model.selection import Selection
from dashboard.components.shell import ids
from dashboard.components.shell.fields import signature_input
from dashboard.components.shell.role_parts import for_role
from dashboard.services.access.person import Role
from dashboard.services.front_desk import FrontDesk
from dashboard.store.targets import Commentary

TEXTS = ("why_priority", "how_doing", "what_doing")
LONGEST = 4000


def _text_of(comment: Commentary, language: str) -> str:
    return word(
        "commentary_by",
        language,
        by=comment.written_by or word("withdrawing_somebody", language),
        when=f"{comment.written.astimezone():%Y-%m-%d %H:%M}",
        version=comment.version,
        period=periods.name(comment.period, language),
    )


def _text(comment: Commentary, language: str) -> list[Component]:
    parts: list[Component] = []
    for name in TEXTS:
        text = getattr(comment, name)
        if text:
            lines = [html.P(line) for line in text.splitlines() if line.strip()]
            parts.append(html.Div([html.H3(word(f"commentary_{name}", language)), *lines]))
    return parts or [html.P(word("commentary_emptied", language), className="muted")]


def commentary_text(versions: Sequence[Commentary], month: str, language: str) -> list[Component]:
    """The latest version of the month (of an earlier one where there is none), older ones folded.

    This is all that paper shows.
    """
    if not versions:
        return [html.P(word("commentary_none", language), className="empty")]
    versions_then = [version for version in versions if str(version.period) == month]
    latest = (versions_then or sorted(versions, key=lambda v: (v.period, v.version)))[-1]
    shown: list[Component] = []
    if not versions_then:
        shown.append(html.P(word("commentary_earlier", language), className="muted"))
    shown.append(html.Div(_text(latest, language), className="commentary-texts"))
    shown.append(html.P(_text_of(latest, language), className="muted commentary-by"))
    older = [version for version in reversed(versions) if version != latest]
    if older:
        summary = html.Summary(word("commentary_older", language, count=len(older)))
        bodies = [
            html.Div(
                [
                    html.P(_text_of(version, language), className="strong"),
                    *_text(version, language),
                ],
                className="commentary-old",
            )
            for version in older
        ]
        shown.append(html.Details([summary, *bodies], className="table-view edit-mark"))
    return shown


def commentary_card(desk: FrontDesk, row: Progress, month: str, selection: Selection) -> Component:
    """The texts with a button that opens the form in their place."""
    language, versions = selection.language, desk.targets.commentary(row.target.id)
    versions_then = [version for version in versions if str(version.period) == month]
    latest = next(reversed(versions_then or versions), None)
    fields = [
        html.Div(
            [
                html.Label(word(f"commentary_{name}", language), htmlFor=ids.comment_field(name)),
                dbc.Textarea(
                    id=ids.comment_field(name),
                    value=getattr(latest, name) if latest else "",
                    rows=3,
                    maxLength=LONGEST,
                ),
            ],
            className="commentary-field",
        )
        for name in TEXTS
    ]
    by = html.Div(
        [
            html.Label(word("locks_by", language), htmlFor=ids.COMMENT_BY),
            signature_input(ids.COMMENT_BY),
        ],
        className="filter commentary-who",
    )
    buttons = html.Div(
        [
            dbc.Button(word("commentary_save", language), id=ids.COMMENT_SAVE, color="primary"),
            dbc.Button(
                word("commentary_cancel", language),
                id=ids.COMMENT_CANCEL,
                color="secondary",
                outline=True,
            ),
        ],
        className="buttons",
    )
    period = periods.name(row.period, language)
    return html.Section(
        [
            html.Div(
                [
                    html.H2(word("commentary_title", language, period=period)),
                    for_role(
                        Role.EDITOR,
                        dbc.Button(
                            word("commentary_edit", language),
                            id=ids.COMMENT_EDIT,
                            size="sm",
                            color="primary",
                            outline=True,
                            class_name="edit-mark",
                        ),
                    ),
                ],
                className="card-head",
            ),
            html.Div(commentary_text(versions, month, language), id=ids.COMMENT_TEXT),
            html.Div(
                [*fields, by, buttons],
                id=ids.COMMENT_FORM,
                className="edit-mark commentary-form",
                hidden=True,
            ),
            html.P(id=ids.COMMENT_MESSAGE, role="status", className="form-message edit-mark"),
            dcc.Store(id=ids.COMMENT_OF, data={"target": row.target.id, "month": month}),
        ],
        className="panel-card commentary",
        id="commentary",
    )
