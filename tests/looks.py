"""Compares pictures of pages as an eye would, scaled down, and says which part has changed.

A picture is scaled down until single letters are gone and blocks, colours and lines remain. Two
pictures are the same where, after a slight blur, no window of 8 × 8 pixels (at a desk's width about
30 × 30 of the page) has more than half of its pixels further apart than a tenth of the
range of a channel. Antialiasing and lossy storage stay below that; a chip in another colour and a
block moved by 8 pixels do not.
"""

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

SMALL = {390: 196, 1440: 360, 1920: 384}  # the width kept of a page of this width
TALLEST = {390: 2400, 1440: 2700, 1920: 2700}  # pixels of the page, from its top
QUALITY = 34  # of the stored picture, of 100
WINDOW = 8  # pixels of the kept picture
FAR = 24  # of 255: how far apart two pixels are when they differ
MANY = 1 / 2  # the share of a window's pixels that make it a change
BLUR = 0.9
HEIGHTS = 3  # pixels of the kept picture that a page may be higher or lower


@dataclass(frozen=True)
class Change:
    """A part of the page that looks otherwise, in pixels of the page: left, top, right, bottom."""

    left: int
    top: int
    right: int
    bottom: int

    def __str__(self):
        """Where it is, as a person would look for it."""
        return f"from ({self.left}, {self.top}) to ({self.right}, {self.bottom})"


def small(screenshot: bytes, width: int) -> Image.Image:
    """The picture that is kept of a screenshot of a page ``width`` pixels wide."""
    whole = Image.open(io.BytesIO(screenshot)).convert("RGB")
    whole = whole.crop((0, 0, whole.width, min(whole.height, TALLEST[width])))
    scale = SMALL[width] / width
    return whole.resize((SMALL[width], max(round(whole.height * scale), 1)), Image.Resampling.BOX)


def stored(picture: Image.Image) -> bytes:
    """The picture as a file."""
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=QUALITY, method=6)
    return file.getvalue()


def as_stored(picture: Image.Image) -> Image.Image:
    """The picture as it comes back from its file: what storing loses is lost on both sides."""
    return Image.open(io.BytesIO(stored(picture))).convert("RGB")


def _apart(one: Image.Image, other: Image.Image) -> np.ndarray:
    """The pixels that differ, as a grid of true and false; both of the same size."""
    pair = [
        np.asarray(each.filter(ImageFilter.GaussianBlur(BLUR)), dtype=np.int16)
        for each in (one, other)
    ]
    return np.abs(pair[0] - pair[1]).max(axis=2) > FAR


def _windows(apart: np.ndarray) -> np.ndarray:
    """For each place the share of differing pixels in the window that begins there."""
    sums = np.pad(apart.astype(np.float64), ((1, WINDOW), (1, WINDOW))).cumsum(0).cumsum(1)
    inside = (
        sums[WINDOW:, WINDOW:]
        - sums[:-WINDOW, WINDOW:]
        - sums[WINDOW:, :-WINDOW]
        + sums[:-WINDOW, :-WINDOW]
    )
    return inside[: apart.shape[0], : apart.shape[1]] / WINDOW**2


def _regions(places: np.ndarray, scale: float) -> list[Change]:
    """Windows that touch each other as one region each."""
    left = {(int(row), int(column)) for row, column in np.argwhere(places)}
    found = []
    while left:
        waiting, seen = [left.pop()], []
        while waiting:
            row, column = waiting.pop()
            seen.append((row, column))
            near = {
                (row + down, column + right)
                for down in range(-WINDOW, WINDOW + 1)
                for right in range(-WINDOW, WINDOW + 1)
            } & left
            left -= near
            waiting += near
        rows, columns = zip(*seen, strict=True)
        found.append(
            Change(
                round(min(columns) * scale),
                round(min(rows) * scale),
                round((max(columns) + WINDOW) * scale),
                round((max(rows) + WINDOW) * scale),
            )
        )
    return sorted(found, key=lambda one: (one.top, one.left))


def changes(before: Image.Image, after: Image.Image, width: int) -> list[Change]:
    """The regions of a page ``width`` pixels wide that look otherwise than before."""
    scale = width / SMALL[width]
    height = min(before.height, after.height)
    pair = [each.convert("RGB").crop((0, 0, SMALL[width], height)) for each in (before, after)]
    found = _regions(_windows(_apart(*pair)) > MANY, scale)
    if abs(before.height - after.height) > HEIGHTS:
        tallest = max(before.height, after.height)
        found.append(Change(0, round(height * scale), width, round(tallest * scale)))
    return found


def side_by_side(
    before: Image.Image, after: Image.Image, width: int, found: list[Change]
) -> Image.Image:
    """Before, after, and what has changed framed in both."""
    pair = [each.convert("RGB") for each in (before, after)]
    sheet = Image.new("RGB", (2 * SMALL[width] + 8, max(e.height for e in pair)), "white")
    scale = SMALL[width] / width
    for at, each in enumerate(pair):
        sheet.paste(each, (at * (SMALL[width] + 8), 0))
    pen = ImageDraw.Draw(sheet)
    for one in found:
        for at in range(2):
            move = at * (SMALL[width] + 8)
            box = (
                one.left * scale + move,
                one.top * scale,
                one.right * scale + move,
                one.bottom * scale,
            )
            pen.rectangle(box, outline="magenta", width=2)
    return sheet
