"""Builds searchable lists of areas and indicators, sent in part: they follow what is typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.catalogue.concepts import Area
from dashboard.components.shell.figure_words import indicator_name
from dashboard.components.submissions.answers import LEAVE_OUT, Control
from dashboard.services.front_desk import FrontDesk

MOST = 60  # choices sent at once
Choice = dict[str, str]


def _area(desk: FrontDesk, area: Area, language: str) -> Choice:
    above = desk.areas().get(area.parent)
    label = area.name[language] + (f" · {above.name[language]}" if above else "")
    return {
        "value": area.code,
        "label": label,
        "search": f"{area.name.zh} {area.name.en} {area.code} {' '.join(area.aliases)}",
    }


def area_choice(area: Area, language: str) -> Choice:
    """An area as a choice by its own name, found by every name it has."""
    names = f"{area.name.zh} {area.name.en} {area.code} {' '.join(area.aliases)}"
    return {"value": area.code, "label": area.name[language], "search": names}


def areas_below(desk: FrontDesk, area: str, language: str) -> list[Choice]:
    """The areas directly below an area."""
    return [area_choice(child, language) for child in desk.areas().children(area)]


def leave_out_choice(language: str) -> Choice:
    """Leaving the rows out."""
    leave = word("preview_register_leave_out", language)
    return {"value": LEAVE_OUT, "label": leave, "search": leave}


def question_table(title: str, rows: Sequence[Component], kind: str) -> list[Component]:
    """A question and the table of its controls, a row each; ``kind`` are its further classes."""
    table = html.Table(
        [html.Caption(title, className="visually-hidden"), html.Tbody(list(rows))],
        className=f"recognised {kind}",
    )
    return [html.Div([html.P(title), table], className="register-question")]


def area_choices(
    desk: FrontDesk, text: str, chosen: str, language: str, most: int = MOST
) -> list[Choice]:
    """Areas whose name or code contains the text, the chosen one first; those with figures when
    nothing was typed yet."""
    wanted = text.strip().casefold()
    areas = desk.areas()
    known: Iterable[Area | None] = areas
    if not wanted:
        known = (
            areas.get(str(choice["value"])) for choice in desk.selections.area_choices(language)
        )
    first = areas.get(chosen) if chosen else None
    others = (_area(desk, area, language) for area in known if area and area.code != chosen)
    matching = (choice for choice in others if wanted in choice["search"].casefold())
    chosen_first = [_area(desk, first, language)] if first else []
    return [*chosen_first, *islice(matching, most - len(chosen_first))]


def indicator_choices(
    desk: FrontDesk, text: str, suggested: Sequence[str], chosen: str, language: str
) -> list[Choice]:
    """The suggestions, then what the search finds; leaving the line out comes last."""
    rows = [row.indicator.id for row in desk.directory.search(text)]
    return _choices(desk, [chosen, *suggested, *rows], language, text, frozenset(rows))


def suggested_choices(
    desk: FrontDesk, suggested: Sequence[str], chosen: str, language: str
) -> list[Choice]:
    """What is chosen and what is suggested, before anything is searched; leaving out comes last."""
    return _choices(desk, [chosen, *suggested], language)


def _choices(
    desk: FrontDesk,
    indicators: Sequence[str],
    language: str,
    text: str = "",
    rows: frozenset[str] = frozenset(),
) -> list[Choice]:
    """The known ones among these; ``rows`` are those that the search for ``text`` gave."""
    leave = word("line_leave_out", language)
    result: list[Choice] = []
    order = dict.fromkeys(one for one in indicators if one and one != LEAVE_OUT)
    for indicator in list(order)[:MOST]:
        meaning = desk.catalogue.indicators.get(indicator)
        if meaning is None:
            continue
        own = [meaning.id, meaning.name.zh, meaning.name.en, *meaning.aliases]
        # What the desk found stays found: the list in the browser filters once more by this.
        searched = text if indicator in rows else ""
        label = f"{indicator_name(desk, indicator, language)}（{meaning.unit.name[language]}）"
        if language != "zh":
            label = f"{indicator_name(desk, indicator, language)} ({meaning.unit.name[language]})"
        result.append({"value": indicator, "label": label, "search": " ".join([*own, searched])})
    return [*result, {"value": LEAVE_OUT, "label": leave, "search": f"{leave} {text}"}]


def further_choices(
    desk: FrontDesk, text: str, offered: Sequence[Choice], chosen: str, language: str
) -> list[Choice]:
    """What the search finds, after what was ``offered`` before."""
    suggested = [choice["value"] for choice in offered] if not text.strip() else []
    return indicator_choices(desk, text, suggested, chosen, language)


def search_list(
    control: Control, choices: Sequence[Choice], value: str, hint: str, language: str
) -> Component:
    """A list that is searched by typing."""
    return dcc.Dropdown(
        id=dict(control),
        options=list(choices),
        value=value or None,
        clearable=False,
        maxHeight=320,
        placeholder=hint,
        labels={
            "search": word("filter_search", language),
            "clear_search": word("filter_clear", language),
            "no_options_found": word("choice_none_found", language),
        },
    )
