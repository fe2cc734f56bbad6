"""Builds the card that withdraws or returns a submission: its effect, and a question first."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.base.language import number as in_words
from dashboard.base.language import word
from dashboard.base.whole_numbers import whole_number
from dashboard.catalogue import periods
from dashboard.charts.model.selection import Selection
from dashboard.components.shell import ids
from dashboard.components.shell.address import link
from dashboard.components.shell.card import card
from dashboard.components.shell.fields import signature_field, text_field
from dashboard.components.shell.headings import area_name
from dashboard.components.shell.real_table import Cell, Row, real_table
from dashboard.services.access.person import Role, acting_person
from dashboard.services.front_desk import FrontDesk
from dashboard.store.submissions import SubmissionRow
from dashboard.store.withdrawal import Returning, WithdrawalEffect

PLACES = 2  # decimals of a value of any unit, in base units


def take_back_cell(row: SubmissionRow, selection: Selection) -> Cell:
    """The link from a row to its panel; none if it is withdrawn, or the reader may not withdraw."""
    if row.withdrawn or acting_person().role < Role.EDITOR:
        return Cell("—")
    address = link("/submissions", selection) + f"&submission={row.id}#withdrawing"
    text = word("submission_take_back", selection.language)
    return Cell(text, href=address, as_page=True)


def withdrawn_state(row: SubmissionRow, language: str) -> str:
    """What a withdrawn submission's row says of it."""
    key = "submission_returned" if row.returned else "submission_withdrawn"
    return word(key, language, reason=row.withdrawn_reason)


def effect_sentence(effect: WithdrawalEffect, language: str) -> str:
    """How many figures would go, and how many earlier values would come back."""
    return word(
        "withdrawing_effect",
        language,
        figures=f"{effect.figures:,}",
        current=f"{effect.current:,}",
        back=f"{effect.back:,}",
        gone=f"{effect.gone:,}",
    )


def withdrawing_card(desk: FrontDesk, number: str, selection: Selection) -> Component | None:
    """The panel of one submission; None where the address names none that is known."""
    try:
        row = desk.submissions.get(whole_number(number) or 0)
    except LookupError:
        return None
    language = selection.language
    title = word("withdrawing_title", language, number=row.id)
    locks = [
        html.P(word("withdrawing_locked", language, lock=lock[language]))
        for lock in desk.locks.of_submission(row.id)
    ]
    if row.withdrawn:
        text = word(
            "withdrawing_by",
            language,
            by=row.withdrawn_by or word("withdrawing_somebody", language),
            day=f"{row.withdrawn.astimezone():%Y-%m-%d}",
            act=word("state_returned" if row.returned else "state_withdrawn", language),
            reason=row.withdrawn_reason,
        )
        return card(title, [html.P(text), *locks], "withdrawing")
    effect = desk.submissions.effect_of(row.id)
    fields = html.Div(
        [
            signature_field("locks_by", ids.WITHDRAW_BY, language),
            text_field("locks_reason", ids.WITHDRAW_REASON, language),
        ],
        className="field-grid",
    )
    buttons = html.Div(
        [
            dbc.Button(word(f"withdrawing_{act}", language), id=name, color="danger", outline=True)
            for act, name in (("withdraw", ids.WITHDRAW), ("return", ids.RETURN_SUBMISSION))
        ],
        className="buttons",
    )
    questions = [
        dcc.ConfirmDialog(
            id=name,
            message=word(
                f"withdrawing_confirm_{act}",
                language,
                number=row.id,
                effect=effect_sentence(effect, language),
            ),
        )
        for act, name in (
            ("withdraw", ids.WITHDRAW_CONFIRM),
            ("return", ids.RETURN_SUBMISSION_CONFIRM),
        )
    ]
    body: list[Component | None] = [
        html.P(word("withdrawing_text", language), className="lead-text"),
        html.P(effect_sentence(effect, language)),
        _changes(desk, effect, language),
        *locks,
        dcc.Store(id=ids.WITHDRAW_NUMBER, data=row.id),
        fields,
        buttons,
        *questions,
        html.P(id=ids.WITHDRAW_MESSAGE, role="status", className="form-message"),
    ]
    return card(title, body, "withdrawing")


def _change(desk: FrontDesk, figure: Returning, language: str) -> Row:
    """One figure: what it is now and what it would be."""
    indicator = desk.catalogue.indicators.get(figure.indicator)
    unit = indicator.unit.name[language] if indicator else ""
    return Row(
        [
            Cell(indicator.name[language] if indicator else figure.indicator, scope="row"),
            Cell(area_name(desk, figure.area, language)),
            Cell(periods.name(figure.period, language)),
            *(
                Cell(_amount(value, unit, language), kind="number")
                for value in (figure.now, figure.then)
            ),
            Cell(str(figure.submission), kind="number"),
        ]
    )


def _amount(value: float | None, unit: str, language: str) -> str:
    """The value as exact as it is, with its unit; "—" for none."""
    if value is None:
        return in_words(None, 0, language)
    return f"{in_words(value, 0 if float(value).is_integer() else PLACES, language)} {unit}"


def _changes(desk: FrontDesk, effect: WithdrawalEffect, language: str) -> Component | None:
    """The first values that would be others than now."""
    changing = [figure for figure in effect.returning if figure.now != figure.then]
    if not changing:
        return None
    keys = (
        "figures_indicator",
        "area",
        "chart_period",
        "withdrawing_now",
        "withdrawing_then",
        "withdrawing_from",
    )
    numbers = keys[3:]
    head = [
        Cell(word(key, language), scope="col", kind="number" if key in numbers else "")
        for key in keys
    ]
    rows = [_change(desk, figure, language) for figure in changing]
    caption = word("withdrawing_changes", language, count=len(rows))
    return real_table(caption, [Row(head)], rows, kind="findings")
