"""Shows what goes where in a slide template: of each use its layout, and the place of each text."""

from __future__ import annotations

from typing import Any, NamedTuple

from dashboard.exports.slide_layouts import USES, layout_of
from dashboard.exports.slide_places import make_room, places
from dashboard.exports.slide_template import CHART, TITLE
from dashboard.exports.slides import open_template

_WANTED = {
    TITLE: ("title", "subtitle", "content", "mark"),
    CHART: ("title", "subtitle", "sentence", "content", "source", "mark"),
}
_USUAL = ("title", "content", "mark")


class SlideBox(NamedTuple):
    """Where one text or the chart stands: shares of the slide's width and height, 0 to 1.

    ``is_added`` says that the layout has no placeholder for it: a text box is put there.
    """

    field: str
    left: float
    top: float
    width: float
    height: float
    is_added: bool


class UsedLayout(NamedTuple):
    """The layout that a use takes, by its name in the file, and the places on it."""

    use: str
    layout: str
    places: tuple[SlideBox, ...]


class TemplatePreview(NamedTuple):
    """A template: width by height of its slides, and a layout for each of the five uses."""

    ratio: float
    layouts: tuple[UsedLayout, ...]


def preview_of(content: bytes) -> TemplatePreview:
    """What goes where in a template; raises TemplateError for a file that is none."""
    slides = open_template(content)
    used = tuple(_used(slides, use) for use in USES)
    return TemplatePreview(slides.slide_width / slides.slide_height, used)


def _used(slides: Any, use: str) -> UsedLayout:  # noqa: ANN401 - python-pptx carries no types
    layout: Any = layout_of(slides, use)  # there is one: the template was opened
    slide = slides.slides.add_slide(layout)
    shapes, wanted = places(slide), _WANTED.get(use, _USUAL)
    own = set(shapes)
    make_room(slides, slide, shapes, set(wanted) - {"content"})
    wide, high = slides.slide_width, slides.slide_height
    found = tuple(
        SlideBox(
            name,
            shape.left / wide,
            shape.top / high,
            shape.width / wide,
            shape.height / high,
            name not in own,
        )
        for name in wanted
        if (shape := shapes.get(name)) is not None
    )
    return UsedLayout(use, layout.name, found)
