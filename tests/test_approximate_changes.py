"""The growth of approximate figures is approximate itself, wherever it is read."""

import pytest
from chart_cases import AREAS, CATALOGUE, DEMO, SOURCES, figure, points, spec
from test_marks import PAGES

from dashboard.catalogue.periods import Period
from dashboard.catalogue.topics import Transform
from dashboard.charts.build import build_chart
from dashboard.charts.kinds.tiles import build_tile
from dashboard.charts.model.selection import Selection
from dashboard.charts.text.narrative import narrate
from dashboard.charts.text.narrative_phrases import plain_text

FROM, TO = "990101001", "990101002"


def approximate(now="多", then="约", value=40_000.0):
    """Two years of the district's marriages: 约3万 and 4万多."""
    first = figure("marriages", DEMO, (2022, 12), 30_000.0)._replace(qualifier=then)
    last = figure("marriages", DEMO, (2023, 12), value)._replace(qualifier=now)
    return points([first, last])


def drawn(known, language="zh", transform=Transform.VALUE, kind="line"):
    selection = Selection(DEMO, Period(2023, 12), language=language)
    declared = spec(kind, "marriages", transform=transform)
    return build_chart(declared, selection, known, CATALOGUE, AREAS, SOURCES)


@pytest.mark.slow
@pytest.mark.parametrize("page", list(PAGES))
@pytest.mark.parametrize("qualifiers", [("多", "约"), ("", "约"), ("多", "")])
def test_the_growth_says_that_it_is_approximate_on_every_page(page, qualifiers):
    text = PAGES[page](drawn(approximate(*qualifiers)))
    assert "、增长约33.3%" in text and "同比增加约" in text
    assert "增长33.3%" not in text


def test_the_growth_of_exact_figures_is_printed_as_it_is():
    assert "、增长33.3%" in drawn(approximate("", "")).sentence


def test_the_table_and_the_hover_qualify_it_too():
    chart = drawn(approximate())
    cells = [cell for _, cells in chart.table.rows for cell in cells]
    assert "约+33.3%" in cells and "+33.3%" not in cells
    assert any("约增长" in word for words in chart.table.words for word in words)
    assert "约+33.3%" in chart.series[0].hover[-1]


def test_english_says_about():
    chart = drawn(approximate(), "en")
    assert "or about 33.3%, year on year" in chart.sentence
    assert "about unchanged" in drawn(approximate(value=30_000.0), "en").sentence


@pytest.mark.parametrize(("language", "said"), [("zh", "、增长约33.3%"), ("en", "about 33.3%")])
def test_the_text_for_a_report_qualifies_it(language, said):
    selection = Selection(DEMO, Period(2023, 12), language=language)
    paragraphs = narrate(approximate("", "约"), ["marriages"], selection).paragraphs
    assert said in "".join(map(plain_text, paragraphs))


def test_no_title_states_the_difference_of_approximate_figures():
    assert drawn(approximate("", "约")).finding == ""
    assert drawn(approximate("", "")).finding != ""


def test_a_chart_of_changes_marks_those_of_approximate_figures():
    chart = drawn(approximate("", "约"), transform=Transform.YEAR_ON_YEAR)
    assert "approximate" in chart.series[0].marked(len(chart.series[0].values) - 1)


def test_the_tile_qualifies_its_change():
    tile = build_tile(approximate(), "marriages", Selection(DEMO, Period(2023, 12)))
    assert "约+33.3%" in tile.change
    assert tile.short == "约+33.3%"


def test_a_change_split_into_its_parts_is_approximate_too():
    streets = []
    for code, (before, after) in {FROM: (3000.0, 4000.0), TO: (2000.0, 2500.0)}.items():
        streets.append(figure("marriages", code, (2022, 12), before)._replace(qualifier="多"))
        streets.append(figure("marriages", code, (2023, 12), after))
    sentence = drawn(points(streets), kind="waterfall").sentence
    assert "由约5,000对变为6,500对，增加约1,500对" in sentence
