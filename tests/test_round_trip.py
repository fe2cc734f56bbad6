"""What leaves comes back: figures that were printed are read again as the same figures."""

import contextlib
import io
from collections import Counter

import pytest
from sheets import areas, catalogue

from dashboard.__main__ import main
from dashboard.forms.read import read_sheets
from dashboard.forms.recognise import Hints, recognise
from dashboard.forms.tidy import tidy
from dashboard.settings import read_settings
from dashboard.store.observations import Query, read_figures
from dashboard.store.opening import open_store


def read_back(name, content):
    (sheet,) = read_sheets(name, content)
    found = recognise(sheet, catalogue(), areas(), Hints())
    return found.layout, tidy(sheet, found, catalogue(), areas())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_listed_figures_load_again_as_a_plain_table(own_home, monkeypatch, language):
    monkeypatch.setenv("DASHBOARD_HOME", str(own_home))
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        assert main(["observations", "--grade", "report", "--lang", language]) == 0
    layout, tidied = read_back("figures.csv", printed.getvalue().encode())
    assert (layout, tidied.findings) == ("tidy", ())
    engine = open_store(read_settings().database_url)
    kept = read_figures(engine, Query(grades=["report"]))
    engine.dispose()
    assert len(kept) > 300
    assert Counter((one.key, one.value, one.since) for one in tidied.observations) == Counter(
        ((one.indicator, one.area, one.period.key, one.kind), one.value, one.since) for one in kept
    )
