"""Empty tables: what is filled into them is read as it is."""

import io

from openpyxl import load_workbook

from dashboard import intake
from dashboard.base.language import Text
from dashboard.base.settings import read_settings
from dashboard.catalogue.areas import Areas
from dashboard.catalogue.catalogue import read_catalogue
from dashboard.catalogue.concepts import Area, Level
from dashboard.catalogue.periods import Period
from dashboard.exports.intake_templates import (
    month_template,
    streets_template,
    targets_template,
)
from dashboard.services.context import open_context
from dashboard.services.submissions.submissions import Submissions

DISTRICT = Area("370199", Text("青石区", ""), Level.DISTRICT, "370100")
AREAS = Areas([DISTRICT, Area("370199001", Text("东湖街道", ""), Level.STREET, "370199")])


def test_the_streets_and_a_filled_month_are_read_back(tmp_path):
    context = open_context(read_settings({"DASHBOARD_HOME": str(tmp_path)}))
    submissions = Submissions(context)
    (listed,) = submissions.receive(
        [("名单.xlsx", streets_template(AREAS, DISTRICT))], intake.Handover()
    )
    assert listed.areas == 2 and not listed.refused
    wanted = [context.catalogue.indicators[one] for one in ("marriages", "dibao_persons")]
    book = load_workbook(
        io.BytesIO(month_template(context.areas(), DISTRICT, wanted, Period(2026, 9)))
    )
    book.active["B3"], book.active["C3"] = 12, 340
    filled = io.BytesIO()
    book.save(filled)
    handover = intake.Handover(basis="year_to_date")
    (sheet,) = submissions.preview([("月报.xlsx", filled.getvalue())], handover)
    read = {cell.indicator: cell.value for cell in sheet.understood}
    assert read == {"marriages": 12, "dibao_persons": 340}


def test_the_table_of_targets_has_its_headings():
    book = load_workbook(io.BytesIO(targets_template(read_catalogue(), "zh")))
    assert "指标" in [cell.value for cell in book.active[1]]
