"""Builds the list of keys, opened by ``?`` or a button (assets/80-help/shortcuts.js)."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.components.meetings.presenting import KEYS as MEETING_KEYS
from dashboard.components.shell.attributes import aria, data

PRESENTED = ("/topic/", "/indicators/", "/meeting/")  # pages that P itself presents
Keys = list[tuple[str, str]]


def page_keys(path: str, filters: bool) -> Keys:
    """Keys of the page at this path and the keys of their words; ``filters`` if it has an area."""
    keys = [("?", "key_list")]
    if filters or path == "/indicators":
        keys.append(("/", "key_search" if path == "/indicators" else "key_area"))
    presented = path.startswith(PRESENTED) and path != "/meeting/questions"
    keys.append(("P", "key_present" if presented else "key_meetings"))
    return [*keys, ("Tab ↵", "key_skip"), ("Esc", "key_leave")]


def _pairs(keys: Keys, language: str) -> Component:
    pairs = [
        html.Div(
            [
                html.Dt([html.Kbd(key) for key in shown.split()]),
                html.Dd(word(name, language)),
            ]
        )
        for shown, name in keys
    ]
    return html.Dl(pairs, className="keys")


def shortcuts_dialog(path: str, language: str, filters: bool) -> Component:
    """The dialog; closed until a script opens it as a modal one, which keeps the focus inside."""
    meeting = [(keys.replace(" / ", " "), f"meeting_key_{name}") for keys, name in MEETING_KEYS]
    words = {name: word(f"keys_{name}", language) for name in ("on", "off")}
    switch = html.Button(
        [html.Span(word("keys_switch", language)), html.Strong(words["on"])],
        type="button",
        role="switch",
        className="tool",
        id="single-keys",
        **aria(checked="true", describedby="keys-switch-text"),
        **data(on=words["on"], off=words["off"]),
    )
    inside = [
        html.H2(word("keys_title", language), id="keys-title", tabIndex=-1),
        html.H3(word("keys_page", language)),
        _pairs(page_keys(path, filters), language),
        html.H3(word("keys_meeting", language)),
        _pairs(meeting, language),
        html.P(word("keys_note", language), className="muted"),
        html.P(switch),
        html.P(word("keys_switch_text", language), id="keys-switch-text", className="muted"),
        html.P(
            html.Button(
                word("keys_close", language),
                type="button",
                className="btn btn-primary",
                **data(action="close-keys"),
            )
        ),
    ]
    return html.Dialog(
        inside, id="shortcuts", className="keys-dialog", **aria(labelledby="keys-title")
    )


def shortcuts_button(language: str) -> Component:
    """Opens the list without a key."""
    opens = aria(haspopup="dialog") | data(action="shortcuts")
    return html.Button(word("keys_open", language), type="button", className="tool", **opens)
