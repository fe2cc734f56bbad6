"""Targets leave without small counts: slides of a meeting, the register, lists and HTTP."""

import csv
import io
import json
import re
from datetime import UTC, datetime

import openpyxl
import pytest
from chart_cases import DEMO
from pptx import Presentation
from stores import WHEN, arrival, stated

from dashboard.base.settings import read_settings
from dashboard.catalogue.periods import Period
from dashboard.catalogue.targets import Target, TargetKind
from dashboard.exports.formats import REPORT_FORMATS
from dashboard.intake.forms.files.read import read_sheets
from dashboard.intake.forms.layouts.target_table import find_targets, read_targets
from dashboard.services.front_desk import FrontDesk
from dashboard.store.meetings import Meeting, MeetingPage, add_page, make_meeting
from dashboard.store.record import record
from dashboard.store.targets import NewTargets, save_targets
from dashboard.store.transaction import Decision

DUE = Period(2024, 12)
NOW = datetime(2024, 10, 9, 4, tzinfo=UTC)


def streets_of(desk):
    return [area.code for area in desk.areas().children(DEMO)][:4]


def chart_of(desk, area, language="zh"):
    """The chart of the target that has a base, as it leaves."""
    (name,) = [o.id for o in desk.targets.all() if o.area == area and o.base is not None]
    asked = desk.selections.of({"area": area, "period": "2024-09", "lang": language}, language)
    return desk.release.chart(desk.figures.chart(f"target:{name}/path", asked))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_chart_of_a_target_leaves_without_the_way_that_begins_at_a_hidden_base(desk, language):
    large, small, *_ = streets_of(desk)
    whole, hidden = (chart_of(desk, area, language) for area in (large, small))
    assert len(whole.series) == 3 and len(whole.table.columns) == 4
    assert len(hidden.series) == 1 and len(hidden.table.columns) == 2
    told = [hidden.sentence, *hidden.notes, *(c for _, cells in hidden.table.rows for c in cells)]
    assert not numbers_in(re.sub(r"20\d\d", "", " ".join(told[:1]))) & {"3", "4", "7"}
    assert [value for one in hidden.series for value in one.values if value is not None] == []
    assert len({len(cells) for _, cells in hidden.table.rows}) == 1


@pytest.fixture
def desk(tmp_path):
    """Streets with 30, 4, 12 and 9 orphans; the second grew by one from a base of three."""
    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(tmp_path)}))
    large, small, *_ = streets_of(desk)
    figures = [
        stated(float(count), "orphans", code)
        for code, count in zip(streets_of(desk), (30, 4, 12, 9), strict=True)
    ]
    record(desk.context.engine, [arrival(*figures, area=DEMO)], WHEN)
    targets = [
        Target("orphans", small, DUE, TargetKind.AT_MOST, 6.0, source="现有孤儿4人，不超过6人"),
        Target("orphans", small, DUE, TargetKind.INCREASE, 4.0, base=3.0, source="由3人增加4人"),
        Target("orphans", large, DUE, TargetKind.AT_MOST, 40.0, base=33.0, source="责任书"),
    ]
    save_targets(desk.context.engine, NewTargets(targets, Decision("王", WHEN, "计划")))
    return desk


def slides_of(desk, language):
    small = streets_of(desk)[1]
    query = f"area={small}&period=2024-09&lang={language}"
    of = make_meeting(
        desk.context.engine, Meeting("", "例会", "2024-10-10", small, query, NOW, NOW, "王")
    )
    for one in desk.targets.all():
        if one.area == small:
            add_page(desk.context.engine, MeetingPage(0, of, 0, "target", one.id, query, ""))
    report = desk.meeting_slides.report(desk.meetings.get(of, language))
    shown = Presentation(io.BytesIO(REPORT_FORMATS["pptx"].render(report)))
    return [
        "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        for slide in shown.slides
    ]


def numbers_in(text):
    without_code = re.sub(r"[0-9A-Z]{4}-[0-9A-Z]{4}", "", text)
    return set(re.findall(r"\d+(?:\.\d+)?", without_code))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "reason", "note"),
    [("zh", "数值较小，已隐去", "不足5"), ("en", "hidden as a small count", "below 5")],
)
def test_the_slide_of_a_target_hides_what_is_done_and_what_gives_it_away(
    desk, language, reason, note
):
    title, *targets = slides_of(desk, language)
    assert note in title and len(targets) == 2
    told = [numbers_in(text) - {"2024", "12"} for text in targets]
    assert sorted(told, key=len) == [set(), {"6"}]  # of the increase not even the goal: 3 and 4
    assert all("*" in text and reason in text for text in targets)


def test_slides_without_small_counts_say_nothing_of_hiding(tmp_path, desk):
    open_house = FrontDesk(
        read_settings({"DASHBOARD_HOME": str(tmp_path), "DASHBOARD_SMALL_CELLS": "0"})
    )
    title, *targets = slides_of(open_house, "zh")
    assert "隐去" not in "".join([title, *targets]) and any("4" in text for text in targets)


def register_rows(content):
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_register_hides_small_bases_says_so_and_is_not_taken_back_with_a_gap(desk, app_over):
    content = app_over(desk).get("/export/targets.xlsx?lang=zh").get_data()
    note, head, *rows = register_rows(content)
    assert "不足5" in note[0]
    base, source, kind = (head.index(name) for name in ("基数", "依据", "类型"))
    bases = {(row[1], row[kind]): row[base] for row in rows}
    large, small, *_ = streets_of(desk)
    assert bases[small, "增加"] == "*" and bases[large, "不超过"] == 33
    assert not any("3人" in (row[source] or "") for row in rows)
    (sheet,) = read_sheets("register.xlsx", content)
    read = read_targets(sheet, find_targets(sheet), desk.catalogue, desk.areas())
    assert [(one.rule, one.value) for one in read.findings] == [("hidden_base", "*")]
    assert len(read.targets) == 2


def listed(text, file_format):
    return json.loads(text) if file_format == "json" else list(csv.DictReader(io.StringIO(text)))


@pytest.mark.slow
@pytest.mark.parametrize("file_format", ["csv", "json"])
@pytest.mark.parametrize("act", ["list", "history"])
def test_the_list_of_targets_is_whole_on_the_terminal_and_guarded_as_a_file(
    desk, commands, tmp_path, act, file_format
):
    command, file = commands(tmp_path), tmp_path / "targets.out"
    small = streets_of(desk)[1]
    name = f"orphans:{small}:2024-12:increase"
    asked = ["targets", act, *([name] if act == "history" else []), "--format", file_format]

    def row(text):
        return next(one for one in listed(text, file_format) if one["target"] == name)

    assert float(row(command(*asked)[1])["base"]) == 3
    code, _ = command(*asked, "--out", file)
    kept = row(file.read_text("utf-8-sig"))
    assert code == 0 and kept["base"] in ("", None)
    assert kept["source"] == "基数较小，已隐去" and float(kept["value"]) == 4
    assert row(command(*asked, "--small-cells", "hide")[1])["base"] in ("", None)
    command(*asked, "--out", file, "--small-cells", "show")
    assert float(row(file.read_text("utf-8-sig"))["base"]) == 3


def test_how_targets_stand_leaves_without_a_small_base_and_the_words_it_was_stated_in(
    desk, app_over
):
    small = streets_of(desk)[1]
    rows = app_over(desk).get(f"/api/progress?area={small}&period=2024-09").get_json()
    assert len(rows) == 2
    for row in rows:
        assert row["actual"] is row["base"] is row["gap"] is row["expected"] is None
        assert row["reason"] == "数值较小，已隐去" and row["source"] == ""
    client = app_over(desk)
    large = streets_of(desk)[0]
    (row,) = client.get(f"/api/progress?area={large}&period=2024-09").get_json()
    assert (row["actual"], row["base"], row["source"]) == (30, 33, "责任书")


@pytest.fixture
def app_over():
    """A function that gives a client of the lists over HTTP of one desk."""
    from flask import Flask

    from dashboard.web.api import blueprint

    def over(desk):
        server = Flask(__name__)
        server.register_blueprint(blueprint(desk))
        return server.test_client()

    return over
