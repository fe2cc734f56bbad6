"""Pages that the server writes in full: without barriers, in every theme, on a phone too."""

import pytest
from barriers import disorder, foreign, too_wide, violations
from everywhere import use_theme

FORM = "/hand-ins/form?area=990101001&form=form:JZH01&period=2026-11"
PAGES = (FORM, "/hand-ins/form", "/hand-ins", "/markings", "/access/users", "/access/audit")
VIEWS = (("zh", "light", 1440), ("en", "dark", 390), ("en", "projector", 1440), ("zh", "dark", 390))


@pytest.mark.parametrize(("language", "theme", "width"), VIEWS)
def test_pages_of_the_server_have_no_barriers(page, language, theme, width):
    page.set_viewport_size({"width": width, "height": 900})
    use_theme(page, theme)
    barriers = []
    for path in PAGES:
        page.goto(f"{path}{'&' if '?' in path else '?'}lang={language}")
        found = [*violations(page), *disorder(page), *foreign(page), *too_wide(page, width)]
        barriers += [f"{path}: {barrier}" for barrier in found]
    assert not barriers, "\n".join(barriers)


def test_the_buttons_of_a_long_form_stay_in_sight_and_hide_no_field(page):
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(f"{FORM}&lang=zh")
    assert page.locator(".acts button[value=hand_in]").is_visible()
    fields = page.locator(".form-lines input")
    for number in (8, 15):
        fields.nth(number).focus()
        box = fields.nth(number).bounding_box()
        bar = page.locator(".acts").bounding_box()
        assert box["y"] + box["height"] <= bar["y"] and box["x"] + box["width"] <= 390
