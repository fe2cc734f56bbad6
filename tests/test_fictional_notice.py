"""Fictional figures are named on their area's pages, whatever somebody hands in beside them."""

import pytest

from dashboard.base.settings import read_settings
from dashboard.components.shell.shell import notices
from dashboard.services.front_desk import FrontDesk

pytestmark = pytest.mark.slow
OWN = "indicator,area,period,value,unit\ndibao_persons,990101,2026-11,4000,人\n"


@pytest.mark.parametrize("path", ["/", "/targets", "/topic/marriage"])
def test_a_figure_of_ones_own_makes_a_fictional_district_no_real_one(
    command, own_home, tmp_path, path
):
    file = tmp_path / "own.csv"
    file.write_text(OWN, "utf-8")
    code, text = command("load", file, "--note", "试交")
    assert code == 0, text
    desk = FrontDesk(read_settings({"DASHBOARD_HOME": str(own_home)}))
    own = desk.selections.of({"area": "990101", "period": "2026-11"}, "zh")
    real = desk.selections.of({"area": "370113", "period": "2023-12"}, "zh")
    assert not desk.figures.freshness(own).is_demo
    assert "notice-demo" in str(notices(desk, path, own))
    assert "notice-demo" not in str(notices(desk, path, real))
