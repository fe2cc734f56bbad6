"""Every picture that visual.py lists is stored, and no other; each kind of page is listed."""

import pytest
from everywhere import PAGES, THEMES, TOPICS
from looks import SMALL
from PIL import Image
from visual import DRAWN_BY, LOOKS, PICTURES

STORED = pytest.mark.skipif(
    not (PICTURES / DRAWN_BY).exists(), reason="no pictures are stored yet: make visual-update"
)


@STORED
def test_every_listed_picture_is_stored_and_no_other():
    assert {file.name for file in PICTURES.glob("*.webp")} == {look.file for look in LOOKS}
    assert (PICTURES / DRAWN_BY).read_text("utf-8").count("\n") == 2  # the browser and the font


@STORED
def test_a_stored_picture_shows_something():
    for look in LOOKS:
        with Image.open(PICTURES / look.file) as picture:
            assert picture.width == SMALL[look.width]
            assert len(picture.convert("RGB").getcolors(1 << 20)) > 100, look.file


def test_each_kind_of_page_is_listed_and_every_theme_width_and_language():
    assert len(LOOKS) == len(set(LOOKS)) < 60
    listed = {look.page for look in LOOKS}
    assert set(PAGES) - set(TOPICS) <= listed  # topics are one kind of page
    assert listed & set(TOPICS)
    assert {look.theme for look in LOOKS} == set(THEMES)
    assert {look.width for look in LOOKS} == set(SMALL)
    assert {look.language for look in LOOKS} == {"zh", "en"}
