"""Draws a chart as a picture, PNG or SVG, as the page draws it: by the scripts of the page."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from dashboard.base.settings import ROOT
from dashboard.base.vendor_assets import read_vendor
from dashboard.charts.model.chart import Chart
from dashboard.charts.plotly.figures import figure
from dashboard.charts.plotly.layout import Figure
from dashboard.charts.plotly.theme import SCREEN
from dashboard.exports.chromium import answered

SIZES = ("slide", "half", "full")  # 1600 × 900, half a page of A4, a page of A4
SCALES = (1, 2, 3)
CLEAR, WHITE = "clear", "white"  # grounds: of a picture that lies on others, and of any other
SCRIPT = ROOT / "assets" / "30-charts" / "pictures.js"
_ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class PictureWish:
    """How a picture is wanted: one of SIZES, one of SCALES, and on which ground."""

    size: str = SIZES[0]
    scale: int = 2
    transparent: bool = False
    receipt: str = ""


def read_wish(query: Mapping[str, str]) -> PictureWish:
    """A wish from texts: size, scale, ground ("clear" or white); what is unknown is the default."""
    size, scale = query.get("size", ""), query.get("scale", "")
    return PictureWish(
        size=size if size in SIZES else SIZES[0],
        scale=int(scale) if scale in map(str, SCALES) else 2,
        transparent=query.get("ground", "") == CLEAR,
    )


def picture_figure(chart: Chart) -> Figure:
    """The chart's figure for a picture: what the page says beside it stands in ``meta``."""
    drawn = figure(chart)
    ink = {"text": SCREEN.text, "muted": SCREEN.muted, "mark": SCREEN.warning}
    ink |= {"ground": SCREEN.background}
    drawn["layout"]["meta"] |= {"notes": list(chart.notes), "ink": ink}
    return drawn


@lru_cache(maxsize=1)
def plotly_scripts() -> str:
    """plotly and its Chinese words as script elements within a page."""
    files = read_vendor()
    wanted = (files[name] for name in ("plotly-cartesian.min.js", "plotly-locale-zh-cn.js"))
    return "".join(script(file.bodies[""].decode("utf-8")) for file in wanted)


def script(text: str) -> str:
    """A script element; the text cannot end it."""
    return "<script>" + text.replace("</script", "<\\/script") + "</script>"


def as_literal(values: object) -> str:
    """Values as a JavaScript literal that is safe within a script element."""
    return json.dumps(values, ensure_ascii=False).replace("</", "<\\/").replace("<!--", "<\\!--")


def _page(chart: Chart, wish: PictureWish, kind: str) -> str:
    options = {"size": wish.size, "transparent": wish.transparent}
    options |= {"receipt": wish.receipt or chart.receipt}
    how = (
        f"window.pictures.draw({as_literal(picture_figure(chart))}, {as_literal(options)})"
        ".then(async (picture) => {"
        "const pre = document.getElementById('answer');"
        + (
            f"const canvas = await window.pictures.painted(picture, {wish.scale});"
            "pre.textContent = canvas.toDataURL('image/png');"
            if kind == "png"
            else "pre.textContent = picture.text;"
        )
        + "});"
    )
    style = f"<style>body {{ font-family: {SCREEN.font} }}</style>"
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(chart.title)}</title>'
        f"{style}{plotly_scripts()}{script(SCRIPT.read_text('utf-8'))}</head><body>"
        f'<pre id="{_ANSWER}"></pre>{script(how)}</body></html>'
    )


def png_bytes(chart: Chart, wish: PictureWish = PictureWish()) -> bytes:
    """The chart as PNG; raises PrintError where this machine cannot draw it."""
    address = answered(_page(chart, wish, "png"), _ANSWER)
    return base64.b64decode(address.partition(",")[2])


def svg_bytes(chart: Chart, wish: PictureWish = PictureWish()) -> bytes:
    """The chart as SVG, its texts as texts; raises PrintError where this machine cannot draw it."""
    return answered(_page(chart, wish, "svg"), _ANSWER).encode("utf-8")
