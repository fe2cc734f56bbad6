"""The words of the field and what each may mean: a text is cut into them, longest words first."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from dashboard.catalogue.grid import RURAL, URBAN, Grid

PROGRAMME, SCOPE, MEASURE, VALUE = "programme", "scope", "measure", "value"
DIMENSION, BASIS, MARK, WEAK, FILLER = "dimension", "basis", "mark", "weak", "filler"
SHORT = "short"  # the word means it only where the words around say what it belongs to
BOTH = "both"
OF_WHICH, TOTAL, TARGET, PLAN, ADDED, LEFT, PER_HEAD, OTHER = (
    "of_which",
    "total",
    "target",
    "plan",
    "added",
    "left",
    "per_head",
    "other",
)
TO_DATE, IN_MONTH, END, MONTH = "year_to_date", "in_month", "end_of_period", "month"


class Fact(NamedTuple):
    """One slot and what fills it."""

    slot: str
    value: str


Sense = tuple[Fact, ...]  # what a word may mean; one word may fill two slots (低保金)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text and what it may mean; no sense at all means it is not known."""

    text: str
    senses: tuple[Sense, ...] = ()

    def has(self, slot: str, value: str = "") -> bool:
        """Whether the word may fill this slot (with this value)."""
        return any(
            fact.slot == slot and value in ("", fact.value)
            for sense in self.senses
            for fact in sense
        )


# Words that say nothing of what is counted. None of them may narrow a meaning.
_FILLERS = """
基本情况 基本 情况 统计表 统计 汇总表 汇总 名单 发放表 发放 一览表 明细表 明细 公示表 公示
公开 综合 表 报表 月报表 月报 季报 年报 快报 主要 指标 名称 项目 类别 分类 状况 动态管理
变动情况 变动 动态 应保尽保 应救尽救 应求救尽救 根据实际情况 民生工程 工程 进展 民政 期末
在册 实际 实发 应发 保障 享受 领取 补助 补贴 津贴 救助 供养 生活 居民 人员 对象 家庭 总数
数量 数 量 的 和 与 及 、 准予 各 全 城乡居民 原因 养育 配套 年度 事业 分组 按 分 制度 服务
共 等 本期 数值 支付 开支 安排 各项 单位 成员 机构 数据 构成 结构 分布 类型 方式 规模
困难群众 群众 补差 生活补助 生活救助 业务 办理 标志 区划 乡镇 街道 镇街 地区 全市 全县 全区
当期 报告期 实有 现有 目前 累计数 本年数 我市 我县 我区 项 之 其 者 所 在 备案 计数 人员情况
基本生活保障 基本生活 资金发放 工作 管理 社会 年 月 度 日 份 末 底 至 从 由 为 共计 个 名 位
家 处 张 对 件 例 元 万元 ()
""".split()
_NOISE = """
政务信息 信息公开 信息 通知 公告 附件 续表 表格 文件 关于 民政局 民政厅 民政部 民政办 局
办公室 办 中心 科 社会救助科 填报 填表 制表 审核 上报 报送 单位 日期 人民政府 政府 街道办事处
自治县 自治州 自治区 市 县 区 省 旗 州 盟 乡 镇 使用 数据 来源 截止 截至 最新 一季度 二季度
三季度 四季度 季度 上半年 下半年 印发 下达 拨付 分配 台账 台帐 财政 预算 决算 执行 清单 说明
注 专项 提前 打卡 银行 直达 全国 全省 各地 各县 各区 各市 各街道 各乡镇 县区 市区 区县 县市区
分县区 分地区 分街道 分乡镇 乡镇街道 镇街 街镇 按 名册 花名册 登记表 审批表 年鉴 统计年鉴
统计公报 公报 历年 主要年份 发展 现状 概况 推进 落实 开展 实施 运行 民生 实事 兜底 惠民 简表
总表 分表 附 一 二 三 四 五 六 上半 下半 sheet table 工作表
""".split()
_WEAK = {
    "households": ("户", "家庭户"),
    "persons": ("人",),
    "money": ("金", "费", "款", "额", "费用", "款项"),
    "organisations": ("机构", "单位", "设施", "个"),
    "person_times": ("人次",),
    "couples": ("对", "登记数"),
    "beds": ("张",),
    "cases": ("件",),
}
_MARKS = {
    OF_WHICH: ("其中", "#", "*"),
    TOTAL: ("合计", "小计", "总计", "总", "计", "共计", "总和", "合 计"),
    TARGET: ("目标任务数", "目标任务", "目标数", "目标", "任务数", "任务", "计划数", "计划"),
    PLAN: (
        "全年预算数",
        "年初预算数",
        "年初预算",
        "全年预算",
        "预算数",
        "预算",
        "应使用",
        "计划支出",
    ),
    ADDED: ("新增", "新纳入", "增加", "新审批", "新批准", "新登记", "新成立", "成立登记"),
    LEFT: ("退出", "减少", "停发", "取消", "停保", "注销", "撤销", "退保", "清退", "核减"),
    PER_HEAD: ("人均", "平均"),
    OTHER: ("其他", "其它"),
}
_BASIS = {
    TO_DATE: (
        "本年累计",
        "全年累计",
        "年初累计",
        "自年初累计",
        "自年初",
        "年初以来",
        "今年以来",
        "年初至今",
        "累计",
        "本年度",
        "本年",
        "全年",
        "当年",
        "累计数",
    ),
    IN_MONTH: ("当月", "本月", "每月", "分月", "逐月", "各月"),
    MONTH: ("月份", "月"),  # the month's only before a word of money
    END: ("期末", "年末", "月末", "季末", "期末数", "年底", "月底"),
}
_SCOPES = {
    URBAN: ("城市", "城镇", "城区", "市区", "非农业户口"),
    RURAL: ("农村", "乡村", "农业户口"),
    BOTH: ("城乡", "城市和农村", "城市、农村", "城镇和农村"),
}
_AGE_SPAN = re.compile(
    r"(\d{1,3})(?:周岁|岁)?(?:[-—–~－]+|至|到)(\d{1,3})(?:周岁|岁)(?:的|\(含\))?"
)
_AGE_UP = re.compile(
    r"(?:(?:年满|满)?(\d{1,3})(?:周岁|岁)(?:\(含\))?(?:及其|及|\(含\d*\))?以上|(百)岁以上|(百)岁(?=老|$|人))(?:的)?"
)
_AGE_UNDER = re.compile(r"(?:不满|未满)(\d{1,3})(?:周岁|岁)|(\d{1,3})(?:周岁|岁)(?:及其|及)?以下")
_TO_MONTH = re.compile(r"(?:\d{4}年)?0?1月?(?:[-—–~－]+|至|到)\d{0,2}月(?:份|末|底)?")
_NUMBERING = re.compile(
    r"^(?:[(]?[一二三四五六七八九十]{1,3}[)]?[、.．](?![一二三四五六七八九十]{1,2}级)|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,2}[.、．](?!\d)|[①-⑳]"
    r"|[A-HJ-Z](?=[一-鿿])(?![类级])|[A-Z][.、．])"
)


@lru_cache(maxsize=65536)
def normal(text: str) -> str:
    """A text without spaces, with half-width letters, digits and brackets."""
    plain = unicodedata.normalize("NFKC", str(text))
    plain = re.sub(r"\s+", "", plain).replace("【", "(").replace("】", ")")
    return plain.replace("[", "(").replace("]", ")").replace("﹑", "、").replace("〔", "(")


def without_number(text: str) -> str:
    """A label without its section number: (1)城市低保 → 城市低保."""
    while True:
        shorter = _NUMBERING.sub("", text)
        if shorter == text or not shorter:
            return text
        text = shorter


@dataclass(frozen=True, eq=False)
class Lexicon:
    """What every known word may mean. ``short`` are words that mean it only as a whole label."""

    words: dict[str, tuple[Sense, ...]]
    short: dict[str, tuple[Sense, ...]]
    longest: int
    _cache: dict[tuple[str, bool], tuple[Token, ...]] = field(default_factory=dict, repr=False)

    def cut(self, text: str, *, title: bool = False) -> tuple[Token, ...]:
        """The words of a normal text in order; stretches that no word covers have no sense.

        As little as possible stays unknown, in as few words as possible. In a title the words of
        offices and publications say nothing.
        """
        asked = (text, title)
        if asked not in self._cache:
            self._cache[asked] = self._cut(text, title)
        return self._cache[asked]

    def label(self, text: str) -> tuple[Token, ...]:
        """The words of a whole label, which may be a word too short to stand inside others."""
        whole = without_number(text).strip(":")
        part = re.match(r"其中[:]?", whole)
        rest = whole[part.end() :] if part else whole
        found = self.short.get(rest)
        if found is None:
            return self.cut(whole)
        plain = self.cut(rest)
        others = plain[0].senses if len(plain) == 1 else ()
        said = Token(rest, (*found, *(s for s in others if s[0].slot != FILLER)))
        return (*self.cut(part[0]), said) if part else (said,)

    def _cut(self, text: str, title: bool) -> tuple[Token, ...]:
        size = len(text)
        # best[i]: unknown letters, words, and their lengths (longer first) of the first i letters
        best: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
        best += [(size + 1, 0, ())] * size
        came: list[tuple[int, tuple[Sense, ...]]] = [(0, ())] * (size + 1)
        for start in range(size):
            unknown, words, lengths = best[start]
            for end, senses in self._from(text, start, title):
                price = (unknown, words + 1, (*lengths, start - end))
                if price < best[end]:
                    best[end], came[end] = price, (start, senses)
            price = (unknown + 1, words + 1, (*lengths, 0))
            if price < best[start + 1]:
                best[start + 1], came[start + 1] = price, (start, ())
        tokens: list[Token] = []
        end = size
        while end:
            start, senses = came[end]
            if not senses and tokens and not tokens[-1].senses:
                tokens[-1] = Token(text[start:end] + tokens[-1].text)
            else:
                tokens.append(Token(text[start:end], senses))
            end = start
        return tuple(reversed(tokens))

    def _from(self, text: str, start: int, title: bool) -> Iterable[tuple[int, tuple[Sense, ...]]]:
        for pattern, read in _PATTERNS:
            match = pattern.match(text, start)
            if match:
                yield match.end(), read(match)
        for end in range(start + 1, min(len(text), start + self.longest) + 1):
            word = text[start:end]
            senses = self.words.get(word)
            if senses:
                yield end, senses
            elif title and word in _NOISE_WORDS:
                yield end, _SAYS_NOTHING
            elif word in _MARKS_ONLY:
                yield end, _SAYS_NOTHING


_SAYS_NOTHING: tuple[Sense, ...] = ((Fact(FILLER, ""),),)
_NOISE_WORDS = frozenset(_NOISE)
_MARKS_ONLY = frozenset("-—–_:;,.。,/()“”\"'·《》<>|+~…")


def _age_span(match: re.Match[str]) -> tuple[Sense, ...]:
    return ((Fact(VALUE, f"age:a{match[1]}_{match[2]}"),),)


def _age_up(match: re.Match[str]) -> tuple[Sense, ...]:
    return ((Fact(VALUE, f"age:a{match[1] or 100}_up"),),)


def _age_under(match: re.Match[str]) -> tuple[Sense, ...]:
    return ((Fact(VALUE, f"age:under_{match[1] or match[2]}"),),)


def _to_month(match: re.Match[str]) -> tuple[Sense, ...]:
    return ((Fact(BASIS, TO_DATE),),)


_PATTERNS = (
    (_AGE_SPAN, _age_span),
    (_AGE_UP, _age_up),
    (_AGE_UNDER, _age_under),
    (_TO_MONTH, _to_month),
)


def build(grid: Grid, own: Mapping[str, Sense] | None = None) -> Lexicon:
    """The lexicon of a grid, with the words that a bureau has added to it."""
    words: dict[str, list[Sense]] = defaultdict(list)
    short: dict[str, list[Sense]] = defaultdict(list)

    def add(where: dict[str, list[Sense]], word: str, *facts: Fact) -> None:
        if word and facts not in where[word]:
            where[word].append(facts)

    for programme in grid.programmes.values():
        for word in (programme.name.zh, *programme.aliases):
            if word not in programme.short:
                counted = (Fact(WEAK, "households"),) if word.endswith(("户", "家庭")) else ()
                add(words, normal(word), Fact(PROGRAMME, programme.id), *counted)
        for word in programme.short:
            where = words if word.startswith("~") else short
            facts = Fact(PROGRAMME, programme.id), Fact(SHORT, "")
            add(where, normal(word).removeprefix("~"), *facts)
    for measure in grid.measures.values():
        for word in measure.aliases:
            add(words, normal(word), Fact(MEASURE, measure.id))
    for value in grid.values:
        fact = Fact(VALUE, f"{value.dimension}:{value.id}")
        for word in (value.name.zh, *value.aliases):
            if value.dimension != "age":
                add(words, normal(word), fact)
        for word in value.short:
            add(short, normal(word), fact, Fact(SHORT, ""))
    for word, dimension in grid.headings.items():
        add(words, normal(word), Fact(DIMENSION, dimension))
    for slot, table in ((MARK, _MARKS), (BASIS, _BASIS), (SCOPE, _SCOPES), (WEAK, _WEAK)):
        for meaning, spellings in table.items():
            for word in spellings:
                add(words, word, Fact(slot, meaning))
    for word in ("低保金", "最低生活保障金"):
        words[word].append((Fact(PROGRAMME, "dibao"), Fact(MEASURE, "money")))
    for word in ("基本生活费", "基本生活补贴", "基本生活保障金", "基本生活资金"):
        words[word].append((Fact(MEASURE, "money"),))
    words["基本生活标准"].append((Fact(MEASURE, "standard"),))
    for word in _FILLERS:
        if word not in words:
            add(words, word, Fact(FILLER, ""))
    for word, sense in (own or {}).items():
        words[normal(word)] = [sense]
    known = {word: tuple(senses) for word, senses in words.items()}
    longest = max(map(len, known))
    return Lexicon(known, {word: tuple(s) for word, s in short.items()}, longest)


@lru_cache(maxsize=8)
def lexicon_of(grid: Grid) -> Lexicon:
    """The lexicon of a grid alone."""
    return build(grid)
