"""Reads the remarks of a table (注：…, 备注): what they say of units, time, coverage, of whom.

A remark that may change what figures mean is applied where it is understood whole, else asked
about in its own words; every other one is noted. It may stand around the table, and be of all of it
or of some streets, or in a row of a column of notes, and be of that row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dashboard.catalogue.catalogue import Catalogue
from dashboard.intake.forms.files.cells import Sheet, text_of
from dashboard.intake.understanding.lexicon import Lexicon
from dashboard.intake.understanding.phrases import find_unit
from dashboard.intake.understanding.places import Finder
from dashboard.intake.understanding.regions import Region
from dashboard.intake.understanding.words import (
    BASIS,
    FILLER,
    MEASURE,
    PROGRAMME,
    SCOPE,
    VALUE,
    WEAK,
    Fact,
    Sense,
    Token,
    is_chinese,
    normal,
    values_of,
)

_LONGEST = 80  # letters of a clause that may speak of figures
_BEGINS = re.compile(r"^(?:[^:,。;]{0,4}(?:说明|口径|备注):|注意|注|说明|备注|口径)\d*[:、.]?(?=.)")
_NUMBER = re.compile(r"^(?:[(]?\d{1,2}[).、:](?!\d)|[(]?[一二三四五六七八九][)、.])")
_SIGN = re.compile(r"^(?:[①-⑳]|\*{1,3}|#)[:、.]?")
_SENTENCES = re.compile(r"[。;!]|(?<=[一-鿿)])(?=\d{1,2}[.、](?!\d))")
_COMMA = re.compile(r",(?!\d{3})")
_AREA = r"[^,:、和及与]{1,8}?(?:街道|[镇乡村区县市])(?:办事处)?"
_OF_AREA = re.compile(rf"^(?:其中:?|因)?(?P<areas>{_AREA}(?:[、和及与]{_AREA})*)的?")
_OFFICE = re.compile("办事处$")
NOTES = re.compile(
    r".{0,4}(?:备注|说明|注释?|原因|意见)(?:说明|栏|事项|情况)?|remarks?|notes?|comments?", re.I
)
_SAME = re.compile(r"""同[上前](?:[一行条栏列所述])*|["〃″”]""")
AND = re.compile("[、和及与]")
_NO_MATTER = re.compile(
    r"来源|填[报表]|负责人|(?:审核|联系|实施)(?:人|时间|日期|单位|方式|电话|:)|制表|编制|打印|印发|电话|仅[供限]|仅作|参考|保密|四舍五入|尾数|"
    r"执行|施行|调整为|标准为|http|表示"
)
_SINCE = re.compile(r"\d{4}年(?:\d{1,2}月)?(?:起|以来|开始)|相比")  # of other times
# 累计自2021年4月起计算: a total of more, or less, than the year.
COUNTED_SINCE = re.compile(
    r"累计[^,]*[自从](?P<year>\d{4})年(?:(?P<month>\d{1,2})月)?|[自从](?P<year2>\d{4})年(?:(?P<month2>\d{1,2})月)?[^,]*(?:起|以来|开始)[^,]*累计"
)
_OF_A_TIME = re.compile(r"\d月|[上下][个一]?[月季年]|[去前]年|同期|次月")
_UNIT = re.compile(
    r"(?P<of>[^,:]{0,14}?)(?:的)?(?:计量|计算|统计)?单位(?:均|都|一律|统一)?(?:为|是|以|按|:)*"
    r"(?P<unit>[^,:的]{1,8}?)(?:计)?$"
    r"|(?P<of2>[^,:]{0,14}?)(?:均|都|一律|统一)?(?:以|按)(?P<unit2>[^,:的]{1,8}?)(?:为(?:计量)?单位|计算?|计量|统计|填列|列示)$"
)
ONLY = re.compile(
    r"(?<![不非])[仅只](?!.*(?:使用|参考|内部))(?:包?含|包括|统计|计|为|是|指|涉及|列|反映|有|填|限)+|限于"
)
EXCEPT = re.compile(
    r"(?:均|都|已|尚)?(?:不|未|没有?)(?:包?[含括]|包含|统计|计入|列入|纳入|涵盖)|除外|剔除|扣除|扣减|除去"
    r"|之外|缺少?(?!报)|除(?=[^,]{1,12}外)"
)
WITH = re.compile(r"(?:均|都|已|全部)*(?:包括|包含|含有?|计入|并入|合并)")
_BUT = "除"  # 除…外
IS = re.compile(
    r"(?:均|都|全部|一律)?(?:(?:为|是|(?<![联关])系(?![统列])|指(?![标导])|按照?|填[的列写报]*|:)+"
    r"|写成|当作|算作|作为|改成|换成|表示)"
)
# Where something is counted in: all that the figures show.
_INSIDE = re.compile("(?:在|[本上此该]|以上|上述|表格?|数据?|统计|[合总]计数?|总数)*[内中]?|其中")
# 1月至本季度累计数: since January to the period of the figures.
SINCE_JANUARY = re.compile("[自从]?1月份?[至到—–-](?:[本当该]|报告)(?:月|季度?|期)")
_AMOUNT = re.compile(r"\d[\d.,]*(?:万|亿)?(?:元|户|人|名|次)+")
_MONEY = re.compile(r"\d[万亿]?元")
_OTHER_AREA = re.compile(
    "(?![本全各我该])[^,:]{1,4}(?<![社城市地辖校灾山])[区县市](?:[迁转]入)?\\d|外[省市县区]"
)
_INTO = re.compile("(?:数|统计|人员|资金)[^,]{0,4}(?:[并计归]入|合并[到入至])")
_WITHIN = re.compile("(?:在|进|到|入)([^在]{2,}?)(?:之?内|之?中)")
_VERBS = (ONLY, EXCEPT, WITH, IS)
# What is said of figures that are not what they should be, whatever they count.
DOUBT = re.compile(
    r"有误|错误|错[报填位列]|误[报填]|[填写列]反|颠倒|互换|对调|(?:次序|顺序|位置)[^,]{0,3}[反错倒换]"
    r"|应当?[为是作]|应改为|更正|改正|漏[报填统]|[少多][报计算]|重复[统计报]|代替|替代|代报|[以用][^,]{1,8}代$|未更新|滞后|沿用|推[算定]"
    r"|估[计算测值数]|[暂先](?:时|且)?[用以按定估代]|待(?:进一步)?审?[核查定]|未经?(?:最终)?[核审]|不实|不准"
    r"|失实|初步|快报|约数|概数|大概|大约|(?<![无见现])异常|疑似|存疑|待补|缺少?\d|[“\"]?0[”\"]?(?:均|都)?(?:表示|代表|为|是)[未不缺无]|[请需须再]核[对实查][)。]?$|实际?[为是]\d|未录入|不一致|不相?符|有[差出][异入]|[?？][)]?$"
    r"|^同[上下前]|^(?:数据)?(?:未上?报|缺报)$|\d个[^,]{1,6}未报(?!销)"
    r"|estimat|provisional|preliminary|(?:last|previous|prior)\s+(?:month|quarter|year)|wrong"
    r"|incorrect|in error|should (?:be|read)|swapped|reversed|carried forward",
    re.I,
)
NARROWED = re.compile("exclud|includ", re.I)
_ESTIMATE = re.compile(
    r"(?:数据|本月|此|该|为|系|是|均|初步|暂)*(?:估[计算测]|估|初步|快报|provisional|preliminary|estimate[ds]?)"
    r"(?:统计)?(?:数据?|值|figures?)?",
    re.I,
)
_NO_DOUBT = re.compile(
    r"来源|摘自|电话|如有|如发现|若有|标准为|调整为|^source|^contact|than|compar", re.I
)
_HARMLESS_ENGLISH = re.compile(
    r"^\W*(?:(?:notes?|remarks?)\W+)?(?:\d+\s+(?:new|more|fewer|less)\b|no\s+change|see\b|for\b|page\b)"
    r"|\b(?:sources?|contact|prepared|compiled|printed|published|obtained|phone|tel|rounded|rounding"
    r"|internal|signature|signed|seal|date|checked|reviewed)\b",
    re.I,
)
_OF_BASIS = frozenset("数 数据 数字 统计 计 算 计算 的 口径 发放 发生 实际 填报".split())
_NOT = re.compile("[不非未没]")


class Clause(NamedTuple):
    """One thing that a remark says. ``sign`` is the mark of what it is about, such as ①."""

    text: str
    sign: str
    facts: tuple[Fact, ...]
    subject: tuple[Fact, ...]  # of whom it says so: 人数 of 人数单位为百人
    unit: str = ""
    predicate: str = ""  # what it says: what is left out or added, what the figures are
    named: str = ""  # its subject as printed
    verb: re.Pattern[str] | None = None  # of ONLY, EXCEPT, WITH and IS the one that it is said with

    is_of_area: bool = False  # of some streets, not of all: such a unit is asked about
    areas: frozenset[str] = frozenset()  # the codes of the only areas of which it is
    is_note: bool = False  # of the row in which it stands

    @property
    def about(self) -> tuple[Fact, ...]:
        """What its figures are of; a note without a verb may name another programme than theirs."""
        if self.is_note and self.verb is None and not self.unit:
            return tuple(fact for fact in self.subject if fact.slot in (MEASURE, WEAK))
        return self.subject

    @property
    def is_of_some(self) -> bool:
        """Whether it is of some rows or columns only."""
        return self.is_note or bool(self.areas)

    @property
    def is_estimate(self) -> bool:
        """Whether it says that figures are estimates or provisional, and nothing else."""
        is_said = self.verb in (IS, None) and not self.is_negated
        return is_said and bool(_ESTIMATE.fullmatch("".join(self.predicate.split())))

    @property
    def is_negated(self) -> bool:
        """Whether it says what the figures are not: 不是累计数, 非累计数, 不含本月."""
        return bool(_NOT.search(self.text))


@dataclass(frozen=True, eq=False)
class Remarks:
    """The remarks of one table, clause by clause."""

    clauses: tuple[Clause, ...]
    places: tuple[tuple[int, int, str], ...]  # row, column, text as printed
    notes: Mapping[int, tuple[Clause, ...]] = field(default_factory=dict)  # in rows, by row

    def says(self, text: str) -> bool:
        """Whether one of the clauses is this text."""
        notes = (clause for clauses in self.notes.values() for clause in clauses)
        return any(clause.text == text for clause in (*self.clauses, *notes))

    def says_once(self, text: str) -> bool:
        """Whether a text is a clause of these figures alone, whose answer is none of next month's.

        文昌街道数据有误 is asked again where it stands again; 人数不含三无人员 is not.
        """
        return self.says(text) and bool(DOUBT.search(text) or _OF_A_TIME.search(text))

    def of_area(self, code: str) -> tuple[Clause, ...]:
        """The clauses around the table that are of this area and not of all."""
        return tuple(clause for clause in self.clauses if code in clause.areas)

    def of_row(self, row: int, code: str) -> tuple[Clause, ...]:
        """The clauses that are of a row of this area only."""
        return (*self.notes.get(row, ()), *self.of_area(code))


def remarks_of(
    sheet: Sheet,
    regions: Sequence[Region],
    number: int,
    lexicon: Lexicon,
    catalogue: Catalogue,
    finder: Finder,
) -> Remarks:
    """The remarks around a table, and those below the last one, which are of all."""
    places: list[tuple[int, int, str]] = []
    clauses: list[Clause] = []
    reader = ClauseReader(lexicon, catalogue, finder)
    texts = list(_texts(sheet, regions, number))
    in_chinese = any(is_chinese(text) for _, _, text in texts)
    for row, at, text in texts:
        said = reader.clauses(text, is_repeated=in_chinese)
        clauses += said
        if said or _BEGINS.match(normal(text)):
            places.append((row, at, text))
    notes: dict[int, tuple[Clause, ...]] = {}
    of_text: dict[str, tuple[Clause, ...]] = {}
    for row, at, text in _notes(sheet, regions[number]):
        if text not in of_text:
            of_text[text] = reader.clauses(text, is_note=True)
            places.append((row, at, text))
        if of_text[text]:
            notes[row] = (*notes.get(row, ()), *of_text[text])
    return Remarks(tuple(clauses), tuple(places), notes)


def _notes(sheet: Sheet, region: Region) -> Iterator[tuple[int, int, str]]:
    """The notes of a table's rows, by row and column, a merged one in each of its rows.

    What stands beside the table under no heading is one too.
    """
    used = {*region.labels, *region.figures}
    for at in range(sheet.width):
        path = region.path(at) if at not in used and region.grid else ()
        if at not in used and (not path or NOTES.fullmatch(normal(path[-1]))):
            cells = [sheet.spread(row, at) for row in region.body]
            texts = as_above(cell.strip() if isinstance(cell, str) else "" for cell in cells)
            yield from (
                (row, at, text) for row, text in zip(region.body, texts, strict=True) if text
            )


def as_above(texts: Iterable[str]) -> Iterator[str]:
    """The notes of a column; one that only says 同上 is the one above it."""
    above = ""
    for text in texts:
        is_same = bool(above) and bool(_SAME.fullmatch(normal(text)))
        above = above if is_same or not text else text
        yield above if is_same else text


def is_remark(text: str) -> bool:
    """Whether a text calls itself a remark: 注：…, 说明：…."""
    return bool(_BEGINS.match(normal(text)))


def _texts(sheet: Sheet, regions: Sequence[Region], number: int) -> Iterator[tuple[int, int, str]]:
    """The texts that may be remarks of a table, by row and column."""
    for row in _rows(regions, number, len(sheet.rows)):
        for at, cell in enumerate(sheet.rows[row]):
            text = text_of(cell).strip() if isinstance(cell, str) else ""
            if text and (row > regions[number].top or _BEGINS.match(normal(text))):
                yield row, at, text


def _rows(regions: Sequence[Region], number: int, size: int) -> list[int]:
    """The rows around a table up to the next one, and those below the last of them all."""
    region = regions[number]
    last = max(region.body)
    following = [one for one in regions[number + 1 :] if _first_row(one) > last]
    used = {*region.header, *region.body}
    stop = _first_row(following[0]) if following else size
    rows = [row for row in range(_first_row(region) if number else 0, stop) if row not in used]
    if following:
        rows += range(max(regions[-1].body) + 1, size)
    return list(dict.fromkeys(rows))


def _first_row(region: Region) -> int:
    """The first row of a table with its captions."""
    return min((row for row, _ in region.captions), default=region.top)


class ClauseReader:
    """Cuts remarks and notes into clauses, each with whom it is of."""

    def __init__(self, lexicon: Lexicon, catalogue: Catalogue, finder: Finder) -> None:
        """Reads nothing yet."""
        self._lexicon, self._catalogue, self._finder = lexicon, catalogue, finder

    def clauses(
        self, text: str, *, is_note: bool = False, is_repeated: bool = False
    ) -> tuple[Clause, ...]:
        """What a text says that may change figures; what it says of one street is of no other.

        ``is_repeated`` says that English only says again what stands beside it.
        """
        if not is_chinese(text):
            clause = Clause(text.strip(), "", (), (), predicate=text.strip(), is_note=is_note)
            is_open = not (is_note or is_repeated) and _is_open_english(text)
            return (clause,) if is_open or _is_doubtful_english(text) else ()
        found: list[Clause] = []
        sign = ""
        for sentence in _SENTENCES.split(normal(text)):
            plain = _BEGINS.sub("", _NUMBER.sub("", _BEGINS.sub("", sentence, count=1)), count=1)
            signed = _SIGN.match(plain)
            if signed:
                sign, plain = signed[0].rstrip(":、."), plain[signed.end() :]
            found += self._of_sentence(plain, sign, is_note=is_note)
        return tuple(found)

    def _of_sentence(self, plain: str, sign: str, *, is_note: bool) -> Iterator[Clause]:
        """The clauses between the commas; one behind another is of the same area and measure."""
        areas: frozenset[str] = frozenset()
        subject: tuple[Fact, ...] = ()
        before = ""
        for piece in _COMMA.split(plain):
            own, rest = self._areas(SINCE_JANUARY.sub("本年", piece))
            areas = own or areas
            if not (is_note or len(piece) > 1) or len(piece) > _LONGEST:
                continue
            clause = _clause(piece, rest, sign, self._lexicon, self._catalogue, is_note=is_note)
            counted, before = self._counted_in(clause, before), piece
            if counted is None:
                continue
            subject = subject if counted is clause else ()
            clause = counted
            is_unnamed = bool(own) or not (clause.named and clause.subject)
            of_areas = self._joined(clause, areas) if is_unnamed else frozenset()
            subject = clause.subject or (() if clause.named else subject)
            clause = clause._replace(
                subject=subject, is_of_area=bool(own), areas=of_areas, is_note=is_note
            )
            if _may_matter(clause, self._lexicon, self._catalogue):
                yield clause

    def _joined(self, clause: Clause, areas: frozenset[str]) -> frozenset[str]:
        """The areas of a clause; 平安街道数据并入文昌街道 is of both."""
        if clause.unit:
            return frozenset()
        is_of_both = bool(areas) and bool(_INTO.search(clause.text))
        return areas | self._areas(clause.predicate)[0] if is_of_both else areas

    def _counted_in(self, clause: Clause, before: str) -> Clause | None:
        """The clause; 均已计入表内 counts in what the one before it names, None if that is no kind.

        新增3人 before it is among the figures anyhow; 春节慰问金2000元 and 邻区5人 need not be.
        护理员包含在职工人数内 is of 职工人数.
        """
        into = _WITHIN.fullmatch(clause.predicate) if clause.verb is WITH and clause.named else None
        if into is not None:
            whole = _facts(into[1], self._lexicon)
            return clause._replace(subject=whole, predicate=clause.named, named=into[1])
        is_bare = clause.verb is WITH and not clause.named and _INSIDE.fullmatch(clause.predicate)
        if not is_bare or not before:
            return clause
        facts = _facts(before, self._lexicon)
        is_kind = any(fact.slot in (PROGRAMME, SCOPE, VALUE) for fact in facts)
        named = _AMOUNT.sub("", before)
        is_other = (named != before and bool(_MONEY.search(before))) or _OTHER_AREA.match(before)
        return clause._replace(predicate=named, facts=facts) if is_kind or is_other else None

    def _areas(self, piece: str) -> tuple[frozenset[str], str]:
        """The streets or villages that a clause begins with, never 全区, and the rest."""
        found = _OF_AREA.search(piece)
        if found is None:
            return frozenset(), piece
        names = [_OFFICE.sub("", name) for name in AND.split(found["areas"])]
        areas = [self._finder.find(name) for name in names]
        codes = frozenset(area.code for named in areas for area in named)
        if all(areas) and self._finder.within not in codes:
            return codes, piece[found.end() :]
        return frozenset(), piece


def _is_doubtful_english(text: str) -> bool:
    """Whether an English text says that figures are not what they should be, or not all."""
    is_said = DOUBT.search(text) or NARROWED.search(text)
    return bool(is_said) and not _NO_DOUBT.search(text)


def _is_open_english(text: str) -> bool:
    """Whether an English remark of some words is not known to change nothing."""
    is_harmless = _HARMLESS_ENGLISH.search(text) or _NO_DOUBT.search(text)
    return " " in text.strip() and not is_harmless


def _may_matter(clause: Clause, lexicon: Lexicon, catalogue: Catalogue) -> bool:
    """Whether a clause may change figures.

    Who filled a form in, and since when a standard holds, changes nothing, unless it says more.
    """
    if clause.unit and find_unit(clause.unit, catalogue) is not None:
        return True
    if DOUBT.search(clause.text) and not _NO_DOUBT.search(clause.text):
        return True
    if COUNTED_SINCE.search(clause.text):
        return True
    if _SINCE.search(clause.text):
        return False
    if not _NO_MATTER.search(clause.text):
        return True
    is_meant = clause.verb in (ONLY, EXCEPT, WITH) or _signifies(clause)
    return is_meant or says_basis(clause, lexicon)


def _signifies(clause: Clause) -> bool:
    """Whether a clause says what figures stand for, not what a sign does: 户数表示人数."""
    is_of_measure = bool(values_of(clause.subject, MEASURE, WEAK))
    return is_of_measure and clause.text.endswith(f"{clause.named}表示{clause.predicate}")


def says_basis(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether what a clause says of figures is their basis and nothing else: 均为当月发放数."""
    tokens = lexicon.cut(clause.predicate)
    if clause.verb not in (IS, None) or clause.is_negated:
        return False
    return any(token.has(BASIS) for token in tokens) and all(map(is_of_basis, tokens))


def is_of_basis(token: Token) -> bool:
    """Whether a word says of figures when they were counted, or nothing: 本月, 发放, 数."""
    return token.text in _OF_BASIS or any(map(token.has, (BASIS, MEASURE, WEAK, FILLER)))


def _clause(
    printed: str, text: str, sign: str, lexicon: Lexicon, catalogue: Catalogue, *, is_note: bool
) -> Clause:
    """One clause as printed; ``text`` is what it says of the areas that it begins with."""
    facts = _facts(text, lexicon)
    if is_note and find_unit(text, catalogue) is not None:
        return Clause(printed, sign, facts, (), text)
    stated = _stated_unit(text, catalogue)
    if stated is not None:
        subject, unit = stated
        return Clause(printed, sign, facts, _facts(subject, lexicon), unit, "", subject)
    cut = next(filter(None, (one.search(text) for one in _VERBS)), None)
    if cut is None:
        return Clause(printed, sign, facts, facts, "", text)
    subject, predicate = text[: cut.start()], text[cut.end() :]
    if cut[0] == _BUT:
        predicate = predicate.partition("外")[0].rstrip("之以")
    said = _facts(subject, lexicon)
    return Clause(printed, sign, facts, said, "", predicate or subject, subject, cut.re)


def _stated_unit(text: str, catalogue: Catalogue) -> tuple[str, str] | None:
    """Of what a clause states the unit, and the unit: 人数单位为百人, 以百人计."""
    unit = _UNIT.search(text)
    if unit is None:
        return None
    subject = unit["of"] or unit["of2"] or ""
    is_stated = unit["unit"] or find_unit(unit["unit2"], catalogue)
    if subject.endswith("不") or not is_stated:
        return None
    return subject, unit["unit"] or unit["unit2"]


def _facts(text: str, lexicon: Lexicon) -> tuple[Fact, ...]:
    """What a text speaks of; 个 and 对 name nothing, nor the 家庭 of a programme by a measure."""
    tokens = [token for token in lexicon.cut(text) if token.text not in ("个", "对")]
    senses = [sense for token in tokens for sense in token.senses]
    named = {fact.slot for sense in senses for fact in sense if not _is_name(sense)}
    skipped = WEAK if named & {MEASURE, WEAK} else ""
    return tuple(
        fact for sense in senses for fact in sense if fact.slot != skipped or not _is_name(sense)
    )


def _is_name(sense: Sense) -> bool:
    """Whether a sense names a programme."""
    return any(fact.slot == PROGRAMME for fact in sense)
