"""The page of targets: as the command line counts, every status in words, sums that add up."""

import csv
import io
import math
from collections import Counter
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as some
from screens import DISTRICT, named, page_layout, selection_of, tables_of, text_of, written_in
from stores import WHEN, fresh_store, handing_in

from dashboard.__main__ import main
from dashboard.analysis.off_pace import OFF_PACE
from dashboard.analysis.target_status import Status
from dashboard.base.settings import read_settings
from dashboard.catalogue.periods import Period
from dashboard.charts.model.selection import Selection
from dashboard.charts.plotly.figures import figure
from dashboard.charts.text.off_pace_words import others_behind
from dashboard.charts.text.target_words import ORDER, SIGNS, TargetWords, in_order
from dashboard.components.targets.indicator_targets import indicator_targets
from dashboard.components.targets.target_edit import dialog
from dashboard.components.targets.target_parts import adding_up
from dashboard.exports.target_workbook import register_workbook
from dashboard.intake import Handover, receive
from dashboard.intake.forms.layouts.target_entry import ROLES, cells_of, typed
from dashboard.services.filters import UnknownName
from dashboard.services.front_desk import FrontDesk
from dashboard.store.opening import StoreError
from dashboard.store.targets import read_targets

pytestmark = pytest.mark.slow

MONTH = "2026-10"
MARRIAGES = f"marriages:{DISTRICT}:2026-12:at_least"


@pytest.fixture
def own_desk(own_home):
    return FrontDesk(read_settings({"DASHBOARD_HOME": str(own_home), "DASHBOARD_CACHE": "0"}))


def drawn(app, **query):
    return page_layout(app, "/targets", **({"area": DISTRICT, "period": MONTH} | query))


def chips(page):
    """How many stand how, as the page says it, with the link of each."""
    found = {}
    for part in [one for name in ("A", "Span") for one in named(page, name)]:
        kinds = (getattr(part, "className", None) or "").split()
        if "status-chip" in kinds:
            status = next(k for k in kinds if k.startswith("status-") and k != "status-chip")
            found[status.removeprefix("status-")] = (
                int(text_of(part).split()[-1]),
                getattr(part, "href", ""),
            )
    return found


def progress_printed(capsys, monkeypatch, home, *words):
    monkeypatch.setenv("DASHBOARD_HOME", str(home))
    assert main(["progress", *words]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


@pytest.mark.parametrize("more", [(), ("--children",)])
def test_the_counts_are_those_of_the_command_line(app, samples, capsys, monkeypatch, more):
    printed = progress_printed(
        capsys, monkeypatch, samples, "--area", DISTRICT, "--period", MONTH, *more
    )
    counted = Counter(row["status"] for row in printed)
    shown = chips(drawn(app, children="1" if more else ""))
    assert shown.pop("all")[0] == len(printed)
    assert {status: count for status, (count, _) in shown.items() if count} == counted


def test_without_a_month_every_year_counts_as_on_the_command_line(
    app, samples, capsys, monkeypatch
):
    printed = progress_printed(capsys, monkeypatch, samples, "--area", DISTRICT)
    assert chips(drawn(app, period="all"))["all"][0] == len(printed)
    shown = set(Status) - {Status.OVER_LIMIT}
    assert {row["status"] for row in printed} == shown, "the demo shows almost each status"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_status_has_its_sign_its_word_and_its_rows(app, language):
    page = drawn(app, period="all", lang=language)
    rows = tables_of(page)[0]["body"]
    shown = [status for status in ORDER if status is not Status.OVER_LIMIT]
    for status in shown:
        mine = [row for row in rows if row["kind"] == f"row-{status}"]
        assert mine, status
        for row in mine:
            pill = next(cell for cell in row["cells"] if "status-pill" in cell.get("pill", ""))
            assert pill["arrow"] == SIGNS[status]
            assert pill["text"]
    words = {row["cells"][4]["text"] for row in rows}
    assert len(words) == len(shown)


def test_a_status_in_the_address_shows_those_alone_and_keeps_the_counts(app):
    every, behind = drawn(app), drawn(app, status="behind")
    assert {s: n for s, (n, _) in chips(every).items()} == {
        s: n for s, (n, _) in chips(behind).items()
    }
    kinds = {row["kind"] for row in tables_of(behind)[0]["body"]}
    assert kinds == {"row-behind"}
    query = parse_qs(urlsplit(chips(every)["behind"][1]).query)
    assert (query["status"], query["area"], query["period"]) == (["behind"], [DISTRICT], [MONTH])


def test_topic_and_office_narrow_the_list_and_its_counts(app, desk):
    page = drawn(app, topic="marriage")
    assert [row["cells"][0]["text"] for row in tables_of(page)[0]["body"]] == ["结婚登记对数"]
    assert chips(page)["all"][0] == 1
    owner = "养老服务科"
    rows = [row for row in desk.targets.progress(DISTRICT, MONTH) if row.target.owner == owner]
    assert chips(drawn(app, owner=owner))["all"][0] == len(rows) > 1


def test_those_furthest_behind_come_first_and_those_without_a_gap_last(app, desk):
    shown = [row["cells"][0]["text"] for row in tables_of(drawn(app))[0]["body"]]
    judged = {
        desk.catalogue.indicators[row.target.indicator].name["zh"]: row.task_gap
        for row in desk.targets.progress(DISTRICT, MONTH)
    }
    points = [judged[name] for name in shown]
    known = [point for point in points if point is not None]
    assert points[: len(known)] == sorted(known)


def test_small_bases_get_no_percentages_and_say_why(app):
    rows = tables_of(drawn(app))[0]["body"]
    (row,) = [row for row in rows if "日间照料" in row["cells"][0]["text"]]
    assert "%" not in "".join(row["cells"][at][part] for at in (1, 3) for part in ("text", "small"))
    assert row["cells"][3]["text"] == "少1处"
    assert "基数" in row["cells"][4]["small"]


def test_years_of_which_nothing_was_reported_are_a_click_away(app):
    page = page_layout(app, "/targets", area="370113")
    links = [a.href for a in named(page, "A") if "period=2024-12" in (a.href or "")]
    assert links
    later = page_layout(app, "/targets", area="370113", period="2024-12")
    assert "没有上报数据" in written_in(later)


def test_the_streets_contributions_on_the_page_add_up(app, desk):
    tables = 0
    for row in desk.targets.progress(DISTRICT, MONTH):
        page = drawn(app, target=row.target.id)
        for table in tables_of(page):
            if table["kind"] != "contributions":
                continue
            shown = [
                float(line["cells"][1]["text"].replace("−", "-").replace(",", ""))
                for line in table["body"]
            ]
            assert round(sum(shown[:-1]), 2) == round(shown[-1], 2), row.target.id
            tables += 1
    assert tables > 2


def test_changqing_says_which_street_is_short_and_that_only_four_of_ten_reported(app):
    name = "community_organisations_per_community:370113:2023-12:ratio"
    said = written_in(page_layout(app, "/targets", area="370113", target=name))
    assert "崮云湖" in said
    assert "−159" in said
    assert "10 个街镇中缺 6 个" in said


@given(some.lists(some.floats(-1e6, 1e6), min_size=1, max_size=20))
def test_what_is_printed_adds_up_and_strays_less_than_a_step(values):
    printed = adding_up(values, 0.1)
    assert math.fsum(printed) == pytest.approx(math.fsum(values), rel=0, abs=0.05 + 1e-6)
    assert [round(one / 0.1) * 0.1 for one in printed] == printed  # whole steps
    assert all(abs(a - b) < 0.1 + 1e-6 for a, b in zip(printed, values, strict=True))


def test_the_page_says_which_clock_is_used_and_of_which_years(app):
    said = text_of(drawn(app, target=MARRIAGES))
    assert "2023、2024、2025" in said
    assert "85.3%" in said
    assert "83.3%" in said


def test_a_targets_chart_leaves_as_a_file_with_the_path_expected(app, desk):
    answer = app.server.test_client().get(
        f"/export/target:{MARRIAGES}/path.csv?area={DISTRICT}&period={MONTH}"
    )
    assert answer.status_code == 200
    rows = [row for row in csv.reader(io.StringIO(answer.text)) if row and "2026年10月" in row[0]]
    row = desk.targets.standing(MARRIAGES, DISTRICT, MONTH)
    assert str(int(row.actual)) in rows[-1][1].replace(",", "")
    assert float(rows[-1][2].replace(",", "")) == pytest.approx(row.expected, abs=0.6)


def test_an_event_of_the_time_stands_on_a_targets_chart_in_a_row_of_its_own(own_desk):
    last_year = replace(own_desk.targets.get(MARRIAGES), period=Period(2025, 12))
    own_desk.editing.keep(last_year, "王", "去年的目标补录")
    asked = Selection(DISTRICT, Period(2025, 12))
    chart = own_desk.targets.chart(f"target:{last_year.id}/path", asked)
    labels = [mark.label for mark in chart.breaks]
    assert any("2025年5月" in label for label in labels)
    assert len(labels) == len(set(labels))
    notes = [note for note in chart.notes if any(label in note for label in labels)]
    assert len(notes) == len(labels)
    rows = [a["y"] for a in figure(chart)["layout"]["annotations"] if "2025年5月" in a["text"]]
    assert len(rows) == len(set(rows)) > 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_register_as_a_workbook_loads_back_unchanged(desk, tmp_path, language):
    kept = [one for one in desk.targets.all() if not one.retired]
    content = register_workbook(kept, desk.catalogue, language)
    store = fresh_store("sqlite", tmp_path)
    engine = next(store)
    home = handing_in(engine, desk.catalogue, desk.areas())
    receipts = receive(home, [("register.xlsx", content)], Handover(), WHEN)
    assert not [str(f.message) for one in receipts for f in one.findings if f.severity == "error"]
    assert sum(one.targets for one in receipts) == len(kept)
    again = {one.id: one for one in read_targets(engine)}
    assert set(again) == {one.id for one in kept}
    for one in kept:
        before = cells_of(one, desk.catalogue, language)
        assert cells_of(again[one.id], desk.catalogue, language) == before
    store.close()


def test_the_download_is_this_workbook(app, desk):
    answer = app.server.test_client().get(f"/export/targets.xlsx?area={DISTRICT}&lang=zh")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    mine = [one for one in desk.targets.all() if one.area == DISTRICT and not one.retired]
    assert sheet.max_row == len(mine) + 1
    assert sheet.max_column == len(ROLES)


def test_what_is_typed_is_read_as_what_is_handed_in(desk):
    for one in desk.targets.all():
        read = typed(cells_of(one, desk.catalogue, "zh"), desk.catalogue, desk.areas())
        assert not read.findings, [str(f.message) for f in read.findings]
        assert cells_of(read.targets[0], desk.catalogue, "zh") == cells_of(
            one, desk.catalogue, "zh"
        )


def test_an_edit_is_tried_out_without_being_kept(own_desk):
    cells = own_desk.editing.cells(MARRIAGES, "zh") | {"value": "1600"}
    tried = own_desk.targets.try_out(own_desk.editing.typed(cells, MARRIAGES), "", MONTH)
    assert tried.status is Status.DONE
    assert own_desk.targets.get(MARRIAGES).value == 2000
    with pytest.raises(UnknownName, match=r"."):
        own_desk.editing.typed(cells | {"value": "很多"}, MARRIAGES)


def test_another_date_retires_the_old_target_with_the_same_reason(own_desk):
    cells = own_desk.editing.cells(MARRIAGES, "zh") | {"period": "2026-11"}
    new = own_desk.editing.typed(cells, MARRIAGES)
    with pytest.raises(StoreError):
        own_desk.editing.keep(new, "王", " ", MARRIAGES)
    assert own_desk.editing.keep(new, "王", "提前一个月", MARRIAGES)
    assert own_desk.targets.get(MARRIAGES).retired == "提前一个月"
    assert own_desk.targets.get(new.id).value == 2000
    ids = [row.target.id for row in own_desk.targets.progress(DISTRICT, MONTH)]
    assert new.id in ids
    assert MARRIAGES not in ids


def test_a_second_target_of_the_same_kind_and_date_is_refused(own_desk):
    cells = own_desk.editing.cells(MARRIAGES, "zh")
    with pytest.raises(StoreError):
        own_desk.editing.keep(own_desk.editing.typed(cells), "王", "again")


def test_a_target_nobody_knows_gets_a_friendly_page(app):
    assert "没有这项目标" in text_of(drawn(app, target="nothing:1:2:3"))


def test_pages_as_known_before_the_targets_came_show_none(app):
    page = drawn(app, known="2020-01-01")
    assert not chips(page)
    assert "没有这项目标" in text_of(drawn(app, known="2020-01-01", target=MARRIAGES))


def test_an_indicators_page_shows_its_targets_and_one_without_any_says_nothing(app):
    page = page_layout(app, "/indicators/marriages", area=DISTRICT, period=MONTH)
    (table,) = [one for one in tables_of(page) if "targets" in one["kind"].split()]
    every = app.desk.targets.progress(DISTRICT, MONTH)
    (row,) = [row for row in every if row.target.indicator == "marriages"]
    (cells,) = [line["cells"] for line in table["body"]]
    words = TargetWords(row, app.desk.catalogue, app.desk.areas(), "zh")
    assert (cells[0]["text"], cells[1]["text"]) == (words.name, words.done)
    selection = selection_of(app.desk, period=MONTH)
    assert indicator_targets(app.desk, "marriages", selection)
    assert indicator_targets(app.desk, "divorces_with_court", selection) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_dialog_names_the_area(desk, language):
    dialog_text = str(dialog(desk, selection_of(desk, lang=language)))
    name = desk.areas().name_of(DISTRICT, language)
    assert f"value='{name}'" in dialog_text and f"value='{DISTRICT}'" not in dialog_text


def test_an_indicator_that_is_not_known_is_refused_with_those_near_to_it(desk):
    with pytest.raises(UnknownName) as refused:
        desk.editing.typed({"indicator": "低保人数", "area": "990101", "period": "2026"})
    assert "城乡低保人数、城市低保人数" in refused.value.text.zh
    assert "Urban dibao recipients" in refused.value.text.en


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_counted_as_behind_is_listed_or_named(desk, language):
    rows = desk.target_overview.rows(selection_of(desk))
    behind = [row.target.id for row in in_order(rows) if row.status in OFF_PACE]
    assert others_behind(rows, behind, desk.catalogue, language) == ""
    others = others_behind(rows, behind[:1], desk.catalogue, language)
    assert str(len(behind) - 1) in others
    names = [desk.catalogue.indicators[row.target.indicator].name[language] for row in rows]
    assert sum(name in others for name in names) >= len(behind) - 1
