"""Works out what is measured: the measure that words, marks, units or titles name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from dashboard.base.language import Text
from dashboard.catalogue.concepts import FigureKind, Unit
from dashboard.catalogue.grid import Grid, Measure, Programme
from dashboard.intake.understanding import gaps
from dashboard.intake.understanding.ambiguous_measures import ambiguous
from dashboard.intake.understanding.meaning import Around, Gap, Levels, SlotContext, values_in
from dashboard.intake.understanding.questions import TITLES
from dashboard.intake.understanding.words import (
    ADDED,
    BASIS,
    LEFT,
    MARK,
    MEASURE,
    PER_HEAD,
    PLAN,
    PROGRAMME,
    RENOVATED,
    TARGET,
    VALUE,
    WEAK,
    Fact,
)

_BY_UNIT = {
    "households": "households",
    "persons": "persons",
    "person_times": "person_times",
    "household_times": "household_times",
    "person_days": "person_days",
    "money": "money",
    "couples": "couples",
    "beds": "beds",
    "things": "organisations",
    "cases": "cases",
    "bodies": "bodies",
    "couples_per_day": "daily",
    "time": "hours",
}
_RESULTS = re.compile("完成|进展|进度|落实|执行|实际|实绩|实现|推进|兑现|结果|累计")
_PAID = re.compile("实发|应发")
_MOVES = {ADDED, LEFT}
_AT_END = Fact(BASIS, "end_of_period")
_DONE_TO = ((ADDED, "added"), (LEFT, "left"), (RENOVATED, "renovated"))
_OF_THE_AGED = ("elderly_institutions", "elderly_facilities")
_SUBSIDY = re.compile("补贴|补助")
_MEALS = re.compile("餐|食堂")
_SPENT = re.compile("支出|支付|拨付|使用|发放|下拨|分配|补助|补贴|救助")
_PLANNED = {TARGET, PLAN}
_OF_WHOLE_TABLE = _MOVES | _PLANNED
_STRONGER = ("balance", "standard", "per_head")
_MONEY_KINDS = {"money", "standard"}
_OF_PERSONS = ("benefit", "population")
_OF_PEOPLE = {"persons", "households", "person_times", "household_times"}
_SUMS = ("费", "金", "款", "资金", "费用")
_PEOPLE = (
    "人",
    "人员",
    "人口",
    "对象",
    "儿童",
    "孤儿",
    "老人",
    "女",
    "男",
    "女童",
    "男童",
    "职工",
    "生",
)
_NUMBER = ("数", "总数", "数量", "总数量", "合计", "总计", "合计数")
# What is counted where nothing else is said: registrations, institutions and divisions are counts.
_COUNTED = {
    "registration": {
        "couple": "couples",
        "case": "cases",
        "body": "bodies",
        "person": "persons",
        "session": "sessions",
        "instance": "instances",
        "hour": "hours",
    },
    "institution": {"organisation": "organisations", "facility": "organisations"},
    "organisation": {"organisation": "organisations", "community": "organisations"},
    "division": {"division": "divisions"},
    "bed_item": {"bed": "beds"},
    "population": {"person": "persons"},
    "spending": {"money": "money"},
}
# Units besides the measure's own in which it may be printed.
_ALIKE = {
    "things": ("cases",),
    "cases": ("things",),
    "couples": ("cases", "things"),
    "person_times": ("persons",),
    "household_times": ("households",),
    "persons": ("person_times", "things"),
    "households": ("things",),
    "beds": ("things",),
    "money_rate": ("money", "money_per_person"),
    "money_per_person": ("money",),
    "permille": ("rate", "couples", "percent"),
    "couples_per_day": ("couples",),
    "person_days": ("person_times",),
    "bodies": ("cases", "things", "persons"),
    "plots": ("things",),
}
# A measure's word, kind of programme and printed unit (empty: any), and the measure meant.
_AS_MEASURED = (
    ("organisations", "division", "", "divisions"),
    ("persons", "", "person_times", "person_times"),
    ("money", "benefit", "money_rate", "per_head"),
    ("per_head", "relief", "", "per_time"),
    ("person_times", "institution", "", "service_times"),
    ("service_times", "benefit", "", "person_times"),
    ("service_times", "relief", "", "person_times"),
    ("subsidies", "benefit", "", "money"),
    ("subsidies", "relief", "", "money"),
)


def measure_of(context: SlotContext, programme: Programme) -> tuple[Measure, FigureKind] | Gap:
    """The measure of a figure and whether it is actual, planned or a target."""
    grid, unit = context.grid, context.around.unit
    marks = _marks(context)
    if isinstance(marks, Gap):
        return marks
    word = _measure_word(context, programme, marks)
    if isinstance(word, Gap):
        return word
    titled = _stronger_in_title(context) if word == "money" else ""
    if titled:
        return gaps.two_measures([word, titled], grid)
    if not word:
        return gaps.no_measure()
    word = _registered(context, programme, word)
    narrowed = _narrower_than(context, programme, word)
    if narrowed is not None:
        return narrowed
    measure = grid.measures[_fitting(unit, programme, _paid(context, programme, word))]
    if not grid.allows(programme, measure):
        printed = _printed(context, word)
        return gaps.not_measured(programme, measure, of_title=context.from_title, printed=printed)
    if unit is not None and not _fits(unit, programme, measure, grid):
        return gaps.wrong_unit(measure, unit)
    return measure, _kind(marks)


def _marks(context: SlotContext) -> set[str] | Gap:
    """The marks of headings and label, and one of a title of which the whole table is.

    取消低保人员情况 counts who left, though its columns only say 人数.
    """
    marks = set(values_in(context.inner, MARK))
    titled = set(values_in(context.senses.titles, MARK)) & _OF_WHOLE_TABLE
    named = _named_in_table(context.around, MARK)
    if titled & _PLANNED:
        return _planned(context, marks, named)
    if not titled or named & _OF_WHOLE_TABLE:
        return marks
    return marks | titled if len(titled) == 1 else _unclear_title(context, titled)


def _named_in_table(around: Around, slot: str) -> set[str]:
    """What any heading or label of the table names of marks or measures."""
    return set(values_in([around.table_words], slot))


def _planned(context: SlotContext, marks: set[str], named: set[str]) -> set[str] | Gap:
    """The marks of a figure below a title of targets or plans.

    It is actual only where another column has the targets and this one reports what was done.
    """
    answered = {fact.value for fact in _answered_title(context) if fact.slot == MARK}
    if answered & _PLANNED:
        return marks | answered
    if marks & _PLANNED or (named & _PLANNED and _reports_results(context)):
        return marks
    return _unclear_title(context, _PLANNED)


def _unclear_title(context: SlotContext, marks: set[str]) -> Gap:
    """The question about the words of titles that may mean these marks."""
    tokens = [token for phrase in context.around.titles for token in phrase.tokens]
    words = [token.text for token in tokens if any(token.has(MARK, mark) for mark in marks)]
    return gaps.title_marks(list(dict.fromkeys(words)))


def _answered_title(context: SlotContext) -> Iterable[Fact]:
    """What a person says that the title says."""
    titles = context.around.titles
    return titles[0].facts() if titles and titles[0].text in TITLES else ()


def _reports_results(context: SlotContext) -> bool:
    """Whether a heading, a label or a title speaks of what was done: 完成数, 任务进展."""
    texts = [phrase.text for phrase in (*context.around.inner, *context.around.titles)]
    return any(map(_RESULTS.search, texts))


def _stronger_in_title(context: SlotContext) -> str:
    """A measure of money that a title names and no column does: 低保资金结余 over 金额."""
    named = _named_in_table(context.around, MEASURE)
    titled = values_in(context.senses.titles, MEASURE)
    return next((one for one in titled if one in _STRONGER and one not in named), "")


def _kind(marks: set[str]) -> FigureKind:
    if TARGET in marks:
        return FigureKind.TARGET
    return FigureKind.PLAN if PLAN in marks else FigureKind.ACTUAL


def _measure_word(context: SlotContext, programme: Programme, marks: set[str]) -> str | Gap:
    named = _named_measure(context.inner, context.grid)
    if isinstance(named, Gap):
        return named
    return (
        _marked(context, named, marks, programme)
        or _by_unit(context.around)
        or _by_value(context)
        or _by_people(context, programme)
        or _by_sex(context, programme)
        or _titled_measure(context)
        or _by_kind_of_people(context, programme)
        or _by_titled_people(context, programme)
        or _COUNTED.get(programme.kind, {}).get(programme.counts, "")
    )


# -- headings and labels ----------------------------------------------------------------------


def _named_measure(levels: Levels, grid: Grid) -> str | Gap:
    """The measure that headings and labels name; the stronger of two, else both are named."""
    chosen = ""
    for facts in levels:
        words = values_in([facts], MEASURE)
        if not words or chosen in words:
            continue
        stronger = _stronger(chosen, _strongest(words, grid), grid)
        if isinstance(stronger, Gap):
            return stronger
        chosen = stronger
    return chosen or _weak_measure(levels)


def _stronger(chosen: str, words: list[str], grid: Grid) -> str | Gap:
    """The measure of inner headings, or one of an outer heading that is stronger."""
    if not chosen:
        return words[0] if len(words) == 1 else gaps.two_measures(words, grid)
    both = _strongest([chosen, *words], grid)
    if len(both) == 1:
        return both[0]
    # A group heading over several measures says nothing of this one.
    return chosen if len(words) > 1 else gaps.two_measures(both, grid)


def _weak_measure(levels: Levels) -> str:
    """The measure of the innermost words such as 金 or 人 alone, where they agree."""
    for facts in levels:
        weak = set(values_in([facts], WEAK))
        if weak:
            return weak.pop() if len(weak) == 1 else ""
    return ""


def _strongest(words: Iterable[str], grid: Grid) -> list[str]:
    words = list(dict.fromkeys(words))
    most = max((grid.measures[word].strength for word in words), default=0)
    return [word for word in words if grid.measures[word].strength == most]


# -- marks, units, values and titles ----------------------------------------------------------


def _marked(context: SlotContext, word: str, marks: set[str], programme: Programme) -> str | Gap:
    """The measure with 新增, 退出 or 人均 before it; of institutions their number."""
    base = word or _by_unit(context.around)
    if not base and marks & {mark for mark, _ in _DONE_TO}:
        base = _COUNTED.get(programme.kind, {}).get(programme.counts, "")
    for mark, prefix in _DONE_TO:
        if mark in marks:
            return _moved(base, prefix, context.grid)
    if PER_HEAD not in marks or base == "standard":
        return word
    if base in ("", "money", "per_head"):
        return "per_head"
    return Gap("measure", Text("平均的是什么", "what the average is of"))


_MONEY_OF_MOVES = Text(
    "这一栏是新增或退出对象的金额，不是全部对象的，没有这样的指标，可以不读入",
    "money of those added or left, not of all: there is no such indicator, it may be left out",
)


def _moved(base: str, prefix: str, grid: Grid) -> str | Gap:
    """Households or persons added or left."""
    named = f"{prefix}_{base}"
    if named in grid.measures:
        return named
    if base.startswith(prefix):
        return base
    if base == "money":
        return Gap("measure", _MONEY_OF_MOVES)
    return Gap("measure", Text("新增或退出的是户还是人", "households or persons added or left"))


def _by_unit(around: Around) -> str:
    unit = around.unit or around.sheet_unit
    if unit is None or unit.id == "percent":
        return ""
    return _BY_UNIT.get(unit.dimension, "")


def _by_value(context: SlotContext) -> str:
    """Money where a value is one of money only, or a sum by its own word: 物价补贴, 照料护理费."""
    for name in values_in(context.inner, VALUE):
        dimension, _, value = name.partition(":")
        known = [
            declared.measures
            for declared in context.grid.values
            if (declared.dimension, declared.id) == (dimension, value)
        ]
        sums = _MONEY_KINDS if _is_sum(context, name) else {"money"}
        is_paid = dimension == "item" or all(measures <= sums for measures in known)
        if known and is_paid and all("money" in measures for measures in known):
            return "money"
    return ""


def _by_sex(context: SlotContext, programme: Programme) -> str:
    """Persons where only their sex is said, of a programme that counts no other people."""
    values = values_in(context.inner, VALUE)
    sexes = any(value.startswith("sex:") for value in values)
    return "persons" if sexes and programme.kind in _OF_PERSONS else ""


def _by_people(context: SlotContext, programme: Programme) -> str:
    """Persons where a heading names the people of the programme and their number: 特困人员总数."""
    if programme.kind not in _OF_PERSONS or programme.counts != "person":
        return ""
    for phrase in context.around.inner:
        for people, number in pairwise(phrase.tokens):
            is_of_people = people.has(PROGRAMME) and people.text.endswith(_PEOPLE)
            if is_of_people and number.text in _NUMBER:
                return "persons"
    return ""


def _by_kind_of_people(context: SlotContext, programme: Programme) -> str:
    """Persons where a heading names a kind of people and nothing says what else of them."""
    if programme.kind not in _OF_PERSONS:
        return ""
    tokens = (token for phrase in context.around.inner for token in phrase.tokens)
    named = any(token.has(VALUE) and token.text.endswith(_PEOPLE) for token in tokens)
    return "persons" if named else ""


def _by_titled_people(context: SlotContext, programme: Programme) -> str:
    """Persons where a title names the people of a table that measures nothing else: 留守儿童统计表.

    Then 总数, 男 and 0-5岁 can only count them.
    """
    around = context.around
    if programme.kind not in _OF_PERSONS or around.table_has_money or not context.from_title:
        return ""
    if _named_in_table(around, MEASURE) - {"persons", "organisations"}:
        return ""
    tokens = (token for phrase in around.titles for token in phrase.tokens)
    of_people = any(
        token.has(PROGRAMME, programme.id) and token.text.endswith(_PEOPLE) for token in tokens
    )
    return "persons" if of_people else ""


def _is_sum(context: SlotContext, value: str) -> bool:
    """Whether the word for a value is one for a sum of money."""
    return any(
        token.has(VALUE, value) and token.text.endswith(_SUMS)
        for phrase in context.around.inner
        for token in phrase.tokens
    )


def _paid(context: SlotContext, programme: Programme, word: str) -> str:
    """A subsidy where the word for an institution's money is one for it, else the word itself."""
    if word != "money" or programme.kind != "institution":
        return word
    tokens = (token for phrase in context.around.inner for token in phrase.tokens)
    paid = any(token.has(MEASURE, "money") and _SUBSIDY.search(token.text) for token in tokens)
    return "subsidies" if paid else word


def _registered(context: SlotContext, programme: Programme, word: str) -> str:
    """The number of organisations where 年末登记数 counts those on the register, no couples."""
    is_end = any(_AT_END in facts for facts in context.inner)
    is_count = word == "couples" and _printed(context, word).startswith("登记")
    return "organisations" if is_count and is_end and programme.kind == "organisation" else word


def _printed(context: SlotContext, measure: str) -> str:
    """The word of a heading or label that names a measure; empty where none does."""
    tokens = (token for phrase in context.around.inner for token in phrase.tokens)
    return next(
        (token.text for token in tokens if token.has(MEASURE, measure) or token.has(WEAK, measure)),
        "",
    )


def _narrower_than(context: SlotContext, programme: Programme, word: str) -> Gap | None:
    """The question about a measure's word that counts only some of what the programme has."""
    if word == "residents":
        return _aged_residents(context, programme)
    if word == "money" and programme.is_receipt:
        return _spent(context)
    meals = None if _MEALS.search(programme.name.zh) else _meals(context)
    return meals or ambiguous(context, programme, word)


def _spent(context: SlotContext) -> Gap | None:
    """The question about money spent of what comes in: 支出 of 筹集福利彩票公益金."""
    for phrase in context.around.inner:
        for token in phrase.tokens:
            if token.has(MEASURE, "money") and _SPENT.search(token.text):
                return gaps.unknown_word(token.text, phrase)
    return None


def _meals(context: SlotContext) -> Gap | None:
    """The question about 助餐人次 of what serves more than meals: 居家养老服务."""
    for phrase in context.around.inner:
        for token in phrase.tokens:
            if token.has(MEASURE) and _MEALS.search(token.text):
                return gaps.unknown_word(token.text, phrase)
    return None


def _aged_residents(context: SlotContext, programme: Programme) -> Gap | None:
    """The question about 在院老人 of institutions that are not for the aged alone."""
    within = context.grid.is_within
    if "老" in programme.name.zh or any(within(programme.id, whole) for whole in _OF_THE_AGED):
        return None
    for phrase in context.around.inner:
        for token in phrase.tokens:
            if token.has(MEASURE, "residents") and "老" in token.text:
                return gaps.unknown_word(token.text, phrase)
    return None


def _titled_measure(context: SlotContext) -> str | Gap:
    """The measure of the nearest title that names one.

    资金 in a title is no measure of a bare column beside others that say money and people
    themselves: 全自理 below 特困人员供养资金发放表 counts persons as well as it may sum yuan.
    """
    for facts in context.senses.titles:
        words = _strongest(values_in([facts], MEASURE), context.grid)
        if words == ["money"] and _measures_people_too(context):
            return ""
        if words:
            return words[0] if len(words) == 1 else gaps.two_measures(words, context.grid)
    return ""


def _measures_people_too(context: SlotContext) -> bool:
    """Whether the table has people or households beside this figure."""
    around = context.around
    if any(_PAID.search(phrase.text) for phrase in around.inner):
        return False
    named = _named_in_table(around, MEASURE)
    return around.counts_people or bool(named & _OF_PEOPLE)


# -- what fits the programme ------------------------------------------------------------------


def _fitting(unit: Unit | None, programme: Programme, word: str) -> str:
    """The measure as this kind of programme has it: 个数 of townships, 人次 by its unit."""
    printed = unit.dimension if unit is not None else ""
    for named, kind, dimension, meant in _AS_MEASURED:
        if named == word and kind in ("", programme.kind) and dimension in ("", printed):
            return meant
    if programme.kind == "registration" and word in ("organisations", "person_times", "cases"):
        if printed in ("things", "cases"):
            return _COUNTED["registration"].get(programme.counts, word)
    is_couples = (word, programme.counts, printed) == ("persons", "couple", "couples")
    return "couples" if is_couples else word


def _fits(unit: Unit, programme: Programme, measure: Measure, grid: Grid) -> bool:
    wanted = grid.units[grid.unit_of(programme, measure)].dimension
    return unit.dimension in {wanted, *_ALIKE.get(wanted, ())}
