"""Defines what ``data/wall.toml`` may say: the pages of the wall screen and their cards.

A bureau's own ``wall.toml`` replaces the shipped one. An unknown key, card or indicator stops the
start and names the file and the page.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dashboard.base.language import Text
from dashboard.catalogue.catalogue_rows import CatalogueError, text_of_file

FILE = "wall.toml"
MOST_CARDS = 2  # a wide one and a narrow one
MOST_FIGURES = 4
LONGEST_SECONDS, LONGEST_MINUTES = 3600, 1440


class WallCard(StrEnum):
    """What may stand in the middle of a page."""

    TARGETS = "targets"  # the targets off pace: how much, where
    STREETS = "streets"  # in how many targets each street is behind
    CHANGES = "changes"  # which targets turned bad or good since the month before
    FIGURES = "figures"  # the first figure of each topic


@dataclass(frozen=True, slots=True)
class WallPage:
    """One page: at most two cards, and below them figures by indicator.

    Without ``figures`` the first figure of each topic stands there.
    """

    cards: tuple[WallCard, ...]
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wall:
    """The pages of the wall screen. ``seconds`` 0: no turning; ``refresh`` is in minutes."""

    pages: tuple[WallPage, ...] = (WallPage((WallCard.TARGETS, WallCard.STREETS)),)
    seconds: int = 0
    refresh: int = 10


def read_wall(folders: Sequence[Path], known: Collection[str]) -> Wall:
    """The wall of the last folder that declares one; raises CatalogueError.

    ``known`` are the catalogue's indicator ids.
    """
    files = [folder / FILE for folder in folders if (folder / FILE).is_file()]
    if not files:
        return Wall()
    file = files[-1]
    try:
        content = tomllib.loads(text_of_file(file))
    except tomllib.TOMLDecodeError as error:
        raise _refusal(file, f"不是 TOML 文件（{error}）", str(error)) from None
    _refuse_unknown(content, {"seconds", "refresh", "pages"}, file, "")
    rows = content.get("pages")
    if not isinstance(rows, list) or not rows:
        raise _refusal(file, "至少要有一个 [[pages]]", "at least one [[pages]] is needed")
    return Wall(
        tuple(_page(row, known, file, place) for place, row in enumerate(rows, 1)),
        _whole(content, "seconds", LONGEST_SECONDS, file),
        _whole(content, "refresh", LONGEST_MINUTES, file, Wall().refresh),
    )


def _page(row: Mapping[str, object], known: Collection[str], file: Path, place: int) -> WallPage:
    where = f", pages {place}"
    _refuse_unknown(row, {"cards", "figures"}, file, where)
    cards, figures = row.get("cards", []), row.get("figures", [])
    if not isinstance(cards, list) or not 1 <= len(cards) <= MOST_CARDS:
        zh, en = f"cards 要有 1—{MOST_CARDS} 个", f"cards: 1 to {MOST_CARDS} are needed"
        raise _refusal(file, zh, en, where)
    unknown = [card for card in cards if card not in list(WallCard)]
    if unknown:
        allowed = ", ".join(WallCard)
        zh, en = (
            f"没有卡片“{unknown[0]}”；可用：{allowed}",
            f"{unknown[0]!r} is not one of {allowed}",
        )
        raise _refusal(file, zh, en, where)
    if not isinstance(figures, list) or len(figures) > MOST_FIGURES:
        zh, en = f"figures 最多 {MOST_FIGURES} 个", f"figures: at most {MOST_FIGURES}"
        raise _refusal(file, zh, en, where)
    for name in figures:
        if name not in known:
            zh, en = f"目录中没有指标“{name}”", f"the indicator {name!r} is not in the catalogue"
            raise _refusal(file, zh, en, where)
    return WallPage(tuple(map(WallCard, cards)), tuple(figures))


def _whole(content: Mapping[str, object], key: str, most: int, file: Path, default: int = 0) -> int:
    value = content.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        zh, en = f"{key} 应为 0—{most} 的整数", f"{key}: a whole number from 0 to {most} is needed"
        raise _refusal(file, zh, en)
    return value


def _refuse_unknown(
    content: Mapping[str, object], allowed: Collection[str], file: Path, where: str
) -> None:
    unknown = ", ".join(sorted(set(content) - set(allowed)))
    if unknown:
        raise _refusal(file, f"有不认识的键：{unknown}", f"unknown keys {unknown}", where)


def _refusal(file: Path, zh: str, en: str, where: str = "") -> CatalogueError:
    return CatalogueError(Text(f"{file}{where}：{zh}", f"{file}{where}: {en}"))
