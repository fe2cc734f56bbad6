"""The layouts of a bureau's template are chosen by type, then by name, then by their places."""

import io
import zipfile

import pytest
from chart_cases import one_of_each_kind
from pptx import Presentation
from template_files import FOUR_BY_THREE, SIXTEEN_BY_NINE, WPS, template
from test_slides import chart_page, read_back, report, texts
from test_slides_own_template import PAGES, overlapping

from dashboard.catalogue.topics import Kind
from dashboard.exports.slide_layouts import USES, layout_of
from dashboard.exports.slide_template import AGENDA, CHAPTER, CHART, TEXT, TITLE, template_bytes
from dashboard.exports.slides import open_template, slides_bytes
from dashboard.exports.template_files import FOLDER, TemplateError, read_offered
from dashboard.exports.template_preview import preview_of

SIZES = {"4:3": FOUR_BY_THREE, "16:9": SIXTEEN_BY_NINE}


def chosen(content):
    slides = open_template(content)
    return {use: layout_of(slides, use).name for use in USES}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("typed", [True, False], ids=["typed", "untyped"])
def test_layouts_of_any_names_are_known_by_type_or_by_their_places(size, typed):
    found = chosen(template(WPS, size=size, typed=typed))
    assert found[TITLE] == "1_封面（红）"
    assert found[AGENDA] == found[CHART] == found[TEXT] == "内页"
    assert found[CHAPTER] == ("过渡页" if typed else "1_封面（红）")


def test_this_programs_names_win_over_types():
    found = chosen(template({"Title Only": "图表", "Two Content": "Agenda"}))
    assert found[CHART] == "图表" and found[AGENDA] == "Agenda"


def test_a_numbered_copy_of_a_usual_name_is_known():
    found = chosen(template({"Title and Content": "2_标题和内容"}, typed=False))
    assert found[CHART] == "2_标题和内容"


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("names", [WPS, {}], ids=["wps", "usual"])
def test_every_page_has_its_words_and_nothing_lies_over_anything(size, names):
    own = template(names, size=size)
    shown = Presentation(io.BytesIO(slides_bytes(report(*PAGES, mark="演示数据"), own)))
    assert len(shown.slides) == len(PAGES)
    for slide, page in zip(shown.slides, PAGES, strict=True):
        assert page.message in texts(slide) and overlapping(slide) == []
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= shown.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= shown.slide_height


def test_one_layout_with_a_title_is_enough():
    shown = one_of_each_kind()[Kind.LINE]
    content = slides_bytes(report(chart_page(shown)), template(keep=("Title Only",)))
    (slide,) = read_back(content)
    assert shown.headline in texts(slide) and any(shape.has_chart for shape in slide.shapes)


@pytest.mark.fault(
    "files", "a slide template has no usable layout", "refused, with what it must have"
)
def test_a_template_without_a_title_is_refused():
    with pytest.raises(TemplateError) as refused:
        slides_bytes(report(*PAGES), template(keep=("Blank",)))
    assert "标题占位符" in refused.value.message.zh


@pytest.mark.fault(
    "files",
    "a slide template is empty or cut off",
    "refused; the shipped template never takes its place",
)
@pytest.mark.parametrize("cut", [0, 1, 2000])
def test_an_empty_or_broken_file_is_refused_and_never_replaced(tmp_path, cut):
    content = template_bytes()[:cut]
    with pytest.raises(TemplateError):
        slides_bytes(report(), content)
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "own.pptx").write_bytes(content)
    with pytest.raises(TemplateError):
        open_template(read_offered(tmp_path, "own.pptx"))


def test_a_template_without_one_of_its_parts_is_refused():
    whole, broken = template_bytes(), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            if name != "ppt/slideLayouts/slideLayout1.xml":
                new.writestr(name, old.read(name))
    with pytest.raises(TemplateError):
        open_template(broken.getvalue())


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_the_preview_shows_each_use_with_its_places_on_the_slide(size):
    preview = preview_of(template(WPS, size=size))
    assert preview.ratio == pytest.approx(size[0] / size[1], rel=0.01)
    assert [used.use for used in preview.layouts] == list(USES)
    (chart,) = [used for used in preview.layouts if used.use == CHART]
    assert chart.layout == "内页"
    fields = {place.field: place for place in chart.places}
    assert set(fields) == {"title", "subtitle", "sentence", "content", "source", "mark"}
    assert fields["sentence"].is_added and not fields["content"].is_added
    assert fields["content"].height > 0.4
    for used in preview.layouts:
        for place in used.places:
            assert 0 <= place.left and place.left + place.width <= 1.001
            assert 0 <= place.top and place.top + place.height <= 1.001
