"""Small files that nobody tuned the program for say what was written down before they were loaded.

One made-up county; each subject has its own indicators, so that all load into one store.
"""

import csv
import io

import pytest
from flask import Flask
from semantic_files import desk_of, load
from test_marks import sheet_texts, slide_texts

from dashboard.charts.text.target_words import TargetWords

pytestmark = pytest.mark.slow

COUNTY = "990303"
FIRST, SECOND, THIRD, FOURTH, FIFTH = (f"{COUNTY}00{number}" for number in range(1, 6))
STREETS = (FIRST, SECOND, THIRD, FOURTH)
AREAS = f"""code,name,level,parent
{COUNTY},试验县,district,
{FIRST},东河街道,street,{COUNTY}
{SECOND},西关街道,street,{COUNTY}
{THIRD},南苑镇,street,{COUNTY}
{FOURTH},北坡乡,street,{COUNTY}
{FIFTH},新苑街道,street,{COUNTY}
"""
SPLIT = f"""date,kind,from,to,share,rule,source
2026-04,split,{THIRD},{THIRD},0.6,apportion,批复
2026-04,split,{THIRD},{FIFTH},0.4,apportion,批复
"""
TARGETS = f"""indicator,area,period,kind,value,unit
left_behind_children,{COUNTY},2026,at_most,500,人
donations_received,{COUNTY},2026,growth,10,%
meal_points,{COUNTY},2026,increase,150,处
elderly_facilities,{COUNTY},2026,exactly,50,处
rural_dibao_share,{COUNTY},2026,at_most,40,%
social_work_stations,{COUNTY},2026-06,by_date,10,个
"""


def of_county(indicator, unit, **values):
    """Rows of the county's own figures by period: ``y2026_09``, ``q2026Q1``."""
    for period, value in values.items():
        yield indicator, COUNTY, period[1:].replace("_", "-"), value, unit


def of_streets(indicator, unit, period, *values):
    """Rows of the streets in their order; None where one has reported nothing."""
    for code, value in zip((*STREETS, FIFTH), values, strict=False):
        if value is not None:
            yield indicator, code, period, value, unit


def figures():
    """Every row: quarters, halves, a split, approximate and disputed figures, and what have you."""
    yield from of_county(
        "vagrant_assistance_times",
        "人次",
        q2025Q1=400,
        q2025Q2=900,
        q2025Q3=1500,
        q2025Q4=2000,
        q2026Q1=440,
        q2026Q2=990,
        q2026Q3=1200,
    )
    yield from of_county("charity_spending", "万元", y2025_06=100, y2025_12=260, y2026_06=130)
    yield from of_streets("dibao_households", "户", "2025-09", 100, 200, 500, 200)
    yield from of_streets("dibao_households", "户", "2026-09", 110, 190, 315, 200, 180)
    yield from of_streets("cremations", "具", "2025-09", 100, 200, 500, 200)
    yield from of_streets("cremations", "具", "2026-09", 110, 190, 400, 200, 95)
    yield from of_streets("burials", "具", "2025-09", 100, 200, 300, 400)
    yield from of_streets("burials", "具", "2026-09", 110, 190)
    yield from of_streets("elderly_beds", "张", "2026-09", 0, 100, 50, 50, 0)
    yield from of_streets("elderly_residents", "人", "2026-09", 0, 60, 0, 20, 0)
    yield from of_county("registered_volunteers", "人", y2025_09="2.5万余", y2026_09="约3万")
    yield from of_county("child_directors", "人", y2025_09=400)
    yield from of_county("child_directors", "人", y2026_09=430)
    yield from of_county("child_directors", "人", y2026_09=440)
    yield from of_county("dibao_persons_added", "人", y2024_12=-12, y2025_12=-30)
    yield from of_county("adoptions", "件", y2025_09=6, y2026_09=12)
    yield from of_county("left_behind_children", "人", y2025_12=620, y2026_09=560)
    yield from of_county(
        "donations_received",
        "万元",
        y2024_09=108,
        y2024_12=180,
        y2025_09=120,
        y2025_12=200,
        y2026_09=150,
    )
    yield from of_county("meal_points", "处", y2025_12=1000, y2026_09=1100)
    yield from of_county("elderly_facilities", "处", y2025_12=40, y2026_09=56)
    yield from of_county("rural_dibao_persons", "人", y2025_12=500, y2026_09=470)
    yield from of_county("urban_dibao_persons", "人", y2025_12=500, y2026_09=530)
    yield from of_county("social_work_stations", "个", y2025_12=5, y2026_06=8, y2026_09=9)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    home = tmp_path_factory.mktemp("fresh")
    lines = ["indicator,area,period,value,unit,status,kind"]
    lines += [",".join(map(str, (*row, "", ""))) for row in figures()]
    files = {"areas": AREAS, "split": SPLIT, "figures": "\n".join(lines), "targets": TARGETS}
    paths = []
    for name, text in files.items():
        paths.append(home / f"{name}.csv")
        paths[-1].write_text(text, encoding="utf-8")
    assert set(load(home, *paths).values()) == {0}
    return desk_of(home)


def view(desk, area=COUNTY, period="2026-09", compare="yoy"):
    return desk.selections.of({"area": area, "period": period, "compare": compare}, "zh")


def told(desk, indicator, **asked):
    """What the tile and the sentence of the chart say of an indicator."""
    selection = view(desk, **asked)
    (tile,) = desk.figures.tiles([indicator], selection)
    chart = desk.figures.chart(f"indicator:{indicator}/trend", selection)
    return f"{tile.value}{tile.unit} {tile.change} {tile.note}", chart.sentence


def exported(desk, indicator, area=COUNTY, period="2026-09"):
    """The chart as CSV, workbook and slide, as text."""
    from dashboard.web.api import blueprint

    server = Flask("fresh")
    server.register_blueprint(blueprint(desk))
    client, place = server.test_client(), f"/export/indicator:{indicator}/trend"
    asked = f"?area={area}&period={period}&lang=zh"
    readers = {"csv": lambda content: content.decode("utf-8-sig")}
    readers |= {"xlsx": sheet_texts, "pptx": slide_texts}
    return {
        kind: read(client.get(f"{place}.{kind}{asked}").get_data())
        for kind, read in readers.items()
    }


TILES = {
    ("vagrant_assistance_times", COUNTY, "2026-09"): ("1,200人次", "同比 −20.0%"),
    ("charity_spending", COUNTY, "2026-06"): ("130", "同比 +30.0%"),
    ("dibao_households", THIRD, "2026-09"): ("315户", "同比 +5.0%"),  # of 500, three fifths
    ("dibao_households", FIFTH, "2026-09"): ("180户", "同比 −10.0%"),
    ("dibao_households", COUNTY, "2026-09"): ("995户", "同比 −0.5%"),
    ("cremations", THIRD, "2026-09"): ("400具", "拆分"),  # counted before and after
    ("cremations", COUNTY, "2026-09"): ("995具", "同比 −0.5%"),
    ("burials", COUNTY, "2026-09"): ("300具", "5个街镇中2个有数据"),
    ("elderly_bed_occupancy", COUNTY, "2026-09"): ("40.0%",),
    ("registered_volunteers", COUNTY, "2026-09"): ("30,000人", "约+20.0%", "原文为“约”"),
    ("child_directors", COUNTY, "2026-09"): ("430人", "不作比较", "另有数值440人"),
    ("dibao_persons_added", COUNTY, "2025-12"): ("−30人",),
    ("adoptions", COUNTY, "2026-09"): ("12件", "基数较小"),
    ("rural_dibao_share", COUNTY, "2026-09"): ("47.0%",),
}


@pytest.mark.parametrize(("place", "said"), TILES.items())
def test_the_tile_says_what_was_written_down(desk, place, said):
    indicator, area, period = place
    tile, _ = told(desk, indicator, area=area, period=period)
    assert all(words in tile for words in said), tile


@pytest.mark.parametrize(
    ("indicator", "area", "period", "wrong"),
    [
        ("vagrant_assistance_times", COUNTY, "2026-09", "21.2%"),  # nine months on six
        ("charity_spending", COUNTY, "2026-06", "50.0%"),  # a half on a whole year
        ("burials", COUNTY, "2026-09", "70.0%"),  # two streets on four
        ("cremations", THIRD, "2026-09", "20.0%"),
        ("dibao_persons_added", COUNTY, "2025-12", "150.0%"),
        ("adoptions", COUNTY, "2026-09", "100.0%"),
        ("child_directors", COUNTY, "2026-09", "7.5%"),
    ],
)
def test_no_wrong_change_is_said_anywhere(desk, indicator, area, period, wrong):
    for compare in ("yoy", "pop"):
        said = told(desk, indicator, area=area, period=period, compare=compare)
        assert not any(wrong in text for text in said), said
    assert not any(wrong in text for text in exported(desk, indicator, area, period).values())


def test_a_quarter_and_a_half_stand_with_their_own_values(desk):
    _, quarter = told(desk, "vagrant_assistance_times", compare="pop")
    assert all(words in quarter for words in ("210人次", "比上季度", "61.8%")), quarter
    _, half = told(desk, "charity_spending", period="2026-06", compare="pop")
    assert all(words in half for words in ("比前半年", "18.8%")), half


@pytest.mark.parametrize(
    ("indicator", "words"),
    [
        ("burials", "2个"),
        ("registered_volunteers", "约"),
        ("child_directors", "440"),
        ("dibao_households", "区划"),
    ],
)
def test_files_carry_the_mark(desk, indicator, words):
    area = THIRD if indicator == "dibao_households" else COUNTY
    for kind, text in exported(desk, indicator, area).items():
        assert words in text, (kind, text[:400])


def test_division_by_nothing_is_no_missing_report(desk):
    tile, sentence = told(desk, "elderly_bed_occupancy", area=FIRST)
    assert "计算" in tile + sentence and "缺报" not in tile + sentence


def test_the_list_keeps_values_and_qualifiers(desk):
    from dashboard.services.filters import Filters

    rows = list(desk.directory.observations(Filters(area=COUNTY)))
    text = io.StringIO()
    csv.writer(text).writerows([(r["indicator"], r["value"], r["qualifier"]) for r in rows])
    assert "registered_volunteers,30000.0,约" in text.getvalue()
    assert "registered_volunteers,25000.0,余" in text.getvalue()


STANDINGS = {
    "left_behind_children": ("应减120人", "已减60人（50%）", "少减30人", "落后", "减少20人"),
    "donations_received": ("220万元", "150万元（68%）", "165万元（75%）", "少15万元"),
    "meal_points": ("应增150处", "已增100处（67%）", "113处（75%）", "少13处"),
    "elderly_facilities": ("已增16处（160%）", "落后"),
    "rural_dibao_share": ("由50.0%降到40.0%", "现为47.0%", "高4.5个百分点", "减少24人"),
    "social_work_stations": ("已增3处（60%）", "少2处", "逾期"),
}


@pytest.mark.parametrize(("indicator", "said"), STANDINGS.items())
def test_a_target_stands_as_was_written_down(desk, indicator, said):
    (row,) = [
        one for one in desk.targets.progress(COUNTY, "2026-09") if one.target.indicator == indicator
    ]
    standing = TargetWords(row, desk.catalogue, desk.areas(), "zh").standing
    assert all(words in standing for words in said), standing
