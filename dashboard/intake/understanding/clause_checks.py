"""Compares what a clause of a remark says with what a figure counts, wherever the clause stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from dashboard.catalogue import periods
from dashboard.catalogue.concepts import FigureKind
from dashboard.catalogue.grid import GENERAL, Grid, IndicatorCell
from dashboard.catalogue.periods import Span
from dashboard.intake.forms.parts_of_year import PART, span_of_part
from dashboard.intake.understanding import words as slots
from dashboard.intake.understanding.lexicon import Lexicon
from dashboard.intake.understanding.places import Finder
from dashboard.intake.understanding.remarks import (
    AND,
    DOUBT,
    EXCEPT,
    IS,
    NARROWED,
    ONLY,
    SINCE_JANUARY,
    WITH,
    Clause,
    is_of_basis,
)
from dashboard.intake.understanding.stated_day import DAY
from dashboard.intake.understanding.words import (
    ADDED,
    ALTERS,
    BOTH,
    FILLER,
    LEFT,
    MARK,
    MEASURE,
    OF_WHICH,
    PER_HEAD,
    PLAN,
    PROGRAMME,
    RENOVATED,
    SCOPE,
    TARGET,
    VALUE,
    WEAK,
    Fact,
    Token,
    is_chinese,
    values_of,
)

_OF_FIGURES = re.compile(r"数|表[中内格]?|以上|上述|统计|资金|金额|截[至止]|情况|为|是")
_COMPARED = re.compile(r"同期|同比|环比|比|较|上年|去年|起|以来|修订|普查|标准")
_LAST_TIME = re.compile(r"上个?月|上个?季|次月|下个?月|上一[月季]")
_YEAR_BEFORE = re.compile(
    r"(?:(?:上年|去年|前年|上一年)(?:同期|同月)?|同期)(?:的?(?:数据?|水平|统计数))?"
)
_PAID = re.compile("(?:[已才统一]*(?:发放|拨付|支付|打卡)|补发|资金|款)$")
_LETTERS = re.compile("[A-Za-z]")
_OF_LENGTH = re.compile(r"(?:[为是系])?(?P<length>季|半年|年)[度报]*(?:数|数据|报)")
_LENGTHS = {"季": 3, "半年": 6, "年": 12}
_AREA = re.compile(r"(?:街道|[镇乡村]|社区|[区县市省]级|[区县市]直)(?:单位|机关|数据?)?$|本级$")
_TO = re.compile("^[到至入在了]+")
_ADDS_NOTHING = re.compile(
    rf"(?:中央|地方|各级|[省市区县]级?)(?:财政|补助|配套)*(?:资金|经费)?|{PART.pattern}"
)
_AND_SO_ON = re.compile("等?[)]?$")
_AMOUNT = re.compile(
    r"\d[\d.,]*(?:万|亿)?(?:元|户|人|对|%|名|个(?!月|季|年|街道|社区|村)|张|家|次|例)"
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_ADDED_WORDS = re.compile(rf"{_IN_BRACKETS.pattern}|(?:每|人均|户均)?[户人月年]?{_AMOUNT.pattern}")
# Nothing, a formula, 以…为准, how it is paid.
_NO_KIND = re.compile(
    r"^$|\w[÷×=]\w+$|^准$|[除乘]以|^[户人月季年次]?(?:发放|支付|拨付|补助|补差|施保)$"
)
_THERE_IS_NONE = re.compile("^(?:无|没有)")
_DENIES, _DENIED = re.compile("(?:[不非]|没有?)$"), re.compile("^[不非未]")
_TIME = re.compile(r"\d|[年月季期日]")
_WORD = re.compile(r"\w")
_WHOLE_OF = re.compile("全([省市县区国镇乡])")
_ASSERTS = re.compile("[为是系指示]")
_OF_COUNTS = re.compile("数|资金|金额|统计|口径")
_ENDS_AS_FIGURE = re.compile(
    r"(?:数据?|金额|资金|[月季年]度?(?:合计|之和|平均)|个(?:月|季度?|年)累计)$"
)
_SAID_OF = re.compile(r"^$|数据?|表|以上|上述|一[列栏行]")
# What is said of how figures were made, which changes none of them.
_HARMLESS = re.compile(
    r"系统|自动|生成|导出|提取|录入|最终|准确|真实|有效|核实|核定|审定|审核后?|确认|上报|公开|正式|取整|整数"
    r"|保留\S{1,2}位|小数|口径|民政部门|手工|人工|内部|资料|参[考阅]|待遇|一卡通|网[页站]|汇编的历年数|^[本该此]|第[一二三四]季度|\d{4}年|\d{1,2}月(?:份|末|底)?|\d{1,2}日"
)
_ENTITLED = re.compile("[核审]定|审核(?!后|确认)|应发")  # money that is due, not paid
_IN_PROGRESS = re.compile(
    r"(?:[核审]\w?|[审批]批|公示|申请|受理|统计|办理|筹[备建]|整理|录入|汇总|比对|认定|评估)中[)]?$"
    r"|[正仍尚]在[核审统办整录汇比认评公]"
)
# What is said of money or persons that are none yet.
_OUTSTANDING = re.compile(
    r"^(?:[本该此]月|均|尚|还|为|系|资金|人员|对象)*(?:拟(?!注销|退出|取消|停发|核减|清退)|待(?!遇)|应[发保享领补]|预[发拨付支计估算测]|计划|申请[数人中]"
    r"|未(?:发(?!现|生)|完成|[审批享领纳到拨付支兑])|结[转余]数?$)"
)
_NOT_OPEN = re.compile(
    "(?<!未)(?:停业|停办|关停|关闭)|[筹在拟]建|[未待](?:开业|运营|启用|投入|备案)"
)
_OF_MONEY = re.compile("[发拨付领]|元|到账|结[转余]")
# Who is left out of what is paid because nothing is due: 剔除已故及重复领取人员.
_NOT_ENTITLED = re.compile(
    r"(?:已经?)?(?:死亡|去世|病故|亡故|故(?!意)|重复|多领|冒领|虚报|错误|无效|失效|不符合?|不再符合)"
    r"(?!.*(?:前|之后|申请|新增))"
)
_NOT_LEFT_OUT = re.compile("(?:未|没有?|拟|应|待|将)(?:剔除|扣除|扣减|除去)")
_BEGINS_WITH = {ADDED: "added_", LEFT: "left_", RENOVATED: "renovated_", PER_HEAD: "per_"}


class Figure(NamedTuple):
    """What a clause is compared with: what a figure counts, of what kind, and of which area."""

    cell: IndicatorCell
    kind: FigureKind
    area: str


@dataclass(frozen=True, eq=False)
class ClauseChecks:
    """What clauses say of figures, by the words of the field and the areas of a table."""

    grid: Grid
    lexicon: Lexicon
    finder: Finder

    def contradicts(self, clause: Clause, figure: Figure) -> bool:
        """Whether a clause says of a figure what does not agree with it, or is not understood."""
        return bool(
            self.is_doubted(clause)
            or self._narrows(clause, figure)
            or self._is_planned(clause, figure)
            or self._is_outstanding(clause, figure)
            or self._is_of_other_programme(clause, figure.cell)
            or self._differs(clause, figure)
        )

    def is_doubted(self, clause: Clause) -> bool:
        """Whether a clause says that figures, whatever they count, are not what they should be."""
        is_english = not is_chinese(clause.text) and bool(_LETTERS.search(clause.text))
        is_narrowed = is_english and (not clause.is_note or NARROWED.search(clause.text))
        is_open = _IN_PROGRESS.search(clause.text) and not is_event(clause)
        return bool(is_narrowed or is_open or DOUBT.search(clause.text))

    def is_idle(self, clause: Clause) -> bool:
        """Whether a clause changes no figure at all: what happened, 新增2户, 已核实."""
        if clause.verb is not None or clause.unit or self.is_doubted(clause):
            return False
        filled = {fact.slot for fact in clause.facts} - {FILLER}
        if any(fact.value in (TARGET, PLAN) for fact in clause.facts):
            return False
        return is_event(clause) or not (filled or _TIME.search(clause.text))

    def is_of(self, subject: Iterable[Fact], cell: IndicatorCell) -> bool:
        """Whether nothing that a remark is about is of other figures than this one."""
        facts, grid = tuple(subject), self.grid
        measures = values_of(facts, MEASURE, WEAK) & grid.measures.keys()
        dimensions = {grid.units[grid.measures[one].unit].dimension for one in measures}
        if dimensions and self.dimension(cell) not in dimensions:
            return False
        programmes, within = values_of(facts, PROGRAMME), grid.is_within
        if programmes and not any(
            within(one, cell.programme) or within(cell.programme, one) for one in programmes
        ):
            return False
        scopes = values_of(facts, SCOPE)
        return not scopes or bool(scopes & {cell.scope, BOTH}) or not cell.scope

    def dimension(self, cell: IndicatorCell) -> str:
        """What the unit of a figure measures: money, persons."""
        grid = self.grid
        unit = grid.unit_of(grid.programmes[cell.programme], grid.measures[cell.measure])
        return grid.units[unit].dimension

    # -- what the figures are -----------------------------------------------------------------

    def _is_outstanding(self, clause: Clause, figure: Figure) -> bool:
        """Whether a clause says that figures are still to come: 拟发放3000元, 资金未拨付."""
        known = self.grid.programmes[figure.cell.programme]
        if clause.is_note and known.kind == "institution" and _NOT_OPEN.search(clause.text):
            return True
        if not _OUTSTANDING.search(clause.text):
            return False
        is_money = self.dimension(figure.cell) == "money"
        return is_money or not _OF_MONEY.search(clause.text)

    def _is_of_other_programme(self, clause: Clause, cell: IndicatorCell) -> bool:
        """Whether the note of a row names another programme of the kind of its figures.

        What happened to somebody (转特困2人) is of it, but 其中特困5人 are among what is counted.
        """
        is_said = clause.is_note and clause.verb is None and not clause.unit
        if not is_said or _THERE_IS_NONE.search(clause.text):
            return False
        if is_event(clause) and not any(fact.value == OF_WHICH for fact in clause.facts):
            return False
        return self.names_other(clause, cell)

    def names_other(self, clause: Clause, cell: IndicatorCell) -> bool:
        """Whether all programmes of a figure's kind that a clause names are others than its own."""
        known, within = self.grid.programmes, self.grid.is_within
        named = values_of(clause.facts, PROGRAMME) & known.keys()
        alike = [one for one in named if known[one].kind == known[cell.programme].kind]
        is_other = [
            not within(one, cell.programme) and not within(cell.programme, one) for one in alike
        ]
        return bool(alike) and all(is_other)

    def _is_planned(self, clause: Clause, figure: Figure) -> bool:
        """Whether a remark calls actual figures planned or expected: 均为预计数."""
        words = self.lexicon.cut(clause.predicate)
        is_plan = any(token.has(MARK, one) for token in words for one in (TARGET, PLAN))
        is_said = clause.verb is not None or clause.is_note
        return is_plan and is_said and figure.kind is FigureKind.ACTUAL

    def _differs(self, clause: Clause, figure: Figure) -> bool:
        """Whether a clause says that figures are something else: 人数为户数.

        A note without a verb says so where all its words are known; one of an amount, 新增2户,
        says what happened.
        """
        predicate = _ADDED_WORDS.sub("", clause.predicate)
        is_silent = (
            _NO_KIND.search(predicate) or _THERE_IS_NONE.search(predicate) or is_event(clause)
        )
        if not _says_what(clause) or is_silent:
            return False
        if _DENIES.search(clause.named) or _DENIED.search(clause.predicate):
            return self._is_denied(clause, figure.cell)
        return self._is_of_other_whole(predicate) or self._names_other_meaning(
            clause, predicate, figure
        )

    def _names_other_meaning(self, clause: Clause, predicate: str, figure: Figure) -> bool:
        """Whether a word that says what figures are is not known, or not of this figure."""
        if self.dimension(figure.cell) == "money" and _ENTITLED.search(predicate):
            return self._is_asserted(clause)
        parts = _HARMLESS.split(predicate)
        tokens = [token for part in parts for token in self.lexicon.cut(part, title=True)]
        known = [token for token in tokens if token.senses and not token.has(ALTERS)]
        others = [token for token in tokens if token not in known]
        if any(_WORD.search(token.text) for token in others):
            return self._is_asserted(clause)
        return not all(self._agrees(token, figure) for token in known)

    def _is_denied(self, clause: Clause, cell: IndicatorCell) -> bool:
        """Whether a clause says that figures are not of the programme that they are of."""
        words = self.lexicon.cut(clause.predicate)
        named = [one for token in words for one in _named(token, PROGRAMME)]
        return any(self.grid.is_within(cell.programme, one) for one in named)

    def _is_asserted(self, clause: Clause) -> bool:
        """Whether a clause says outright what figures are: 资金指…, not 按…, nor 联系人为…."""
        if clause.verb is None:
            return bool(_ENDS_AS_FIGURE.search(clause.predicate))  # 应发数
        text = clause.text.removesuffix(clause.predicate)
        verb = text[text.rfind(clause.named) + len(clause.named) :] if clause.named else text
        if clause.verb is not IS or not _ASSERTS.search(verb):
            return False
        if clause.is_of_some and not clause.named:
            return bool(_OF_COUNTS.search(clause.text))  # 文昌街道为新设街道 is of no figure
        return bool(_SAID_OF.search(clause.named)) or bool(values_of(clause.subject, MEASURE, WEAK))

    def _is_of_other_whole(self, text: str) -> bool:
        """Whether figures are said to be of a whole that is not the table's area: 全市数."""
        found, area = _WHOLE_OF.search(text), self.finder.areas.get(self.finder.within)
        return found is not None and area is not None and not area.name.zh.endswith(found[1])

    def _agrees(self, token: Token, figure: Figure) -> bool:
        """Whether a word may be said of a figure: one of its senses is what the figure counts."""
        if is_of_basis(token) and not token.has(MEASURE) and not token.has(WEAK):
            return True
        agree = self._fact_agrees
        return any(all(agree(fact, figure) for fact in sense) for sense in token.senses)

    def _fact_agrees(self, fact: Fact, figure: Figure) -> bool:
        cell, value = figure.cell, fact.value
        match fact.slot:
            case slots.PROGRAMME:
                return self.grid.is_within(cell.programme, value)
            case slots.MEASURE | slots.WEAK:
                return self._measures(value, cell)
            case slots.SCOPE:
                return value == cell.scope or (value == BOTH and not cell.scope)
            case slots.VALUE:
                return tuple(value.split(":", 1)) in cell.values
            case slots.MARK:
                return _is_marked(value, figure)
        return True

    def _measures(self, measure: str, cell: IndicatorCell) -> bool:
        """Whether a word's measure is that of a figure, or a general one in its unit: 人数."""
        known = self.grid.measures.get(measure)
        if measure == cell.measure or known is None:
            return True
        is_alike = self.grid.units[known.unit].dimension == self.dimension(cell)
        is_general = known.strength <= GENERAL
        return is_alike and (
            is_general or not self.grid.allows(self.grid.programmes[cell.programme], known)
        )

    # -- what they leave out or add -----------------------------------------------------------

    def _narrows(self, clause: Clause, figure: Figure) -> bool:
        """Whether a remark leaves out, or adds, what may change what the figures count."""
        checks = {ONLY: self._is_other, EXCEPT: self._is_part, WITH: self._is_added}
        is_meant = checks.get(clause.verb) if clause.verb else None
        if is_meant is None:
            return False
        parts = self._parts(_AND_SO_ON.sub("", clause.predicate))
        if self._changes_area(clause, parts, figure) or _is_still_counted(clause):
            return True
        others = [one for one in parts if not self._changes_nothing(clause, one, figure.cell)]
        words = [token for one in others for token in self.lexicon.cut(one)]
        return any(is_meant(token, figure.cell) for token in words)

    def _changes_nothing(self, clause: Clause, text: str, cell: IndicatorCell) -> bool:
        """Whether what is left out, or added, is an area or in no case part of the figures."""
        if self._is_area(text):
            return True
        if clause.verb is EXCEPT:
            return bool(_NOT_ENTITLED.match(text))
        return clause.verb is WITH and self._is_in_any_case(text, cell)

    def _is_in_any_case(self, text: str, cell: IndicatorCell) -> bool:
        """Whether figures have it anyhow: 省级资金, and 新建… among what there is at the end."""
        first, *more = [*self.lexicon.cut(text), None]
        known = self.grid.programmes[cell.programme], self.grid.measures[cell.measure]
        is_new = first is not None and first.has(MARK, ADDED)
        of_all = more == [None] or not self.grid.is_flow(*known)  # 新增 alone, without its kind
        return (is_new and of_all) or bool(_ADDS_NOTHING.fullmatch(text))

    def _changes_area(self, clause: Clause, parts: Sequence[str], figure: Figure) -> bool:
        """Whether an area is left out of the total of all, or another one added to a street."""
        if clause.verb is EXCEPT:
            return self._is_of_all(figure) and any(map(self._is_area, parts))
        if clause.verb is not WITH or not clause.is_of_some:
            return False
        is_joined = bool(clause.areas - {figure.area}) and any(map(self._is_area, parts))
        return is_joined or any(self._is_other_area(one, figure) for one in parts)

    def _parts(self, text: str) -> list[str]:
        """What a text names with 和 and 、 between; a name that has them is one."""
        words = self.lexicon.cut(text)
        is_name = len(words) == 1 and bool(words[0].senses)
        return [text] if is_name else [one for one in AND.split(text) if one]

    def _is_of_all(self, figure: Figure) -> bool:
        """Whether a figure is of the whole area of the table, from which a part is left out."""
        return bool(figure.area) and figure.area == self.finder.within

    def _is_area(self, text: str) -> bool:
        """Whether a text is of areas: 本级, 各社区; not 农村."""
        if any(token.has(SCOPE) for token in self.lexicon.cut(text)):
            return False
        return bool(_AREA.search(text) or self.finder.find(text))

    def _is_other_area(self, text: str, figure: Figure) -> bool:
        """Whether a text names another area of the list than a figure's, which is added to it."""
        found = self.finder.find(_TO.sub("", text))
        return any(area.code not in (figure.area, self.finder.within) for area in found)

    def _is_other(self, token: Token, cell: IndicatorCell) -> bool:
        """Whether a word to which the figures are confined does not name all that they count."""
        programmes = _named(token, PROGRAMME)
        if not programmes:
            return self._is_part(token, cell)
        return not any(self.grid.is_within(cell.programme, one) for one in programmes)

    def _is_added(self, token: Token, cell: IndicatorCell) -> bool:
        """Whether a word may name what is no part of what the figure counts."""
        if not token.senses:
            return is_chinese(token.text)
        if any(token.has(MARK, one) for one in (LEFT, ADDED, PLAN)):
            return True
        if cell.scope and _named(token, SCOPE):
            return not token.has(SCOPE, cell.scope)
        programmes = _named(token, PROGRAMME)
        return bool(programmes) and not any(
            self.grid.is_within(one, cell.programme) for one in programmes
        )

    def _is_part(self, token: Token, cell: IndicatorCell) -> bool:
        """Whether a word may name some of what the figure counts, and not all of it."""
        if not token.senses:
            return is_chinese(token.text)
        facts = [fact for sense in token.senses for fact in sense]
        own = {Fact(VALUE, f"{name}:{value}") for name, value in cell.values}
        own.add(Fact(SCOPE, cell.scope))
        named = _named(token, PROGRAMME)
        if named:
            return any(
                one != cell.programme and self.grid.is_within(one, cell.programme) for one in named
            )
        return any(fact.slot in (VALUE, SCOPE) and fact not in own for fact in facts)


def dates_otherwise(clause: Clause, span: Span) -> bool:
    """Whether a clause dates figures of a period otherwise: 为8月份数, 上年同期数."""
    text = SINCE_JANUARY.sub("本年", _IN_BRACKETS.sub("", clause.text))
    is_said = _says_what(clause) and not clause.is_negated
    if is_said and _YEAR_BEFORE.fullmatch(clause.predicate):
        return True
    length = _OF_LENGTH.fullmatch(text) if clause.is_note else None
    if length is not None:
        return span.length != _LENGTHS[length["length"]]
    if is_said and _is_of_part(clause):
        return _is_of_other_span(text, span)
    if _COMPARED.search(text) or _AMOUNT.search(text):
        return False
    if _is_date(clause):
        return _is_of_other_span(text, span)
    if not _OF_FIGURES.search(text):
        return False
    return bool(_LAST_TIME.search(text)) or any(
        _is_other_time(one, span, clause) for one in _times(text, span)
    )


def _is_of_other_span(text: str, span: Span) -> bool:
    """Whether a text names another period than that of figures, of another length too."""
    return any(_is_other_span(one, span) for one in _times(text, span))


def _is_of_part(clause: Clause) -> bool:
    """Whether a clause says that money is of a part of a year: 资金为第三季度."""
    is_money = Fact(MEASURE, "money") in clause.facts
    return is_money and bool(PART.fullmatch(clause.predicate))


def _is_date(clause: Clause) -> bool:
    """Whether the note of a row is a period, or when it was paid, and nothing else: 8月发放."""
    text = _PAID.sub("", clause.text)
    named = periods.phrases(text)
    is_whole = len(named) == 1 and named[0].text == text
    return clause.is_note and (is_whole or bool(PART.fullmatch(text)))


def _says_what(clause: Clause) -> bool:
    """Whether a clause says what figures are; one of a row may do so without a verb: 户数."""
    return clause.verb is IS or (clause.verb is None and clause.is_of_some)


def _is_still_counted(clause: Clause) -> bool:
    """Whether what should be left out is among what is counted: 尚未剔除死亡人员."""
    return clause.verb is EXCEPT and bool(_NOT_LEFT_OUT.search(clause.text))


def is_event(clause: Clause) -> bool:
    """Whether a note without a verb is of an amount, and so of what happened: 新增2户."""
    return clause.verb is None and bool(_AMOUNT.search(_IN_BRACKETS.sub("", clause.predicate)))


def _is_other_time(named: Span | None, span: Span, clause: Clause) -> bool:
    """Whether a time is not that of figures; a part of it may be said to be in them."""
    if named is None or named.end > span.end:
        return True
    if clause.verb is WITH and _lies_in(named, span):
        return False
    is_day = bool(DAY.search(clause.text))  # an earlier one is asked as the period itself
    return named.end != span.end and not is_day


def _is_other_span(named: Span | None, span: Span) -> bool:
    """Whether a period is another one than that of figures, which may be since January."""
    if named is None or named.end != span.end:
        return True
    return named.length not in (span.length, span.end.month)


def _lies_in(inner: Span, outer: Span) -> bool:
    """Whether a time is a part of a longer one: a first quarter of a first half."""
    return outer.length > 1 and outer.first <= inner.first and inner.end <= outer.end


def _times(text: str, span: Span) -> Iterable[Span | None]:
    """The periods that a remark names, parts of a year in that of the figure."""
    named = periods.phrases(text)
    if named:
        return [phrase.span for phrase in named]
    return [span_of_part(match[0], span.end.year) for match in PART.finditer(text)]


def _is_marked(mark: str, figure: Figure) -> bool:
    """Whether what a word says of figures, added or planned, is what the figure is."""
    if mark in (TARGET, PLAN):
        return figure.kind is not FigureKind.ACTUAL
    begins = _BEGINS_WITH.get(mark, "")
    return figure.cell.measure.startswith(begins)


def _named(token: Token, slot: str) -> set[str]:
    """What a word may fill a slot with."""
    return values_of(chain.from_iterable(token.senses), slot)
