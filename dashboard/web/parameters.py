"""Refuses what an address for programs does not take: an odd filter must not widen an answer.

Lists refuse parameters that they do not know. Every address below /api/ and /export/ refuses a
parameter that stands twice where one is meant, and one that is none of what it may be; which these
are, the description of the API says.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from flask import Flask, Response, request

from dashboard.base.language import word
from dashboard.components.shell.address import reader_language
from dashboard.exports.pictures import CLEAR, SCALES, SIZES, WHITE
from dashboard.services.filters import UnknownName
from dashboard.web.answers import NO_WORDS, YES_WORDS, refusal
from dashboard.web.api_description import ENTRIES, LANGUAGE, YES, Takes, one_of

PROGRAMS = ("/api/", "/export/")
_AS_OF, _KNOWN = "as_of", "known"  # a day of knowledge, as lists and as pages call it
_AREAS = Takes("areas", several=True)  # of a chart of areas side by side
_PICTURE = (
    Takes("size", one_of(SIZES)),
    Takes("scale", one_of(SCALES)),
    Takes("ground", one_of((CLEAR, WHITE))),
)
_REGISTER_FILE = "/export/register.<suffix>"
_LISTS = {entry.path: entry.takes for entry in ENTRIES if entry.columns}
_LISTS[_REGISTER_FILE] = _LISTS["/api/register"]
_USUAL = {take.name: take for take in (*_PICTURE, _AREAS, LANGUAGE)}
_KNOWN_AS = {take.name: take for entry in ENTRIES for take in entry.takes} | _USUAL


def refuse_odd(server: Flask) -> None:
    """Refuse (400) what such an address does not take; to be added after rights were judged."""
    server.before_request(_judge)
    server.register_error_handler(UnknownName, _refuse_unknown_name)


def _judge() -> Response | None:
    if not request.path.startswith(PROGRAMS):
        return None
    rule = request.url_rule.rule if request.url_rule else ""
    takes = _LISTS.get(rule)
    refused = _unknown(takes) if takes is not None else None
    if refused is not None:
        return refused
    known = _KNOWN_AS | {take.name: take for take in takes or ()}
    return next(_odd(known), None)


def _unknown(takes: tuple[Takes, ...]) -> Response | None:
    """A refusal of the first parameter that a list does not take, naming those it takes."""
    taken = tuple(take.name for take in takes)
    also = (LANGUAGE.name, _KNOWN) if _AS_OF in taken else (LANGUAGE.name,)
    unknown = [name for name in request.args if name not in (*taken, *also)]
    if not unknown:
        return None
    language, comma = reader_language(), word("list_comma", reader_language())
    meant = get_close_matches(unknown[0], taken, 1)
    key = "api_unknown_meant" if meant else "api_unknown_takes"
    fields = {"name": unknown[0][:60], "takes": comma.join(taken), "meant": "".join(meant)}
    return refusal(word(key, language, **fields), 400)


def _odd(known: dict[str, Takes]) -> Iterator[Response]:
    """A refusal of each parameter that is repeated, or none of what it may be."""
    language = reader_language()
    for name, values in request.args.lists():
        take = known.get(name, Takes(name))
        if len(values) > 1 and not take.several:
            yield refusal(word("api_repeated", language, name=name[:60]), 400)
        if take.several and any(values) and not any(part.strip(", ") for part in values):
            yield refusal(word("api_empty", language, name=name[:60]), 400)
        parts = [part for value in values for part in value.split(",")] if take.several else values
        wrong = [part for part in parts if part and not _may_be(take, part)]
        if wrong:
            listed = word("list_comma", language).join(_choices(take))
            fields = {"name": name, "value": wrong[0][:60], "choices": listed}
            yield refusal(word("api_not_one_of", language, **fields), 400)


def _choices(take: Takes) -> list[str]:
    choices = take.schema.get("enum")
    return list(choices) if isinstance(choices, list) else []


def _may_be(take: Takes, text: str) -> bool:
    if take.schema is YES:
        return text.lower() in (*YES_WORDS, *NO_WORDS)
    choices = _choices(take)
    return not choices or text in choices


def _refuse_unknown_name(error: UnknownName) -> Response:
    return refusal(error.text[reader_language()], 400)
