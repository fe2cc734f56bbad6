"""Serves forms that streets fill in, as plain HTML: chosen, typed, saved, checked, handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as value_of
from datetime import UTC, date, datetime
from html import escape
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from dashboard.base.language import number, word
from dashboard.catalogue import periods
from dashboard.catalogue.concepts import Finding
from dashboard.catalogue.periods import Period
from dashboard.components.shell.address import reader_language
from dashboard.components.shell.file_names import safe
from dashboard.components.submissions.findings import by_severity, on_page
from dashboard.intake import SheetOutcome
from dashboard.services.context import NotFound
from dashboard.services.front_desk import FrontDesk
from dashboard.services.submissions.form_filling import Filling, is_month
from dashboard.services.submissions.street_forms import FormLine
from dashboard.store.form_drafts import FormDraft, FormPlace
from dashboard.store.opening import StoreError
from dashboard.store.waiting import WaitingState
from dashboard.web.forms import Forms, choice, field, hidden, see_other
from dashboard.web.html_tables import table
from dashboard.web.sent_cells import CELL, FILL, sent_cells
from dashboard.web.sign_in_pages import access_page, message

MONTHS_BACK = 24
_NOT_KEPT = (400, 409)  # answers to what was sent and not saved
_FIRST_VALUE = 3  # the column of the last month's value
DONE = "done"  # in an address: which act leads to it
SAVE, CHECK, HAND_IN, CORRECT = "save", "check", "hand_in", "correct"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act on a form comes to: its text, its status, and the findings.

    ``typed`` is what was sent and not kept, by indicator.
    """

    text: str = ""
    status: int = 200
    receipts: Sequence[SheetOutcome] = ()
    typed: Mapping[str, str] = value_of(default_factory=dict)


def _chosen_of(codes: Sequence[str]) -> str:
    """The area that the address names; else the only one, or none of several."""
    named = request.args.get("area", "")
    only = codes[0] if len(codes) == 1 else ""
    return named if named in codes else only


def _choice_form(fields: Sequence[str], button: str, language: str) -> str:
    return (
        f"<p>{escape(word('fill_lead', language))}</p>"
        f'<form method="get" action="{FILL}">{hidden("lang", language)}{"".join(fields)}'
        f'<p><button type="submit">{escape(button)}</button></p></form>'
    )


def form_address(place: FormPlace, language: str) -> str:
    """Where a form of an area and month is filled in."""
    asked = {"area": place.area, "form": place.form, "period": str(place.period)}
    return f"{FILL}?{urlencode(asked | {'lang': language})}"


class FormPages:
    """Answers /hand-ins/form for one desk."""

    def __init__(self, desk: FrontDesk, forms: Forms) -> None:
        """Let forms of this desk be filled in."""
        self._desk, self._forms = desk, forms

    def add_to(self, routes: Blueprint) -> None:
        """Add the route."""
        routes.add_url_rule(FILL, "fill_form", self.answer, methods=["GET", "POST"])

    def answer(self) -> Response:
        """The choice of area, form and month; where they are chosen, the form itself."""
        language = reader_language()
        try:
            place = self._place()
            if place is None:
                return self._choose(language)
            filling = self._desk.forms.open(place)
        except NotFound as error:
            title = word("fill_title", language)
            body = message(error.text[language]) + self._back(language)
            return self._answer(title, body, 404)
        if request.method == "POST":
            return self._sent(filling, language)
        return self._opened(filling, language)

    def _place(self) -> FormPlace | None:
        """Which form the address names; None where it does not name one yet."""
        area, form = request.args.get("area", ""), request.args.get("form", "")
        if not (area and form):
            return None
        try:
            span = periods.parse(request.args.get("period", ""))
        except ValueError:
            return None
        return FormPlace(area, form, span.end) if is_month(span) else None

    # ---- the choice ----

    def _choose(self, language: str) -> Response:
        areas = self._desk.forms.areas()
        if not areas:
            body = message(word("fill_no_area", language))
            return self._answer(word("fill_title", language), body)
        chosen = _chosen_of([area.code for area in areas])
        listed = [(area.code, f"{area.name[language]} {area.code}") for area in areas]
        fields = [choice("filter_area", "area", listed, chosen or listed[0][0], language)]
        fields += self._of_area(chosen, language) if chosen else []
        button = word("fill_open" if chosen else "fill_next", language)
        body = _choice_form(fields, button, language) + self._begun(language)
        if request.args.get("form") and request.args.get("period"):
            body = message(word("fill_month", language)) + body  # it names no month
        return self._answer(word("fill_title", language), body)

    def _of_area(self, area: str, language: str) -> list[str]:
        """The choices of form and month of an area; the month before this one is proposed."""
        forms = [
            (street_form.key, street_form.name[language])
            for street_form in self._desk.forms.forms(area)
        ]
        months = [(str(period), periods.name(period, language)) for period in _months()]
        return [
            choice("fill_form", "form", forms, "", language),
            choice("filter_period", "period", months, months[1][0], language),
        ]

    def _begun(self, language: str) -> str:
        """The forms that were begun, each leading to itself."""
        drafts = self._desk.forms.drafts()
        if not drafts:
            return ""
        heads = (word(f"fill_{name}", language) for name in ("which", "changed", "state"))
        rows = [self._begun_row(draft, language) for draft in drafts]
        return table(word("fill_begun", language), heads, rows)

    def _begun_row(self, draft: FormDraft, language: str) -> list[str]:
        place, areas = draft.place, self._desk.areas()
        name = f"{areas.name_of(place.area, language)} {periods.name(place.period, language)}"
        changed = f"{draft.changed.astimezone():%Y-%m-%d %H:%M} {draft.changed_by}"
        address = escape(form_address(place, language))
        return [
            f'<a href="{address}">{escape(name)}</a>',
            escape(changed),
            escape(state_words(draft, language)),
        ]

    # ---- the form ----

    def _opened(self, filling: Filling, language: str) -> Response:
        """The form as it stands; where it was sent before, with what was done then."""
        done, note = request.args.get(DONE, ""), request.args.get("note", "")
        if done == CHECK and filling.is_open:
            return self._checked(filling, note, language)
        outcome = Outcome()
        if done == SAVE and filling.is_open and filling.draft is not None:
            outcome = Outcome(word("fill_saved", language))
        if done == HAND_IN and not filling.is_open and filling.draft is not None:
            waiting = filling.draft.waiting
            outcome = Outcome(word("fill_done", language))
            if waiting is not None:
                outcome = Outcome(word("receipt_waits", language, number=waiting))
        return self._form_page(filling, language, outcome)

    def _sent(self, filling: Filling, language: str) -> Response:
        """What was sent is kept first, then checked or handed in; what was typed is never lost."""
        cells, act = sent_cells(), request.form.get("act", "")
        wrong = "" if self._forms.is_ours() else "access_form_old"
        if not wrong and act not in (SAVE, CHECK, HAND_IN, CORRECT):
            wrong = "access_form_unknown"
        if wrong:
            return self._form_page(
                filling, language, Outcome(word(wrong, language), 400, typed=cells)
            )
        forms = self._desk.forms
        if act == CORRECT:
            filling = forms.correct(filling)
            if any(cells.values()):  # not kept before: the form had been closed meanwhile
                return self._form_page(filling, language, Outcome(typed=cells))
            return see_other(form_address(filling.place, language))
        try:
            filling = forms.save(filling, cells, request.form.get("seen", ""))
        except StoreError as error:
            filling = forms.open(filling.place)  # as whoever was faster has left it
            return self._form_page(
                filling, language, Outcome(error.text[language], 409, typed=cells)
            )
        return self._finish(filling, act, language)

    def _finish(self, filling: Filling, act: str, language: str) -> Response:
        """Hand in what was kept, where that was asked, and lead on to what comes of it."""
        note, asked = request.form.get("note", "")[:200], {DONE: act}
        if act == HAND_IN:
            try:
                receipts = self._desk.forms.hand_in(filling, note)
            except StoreError as error:
                return self._form_page(filling, language, Outcome(error.text[language], 422))
            if any(receipt.refused for receipt in receipts):
                outcome = Outcome(word("fill_refused", language), 422, receipts)
                return self._form_page(filling, language, outcome)
        elif note:
            asked["note"] = note
        return see_other(f"{form_address(filling.place, language)}&{urlencode(asked)}")

    def _checked(self, filling: Filling, note: str, language: str) -> Response:
        try:
            previews = self._desk.forms.check(filling, note)
        except StoreError as error:
            return self._form_page(filling, language, Outcome(error.text[language], 422))
        receipts = [preview.receipt for preview in previews]
        refused = any(receipt.refused for receipt in receipts)
        needs_note = any(preview.needs_note for preview in previews)
        key = "fill_refused" if refused else "fill_needs_note" if needs_note else "fill_ready"
        return self._form_page(filling, language, Outcome(word(key, language), receipts=receipts))

    def _form_page(self, filling: Filling, language: str, outcome: Outcome) -> Response:
        """The form; what was typed and not kept stands in its fields, or apart where it is closed.

        So nobody takes it for what was handed in.
        """
        unsaved = (
            {} if filling.is_open else {name: text for name, text in outcome.typed.items() if text}
        )
        if filling.is_open and outcome.typed:
            filling = _with(filling, outcome.typed)
        status, receipts = outcome.status, outcome.receipts
        desk, place = self._desk, filling.place
        area = desk.areas().name_of(place.area, language)
        title = f"{area} · {periods.name(place.period, language)}"
        findings = self._findings(filling, receipts, language)
        head = f"<p>{escape(safe(filling.form.name[language]))}</p>"
        draft = filling.draft
        state = f"<p>{escape(state_words(draft, language))}</p>" if draft else ""
        if draft is not None and draft.state == WaitingState.RETURNED:
            reason = word("fill_returned", language, reason=safe(draft.reason, 600))
            state += message(reason)
        lines = self._lines(filling, language)
        address = form_address(place, language)
        if filling.is_open:
            note = field("fill_note", "note", language, request.values.get("note", "")[:200])
            acts = [(act, word(f"fill_act_{act}", language)) for act in (SAVE, CHECK, HAND_IN)]
            # what was not kept is still held against what its sender saw
            seen_then = filling.seen
            if status in _NOT_KEPT:
                seen_then = request.form.get("seen", seen_then if status == 400 else "")
            seen = hidden("seen", seen_then)
            body = self._forms.with_acts(seen + lines, acts, address, note=note)
        else:
            acts = [(CORRECT, word("fill_act_correct", language))]
            carried = "".join(hidden(f"{CELL}{escape(name)}", unsaved[name]) for name in unsaved)
            body = _unsaved(filling, unsaved, language) + lines
            body += self._forms.with_acts(carried, acts, address)
        text = message(outcome.text) + head + state + findings + body + self._back(language)
        return self._answer(title, text, status)

    def _lines(self, filling: Filling, language: str) -> str:
        """A row a line: name, basis, the last month's value, what is stored, what is typed."""
        last = word("fill_last_none", language)
        if filling.last is not None:
            last = word("fill_last", language, period=periods.name(filling.last, language))
        heads = [word(f"fill_{name}", language) for name in ("line", "basis", "unit")]
        heads.append(last)
        if filling.stored:
            heads.append(word("fill_stored", language))
        heads.append(word("fill_now", language))
        rows = [self._line(filling, line, language) for line in filling.form.lines]
        numbers = range(_FIRST_VALUE, len(heads) - 1)
        caption = word("fill_lines", language, count=len(rows))
        return table(caption, heads, rows, numbers, "form-lines")

    def _line(self, filling: Filling, line: FormLine, language: str) -> list[str]:
        basis = escape(word(f"fill_basis_{line.accumulation}", language))
        unit = escape(line.unit.name[language])
        about, stored = f"{basis} · {unit}", filling.stored.get(line.indicator)
        if stored is not None:
            about += f" · {escape(word('fill_stored', language))} {_amount(stored, language)}"
        cells = [
            f'{escape(line.name[language])}<small class="when-narrow">{about}</small>',
            basis,
            unit,
            _amount(filling.before.get(line.indicator), language),
        ]
        if filling.stored:
            cells.append(_amount(stored, language))
        typed = filling.draft.cells.get(line.indicator, "") if filling.draft else ""
        if filling.is_open:
            typed = (
                f'<input name="{CELL}{escape(line.indicator)}" value="{escape(typed)}" size="12"'
                f' maxlength="60" inputmode="decimal" autocomplete="off"'
                f' aria-label="{escape(line.name[language])}">'
            )
        else:
            typed = escape(typed)
        return [*cells, typed]

    def _findings(self, filling: Filling, receipts: Sequence[SheetOutcome], language: str) -> str:
        """What was found, by line; nothing where nothing was."""
        findings = by_severity([finding for receipt in receipts for finding in receipt.findings])
        if not findings:
            return ""
        heads = (word(f"finding_{name}", language) for name in ("severity", "line", "message"))
        lines = self._desk.forms.lines_by_cell(filling)
        rows = [_finding(lines, finding, language) for finding in findings]
        return table(word("preview_findings", language), heads, rows)

    def _back(self, language: str) -> str:
        links = ((FILL, "fill_title"), ("/hand-ins", "waiting_title"))
        return "".join(
            f'<p><a href="{path}?lang={language}">{escape(word(key, language))}</a></p>'
            for path, key in links
        )

    def _answer(self, title: str, body: str, status: int = 200) -> Response:
        return self._forms.finish(access_page(self._desk, title, body, status))


def _finding(
    lines: Mapping[tuple[str, int, str], FormLine], finding: Finding, language: str
) -> list[str]:
    line = lines.get((finding.sheet, finding.row, finding.column))
    return [
        escape(word(f"severity_{finding.severity}", language)),
        escape(line.name[language] if line else "—"),
        escape(safe(on_page(finding, language), 600)),
    ]


def state_words(draft: FormDraft, language: str) -> str:
    """Whether a form is being filled in, or what became of it."""
    if draft.handed_in is None:
        return word("fill_state_draft", language)
    if draft.state:
        state = word(f"waiting_state_{draft.state}", language)
        return f"{word('fill_state_handed_in', language)} · {state}"
    return word("fill_state_handed_in", language)


def _unsaved(filling: Filling, typed: Mapping[str, str], language: str) -> str:
    """What was typed into a form that had been closed meanwhile, by line; it was not kept."""
    if not typed:
        return ""
    names = {line.indicator: line.name[language] for line in filling.form.lines}
    heads = (word(f"fill_{name}", language) for name in ("line", "now"))
    rows = [[escape(names.get(name, name)), escape(text)] for name, text in typed.items()]
    return table(word("fill_unsaved", language), heads, rows)


def _with(filling: Filling, cells: Mapping[str, str]) -> Filling:
    """The form with what was typed and not kept, so that nothing typed is lost."""
    draft = filling.draft or FormDraft(filling.place, {}, datetime.now(UTC), "")
    return replace(filling, draft=draft._replace(cells=cells))


def _amount(value: float | None, language: str) -> str:
    if value is None:
        return "—"
    decimals = 0 if float(value).is_integer() else 2
    return escape(number(value, decimals, language))


def _months() -> list[Period]:
    """This month and those before it, newest first."""
    today = date.today()
    month = Period(today.year, today.month)
    return [month.plus(-back) for back in range(MONTHS_BACK)]
