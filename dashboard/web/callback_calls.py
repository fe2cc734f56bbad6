"""Judges calls of callbacks by what the app declares: the outputs, inputs and states each names.

Dash's code relies on what the pages send: without this, each malformed call would end in an error.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dash.dependencies import Output

Declared = Mapping[str, Mapping[str, Any]]  # Dash's callback_map
_NUMBERED = ("place", "page", "question")  # parts of an id that are numbers; the others are texts
_LISTS = (["ALL"], ["ALLSMALLER"])  # wildcards for which a page sends a list
_NONE = type(None)
_TYPES: dict[str, tuple[type, ...]] = {  # what pages send of these properties, everywhere
    "search": (str, _NONE),
    "n_clicks": (int, _NONE),
    "n_submit": (int, _NONE),
    "submit_n_clicks": (int, _NONE),
    "n_intervals": (int, _NONE),
    "is_open": (bool, _NONE),
    "search_value": (str, _NONE),
    "contents": (list, _NONE),
    "filename": (list, _NONE),
}


def is_call(content: object, declared: Declared) -> bool:
    """Whether JSON calls a declared callback the way pages do."""
    if not isinstance(content, dict):
        return False
    name, changed = content.get("output"), content.get("changedPropIds")
    if not isinstance(name, str) or name not in declared or not isinstance(changed, list):
        return False
    callback, inputs, states = declared[name], content.get("inputs"), content.get("state", [])
    if "callback" not in callback:  # one that the browser answers itself
        return False
    fits = _fits(inputs, callback["inputs"]) and _fits(states, callback["state"])
    return fits and _names_outputs(content.get("outputs"), callback) and _fired(changed, inputs)


def carries_files(content: Mapping[str, Any], declared: Declared) -> bool:
    """Whether the called callback takes files: its request may be large."""
    callback = declared[content["output"]]
    return any(one["property"] == "contents" for one in callback["inputs"])


def _fits(values: object, declared: Sequence[Mapping[str, str]]) -> bool:
    """Whether the values are those of these properties, one for one."""
    if not isinstance(values, list) or len(values) != len(declared):
        return False
    pairs = list(zip(values, declared, strict=True))
    if not all(_is_value(value, one["id"], one["property"]) for value, one in pairs):
        return False
    return _are_aligned((value, one["id"]) for value, one in pairs)


def _are_aligned(values: Iterable[tuple[object, str]]) -> bool:
    """Whether the lists of one pattern are of the same components, as a page sends them."""
    components: dict[str, list[object]] = {}
    for value, identity in values:
        if isinstance(value, list):
            named = [one["id"] for one in value]
            if components.setdefault(identity, named) != named:
                return False
    return True


def _is_value(value: object, identity: str, name: str) -> bool:
    """Whether a value is that of a property; of a pattern for many components a list of them."""
    if _is_pattern_of_many(identity):
        return isinstance(value, list) and all(_is_property(one, identity, name) for one in value)
    return _is_property(value, identity, name)


def _is_property(given: object, identity: str, name: str) -> bool:
    if not isinstance(given, dict) or not _names(given, identity, name):
        return False
    value = given.get("value")
    if name == "id":
        return bool(value == given["id"])
    if name == "pathname":
        return isinstance(value, str) and value.startswith("/")
    return type(value) in _TYPES.get(name, (type(value),))


def _is_identity(given: object, declared: str) -> bool:
    if not declared.startswith("{"):
        return given == declared
    pattern = json.loads(declared)
    if not isinstance(given, dict) or given.keys() != pattern.keys():
        return False
    return all(
        _is_part(given[key], key) if isinstance(part, list) else given[key] == part
        for key, part in pattern.items()
    )


def _is_part(value: object, key: str) -> bool:
    """Whether a value may fill the wildcard of this part of an id."""
    return type(value) is (int if key in _NUMBERED else str)


def _is_pattern_of_many(identity: str) -> bool:
    return identity.startswith("{") and any(
        part in _LISTS for part in json.loads(identity).values()
    )


def _names_outputs(named: object, callback: Mapping[str, Any]) -> bool:
    """Whether the outputs named are the callback's."""
    output = callback["output"]
    if isinstance(output, Output):
        return _is_output(named, output)
    return (
        isinstance(named, list)
        and len(named) == len(output)
        and all(_is_output(one, two) for one, two in zip(named, output, strict=True))
    )


def _is_output(named: object, output: Output) -> bool:
    identity, name = output.component_id_str(), output.component_property
    if isinstance(named, list) != _is_pattern_of_many(identity):
        return False
    outputs = named if isinstance(named, list) else [named]
    return all(_names(output, identity, name) for output in outputs)


def _names(given: object, identity: str, name: str) -> bool:
    """Whether JSON names this property of this component; an output's may end in "@…"."""
    if not isinstance(given, dict):
        return False
    named = given.get("property")
    if not isinstance(named, str) or named.partition("@")[0] != name.partition("@")[0]:
        return False
    return _is_identity(given.get("id"), identity)


def _fired(changed: Iterable[object], inputs: Any) -> bool:  # noqa: ANN401 - checked before
    """Whether what changed is among the inputs that were sent."""
    sent = [(one["id"], one["property"]) for one in _flat(inputs)]
    return all(isinstance(one, str) and _parts(one) in sent for one in changed)


def _flat(values: Sequence[Any]) -> Iterator[Mapping[str, Any]]:
    for value in values:
        yield from value if isinstance(value, list) else [value]


def _parts(changed: str) -> tuple[object, str]:
    """The id and the property of "id.property"; the id of a pattern as it is sent."""
    identity, _, name = changed.rpartition(".")
    if not identity.startswith("{"):
        return identity, name
    try:
        return json.loads(identity), name
    except (ValueError, RecursionError):
        return None, name
