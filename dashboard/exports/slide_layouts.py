"""Chooses the layouts of a slide template: one for each of the five uses, whatever their names.

A layout that bears this program's name of a use is taken first, then one of the type that
PowerPoint and WPS write into the file (title, object, section header), then one with their usual
name, then the one whose placeholders fit. A template without any layout with a title has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER

from dashboard.exports.slide_template import AGENDA, CHAPTER, CHART, NAMES, TEXT, TITLE

_Layout = Any  # python-pptx carries no types
USES = (TITLE, AGENDA, CHAPTER, CHART, TEXT)
# The types of layouts in the file format, best first.
_TYPES = {
    TITLE: ("title",),
    AGENDA: ("obj", "tx"),
    CHAPTER: ("secHead", "title"),
    CHART: ("obj", "titleOnly", "tx"),
    TEXT: ("obj", "tx"),
}
# The names that PowerPoint and WPS give their layouts, best first.
_USUAL = {
    TITLE: ("title slide", "标题幻灯片", "标题"),
    AGENDA: ("title and content", "标题和内容", "标题与内容"),
    CHAPTER: ("section header", "节标题", "title slide", "标题幻灯片"),
    CHART: ("title and content", "标题和内容", "标题与内容", "title only", "仅标题"),
    TEXT: ("title and content", "标题和内容", "标题与内容"),
}
_COPY = re.compile(r"^\d+_")  # what a program puts before the name of a layout that it copies
_HEADS = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_CONTENTS = (
    PP_PLACEHOLDER.OBJECT,
    PP_PLACEHOLDER.BODY,
    PP_PLACEHOLDER.CHART,
    PP_PLACEHOLDER.TABLE,
)
_ROOMY = 0.3  # of the slide that a place for content takes at least


def layout_of(slides: Any, use: str) -> _Layout | None:  # noqa: ANN401 - no types
    """The template's layout for one of USES, None where no layout has a title."""
    titled = [layout for layout in _layouts(slides) if _title_of(layout) is not None]
    for fits in _tests(slides, use):
        found = next((layout for layout in titled if fits(layout)), None)
        if found is not None:
            return found
    return titled[0] if titled else None


def _layouts(slides: Any) -> list[_Layout]:  # noqa: ANN401
    """The layouts of all masters: a file that was put together from two has two."""
    return [layout for master in slides.slide_masters for layout in master.slide_layouts]


def _tests(slides: Any, use: str) -> Iterator[Callable[[_Layout], bool]]:  # noqa: ANN401
    """What makes a layout fit for a use, best first."""
    names, types, usual = (use.casefold(), NAMES[use]), _TYPES[use], _USUAL[use]
    yield from (_named([name]) for name in names)
    for kind in types:
        yield _typed(kind, usual)
        yield _typed(kind)
    yield from (_named([name]) for name in usual)
    if use in (TITLE, CHAPTER):
        yield lambda layout: _kind(_title_of(layout)) is PP_PLACEHOLDER.CENTER_TITLE
        yield lambda layout: _has(layout, [PP_PLACEHOLDER.SUBTITLE])
    else:
        room = _ROOMY * slides.slide_width * slides.slide_height
        yield lambda layout: _largest(layout) >= room
        yield lambda layout: _kind(_title_of(layout)) is PP_PLACEHOLDER.TITLE


def _named(names: Iterable[str]) -> Callable[[_Layout], bool]:
    wanted = set(names)
    return lambda layout: _COPY.sub("", layout.name.strip().casefold()) in wanted


def _typed(kind: str, names: Iterable[str] = ()) -> Callable[[_Layout], bool]:
    """Whether a layout is of this type, and of one of these names where there are any."""
    is_named = _named(names) if names else None
    return lambda layout: _type_of(layout) == kind and (is_named is None or is_named(layout))


def _type_of(layout: _Layout) -> str:
    """The type that the file gives a layout, "" for one of a person's own."""
    return str(layout._element.get("type") or "")


def _kind(place: Any) -> Any:  # noqa: ANN401
    return place.placeholder_format.type if place is not None else None


def _title_of(layout: _Layout) -> Any:  # noqa: ANN401
    """The layout's place for a title; None where it has none."""
    return next((place for place in layout.placeholders if _kind(place) in _HEADS), None)


def _has(layout: _Layout, kinds: Iterable[Any]) -> bool:
    return any(_kind(place) in kinds for place in layout.placeholders)


def _largest(layout: _Layout) -> int:
    """How large the layout's largest place for content is, in square EMU."""
    sizes = (
        (place.width or 0) * (place.height or 0)
        for place in layout.placeholders
        if _kind(place) in _CONTENTS
    )
    return max(sizes, default=0)
