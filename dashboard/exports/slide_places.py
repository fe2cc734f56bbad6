"""Finds where a layout has room for what a slide says: its placeholders, and boxes beside them.

A bureau's template need not know this program: what a layout has no placeholder for (a chart's
sentence, its source, the demo mark) gets a text box cut from the edge of the content's place.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import ceil
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from dashboard.charts.plotly.theme import SCREEN
from dashboard.exports.native_charts import Box, colour
from dashboard.exports.table_shape import drawn_width, half_width, lines_of, width_of

FIELDS = ("title", "subtitle", "sentence", "content", "source", "mark", "page")
# Of a text box: its share of the slide's height, type size in points, whether it lies at the top.
_BOXES = {
    "subtitle": (0.055, 14, True),
    "sentence": (0.115, 16, True),
    "source": (0.055, 10, False),
    "mark": (0.055, 10, False),
}
# No slide is drawn to measure it: widths and heights are estimated, rather too large, in points.
_SIGN = 0.53  # width of a half-width sign in its type size: half of it, and a reserve
_LINE = 1.3  # height of a line in its type size: single spacing of the usual Chinese fonts
_REMARK_LINE = 1.35  # the same of small type, whose lines are rounded up
_FRAME_WIDE, _FRAME_HIGH = 14, 8  # a text box's own margins: 0.1 and 0.05 inch a side, in points
_BULLET = 27  # a bullet and its indent
_NUMBER = 40  # the number of a finding with its indent of half an inch, and a reserve of 4
_FILLED = 0.92  # of a place's height that findings may take, so that the last is not at its edge
_TEXT_SIZES = (32, 28, 24, 20, 18, 16, 14, 12, 10)  # points
BREAK = "\v"  # a line break within a paragraph, as python-pptx writes it
_EDGE = 0.06  # of the slide's width and height, where a layout has no content to go by


def places(slide: Any) -> dict[str, Any]:  # noqa: ANN401
    """The slide's placeholders by what they are for: by their layout's names, else by their size.

    In a bureau's own template the largest that is no title holds the content, the lowest the
    source, and the remaining ones from the top subtitle and sentence.
    """
    named, rest = _by_name(slide)
    if "content" not in named and rest:
        rest.sort(key=lambda shape: shape.width * shape.height)
        named["content"] = rest.pop()
    rest.sort(key=lambda shape: shape.top)
    if "source" not in named and len(rest) > 1:
        named["source"] = rest.pop()
    for name in ("subtitle", "sentence"):
        if name not in named and rest:
            named[name] = rest.pop(0)
    return named


def _by_name(slide: Any) -> tuple[dict[str, Any], list[Any]]:  # noqa: ANN401
    """The placeholders that their layout names for a field, and the remaining ones."""
    named, rest = dict[str, Any](), list[Any]()
    layout = slide.slide_layout.placeholders
    names = {shape.placeholder_format.idx: shape.name.casefold() for shape in layout}
    for shape in slide.placeholders:
        idx = shape.placeholder_format.idx
        own = (field for field in FIELDS if names.get(idx, "").startswith(field))
        name = "title" if idx == 0 else next(own, "") or _by_type(shape)
        if name and (name not in named or idx == 0):
            named[name] = shape
        else:
            rest.append(shape)
    return named, rest


def _by_type(shape: Any) -> str:  # noqa: ANN401
    """The field of a placeholder by its type, whatever its name: 副标题 2 is a subtitle."""
    kind = shape.placeholder_format.type
    return "subtitle" if kind is PP_PLACEHOLDER.SUBTITLE else ""


def page_number(slide: Any) -> Any | None:  # noqa: ANN401
    """The layout's placeholder for the page number; python-pptx leaves it out of slides."""
    numbers = (
        shape
        for shape in slide.slide_layout.placeholders
        if shape.placeholder_format.type is PP_PLACEHOLDER.SLIDE_NUMBER
    )
    return next(numbers, None)


def _room(slides: Any, slide: Any, shapes: dict[str, Any]) -> Box:  # noqa: ANN401
    """The content's place, else what is left of the slide between title and page number."""
    content, wide, high = shapes.get("content"), slides.slide_width, slides.slide_height
    if content is not None:
        left, top, width = content.left, content.top, content.width
        end = top + content.height
    else:
        heads = [shapes[name] for name in ("title", "subtitle") if name in shapes]
        left, width = int(wide * _EDGE), int(wide * (1 - 2 * _EDGE))
        top = max((head.top + head.height for head in heads), default=int(high * _EDGE))
        end = int(high * (1 - _EDGE))
    number = page_number(slide)
    if number is not None and top < number.top < end:
        end = number.top
    return Box(left, top, width, end - top)


def make_room(slides: Any, slide: Any, shapes: dict[str, Any], wanted: Collection[str]) -> None:  # noqa: ANN401
    """Adds to ``shapes`` a text box for each of ``wanted`` that the layout has no place for.

    The boxes are cut from the content's place, which becomes as much lower. Source and mark share
    the line at the foot where both are missing.
    """
    missing = [name for name in _BOXES if name in wanted and name not in shapes]
    if not missing and "content" in shapes:
        return
    room = _room(slides, slide, shapes)
    heads = [name for name in missing if _BOXES[name][2]]
    feet = missing[len(heads) :]  # they follow the heads in the table
    if feet:
        room = _add_feet(slide, shapes, feet, room, slides.slide_height)
    room = _add_heads(slide, shapes, heads, room, slides.slide_height)
    if "content" not in shapes:
        shapes["content"] = _box(slide, "content", room)
    content = shapes["content"]
    content.left, content.top = Emu(room.left), Emu(room.top)
    content.width, content.height = Emu(room.width), Emu(room.height)


def _add_heads(
    slide: Any,  # noqa: ANN401
    shapes: dict[str, Any],
    names: list[str],
    room: Box,
    slide_height: int,
) -> Box:
    """Add text boxes below each other at the top of the room; returns what is left of it."""
    left, top, width, height = room
    for name in names:
        high = int(slide_height * _BOXES[name][0])
        shapes[name] = _box(slide, name, Box(left, top, width, high))
        top, height = top + high, height - high
    return Box(left, top, width, height)


def _add_feet(
    slide: Any,  # noqa: ANN401
    shapes: dict[str, Any],
    names: list[str],
    room: Box,
    slide_height: int,
) -> Box:
    """Add text boxes beside each other at the foot of the room; returns what is left of it."""
    high = int(slide_height * _BOXES[names[0]][0])
    left, top, width, height = room.left, room.top, room.width, room.height - high
    part = width // len(names)
    for nth, name in enumerate(names):
        shapes[name] = _box(slide, name, Box(left + nth * part, top + height, part, high))
    return Box(left, top, width, height)


def _box(slide: Any, name: str, place: Box) -> Any:  # noqa: ANN401
    shape = slide.shapes.add_textbox(*(Emu(side) for side in place))
    shape.name, frame = name, shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.margin_top = frame.margin_bottom = 0
    return shape


def take_room(shapes: dict[str, Any]) -> None:
    """Gives the content the place of the sentence above it, where there is no sentence."""
    content, sentence = shapes.get("content"), shapes.get("sentence")
    if content is None or sentence is None:
        return
    left, top, width = content.left, sentence.top, content.width
    end = content.top + content.height
    if sentence.top + sentence.height <= content.top:
        content.left, content.top = Emu(left), Emu(top)
        content.width, content.height = Emu(width), Emu(end - top)


def _height(lines: Sequence[str], wide: float, points: int) -> float:
    """How high the lines stand, in points, in type of this size and a place so many points wide."""
    signs = max(wide / (points * _SIGN), 1)
    parts = [part for line in lines for part in line.split(BREAK)]
    return sum(max(ceil(drawn_width(part) / signs), 1) for part in parts) * points * _LINE


# Type sizes of a head in points, and the least for which a text is kept on one line.
_HEAD_SIZES = {
    "title": ((28, 26, 24, 22, 20, 18), 22),
    "subtitle": ((14, 13, 12, 11, 10), 11),
    "sentence": ((18, 17, 16, 15, 14, 13, 12), 16),
    "source": ((11, 10, 9, 8), 8),
}
_HEAD_LINE = 1.2  # height of a line in its type size
_FINDING_SIZES = (30, 28, 26, 24, 22, 20, 18)  # points
_PAUSE = 0.6  # between findings at least, of their type size
_BETWEEN = (4, 60)  # points between findings, at least and at most


def list_findings(shape: Any, lines: Sequence[str]) -> None:  # noqa: ANN401
    """Numbers the findings of a page, in type as large as fits, spread over the place."""
    points, between = _findings_type(shape, lines)
    for paragraph in shape.text_frame.paragraphs:
        paragraph.font.size = Pt(points)
        paragraph.space_after = Pt(between)
        _number(paragraph)


def room_of_findings(shape: Any, lines: Sequence[str]) -> float:  # noqa: ANN401
    """How many half-width signs a line of a page's findings has."""
    return (shape.width / Pt(1) - _NUMBER) / (_findings_type(shape, lines)[0] * _SIGN)


def spread(shape: Any, lines: Sequence[str]) -> None:  # noqa: ANN401
    """Sets the paragraphs of a page in type as large as fits, with space between them."""
    points, between = _findings_type(shape, lines)
    for paragraph in shape.text_frame.paragraphs:
        paragraph.font.size = Pt(points)
        paragraph.space_after = Pt(min(between, points))


def _findings_type(shape: Any, lines: Sequence[str]) -> tuple[int, float]:  # noqa: ANN401
    """The type size of the findings of a page and the space after each, in points."""
    wide, high = shape.width / Pt(1) - _NUMBER, shape.height / Pt(1) * _FILLED
    for points in _FINDING_SIZES:
        needed = _height(lines, wide, points)
        if needed + points * _PAUSE * len(lines) <= high:
            break
    least, most = _BETWEEN
    return points, max(min((high - needed) / max(len(lines), 1), most), least)


def _number(paragraph: Any) -> None:  # noqa: ANN401
    """Let PowerPoint number the paragraph, hanging by half an inch."""
    properties = paragraph._p.get_or_add_pPr()
    for name, text in (("marL", "457200"), ("indent", "-457200")):
        properties.set(name, text)
    number = properties.makeelement(qn("a:buAutoNum"), {"type": "arabicPeriod"})
    properties.append(number)


_REMARK = 10  # points
_MOST_OF_CONTENT = 0.35  # what remarks take of it at most


def add_remarks(slide: Any, content: Any, remarks: Sequence[str]) -> None:  # noqa: ANN401
    """Cuts a text box with the remarks from the foot of the content's place."""
    if not remarks:
        return
    left, top, width, height = content.left, content.top, content.width, content.height
    signs = max(width / Pt(1) / (_REMARK * _SIGN), 1)
    lines = sum(ceil(width_of(text) / signs) for text in remarks)
    high = min(int(Pt(_REMARK * _REMARK_LINE) * lines) + int(Pt(4)), int(height * _MOST_OF_CONTENT))
    content.left, content.top = Emu(left), Emu(top)
    content.width, content.height = Emu(width), Emu(height - high)
    box = _box(slide, "remarks", Box(left, top + height - high, width, high))
    box.text_frame.margin_left = 0
    box.text_frame.text = remarks[0]
    for text in remarks[1:]:
        box.text_frame.add_paragraph().text = text
    for paragraph in box.text_frame.paragraphs:
        paragraph.font.size = Pt(_REMARK)
        paragraph.font.color.rgb = colour(SCREEN.muted)


def fit(shape: Any, lines: list[str]) -> None:  # noqa: ANN401
    """Sets a long text in type as small as its place asks for; one that fits keeps its own.

    A template's own type is not asked for: it stands in layout, master or nowhere. It is taken to
    be as large as PowerPoint's usual, and what fits at that size is left alone.
    """
    wide, high = shape.width / Pt(1) - _FRAME_WIDE, shape.height / Pt(1) - _FRAME_HIGH
    for points in _TEXT_SIZES:
        if _height(lines, wide - _BULLET, points) <= high or points == _TEXT_SIZES[-1]:
            break
    if points != _TEXT_SIZES[0]:
        for paragraph in shape.text_frame.paragraphs:
            paragraph.font.size = Pt(points)


def fit_head(shape: Any, name: str, lines: Sequence[str]) -> None:  # noqa: ANN401
    """Sets a head or foot of a page in the largest type in which it stays in its place.

    One line in a smaller type, as long as that can be read, is better than two in a larger one.
    """
    points = _head_size(shape, name, lines)
    if points is None:
        return
    for paragraph in shape.text_frame.paragraphs:
        paragraph.font.size = Pt(points)


def _head_size(shape: Any, name: str, lines: Sequence[str]) -> int | None:  # noqa: ANN401
    """The size of type in points; None where the largest one, which it has, does."""
    sizes, least = _HEAD_SIZES.get(name, ((), 0))
    high = shape.height / Pt(1)
    needed = {points: _head_lines(shape, lines, points) for points in sizes}
    fitting = [points for points in sizes if needed[points] * points * _HEAD_LINE <= high]
    alone = [points for points in fitting if points >= least and needed[points] == len(lines)]
    if not sizes or sizes[0] in alone:
        return None
    return max(alone or fitting or sizes[-1:])


def _head_lines(shape: Any, lines: Sequence[str], points: float) -> int:  # noqa: ANN401
    """How many lines the texts take in the width of their place."""
    wide = shape.width / Pt(1)
    return sum(
        lines_of(part, wide / (points * half_width(line)))
        for line in lines
        for part in line.split(BREAK)
    )


def room_of_head(shape: Any, name: str, lines: Sequence[str]) -> float:  # noqa: ANN401
    """How many half-width signs a line of a head has, in the type in which it stands."""
    points = _head_size(shape, name, lines) or _HEAD_SIZES[name][0][0]
    return shape.width / Pt(1) / (points * max(map(half_width, lines)))


def take_rest(shapes: dict[str, Any], lines: Sequence[str]) -> None:
    """Gives the content what a short sentence above it leaves of its place."""
    content, sentence = shapes.get("content"), shapes.get("sentence")
    if content is None or sentence is None or not any(lines):
        return
    points = _head_size(sentence, "sentence", lines) or _HEAD_SIZES["sentence"][0][0]
    needed = _head_lines(sentence, lines, points) * points * _LINE + 2 * _FRAME_HIGH
    top, end = sentence.top + int(Pt(needed)), content.top + content.height
    if top < content.top and sentence.top + sentence.height <= content.top:
        for place, first, last in ((sentence, sentence.top, top), (content, top, end)):
            left, width = place.left, place.width
            place.left, place.top = Emu(left), Emu(first)
            place.width, place.height = Emu(width), Emu(last - first)


def set_type(shape: Any, name: str) -> None:  # noqa: ANN401
    """Gives a text box of ``make_room`` its type, once it is filled; a placeholder has its own."""
    if shape.is_placeholder or name not in _BOXES:
        return
    for paragraph in shape.text_frame.paragraphs:
        paragraph.font.size = Pt(_BOXES[name][1])
        if name == "mark":
            paragraph.font.bold = True
            paragraph.font.color.rgb = colour(SCREEN.warning)
