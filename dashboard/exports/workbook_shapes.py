"""Adds to a workbook's charts the shapes drawn on them, for which XlsxWriter has no word."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from dashboard.exports.reference_lines import CONTENT_TYPE, RELATION

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def with_shapes(content: bytes, shapes: Sequence[bytes]) -> bytes:
    """The workbook with ``shapes``, one drawing a chart in the order in which these were added.

    An empty drawing leaves its chart as it is.
    """
    drawings = {
        f"xl/charts/chart{number}.xml": drawn for number, drawn in enumerate(shapes, 1) if drawn
    }
    if not drawings:
        return content
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as book,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for entry in book.infolist():
            part = book.read(entry)
            if entry.filename in drawings:
                part = part.replace(b"</c:chartSpace>", _LINK + b"</c:chartSpace>")
            elif entry.filename == "[Content_Types].xml":
                part = part.replace(b"</Types>", _types(drawings) + b"</Types>")
            out.writestr(entry, part)
        for chart, drawn in drawings.items():
            out.writestr(_drawing(chart), drawn)
            out.writestr(chart.replace("charts/", "charts/_rels/") + ".rels", _relations(chart))
    return written.getvalue()


_LINK = f'<c:userShapes xmlns:r="{_OFFICE}" r:id="rId1"/>'.encode()


def _drawing(chart: str) -> str:
    return chart.replace("charts/chart", "drawings/shapes")


def _types(charts: dict[str, bytes]) -> bytes:
    return "".join(
        f'<Override PartName="/{_drawing(chart)}" ContentType="{CONTENT_TYPE}"/>'
        for chart in charts
    ).encode()


def _relations(chart: str) -> str:
    target = "../" + _drawing(chart).removeprefix("xl/")
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{RELATION}" Target="{target}"/></Relationships>'
    )
