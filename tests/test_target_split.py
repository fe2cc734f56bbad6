"""A target split on its page: as the command line splits it, shown before and told after."""

import csv
import io
from datetime import date
from fractions import Fraction

import pytest
from screens import DISTRICT, every, page_layout, tables_of, text_of, written_in

from dashboard.analysis.division import Division
from dashboard.base.settings import read_settings
from dashboard.charts.model.selection import Selection
from dashboard.components.shell import ids
from dashboard.components.targets.target_history import history_card
from dashboard.components.targets.target_split import divided_preview
from dashboard.services.filters import UnknownName
from dashboard.services.front_desk import FrontDesk
from dashboard.services.targets.division import typed_division
from dashboard.store.opening import StoreError

pytestmark = pytest.mark.slow

WORKERS = f"certified_social_workers:{DISTRICT}:2026-12:at_least"
SPENDING = f"social_assistance_spending:{DISTRICT}:2026-12:at_most"
MARRIAGES = f"marriages:{DISTRICT}:2026-12:at_least"
RATIO = f"community_organisations_per_community:{DISTRICT}:2026-12:ratio"
FIRST, SECOND = f"{DISTRICT}001", f"{DISTRICT}002"
WAYS = {
    "last_year": typed_division("last_year", "", {}),
    "evenly": typed_division("evenly", "", {}),
    "indicator:elderly_population": typed_division("indicator", "elderly_population", {}),
    "shares": typed_division("shares", "", {FIRST: "60%", SECOND: " 40 ", f"{DISTRICT}003": ""}),
}


@pytest.fixture
def desk(own_home):
    return FrontDesk(read_settings({"DASHBOARD_HOME": str(own_home), "DASHBOARD_CACHE": "0"}))


@pytest.fixture
def split_by_command(commands, own_home):
    """A function that splits a target as the command line does and returns area → value."""

    def run(name, way):
        given = ["--shares", f"{FIRST}=60", f"{SECOND}=40"] if way == "shares" else ["--by", way]
        code, text = commands(own_home)("targets", "split", name, *given, "--reason", "test")
        assert code == 0, text
        return {row["area"]: float(row["value"]) for row in csv.DictReader(io.StringIO(text))}

    return run


def is_offered(app, name, **query):
    page = page_layout(app, "/targets", area=DISTRICT, period="2026-10", target=name, **query)
    return ids.SPLIT_OPEN in [getattr(part, "id", None) for part in every(page)]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", [WORKERS, SPENDING])
def test_the_parts_shown_are_those_the_command_line_keeps(desk, split_by_command, name, way):
    shown = {one.area: one.value for one in desk.division.divide(name, WAYS[way]).parts}
    assert not [one for one in desk.targets.all() if one.split_from], "looking keeps nothing"
    assert split_by_command(name, way) == shown


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("way", WAYS)
def test_the_rows_printed_add_up_to_the_target_printed(desk, way, language):
    selection = Selection(DISTRICT, None, language=language)
    for name in (WORKERS, SPENDING):
        divided = desk.division.divide(name, WAYS[way])
        (table,) = tables_of(divided_preview(desk, divided, selection))
        columns = [[cell["text"] for cell in row["cells"][-2:]] for row in table["body"]]
        for at in (0, 1):
            printed = [row[at].replace(",", "").rstrip("%") for row in columns]
            *parts, total = [Fraction(one) for one in printed if one != "—"]
            assert sum(parts) == total
            assert total == (100 if at == 0 else Fraction(divided.whole.value))


def test_a_split_is_kept_with_name_and_reason_and_told_in_both_histories(desk):
    divided = desk.division.divide(WORKERS, WAYS["shares"])
    with pytest.raises(StoreError):
        desk.division.keep(divided, "王", " ")
    assert not [one for one in desk.targets.all() if one.split_from]
    kept = desk.division.keep(divided, "王主任", "按人数分")
    assert kept == [one.id for one in divided.parts]
    assert desk.division.keep(divided, "王主任", "again") == []
    selection = Selection(DISTRICT, None)
    told = written_in(history_card(desk, desk.targets.get(WORKERS), selection))
    for words in ("王主任", "按人数分", "东湖街道 690", "西山街道 460"):
        assert words in told
    assert "上级目标的分解" in written_in(history_card(desk, divided.parts[0], selection))
    again = desk.division.divide(WORKERS, Division("shares", {FIRST: 1.0}))
    assert [one.area for one in again.over] == [SECOND]
    assert list(again.before) == [FIRST, SECOND]
    warned = text_of(divided_preview(desk, again, selection))
    assert "1个地区已有这项目标" in warned
    assert "西山街道" in warned
    desk.division.keep(again, "王主任", "并入东湖")
    last = desk.division.changes(WORKERS)[-1]
    assert (last.parts, last.over, last.reason) == ({FIRST: 1150.0}, (SECOND,), "并入东湖")


def test_what_is_missing_to_split_by_is_said_in_words(desk):
    with pytest.raises(StoreError) as raised:
        desk.division.divide(WORKERS, typed_division("indicator", "population", {}))
    assert "东湖街道" in raised.value.text.zh
    assert "2025年12月" in raised.value.text.zh
    assert "Donghu" in raised.value.text.en
    assert "population" not in desk.division.bases(WORKERS)
    for typed in ("四成", "inf", "-1"):
        with pytest.raises((UnknownName, StoreError)) as raised:
            desk.division.divide(WORKERS, typed_division("shares", "", {FIRST: typed}))
        assert raised.value.text.zh.startswith("份额")
    with pytest.raises(StoreError, match="Fill in"):
        typed_division("shares", "", {FIRST: "", SECOND: None})


def test_every_indicator_offered_does_split(desk):
    bases = desk.division.bases(WORKERS)
    assert "elderly_population" in bases
    for one in bases[::10]:
        parts = desk.division.divide(WORKERS, typed_division("indicator", one, {})).parts
        assert sum(part.value for part in parts) == 1150


def test_a_split_is_offered_where_an_area_below_has_no_part_yet(app):
    assert is_offered(app, WORKERS)
    assert not is_offered(app, MARRIAGES), "each street has its part"
    assert not is_offered(app, RATIO), "a rate holds in every street"
    assert not is_offered(app, f"marriages:{FIRST}:2026-12:at_least"), "nothing is below"
    assert not is_offered(app, WORKERS, known=str(date.today())), "an earlier state is only read"
