"""Small forms and buttons that are sent as JSON; ``assets/60-meetings/posting.js`` builds them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dash import html
from dash.development.base_component import Component

from dashboard.components.shell.attributes import data


class Field(NamedTuple):
    """A field: ``kind`` is text, date, area (several lines) or select with its ``options``."""

    name: str
    label: str
    kind: str = "text"
    value: str = ""
    needed: bool = False
    options: Sequence[tuple[str, str]] = ()  # value, label


def posted_form(
    address: str,
    fields: Sequence[Field],
    button: str,
    *,
    hidden: Mapping[str, object] | None = None,
    kind: str = "",
) -> Component:
    """A form whose fields go to ``address`` as JSON; the answer says where to go or what failed.

    ``hidden`` goes along unseen; without fields it is a single button.
    """
    given = {
        "post": address,
        "fields": [field._asdict() for field in fields],
        "button": button,
        "hidden": dict(hidden or {}),
        "kind": kind,
    }
    spec = json.dumps(given, ensure_ascii=False)
    return html.Div(className=f"posted {kind}".strip(), **data(form=spec))
