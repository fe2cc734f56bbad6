"""Says to a person why a figure is not understood: one function a reason."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.base.language import Text
from dashboard.catalogue.concepts import Accumulation, Area, Indicator, Unit
from dashboard.catalogue.grid import URBAN, Grid, Measure, Programme
from dashboard.intake.understanding.meaning import Gap
from dashboard.intake.understanding.phrases import Phrase
from dashboard.intake.understanding.words import Fact


def unknown_word(word: str, phrase: Phrase) -> Gap:
    """A word that nothing covers."""
    text = " ".join(str(phrase.text).split())
    return Gap(
        "word",
        Text(f"“{text}”中的“{word}”是什么意思", f"what does {word!r} in {text!r} mean"),
        word,
    )


_ALTERED = {
    "change": Text("增减数", "changes"),
    "beside": Text("对比的结果", "results of a comparison"),
    "share": Text("占比或排名", "shares or ranks"),
    "moves": Text("变动的对象", "those that changed"),
    "average": Text("平均数", "averages"),
    "other_time": Text("另一时期的数", "figures of another time"),
    "several_years": Text("几年合计的数", "figures of several years together"),
    "not_actual": Text("预计、模拟或抽样的数", "expected, simulated or sampled figures"),
    "stage": Text("办理过程中的人或事", "cases on their way"),
}


def altering(word: str, kind: str, title: str) -> Gap:
    """A word of a title that may make the figures something else than what there is."""
    other = _ALTERED[kind]
    return Gap(
        "word",
        Text(
            f"标题“{title}”中有“{word}”，表中的数是{other.zh}还是本期的实有数、发生数没有写明"
            "(是本期的数答“无”)",
            f"the title {title!r} says {word!r}: whether the figures are {other.en} or the actual"
            " ones of the period is not said (answer nothing where they are the latter)",
        ),
        word,
    )


def unclear_title(word: str, title: str) -> Gap:
    """A word of an English title that nothing explains."""
    return Gap(
        "word",
        Text(
            f"标题“{title}”中有“{word}”，表中的数因此是什么没有写明(不改变的答“无”)",
            f"what {word!r} in the title {title!r} makes of the figures is not said (answer nothing"
            " where it changes none)",
        ),
        word,
    )


def missing_value(word: str, phrase: Phrase) -> Gap:
    """A heading of a breakdown beside what is measured, without a value: 星级机构数."""
    text = " ".join(str(phrase.text).split())
    return Gap(
        "word",
        Text(f"“{text}”中的“{word}”是哪一类没有写明", f"which {word!r} in {text!r} is not said"),
        word,
    )


def unclear_remark(text: str) -> Gap:
    """A remark of the table that may change what its figures mean."""
    return Gap(
        "word",
        Text(
            f"表中注明“{text}”，这些数要不要改变含义或单位没有弄清(不改变的答“无”)",
            f"a remark says {text!r}: whether it changes the meaning or unit of these figures is"
            " not clear (answer nothing where it does not)",
        ),
        text,
    )


def unclear_note(text: str, count: int) -> Text:
    """What is said of figures at which a note stands that may make them something else."""
    zh, en = (f"({count:,} 个数)", f" ({count:,} figures)") if count > 1 else ("", "")
    return Text(
        f"备注“{text}”{zh}，与该数的指标、时间或地区不符，或没有弄清；请改正，或写明说明",
        f"the note {text!r}{en} does not agree with the figure's indicator, period or area, or is "
        "not clear: mend it, or explain it with a note",
    )


def scopes_contradict() -> Gap:
    """Urban at one place and rural at another."""
    return Gap(
        "programme",
        Text("城市和农村互相矛盾", "urban and rural contradict each other"),
        "城市、农村",
    )


def not_measured(
    programme: Programme, measure: Measure, *, of_title: bool = False, printed: str = ""
) -> Gap:
    """A measure that the programme does not have: beds of a marriage. ``printed`` is its word.

    Where only the title names the programme, it is asked which programme is meant.
    """
    return Gap(
        "programme" if of_title else "measure",
        Text(
            f"{programme.name.zh}没有“{printed or measure.name.zh}”这一度量",
            f"{programme.name.en}: {measure.name.en} is not measured of it",
        ),
    )


def _value_name(fact: Fact, grid: Grid) -> Text:
    """The name of the value that a fact states, else its id."""
    dimension, _, name = fact.value.partition(":")
    for value in grid.values:
        if (value.dimension, value.id) == (dimension, name):
            return value.name
    return Text(name, name)


def no_value(fact: Fact, programme: Programme, grid: Grid, printed: str = "") -> Gap:
    """A value by which the programme is not broken down; ``printed`` is its word in the table."""
    name = Text(printed, printed) if printed else _value_name(fact, grid)
    return Gap(
        "word",
        Text(f"{programme.name.zh}不按“{name.zh}”分组", f"{programme.name.en}: not by {name.en}"),
        name.zh,
    )


def only_item(word: str, programme: Programme) -> Gap:
    """A title of one item of spending: not all that have the benefit are meant below it."""
    text = Text(
        f"标题说的是“{word}”，是否全部{programme.name.zh}",
        f"the title is of {word}: whether every {programme.name.en} is meant",
    )
    return Gap("word", text, word)


def out_of_place(fact: Fact, grid: Grid) -> Gap:
    """A word that means a value only where the words around it say so."""
    name = _value_name(fact, grid)
    return Gap(
        "word",
        Text(f"看不出这里是否指“{name.zh}”", f"whether {name.en} is meant is not clear"),
        name.zh,
    )


def two_values(*names: Text) -> Gap:
    """Two values of one dimension."""
    joined = _joined(names, "与", " and ")
    return Gap(
        "word",
        Text(f"{joined.zh}互相矛盾", f"{joined.en} contradict each other"),
        names[-1].zh,
    )


def _joined(names: Sequence[Text], zh: str, en: str) -> Text:
    return Text(zh.join(name.zh for name in names), en.join(name.en for name in names))


def _programmes(identities: Sequence[str], grid: Grid) -> list[Text]:
    return [grid.programmes[identity].name for identity in identities]


def two_programmes(identities: Sequence[str], grid: Grid) -> Gap:
    """Programmes in one heading that nothing joins."""
    names = _joined(_programmes(identities, grid), "、", " and ")
    return Gap("programme", Text(f"同时写了{names.zh}", f"both {names.en} are written"))


def programmes_contradict(identities: Sequence[str], grid: Grid) -> Gap:
    """Programmes at two places of which neither is part of the other."""
    names = _joined(_programmes(identities, grid), "与", " and ")
    return Gap("programme", Text(f"{names.zh}互相矛盾", f"{names.en} contradict each other"))


def part_of_residents(people: Programme, institution: Programme) -> Gap:
    """A part (其中) of those in institutions: 特困人员 there are not all that have the benefit."""
    return Gap(
        "programme",
        Text(
            f"“其中”的{people.name.zh}只是{institution.name.zh}里的一部分人，不是全部{people.name.zh}",
            f"of which {people.name.en}: those in {institution.name.en}, not all that there are",
        ),
    )


def which_programme(identities: Sequence[str], grid: Grid) -> Gap:
    """Programmes of a title, where a column or row does not say which it is."""
    names = _joined(_programmes(identities, grid), "、", ", ")
    if len(identities) == 1:
        zh = f"标题只写了{names.zh}这一大类，本列（行）说的是哪一种机构或项目没有写明"
        en = f"the title only names {names.en}: which kind of it is meant is not said"
    else:
        zh = f"标题写了{names.zh}，本列（行）说的是其中哪一个没有写明"
        en = f"the title names {names.en}: which of them is meant is not said"
    return Gap("programme", Text(zh, en))


def no_programme() -> Gap:
    """No word names a programme."""
    return Gap(
        "programme",
        Text("没有写明是哪项工作的数", "of which programme the figures are is not said"),
    )


def unclear_programme(programme: Programme) -> Gap:
    """A word that means the programme only in a context that is missing."""
    name = programme.name
    return Gap("word", Text(f"看不出是否指{name.zh}", f"whether {name.en} is meant is not clear"))


def not_joined() -> Gap:
    """A heading that joins programmes which nothing unites."""
    return Gap(
        "programme",
        Text("合并了哪几个项目没有写明", "which programmes are joined here is not said"),
    )


def may_contain(programme: Programme, part: Programme) -> Gap:
    """A total of a programme that may or may not contain another one beside it."""
    return Gap(
        "programme",
        Text(
            f"“{programme.name.zh}”的总数是否包含{part.name.zh}没有写明",
            f"whether the total of {programme.name.en} contains {part.name.en} is not said",
        ),
    )


def no_scopes(programme: Programme, scope: str) -> Gap:
    """Urban or rural of a programme that is not kept by them."""
    return Gap(
        "programme",
        Text(f"{programme.name.zh}不分城市、农村", f"{programme.name.en}: urban or rural"),
        "城市" if scope == URBAN else "农村",
    )


def two_measures(words: Sequence[str], grid: Grid) -> Gap:
    """Measures of which none is the stronger."""
    names = _joined([grid.measures[word].name for word in words], "、", " and ")
    return Gap("measure", Text(f"同时写了{names.zh}", f"both {names.en} are written"))


def title_marks(words: Sequence[str]) -> Gap:
    """A title of targets, or of those added and left, over columns that do not say which."""
    text = Text(
        f"标题写了“{'、'.join(words)}”，各列（行）是不是这样的数没有写明",
        f"the title speaks of {', '.join(words)}: whether the figures are of that is not said",
    )
    return Gap("title", text, "标题")


def part_of_which(wholes: Sequence[Text]) -> Gap:
    """A part (其中) without a unit behind several measures: 公办 of institutions or of beds."""
    names = _joined(wholes, "还是", " or ")
    return Gap(
        "measure",
        Text(
            f"“其中”是{names.zh}的一部分没有写明", f"of which it is a part is not said: {names.en}"
        ),
    )


def part_of_row(wholes: Sequence[str]) -> Gap:
    """A row of which nothing says of which row above it is a part."""
    names = _joined([Text(one, one) for one in wholes if one], "还是", " or ")
    text = Text(
        f"是不是“{names.zh}”的一部分没有写明", f"whether it is a part of {names.en} is not said"
    )
    return Gap("programme", text)


def of_run_or_all(heading: str) -> Gap:
    """A bare heading behind one of several groups of columns: of that group, or of all."""
    text = Text(
        f"是“{heading}”一组的还是全部的没有写明",
        f"whether it is of the columns from {heading} on or of all is not said",
    )
    return Gap("programme", text)


def no_measure() -> Gap:
    """No word says what is measured."""
    return Gap(
        "measure", Text("没有写明是户数、人数、资金还是其他", "what is measured is not said")
    )


def wrong_unit(measure: Measure, unit: Unit) -> Gap:
    """A unit in which the measure cannot be."""
    text = Text(f"“{measure.name.zh}”不以“{unit.name.zh}”计", f"{measure.name.en}: {unit.name.en}")
    return Gap("unit", text, unit.name.zh)


def two_meanings(word: str, names: Sequence[Text]) -> Gap:
    """A word that leaves several meanings open, all of them named."""
    joined = _joined(names, "、", " and ")
    zh, en = (f"“{word}”", repr(word)) if word else ("这一栏", "this line")
    several = Text(f"：{joined.zh}", f": {joined.en}") if len(names) > 1 else Text("", "")
    text = Text(f"{zh}在这里有两种意思{several.zh}", f"{en} may mean two things here{several.en}")
    return Gap("word", text, word)


def no_area() -> Gap:
    """Neither the table nor the person names a district."""
    return Gap("area", Text("是哪个地区", "which area is it"))


def unknown_area(text: str, district: Area | None) -> Gap:
    """A label or heading that names no area of the district, or several."""
    where = district.name if district else Text("地区表", "the list of areas")
    return Gap(
        "area",
        Text(f"“{text}”在{where.zh}中没有或不止一个", f"{text!r}: no single area of {where.en}"),
        text,
    )


def code_contradicts(row: int, code: str, area: Area, name: str) -> Gap:
    """A division code and a name of the same row that mean two areas; rows count from 0."""
    return Gap(
        "area_mismatch",
        Text(
            f"第 {row + 1} 行的代码 {code}({area.name.zh})与名称“{name}”不符",
            f"row {row + 1}: the code {code} is {area.name.zh}, the name says {name}",
        ),
        name,
    )


def no_period() -> Gap:
    """Neither headings, rows nor titles name a period."""
    return Gap("period", Text("表中没有写明是哪一期", "the period is not said"))


def no_year() -> Gap:
    """Headings or rows name months, quarters or halves; nothing says of which year."""
    return Gap(
        "period",
        Text(
            "表中写了月份或季度，没有写年份，只缺年份",
            "the table names months or quarters: only the year is missing",
        ),
    )


def unclear_period(text: str) -> Gap:
    """A heading or label that names a time which is not understood: 1、2、3月."""
    shown = " ".join(str(text).split())
    return Gap(
        "span",
        Text(f"“{shown}”是哪一段时间看不出", f"the time in {shown!r} is not understood"),
        shown,
    )


def not_the_sum(total: str) -> Gap:
    """A total of months, quarters or halves that is not their sum: they may count since January."""
    return Gap(
        "span",
        Text(
            f"合计“{total}”不等于各期之和，各期是当期数还是累计数、合计是哪一段时间看不出",
            f"the total {total!r} is not the sum of its periods: whether these count since "
            "January, and the time of the total, is not said",
        ),
        total,
    )


def periods_contradict(outer: Text, inner: str) -> Gap:
    """Two levels that name periods of which neither lies in the other."""
    shown = " ".join(str(inner).split())
    return Gap(
        "span",
        Text(
            f"“{outer.zh}”与“{shown}”的时间互相矛盾",
            f"the times {outer.en!r} and {shown!r} contradict each other",
        ),
        shown,
    )


def no_basis() -> Gap:
    """A flow of which the sheet does not say over which time it counts."""
    return Gap(
        "basis",
        Text(
            "表中没有写明是当月数还是本年累计数",
            "whether the figures are of the month or since January is not said",
        ),
    )


def span_or_to_date(word: str) -> Gap:
    """A total of a quarter's heading (三季度累计) that may be of the quarter or since January."""
    return Gap(
        "word",
        Text(
            f"“{word}”是这一段时间的合计(答“本季度”)还是年初以来的累计(答“本年累计”)没有写明",
            f"whether {word!r} is of that time alone (answer 本季度) or since January (answer"
            " 本年累计) is not said",
        ),
        word,
    )


def end_or_times(word: str, measure: Measure, counted: Measure) -> Gap:
    """A number over several months that may be the one at their end or that of all payments."""
    return Gap(
        "word",
        Text(
            f"“{word}”的{measure.name.zh}是期末数还是各月累计{counted.name.zh}没有写明",
            f"whether {measure.name.en} are those at the end or {counted.name.en} is not said",
        ),
        word,
    )


def odd_span() -> Gap:
    """A flow over a time of which no flow is kept: July to September."""
    return Gap(
        "measure",
        Text(
            "不是从1月起的一段时间，不能当作当月数或累计数",
            "a span that is neither a month nor since January",
        ),
    )


def other_basis(indicator: Indicator) -> Gap:
    """Figures of a basis on which an indicator is not kept."""
    to_date = indicator.accumulation is Accumulation.YEAR_TO_DATE
    kept = "本年累计数" if to_date else "当月数"
    return Gap(
        "measure",
        Text(
            f"“{indicator.name.zh}”只收{kept}",
            f"{indicator.name.en}: only {indicator.accumulation} is kept",
        ),
    )


def other_unit(name: Text, unit: Text) -> Gap:
    """A measure in a unit of another kind: persons in 10 thousand yuan."""
    return Gap(
        "unit",
        Text(
            f"“{name.zh}”不能以“{unit.zh}”计，表头或单位有误",
            f"{name.en} is not counted in {unit.en}: heading or unit is wrong",
        ),
    )


def no_unit(name: Text) -> Gap:
    """A measure whose unit is not printed, or not one in which it can be."""
    return Gap(
        "unit",
        Text(
            f"“{name.zh}”没有写明计量单位或单位不合",
            f"{name.en}: its unit is not said or does not fit",
        ),
    )
