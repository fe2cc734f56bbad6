"""Builds the plan of a target: each street's way to go with a slider for a pace, and the plan kept.

The table travels as JSON; ``assets/50-targets/plans.js`` builds it with its sliders and repeats one
formula, actual + pace × months (of a rate divided by its denominator).
"""

from __future__ import annotations

import json
import math
from dataclasses import replace

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.analysis.actuals import is_flow
from dashboard.analysis.plan_pace import PacePlan, PaceRow, slider
from dashboard.analysis.progress import Progress
from dashboard.analysis.target_status import Status
from dashboard.base.language import Scale, word
from dashboard.base.rounding import down, up
from dashboard.catalogue import periods
from dashboard.catalogue.concepts import Indicator
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.target_words import SIGNS
from dashboard.charts.text.wording import quantity, scale_of
from dashboard.components.shell import ids
from dashboard.components.shell.address import link
from dashboard.components.shell.attributes import aria, data
from dashboard.components.shell.card import card
from dashboard.components.shell.fields import signature_field, text_field
from dashboard.components.shell.headings import area_name
from dashboard.components.shell.role_parts import for_role
from dashboard.services.access.person import Role
from dashboard.services.front_desk import FrontDesk

HARD_SIGN = "!"
COLUMNS = ("left", "months", "needed", "best", "pace", "end", "met")


def _counted(desk: FrontDesk, row: Progress) -> Indicator:
    meaning = desk.catalogue.indicators[row.target.indicator]
    return desk.catalogue.indicators[meaning.numerator] if meaning.numerator else meaning


def _smallest(scale: Scale) -> float:
    return scale.factor / 10**scale.decimals


def _needed(row: PaceRow, value: float, scale: Scale, language: str) -> str:
    """What is still needed, rounded up; of a limit what may still be used, rounded down."""
    rounded = down if row.limited else up
    whole = rounded(value / scale.factor, scale.decimals) * scale.factor
    return quantity(whole, scale, language)


def _row(
    desk: FrontDesk, row: PaceRow, scale: Scale, below: bool, selection: Selection
) -> dict[str, object]:
    language, name = selection.language, area_name(desk, row.area, selection.language)
    top, step, start = slider(row, _smallest(scale))
    best = "—"
    if row.best is not None and row.best_month is not None:
        best = quantity(row.best, scale, language)
    return {
        "area": row.area,
        "name": name,
        "href": link(f"/street/{row.area}", selection) if below else "",
        "label": word("plan_slider", language, area=name, unit=scale.label),
        "actual": row.actual,
        "months": row.months,
        "left": _needed(row, row.remaining, scale, language),
        "needed": _needed(row, row.needed, scale, language),
        "best": best,
        "bestMonth": periods.name(row.best_month, language) if row.best_month else "",
        "most": None if row.limited else row.best,
        "top": top,
        "step": step,
        "start": start,
        **_ends(row),
    }


def _ends(row: PaceRow) -> dict[str, object]:
    """What the script needs for the end and whether it is met; JSON knows no infinity."""
    return {
        "denominator": row.denominator,
        "multiplier": row.multiplier,
        "low": None if math.isinf(row.low) else row.low,
        "high": None if math.isinf(row.high) else row.high,
    }


def _spec(
    desk: FrontDesk, row: Progress, plan: PacePlan, scale: Scale, selection: Selection
) -> dict[str, object]:
    language, meaning = selection.language, desk.catalogue.indicators[row.target.indicator]
    whole = plan.whole
    asked = scale_of(meaning, [row.actual, row.goal], language)
    asked = asked if meaning.numerator else scale
    if meaning.numerator:  # a whole bed is a small part of a percent
        asked = replace(asked, decimals=max(asked.decimals, 2))
    total = {
        "name": word("plan_total", language),
        "actual": whole.actual,
        "months": whole.months,
        "left": _needed(whole, whole.remaining, scale, language),
        "needed": _needed(whole, whole.needed, scale, language),
        **_ends(whole),
    }
    heads = [word(f"plan_{name}", language) for name in COLUMNS]
    if whole.limited:
        for place, name in enumerate(COLUMNS):
            if name in ("left", "needed", "best"):
                heads[place] = word(f"plan_{name}_limit", language)
    return {
        "caption": word("plan_title", language),
        "heads": [word("area", language), *heads],
        "rows": [_row(desk, part, scale, bool(plan.streets), selection) for part in plan.rows],
        "total": total if plan.streets else None,
        "version": desk.version(),  # what is kept is drawn anew
        "store": ids.PLAN_PACES,
        "pace": _shape(scale, language),
        "end": _shape(asked, language),
        "hard": [HARD_SIGN, word("plan_hard", language)],
        "met": [SIGNS[Status.DONE], word("plan_met_yes", language)],
        "unmet": [SIGNS[Status.OVERDUE], word("plan_met_no", language)],
    }


def _shape(scale: Scale, language: str) -> dict[str, object]:
    close = language == "zh" or scale.label in ("%", "‰")
    return {
        "factor": scale.factor,
        "decimals": scale.decimals,
        "unit": ("" if close else " ") + scale.label,
    }


def _of_rest(plan: PacePlan, counted: Indicator, language: str) -> list[str]:
    """What the whole has beyond its streets: of a rate it is no sum of theirs."""
    if plan.streets and plan.whole.multiplier / plan.whole.denominator != 1.0:
        return [word("plan_rate_total", language)]
    if not plan.rest:
        return []
    scale = scale_of(counted, [plan.rest], language)
    return [word("plan_rest", language, value=quantity(plan.rest, scale, language))]


def _notes(
    desk: FrontDesk, row: Progress, plan: PacePlan, selection: Selection
) -> list[Component | None]:
    language, counted = selection.language, _counted(desk, row)
    month = periods.name(row.actual_period or row.period, language)
    lead = word(
        "plan_text_limit" if plan.whole.limited else "plan_text",
        language,
        period=month,
        name=counted.name[language],
    )
    result = [html.P(lead, className="lead-text")]
    texts = []
    if not is_flow(counted):
        texts.append(word("plan_net", language))
    texts += _of_rest(plan, counted, language)
    if plan.left_out:
        comma = word("list_comma", language)
        names = comma.join(area_name(desk, code, language) for code in plan.left_out)
        texts.append(word("plan_left_out", language, names=names))
    return [
        *result,
        html.Ul([html.Li(text) for text in texts], className="notes") if texts else None,
    ]


def _saving(plan: PacePlan, selection: Selection) -> Component:
    language = selection.language
    own = sum(street.own for street in plan.streets)
    key = "plan_kept_alone" if not plan.streets else "plan_kept_own" if own else "plan_kept_sum"

    fields = [
        signature_field("locks_by", ids.PLAN_BY, language),
        text_field("locks_reason", ids.PLAN_REASON, language),
    ]
    saving = html.Div(
        [
            html.P(word(key, language, count=own), className="muted"),
            html.Div(fields, className="edit-grid"),
            dbc.Button(
                word("plan_save", language), id=ids.PLAN_SAVE, color="primary", outline=True
            ),
            html.P(id=ids.PLAN_MESSAGE, role="alert", className="form-message"),
        ],
        className="plan-saving edit-mark",
    )
    return for_role(Role.EDITOR, saving)


def plan_card(desk: FrontDesk, row: Progress, selection: Selection) -> Component:
    """The card; a sentence in place of the table where nothing can be planned by month."""
    language, plan = selection.language, desk.targets.pace_plan(row)
    title = word("plan_title", language)
    if isinstance(plan, str):
        return card(title, [html.P(word(f"plan_not_{plan}", language), className="empty")])
    scale = scale_of(
        _counted(desk, row), [max(part.actual, part.needed) for part in plan.rows], language
    )
    spec = _spec(desk, row, plan, scale, selection)
    table = html.Div(
        id=ids.PLAN_TABLE,
        className="scroll plan-box",
        tabIndex=0,
        role="region",
        **aria(label=title),
        **data(plan=json.dumps(spec, ensure_ascii=False, separators=(",", ":"))),
    )
    first = {part.area: slider(part, _smallest(scale))[2] for part in plan.rows}
    if row.inherited or row.target.retired:
        saving: Component = html.P(word("plan_above", language), className="muted")
    else:
        saving = _saving(plan, selection)
    notes = _notes(desk, row, plan, selection)
    return card(title, [*notes, table, dcc.Store(id=ids.PLAN_PACES, data=first), saving])
