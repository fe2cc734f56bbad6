"""An indicator of a bureau's own is declared."""

from __future__ import annotations

from dash import Dash, Input, Output, State

from callbacks.addresses import language_of
from dashboard.base.language import word
from dashboard.components.shell import ids
from dashboard.services.declarations import NotDeclarable
from dashboard.services.front_desk import front_desk
from dashboard.store.declared import Declaration
from dashboard.store.opening import StoreError

FIELDS = (
    ids.DECLARE_NAME,
    ids.DECLARE_UNIT,
    ids.DECLARE_BASIS,
    ids.DECLARE_SUM,
    ids.DECLARE_GOOD,
    ids.DECLARE_TOPIC,
    ids.DECLARE_NUMERATOR,
    ids.DECLARE_DENOMINATOR,
)


def declare(
    clicks: int | None, fields: list[str | None], by: str | None, address: str | None
) -> str:
    """Keeps the indicator, or says what is missing."""
    language = language_of(address)
    if not clicks:
        return ""
    asked = Declaration(*(field or "" for field in fields))
    try:
        front_desk().declarations.declare(asked, by or "")
    except NotDeclarable as error:
        return word(error.key, language, **error.values)
    except StoreError as error:
        return error.text[language]
    return word("declare_done", language, name=asked.name.strip())


def register(app: Dash) -> None:
    """Adds the callback to the app."""
    app.callback(
        Output(ids.DECLARE_MESSAGE, "children"),
        inputs={
            "clicks": Input(ids.DECLARE, "n_clicks"),
            "fields": [State(name, "value") for name in FIELDS],
            "by": State(ids.DECLARE_BY, "value"),
            "address": State(ids.URL, "search"),
        },
        prevent_initial_call=True,
    )(declare)
