"""Any words of the catalogue in any order: each slot is filled once, or what is wrong is said."""

import os
from functools import cache

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sheets import catalogue

from dashboard.intake.understanding.figure_meaning import understand
from dashboard.intake.understanding.lexicon import lexicon_of
from dashboard.intake.understanding.meaning import Around, Gap, Meaning
from dashboard.intake.understanding.phrases import label_phrase, title_phrase
from dashboard.intake.understanding.words import MEASURE, PROGRAMME, SCOPE, VALUE

GRID = catalogue().grid
EXAMPLES = int(os.environ.get("SLOT_EXAMPLES", "150"))
QUICK = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
STRANGE = ("渐冻症", "一档", "蓝印户", "低龄组", "特惠")


@cache
def spoken():
    """Words of the catalogue that mean one thing only, by slot."""
    words = {PROGRAMME: [], MEASURE: [], VALUE: []}
    for programme in GRID.programmes.values():
        words[PROGRAMME].append(programme.name.zh)
    for measure in GRID.measures.values():
        words[MEASURE] += measure.aliases[:1] or (measure.name.zh,)
    for value in GRID.values:
        words[VALUE].append(value.name.zh)
    return {slot: sorted(word for word in found if is_sure(word)) for slot, found in words.items()}


def is_sure(word):
    tokens = phrase(word).tokens
    return len(tokens) == 1 and len(tokens[0].senses) == 1


def phrase(text):
    return label_phrase(text, lexicon_of(GRID), catalogue())


def said(column, row="", title=""):
    """What headings (outermost first), a row's label and a title mean together."""
    titles = (title_phrase(title, lexicon_of(GRID), catalogue()),) if title else ()
    headings = tuple(phrase(text) for text in reversed(column))
    labels = (phrase(row),) if row else ()
    return understand(Around(headings, labels, titles), GRID)


def facts(texts, slot):
    return {f.value for text in texts for f in phrase(text).facts() if f.slot == slot}


def words_of(slot):
    return st.sampled_from(spoken()[slot])


scopes = st.sampled_from(["", "城市", "农村"])
anything = st.lists(
    st.one_of(words_of(PROGRAMME), words_of(MEASURE), words_of(VALUE), scopes, st.just("其中")),
    min_size=1,
    max_size=6,
)


@QUICK
@given(anything, st.integers(0, 5))
def test_a_meaning_has_one_programme_and_one_measure_that_the_words_say(words, cut):
    words = [word for word in words if word]
    column, row = words[:cut], "".join(words[cut:])
    meant = said(column, row)
    if not isinstance(meant, Meaning) or meant.cell is None:
        return
    cell, texts = meant.cell, [*column, row]
    named = facts(texts, PROGRAMME)
    if cell.measure in ("nursing_beds", "added_nursing_beds"):
        named |= {"elderly_institutions"}  # only they have such beds
    union = set(GRID.programmes[cell.programme].union)
    assert cell.programme in named or (union and union <= named | union and union & named)
    assert all(
        GRID.is_within(cell.programme, one)
        or one in union
        or GRID.programmes[one].kind in ("spending", "head", "institution", "organisation")
        for one in named
    )
    assert GRID.allows(GRID.programmes[cell.programme], GRID.measures[cell.measure])
    assert cell.scope in ("", *{"urban", "rural"} & facts(texts, SCOPE))
    assert GRID.is_meaningful(cell)


@QUICK
@given(words_of(PROGRAMME), words_of(MEASURE), words_of(VALUE), st.permutations(range(3)))
def test_a_word_that_narrows_changes_the_meaning_or_is_asked(programme, measure, value, order):
    plain = said([programme, measure])
    words = [[programme, measure, value][at] for at in order]
    for narrowed in (said(words), said([programme, measure], value), said(["".join(words)])):
        if isinstance(narrowed, Meaning) and isinstance(plain, Meaning):
            assert narrowed.cell != plain.cell or is_repeated(value, plain)


def is_repeated(value, plain):
    """Whether a value says again whom the programme is for, or fills the measure: 床位 of beds."""
    cell = plain.cell
    if facts([value], PROGRAMME) == {cell.programme}:  # 低保对象
        return True
    known = dict(cell.values)
    topic = GRID.programmes[cell.programme].topic
    said_of = {one.partition(":")[0] for one in facts([value], VALUE)}
    return bool(said_of & known.keys()) or (topic, "group") in {(topic, one) for one in said_of}


@QUICK
@given(words_of(PROGRAMME), words_of(MEASURE), st.sampled_from(STRANGE), st.integers(0, 3))
def test_an_unknown_word_is_never_left_out(programme, measure, strange, place):
    layouts = (
        ([programme, strange, measure], ""),
        ([programme, measure], strange),
        ([f"{strange}{programme}{measure}"], ""),
        ([f"{programme}{measure}", strange], ""),
    )
    column, row = layouts[place]
    meant = said(column, row)
    if isinstance(meant, Meaning):
        cell = meant.cell
        assert (
            cell is None or any("u" in value for _, value in cell.values) or "u" in cell.programme
        )


@QUICK
@given(words_of(PROGRAMME), words_of(MEASURE))
@example("街道", "护理型床位数")
@example("老年人口", "救助人数")
def test_urban_and_rural_contradict_each_other(programme, measure):
    for column, row, title in (
        (["城市", programme, "农村", measure], "", ""),
        ([f"农村{programme}", measure], "城市", ""),
        ([f"城市{programme}{measure}"], "", f"农村{programme}情况"),
    ):
        meant = said(column, row, title)
        assert isinstance(meant, Gap)
        if meant.word == "城市、农村":
            assert "城市" in meant.text.zh and "农村" in meant.text.zh


@QUICK
@given(words_of(PROGRAMME), words_of(PROGRAMME), words_of(MEASURE), st.booleans())
def test_two_programmes_are_named_where_nothing_joins_them(one, other, measure, in_title):
    first, second = (next(iter(facts([word], PROGRAMME))) for word in (one, other))
    ranks = {GRID.programmes[name].kind for name in (first, second)}
    joined = GRID.union_of({first, second}) or GRID.is_within(first, second)
    if joined or GRID.is_within(second, first) or not ranks <= {"benefit", "registration"}:
        return
    meant = said([other, measure], "", one) if in_title else said([one, other, measure])
    assert isinstance(meant, Gap)
    if meant.kind == "programme":
        assert all(GRID.programmes[name].name.zh in meant.text.zh for name in (first, second))


@QUICK
@given(words_of(PROGRAMME), st.data())
def test_two_values_of_one_dimension_are_both_named(programme, data):
    known = GRID.programmes[next(iter(facts([programme], PROGRAMME)))]
    persons = GRID.measures["persons"]
    by_dimension = {}
    for value in GRID.values_of(known, persons) if GRID.allows(known, persons) else ():
        if is_sure(value.name.zh) and not facts([value.name.zh], PROGRAMME):
            by_dimension.setdefault(value.dimension, []).append(value.name.zh)
    several = [names for names in by_dimension.values() if len(set(names)) > 1]
    if not several:
        return
    one, other = data.draw(
        st.lists(
            st.sampled_from(sorted(set(data.draw(st.sampled_from(several))))),
            min_size=2,
            max_size=2,
            unique=True,
        )
    )
    meant = said([programme, one, other, "人数"])
    assert isinstance(meant, Gap), meant
    if "矛盾" in meant.text.zh:
        assert one in meant.text.zh and other in meant.text.zh


@pytest.mark.parametrize("text", ["城市低保人数", "农村特困人员支出"])
def test_the_words_of_one_heading_are_understood(text):
    assert isinstance(said([text]), Meaning)
