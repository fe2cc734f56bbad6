"""Serves empty tables to be filled in and handed in."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, Response, request

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Area, Level
from dashboard.catalogue.periods import Period
from dashboard.components.shell.address import reader_language
from dashboard.exports import intake_templates as templates
from dashboard.services.filters import UnknownName, months_of, one_area
from dashboard.services.front_desk import FrontDesk
from dashboard.services.submissions.reporting import this_month
from dashboard.web.answers import refusal


def blueprint(desk: FrontDesk) -> Blueprint:
    """The route /export/template-<kind>.xlsx: streets, month or targets."""
    routes = Blueprint("templates", __name__)

    @routes.get("/export/template-<kind>.xlsx")
    def template(kind: str) -> Response:
        makers = {
            templates.STREETS: _streets,
            templates.MONTH: _month,
            templates.TARGETS: _targets,
        }
        if kind not in makers:
            return refusal(
                Text(
                    f"没有模板“{kind}”；可选：{', '.join(makers)}",
                    f"{kind!r} is not one of {', '.join(makers)}",
                ),
                404,
            )
        answer = Response(makers[kind](desk), mimetype=templates.MIME)
        name = quote(templates.file_name(kind, reader_language()), "")
        answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        return answer

    return routes


def _district(desk: FrontDesk) -> Area | None:
    """The district that is named, None for all areas; raises UnknownName."""
    asked = request.args.get("area", "")
    area = one_area(desk.areas(), asked) if asked else None
    return area if area is not None and area.level is Level.DISTRICT else None


def _streets(desk: FrontDesk) -> bytes:
    return templates.streets_template(desk.areas(), _district(desk))


def _month(desk: FrontDesk) -> bytes:
    """The figures of a topic's headline, or of the first topic's; raises UnknownName."""
    topics, asked = desk.catalogue.topics, request.args.get("topic", "")
    if asked and asked not in topics:
        raise UnknownName(Text(f"没有专题“{asked}”", f"topic {asked!r} is not known"))
    topic = topics[asked] if asked else desk.catalogue.topic_order()[0]
    indicators = [desk.catalogue.indicators[name] for name in topic.headline]
    return templates.month_template(desk.areas(), _district(desk), indicators, _asked_month())


def _asked_month() -> Period:
    asked = request.args.get("period", "")
    return months_of(asked)[1] if asked else this_month()


def _targets(desk: FrontDesk) -> bytes:
    return templates.targets_template(desk.catalogue, reader_language())
