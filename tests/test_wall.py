"""The wall screen: targets off pace, streets by targets behind, a figure a topic, no controls."""

import pytest
from screens import DISTRICT, named, page_layout, text_of

from dashboard.analysis.off_pace import OFF_PACE

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_wall_names_what_is_behind_and_has_nothing_to_press(app, language):
    page = page_layout(app, "/screen", area=DISTRICT, period="2026-10", lang=language)
    with app.server.test_request_context("/"):
        rows = app.desk.targets.progress(DISTRICT, "2026-10")
    behind = sum(row.status in OFF_PACE for row in rows)
    (heading,) = named(page, "H1")
    assert str(len(rows)) in text_of(heading)
    assert str(behind) in text_of(heading)
    assert not [*named(page, "A"), *named(page, "Button"), *named(page, "Input")]


def test_the_wall_of_an_area_without_targets_is_its_name_and_its_figures(app):
    page = page_layout(app, "/screen", area="000000", lang="zh")
    (heading,) = named(page, "H1")
    assert text_of(heading) == "全国"
