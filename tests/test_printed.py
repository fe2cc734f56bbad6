"""Printed pages and pictures: text to search, a mark on each page, or a plain refusal."""

import io
import os
import re
import shutil
import struct
import subprocess
import sys
from datetime import date
from html import unescape

import pypdf
import pytest
from pptx import Presentation

from dashboard.base.settings import read_settings
from dashboard.charts.model.plan import Plan
from dashboard.charts.model.report import PageKind
from dashboard.exports.chromium import NAMES, PrintError
from dashboard.exports.formats import PICTURES
from dashboard.exports.pdf_text import mended_map, plain_sign
from dashboard.exports.pictures import PictureWish, read_wish
from dashboard.exports.print_html import pdf_bytes, report_page
from dashboard.exports.single_chart_slide import one_page
from dashboard.services.front_desk import FrontDesk

pytestmark = pytest.mark.slow

needs_chromium = pytest.mark.skipif(
    not any(map(shutil.which, NAMES)), reason="no Chromium here; `make test` installs one"
)


@pytest.fixture
def desk(samples_desk):
    return samples_desk


def selected(desk, language):
    query = {"area": "990101", "period": "2024-09", "lang": language}
    return desk.selections.of(query, language)


@needs_chromium
@pytest.mark.parametrize(("language", "mark"), [("zh", "演示数据"), ("en", "Demo figures")])
def test_a_pdf_has_pages_with_numbers_the_mark_and_text_as_it_was_written(desk, language, mark):
    selection = selected(desk, language)
    report = desk.reports.compose(Plan(topics=("marriage",)), selection, date(2024, 10, 8))
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf_bytes(report))).pages]
    assert 5 <= len(pages) <= 12
    for number, text in enumerate(pages, start=1):
        assert mark in text and f"{number} / {len(pages)}" in text
    whole = "".join("".join(pages).split())
    for page in report.pages:
        if page.chart is not None:
            said = page.chart.sentence if page.kind is PageKind.CHART else ""
            for text in (page.title, page.source, said):
                assert "".join(text.split()) in whole
    assert not [sign for sign in whole if plain_sign(sign) != sign]


@needs_chromium
def test_a_page_is_a4_and_is_printed_for_one_chart_too(desk):
    chart = desk.figures.chart("marriage/registrations", selected(desk, "zh"))
    (page,) = pypdf.PdfReader(io.BytesIO(pdf_bytes(one_page(chart)))).pages
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    assert "1,580" in page.extract_text()


def test_nothing_that_is_written_becomes_markup(desk):
    selection = selected(desk, "zh")
    plan = Plan(charts=("marriage/kinds",), title='</title><script>alert("1")</script>\\"}')
    page = report_page(desk.reports.compose(plan, selection, date(2024, 10, 8)))
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
    style = page[page.index("<style>") : page.index("</style>")]
    assert "<" not in style.removeprefix("<style>")
    assert "http://" not in style and "https://" not in style


@needs_chromium
@pytest.mark.parametrize(
    ("size", "scale", "pixels"),
    [("slide", 1, (1600, 900)), ("half", 1, (1240, 877)), ("full", 2, (2480, 3510))],
)
def test_a_png_has_the_size_that_was_asked_for(desk, size, scale, pixels):
    chart = desk.figures.chart("marriage/marriages_table", selected(desk, "zh"))
    content = PICTURES["png"].render(chart, PictureWish(size, scale))
    assert struct.unpack(">II", content[16:24]) == pixels


@needs_chromium
def test_a_picture_says_everything_that_the_card_says(desk):
    chart = desk.figures.chart("marriage/registrations", selected(desk, "en"))
    text = PICTURES["svg"].render(chart, PictureWish(transparent=True, receipt="AB12")).decode()
    whole = "".join(unescape(re.sub("<[^>]*>", "", text)).split())
    told = (chart.title, chart.subtitle, chart.sentence, chart.source, *chart.notes)
    for said in (*told, f"{chart.demo_mark} · AB12"):
        assert "".join(said.split()) in whole


def test_a_wish_that_nobody_knows_is_the_usual_one():
    usual = PictureWish()
    assert read_wish({"size": "wall", "scale": "99", "ground": "black"}) == usual
    assert read_wish({"size": "half", "scale": "3", "ground": "clear"}) == PictureWish(
        "half", 3, True
    )


def test_radicals_are_read_as_the_characters_that_they_are():
    assert [plain_sign(sign) for sign in "⺠⽉⻓民A·"] == list("民月长民A·")
    ranges = b"2 beginbfrange\n<0001> <0003> <4E00>\n<0004> <0005> <2F48>\nendbfrange"
    chars = b"1 beginbfchar\n<0009> <2EA0>\nendbfchar"
    assert b"<0001> <0003> <4E00>" in mended_map(ranges)
    assert b"<0004> <0004> <66F0>" in mended_map(ranges) and mended_map(ranges).startswith(b"3 ")
    assert b"<0009> <6C11>" in mended_map(chars)


@pytest.mark.fault(
    "computer",
    "Chromium or a Chinese typeface is missing",
    "a sentence says what to install",
)
def test_without_a_browser_or_a_typeface_a_sentence_says_what_to_install(
    desk, monkeypatch, tmp_path
):
    chart = desk.figures.chart("marriage/registrations", selected(desk, "zh"))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("DASHBOARD_CHROMIUM", raising=False)
    with pytest.raises(PrintError, match="install") as refused:
        pdf_bytes(one_page(chart))
    assert "安装" in refused.value.message.zh
    browser = tmp_path / "chromium"
    browser.write_text("#!/bin/sh\nexit 0\n")
    browser.chmod(0o755)
    with pytest.raises(PrintError, match="typeface"):
        pdf_bytes(one_page(chart))


def command(home, *arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "dashboard", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"DASHBOARD_HOME": str(home), "PATH": os.environ["PATH"], **environment},
    )


@needs_chromium
@pytest.mark.parametrize("form", ["png", "svg", "pdf", "csv", "xlsx", "pptx", "docx"])
def test_one_chart_leaves_in_every_format(samples, tmp_path, form):
    out = tmp_path / f"chart.{form}"
    done = command(
        samples,
        "export",
        "marriage/registrations",
        "--area",
        "示例区",
        "--format",
        form,
        "--out",
        str(out),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert out.stat().st_size > 500


@pytest.mark.fault(
    "files",
    "a slide template is broken",
    "refused in a sentence, no file is written",
)
def test_a_topic_is_no_picture_and_a_bad_template_is_refused(samples, tmp_path):
    out = tmp_path / "x.png"
    done = command(samples, "export", "marriage", "--format", "png", "--out", str(out))
    assert done.returncode == 1 and "marriage/registrations" in done.stdout
    bad = tmp_path / "bad.pptx"
    bad.write_bytes(b"no slides")
    done = command(
        samples,
        "export",
        "marriage",
        "--format",
        "pptx",
        "--template",
        str(bad),
        "--out",
        str(out),
        "--lang",
        "en",
    )
    assert done.returncode == 1 and "PowerPoint" in done.stdout and not out.exists()


def test_a_saved_report_is_used_by_its_name_and_its_versions_stay(own_home, tmp_path):
    mine = FrontDesk(read_settings({"DASHBOARD_HOME": str(own_home)}))
    plan = Plan(charts=("marriage/kinds",), parts=("charts",), title="月度会")
    assert mine.plans.keep("月度会", Plan(), "甲") == 1
    assert mine.plans.keep("月度会", plan, "乙") == 2
    mine.plans.rename("月度会", "季度会", "丙")
    assert mine.plans.get("月度会") is None
    kept = mine.plans.get("季度会")
    assert kept is not None and kept.charts == plan.charts and kept.name == "季度会"
    listed = command(own_home, "templates")
    assert "季度会" in listed.stdout and "丙" in listed.stdout and "月度会" not in listed.stdout
    template, out = own_home / "templates" / "本局.pptx", tmp_path / "r.pptx"
    template.parent.mkdir()
    assert command(own_home, "slide-template", str(template)).returncode == 0
    done = command(
        own_home,
        "export",
        "季度会",
        "--format",
        "pptx",
        "--template",
        "本局.pptx",
        "--out",
        str(out),
    )
    assert done.returncode == 0
    assert Presentation(out).slides[0].shapes.title.text == "月度会"
    assert "本局.pptx" in command(own_home, "templates").stdout


@needs_chromium
def test_a_sparse_area_fills_its_sheets(desk):
    """Nine topics of a few figures each took thirteen sheets, most of them empty."""
    selection = desk.selections.of({"area": "370113", "lang": "zh"}, "zh")
    report = desk.reports.compose(Plan(), selection, date(2026, 11, 30))
    pages = pypdf.PdfReader(io.BytesIO(pdf_bytes(report))).pages
    chapters = [page for page in report.pages if page.kind is PageKind.CHAPTER]
    assert len(chapters) >= 8 and len(pages) <= 8
    first = "".join(pages[0].extract_text().split())
    assert "长清区民政工作情况" in first and "社会救助资金基本情况" in first


def test_a_chart_is_headed_by_its_finding_in_print(desk):
    report = desk.reports.compose(
        Plan(charts=("marriage/registrations",)), selected(desk, "zh"), date(2024, 10, 8)
    )
    (shown,) = [page for page in report.pages if page.kind is PageKind.CHART]
    page = report_page(report)
    assert f"<h3>{shown.chart.finding}</h3>" in page and shown.chart.explained in page
    assert f"<h3>{shown.chart.title}</h3>" not in page
