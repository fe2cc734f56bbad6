"""The wall screen: declared pages, targets off pace, streets, figures, no controls."""

import pytest
from screens import DISTRICT, named, page_layout, text_of

from dashboard.analysis.off_pace import OFF_PACE
from dashboard.catalogue.catalogue_rows import CatalogueError
from dashboard.catalogue.wall_pages import Wall, WallCard, read_wall
from dashboard.components.wall_cards import short_names

PAGE = '[[pages]]\ncards = ["changes"]\nfigures = ["marriages"]\n'


def declared(folder, text):
    (folder / "wall.toml").write_text(text, encoding="utf-8")
    return read_wall([folder.parent, folder], {"marriages"})


def test_a_bureaus_own_wall_replaces_the_shipped_one(tmp_path):
    wall = declared(tmp_path, "seconds = 20\n" + PAGE)
    assert (wall.seconds, wall.refresh) == (20, Wall().refresh)
    assert wall.pages[0].cards == (WallCard.CHANGES,)
    assert wall.pages[0].figures == ("marriages",)


@pytest.mark.parametrize(
    ("text", "named_in_it"),
    [
        ("seconds = -1\n" + PAGE, "seconds"),
        ("seconds = true\n" + PAGE, "seconds"),
        ("minutes = 3\n" + PAGE, "minutes"),
        ("seconds = 3\n", "[[pages]]"),
        ('[[pages]]\ncards = ["weather"]\n', "weather"),
        ("[[pages]]\ncards = []\n", "cards"),
        ('[[pages]]\ncards = ["targets"]\nfigures = ["moon"]\n', "moon"),
        ("[[pages]\n", "wall.toml"),
    ],
)
def test_a_wall_that_cannot_be_drawn_is_refused_with_its_place(tmp_path, text, named_in_it):
    with pytest.raises(CatalogueError) as refused:
        declared(tmp_path, text)
    assert named_in_it in refused.value.text.zh
    assert "wall.toml" in refused.value.text.en


def test_streets_are_called_by_their_short_names_unless_two_are_alike():
    class Names:
        def name_of(self, code, language):
            return {"1": "东湖街道", "2": "东湖镇", "3": "西山街道", "4": "镇"}[code]

    assert short_names(Names(), ["1", "3", "4"], "zh") == {"1": "东湖", "3": "西山", "4": "镇"}
    assert short_names(Names(), ["1", "2"], "zh") == {"1": "东湖街道", "2": "东湖镇"}


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_wall_names_what_is_behind_and_has_nothing_to_press(app, language):
    page = page_layout(app, "/screen", area=DISTRICT, period="2026-10", lang=language)
    with app.server.test_request_context("/"):
        rows = app.desk.targets.progress(DISTRICT, "2026-10")
        pages = len(app.desk.catalogue.wall.pages)
    behind = sum(row.status in OFF_PACE for row in rows)
    headings = named(page, "H1")
    assert len(headings) == pages
    assert str(len(rows)) in text_of(headings[0])
    assert str(behind) in text_of(headings[0])
    assert not [*named(page, "A"), *named(page, "Button"), *named(page, "Input")]


@pytest.mark.slow
def test_the_wall_of_an_area_without_targets_is_its_name_and_its_figures(app):
    page = page_layout(app, "/screen", area="000000", lang="zh")
    headings = named(page, "H1")
    assert {text_of(heading) for heading in headings} == {"全国"}
    assert named(page, "H2")
    assert "目标" not in text_of(page)


@pytest.mark.slow
def test_the_address_says_how_long_a_page_stands(app):
    page = page_layout(app, "/screen", area=DISTRICT, lang="zh", turn="25")
    (main,) = named(page, "Main")
    assert getattr(main, "data-seconds") == "25"
