"""Every chart and report that leaves carries a receipt, in each format and at each place."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from dashboard.base.language import LANGUAGES
from dashboard.base.progress import QUIET
from dashboard.base.settings import read_settings
from dashboard.charts.model.plan import Plan
from dashboard.exports import pictures
from dashboard.exports.formats import FORMATS, PICTURES, REPORT_FORMATS
from dashboard.services.front_desk import FrontDesk
from dashboard.services.reports.make import BULLETIN, ReportWish

pytestmark = pytest.mark.slow

REF, CHOSEN = "marriage/registrations", "area=990101&period=2026-10"
CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")
OFFICE = [name for name in REPORT_FORMATS if name != "pdf"]  # a PDF is printed by a browser


@pytest.fixture
def drawn_pages(monkeypatch):
    """A picture is the page that a browser would draw it from."""
    monkeypatch.setattr(pictures, "plotly_scripts", lambda: "")
    for name in PICTURES:
        drawn = replace(
            PICTURES[name], render=lambda chart, wish, name=name: _page(chart, wish, name)
        )
        monkeypatch.setitem(PICTURES, name, drawn)


def _page(chart, wish, name):
    return pictures._page(chart, wish, name).partition("window.pictures.draw(")[2].encode()


def texts_of(content):
    """The texts of a file; the parts of a packed one."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.endswith(".xml")]
    return "\n".join(part.decode("utf-8", "replace") for part in parts)


def is_stamped(desk, content):
    """Whether a receipt's code stands in a file and opens something."""
    codes = set(CODE.findall(texts_of(content)))
    return any(desk.receipts.reopen(code) is not None for code in codes)


def desk_of(home):
    return FrontDesk(read_settings({"DASHBOARD_HOME": str(home)}))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("suffix", [*FORMATS, *PICTURES])
def test_a_chart_that_is_downloaded_carries_its_receipt(app, drawn_pages, suffix, language):
    address = f"/export/{REF}.{suffix}?{CHOSEN}&lang={language}"
    answer = app.server.test_client().get(address)
    assert answer.status_code == 200 and is_stamped(app.desk, answer.data)


@pytest.mark.parametrize("suffix", [*FORMATS, *PICTURES, "docx"])
def test_a_chart_written_on_the_command_line_carries_its_receipt(
    command, own_home, drawn_pages, tmp_path, suffix
):
    file = tmp_path / f"chart.{suffix}"
    _, said = command("export", REF, "--area", "990101", "--format", suffix, "--out", file)
    assert file.exists(), said
    assert is_stamped(desk_of(own_home), file.read_bytes())


@pytest.mark.parametrize("what", [BULLETIN, "marriage"])
@pytest.mark.parametrize("suffix", OFFICE)
def test_a_report_written_on_the_command_line_carries_its_receipt(
    command, own_home, tmp_path, what, suffix
):
    file = tmp_path / f"report.{suffix}"
    _, said = command("export", what, "--area", "990101", "--format", suffix, "--out", file)
    assert file.exists(), said
    assert is_stamped(desk_of(own_home), file.read_bytes())


@pytest.mark.parametrize("form", [BULLETIN, *OFFICE])
def test_a_report_made_from_the_page_carries_its_receipt(desk, form):
    selection = desk.selections.of({"area": "990101", "period": "2026-10"}, "zh")
    wish = ReportWish(Plan(topics=("marriage",)), selection, form)
    made = desk.reports.making(wish)(QUIET)
    _, content = desk.reports.finished(made["token"])
    assert is_stamped(desk, content)


def test_a_bulletin_s_receipt_opens_its_targets(desk):
    selection = desk.selections.of({"area": "990101", "period": "2026-10"}, "zh")
    report = desk.reports.bulletin(selection, date(2026, 11, 1))
    assert desk.reports.bulletin(selection, date(2026, 11, 2)).receipt == report.receipt
    opened = desk.receipts.reopen(report.receipt)
    assert opened.address.startswith("/targets?") and "period=2026-10" in opened.address
