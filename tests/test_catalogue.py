"""The catalogue: complete, refused where it contradicts itself, and extended by rows alone."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from dashboard.base.language import word
from dashboard.catalogue.catalogue import SHIPPED, CatalogueError, plain_name, read_catalogue
from dashboard.catalogue.concepts import Accumulation, Aggregation, Part

DOMAINS = {
    "assistance",
    "elderly",
    "organisations",
    "marriage",
    "children",
    "disability",
    "community",
    "funerals",
    "charity",
    "divisions",
    "finance",
}
DERIVED = {
    "beds_per_1000_elderly": ("elderly_beds", "elderly_population"),
    "facility_coverage": ("communities_with_facility", "communities"),
    "tekun_disabled_care_rate": ("tekun_disabled_in_care", "tekun_disabled_persons"),
    "community_organisations_per_community": ("community_organisations", "communities"),
    "divorces_per_100_marriages": ("divorces", "marriages"),
    "urban_dibao_per_person": ("urban_dibao_paid", "urban_dibao_persons"),
    "rural_dibao_share": ("rural_dibao_persons", "dibao_persons"),
}


@pytest.fixture(scope="module")
def catalogue():
    return read_catalogue()


@pytest.fixture
def own(tmp_path):
    folder = tmp_path / "catalogue"
    (folder / "topics").mkdir(parents=True)
    return folder


def _own_row(folder: Path, file: str, /, **cells: str) -> None:
    header = (SHIPPED / file).read_text(encoding="utf-8-sig").splitlines()[0]
    row = ",".join(cells.get(column, "") for column in header.split(","))
    (folder / file).write_text(f"{header}\n{row}\n", encoding="utf-8")


INDICATOR = {
    "id": "reading_rooms",
    "name_zh": "社区阅览室数",
    "name_en": "Reading rooms",
    "domain": "community",
    "definition_zh": "社区里的阅览室。",
    "definition_en": "Reading rooms of communities.",
    "topic": "community",
    "unit": "facility",
    "accumulation": "end_of_period",
    "aggregation": "sum",
    "polarity": "higher_better",
}


def test_there_are_at_least_150_indicators_in_every_domain(catalogue):
    assert len(catalogue.indicators) >= 150
    assert {one.domain for one in catalogue.indicators.values()} == DOMAINS


def test_every_indicator_says_in_both_languages_what_it_counts(catalogue):
    for one in catalogue.indicators.values():
        for text in (one.name.zh, one.name.en, one.definition.zh, one.definition.en):
            assert text, one.id
        assert not any("一" <= letter <= "鿿" for letter in one.name.en), one.id


@pytest.mark.parametrize("name", DERIVED)
def test_a_derived_indicator_is_declared_by_its_numerator_and_denominator(catalogue, name):
    one = catalogue.indicators[name]
    assert one.aggregation is Aggregation.RATIO
    assert (one.numerator, one.denominator) == DERIVED[name]


def test_a_year_to_date_series_and_its_months_name_each_other(catalogue):
    twins = [one for one in catalogue.indicators.values() if one.linked]
    assert twins
    for one in twins:
        other = catalogue.indicators[one.linked]
        assert other.linked == one.id
        assert {one.accumulation, other.accumulation} == {
            Accumulation.YEAR_TO_DATE,
            Accumulation.IN_MONTH,
        }


def test_components_and_their_parent_are_counted_in_one_unit(catalogue):
    children = [one for one in catalogue.indicators.values() if one.part is Part.COMPONENT]
    assert len(children) > 20
    for one in children:
        parent = catalogue.indicators[one.parent]
        assert one.unit.dimension == parent.unit.dimension, one.id
        assert one.accumulation is parent.accumulation, one.id


def test_a_form_line_is_found_by_code_by_name_and_under_its_heading(catalogue):
    assert catalogue.find_line(code="JZH011212111").id == "urban_dibao_paid"
    assert catalogue.find_line(name="II 城市低保临时补贴").id == "urban_dibao_subsidy"
    assert (
        catalogue.find_line(name="其中:(1)儿童福利", parents=["1.社会福利"]).id
        == "child_welfare_spending"
    )
    assert catalogue.find_line(name="女性") is None


def test_one_code_with_two_scopes_is_told_apart_by_the_printed_name(catalogue):
    assert catalogue.find_line(code="JZH011112000", name="2.乡").id == "townships"
    assert catalogue.find_line(code="JZH011112000", name="2.乡小计").id == "townships_subtotal"


def test_names_compare_without_numbering_of_which_marks_and_bracket_width():
    assert (
        plain_name("其中:(1)儿童福利")
        == plain_name("（1）儿童福利")
        == plain_name("#儿童福利")
        == "儿童福利"
    )
    assert plain_name("结婚登记*") == "结婚登记"
    assert plain_name("3A级以上社会组织数") == "3a级以上社会组织数"


def test_units_convert_to_base_units(catalogue):
    assert catalogue.find_unit("万元").factor == 10000
    assert catalogue.find_unit("元/人、月").id == catalogue.find_unit("元/人·月").id
    assert catalogue.find_unit("元/人·年").factor == pytest.approx(1 / 12)
    assert catalogue.find_unit("光年") is None


def test_an_own_row_adds_an_indicator_and_an_own_row_of_the_same_id_wins(own):
    _own_row(own, "indicators.csv", **INDICATOR)
    assert read_catalogue(own).indicators["reading_rooms"].name.zh == "社区阅览室数"
    _own_row(own, "indicators.csv", **INDICATOR | {"id": "meal_points", "name_zh": "长者饭堂数"})
    assert read_catalogue(own).indicators["meal_points"].name.zh == "长者饭堂数"


def test_an_own_street_takes_one_row(own):
    _own_row(own, "areas.csv", code="370113999", name="新街道", level="street")
    areas = {area.code: area for area in read_catalogue(own).shipped_areas}
    assert areas["370113999"].parent == "370113"


def test_an_own_topic_takes_one_file(own):
    (own / "topics" / "reading.toml").write_text(
        'id = "reading"\ntitle = { zh = "阅读", en = "Reading" }\nheadline = ["meal_points"]\n'
        '[[charts]]\nid = "rooms"\nkind = "line"\nindicators = ["meal_points"]\n',
        encoding="utf-8",
    )
    assert read_catalogue(own).topics["reading"].charts[0].id == "rooms"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"unit": "parsec"}, "unit 'parsec'"),
        ({"parent": "nobody", "part": "component"}, "'nobody'"),
        ({"aggregation": "mean"}, "mean"),
        ({"aggregation": "ratio"}, "numerator"),
        ({"accumulation": "weekly"}, "weekly"),
        ({"name_zh": "结婚登记对数"}, "already belongs"),
        ({"parent": "orphans"}, "go together"),
        ({"linked": "marriages"}, "in turn"),
        ({"unit": "ten_thousand_yuan"}, "base unit"),
        ({"id": "Bad Id"}, "Bad Id"),
    ],
)
def test_a_contradiction_stops_the_start_and_names_file_and_line(own, change, told):
    _own_row(own, "indicators.csv", **INDICATOR | change)
    with pytest.raises(CatalogueError) as refusal:
        read_catalogue(own)
    assert "indicators.csv, line 2" in str(refusal.value) and told in str(refusal.value)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('kind = "pie"', "pie"),
        ('colour = "red"', "colour"),
        ('indicators = ["nobody"]', "nobody"),
        ('transform = "magic"', "magic"),
        ('along = "width"', "width"),
    ],
)
def test_an_unknown_word_in_a_topic_stops_the_start_and_names_file_and_chart(own, line, told):
    chart = {
        "id": 'id = "rooms"',
        "kind": 'kind = "line"',
        "indicators": 'indicators = ["orphans"]',
    }
    chart[line.split(" ")[0]] = line
    (own / "topics" / "own.toml").write_text(
        'id = "own"\ntitle = "x"\nheadline = ["orphans"]\n[[charts]]\n' + "\n".join(chart.values()),
        encoding="utf-8",
    )
    with pytest.raises(CatalogueError) as refusal:
        read_catalogue(own)
    assert (
        "own.toml" in str(refusal.value)
        and "rooms" in str(refusal.value)
        and told in str(refusal.value)
    )


def test_a_bad_own_word_file_names_its_line(own):
    (own / "words.csv").write_text("key,zh,en\nx,,\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="line 2"):
        read_catalogue(own)


def test_a_broken_shipped_catalogue_is_refused_too(tmp_path):
    broken = tmp_path / "catalogue"
    shutil.copytree(SHIPPED, broken, ignore=shutil.ignore_patterns("samples"))
    events = broken / "events.csv"
    events.write_text(events.read_text(encoding="utf-8") + "x,someday,1,甲,A,,\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"events\.csv"):
        read_catalogue(shipped=broken)


def test_no_indicator_without_a_topic_that_exists(catalogue):
    topics = set(catalogue.topics)
    assert len(topics) >= 9
    counts = Counter(one.topic for one in catalogue.indicators.values())
    assert set(counts) <= topics | {""}


def test_an_own_file_may_be_in_gb18030_with_the_unit_by_its_name(own):
    _own_row(own, "indicators.csv", **INDICATOR | {"unit": "处"})
    text = (own / "indicators.csv").read_text(encoding="utf-8")
    (own / "indicators.csv").write_bytes(text.encode("gb18030"))
    (own / "words.csv").write_bytes("key,zh,en\nown_word,阅览,Reading\n".encode("gb18030"))
    rooms = read_catalogue(own).indicators["reading_rooms"]
    assert (rooms.name.zh, rooms.unit.id) == ("社区阅览室数", "facility")
    assert word("own_word", "zh") == "阅览"


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        ({"unit": "光年"}, "“unit”列：units.csv 中没有单位“光年”", ", unit: unit '光年' is not"),
        ({"unit": "万元"}, "“unit”列：单位“万元”不是基本单位；数按基本单位存，请填“元”", "yuan"),
        ({"accumulation": "每周"}, "“accumulation”列：“每周”不能用；应为", "'每周': one of end_of"),
        ({"decimals": "一"}, "“decimals”列：“一”不是数", "'一' is not a number"),
        ({"name_zh": "结婚登记对数"}, "名称“结婚登记对数”已属于", "already belongs"),
        ({"linked": "nobody"}, "“linked”列：没有指标“nobody”", "'nobody' is not an indicator"),
    ],
)
def test_an_error_names_file_line_and_column_in_both_languages(own, change, zh, en):
    _own_row(own, "indicators.csv", **INDICATOR | change)
    with pytest.raises(CatalogueError) as refusal:
        read_catalogue(own)
    file = own / "indicators.csv"
    assert refusal.value.text.zh.startswith(f"{file} 第 2 行") and zh in refusal.value.text.zh
    assert refusal.value.text.en.startswith(f"{file}, line 2") and en in refusal.value.text.en


def test_the_command_line_says_it_in_the_readers_language(tmp_path, commands):
    folder = tmp_path / "catalogue"
    folder.mkdir()
    _own_row(folder, "indicators.csv", **INDICATOR | {"unit": "光年"})
    run = commands(tmp_path)
    code, said = run("mappings")
    assert code == 1 and "第 2 行“unit”列" in said
    code, said = run("mappings", "--lang", "en")
    assert code == 1 and "line 2, unit" in said


def test_no_row_of_table_words_stands_twice():
    lines = (SHIPPED / "table_words.csv").read_text(encoding="utf-8").splitlines()
    slots = [tuple(line.split(",", 2)[:2]) for line in lines]
    assert len(slots) == len(set(slots)), "a merge left a row twice"
