"""Serves what the API is: an OpenAPI document for programs, and the same as a page for people."""

from __future__ import annotations

from html import escape
from typing import Any

from flask import Blueprint, Response

from dashboard.base.language import word
from dashboard.components.shell.address import reader_language
from dashboard.components.shell.sub_path import sub_path
from dashboard.components.shell.work_frame import work_document
from dashboard.services.front_desk import FrontDesk
from dashboard.web.answers import json_answer, refusal
from dashboard.web.api_description import ENTRIES, Entry, Schema, Takes, row_schema

VERSION = "1"  # of what is described, not of the program
PAGE, DOCUMENT = "/api/", "/api/openapi.json"
_JSON, _CSV = "application/json", "text/csv"
_USUAL = (401, 403, 429, 503)  # what any address may answer: rights, rates, a busy server


def blueprint(desk: FrontDesk) -> Blueprint:
    """The routes /api/ and /api/openapi.json of this desk."""
    routes = Blueprint("openapi", __name__)

    def document() -> Response:
        return json_answer(described(reader_language(), desk.context.bureau(reader_language())))

    def page() -> Response:
        language = reader_language()
        title = word("api_title", language)
        text = f"{_lead(language)}{_listed(language)}"
        return Response(work_document(desk, title, text), mimetype="text/html")

    def unknown(rest: str) -> Response:
        return refusal(word("api_unknown", reader_language(), page=sub_path() + PAGE), 404)

    routes.add_url_rule(f"{PAGE}<path:rest>", "unknown", unknown)
    routes.add_url_rule(DOCUMENT, "document", document)
    routes.add_url_rule(PAGE, "page", page)
    return routes


def described(language: str, bureau: str = "") -> dict[str, Any]:
    """The document, OpenAPI 3.1, with texts in this language."""
    title = " ".join(part for part in (bureau, word("api_title", language)) if part)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": VERSION,
            "description": f"{word('api_lead', language)} {word('api_odd', language)}",
        },
        "servers": [{"url": sub_path() or "/"}],
        "security": [{"token": []}, {}],
        "paths": {entry.path: {_method(entry): _operation(entry, language)} for entry in ENTRIES},
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "Refusal": {
                    "type": "object",
                    "properties": {"error": {"type": "string"}, "reference": {"type": "string"}},
                    "required": ["error"],
                }
            },
        },
    }


def _method(entry: Entry) -> str:
    return "post" if entry.body else "get"


def _operation(entry: Entry, language: str) -> dict[str, Any]:
    refused: dict[str, Any] = {
        str(status): {
            "description": word("api_refused", language),
            "content": {_JSON: {"schema": {"$ref": "#/components/schemas/Refusal"}}},
        }
        for status in sorted({*entry.refused, *_USUAL})
    }
    given = {"description": word(f"api_{entry.name}", language), "content": _content(entry)}
    operation: dict[str, Any] = {
        "operationId": entry.name,
        "summary": word(f"api_{entry.name}", language),
        "parameters": [_parameter(take, language) for take in entry.takes],
        "responses": {"200": given} | refused,
    }
    if entry.body:
        texts = {name: {"type": "string"} for name in entry.body}
        schema = {"type": "object", "properties": texts, "required": list(entry.body[:1])}
        operation["requestBody"] = {"required": True, "content": {_JSON: {"schema": schema}}}
    return operation


def _content(entry: Entry) -> dict[str, Any]:
    content: dict[str, Any] = {}
    if entry.columns:
        content[_JSON] = {"schema": {"type": "array", "items": row_schema(entry)}}
        content[_CSV] = {"schema": {"type": "string"}}
    for mime in entry.files:
        content[mime] = {"schema": {"type": "object"}} if mime == _JSON else {}
    return content


def _parameter(one: Takes, language: str) -> dict[str, Any]:
    schema: Schema = {"type": "array", "items": one.schema} if one.several else one.schema
    return {
        "name": one.name,
        "in": one.where,
        "required": one.needed,
        "description": word(f"api_takes_{one.name}", language),
        "schema": schema,
    }


def _lead(language: str) -> str:
    example = "curl -H 'Authorization: Bearer …' '…/api/observations?area=990101&children=1'"
    return (
        f"<p>{escape(word('api_lead', language))}</p><p>{escape(word('api_odd', language))}</p>"
        f"<p>{escape(word('api_token', language))}</p>"
        f"<pre><code>{escape(example)}</code></pre>"
        f'<p><a href="{DOCUMENT}?lang={language}">{escape(word("api_document", language))}</a></p>'
    )


def _listed(language: str) -> str:
    return "".join(_section(entry, language) for entry in ENTRIES)


def _section(entry: Entry, language: str) -> str:
    heading = f"{_method(entry).upper()} {entry.path}"
    takes = "".join(_line(take, language) for take in entry.takes)
    columns = word("api_columns", language, columns=", ".join(entry.columns))
    parts = [
        f"<h2><code>{escape(heading)}</code></h2>",
        f"<p>{escape(word(f'api_{entry.name}', language))}</p>",
        f"<ul>{takes}</ul>" if takes else "",
        f"<p>{escape(columns)}</p>" if entry.columns else "",
    ]
    return "".join(parts)


def _line(one: Takes, language: str) -> str:
    names = one.schema.get("enum")
    choices = f" ({', '.join(map(str, names))})" if isinstance(names, list) else ""
    several = f" · {word('api_several', language)}" if one.several else ""
    text = word(f"api_takes_{one.name}", language) + choices + several
    return f"<li><code>{escape(one.name)}</code> {escape(text)}</li>"
