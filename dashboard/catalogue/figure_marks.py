"""Defines the marks of a figure: what must be known of it wherever it is shown.

They are set once, on the figure, and every renderer shows each of them.
"""

from __future__ import annotations

from enum import StrEnum


class FigureMark(StrEnum):
    """What must be known of a figure beside its value."""

    PARTIAL = "partial"  # a total with areas missing
    DISPUTED = "disputed"  # one submission gives two values
    APPROXIMATE = "approximate"  # stated as 约, 多, 余, 左右, 以上
    PROVISIONAL = "provisional"
    SECONDARY = "secondary"  # quoted from another publication
    DRAFT = "draft"  # not published yet
    RESTATED = "restated"  # told for an area that was merged or split since
    AFTER_BREAK = "after_break"  # not to be compared with what lies before
    UNFINISHED = "unfinished"  # part of a year
    HIDDEN = "hidden"  # a small count, or one from which it follows
    DEMO = "demo"
    FINDING = "finding"  # an audit finding about it is not answered
