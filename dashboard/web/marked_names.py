"""Puts the words by which a bureau marks its figures at the beginning of each file's name."""

from __future__ import annotations

import re
from urllib.parse import quote

from flask import Flask, Response

from dashboard.services.front_desk import FrontDesk

_NAME = re.compile(r"(filename\*=UTF-8'')")
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\s]+')  # in names of files


def mark_names(server: Flask, desk: FrontDesk) -> None:
    """Mark the name of every file that leaves, also of formats that have no place for a remark."""

    def marked(response: Response) -> Response:
        words, header = desk.release.marking, response.headers.get("Content-Disposition", "")
        if words and header:
            start = quote(_FORBIDDEN.sub("_", words) + "_", safe="")
            response.headers["Content-Disposition"] = _NAME.sub(rf"\g<1>{start}", header)
        return response

    server.after_request(marked)
