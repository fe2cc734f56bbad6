"""Serves the markings of areas and months as plain HTML: those in force, and the form to mark."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from flask import Blueprint, Response, request

from dashboard.base.language import word
from dashboard.components.shell.address import reader_language
from dashboard.services.access.person import acting_person
from dashboard.services.filters import UnknownName
from dashboard.services.front_desk import FrontDesk
from dashboard.store.markings import Marking
from dashboard.store.opening import StoreError
from dashboard.web.forms import Forms, choice, field, hidden, see_other
from dashboard.web.html_tables import table
from dashboard.web.sign_in_pages import access_page, message

MARKINGS = "/markings"
_DONE = {"mark": "marking_done", "end": "marking_ended"}
_REFUSED = 400  # the least status of what was not done
LIST_COLUMNS = ("words", "area", "months", "when", "by", "end")


class MarkingPages:
    """Answers /markings for one desk."""

    def __init__(self, desk: FrontDesk, forms: Forms) -> None:
        """Mark the figures of this desk."""
        self._desk, self._forms = desk, forms

    def add_to(self, routes: Blueprint) -> None:
        """Add the route."""
        routes.add_url_rule(MARKINGS, "markings", self.answer, methods=["GET", "POST"])

    def answer(self) -> Response:
        """The markings in force and the form; what was sent is done first."""
        language, text, status = reader_language(), "", 200
        if request.method == "POST":
            text, status = self._mark(language)
            if status < _REFUSED:
                return see_other(f"{self._address(language)}&done={request.form['act']}")
        elif request.args.get("done") in _DONE:
            text = word(_DONE[request.args["done"]], language)
        listed = self._desk.markings.all()
        body = message(text) + f"<p>{escape(word('marking_lead', language))}</p>"
        heads = (word(f"marking_{name}", language) for name in LIST_COLUMNS)
        rows = [self._row(marking, language) for marking in listed]
        caption = word("marking_in_force", language)
        body += table(caption, heads, rows) if rows else f"<p>{word('marking_none', language)}</p>"
        body += self._form(language, sent=request.form if status >= _REFUSED else {})
        page = access_page(self._desk, word("marking_title", language), body, status)
        return self._forms.finish(page)

    def _mark(self, language: str) -> tuple[str, int]:
        if not self._forms.is_ours():
            return word("access_form_old", language), 400
        sent = request.form
        if sent.get("act") not in _DONE or not {"area", "period", "words"} <= set(sent):
            return word("access_form_unknown", language), 400
        words = sent["words"] if sent.get("act") == "mark" else ""
        if sent.get("act") == "mark" and not words.strip():
            return word("marking_needs_words", language), 422
        try:
            self._desk.markings.mark(sent["area"], sent["period"], words)
        except (StoreError, UnknownName) as error:
            return error.text[language], 422
        return "", 200

    def _row(self, one: Marking, language: str) -> list[str]:
        months = str(one.months).partition(" ")[2]
        named = [("area", one.months.area), ("period", months), ("words", "")]
        fields = [hidden(name, value) for name, value in named]
        return [
            escape(one.words),
            escape(self._desk.areas().name_of(one.months.area, language)),
            escape(months),
            f"{one.written.astimezone():%Y-%m-%d %H:%M}",
            escape(one.written_by or word("withdrawing_somebody", language)),
            self._forms.form(fields, word("marking_end", language), self._address(language), "end"),
        ]

    def _form(self, language: str, sent: Mapping[str, str]) -> str:
        """The form to mark, with what was ``sent`` and refused."""
        areas = [(one.code, f"{one.name[language]} {one.code}") for one in self._desk.areas()]
        area = sent.get("area", "") or self._own_area()
        fields = [
            choice("filter_area", "area", areas, area, language),
            field("marking_period", "period", language, sent.get("period", "")),
            field("marking_words", "words", language, sent.get("words", "")),
        ]
        button = word("marking_mark", language)
        return self._forms.form(fields, button, self._address(language), "mark")

    def _own_area(self) -> str:
        """The area that the reader hands in for; who does for all: the one a first visit shows."""
        own = acting_person().areas
        return own[0] if own else self._desk.selections.start_area()

    @staticmethod
    def _address(language: str) -> str:
        return f"{MARKINGS}?lang={language}"
