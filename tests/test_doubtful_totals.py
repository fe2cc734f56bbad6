"""A total that is contradicted or approximate says so wherever it stands, and is no whole."""

import pytest
from semantic_files import DISTRICT, desk_of, load
from sheets import areas, catalogue
from target_cases import judged
from xlsxwriter.shape import Shape

from dashboard.charts.kinds.scorecard import card_table
from dashboard.charts.text.target_words import TargetWords
from dashboard.exports.workbooks import _PATTERNS

STREET = "990202001"
HEADER = "indicator,area,period,value,unit,status,kind"
PARTS = "social_associations", "private_nonenterprise_units", "foundations"


def _rows():
    for number in range(1, 6):
        for name, value in zip((*PARTS, "social_organisations"), (40, 19, 1, 60), strict=True):
            yield f"{name},99020200{number},2026-06,{value},个,,"
        yield f"elderly_beds,99020200{number},2026-06,200,张,,"
    yield f"social_organisations,{DISTRICT},2026-06,400,个,,"
    yield f"elderly_beds,{DISTRICT},2026-06,不少于1000,张,,"
    yield f"people_in_difficulty_supported,{DISTRICT},2026-06,近2.5万,人,,"
    yield f"nursing_bed_share,{DISTRICT},2026-06,60,%,,"
    for number in range(1, 6):
        yield f"nursing_beds,99020200{number},2026-06,100,张,,"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    home = tmp_path_factory.mktemp("doubtful")
    file = home / "doubtful.csv"
    file.write_text("\n".join([HEADER, *_rows()]), encoding="utf-8")
    assert set(load(home, "areas", "changes", file).values()) == {0}
    return desk_of(home)


def view(desk, area=DISTRICT, language="en"):
    return desk.selections.of({"area": area, "period": "2026-06"}, language)


def comparison(desk, indicator):
    rows = [row for _, rows in desk.comparisons.of_each([view(desk, STREET)])[0] for row in rows]
    return next(row for row in rows if row.indicator == indicator)


@pytest.mark.parametrize(
    ("indicator", "mark"),
    [("social_organisations", "300 organisations"), ("elderly_beds", "不少于")],
)
def test_no_share_is_given_of_a_total_that_is_in_doubt(desk, indicator, mark):
    row = comparison(desk, indicator)
    assert row.distance == ""
    assert mark in row.district


def test_the_districts_own_scorecard_says_that_its_streets_add_up_to_another_total(desk):
    (card,) = desk.scorecards.of(view(desk))
    table, _ = card_table(card, "en", 20)
    names = [cells[0] for _, cells in table.rows]
    words = dict(zip(names, (row[1] for row in table.words), strict=True))
    assert "300 organisations" in words["Social organisations"]


def test_of_a_contradicted_total_no_remainder_is_drawn(desk):
    chart = desk.figures.chart("organisations/kinds_over_years", view(desk))
    assert [series.name for series in chart.series] == [
        "Social associations",
        "Private non-enterprise units",
        "Foundations",
    ]


def test_the_list_of_all_figures_says_which_are_approximate(desk):
    lines = {line.indicator: line for line in desk.figures.of_topic("assistance", view(desk))}
    assert lines["people_in_difficulty_supported"].status == "approximate, stated with “近”"


def test_a_number_that_is_to_stay_exactly_is_not_asked_for_at_least():
    row = judged(
        {
            "indicator": "social_organisations",
            "kind": "exactly",
            "value": 98,
            "tolerance": 0.01,
            "due": "2026",
            "asked": "2026-09",
            "figures": {"2025-12": 99, "2026-09": 98},
        }
    )
    words = TargetWords(row, catalogue(), areas(), "en")
    assert words.to_do == "to be 98 organisations"


def test_rates_that_disagree_lie_so_many_points_apart(tmp_path, capsys):
    file = tmp_path / "rates.csv"
    rows = [f"elderly_beds,99020200{n},2026-06,200,张,," for n in range(1, 6)]
    rows += [f"nursing_beds,99020200{n},2026-06,100,张,," for n in range(1, 6)]
    rows += [f"nursing_bed_share,{DISTRICT},2026-06,60,%,,"]
    file.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    load(tmp_path, "areas", "changes", file)
    assert "10 points apart" in capsys.readouterr().out


@pytest.mark.parametrize("pattern", sorted(_PATTERNS.values()))
def test_every_pattern_of_a_workbooks_bars_is_one_that_the_writer_knows(pattern):
    assert Shape._get_pattern_properties({"pattern": pattern, "fg_color": "#000000"})
