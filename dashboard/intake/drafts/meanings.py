"""Fills the slots of a draft's mentions from their words, by the same understanding as tables.

A mention whose words fill the slots means an indicator at a period; any other says why it does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.concepts import Accumulation, FigureKind, Indicator, Unit
from dashboard.catalogue.periods import Period, Span
from dashboard.intake.drafts.amounts import PERCENT, POINTS, TIMES
from dashboard.intake.drafts.comparisons import (
    CHANGES,
    falls,
    months_back,
    own_subject,
    run_of_changes,
)
from dashboard.intake.drafts.mention import ACTUAL, CHANGE, PART, TARGET, TOTAL, Mention
from dashboard.intake.drafts.mentions import ReadDraft
from dashboard.intake.drafts.personal_names import cut
from dashboard.intake.drafts.wording import is_paid_to, listed_before, paid, plain, served, wordings
from dashboard.intake.understanding.figure_meaning import understand
from dashboard.intake.understanding.lexicon import lexicon_of
from dashboard.intake.understanding.meaning import Around, Gap, Meaning
from dashboard.intake.understanding.phrases import (
    Phrase,
    find_unit,
    label_phrase,
    title_phrase,
)
from dashboard.intake.understanding.words import FILLER, PROGRAMME

UNKNOWN, NO_PERIOD, PLAN, ODD_SPAN, SOME, EARLIER = (
    "unknown",
    "no_period",
    "plan",
    "odd_span",
    "some",
    "earlier",
)
MOST_IN_TURN = 12  # changes after 分别
MOST_LETTERS = 40  # of a subject; a longer one is a sentence
YEAR = 12  # months
_LEADS = re.compile(
    r"^(?:我[市区县省旗]|全[市区县省旗镇]|本[市区县省旗镇]|截至|截止|全年|共有?|累计|现有?|已|依法|目前|去年|上年|当年"
    r"|实施|支出|支付|下发|办理|为|有|各级?(?:各类)?|各类)+"
)

_DONE_TO = re.compile(
    r"(?:^|[我全本][市区县省旗]|共|已)(?:为|给|对|向|资助|帮助|慰问|走访|组织|补贴|奖励|培训|惠及|覆盖|评估|探访)+"
    r"(?:其中|[我全本][市区县省旗])?$|[为给对](?:其中|[我全本][市区县省旗])$"
)
_MEAN = re.compile("[人户月日年]均|平均|每[名位个家]")
_PER_HEAD = re.compile(r"每人每[月年]|每[月年]每人|/人")
_NO_COUNTS = frozenset(("类", "大类", "种", "级", "项", "期", "批", "次", "场", "场次", "份", "篇"))
_PER_YEAR = re.compile(r"每人每年|每年每人|年标准|/年|/人·年|/人年|元年|一年")
_OF_STANDARDS = re.compile("标准:[^:。]*$")
_A_RATE = re.compile("元/[人月]")
_REACHED = re.compile("^(?:总数|总量|累计|共)?(?:达到?|升至|降至|增至|减至|至|为)了?$")
_FROM = re.compile(r"[由从](?!事)[^,;。]*$")
_RAISED = re.compile(
    r"^(?:左右)?,?(?:逐步|进一步)?(?:提高|增加|增长|上升|上调|调整|提标|提升|下降|降低|减少|扩大|发展|调高)(?:到|至|为)"
)
_BARE_FROM = re.compile(r"[由从](?:原来|去年|上年|20\d\d年|年初)?(?:每人每[年月]|每[月年]每?人?)?$")
_SUMMED = re.compile(
    r"(?:^|,)(?:合计|总计|共计|累计(?:达到?)?|总数(?:达到?|为)?)$|分别"
    r"|[二两三四五六七八九十]年(?:来|累计|共|间|期间|以来|新增)|时期|期间"
)
_BARE_RATE = re.compile(r"每人每[月年]|每[月年]每人|[由从]$")
_ONLY_TIME = re.compile(
    r"^(?:同比|比|较|含|其中)*(?:20\d\d年)?(?:去年|上年)?(?:(?:\d{1,2}月?[-至到])?\d{1,2}月(?:份|底|末)?|第?[一二三四]季度|同期|底|末)+(?:的|为|是)?$"
)
_NEVER = Span(Period(2000, 12), Period(2000, 1), YEAR)  # of a plan that names no period
_BARE_NOUN = re.compile("(?:登记|备案|救助)$")
_IN_MONTH = re.compile("[当本单]月")
_TO_DATE = re.compile("累计|以来")
_MONTH_ALONE = re.compile(r"^(?:20\d\d年)?\d{1,2}月(?:份)?$")


@dataclass(frozen=True, slots=True)
class Meant:
    """What a mention means; ``why`` says what is missing where ``indicator`` is empty.

    ``value`` is in base units of the indicator. ``change`` is "%", "pp" or "amount" where it is a
    change over ``back`` months, with its sign. ``named`` is the indicator of a plan, or of a value
    that applied before another: what the words name, though no figure of now.
    """

    mention: Mention
    indicator: str = ""
    period: Period | None = None
    value: Decimal = Decimal(0)
    change: str = ""
    why: str = ""
    named: str = ""
    back: int = 0


@dataclass(slots=True)
class _Sentence:
    """What was understood so far of the sentence at ``place``."""

    place: tuple[int, int, int] = (-1, -1, -1)
    text: str = ""  # of its passage
    title: str = ""
    last: Meant | None = None
    previous: Meant | None = None  # the only figure of the sentence before
    is_of_standards: bool = False  # it lists standards: 新标准:特困供养生活费1383元/月
    is_changed: bool = False
    compared: str = ""  # the words of the comparison before, where the change before was understood
    levels: list[Meant] = field(default_factory=list)  # figures since the last change
    in_turn: dict[tuple[int, int, int], Meant] = field(default_factory=dict)
    end: int = -1  # of the mention before
    scopes: set[str] = field(default_factory=set)
    recipients: str = ""  # to whom something was paid; "-" several
    programmes: set[str] = field(default_factory=set)
    values: dict[tuple[str, Period | None], Decimal] = field(default_factory=dict)
    listed: dict[str, Meant] = field(default_factory=dict)  # of its passage, the last by unit


class Meanings:
    """Gives the meanings of mentions; each wording is worked out once."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Understand by the words of this catalogue."""
        self._catalogue, self._grid = catalogue, catalogue.grid
        self._lexicon = lexicon_of(catalogue.grid)
        self._known: dict[tuple[str, str, str], Meaning | None] = {}

    def of(self, read: ReadDraft, most: int) -> Iterator[Meant]:
        """The meaning of each of the first ``most`` mentions, in order."""
        sentence = _Sentence()
        for at, mention in enumerate(read.mentions[:most]):
            place = (mention.passage, *mention.sentence)
            if place != sentence.place:
                plain_text = read.draft.passages[mention.passage].plain
                lead = plain_text[mention.sentence[0] : mention.amount.start]
                listed = sentence.listed if place[0] == sentence.place[0] else {}
                previous = _only(sentence, mention)
                sentence = _Sentence(place, plain_text, previous=previous, listed=listed)
                sentence.is_of_standards = _OF_STANDARDS.search(lead) is not None
            if sentence.is_of_standards and _A_RATE.search(mention.amount.written):
                mention = _as_standard(mention)
            if mention.kind == CHANGE or mention.place in sentence.in_turn:
                meant = self._changed(read, at, sentence)
            elif sentence.is_changed and not mention.before:
                meant = self._joined_change(mention, sentence)
            elif _ends_a_list(mention, sentence.end, read.draft.passages[mention.passage].plain):
                text = read.draft.passages[mention.passage].plain
                meant = sentence.last = self._listed(mention, listed_before(text, mention))
                sentence.recipients = listed_before(text, mention)
            else:
                meant = self._stated(mention, sentence)
            yield meant
            self._goes_on(sentence, meant, read.draft.passages[mention.passage].plain)

    def _stated(self, mention: Mention, sentence: _Sentence) -> Meant:
        """The meaning of a figure that is no change; a change after it is of the last main one."""
        if mention.amount.dimension != "元" and _MEAN.search(mention.before):
            return Meant(mention, why=UNKNOWN)  # 人均服务低保对象214人
        last = sentence.last
        is_aside = last is not None and _is_same_at_another_time(last, mention)
        meant = self._meant_in_sentence(mention, sentence)
        if meant.why == UNKNOWN and mention.kind == ACTUAL:
            meant = self._shortened(mention, sentence) or meant
        key = (meant.indicator, meant.period)
        if sentence.values.setdefault(key, meant.value) != meant.value:
            meant = Meant(mention, why=UNKNOWN)  # a part of it, or something else
        if not is_aside:
            sentence.last = meant
        if meant.indicator:
            sentence.listed[mention.amount.dimension] = meant
        return meant

    def _shortened(self, mention: Mention, sentence: _Sentence) -> Meant | None:
        """The meaning of words that shorten a name: 备案121家 after 社区社会组织备案43家 elsewhere.

        A bare noun may end a name that its sentence says before: 收养登记, 办理4例登记.
        """
        last = sentence.listed.get(mention.amount.dimension)
        if last is not None and _shortens(mention, last.mention):
            return self._at_its_time(replace(mention, period=last.mention.period), last)
        noun = mention.after
        if not _BARE_NOUN.match(noun):
            return None
        lead = sentence.text[mention.sentence[0] : mention.amount.start]
        names = re.findall(rf"[\u4e00-\u9fff]{{2}}{noun}", lead)
        meaning = (
            self._understood(names[-1], unit_of(mention, self._catalogue), "") if names else None
        )
        return self._of_meaning(mention, meaning) if meaning else None

    def _goes_on(self, sentence: _Sentence, meant: Meant, text: str) -> None:
        """Keeps of a sentence what its next mentions are understood by."""
        mention = meant.mention
        sentence.is_changed, sentence.end = mention.kind == CHANGE, mention.amount.end
        if mention.kind == CHANGE or meant.change:
            sentence.levels = []
        else:
            sentence.levels.append(meant)
        if not meant.indicator or mention.kind == CHANGE:
            return
        cell = self._grid.cell_at(meant.indicator)
        sentence.scopes |= {cell.scope} if cell and cell.scope else set()
        sentence.programmes |= {cell.programme} if cell else set()
        begun, start = mention.sentence[0], mention.amount.start
        is_inside = text.rfind("(", begun, start) > text.rfind(")", begun, start)
        if mention.relation != PART and not is_inside:
            sentence.title = plain(mention.subject, mention.area)

    def _meant_in_sentence(self, mention: Mention, sentence: _Sentence) -> Meant:
        """The meaning of a mention, by what stands before it in its sentence."""
        last, title = sentence.last, sentence.title
        if len(sentence.programmes) > 1:
            title = sentence.title = ""  # 孤儿61名、事实无人抚养儿童233名,发放生活费…: of both
        if last is not None and last.indicator and _is_same_at_another_time(last, mention):
            return self._at_its_time(mention, last)
        if _FROM.search(mention.before) and _RAISED.search(mention.after):
            return Meant(mention, why=EARLIER, named=self._meant(mention, title).indicator)
        if _SUMMED.search(mention.before) or (last is not None and _is_listed(last, mention)):
            return Meant(mention, why=UNKNOWN)
        return self._meant(mention, title) if last is None else self._after(mention, sentence, last)

    def _after(self, mention: Mention, sentence: _Sentence, last: Meant) -> Meant:
        """The meaning of a mention after another one of its sentence."""
        if last.why == EARLIER and _RAISED.search(mention.before):
            return self._raised(mention, sentence, last)
        if last.change and _REACHED.match(mention.before):
            return self._at_its_time(replace(mention, period=last.mention.period), last)
        if is_paid_to(mention, last.mention):
            return self._paid(mention, sentence)
        if _is_noun_of(last.mention, mention):
            return self._served(mention, sentence)
        meant = self._meant(mention, sentence.title)
        if meant.indicator and len(sentence.scopes) == 1 and self._is_wider(meant):
            return Meant(mention, why=UNKNOWN)  # 城市低保1326户,发放低保金…: of the urban ones
        return meant

    def _raised(self, mention: Mention, sentence: _Sentence, last: Meant) -> Meant:
        """What a value rose to that applied before: 由800元提高到850元."""
        subject = _BARE_FROM.sub("", last.mention.subject)
        words = last.mention.before + mention.before
        raised = replace(mention, subject=subject, before=words)
        return replace(self._meant(raised, sentence.title), mention=mention)

    def _served(self, mention: Mention, sentence: _Sentence) -> Meant:
        """Whom a count serves, where its noun is of the count before: 34名孤儿、65名…."""
        sentence.recipients = "-"
        of = self._first_understood(served(mention), unit_of(mention, self._catalogue))
        return self._of_meaning(mention, of) if of else Meant(mention, why=UNKNOWN)

    def _listed(self, mention: Mention, names: str) -> Meant:
        """What several names count together, where the catalogue has them together."""
        meaning = self._understood(names, unit_of(mention, self._catalogue), "")
        if meaning is None or mention.kind == TARGET:
            return Meant(mention, why=UNKNOWN)
        return self._of_meaning(mention, meaning)

    def _paid(self, mention: Mention, sentence: _Sentence) -> Meant:
        """Money paid to those whom the mention before counts."""
        unit = unit_of(mention, self._catalogue)
        together = self._grid.union_of(sentence.programmes)
        if sentence.recipients == "-" and len(sentence.programmes) > 1:
            names = [self._grid.programmes[together].name.zh + "资金"] if together else []
            meaning = self._first_understood(names, unit)
        else:
            meaning = self._first_understood(paid(mention, sentence.recipients), unit)
        if meaning is None or mention.kind == TARGET:
            return Meant(mention, why=UNKNOWN)
        return self._of_meaning(mention, meaning)

    def _at_its_time(self, mention: Mention, last: Meant) -> Meant:
        """The indicator of the mention before, at the time that this one's words say."""
        span, meaning = mention.period, self._of_its_basis(last.indicator, mention)
        if span is None:
            return Meant(mention, why=NO_PERIOD)
        if meaning is None:
            return Meant(mention, why=ODD_SPAN, named=last.indicator)
        value = _in_base(mention, meaning, unit_of(mention, self._catalogue))
        return Meant(mention, meaning.id, span.end, value)

    def _of_its_basis(self, indicator: str, mention: Mention) -> Indicator | None:
        """An indicator on the basis that the time of another mention says: 其中10月82万元."""
        meaning, cell = self._catalogue.indicators[indicator], self._grid.cell_at(indicator)
        if meaning.accumulation is Accumulation.END_OF_PERIOD:
            return meaning
        is_of_month = _is_of_month(mention)
        if cell is not None and cell.in_month != is_of_month:
            cell = cell._replace(in_month=is_of_month)
            return self._catalogue.indicators.get(self._grid.id_of(cell))
        is_dated = mention.period is not None and _since_january(mention.period)
        return meaning if is_of_month == (cell is not None and cell.in_month) and is_dated else None

    def _is_wider(self, meant: Meant) -> bool:
        """Whether a mention that could say urban or rural does not, and does not say all either."""
        cell = self._grid.cell_at(meant.indicator)
        if cell is None or cell.scope or meant.mention.relation == TOTAL:
            return False
        return bool(self._grid.scopes_of(self._grid.programmes[cell.programme]))

    def _meant(self, mention: Mention, title: str) -> Meant:
        if mention.kind == TARGET:
            return self._planned(mention, title)
        if cut(mention.before) != mention.before:
            return Meant(mention, why=SOME)  # 为张某某发放临时救助金3200元: of one person
        unit = unit_of(mention, self._catalogue)
        meaning = self._first_understood(served(mention), unit)
        if meaning is None:
            meaning = self._meaning(mention, unit, title)
            if meaning and _DONE_TO.search(mention.before) and mention.amount.dimension != "元":
                return Meant(mention, why=SOME)  # for whom something was done: some, or all
        if meaning is None:
            meaning = self._first_understood(paid(mention), unit)
        return self._of_meaning(mention, meaning) if meaning else Meant(mention, why=UNKNOWN)

    def _of_meaning(self, mention: Mention, meaning: Meaning) -> Meant:
        """The mention with the indicator of a meaning at its period, or why there is none."""
        if meaning.kind != FigureKind.ACTUAL:
            return Meant(mention, why=UNKNOWN)
        if mention.period is None:
            return Meant(mention, why=NO_PERIOD)
        indicator = self._indicator(meaning, mention, mention.period)
        if indicator is None:
            return Meant(mention, why=ODD_SPAN)
        value = _in_base(mention, indicator, unit_of(mention, self._catalogue))
        return Meant(mention, indicator.id, mention.period.end, value)

    def _planned(self, mention: Mention, title: str) -> Meant:
        """A plan: it is no figure, but its words may name an indicator."""
        actual = replace(mention, kind=ACTUAL, period=mention.period or _NEVER)
        meant = self._meant(actual, title)
        return Meant(mention, why=PLAN, named=meant.indicator)

    def _meaning(self, mention: Mention, unit: Unit | None, title: str) -> Meaning | None:
        dimension = mention.amount.dimension
        if unit is None or dimension in {POINTS, TIMES} or dimension in _NO_COUNTS:
            return None
        is_rate = dimension == "元" and _PER_HEAD.search(mention.before + mention.amount.written)
        for text in wordings(mention):
            if is_rate:
                text = _BARE_RATE.sub("", text)  # 低保由每人每月800元提高到880元
                text += "" if "标准" in text else "标准"
            meaning = self._understood(text, unit, title if mention.relation == PART else "")
            if meaning is None and title and mention.relation != PART:
                meaning = self._titled(text, unit, title)
            if meaning is not None:
                return meaning
        return None

    def _first_understood(self, texts: Iterable[str], unit: Unit | None) -> Meaning | None:
        """The meaning of the first of these wordings that has one."""
        return next(filter(None, (self._understood(text, unit, "") for text in texts)), None)

    def _titled(self, text: str, unit: Unit | None, title: str) -> Meaning | None:
        """The meaning below the sentence's subject, where the words name no programme."""
        facts = [fact for fact in self._phrase(text).facts() if fact.slot != FILLER]
        if not facts or any(fact.slot == PROGRAMME for fact in facts):
            return (
                None  # 已完成备案121家 below 28个城市社区: nothing says that these are communities
            )
        return self._understood(text, unit, title)

    def _understood(self, text: str, unit: Unit | None, title: str) -> Meaning | None:
        if not 1 < len(text) <= MOST_LETTERS:
            return None
        key = (text, unit.id if unit else "", title)
        if key not in self._known:
            self._known[key] = self._worked_out(text, unit, title)
        return self._known[key]

    def _worked_out(self, text: str, unit: Unit | None, title: str) -> Meaning | None:
        named = self._catalogue.named_exactly(text)
        cell = self._grid.cell_at(named.id) if named else None
        if named is not None and cell is None and _unit_fits(named, unit):
            return Meaning(None, indicator=named.id)
        phrase = self._phrase(text)
        if phrase.unknown:
            return self._counted_as(text, unit)
        titles = (title_phrase(title, self._lexicon, self._catalogue),) if title else ()
        meaning = understand(Around((phrase,), (), titles, unit), self._grid)
        if isinstance(meaning, Gap) or (meaning.cell and self._is_loose(meaning, unit)):
            return None
        return meaning

    def _counted_as(self, text: str, unit: Unit | None) -> Meaning | None:
        """The meaning of a whole name of things that are counted: 城市社区."""
        known = self._catalogue.find_indicator(text)
        is_counted = unit is not None and unit.dimension == "things"
        if known is None or not is_counted or not _unit_fits(known, unit):
            return None
        return Meaning(None, indicator=known.id)

    def _phrase(self, text: str) -> Phrase:
        return label_phrase(text, self._lexicon, self._catalogue)

    def _is_loose(self, meaning: Meaning, unit: Unit | None) -> bool:
        """Whether nothing but the words for a programme stands for a rate or an amount."""
        cell = meaning.cell
        if cell is None:
            return False
        measure = self._grid.measures[cell.measure]
        wanted = self._catalogue.units[measure.unit] if measure.unit else None
        if unit is None or wanted is None:
            return True
        if unit.dimension == "money_rate" and cell.measure != "standard":
            return True  # 生活费1383元/月 may be a standard or what is paid on average
        return unit.dimension == "percent" and wanted.dimension != "percent"

    def _indicator(self, meaning: Meaning, mention: Mention, span: Span) -> Indicator | None:
        """The indicator on the basis that the period says; None where a span fits no basis."""
        cell = meaning.cell
        if cell is None:
            return self._catalogue.indicators.get(meaning.indicator)
        programme = self._grid.programmes[cell.programme]
        if self._grid.is_flow(programme, self._grid.measures[cell.measure]):
            if _is_of_month(mention):
                cell = cell._replace(in_month=True)
            elif not _since_january(span):
                return None
        found = self._catalogue.indicators.get(self._grid.id_of(cell))
        is_flow = found is not None and found.accumulation is not Accumulation.END_OF_PERIOD
        return None if span.length > YEAR and is_flow else found

    def _changed(self, read: ReadDraft, at: int, sentence: _Sentence) -> Meant:
        """A change of the figure that it names, else of the one that stands just before it.

        One that follows such a change at once is on the same base: 同比增加6对、增长0.1%.
        """
        mention = read.mentions[at]
        plain_text = read.draft.passages[mention.passage].plain
        begun = max(sentence.end, mention.sentence[0])
        lead = plain_text[begun : mention.amount.start]
        if "分别" in lead:
            return self._first_in_turn(read, at, sentence, lead)
        if mention.place in sentence.in_turn:
            due = sentence.in_turn[mention.place]
            return self._change_of(mention, due, f"{sentence.compared}{lead}")
        if len(lead) > MOST_LETTERS:
            return Meant(mention, why=UNKNOWN)
        return self._change_near(mention, sentence, lead)

    def _change_near(self, mention: Mention, sentence: _Sentence, lead: str) -> Meant:
        """A change that is of one figure alone; ``lead`` are the words since the one before."""
        words = f"{sentence.compared}{lead}" if sentence.is_changed else lead
        named = own_subject(mention.before)
        of = self._named_of(mention, named) if named else sentence.last or sentence.previous
        unit = mention.amount.dimension
        if of is not None and unit not in {PERCENT, POINTS} and of.mention.amount.dimension != unit:
            of = None if named else sentence.listed.get(unit)
        if of is None or not of.indicator:
            return Meant(mention, why=UNKNOWN)
        meant = self._change_of(mention, of, words)
        if meant.change:
            sentence.compared, sentence.last = words, meant if named else sentence.last
        return meant

    def _joined_change(self, mention: Mention, sentence: _Sentence) -> Meant:
        """A change at once after another, of the figure in its unit: 比9月末减少17户34人."""
        of = sentence.listed.get(mention.amount.dimension)
        if of is None or not sentence.compared or "分别" in sentence.compared:
            return Meant(mention, why=UNKNOWN)  # 分别减少1338户、2814人
        return self._change_of(mention, of, sentence.compared)

    def _first_in_turn(self, read: ReadDraft, at: int, sentence: _Sentence, lead: str) -> Meant:
        """The first of changes that are of the figures before them in turn: 分别增长6%、下降3%."""
        mention = read.mentions[at]
        text = read.draft.passages[mention.passage].plain
        count = run_of_changes(text, read.mentions[at : at + MOST_IN_TURN])
        of = sentence.levels if len(sentence.levels) == count else [Meant(mention)] * count
        changes = read.mentions[at : at + count]
        sentence.in_turn = {one.place: meant for one, meant in zip(changes, of, strict=True)}
        sentence.compared = lead
        return self._change_of(mention, of[0], lead)

    def _named_of(self, mention: Mention, named: str) -> Meant | None:
        """What a change names itself: 结婚登记 of 结婚登记同比增加6对."""
        subject = plain(named, mention.area)
        bare = replace(mention, before=subject, subject=subject, kind=ACTUAL, relation="")
        if mention.amount.dimension != PERCENT:
            return self._meant(bare, "")
        found = self._catalogue.named_exactly(subject)
        return self._of_meaning(mention, Meaning(None, indicator=found.id)) if found else None

    def _change_of(self, mention: Mention, of: Meant, words: str) -> Meant:
        """A change of what was understood, where its words say since when."""
        if not of.indicator or of.period is None or not CHANGES.search(words):
            return Meant(mention, why=UNKNOWN)
        meaning = self._catalogue.indicators[of.indicator]
        kind, back = _kind_of_change(mention, meaning), months_back(words, meaning, of.period)
        if not kind or not back:
            return Meant(mention, why=UNKNOWN)
        own = mention.before if CHANGES.search(mention.before) else words
        value = -mention.amount.value if falls(own) else mention.amount.value
        return Meant(mention, of.indicator, of.period, value, kind, back=back)


def _shortens(mention: Mention, full: Mention) -> bool:
    """Whether the words at a figure of another area are among those of a figure, in their order."""
    words, signs = mention.before, iter(full.before)
    is_other = mention.area != full.area and mention.period_text == full.period_text
    return (
        is_other and len(words) > 1 and not mention.after and all(sign in signs for sign in words)
    )


def _as_standard(mention: Mention) -> Mention:
    """An amount a month of a list of standards, named as one."""
    subject = mention.subject if "标准" in mention.subject else f"{mention.subject}标准"
    return replace(mention, subject=subject, before=subject)


def _only(sentence: _Sentence, mention: Mention) -> Meant | None:
    """The only figure of the sentence before a mention of the same passage."""
    same = sentence.place[0] == mention.passage
    return sentence.levels[0] if same and len(sentence.levels) == 1 else None


def _kind_of_change(mention: Mention, of: Indicator) -> str:
    """Whether a change is a rate, in points (of a rate only) or an amount; "" where it is none."""
    is_rate = of.unit.dimension == "percent"
    if mention.amount.dimension == POINTS:
        return "pp" if is_rate else ""
    return "%" if mention.amount.dimension == PERCENT else "amount"


def _is_noun_of(earlier: Mention, mention: Mention) -> bool:
    """Whether the words before a mention are the noun that the amount before counts."""
    own = mention.before.strip()
    is_counted = not earlier.subject or earlier.after.startswith(earlier.subject)
    return bool(own) and is_counted and own.startswith(earlier.after[:2]) and earlier.after != ""


def _is_same_at_another_time(last: Meant, mention: Mention) -> bool:
    """Whether the words between say only when: 同比2022年12月份的10706人, (含一季度1099.57万元)."""
    is_alike = last.mention.amount.dimension == mention.amount.dimension
    of_year = last.period and last.period.month == YEAR and _BASE_YEAR.match(mention.before)
    says_when = of_year or _ONLY_TIME.match(mention.before)
    return is_alike and bool(says_when) and mention.period is not None


_BASE_YEAR = re.compile(r"^(?:同比|比|较|由|从)*(?:去年|上年|20\d\d年)(?:度)?(?:的|为|是)?$")


def _is_listed(last: Meant, mention: Mention) -> bool:
    """Whether a mention without words of its own goes on with a list after 分别."""
    return not mention.before and "分别" in last.mention.before


def _ends_a_list(mention: Mention, end: int, plain: str) -> bool:
    """Whether a mention counts several names together: 在册孤儿、困境儿童194人."""
    at = mention.amount.start - len(mention.before) - 1
    words = plain[max(end, at - 1, 0) : at]
    is_joined = at > 0 and plain[at] == "、" and bool(mention.before)
    return is_joined and len(words) == 1 and "\u4e00" <= words <= "\u9fff"


def unit_of(mention: Mention, catalogue: Catalogue) -> Unit | None:
    """The unit printed with a mention: 元/人·月 too; None where the catalogue has none."""
    amount = mention.amount
    rate = re.search(r"(?:万)?元/.*$", amount.written)
    if rate:
        return find_unit(re.sub("(?:左右|上下|以上|以下|以内|之内)$", "", rate[0]), catalogue)
    if amount.dimension == PERCENT:
        return catalogue.units["percent"]
    return find_unit(amount.unit, catalogue)


def _unit_fits(indicator: Indicator, unit: Unit | None) -> bool:
    return unit is not None and unit.dimension == indicator.unit.dimension


def _is_of_month(mention: Mention) -> bool:
    """Whether a flow is of a single month, by its own words, else by its time: 10月, and no 累计.

    Without a time of its own it is of the title's, which may be a single month.
    """
    if _IN_MONTH.search(mention.before):
        return True
    if _TO_DATE.search(mention.before):
        return False
    text, span = mention.period_text, mention.period
    return bool(_MONTH_ALONE.match(text)) or (not text and span is not None and span.length == 0)


def _since_january(span: Span) -> bool:
    """Whether a flow of this span counts since January: a bare 截至5月底 does."""
    return span.from_january or span.length in (0, YEAR) or (span.end.month == span.length)


def _in_base(mention: Mention, indicator: Indicator, unit: Unit | None) -> Decimal:
    """The amount in base units; a standard stated a year is divided by its months."""
    value = mention.amount.value
    is_rate = indicator.unit.dimension == "money_rate"
    return value / YEAR if is_rate and _is_of_a_year(mention, unit) else value


def is_of_a_year(mention: Mention, catalogue: Catalogue) -> bool:
    """Whether a standard is stated by the year, and not by the month."""
    return _is_of_a_year(mention, unit_of(mention, catalogue))


def _is_of_a_year(mention: Mention, unit: Unit | None) -> bool:
    yearly = unit is not None and unit.dimension == "money_rate" and unit.factor != 1
    stated = _PER_YEAR.search(mention.before + mention.amount.written + mention.after[:4])
    return yearly or bool(stated)
