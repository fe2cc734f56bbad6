"""Writes the figures of a stored work report in its order, as rows and as a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence

import xlsxwriter

from dashboard.base.language import word
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Observation
from dashboard.exports.workbooks import HARMLESS

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    "indicator",
    "indicator_name",
    "area",
    "area_name",
    "period",
    "since",
    "kind",
    "value",
    "unit",
    "qualifier",
    "status",
    "phrase",
    "title",
)
_WIDTHS = {"indicator_name": 30, "phrase": 60, "title": 30}


def report_rows(
    stated: Sequence[Observation], catalogue: Catalogue, areas: Areas, language: str
) -> Iterator[dict[str, object]]:
    """A row for each figure, in base units."""
    for observation in stated:
        indicator = catalogue.indicators.get(observation.indicator)
        yield {
            "indicator": observation.indicator,
            "indicator_name": indicator.name[language] if indicator else observation.indicator,
            "area": observation.area,
            "area_name": areas.name_of(observation.area, language),
            "period": str(observation.period),
            "since": str(observation.since or ""),
            "kind": str(observation.kind),
            "value": observation.value,
            "unit": indicator.unit.name[language] if indicator else "",
            "qualifier": observation.qualifier,
            "status": str(observation.status),
            "phrase": observation.source.phrase,
            "title": observation.source.title,
        }


def report_book(rows: Sequence[Mapping[str, object]], language: str) -> bytes:
    """The rows as a workbook of one sheet, under words."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, HARMLESS) as book:
        sheet = book.add_worksheet(word("report_cards_title", language))
        look = book.add_format({"text_wrap": True, "valign": "top"})
        for column, name in enumerate(COLUMNS):
            heading = "source" if name == "title" else name
            sheet.write_string(0, column, word(f"report_cards_{heading}", language))
            sheet.set_column(column, column, _WIDTHS.get(name, 12))
            for at, row in enumerate(rows, 1):
                value = row[name]
                if isinstance(value, float):
                    sheet.write_number(at, column, value, look)
                else:
                    sheet.write_string(at, column, str(value if value is not None else ""), look)
        sheet.freeze_panes(1, 0)
    return made.getvalue()
