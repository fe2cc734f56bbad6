"""Draws what goes where in a bureau's slide template: a small slide for each of its uses."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.base.language import word
from dashboard.exports.template_preview import SlideBox, TemplatePreview, UsedLayout

_WIDE = 220  # pixels of a small slide


def template_part(preview: TemplatePreview, language: str) -> Component:
    """The small slides of a template, each named by its use and its layout."""
    high = round(_WIDE / preview.ratio)
    slides = [_slide(used, high, language) for used in preview.layouts]
    lead = html.P(word("template_preview", language), className="muted")
    return html.Div([lead, html.Div(slides, className="template-slides")])


def _slide(used: UsedLayout, high: int, language: str) -> Component:
    places = [_place(place, language) for place in used.places]
    use = word(f"template_use_{used.use}", language)
    caption = word("template_use", language, use=use, layout=used.layout)
    size = {"width": f"{_WIDE}px", "height": f"{high}px"}
    drawn = html.Div(places, className="template-slide", style=size)
    return html.Figure([drawn, html.Figcaption(caption)])


def _place(place: SlideBox, language: str) -> Component:
    sides = {
        "left": place.left,
        "top": place.top,
        "width": place.width,
        "height": place.height,
    }
    kind = "template-place is-added" if place.is_added else "template-place"
    return html.Span(
        word(f"template_{place.field}", language),
        className=kind,
        style={name: f"{share * 100}%" for name, share in sides.items()},
    )
