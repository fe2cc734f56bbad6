"""Builds the tables of colours, words and marks: one a kind of sign, in the words the pages use."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboard.analysis.target_status import Status
from dashboard.base.language import word
from dashboard.catalogue.concepts import Grade
from dashboard.charts.text.target_words import SIGNS, status_word
from dashboard.components.shell.real_table import Cell, Row, real_table

# A sign's words are "sign_<name>", what it means "sign_<name>_text".
CHANGES = ("better", "worse", "neutral", "yoy", "pop", "points", "no_change")
FIGURES = ("levels", "provisional", "disputed", "partial", "absent", "restated", "hidden")
CHARTS = ("hatched", "break", "event", "dashed", "gap")


def _table(caption: str, rows: list[tuple[str, str]], language: str) -> Component:
    head = [Cell(word(name, language), scope="col") for name in ("help_sign", "help_sign_means")]
    body = [Row([Cell(sign, scope="row"), Cell(text, kind="text")]) for sign, text in rows]
    return real_table(caption, [Row(head)], body, kind="signs")


def _signs(names: tuple[str, ...], language: str) -> list[tuple[str, str]]:
    return [(word(f"sign_{name}", language), word(f"sign_{name}_text", language)) for name in names]


def sign_tables(language: str) -> list[Component]:
    """Changes, figures, charts, grades of figures, and how targets stand."""
    grades = [
        (word(f"grade_{grade}", language), word(f"grade_{grade}_text", language)) for grade in Grade
    ]
    targets = [
        (f"{SIGNS[status]} {status_word(status, language)}", word(f"sign_{status}_text", language))
        for status in Status
    ]
    parts = {
        "changes": _signs(CHANGES, language),
        "figures": _signs(FIGURES, language),
        "charts": _signs(CHARTS, language),
        "grades": grades,
        "targets": targets,
    }
    return [
        _table(word(f"help_signs_{name}", language), rows, language) for name, rows in parts.items()
    ]
