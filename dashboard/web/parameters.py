"""Refuses what an address of the API does not take: a misspelt filter must not widen an answer."""

from __future__ import annotations

from difflib import get_close_matches

from flask import Response, request

from dashboard.base.language import word
from dashboard.web.answers import asked_language, refusal
from dashboard.web.api_description import ENTRIES

_AS_OF, _KNOWN = "as_of", "known"  # a day of knowledge, as lists and as pages call it
_TAKEN = {
    entry.path: tuple(parameter.name for parameter in entry.takes)
    for entry in ENTRIES
    if entry.columns
}
_TAKEN["/export/register.<suffix>"] = _TAKEN["/api/register"]


def refuse_unknown() -> Response | None:
    """400 that names the first parameter a list does not take, and those it takes; else None."""
    rule = request.url_rule.rule if request.url_rule else ""
    taken = _TAKEN.get(rule)
    if taken is None:
        return None
    also = ("lang", _KNOWN) if _AS_OF in taken else ("lang",)
    unknown = [name for name in request.args if name not in (*taken, *also)]
    if not unknown:
        return None
    language, comma = asked_language(), word("list_comma", asked_language())
    meant = get_close_matches(unknown[0], taken, 1)
    key = "api_unknown_meant" if meant else "api_unknown_takes"
    fields = {"name": unknown[0][:60], "takes": comma.join(taken), "meant": "".join(meant)}
    return refusal(word(key, language, **fields), 400)
