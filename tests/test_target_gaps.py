"""A gap is the difference of two numbers that stand in the same sentence, wherever it is made."""

import io
import re
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from docx import Document
from screens import DISTRICT, named, tables_of, text_of, written_in

from dashboard.charts.model.plan import DIRECTOR, Plan
from dashboard.charts.plotly.figures import figure
from dashboard.charts.plotly.theme import SCREEN
from dashboard.charts.text.off_pace_words import OffPaceWords, headline
from dashboard.charts.text.office_names import office_name
from dashboard.charts.text.target_words import Form, TargetWords
from dashboard.components.targets.off_pace import off_pace_list
from dashboard.components.targets.target_choice import TargetChoice, controls
from dashboard.components.targets.target_list import target_table
from dashboard.components.targets.target_page import head_card
from dashboard.components.wall_cards import target_lines
from dashboard.exports.formats import REPORT_FORMATS
from dashboard.services.reports.proposal import target_ref
from dashboard.services.targets.target_facts import target_facts

pytestmark = pytest.mark.slow

LANGUAGES = ("zh", "en")
MADE = date(2026, 11, 5)
AMOUNT = re.compile(r"\d[\d,]*(?:\.\d+)?")
SHARE = re.compile(r"[（(]\d+%[)）]")
PERIODS = re.compile(r"\d{4}年\d+月|[A-Z][a-z]{2} \d{4}")


def numbers_in(text):
    plain = PERIODS.sub("", SHARE.sub("", text))
    return [float(found.replace(",", "")) for found in AMOUNT.findall(plain)]


def is_difference(gap, text, near=1e-6):
    """Whether two numbers of the text differ by the gap; what was lost counts below nothing."""
    numbers = numbers_in(text)
    if re.search("反而|instead", text):
        numbers += [-number for number in numbers]
    pairs = combinations(numbers, 2)
    return any(abs(abs(one - other) - gap) <= near for one, other in pairs)


def states_no_other(words, text):
    """Whether the text has no gap of the words', or one that is the difference of two numbers."""
    if not words.gap_value:
        return True
    near = 0.051 if words.indicator.is_rate else 1e-6  # of a rate the gap is rounded by itself
    gaps = {replace(words, form=form).gap for form in Form}
    stated = max((gap for gap in gaps if gap in text), key=len, default="")
    if not stated:
        return True
    (gap, *_) = numbers_in(stated)
    return is_difference(gap, text.replace(stated, "", 1), near)


def words_of(desk, row, language, **more):
    return TargetWords(row, desk.catalogue, desk.areas(), language, **more)


def selection_of(desk, language, **query):
    return desk.selections.of({"area": DISTRICT, "lang": language} | query, language)


def texts_of(report):
    for page in report.pages:
        yield page.title
        yield from ("".join(phrase.text for phrase in one) for one in page.paragraphs)
        if page.table is not None:
            yield from (" ".join(cells) for _, cells in page.table.rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_every_sentence_of_a_target_the_gap_is_a_difference(samples_desk, language):
    desk, checked = samples_desk, 0
    for month in [*(f"2026-{n:02d}" for n in range(1, 11)), "2025-12"]:
        for row in desk.targets.progress(DISTRICT, month, True):
            words = words_of(desk, row, language)
            if not words.gap_value:
                continue
            alone = headline([row], desk.catalogue, desk.areas(), language)
            title, part = words.titled(), words.titled(whole=False)
            gap = replace(words, form=Form.BARE if language == "en" else Form.TITLE).gap
            assert title.endswith(gap) and part.endswith(gap)
            assert replace(words, form=Form.TITLE).base in words.against_base
            for text in (words.sentence, words.standing, title, part, alone):
                assert states_no_other(words, text), text
            checked += 1
    assert checked > 300


def test_a_title_states_all_of_the_task_and_what_is_due(samples_desk):
    rows = {
        row.target.indicator: row
        for row in samples_desk.targets.progress(DISTRICT, "2026-10")
        if str(row.target.period) == "2026-12"
    }
    beds, spending = rows["elderly_beds"], rows["social_assistance_spending"]
    assert [words_of(samples_desk, row, "zh").titled() for row in (beds, spending)] == [
        "今年应增600张，此时应增500张，已增101张，少399张",
        "今年不超过7,800万元，此时不超过6,500万元，已用7,060.95万元，多560.95万元",
    ]
    assert [words_of(samples_desk, row, "en").titled() for row in (beds, spending)] == [
        "600 beds to be added this year, 500 due by now, 101 added, 399 short",
        "no more than 78 million yuan this year, no more than 65 by now, 70.61 used, 5.61 too much",
    ]
    part = words_of(samples_desk, beds, "en").titled(whole=False)
    assert part == "500 beds due by now, 101 added, 399 short"


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_state_what_a_gap_is_counted_from(samples_desk, language):
    desk, checked = samples_desk, 0
    selection = selection_of(desk, language)
    deck = desk.reports.compose(Plan(deck=DIRECTOR), selection, MADE)
    bulletin = desk.reports.bulletin(selection, MADE)
    listed = [" ".join(cells) for _, cells in bulletin.pages[1].table.rows]
    document = Document(io.BytesIO(REPORT_FORMATS["docx"].render(deck)))
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    picks = {pick.ref: pick.reason for pick in desk.reports.proposed(selection)}
    for row in desk.targets.progress(DISTRICT):
        words = words_of(desk, row, language)
        facts = target_facts(desk.catalogue, desk.areas(), row, language)
        reason = picks.get(target_ref(row.target.id), "")
        assert states_no_other(words, reason), reason
        for text in (*texts_of(deck), *listed, *paragraphs):
            if words.name in text:
                assert states_no_other(words, text), text
                checked += bool(words.gap) and words.gap in text
        assert states_no_other(words, " ".join(text for _, text in facts))
    assert checked > 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_screens_state_what_a_gap_is_counted_from(desk, language):
    selection = selection_of(desk, language)
    choice, standing = (
        TargetChoice(DISTRICT, str(selection.period)),
        desk.target_overview.of(selection),
    )
    (wall,) = named(target_lines(desk, selection), "Ol")
    (overview,) = named(off_pace_list(desk, standing, choice, selection), "Ol")
    for off, *lines in zip(standing.in_sight, wall.children, overview.children, strict=False):
        brief = words_of(desk, off.row, language, brief=True)
        large = replace(brief, form=Form.TITLE)
        for words, line in zip((large, brief), lines, strict=True):
            written = text_of(line)
            gaps = {words.gap, replace(words, form=Form.BARE).gap}
            done = {words.done, replace(words, form=Form.BARE).done}
            assert any(gap in written for gap in gaps) and words.base in written
            assert any(one in written for one in done)
    for row in desk.targets.progress(DISTRICT):
        words = words_of(desk, row, language)
        for part in (target_table(desk, [row], choice, selection), head_card(desk, row, selection)):
            assert not words.gap or (
                words.gap in written_in(part) and words.base in written_in(part)
            )


def test_a_missed_milestone_states_the_amount_to_the_end_of_its_month(samples_desk):
    selection = selection_of(samples_desk, "zh")
    standing = samples_desk.target_overview.of(selection)
    wordings = [
        OffPaceWords(off, words_of(samples_desk, off.row, "zh")) for off in standing.in_sight
    ]
    (reason,) = [one.reason() for one in wordings if "107张" in one.reason()]
    assert "到2026年9月应增的107张没有完成（到9月末累计增50张）" in reason
    assert "当月" not in reason


@pytest.mark.parametrize(
    ("language", "name"), [("zh", "年末应达到"), ("en", "expected by year end")]
)
def test_the_end_of_a_path_is_named_by_its_own_period(samples_desk, language, name):
    desk, selection = samples_desk, selection_of(samples_desk, language)
    (row,) = [
        one
        for one in desk.targets.progress(DISTRICT, "2026-10")
        if (one.target.indicator, str(one.target.period)) == ("elderly_beds", "2026-12")
    ]
    chart = desk.figures.chart(f"target:{row.target.id}/path", selection)
    ends = [end for end in chart.series if end.end_name]
    assert [end.end_name for end in ends] == [name]
    assert chart.categories[-1] in ("2026年12月", "Dec 2026") and ends[0].values[-1] == 5807
    drawn = figure(chart, SCREEN)
    texts = [note.get("text", "") for note in drawn["layout"]["annotations"]]
    assert any(name in text.replace("<br>", " ") and "5,807" in text for text in texts)
    assert not any("此时" in series.name or "by now" in series.name for series in chart.series)


def test_the_offices_of_the_filter_are_named_as_in_the_rows(desk):
    selection = selection_of(desk, "en")
    choice = TargetChoice(DISTRICT, str(selection.period))
    rows = desk.targets.progress(DISTRICT)
    written = str(controls(desk, choice, rows, selection))
    for owner in {row.target.owner for row in rows if row.target.owner}:
        name = office_name(owner, "en")
        assert name != owner and f"'label': '{name}'" in written
        assert f"'label': '{owner}'" not in written


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_period_stands_once_in_a_row(desk, language):
    selection = selection_of(desk, language)
    choice = TargetChoice(DISTRICT, str(selection.period))
    (row,) = [one for one in desk.targets.progress(DISTRICT) if str(one.target.period) == "2026-06"]
    (table,) = tables_of(target_table(desk, [row], choice, selection))
    (small,) = [
        cell["small"]
        for cell in table["body"][0]["cells"]
        if cell.get("small", "").startswith(words_of(desk, row, language).to_do)
    ]
    assert small == words_of(desk, row, language).to_do
