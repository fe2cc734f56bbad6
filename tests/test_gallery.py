"""The gallery shows every kind of chart, in both languages, and its pictures are small."""

import re

import pytest
from PIL import Image

from dashboard.base.settings import ROOT
from dashboard.catalogue.topics import Kind

DOCS = ROOT / "docs"
PICTURES = DOCS / "images" / "gallery"
GALLERIES = {"en": DOCS / "gallery.md", "zh": DOCS / "gallery.zh-CN.md"}
MOST, MOST_OF_ALL = 60_000, 1_500_000  # bytes


@pytest.mark.parametrize("language", GALLERIES)
@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_its_use_and_a_picture(kind, language):
    text = GALLERIES[language].read_text(encoding="utf-8")
    parts = re.split(r"(?m)^## ", text)
    (part,) = [one for one in parts if f"images/gallery/{kind}-{language}.webp" in one]
    assert f"`{kind}`" in part
    assert len(re.sub(r"\s", "", part)) > (120 if language == "zh" else 220)
    with Image.open(PICTURES / f"{kind}-{language}.webp") as picture:
        assert 600 <= picture.width <= 800 and picture.height >= 200


def test_the_pictures_are_small_and_all_are_shown():
    shown = {
        name
        for file in GALLERIES.values()
        for name in re.findall(r"gallery/([\w-]+\.webp)", file.read_text(encoding="utf-8"))
    }
    sizes = {file.name: file.stat().st_size for file in PICTURES.glob("*.webp")}
    assert set(sizes) == shown
    assert max(sizes.values()) <= MOST and sum(sizes.values()) <= MOST_OF_ALL


def test_both_galleries_tell_of_the_same_kinds_in_the_same_order():
    orders = [
        re.findall(r"gallery/(\w+)-", file.read_text(encoding="utf-8"))
        for file in GALLERIES.values()
    ]
    assert orders[0] == orders[1] and len(orders[0]) == len(Kind)
