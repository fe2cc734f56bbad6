"""Serves hand-ins that wait for an editor as plain HTML: the list, and what one would change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from flask import Blueprint, Response, request

from dashboard.base.language import word
from dashboard.catalogue import periods
from dashboard.components.shell.address import reader_language
from dashboard.components.shell.file_names import form_name, safe
from dashboard.components.shell.plain_html import as_html
from dashboard.components.submissions.changes import change_table, chips, counts_of
from dashboard.components.submissions.findings import findings_table
from dashboard.exports.intake_previews import Lines
from dashboard.intake import SheetOutcome, SheetPreview
from dashboard.services.access.person import Role, acting_person
from dashboard.services.context import NotFound
from dashboard.services.front_desk import FrontDesk
from dashboard.services.submissions.approval import NotAllowed
from dashboard.services.submissions.waiting import holds_of
from dashboard.store.opening import StoreError
from dashboard.store.waiting import AlreadyDecided, WaitingHandIn, WaitingState
from dashboard.web.forms import Forms, field, see_other, ticked_words
from dashboard.web.html_tables import table
from dashboard.web.sign_in_pages import access_page, message

HAND_INS = "/hand-ins"
SHOWN = 100  # hand-ins of the list
DONE = "done"  # in an address: which act leads to it
_REFUSED = 400  # the least status of what was not done
_STATES = {
    "accept": WaitingState.ACCEPTED,
    "return": WaitingState.RETURNED,
    "withdraw": WaitingState.WITHDRAWN,
}
LIST_COLUMNS = ("number", "state", "holds", "by", "when", "reason", "file")


def when_words(row: WaitingHandIn) -> str:
    """When it was handed in, by this computer's clock."""
    return f"{row.made.astimezone():%Y-%m-%d %H:%M}"


def holds_words(desk: FrontDesk, row: WaitingHandIn, language: str) -> str:
    """What its sheets hold: form, area, period and how many figures, each once."""
    areas, texts = desk.areas(), []
    for one in holds_of(row):
        parts = [
            form_name(one["form"], language) if one["form"] else "",
            areas.name_of(one["area"], language) if one["area"] else "",
            _period_words(one["period"], language),
            word("receipt_figures", language, count=one["figures"]),
        ]
        texts.append(" · ".join(part for part in parts if part))
    return word("list_semicolon", language).join(dict.fromkeys(texts))


def _period_words(text: str, language: str) -> str:
    try:
        return periods.name(periods.parse(text).end, language) if text else ""
    except ValueError:
        return text


def state_words(row: WaitingHandIn, language: str) -> str:
    """What became of it: since when, by whom."""
    text = word(f"waiting_state_{row.state}", language)
    if row.decided is None:
        return text
    by = row.decided_by or word("withdrawing_somebody", language)
    return f"{text} · {by} · {row.decided.astimezone():%Y-%m-%d %H:%M}"


class HandInPages:
    """Answers /hand-ins and /hand-ins/<number> for one desk."""

    def __init__(self, desk: FrontDesk, forms: Forms) -> None:
        """Show and decide on what waits at this desk."""
        self._desk, self._forms = desk, forms

    def add_to(self, routes: Blueprint) -> None:
        """Add the routes."""
        both = ["GET", "POST"]
        routes.add_url_rule(HAND_INS, "hand_ins", self.all)
        routes.add_url_rule(f"{HAND_INS}/<int:number>", "hand_in", self.one, methods=both)

    def all(self) -> Response:
        """The list: an editor's of all, a contributor's of his or her own."""
        desk, language = self._desk, reader_language()
        rows = desk.submissions.waiting.all(SHOWN)
        text = word("waiting_lead", language)
        if not desk.submissions.waiting.is_on:
            text = word("waiting_off", language)
        body = f"<p>{escape(text)}</p>"
        if rows:
            heads = (word(f"waiting_{name}", language) for name in LIST_COLUMNS)
            cells = [self._listed(row, language) for row in rows]
            body += table(word("waiting_title", language), heads, cells)
        else:
            body += f"<p>{escape(word('waiting_none', language))}</p>"
        return self._answer(word("waiting_title", language), body)

    def _listed(self, row: WaitingHandIn, language: str) -> list[str]:
        address = f"{HAND_INS}/{row.id}?lang={language}"
        return [
            f'<a href="{address}">{row.id}</a>',
            escape(state_words(row, language)),
            escape(holds_words(self._desk, row, language)),
            escape(row.made_by),
            when_words(row),
            escape(row.reason),
            f'<a href="{address}">{escape(safe(row.file))}</a>',
        ]

    def one(self, number: int) -> Response:
        """One hand-in: its state, what accepting it would do, the forms; what was sent is done."""
        language, text, status, receipts = reader_language(), "", 200, list[SheetOutcome]()
        try:
            self._desk.submissions.waiting.get(number)
            if request.method == "POST":
                text, status, receipts = self._decide(number, language)
            row = self._desk.submissions.waiting.get(number)
            if request.method == "POST" and status < _REFUSED:
                act = request.form["act"]
                return see_other(f"{HAND_INS}/{number}?lang={language}&{DONE}={act}")
        except NotFound as error:
            title = word("waiting_title", language)
            return self._answer(title, message(error.text[language]), 404)
        title = word("waiting_one", language, number=number, file=safe(row.file))
        text = text or self._done_words(row, language)
        body = message(text) + self._about(row, language) + self._refusals(receipts, language)
        if row.state is WaitingState.WAITING:
            body += self._undecided(row, language)
        back = escape(word("waiting_all", language))
        body += f'<p><a href="{HAND_INS}?lang={language}">{back}</a></p>'
        return self._answer(title, body, status)

    def _done_words(self, row: WaitingHandIn, language: str) -> str:
        """What was done last, as the address says; empty where that is not how it stands."""
        act = request.args.get(DONE, "")
        if _STATES.get(act) != row.state:
            return ""
        made = self._desk.submissions.of_numbers(row.submissions) if row.submissions else []
        count = sum(submission.figures for submission in made)
        return word(f"waiting_done_{act}", language, count=count)

    def _decide(self, number: int, language: str) -> tuple[str, int, list[SheetOutcome]]:
        """What was done with the form that was sent, the status, receipts that refuse it."""
        if not self._forms.is_ours():
            return word("access_form_old", language), 400, []
        approval, sent = self._desk.approval, request.form
        act, reason = sent.get("act", ""), sent.get("reason", "")
        try:
            if act == "accept":
                return self._accepted(number, reason, language)
            if act == "return":
                approval.give_back(number, reason)
            elif act == "withdraw":
                approval.take_back(number)
            else:
                return word("access_form_unknown", language), 400, []
        except NotAllowed as error:
            return error.text[language], 403, []
        except AlreadyDecided as error:
            return error.text[language], 409, []
        except StoreError as error:
            return error.text[language], 422, []
        return "", 200, []

    def _accepted(
        self, number: int, note: str, language: str
    ) -> tuple[str, int, list[SheetOutcome]]:
        confirmed = request.form.get("puts_back", "")
        puts_back = int(confirmed) if re.fullmatch(r"[0-9]{1,9}", confirmed) else 0
        receipts = self._desk.approval.accept(number, note, puts_back=puts_back)
        if any(receipt.refused for receipt in receipts):
            return word("waiting_refused", language), 422, receipts
        return "", 200, []

    def _about(self, row: WaitingHandIn, language: str) -> str:
        lines = [
            ("waiting_by", row.made_by),
            ("waiting_when", when_words(row)),
            ("waiting_holds", holds_words(self._desk, row, language)),
            ("waiting_state", state_words(row, language)),
            ("waiting_reason", row.reason),
        ]
        parts = "".join(
            f"<dt>{escape(word(key, language))}</dt><dd>{escape(text)}</dd>"
            for key, text in lines
            if text
        )
        links = "".join(
            f'<li><a href="/submissions?submission={number}&amp;lang={language}">'
            f"{escape(word('submission_detail', language, number=number))}</a></li>"
            for number in row.submissions
        )
        return f"<dl>{parts}</dl>" + (f"<ul>{links}</ul>" if links else "")

    def _refusals(self, receipts: Sequence[SheetOutcome], language: str) -> str:
        """Why the store did not take it, by cell."""
        findings = [finding for receipt in receipts for finding in receipt.findings]
        if not findings:
            return ""
        caption = word("preview_findings", language)
        return as_html(findings_table(findings, language, caption), language)

    def _undecided(self, row: WaitingHandIn, language: str) -> str:
        """What may be done with it, and what accepting it would change."""
        try:
            sheets = self._desk.approval.preview(row.id)
        except (NotFound, StoreError) as error:
            return self._acts(row, 0, language) + self._preview(error.text[language], language)
        shown = "".join(self._sheet(sheet, language) for sheet in sheets)
        order, warned = self._desk.approval.order_of(row.id, sheets), ""
        if order.later:
            numbers = word("list_comma", language).join(map(str, order.later))
            warned = message(word("waiting_later", language, numbers=numbers))
        return (
            warned
            + self._acts(row, len(order.older), language)
            + self._preview("", language)
            + shown
        )

    def _acts(self, row: WaitingHandIn, older: int, language: str) -> str:
        """The forms of what the reader may do; ``older``: how many figures it would put back."""
        person, address = acting_person(), f"{HAND_INS}/{row.id}?lang={language}"
        forms: list[str] = []
        if person.role >= Role.EDITOR:
            note = field("waiting_note", "reason", language)
            fields = [note]
            if older:
                warned = message(word("waiting_older", language, count=older))
                confirm = word("waiting_puts_back", language, count=older)
                fields += [warned, ticked_words(confirm, "puts_back", str(older))]
            forms.append(self._form(fields, "accept", address, language))
            reason = field("waiting_why", "reason", language)
            forms.append(self._form([reason], "return", address, language))
        if person.name == row.made_by:
            forms.append(self._form([], "withdraw", address, language))
        return "".join(forms)

    def _form(self, fields: list[str], act: str, address: str, language: str) -> str:
        return self._forms.form(fields, word(f"waiting_act_{act}", language), address, act)

    @staticmethod
    def _preview(text: str, language: str) -> str:
        return f"<h2>{escape(word('waiting_preview', language))}</h2>{message(text)}"

    def _sheet(self, sheet: SheetPreview, language: str) -> str:
        """What was recognised, what was found, and which stored figures it would change."""
        desk, receipt = self._desk, sheet.receipt
        name = safe(receipt.sheet) or safe(receipt.file)
        lines = Lines(desk.catalogue, desk.areas(), language)
        parts = [f"<h3>{escape(name)}</h3>", _list(lines.recognised(sheet))]
        if receipt.findings:
            caption = word(
                "preview_caption", language, part=word("preview_findings", language), name=name
            )
            parts.append(as_html(findings_table(receipt.findings, language, caption), language))
        if sheet.changes:
            caption = word(
                "preview_caption", language, part=word("preview_changes", language), name=name
            )
            parts.append(as_html(chips(counts_of(sheet.changes), language), language))
            parts.append(as_html(change_table(desk, sheet.changes, caption, language), language))
        return "".join(parts)

    def _answer(self, title: str, body: str, status: int = 200) -> Response:
        return self._forms.finish(access_page(self._desk, title, body, status))


def _list(lines: Iterable[str]) -> str:
    listed = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ul>{listed}</ul>" if listed else ""
