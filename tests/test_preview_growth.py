"""A preview of many unknown columns grows with them, and proposes what a plain comparison would."""

from difflib import SequenceMatcher

import pytest
from sheets import catalogue
from work import calls_made

from dashboard.base.progress import QUIET
from dashboard.catalogue.catalogue import plain_name
from dashboard.components.submissions import answers as said
from dashboard.components.submissions.preview import draw_preview
from dashboard.components.submissions.word_choices import LEAST, _meanings, _ranked
from dashboard.intake.suggestions import Suggestions

NAMES = ["城市低保户数", "养老床位", "结婚登记数", "特困供养资金（万元）", "unknown column 7"]


def table(count):
    names = [f"{chr(0x4E00 + at * 7)}{chr(0x5100 + at * 3)}人数（人）" for at in range(count)]
    rows = [f"{street}," + ",".join(map(str, range(count))) for street in ("马山镇", "张夏街道")]
    head = ["编制单位：济南市长清区,2025年6月", "街道," + ",".join(names)]
    return "\n".join([*head, *rows, ""]).encode()


def preview(desk, content):
    handover = said.handover_of(said.no_answers())
    sheets = desk.submissions.preview([("表.csv", content)], handover, QUIET)
    for language in ("zh", "en"):
        draw_preview(desk, sheets, said.no_answers(), language)


@pytest.mark.slow
def test_a_preview_grows_with_its_unknown_columns(desk):
    preview(desk, table(20))  # what is made ready once
    few = calls_made(lambda: preview(desk, table(75)))
    many = calls_made(lambda: preview(desk, table(300)))
    assert many < 5 * few
    assert many < 6_000_000


@pytest.mark.parametrize("text", NAMES)
def test_meanings_are_ranked_as_by_comparing_all_letters(text):
    def likeness(spelling):
        if text in spelling or spelling in text:
            return 0.5 + 0.5 * min(len(text), len(spelling)) / max(len(text), len(spelling))
        return SequenceMatcher(None, text, spelling).ratio()

    grid = catalogue().grid
    plain = sorted(
        (
            (max(likeness(name.casefold()) for name in meaning.spellings if name), meaning)
            for meaning in _meanings(grid)
        ),
        key=lambda pair: -pair[0],
    )
    assert [pair for pair in _ranked(grid, text) if pair[0] >= LEAST] == [
        pair for pair in plain if pair[0] >= LEAST
    ]


@pytest.mark.parametrize("name", NAMES)
def test_suggestions_are_those_that_share_most_letters(name):
    def pairs(text):
        return frozenset(text) | {text[at : at + 2] for at in range(len(text) - 1)}

    suggestions, text = Suggestions(catalogue()), plain_name(name)
    shared = [(len(pairs(text) & pairs(known)), known, one) for known, one in suggestions._names]
    near = sorted((entry for entry in shared if entry[0]), reverse=True)[:40]
    alike = [(SequenceMatcher(None, text, known).ratio(), one) for _, known, one in near]
    wanted = sorted(pair for pair in alike if pair[0] >= 0.35)
    assert sorted(suggestions._alike(text)) == wanted
