"""Refuses what an address for programs does not take: an odd filter must not widen an answer.

Every address below /api/ and /export/ refuses (400) by its name a parameter that it does not know,
one that stands twice where one is meant, and one that is none of what it may be. What each takes,
the description of the API says; of files, the table below.
"""

from __future__ import annotations

from difflib import get_close_matches

from flask import Flask, Response, request

from dashboard.base.language import word
from dashboard.base.whole_numbers import whole_number
from dashboard.catalogue.concepts import FigureKind
from dashboard.components.figures.figure import SPANS
from dashboard.components.shell.address import reader_language
from dashboard.exports.pictures import CLEAR, SCALES, SIZES, WHITE
from dashboard.services.filters import UnknownName
from dashboard.web.answers import NO_WORDS, YES_WORDS, refusal
from dashboard.web.api_description import (
    AREA,
    ENTRIES,
    INDICATOR,
    LANGUAGE,
    NUMBER,
    ONE_PERIOD,
    SIDE_BY_SIDE,
    VIEW,
    YES,
    Takes,
    one_of,
)

PROGRAMS = ("/api/", "/export/")
_NOWHERE = "/api/<path:rest>"
_AS_OF, _KNOWN = "as_of", "known"  # a day of knowledge, as lists and as pages call it
_PICTURE = (
    Takes("size", one_of(SIZES)),
    Takes("scale", one_of(SCALES)),
    Takes("ground", one_of((CLEAR, WHITE))),
)
_PRESENT = Takes("present")  # an address of a page may name it; no file is another for it
_FIGURE = (Takes("indicator", INDICATOR), AREA, ONE_PERIOD)
_SPAN = (Takes("months", one_of(one for one in SPANS if one)), Takes("kind", one_of(FigureKind)))
_LISTS = {entry.path: entry.takes for entry in ENTRIES if entry.columns}
_DRAFT, _SUBMISSION = (Takes("draft"), AREA), (Takes("submission", NUMBER),)
# What each address that is no list takes besides a language; those not named take nothing.
_FILES = {
    "/api/figure/<path:ref>": (*VIEW, _PRESENT, SIDE_BY_SIDE),
    "/export/<path:place>": (*VIEW, _PRESENT, SIDE_BY_SIDE, *_PICTURE),
    "/export/figures/<topic>.<suffix>": (*VIEW, _PRESENT),
    "/export/corrections.docx": (*VIEW, _PRESENT),
    "/export/correction.docx": (*_FIGURE, *_SPAN),
    "/export/targets.xlsx": (AREA, ONE_PERIOD),  # the month names the markings of its name
    "/export/template-<kind>.xlsx": (AREA, ONE_PERIOD, Takes("topic")),
    "/export/draft-comments.docx": _DRAFT,
    "/export/draft-findings.xlsx": _DRAFT,
    "/export/report-figures.csv": _SUBMISSION,
    "/export/report-figures.xlsx": _SUBMISSION,
    "/export/register.<suffix>": _LISTS["/api/register"],
}


def refuse_odd(server: Flask) -> None:
    """Refuse (400) what such an address does not take; to be added after rights were judged."""
    server.before_request(_judge)
    server.register_error_handler(UnknownName, _refuse_unknown_name)


def _judge() -> Response | None:
    if not request.path.startswith(PROGRAMS):
        return None
    rule = request.url_rule.rule if request.url_rule else _NOWHERE
    if rule == _NOWHERE:
        return None  # there is no such address, whatever it is asked
    takes = (*(_LISTS.get(rule) or _FILES.get(rule, ())), LANGUAGE)
    return _unknown(takes) or _odd(takes)


def _unknown(takes: tuple[Takes, ...]) -> Response | None:
    """A refusal of the first parameter that an address does not take, naming those it takes."""
    taken = tuple(dict.fromkeys(take.name for take in takes))
    also = (_KNOWN,) if _AS_OF in taken else ()
    unknown = [name for name in request.args if name not in (*taken, *also)]
    if not unknown:
        return None
    language, comma = reader_language(), word("list_comma", reader_language())
    meant = get_close_matches(unknown[0], taken, 1)
    key = "api_unknown_meant" if meant else "api_unknown_takes"
    fields = {"name": unknown[0][:60], "takes": comma.join(taken), "meant": "".join(meant)}
    return refusal(word(key, language, **fields), 400)


def _odd(takes: tuple[Takes, ...]) -> Response | None:
    """A refusal of the first parameter that is repeated, or none of what it may be."""
    known = {take.name: take for take in takes}
    for name, values in request.args.lists():
        take = known.get(name, Takes(name))
        fault = _fault_of_list(take, values) or _fault_of_value(take, values)
        if fault:
            return refusal(fault, 400)
    return None


def _fault_of_list(take: Takes, values: list[str]) -> str:
    """That a parameter is repeated, or is a list of nothing but commas; "" where it is neither."""
    if not take.several:
        key = "api_repeated" if len(values) > 1 else ""
    else:
        is_blank = any(values) and not any(value.strip(", ") for value in values)
        key = "api_empty" if is_blank else ""
    return word(key, reader_language(), name=take.name[:60]) if key else ""


def _fault_of_value(take: Takes, values: list[str]) -> str:
    """The first value that a parameter may not have, with those it may; "" where there is none."""
    language = reader_language()
    parts = ",".join(values).split(",") if take.several else values
    wrong = next((part for part in parts if part and not _may_be(take, part)), None)
    if wrong is None:
        return ""
    fields = {"name": take.name, "value": wrong[:60]}
    if take.schema is NUMBER:
        return word("api_no_number", language, **fields)
    choices = word("list_comma", language).join(_choices(take))
    return word("api_not_one_of", language, **fields, choices=choices)


def _choices(take: Takes) -> list[str]:
    choices = take.schema.get("enum")
    return list(choices) if isinstance(choices, list) else []


def _may_be(take: Takes, text: str) -> bool:
    if take.schema is YES:
        return text.lower() in (*YES_WORDS, *NO_WORDS)
    if take.schema is NUMBER:
        return bool(whole_number(text))
    choices = _choices(take)
    return not choices or text in choices


def _refuse_unknown_name(error: UnknownName) -> Response:
    return refusal(error.text[reader_language()], 400)
