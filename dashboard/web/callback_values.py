"""Checks the values of a callback against its signature: what a page cannot send is refused.

The types of a callback's parameters are its schema. Values are judged as JSON, without conversion,
and reach the callback as they were sent.
"""

from __future__ import annotations

import functools
import inspect
import json
from collections.abc import Callable
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

Callback = Callable[..., Any]


class Malformed(ValueError):
    """A call with values that no page sends; the message names callback and parameter only."""


def checked(callback: Callback) -> Callback:
    """The callback, refusing values of other types than its signature states: raises Malformed."""
    hints, signature = get_type_hints(callback), inspect.signature(callback)
    schemas = {name: TypeAdapter(hints[name]) for name in signature.parameters if name in hints}
    variadic = inspect.Parameter.VAR_POSITIONAL

    @functools.wraps(callback)
    def call(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - as the callback's own
        try:
            bound = signature.bind(*given, **named)
        except TypeError as error:
            raise Malformed(f"{callback.__name__}: other arguments") from error
        for name, value in bound.arguments.items():
            if name in schemas:
                several = signature.parameters[name].kind is variadic
                _check(f"{callback.__name__}: {name}", schemas[name], value if several else [value])
        return callback(*given, **named)

    return call


def _check(place: str, schema: TypeAdapter[Any], values: Any) -> None:  # noqa: ANN401
    try:
        for value in values:
            schema.validate_json(json.dumps(value), strict=True)
    except (ValidationError, TypeError) as error:
        raise Malformed(place) from error
