"""Puts the words by which a bureau marks its figures at the beginning of each file's name."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import quote

from flask import Flask, Response, request

from dashboard.catalogue import periods
from dashboard.components.shell.address import reader_language
from dashboard.services.front_desk import FrontDesk
from dashboard.services.release import Marked

_NAME = re.compile(r"(filename\*=UTF-8'')")
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\s]+')  # in names of files


def mark_names(server: Flask, desk: FrontDesk) -> None:
    """Mark the name of every file that leaves, also of formats that have no place for a remark."""

    def marked(response: Response) -> Response:
        header = response.headers.get("Content-Disposition", "")
        words = _words(desk) if header else ""
        if words:
            start = quote(_FORBIDDEN.sub("_", words) + "_", safe="")
            response.headers["Content-Disposition"] = _NAME.sub(rf"\g<1>{start}", header)
        return response

    server.after_request(marked)


def _words(desk: FrontDesk) -> str:
    """What marks the figures of the area and month that the request names."""
    area, period = request.args.get("area", ""), None
    with suppress(ValueError):
        period = periods.parse(request.args.get("period", "")).end
    areas = (area,) if area else ()
    return desk.release.words_of(Marked(areas, period, reader_language()))
