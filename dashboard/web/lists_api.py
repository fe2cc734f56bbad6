"""Serves lists: figures and their versions, indicators, areas, targets, submissions."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, Response, request

from dashboard.components.shell.address import reader_language
from dashboard.components.shell.sub_path import outside, sub_path
from dashboard.disclosure.progress_rows import PROGRESS_COLUMNS
from dashboard.disclosure.row_guard import suppress_figures, suppress_progress
from dashboard.exports import listing
from dashboard.services.figures.observation_pages import read_paging
from dashboard.services.filters import Filters, end_of_day
from dashboard.services.front_desk import FrontDesk
from dashboard.services.submissions.reporting import COMPLETENESS_COLUMNS
from dashboard.services.submissions.waiting import WAITING_COLUMNS, waiting_row
from dashboard.web.answers import (
    asked_list,
    asked_text,
    is_asked,
    rows_answer,
    streamed_answer,
)

AREA_COLUMNS = ("code", "name", "level", "parent", "valid_from", "valid_to")
INDICATOR_COLUMNS = (
    "id",
    "name",
    "definition",
    "domain",
    "topic",
    "unit",
    "accumulation",
    "aggregation",
    "numerator",
    "denominator",
    "polarity",
    "parent",
    "part",
)


class Lists:
    """Answers with the lists of one desk."""

    def __init__(self, desk: FrontDesk) -> None:
        """List what this desk has."""
        self._desk = desk

    def add_to(self, routes: Blueprint) -> None:
        """Add the routes /api/… of lists."""
        for name, list_rows in {
            "observations": self.observations,
            "indicators": self.indicators,
            "areas": self.areas,
            "changes": self.changes,
            "progress": self.progress,
            "history": self.versions,
            "completeness": self.completeness,
            "submissions": self.submissions,
            "hand-ins": self.hand_ins,
        }.items():
            routes.add_url_rule(f"/api/{name}", name, list_rows)

    def observations(self) -> Response:
        """A page of figures, without small counts; 400 for an unknown name.

        Where more follow, the header ``Link`` says where.
        """
        filters = Filters(
            indicators=asked_list("indicator"),
            area=asked_text("area"),
            children=is_asked("children"),
            first=asked_text("from"),
            last=asked_text("to"),
            kinds=asked_list("kind"),
            grades=asked_list("grade"),
            versions=asked_text("versions") or "current",
            language=reader_language(),
            restated=is_asked("restated"),
            as_of=asked_text("as_of") or asked_text("known"),
        )
        paging = read_paging(asked_text("limit"), asked_text("after"))
        page = self._desk.directory.observation_page(filters, paging)
        guard = self._desk.release.guard(end_of_day(filters.as_of) if filters.as_of else None)
        parts = (suppress_figures(guard, rows) for rows in page.parts)
        answer = streamed_answer(parts, listing.COLUMNS)
        if page.next:
            asked = [pair for pair in request.args.items(multi=True) if pair[0] != "after"]
            following = urlencode([*asked, ("after", page.next)])
            own = outside(request.path, sub_path())
            answer.headers["Link"] = f'<{own}?{following}>; rel="next"'
        return answer

    def indicators(self) -> Response:
        """The indicators of the catalogue."""
        language = reader_language()
        rows: list[dict[str, object]] = [
            {
                "id": indicator.id,
                "name": indicator.name[language],
                "definition": indicator.definition[language],
                "domain": indicator.domain,
                "topic": indicator.topic,
                "unit": indicator.unit.name[language],
                "accumulation": str(indicator.accumulation),
                "aggregation": str(indicator.aggregation),
                "numerator": indicator.numerator,
                "denominator": indicator.denominator,
                "polarity": str(indicator.polarity),
                "parent": indicator.parent,
                "part": str(indicator.part or ""),
            }
            for indicator in self._desk.catalogue.indicators.values()
        ]
        return rows_answer(rows, INDICATOR_COLUMNS)

    def areas(self) -> Response:
        """All known areas."""
        language = reader_language()
        rows: list[dict[str, object]] = [
            {
                "code": area.code,
                "name": area.name[language],
                "level": str(area.level),
                "parent": area.parent,
                "valid_from": str(area.valid_from or ""),
                "valid_to": str(area.valid_to or ""),
            }
            for area in self._desk.areas()
        ]
        return rows_answer(rows, AREA_COLUMNS)

    def changes(self) -> Response:
        """The pairs of old and new areas."""
        areas, language = self._desk.areas(), reader_language()
        changes = self._desk.submissions.area_changes()
        rows = [listing.change_row(row, areas, language) for row in changes]
        return rows_answer(rows, listing.CHANGE_COLUMNS)

    def progress(self) -> Response:
        """How targets stand, without what follows from small counts."""
        area, period, day = (asked_text(name) for name in ("area", "period", "as_of"))
        standings = self._desk.targets.progress(area, period, is_asked("children"), day)
        guard = self._desk.release.guard(end_of_day(day) if day else None)
        rows = suppress_progress(guard, standings, reader_language())
        return rows_answer(rows, PROGRESS_COLUMNS)

    def versions(self) -> Response:
        """Every version of one figure, without small counts."""
        asked = [asked_text(name) for name in ("indicator", "area", "period")]
        matches = map(listing.version_row, self._desk.directory.history(*asked))
        rows = suppress_figures(self._desk.release.guard(), matches)
        return rows_answer(rows, listing.VERSION_COLUMNS)

    def completeness(self) -> Response:
        """Who has handed in what."""
        area, period, form = (asked_text(name) for name in ("area", "period", "form"))
        rows = self._desk.reporting.rows(area, period, form, reader_language())
        return rows_answer(rows, COMPLETENESS_COLUMNS)

    def submissions(self) -> Response:
        """The latest submissions."""
        rows = map(listing.submission_row, self._desk.submissions.latest())
        return rows_answer(rows, listing.SUBMISSION_COLUMNS)

    def hand_ins(self) -> Response:
        """Hand-ins that wait for an editor, or waited: those that the person who asks may see."""
        rows = map(waiting_row, self._desk.submissions.waiting.all())
        return rows_answer(rows, WAITING_COLUMNS)
