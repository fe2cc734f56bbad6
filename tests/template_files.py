"""Slide templates as bureaus have them, made for tests: renamed, turned to 4:3, put together."""

import io

from pptx import Presentation
from pptx.util import Inches

# What WPS calls its layouts, of which the first two are a person's copies.
WPS = {
    "Title Slide": "1_封面（红）",
    "Title and Content": "内页",
    "Section Header": "过渡页",
    "Two Content": "两栏",
    "Comparison": "对比",
    "Title Only": "只有题目",
    "Blank": "空白页",
    "Content with Caption": "图文",
    "Picture with Caption": "图片页",
    "Title and Vertical Text": "竖排",
    "Vertical Title and Text": "竖排2",
}
FOUR_BY_THREE, SIXTEEN_BY_NINE = (10.0, 7.5), (13.333, 7.5)  # inches


def template(names=None, keep=None, size=FOUR_BY_THREE, typed=True):
    """PowerPoint's plain template; layouts renamed, those not in ``keep`` taken out.

    Without ``typed`` the layouts lose the type that the file gives them.
    """
    slides = Presentation()
    stretch = size[0] / 10.0
    slides.slide_width, slides.slide_height = map(Inches, size)
    for layout in list(slides.slide_layouts):
        if keep is not None and layout.name not in keep:
            slides.slide_layouts.remove(layout)
            continue
        layout._element.cSld.set("name", (names or {}).get(layout.name, layout.name))
        if not typed:
            layout._element.attrib.pop("type", None)
    for holder in (slides.slide_master, *slides.slide_layouts):
        for shape in holder.placeholders:
            own = shape._element.spPr.xfrm
            if own is not None and own.off is not None:
                shape.left, shape.width = int(shape.left * stretch), int(shape.width * stretch)
    written = io.BytesIO()
    slides.save(written)
    return written.getvalue()
