"""Components: shares only where they make up their total, and never more than can be told apart."""

import pytest
from chart_cases import CATALOGUE, DEMO, YEAR, chart, figure, spec

from dashboard.catalogue.concepts import Part
from dashboard.charts.model.chart import SHARE_MARK
from dashboard.charts.plotly.bars import share_bars
from dashboard.charts.plotly.theme import SCREEN
from dashboard.exports.native_charts import parts


def parts_of_associations(foundations):
    figures = [
        figure("social_associations", DEMO, YEAR, 60.0),
        figure("private_nonenterprise_units", DEMO, YEAR, 40.0),
        figure("social_organisations", DEMO, YEAR, 110.0),
    ]
    return figures + ([figure("foundations", DEMO, YEAR, foundations)] if foundations else [])


def test_shares_are_given_where_the_components_are_complete():
    drawn = chart(
        spec("composition", "social_organisations"), parts_of_associations(10.0), period=YEAR
    )
    assert drawn.series[0].labels == ("60 · 54.5%", "40 · 36.4%", "10 · 9.1%")
    assert sum(row[2] for row in drawn.table.numbers) == pytest.approx(100)


def test_amounts_without_shares_are_given_where_components_are_missing():
    drawn = chart(
        spec("composition", "social_organisations"), parts_of_associations(None), period=YEAR
    )
    assert drawn.series[0].labels == ("60", "40")
    assert len(drawn.table.columns) == 2
    assert any("基金会" in note for note in drawn.notes)
    assert "占" not in drawn.sentence


def test_components_that_exceed_their_total_get_no_shares():
    drawn = chart(
        spec("composition", "social_organisations"), parts_of_associations(30.0), period=YEAR
    )
    assert any("超出" in note and "20" in note for note in drawn.notes)
    assert len(drawn.table.columns) == 2


def test_a_stack_shows_five_components_and_the_rest_as_other():
    total, children = max(
        ((name, CATALOGUE.children(name, Part.COMPONENT)) for name in CATALOGUE.indicators),
        key=lambda pair: len(pair[1]),
    )
    assert len(children) > 5
    figures = [
        figure(child.id, DEMO, YEAR, 1e6 * place) for place, child in enumerate(children, start=1)
    ]
    whole = sum(f.value for f in figures)
    figures.append(figure(total, DEMO, YEAR, whole))
    drawn = chart(spec("stacked", total), figures, period=YEAR)
    assert len(drawn.series) == 6
    assert drawn.series[-1].name == "其他"
    assert sum(series.values[0] for series in drawn.series) == pytest.approx(whole)


def test_what_no_component_explains_is_said_to_be_unexplained():
    drawn = chart(spec("stacked", "social_organisations"), parts_of_associations(None), period=YEAR)
    assert drawn.series[-1].values == (10.0,)
    assert "未列" in drawn.series[-1].name


def test_a_composition_prints_amount_and_share_on_screen_and_slide_alike():
    drawn = chart(
        spec("composition", "social_organisations"), parts_of_associations(10.0), period=YEAR
    )
    on_screen = [one["text"] for one in share_bars(drawn, SCREEN)["layout"]["annotations"]]
    assert all(any(label in text for text in on_screen) for label in drawn.series[0].labels)
    xml = parts(drawn).xml.decode()
    shares = [label.partition(SHARE_MARK)[2] for label in drawn.series[0].labels]
    assert all(f'{share}"' in xml.replace("&quot;", '"') for share in shares)
