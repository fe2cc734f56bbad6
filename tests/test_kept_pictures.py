"""Every page has its kept picture in each language, width and theme; no picture is left over."""

from PIL import Image
from visual import DRAWN_BY, PICTURES, SMALL, wanted


def test_every_look_has_a_picture_and_every_picture_its_look():
    looks = {".".join(map(str, one)) for one in wanted(few=False, only=[])}
    kept = {file.name.removesuffix(".webp") for file in PICTURES.glob("*.webp")}
    assert len(looks) > 500 and kept == looks
    assert (PICTURES / DRAWN_BY).read_text("utf-8").count("\n") == 2  # the browser and the font


def test_a_kept_picture_shows_something():
    for file in sorted(PICTURES.glob("overview.*.webp")):
        with Image.open(file) as picture:
            assert picture.width == SMALL[int(file.name.split(".")[2])]
            assert len(picture.convert("RGB").getcolors(1 << 20)) > 100
