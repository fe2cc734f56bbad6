"""Any stored figure as a sentence to copy, with its receipt."""

import pytest
from screens import text_of


@pytest.fixture
def answer(desk, app):
    from dash import page_registry

    def of(**query):
        with app.server.test_request_context("/figures"):
            layout = page_registry["pages.figures"]["layout"]
            return text_of(layout(area="990101", period="2024-09", **query))

    return of


def test_a_figure_is_found_by_words_and_stated_with_its_comparison(answer):
    text = answer(q="低保 人数", lang="zh")
    assert "全区城乡低保7,093人，同比减少508人、下降6.7%" in text
    assert "查验码" in text
    text = answer(q="marriages registered", lang="en")
    assert "marriages registered came to 1,580 couples" in text and "receipt" in text


def test_a_small_count_is_in_no_sentence(answer, desk):
    selection = desk.selections.of({"area": "990101003", "period": "2024-09"}, "zh")
    assert not [one for one in desk.figure_sentences.find("孤儿", selection) if "4人" in one.text]


def test_what_the_area_does_not_have_is_said(answer):
    assert "没有这样的数" in answer(q="不存在的指标", lang="zh")
    assert "space" in answer(lang="en")


def test_a_sentence_goes_no_further_than_the_selected_period(desk):
    selection = desk.selections.of({"area": "990101", "period": "2024-05"}, "zh")
    (first, *_) = desk.figure_sentences.find("结婚登记", selection)
    assert first.text.startswith("2024年1—5月") and str(first.key.period) == "2024-05"
