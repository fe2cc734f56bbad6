"""The bureau's logo: what is a picture is shown, what is not stops the start with a sentence."""

import io

import pytest
from PIL import Image

from dashboard.base.settings import SettingsError, read_settings
from dashboard.components.logo import ADDRESS, LARGEST, SETTING, read_logo

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 32">{}</svg>'


def picture(kind, size=(96, 32)):
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind)
    return out.getvalue()


def stored_logo(folder, name, content):
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return file


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("mark.png", picture("PNG"), "image/png"),
        ("mark.jpg", picture("JPEG"), "image/jpeg"),
        ("really-a-png.svg", picture("PNG"), "image/png"),
        ("mark.svg", SVG.format('<rect width="9" height="9"/>'), "image/svg+xml"),
    ],
)
def test_a_picture_is_known_by_its_content_not_its_name(tmp_path, name, content, kind):
    logo = read_logo(stored_logo(tmp_path, name, content))
    assert (logo.kind, logo.shape) == (kind, 3.0)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("page.png", "<html><body>no</body></html>", "PNG, JPEG or SVG"),
        ("words.png", "no picture at all", "PNG, JPEG or SVG"),
        ("half.png", picture("PNG")[:60], "cannot be read"),
        ("empty.png", b"", "1 byte"),
        ("big.png", picture("PNG") + b"\0" * LARGEST, "KiB"),
        ("long.png", picture("PNG", (900, 30)), "times as wide"),
        ("wide.png", picture("PNG", (3000, 2000)), "pixels"),
        ("moving.gif", picture("GIF"), "PNG, JPEG or SVG"),
        ("script.svg", SVG.format("<script>alert(1)</script>"), "<script>"),
        ("event.svg", SVG.format('<g onload="alert(1)"/>'), "events"),
        ("other.svg", SVG.format('<image href="http://example.org/x.png"/>'), "no other file"),
        ("entity.svg", '<!DOCTYPE svg [<!ENTITY a "a">]>' + SVG.format("&a;"), "document type"),
        ("broken.svg", "<svg><g></svg>", "cannot be read"),
    ],
)
def test_what_is_no_safe_picture_is_refused_with_the_name_of_the_setting(
    tmp_path, name, content, why
):
    file = stored_logo(tmp_path, name, content)
    with pytest.raises(SettingsError) as refused:
        read_logo(file)
    assert str(refused.value).startswith(f"{SETTING}={file}") and why in str(refused.value)


def test_a_logo_that_is_not_there_is_named(tmp_path):
    chosen = read_settings({"DASHBOARD_LOGO": str(tmp_path / "none.png")})
    with pytest.raises(SettingsError, match=SETTING):
        read_logo(chosen.logo)


def test_the_mark_is_served_under_one_path_and_can_do_nothing(app):
    answer = app.server.test_client().get(ADDRESS)
    assert answer.status_code == 200 and answer.mimetype == "image/svg+xml"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
