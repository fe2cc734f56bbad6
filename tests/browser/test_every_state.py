"""Every state of a page, pages without scripts, settings of the system: without barriers.

Every third state is opened; languages, themes and widths take turns, so that every one occurs. With
EVERYWHERE=1 in the environment (``make access``) all are asked in every language, theme and width.
"""

from itertools import product

import pytest
from barriers import disorder, foreign, lost, too_wide, untold, violations
from everywhere import (
    ALL,
    LANGUAGES,
    PAGES,
    PLAIN,
    THEMES,
    WIDTHS,
    address,
    in_turn,
    prepared,
    use_theme,
    visit,
)
from states import FADED, STATES

ASKED_STATES = list(STATES)[:: 1 if ALL else 3]
WAYS = list(product(LANGUAGES, WIDTHS))


@pytest.fixture(scope="module")
def pages(app):
    """Every page's address by its name, with an agenda and a receipt."""
    return PAGES | prepared(app.desk)


@pytest.mark.parametrize(("state", "language", "width"), in_turn(ASKED_STATES, WAYS))
def test_a_state_is_without_barriers(tab, pages, tmp_path, state, language, width):
    one, at = STATES[state], ASKED_STATES.index(state)
    themes = THEMES if ALL else [THEMES[at % len(THEMES)]]
    tab.set_viewport_size({"width": one.width or width, "height": 900})
    use_theme(tab, themes[0])
    one.open(tab, language, pages, tmp_path)
    found = foreign(tab) + untold(tab)
    for theme in themes:
        use_theme(tab, theme)
        tab.wait_for_function(FADED)
        found += [f"{theme}: {what}" for what in violations(tab)]
    if ALL and "present=1" not in one.path and "print=1" not in one.path:
        found += too_wide(tab, 320)
    if one.undo:
        one.undo(tab)
    assert not found, "\n".join(found)


def test_what_a_reader_has_set_in_the_system_holds(tab):
    use_theme(tab, "auto")
    tab.emulate_media(reduced_motion="reduce", forced_colors="active", color_scheme="dark")
    visit(tab, "/targets", "zh")
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
    tab.hover("a.status-chip")
    moving = "document.getAnimations().filter(one => one.playState === 'running').length"
    assert tab.evaluate(moving) == 0
    assert tab.evaluate("matchMedia('(forced-colors: active)').matches")
    borders = tab.locator(".status-pill, a.status-chip").evaluate_all(
        "all => all.map(e => parseFloat(getComputedStyle(e).borderTopWidth))"
    )
    assert borders and min(borders) >= 1, "a status loses its shape where grounds are taken away"
    found = violations(tab)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("name", "language"), in_turn(PLAIN, [(one,) for one in LANGUAGES]))
def test_a_page_without_scripts_has_no_barriers(tab, name, language):
    tab.goto(address(PLAIN[name], language))
    assert tab.get_attribute("html", "lang") == LANGUAGES[language]
    found = disorder(tab) + violations(tab) + foreign(tab) + (lost(tab) if ALL else [])
    assert not found, "\n".join(found)
