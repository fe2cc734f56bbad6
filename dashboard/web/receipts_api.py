"""Gives receipts to pictures that are made in the browser: each carries its chart's code.

Only JSON is taken: a form on another site cannot send it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, Response, request

from dashboard.base.language import LANGUAGES, Text
from dashboard.charts.model.selection import Selection
from dashboard.components.shell.address import reader_language
from dashboard.components.shell.sub_path import outside, sub_path
from dashboard.services.context import NotFound
from dashboard.services.filters import UnknownName
from dashboard.services.front_desk import FrontDesk
from dashboard.services.reports.receipts import of_chart
from dashboard.store.opening import StoreError
from dashboard.store.receipt_codes import printed_code
from dashboard.web.answers import json_answer, refusal

Given = dict[str, Any]
_NOT_JSON = Text("请从本系统的页面提交", "this is taken as JSON from a page of this program only")


def _language(given: Given) -> str:
    """The language that is given; the reader's where none is. Raises UnknownName."""
    asked = given.get("lang") or reader_language()
    if asked not in LANGUAGES:
        listed = ", ".join(LANGUAGES)
        raise UnknownName(
            Text(f"lang 没有“{asked}”；可选：{listed}", f"lang {asked!r} is not one of {listed}")
        )
    return str(asked)


class GivenReceipts:
    """Gives charts of one desk their receipts."""

    def __init__(self, desk: FrontDesk) -> None:
        """Keep the receipts of this desk."""
        self._desk = desk

    def add_to(self, routes: Blueprint) -> None:
        """Add the route /api/receipts."""
        routes.add_url_rule("/api/receipts", "receipts", self.take, methods=["POST"])

    def take(self) -> Response:
        """The code of the chart ``ref`` drawn for the address's ``query``, and where it opens."""
        given = request.get_json(silent=True)
        if not isinstance(given, dict) or not all(isinstance(one, str) for one in given.values()):
            return refusal(_NOT_JSON, 400)
        ref, language = str(given.get("ref", ""))[:4000], _language(given)
        try:
            self._desk.figures.spec(ref)
            selection = self._selection(given, language)
            receipt = self._desk.receipts.take(of_chart(ref, selection), selection)
        except NotFound as error:
            return refusal(error.text[language], 404)
        except UnknownName as error:
            return refusal(error.text[language], 400)
        except StoreError as error:
            return refusal(error.text[language], 422)
        code = printed_code(receipt.code)
        address = outside(f"/receipt/{code}", sub_path())
        return json_answer({"code": code, "address": address})

    def _selection(self, given: Given, language: str) -> Selection:
        query = dict(parse_qsl(str(given.get("query", "")).lstrip("?")))
        return replace(self._desk.selections.of_file(query, language), present=False)
