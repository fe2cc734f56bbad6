"""Serves publication as plain HTML: what is a draft, what is published or scheduled, the forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from dashboard.base.language import Text, word
from dashboard.base.whole_numbers import whole_number
from dashboard.catalogue import periods
from dashboard.catalogue.periods import Period
from dashboard.components.shell.address import reader_language
from dashboard.services.access.person import Role, acting_person
from dashboard.services.filters import UnknownName
from dashboard.services.front_desk import FrontDesk
from dashboard.services.publications import state_of
from dashboard.store.opening import StoreError
from dashboard.store.publications import ALWAYS, Publication
from dashboard.web.forms import Forms, choice, field, hidden, see_other, tick
from dashboard.web.html_tables import table
from dashboard.web.sign_in_pages import access_page, message

PUBLICATIONS = "/publications"
_REFUSED = 400  # the least status of what was not done
MOST_LISTED = 100  # publications, the newest
_NAMED = 8  # areas of a draft month that are named one by one
_NEEDED = {"publish": {"area", "period", "at"}, "withdraw": {"area", "period"}}
DRAFT_COLUMNS = ("period", "areas")
LIST_COLUMNS = ("area", "months", "state", "effective", "written", "by", "withdraw")


class PublicationPages:
    """Answers /publications for one desk."""

    def __init__(self, desk: FrontDesk, forms: Forms) -> None:
        """Publish the figures of this desk."""
        self._desk, self._forms = desk, forms

    def add_to(self, routes: Blueprint) -> None:
        """Add the route."""
        routes.add_url_rule(PUBLICATIONS, "publications", self.answer, methods=["GET", "POST"])

    def answer(self) -> Response:
        """How publication stands and the forms; what was sent is done first."""
        language, text, status = reader_language(), "", 200
        if request.method == "POST":
            text, status = self._act(language)
            if status < _REFUSED:
                return see_other(f"{self._address(language)}&{text}")
        else:
            text = self._done(language)
        is_on = self._desk.publications.is_on
        lead = word("publication_lead" if is_on else "publication_off_lead", language)
        body = f"{message(text)}<p>{escape(lead)}</p>"
        if is_on:
            drafts = self._desk.publications.drafts()
            body += self._drafts(drafts, language)
            body += self._form(language, request.form, next(iter(drafts), None))
            body += self._published(language)
        body += self._switch(language, is_on=is_on)
        page = access_page(self._desk, word("publication_title", language), body, status)
        return self._forms.finish(page)

    def _act(self, language: str) -> tuple[str, int]:
        """Do what was sent; returns how the address says so, or why not, and the status."""
        if not self._forms.is_ours():
            return word("access_form_old", language), 400
        sent, act = request.form, request.form.get("act", "")
        acts: dict[str, Callable[[], dict[str, str]]] = {
            "publish": self._publish,
            "withdraw": self._withdraw,
            "on": self._turn_on,
            "off": self._turn_off,
        }
        if act not in acts or not _NEEDED.get(act, set()) <= set(sent):
            return word("access_form_unknown", language), 400
        try:
            return urlencode({"done": act} | acts[act]()), 200
        except (StoreError, UnknownName) as error:
            return error.text[language], 422

    def _publish(self) -> dict[str, str]:
        sent = request.form
        done = self._desk.publications.publish(sent["area"], sent["period"], sent["at"])
        at = "" if done.at is None else f"{done.at.astimezone():%Y-%m-%d %H:%M}"
        return {"area": sent["area"], "period": sent["period"], "at": at}

    def _withdraw(self) -> dict[str, str]:
        sent = request.form
        self._desk.publications.withdraw(sent["area"], sent["period"])
        return {"area": sent["area"], "period": sent["period"]}

    def _turn_on(self) -> dict[str, str]:
        return {"count": f"{self._desk.publications.turn_on()}"}

    def _turn_off(self) -> dict[str, str]:
        """Turn it off; raises StoreError where that was not confirmed."""
        if request.form.get("sure") != "1":
            raise StoreError(
                Text(
                    "没有关闭：请先勾选确认",
                    "nothing was turned off: tick the box that confirms it first",
                )
            )
        self._desk.publications.turn_off()
        return {}

    def _done(self, language: str) -> str:
        """What the address says was done, in words; "" where it says nothing that could be."""
        said = request.args
        act, count = said.get("done", ""), said.get("count", "")
        if act == "off":
            return word("publication_off_done", language)
        if act == "on":
            number = whole_number(count)
            return "" if number is None else word("publication_on_done", language, count=number)
        return self._months_done(act, language) if act in _NEEDED else ""

    def _months_done(self, act: str, language: str) -> str:
        said = request.args
        try:
            months = self._desk.publications.months(said.get("area", ""), said.get("period", ""))
            at = said.get("at", "")
            when = f"{datetime.fromisoformat(at):%Y-%m-%d %H:%M}" if at else ""
        except (UnknownName, ValueError):
            return ""
        named = self._desk.areas().name_of(months.area, language)
        named += f" {periods.name_of_all(months.first, months.last, language)}"
        if act == "withdraw":
            return word("publication_withdrawn", language, months=named)
        if when:
            return word("publication_planned", language, months=named, when=when)
        return word("publication_done", language, months=named)

    def _drafts(self, drafts: Mapping[Period, Sequence[str]], language: str) -> str:
        """The months with figures that viewers do not see."""
        if not drafts:
            return f"<p>{escape(word('publication_no_drafts', language))}</p>"
        heads = (word(f"publication_{name}", language) for name in DRAFT_COLUMNS)
        rows = [
            [escape(periods.name(month, language)), escape(self._named(codes, language))]
            for month, codes in drafts.items()
        ]
        return table(word("publication_drafts", language), heads, rows)

    def _named(self, codes: Sequence[str], language: str) -> str:
        areas = self._desk.areas()
        names = [areas.name_of(code, language) for code in codes[:_NAMED]]
        text = word("list_comma", language).join(names)
        more = len(codes) - _NAMED
        return word("publication_more", language, names=text, count=more) if more > 0 else text

    def _published(self, language: str) -> str:
        """What was published, newest first, each with the way to take it back."""
        now = datetime.now(UTC)
        rows = [self._row(one, now, language) for one in self._desk.publications.all(MOST_LISTED)]
        heads = (word(f"publication_{name}", language) for name in LIST_COLUMNS)
        return table(word("publication_list", language), heads, rows) if rows else ""

    def _row(self, one: Publication, now: datetime, language: str) -> list[str]:
        state, months = state_of(one, now), one.months
        whose = self._desk.areas().name_of(months.area, language) if months.area else ""
        known = "" if one.effective == ALWAYS else f"{one.effective.astimezone():%Y-%m-%d %H:%M}"
        button = ""
        if months.area and state != "withdrawn":
            named = (("area", months.area), ("period", _sent_period(months.first, months.last)))
            fields = [hidden(name, value) for name, value in named]
            label = word("publication_withdraw", language)
            button = self._forms.form(fields, label, self._address(language), "withdraw")
        return [
            escape(whose or word("publication_all_areas", language)),
            escape(str(months).partition(" ")[2]),
            escape(word(f"publication_state_{state}", language)),
            known,
            f"{one.written.astimezone():%Y-%m-%d %H:%M}",
            escape(one.written_by or word("withdrawing_somebody", language)),
            button,
        ]

    def _form(self, language: str, sent: Mapping[str, str], latest: Period | None) -> str:
        """The form to publish or withdraw, with what was ``sent`` and refused."""
        known, own = self._desk.areas(), self._desk.selections.start_area()
        ordered = sorted(known, key=lambda one: not known.is_below(one.code, own))  # own ones first
        areas = [(one.code, f"{one.name[language]} {one.code}") for one in ordered]
        area = sent.get("area", "") or own
        fields = [
            choice("filter_area", "area", areas, area, language),
            field("publication_period_field", "period", language, _typed(sent, latest)),
            field("publication_at_field", "at", language, sent.get("at", "")),
        ]
        acts = [(act, word(f"publication_{act}", language)) for act in ("publish", "withdraw")]
        return self._forms.with_acts("".join(fields), acts, self._address(language))

    def _switch(self, language: str, *, is_on: bool) -> str:
        """For an administrator, the way to turn publication on or off."""
        if acting_person().role < Role.ADMIN:
            return ""
        act = "off" if is_on else "on"
        text = "".join(self._switch_text(language, act))
        button = word(f"publication_turn_{act}", language)
        fields = [tick("publication_sure", "sure", language)] if is_on else []
        return text + self._forms.form(fields, button, self._address(language), act)

    @staticmethod
    def _switch_text(language: str, act: str) -> Iterator[str]:
        yield f"<h2>{escape(word('publication_setting', language))}</h2>"
        yield f"<p>{escape(word(f'publication_turn_{act}_text', language))}</p>"

    @staticmethod
    def _address(language: str) -> str:
        return f"{PUBLICATIONS}?lang={language}"


def _sent_period(first: Period, last: Period) -> str:
    return str(first) if first == last else f"{first}..{last}"


def _typed(sent: Mapping[str, str], latest: Period | None) -> str:
    """What was typed for the period, else the latest month that is a draft."""
    return sent.get("period", "") or str(latest or "")
