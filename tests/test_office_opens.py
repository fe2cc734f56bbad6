"""LibreOffice opens what leaves and turns it into pages; skipped only where it is not installed."""

import shutil
import subprocess
from datetime import date

import pytest
from chart_cases import one_of_each_kind

from dashboard.charts.model.report import PageKind, Report, ReportPage
from dashboard.exports.formats import REPORT_FORMATS

pytestmark = pytest.mark.slow

pypdf = pytest.importorskip("pypdf")
OFFICE = shutil.which("soffice")
TITLES = {"zh": "民政工作情况", "en": "Civil affairs report"}


def report(language):
    """One chart of every kind, a table as appendix."""
    charts = one_of_each_kind(language).values()
    pages = [ReportPage(PageKind.TITLE, TITLES[language], level=0)]
    pages += [ReportPage(PageKind.CHART, one.title, chart=one, source=one.source) for one in charts]
    tables = [one for one in charts if one.kind == "table"]
    pages += [
        ReportPage(PageKind.APPENDIX, one.title, chart=one, table=one.table, source=one.source)
        for one in tables
    ]
    return Report(
        TITLES[language],
        "2024",
        "示例区民政局",
        "990101",
        "2024-05",
        date(2024, 6, 8),
        language,
        tuple(pages),
        demo_mark="演示",
        receipt="K7Q2-M4XD",
    )


@pytest.mark.skipif(OFFICE is None, reason="soffice is not installed")
def test_every_format_opens_in_both_languages_and_has_its_pages(tmp_path):
    files, made = [], {}
    for language in TITLES:
        made[language] = report(language)
        for kind in ("pptx", "docx", "xlsx"):
            files.append(tmp_path / f"{language}-{kind}.{kind}")
            files[-1].write_bytes(REPORT_FORMATS[kind].render(made[language]))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    said = subprocess.run(
        [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, *files],
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert said.returncode == 0, said.stderr
    for file in files:
        pages = pypdf.PdfReader(file.with_suffix(".pdf")).pages
        language, _, kind = file.stem.partition("-")
        text = "".join(page.extract_text() for page in pages)
        assert TITLES[language] in text, file.name
        if kind == "pptx":
            assert len(pages) >= len(made[language].pages)
        for chart in (page.chart for page in made[language].pages if page.chart):
            heading = chart.title.split()[0][:8]
            assert heading in text.replace("\n", ""), (file.name, heading)
