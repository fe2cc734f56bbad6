"""Builds the table of every change of a target: when, who, why, and what was altered."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.analysis.division import PartsChange
from dashboard.base.language import word
from dashboard.catalogue.concepts import Indicator
from dashboard.catalogue.targets import Target
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.wording import plain
from dashboard.components.shell.card import card
from dashboard.components.shell.headings import area_name
from dashboard.components.shell.real_table import Cell, Row, real_table
from dashboard.components.targets.target_split import exact_scale
from dashboard.intake.forms.layouts.target_entry import cells_of
from dashboard.services.front_desk import FrontDesk
from dashboard.store.targets import TargetChange

COLUMNS = ("locks_when", "locks_who", "locks_why", "target_changed")


def altered(desk: FrontDesk, change: TargetChange, language: str) -> str:
    """What a change altered, each as before → after; "new" for the first entry."""
    after = cells_of(change.after, desk.catalogue, language)
    if change.before is None and change.after.split_from:
        return word("target_added_part", language)
    if change.before is None:
        return word("target_added", language)
    before = cells_of(change.before, desk.catalogue, language)
    before["retired"], after["retired"] = change.before.retired, change.after.retired
    parts = [
        word(
            "target_altered",
            language,
            name=word(f"role_{role}", language),
            before=before[role] or "—",
            after=value or "—",
        )
        for role, value in after.items()
        if before[role] != value
    ]
    return word("list_semicolon", language).join(parts) or "—"


def divided(desk: FrontDesk, change: PartsChange, meaning: Indicator, language: str) -> str:
    """Which areas below have what part of the target from then on, and which have none."""
    comma, texts = word("list_comma", language), []
    if change.parts:
        scale = exact_scale(meaning, change.parts.values(), language)
        parts = comma.join(
            f"{area_name(desk, area, language)} {plain(value, scale, language)}"
            for area, value in change.parts.items()
        )
        texts.append(
            word("split_parts", language, count=len(change.parts), unit=scale.label, parts=parts)
        )
    if change.over:
        names = comma.join(area_name(desk, area, language) for area in change.over)
        texts.append(word("split_over", language, areas=names))
    return word("list_semicolon", language).join(texts)


def history_card(desk: FrontDesk, target: Target, selection: Selection) -> Component:
    """The changes of the target and of its parts, newest first."""
    language, meaning = selection.language, desk.catalogue.indicators[target.indicator]
    title = word("target_history", language)
    lines = [
        (
            change.written,
            change.place,
            change.written_by,
            change.reason,
            altered(desk, change, language),
        )
        for change in desk.targets.history(target.id)
    ]
    lines += [
        (change.written, "", change.by, change.reason, divided(desk, change, meaning, language))
        for change in desk.division.changes(target.id)
    ]
    if not lines:
        return card(title, [html.P(word("target_history_none", language), className="empty")])
    head = [Cell(word(key, language), scope="col") for key in COLUMNS]
    rows = [
        Row(
            [
                Cell(f"{written.astimezone():%Y-%m-%d %H:%M}", small=place),
                Cell(by or "—"),
                Cell(reason or "—", kind="message"),
                Cell(text, kind="message"),
            ]
        )
        for written, place, by, reason, text in sorted(lines, reverse=True)
    ]
    return card(title, [real_table(title, [Row(head)], rows, kind="findings", quiet=True)])
