"""Names the answers that fit and come nearest to one that names nothing."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from dashboard.base.language import Text
from dashboard.catalogue.grid import Grid

_MOST, _LEAST = 5, 0.4


def no_meaning(answer: str, grid: Grid) -> Text:
    """Says that an answer names nothing of the grid, with those that come near."""
    near = near_answers(answer, grid)
    zh = f"；相近的有：{'、'.join(near)}" if near else ""
    en = f"; near to it: {', '.join(near)}" if near else ""
    return Text(
        f"“{answer}”不是项目、度量或分组，也不能由已知的词组成{zh}"
        "；没有意义请写“无”，不读入请在等号后留空",
        f"{answer!r} is no programme, measure or breakdown{en}; "
        "write nothing where it says nothing, leave it empty to leave the figures out",
    )


def near_answers(answer: str, grid: Grid) -> list[str]:
    """Up to five words that may be given in place of an answer, the nearest first."""
    wanted = set(answer)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(answer)
    scores: dict[str, float] = {}
    for word in _answers(grid):
        if wanted & set(word):
            matcher.set_seq1(word)
            holds = 0.3 * (word in answer or answer in word)
            scores[word] = matcher.ratio() + (holds if len(word) > 1 else 0)
    best = sorted(scores, key=lambda one: (-scores[one], one))
    return [word for word in best[:_MOST] if scores[word] >= _LEAST]


def _answers(grid: Grid) -> Iterator[str]:
    """What an answer may be: programmes, measures and values by the names that they have."""
    for programme in grid.programmes.values():
        yield programme.name.zh
    for measure in grid.measures.values():
        yield from measure.aliases or (measure.name.zh,)
    for value in grid.values:
        if value.dimension != "age":
            yield value.name.zh
