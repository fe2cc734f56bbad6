"""Reads the colours and fonts of a theme from the page's style sheet.

``SCREEN`` is the light theme, in which figures leave the server; the browser gives them the colours
of the reader's theme, and what leaves as a file stays light.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.charts.plotly.tokens import colour, family


@dataclass(frozen=True, slots=True)
class Theme:
    """The tokens of one look. Colours are #rrggbb; sizes are in CSS pixels."""

    primary: str
    quiet_bar: str  # the streets beside the chosen one
    last_year: str
    gap_fill: str  # between this year's line and last year's
    accent: str  # the chosen street
    text: str
    muted: str
    grid: str
    line: str
    track: str  # the ground of a bar that fills up
    background: str
    absent: str  # cells without a value
    on_strong: str  # signs on a strong colour
    other: str  # what is left over in a stack
    better: str
    warning: str
    worse: str
    missed: str
    lower: str  # indicators without a good direction: less …
    higher: str  # … and more
    categorical: tuple[str, ...]
    sequential: tuple[str, ...]
    graded: tuple[str, ...]  # from bad to good, all light enough for words
    font: str
    size: int = 13
    small: int = 12
    trend: int = 250  # height of the plot of a trend, without what stands above and below
    ends: int = 88  # at most for names beside the plot


def read_theme(name: str) -> Theme:
    """The theme of this name; raises TokensError where the style sheet lacks a colour."""

    def of(token: str) -> str:
        return colour(name, token)

    def row(stem: str, count: int) -> tuple[str, ...]:
        return tuple(of(f"{stem}-{place}") for place in range(1, count + 1))

    chinese = family("font-chinese")
    return Theme(
        primary=of("primary"),
        quiet_bar=of("quiet-bar"),
        last_year=of("last-year"),
        gap_fill=of("gap-fill"),
        accent=of("accent"),
        text=of("text"),
        muted=of("muted"),
        grid=of("grid"),
        line=of("line-strong"),
        track=of("track"),
        background=of("surface"),
        absent=of("absent"),
        on_strong=of("on-strong"),
        other=of("other"),
        better=of("better"),
        warning=of("warning"),
        worse=of("worse"),
        missed=of("missed"),
        lower=of("lower"),
        higher=of("higher"),
        categorical=row("category", 6),
        sequential=row("level", 5),
        graded=row("graded", 5),
        font=f"{chinese}, sans-serif",
    )


SCREEN = read_theme("light")


def waterfall_colours(theme: Theme) -> dict[str, str]:
    """Colours of a waterfall's series by role. A direction is not a judgement: no red or green."""
    return {
        "base": theme.background,
        "total": theme.primary,
        "up": theme.sequential[3],
        "down": theme.categorical[1],
    }


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb after WCAG 2.2, 0 (black) to 1 (white)."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colour: str, other: str) -> float:
    """Contrast ratio of two colours after WCAG 2.2, 1 to 21."""
    light, dark = sorted((luminance(colour), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
