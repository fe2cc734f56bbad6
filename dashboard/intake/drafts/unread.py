"""Says how many sentences of a draft were not read because they are not Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dashboard.base.language import Text
from dashboard.intake.drafts.draft import Passage

_END = re.compile(r"(?<=[。！？!?])|(?<=[.;；])(?=\s)|\n")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W\d_]{2,}")  # letters of any other script
_LEAST_WORDS = 3  # of a sentence: IBM PC 2.0 and ISO 9001 are names


def unread_sentences(passages: Iterable[Passage]) -> int:
    """How many sentences hold words, but no Chinese character."""
    return sum(
        not _CHINESE.search(sentence) and len(_WORD.findall(sentence)) >= _LEAST_WORDS
        for passage in passages
        for sentence in _END.split(passage.text)
    )


def is_unread(passages: Iterable[Passage]) -> bool:
    """Whether no sentence at all is Chinese, so that nothing could be checked."""
    return not any(_CHINESE.search(passage.text) for passage in passages)


def unread_notices(passages: tuple[Passage, ...]) -> Iterator[Text]:
    """One notice where sentences were not read, none where all were."""
    count = unread_sentences(passages)
    if is_unread(passages) and passages:
        yield Text(
            "没有检查：稿子里没有中文句子，这里只检查中文句子。",
            "Not checked: the draft has no Chinese sentence, and only Chinese sentences are"
            " checked.",
        )
    elif count:
        sentences = "sentence is" if count == 1 else "sentences are"
        was = "was" if count == 1 else "were"
        yield Text(
            f"有 {count} 句不是中文，没有检查：这里只检查中文句子。",
            f"{count} {sentences} not Chinese and {was} not checked: only Chinese sentences are"
            " checked.",
        )
