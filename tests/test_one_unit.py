"""One unit per column: whatever the sizes, the figures of one column are read in one unit."""

import re
from itertools import product

import pytest
from chart_cases import AREAS, DEMO, chart, figure, spec

from dashboard.catalogue.topics import Kind
from dashboard.charts.model.chart import CellRole

SIZES = {
    "dibao_spending": (4_450.0, 10_050.0, 30_867_450.0, 99_995_000.0, 320_000_000.0),
    "dibao_persons": (3.0, 950.0, 10_050.0, 99_999.0, 1_234_567.0),
}


def of_streets(name):
    """Amounts of very different size by street, this September and the last."""
    codes = [area.code for area in AREAS.children(DEMO)]
    return [
        figure(name, code, (year, 9), value * share)
        for code, value in zip(codes, SIZES[name], strict=False)
        for year, share in ((2025, 0.8), (2026, 1.0))
    ]


def columns_of(table):
    """The facts, numbers and texts of each column but the first, downwards."""
    for column in range(1, len(table.columns)):
        yield [
            (facts[column], numbers[column], cells[column])
            for facts, numbers, (_, cells) in zip(
                table.facts, table.numbers, table.rows, strict=True
            )
        ]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("kind", "name"), product(Kind, SIZES))
def test_the_amounts_of_a_column_are_in_one_unit(kind, name, language):
    drawn = chart(spec(kind, name), of_streets(name), DEMO, (2026, 9), language=language)
    for column in columns_of(drawn.table):
        amounts = [
            (fact.value, shown, text)
            for fact, shown, text in column
            if fact.role in (CellRole.COUNT, CellRole.AMOUNT) and fact.value and shown
        ]
        factors = {round(value / shown) for value, shown, _ in amounts}
        assert len(factors) <= 1, amounts
        places = {len(text.partition(".")[2]) for *_, text in amounts}
        assert len(places) <= 1, amounts
        assert not any(re.search(r"[万亿a-z]", text) for *_, text in amounts), "the heading says it"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_side_by_side_an_indicator_is_in_one_unit(tmp_path, language):
    from stores import WHEN, arrival, stated

    from dashboard.base.settings import read_settings
    from dashboard.services.front_desk import FrontDesk
    from dashboard.store.record import record

    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(tmp_path)}))
    codes = [area.code for area in desk.areas().children(DEMO)][:5]
    figures = [
        stated(value, name, code)
        for name, values in SIZES.items()
        for code, value in zip(codes, values, strict=True)
    ]
    record(desk.context.engine, [arrival(*figures, area=DEMO)], WHEN)
    selection = desk.selections.of({"area": DEMO, "period": "2024-09"}, language)
    topics = desk.side_by_side.rows(codes, "", selection)
    rows = {row.indicator.id: row.cells for _, rows in topics for row in rows}
    assert set(rows) >= {"dibao_persons"}
    for name, cells in rows.items():
        assert len({cell.tile.unit for cell in cells}) == 1, name
        assert all(cell.tile.value.strip("0.,") for cell in cells), "none is printed as nought"
