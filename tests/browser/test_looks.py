"""Pages look as they did: what has changed is noticed and named, and what has not is left alone."""

import subprocess
import sys

import pytest
from everywhere import use_theme, visit
from looks import SMALL, as_stored, changes, small
from visual import reason_not_to_compare

from dashboard.base.settings import ROOT

PARTS = 3
WIDTH = 1440
PLACE = "(selector) => document.querySelector(selector).getBoundingClientRect().toJSON()"
CHIP = ".targets .status-pill"


def taken(page):
    return small(page.screenshot(animations="disabled"), WIDTH)


def holds(region, place):
    """Whether the region lies over the place, and is not the whole page."""
    return (
        region.left <= place["right"]
        and region.right >= place["left"]
        and region.top <= place["bottom"]
        and region.bottom >= place["top"]
        and (region.bottom - region.top) < place["height"] + 100
    )


def test_a_changed_colour_and_a_shifted_block_are_noticed_where_they_are(page):
    use_theme(page, "light")
    visit(page, "/targets", "zh")
    before = as_stored(taken(page))
    assert changes(before, taken(page), WIDTH) == []

    chip = page.evaluate(PLACE, CHIP)
    style = page.add_style_tag(
        content=f"{CHIP} {{ background: var(--primary) !important; color: white !important }}"
    )
    recoloured = changes(before, as_stored(taken(page)), WIDTH)
    assert any(holds(region, chip) for region in recoloured), recoloured
    style.evaluate("e => e.remove()")

    block = page.evaluate(PLACE, "main h1")
    style = page.add_style_tag(content="main h1 { position: relative; left: 8px }")
    shifted = changes(before, as_stored(taken(page)), WIDTH)
    assert shifted and all(holds(region, block) for region in shifted), shifted
    style.evaluate("e => e.remove()")

    style = page.add_style_tag(content="* { text-rendering: geometricPrecision }")
    assert changes(before, as_stored(taken(page)), WIDTH) == []
    style.evaluate("e => e.remove()")
    higher = before.resize((before.width, before.height + 12))
    higher.paste(before, (0, 0))
    assert [one.top for one in changes(before, higher, WIDTH)] == [
        round(before.height * WIDTH / SMALL[WIDTH])
    ]


@pytest.mark.parametrize("part", range(1, PARTS + 1))
def test_pages_look_as_in_their_stored_pictures(part, own_home):
    """In another process, since there the day is fixed and a process has one app."""
    if reason := reason_not_to_compare():
        pytest.skip(reason)
    compared = subprocess.run(
        [
            sys.executable,
            ROOT / "tests" / "visual.py",
            f"--part={part}/{PARTS}",
            "--home",
            own_home,
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert compared.returncode == 0, compared.stdout + compared.stderr
