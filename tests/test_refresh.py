"""An exported deck is brought to another period: its figures change, a person's work stays."""

import io
from datetime import date

import pytest
from lxml import etree
from pptx import Presentation
from pptx.util import Inches, Pt

from dashboard.catalogue.periods import Period
from dashboard.charts.model.plan import DIRECTOR, Plan
from dashboard.exports.chart_codes import ChartCode, coded, read_code
from dashboard.exports.deck_refresh import refreshed
from dashboard.exports.formats import REPORT_FORMATS
from dashboard.exports.native_bullet import alternative_of
from dashboard.exports.template_files import TemplateError

SEPTEMBER, OCTOBER = Period(2026, 9), Period(2026, 10)
REFS = ("marriage/registrations", "elderly/beds", "assistance/dibao_people_by_street")


def deck_of(desk, period, refs=(), language="zh"):
    query = {"area": "990101", "period": str(period), "lang": language}
    selection = desk.selections.of(query, language)
    plan = Plan(charts=refs, deck=DIRECTOR)
    return REPORT_FORMATS["pptx"].render(desk.reports.compose(plan, selection, date.today()))


def charts_of(content):
    """The values of every chart by its code."""
    found = {}
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_chart:
                plot = shape.chart.plots[0]
                values = [(series.name, *series.values) for series in plot.series]
                code = read_code(alternative_of(shape))
                found[code.ref, code.query] = (list(plot.categories), values)
    return found


def edited(content):
    """The deck after a person worked on it."""
    deck = Presentation(io.BytesIO(content))
    second = deck.slides[1]
    (chart,) = [shape for shape in second.shapes if shape.has_chart]
    chart.left, chart.width = Inches(2), Inches(6)
    chart.chart.font.size = Pt(20)
    second.shapes.title.text = "自己写的标题"
    own = deck.slides.add_slide(deck.slide_layouts[0])
    own.shapes.title.text = "自己加的一页"
    listed = deck.slides._sldIdLst
    gone = listed[-2]
    deck.part.drop_rel(gone.rId)
    listed.remove(gone)
    written = io.BytesIO()
    deck.save(written)
    return written.getvalue()


@pytest.mark.slow
def test_the_tick_of_a_bullet_and_the_streets_axis_move_with_the_figures(samples_desk):
    old = deck_of(samples_desk, SEPTEMBER)
    written, changes = samples_desk.refreshing.of(old, OCTOBER)
    assert changes
    labels = [_tick(content) for content in (old, written, deck_of(samples_desk, OCTOBER))]
    assert "450" in labels[0] and "500" in labels[1] and labels[1] == labels[2]


@pytest.mark.slow
def test_a_bullet_is_described_by_the_figures_of_now(samples_desk):
    old = deck_of(samples_desk, SEPTEMBER)
    written, _ = samples_desk.refreshing.of(old, OCTOBER)
    new = deck_of(samples_desk, OCTOBER)
    lines = [alternative_of(_bullet(content)).split("\n")[0] for content in (old, written, new)]
    assert lines[0] != lines[1] == lines[2]


def _bullet(content):
    """The shape of the first bullet."""
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            code = read_code(alternative_of(shape)) if shape.has_chart else None
            if code and ("part", "bullet") in code.query:
                return shape
    raise AssertionError("no bullet")


def _tick(content):
    """What is written at the tick of the first bullet."""
    parts = [part.target_part for part in _bullet(content).chart.part.rels.values()]
    (drawing,) = [part for part in parts if "drawing" in str(part.partname)]
    return "".join(etree.fromstring(drawing.blob).itertext()).strip()


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_figures_are_those_of_a_new_export_and_own_work_stays(samples_desk, language):
    before = edited(deck_of(samples_desk, SEPTEMBER, REFS, language))
    content, changes = samples_desk.refreshing.of(before, OCTOBER)
    wanted = charts_of(deck_of(samples_desk, OCTOBER, REFS, language))
    got = charts_of(content)
    assert got and all(got[code] == wanted[code] for code in got)
    deck = Presentation(io.BytesIO(content))
    assert len(deck.slides) == len(REFS) + 1
    second, last = deck.slides[1], deck.slides[-1]
    (chart,) = [shape for shape in second.shapes if shape.has_chart]
    assert (chart.left, chart.width) == (Inches(2), Inches(6))
    assert chart.chart.font.size == Pt(20)
    assert second.shapes.title.text == "自己写的标题" and last.shapes.title.text == "自己加的一页"
    assert {change.what for change in changes} == {"chart", "text", "kept"}
    assert any(change.what == "kept" and change.old == "自己写的标题" for change in changes)


@pytest.mark.slow
def test_the_whole_deck_with_its_targets_is_refreshed(samples_desk):
    content, _ = samples_desk.refreshing.of(deck_of(samples_desk, SEPTEMBER), OCTOBER)
    wanted, got = charts_of(deck_of(samples_desk, OCTOBER)), charts_of(content)
    both = set(got) & set(wanted)
    assert both and all(got[code] == wanted[code] for code in both)
    assert any(dict(query).get("part") == "bullet" for _, query in both)
    title = Presentation(io.BytesIO(content)).slides[0].shapes.title.text
    assert (
        title
        == Presentation(io.BytesIO(deck_of(samples_desk, OCTOBER))).slides[0].shapes.title.text
    )
    _, later = samples_desk.refreshing.of(content, OCTOBER)
    assert not [change for change in later if change.what == "chart"]


@pytest.mark.parametrize("content", [b"", b"PK", b"not a deck"])
def test_what_is_no_deck_is_refused_in_a_sentence(content):
    with pytest.raises(TemplateError):
        refreshed(content, lambda _code: None)


def test_a_code_reads_back_from_an_alternative_text():
    code = read_code(coded("一句话。", "[marriage/registrations?area=990101&lang=zh]"))
    assert code == ChartCode("marriage/registrations", (("area", "990101"), ("lang", "zh")))
    assert read_code("一句话。") is None


@pytest.mark.slow
def test_the_command_line_writes_the_file_and_says_what_changed(
    samples, samples_desk, tmp_path, commands
):
    file = tmp_path / "deck.pptx"
    before, wanted = deck_of(samples_desk, SEPTEMBER, REFS), deck_of(samples_desk, OCTOBER, REFS)
    file.write_bytes(before)
    run = commands(samples)
    code, said = run("refresh", file, "--period", "2026-10")
    assert code == 0 and "已更新图表" in said
    assert file.read_bytes() == before
    assert charts_of((tmp_path / "deck_2026-10.pptx").read_bytes()) == charts_of(wanted)
    assert run("refresh", file, "--period", "2026-10", "--in-place", "--out", "x.pptx")[0] == 1
    assert run("refresh", file, "--period", "2026-10", "--in-place")[0] == 0
    assert charts_of(file.read_bytes()) == charts_of(wanted)


@pytest.mark.parametrize("extra", [(), ("--in-place",), ("--out", "other.pptx")])
def test_nothing_is_written_where_nothing_is_updated(samples, tmp_path, commands, extra):
    file, own = tmp_path / "foreign.pptx", io.BytesIO()
    Presentation().save(own)
    file.write_bytes(own.getvalue())
    named = [tmp_path / word if word.endswith(".pptx") else word for word in extra]
    code, said = commands(samples)("refresh", file, "--period", "2026-10", *named)
    assert code == 0 and "没有可更新" in said and "未写文件" in said and "已写出" not in said
    assert [one.name for one in tmp_path.iterdir()] == ["foreign.pptx"]
    assert file.read_bytes() == own.getvalue()
