"""Areas side by side: one table and one chart, against a named benchmark, all in the address."""

import pytest
from screens import DISTRICT, named, page_layout, tables_of, text_of

from dashboard.components.figures.side_by_side import choice_of
from dashboard.services.figures.side_by_side import BETTER, MOST, NOT_COMPARED, SAME, WORSE

pytestmark = pytest.mark.slow
STREETS = ("990101001", "990101002", "990101005")
MONTH = "2026-10"


@pytest.fixture
def desk(app):
    with app.server.test_request_context("/"):
        yield app.desk


def chosen(desk, **query):
    selection = desk.selections.of({"area": DISTRICT, "period": MONTH}, "zh")
    return selection, choice_of(desk, query, selection)


def cells(desk, benchmark):
    selection, _ = chosen(desk)
    topics = desk.side_by_side.rows(STREETS, benchmark, selection)
    return {row.indicator.id: row for _, rows in topics for row in rows}


def test_five_areas_at_most_and_unknown_ones_are_left_out(desk):
    many = ",".join(["990101001", "nowhere", *(f"9901010{n:02}" for n in range(2, 9))])
    _, choice = chosen(desk, areas=many)
    assert len(choice.areas) == MOST and "nowhere" not in choice.areas
    assert choice.benchmark == DISTRICT


def test_a_choice_survives_in_its_address(desk):
    selection, choice = chosen(
        desk, areas=",".join(STREETS), **{"with": "year", "indicator": "marriages"}
    )
    address = choice.address(selection)
    assert address.startswith("/compare?area=990101&period=2026-10")
    assert f"areas={','.join(STREETS)}" in address
    assert "with=year" in address and "indicator=marriages" in address


def test_rates_are_judged_against_the_district_and_counts_are_not(desk):
    rows = cells(desk, DISTRICT)
    beds = rows["beds_per_1000_elderly"]
    outcomes = [one.outcome for one in beds.cells]
    assert set(outcomes) <= {BETTER, WORSE, SAME} and WORSE in outcomes and BETTER in outcomes
    for one in beds.cells:
        assert (one.outcome == WORSE) == one.difference.startswith("−")
    assert all(one.outcome == NOT_COMPARED for one in rows["elderly_beds"].cells)


def test_against_a_year_before_counts_are_judged_by_what_is_good(desk):
    beds = cells(desk, "year")["elderly_beds"]
    assert all(one.outcome in (BETTER, WORSE, SAME) and one.difference for one in beds.cells)


def test_against_targets_the_status_stands_in_words(desk):
    beds = cells(desk, "target")["elderly_beds"]
    assert {one.difference for one in beds.cells} <= {"落后", "未判断", "正常", "超前", "完成"}
    assert any(one.outcome == WORSE for one in beds.cells)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_has_one_table_and_one_chart_of_all_areas(app, desk, language):
    page = page_layout(
        app, "/compare", area=DISTRICT, period=MONTH, areas=",".join(STREETS), lang=language
    )
    (graph,) = named(page, "Graph")
    names = [desk.areas().name_of(code, language) for code in STREETS]
    assert {trace["name"] for trace in graph.figure["data"]} >= set(names)
    table = tables_of(page)[-1]
    head = [cell["text"] for cell in table["head"][0]["cells"]]
    assert head[1:4] == names and head[4] == desk.areas().name_of(DISTRICT, language)


def test_without_areas_the_page_offers_them(app):
    page = page_layout(app, "/compare", area=DISTRICT, lang="zh")
    words = text_of(page)
    assert "先选一组地区" in words and "落后目标最多的街镇" in words
    sets = [a.href for a in named(page, "A") if a.href.count("990101") > 4]
    assert sets and all(href.partition("areas=")[2].count(",") == 4 for href in sets)
    published = next(words for words in words.split("有公开数据的区县")[1:])
    assert "示例区" not in published.partition("城市")[0]
    assert any("areas=990101001" in a.href for a in named(page, "A"))
    assert not named(page, "Graph")


def test_the_chart_of_several_areas_is_a_file_too(app):
    client = app.server.test_client()
    place = f"compare/beds_per_1000_elderly.csv?area={DISTRICT}&areas={','.join(STREETS)}&lang=zh"
    answer = client.get(f"/export/{place}")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert all(name in text for name in ("东湖街道", "西山街道", "文苑街道"))
    page = page_layout(app, "/compare", area=DISTRICT, areas=",".join(STREETS), lang="zh")
    hrefs = [link.href for link in named(page, "A") if "/export/compare/" in (link.href or "")]
    assert {href.partition("?")[0].rpartition(".")[2] for href in hrefs} == {"csv", "xlsx"}
    assert all(client.get(href).status_code == 200 for href in hrefs)


@pytest.mark.parametrize("place", ["compare/nothing.csv?areas=990101001", "compare/marriages.csv"])
def test_a_file_of_unknown_areas_or_indicators_is_not_found(app, place):
    assert app.server.test_client().get(f"/export/{place}").status_code == 404


def test_a_file_of_several_areas_hides_small_counts(app):
    place = f"compare/orphans.csv?area={DISTRICT}&areas={','.join(STREETS)}&lang=zh&period={MONTH}"
    text = app.server.test_client().get(f"/export/{place}").get_data(as_text=True)
    assert "已隐去" in text


def test_the_page_is_in_the_navigation_and_lit_there(app):
    page = page_layout(app, "/compare", area=DISTRICT, areas=",".join(STREETS), lang="zh")
    lit = [a for a in named(page, "A") if getattr(a, "aria-current", "") == "page"]
    assert "对照" in [text_of(one) for one in lit]
