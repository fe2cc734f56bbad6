"""The small files give the values that were worked out by hand: on page, in API and export."""

import csv
import io

import pytest
from flask import Flask
from semantic_files import DISTRICT, FILES, MERGED, desk_of, load

from dashboard.analysis.figure_key import FigureKey
from dashboard.catalogue.periods import Period
from dashboard.exports import listing
from dashboard.services.figures.observation_pages import Paging
from dashboard.services.filters import Filters
from dashboard.web.api import blueprint

SEPTEMBER = "2026-09"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    home = tmp_path_factory.mktemp("semantics")
    assert set(load(home, *FILES, "lot", "don").values()) == {0}
    return desk_of(home)


@pytest.fixture(scope="module")
def without_own_lines(tmp_path_factory):
    home = tmp_path_factory.mktemp("sums")
    names = [name for name in FILES if name not in ("own", "rate")]
    assert set(load(home, *names).values()) == {0}
    return desk_of(home)


def view(desk, area=DISTRICT, period=SEPTEMBER, compare="yoy", language="zh"):
    return desk.selections.of({"area": area, "period": period, "compare": compare}, language)


def tile(desk, indicator="marriages", **asked):
    (found,) = desk.figures.tiles([indicator], view(desk, **asked))
    return found


def trend(desk, indicator="marriages", **asked):
    return desk.figures.chart(f"indicator:{indicator}/trend", view(desk, **asked))


def page(desk, indicator="marriages", area=DISTRICT, period=SEPTEMBER, language="zh"):
    key = FigureKey(indicator, area, Period(*map(int, period.split("-"))))
    return desk.figures.page(key, view(desk, area, period, language=language))


def exported(desk, ref, **asked):
    """The rows of an exported CSV below its metadata, and the whole text."""
    server = Flask(__name__)
    server.register_blueprint(blueprint(desk))
    query = {"area": DISTRICT, "period": SEPTEMBER, **asked}
    answer = server.test_client().get(f"/export/{ref}.csv", query_string=query)
    assert answer.status_code == 200, answer.text
    text = answer.get_data(as_text=True).lstrip("\ufeff")
    lines = [line for line in text.splitlines() if not line.startswith(("#", '"#'))]
    return list(csv.reader(io.StringIO("\n".join(lines)))), text


# ---- a merged street ----


@pytest.mark.slow
def test_a_merged_street_is_compared_with_the_sum_of_those_it_was_made_of(desk):
    shown = tile(desk, area=MERGED)
    assert (shown.value, shown.change) == ("818", "同比 −13.3% 下降")
    figure = page(desk, area=MERGED)
    assert ("同比", "−13.3%") in figure.comparisons
    assert (figure.bases[0].period, figure.bases[0].value) == ("2025年1—9月", "943对")
    rows, _ = exported(desk, "indicator:marriages/trend", area=MERGED)
    (row,) = [row for row in rows if row[:2] == ["2026年1—9月", "818"]]
    assert round(float(row[2]), 1) == -13.3


def test_the_month_of_a_merger_is_what_the_total_grew_by(desk):
    points = desk.figures.points(
        ["marriages"], MERGED, Period(2025, 1), Period(2026, 9), below=True
    )
    july = points.point("marriages_in_month", MERGED, Period(2026, 7))
    assert july.value == 641 - 537


# ---- one own line of a district beside complete streets ----


@pytest.mark.slow
def test_an_own_line_is_found_at_hand_in_and_needs_an_answer(tmp_path, capsys):
    load(tmp_path, "areas", "changes", "marriages", "merged", "inmonth")
    capsys.readouterr()
    assert load(tmp_path, "own", note="") != {"own": 0}
    said = capsys.readouterr().out
    assert "2,300 couples" in said and "(4/4) add up to 2,404 couples" in said


@pytest.mark.slow
def test_the_streets_that_come_after_an_own_line_are_held_against_it(tmp_path, capsys):
    load(tmp_path, "areas", "changes", "own")
    capsys.readouterr()
    load(tmp_path, "marriages", "merged")
    said = capsys.readouterr().out
    assert "测试区 in 2026-09 is given as 2,300 couples" in said


def test_an_own_rate_is_held_against_the_rate_of_the_sums(tmp_path, capsys):
    load(tmp_path, "areas", "changes", "beds")
    capsys.readouterr()
    assert load(tmp_path, "rate", note="") != {"rate": 0}
    assert "(1,100 ÷ 2,050) give 53.7%" in capsys.readouterr().out


def test_the_open_finding_stands_at_the_figure(desk):
    words = "与下级合计2,404对不符，待核实"
    assert words in tile(desk).note
    assert words in trend(desk).sentence
    figure = page(desk)
    assert words in figure.status
    assert any("下级地区（4/4 个）之和为 2,404对" in remark for remark in figure.remarks)
    assert any("checked" in remark for remark in figure.remarks), "the answer of the hand-in"
    _, text = exported(desk, "indicator:marriages/trend")
    assert "2,404" in text


def test_an_own_line_is_not_compared_with_a_sum(desk):
    reason = "一期为本级填报、一期为下级合计，不作比较"
    assert tile(desk).change == reason
    for compare in ("yoy", "pop"):
        assert reason in trend(desk, compare=compare).sentence
        assert "%" not in trend(desk, compare=compare).sentence
    assert dict(page(desk).comparisons) == {"同比": reason, "环比": reason}


def test_the_month_of_an_own_line_after_a_sum_is_nobodys(desk):
    chart = desk.figures.chart(
        "indicator:marriages/trend",
        desk.selections.of({"area": DISTRICT, "period": SEPTEMBER, "step": "month"}, "zh"),
    )
    values = dict(zip(chart.keys, chart.series[0].values, strict=True))
    assert values.get("2026-09") is None and values["2026-08"] is not None


@pytest.mark.slow
def test_without_the_own_line_the_sums_are_compared(without_own_lines):
    shown = tile(without_own_lines)
    assert (shown.value, shown.change, shown.note) == ("2,404", "同比 持平", "")


def test_a_rate_is_that_of_the_sums_and_says_what_was_stated(desk):
    shown = tile(desk, "nursing_bed_share", period="2026-06")
    assert shown.value == "53.7" and "填报数为60.0%" in shown.note
    chart = desk.figures.chart("indicator:nursing_bed_share/streets", view(desk, period="2026-06"))
    highest = max(value for value in chart.series[0].values)
    assert 53.6 < chart.targets[0].value < highest


def test_a_rate_with_a_street_missing_is_over_those_that_have_both(without_own_lines):
    shown = tile(without_own_lines, "nursing_bed_share")
    assert shown.value == "52.4" and "4个街镇中3个有数据" in shown.note


# ---- small bases, zeros, quarters and months ----


def test_no_rate_is_given_on_zero_and_on_a_small_base(desk):
    for street, base in (("990202001", 0), ("990202002", 20)):
        shown = tile(desk, "orphans", area=street)
        assert "%" not in shown.change, base


def test_a_fall_to_nothing_within_a_year_is_a_finding(tmp_path, capsys):
    load(tmp_path, "areas")
    capsys.readouterr()
    load(tmp_path, "orphans")
    said = capsys.readouterr().out
    assert "Orphans of 丙林街道 in 2026-09 is 0 people, an unusual change: 2025-09 100" in said
    assert said.count("unusual") == 1, "from 0 and 20 to 40 and 45 is no alarm of its own"


def test_quarters_of_one_year_are_compared_with_those_of_months(desk):
    assert tile(desk, "lottery_sales", period="2026-03").change == "同比 +3.3% 增长"
    season = desk.figures.chart("charity/lottery_season", view(desk))
    quarters = [cells for _, cells in season.table.rows]
    assert [cells[0] for cells in quarters] == ["第1季度", "第2季度", "第3季度", "第4季度"]
    assert [cells[1:] for cells in quarters][:3] == [
        ("300.00", "310.00"),
        ("310.00", "330.00"),
        ("320.00", "320.00"),
    ]


def test_a_revision_is_said_when_it_is_loaded(tmp_path, capsys):
    load(tmp_path, "areas", "rev1")
    capsys.readouterr()
    load(tmp_path, "rev2")
    assert "120 person-times → 140 person-times" in capsys.readouterr().out


ABSORBED = """date,kind,from,to,share,rule,source
2026-08,merge,990202001,990202001,,add,批复
2026-08,merge,990202005,990202001,,add,批复
"""


def _to_date(area, first, months):
    for year in (2025, 2026):
        for month in range(1, months + 1):
            yield f"marriages,{area},{year}-{month:02d},{first * month},对,,"


def test_an_area_that_took_another_in_is_held_against_itself_before(tmp_path, capsys):
    header = "indicator,area,period,value,unit,status,kind"
    rows = [header, *_to_date("990202001", 60, 7), *_to_date("990202005", 50, 7)]
    rows += ["marriages,990202001,2026-08,880,对,,", "marriages,990202001,2026-09,990,对,,"]
    (tmp_path / "grown.csv").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "absorbed.csv").write_text(ABSORBED, encoding="utf-8")
    files = [tmp_path / "absorbed.csv", tmp_path / "grown.csv"]
    assert set(load(tmp_path, "areas", *files, note="").values()) == {0}
    capsys.readouterr()
    falling = f"{header}\nmarriages,990202001,2026-09,870,对,,"
    (tmp_path / "falling.csv").write_text(falling, encoding="utf-8")
    assert load(tmp_path, tmp_path / "falling.csv", note="") == {"falling": 1}
    assert "should not fall" in capsys.readouterr().out


def test_the_lists_of_figures_show_the_open_finding(desk):
    lines = desk.figures.of_topic("marriage", view(desk))
    (line,) = [one for one in lines if one.indicator == "marriages"]
    assert "与下级合计2,404对不符" in line.status
    rows = list(desk.directory.observations(Filters(indicators=("marriages",), area=DISTRICT)))
    marks = {row["period"]: row["marks"] for row in rows}
    assert "finding" in marks["2026-09"].split()
    listed = desk.directory.observation_page(Filters(area=DISTRICT), Paging()).parts
    paged = {(row["indicator"], row["period"]): row["marks"] for part in listed for row in part}
    assert "finding" in paged["marriages", "2026-09"].split()
    assert "marks" in listing.as_csv(rows).splitlines()[0].split(",")
