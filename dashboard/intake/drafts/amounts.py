"""Amounts in running text: 3,880.98万元, 3万多人, 60.7%, 三成, 三分之二, 2个百分点, 两期.

An amount keeps how it is written, its value in base units and the size of its last printed digit.
Dates, document numbers, ordinals, list numbers and names such as 5A are no amounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from dashboard.intake.forms.chinese_numerals import SIGNS, chinese_number

MOST_DIGITS = 15
BEFORE = (
    "不少于|不低于|不小于|不多于|不高于|不超过|不足|不到|至少|至多|最多|大约|大概|(?<![签预履违节制合契])约|将近|接近"
    "|超过|突破|超|逾|高于|低于|(?<![最附远就邻])近(?![年期日平])"
)
AFTER = "左右|上下|以上|以下|以内|之内"
_SCALES = {
    "": Decimal(1),
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10_000),
    "十万": Decimal(100_000),
    "百万": Decimal(1_000_000),
    "千万": Decimal(10_000_000),
    "亿": Decimal(100_000_000),
    "万亿": Decimal(1_000_000_000_000),
}
_SCALE = "万亿|千万|百万|十万|亿|万|千|百"
# Units by what they count, longest first; those of one row are compared with each other.
UNITS: dict[str, tuple[str, ...]] = {
    "元": ("元人民币", "元", "块钱"),
    "人次": ("人次", "人·次"),
    "户次": ("户次",),
    "场次": ("场次",),
    "人": ("名", "人", "位"),
    "户": ("户",),
    "对": ("对",),
    "张": ("张",),
    "平方米": ("平方米", "平方公里", "㎡"),
    "小时": ("个小时", "小时"),
    "分钟": ("分钟",),
    "天": ("天",),
    "公里": ("公里",),
}
COUNTED = (
    "件套|车次|班次|件次|例次|家次|余|个|家|处|所|件|份|条|座|期|篇|项|类|支|批|级|岗|本|次|场|例|台"
    "|盏|部|穴|斤|公斤|吨|亩|米|辆|套|间|片|幅|册|枚|棵|栋|具|宗|笔|单|起|届|轮|只|箱|袋|门|堂|节"
    "|人年|字|版|队|组|艘|桶|盒|块|株|顶|床|副|把|面|瓶|孔|根|里|户籍|大类|种|岁"
)
PERCENT, POINTS, TIMES = "%", "pp", "倍"
_UNIT_OF = {written: unit for unit, forms in UNITS.items() for written in forms}
_UNIT = "|".join(sorted([*_UNIT_OF, *COUNTED.split("|")], key=len, reverse=True))
_PER = r"(?:/(?:每)?(?:人|户|床|张|对|次|例|年|月|天|日|平方米)(?:[·./](?:月|年|天|日|次))?)"
_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|\d+(?:\.\d+)?"
_ARABIC = re.compile(
    rf"(?P<before>{BEFORE})? ?(?P<sign>(?<![\dA-Za-z)%])[-+])?(?<![\dA-Za-z.])(?P<figure>{_FIGURE})"
    rf"(?P<within>多|余)? ?(?P<scale>{_SCALE})?(?P<late>多|余)? ?"
    rf"(?:(?P<points>个?百分点)|(?P<percent>[%‰])|(?P<times>倍)|(?P<tenths>成(?![立为员功效果就长人年熟都本绩]))"
    rf"|(?P<unit>(?:{_UNIT})){_PER}?)?(?P<after>{AFTER})?"
)
_NUMERAL = f"[{SIGNS}]"
_CHINESE = re.compile(
    rf"(?<![第{SIGNS}\d年几数初])"
    rf"(?:(?P<before>{BEFORE}))?(?:(?P<percent>百分之)(?P<rate>{_NUMERAL}+(?:点{_NUMERAL}+)?)"
    rf"|(?P<parts>{_NUMERAL}+)分之(?P<share>{_NUMERAL}+)"
    rf"|(?P<tenths>[一二三四五六七八九两])成(?![立为员功效果就长人年熟都本绩不])"
    rf"|(?P<times>[一二三四五六七八九十两]+)倍"
    rf"|(?P<figure>{_NUMERAL}+)(?P<late>多|余)?(?P<points>个百分点)"
    rf"|(?P<count>{_NUMERAL}+)(?P<more>多|余)?(?P<big>大)?(?P<unit>{_UNIT}))(?P<after>{AFTER})?"
)
# What a Chinese numeral with a unit means in fixed phrases, which count nothing.
_PHRASE = re.compile(
    r"[一二两三四五六七八九十]+[项类](?:业务|工作|资金|登记|事项)?(?:合计|共计|总计|之和|相加)|一(?:件事|次|批|种|些|系|个都|方面|次性|个(?!项目|试点)|级|条龙|对一|张网|张清单|张图|人一|户一|村一"
    r"|项项|家(?!社会组织|养老|医|单位|机构|企|协会|公司)|站式|本账|场(?!地)|门|组|面|把|队|节|起|部分"
    r"|块|片|名|套|支|位|只|单|根|类|期(?!工程)|笔|份|项|所|本|轮|条|座)|[一二三四五六七八九十两]+"
    r"(?:级(?:联动|书记|网络|体系|分类|社区|及|以上|公墓|监管|管理|服务|困难|行政|社会|未成年)|届|轮|下五|张网"
    r"|组(?:织|团)|只手|面(?:红旗|体)|块牌|字|里|门|对|条例)|千家万户|万户|万家|百家|十项全能|百件|两(?:个|级|类)"
    r"|[一二三四五六七八九]位一体|两项(?:补贴|底线|政策)|[三五九]个[兵工]|[九]场比武|一篇"
    r"|[三四五六七八九]个(?:一|代表|自信|意识|维护|全面|确保|到位)|千人|万人|百场|一级|二级|三级|四级|五级"
)
_NOT_A_FIGURE = re.compile(
    r"〔\d{4}〕|\[\d{4}\]|\(\d{4}\)\d{1,9}号|\d{4}年|(?:19|20)\d{2}(?=[-~至到/]\d{2,4}年)|\d{1,2}月份?(?:\d{1,2}日)?"
    r"|(?<![提以牵之目])前(?:\d{1,2}|[一二三四五六七八九十]{1,2})个月"
    r"|\d{1,2}日|(?<!\d)\d{1,9}号|(?<![目此之龄])前[一二三四五六七八九十\d]{1,3}[名位](?![\u4e00-\u9fff]{0,2}(?:社工|员工|老人))"
    r"|第\d{1,9}|(?<![\d.])\d{1,9}周?岁|(?<!\d)\d{1,9}(?:后|\+|:\d|时|点半|分(?!钟))"
    r"|(?<!\d)\d{1,9}[A-Za-z]{1,9}级?|\d{1,2}(?=-\d{1,2}月)"
    r"|(?:19|20)\d{2}-\d{1,2}-\d{1,2}(?: \d{1,2}:\d{2}(?::\d{2})?)?"
    r"|(?<!\d)\d{1,9}年(?!\w)|\d{1,2}:\d{2}"
    r"|(?<=\d)\+\d"
)
_PERSONS_FOLLOW = re.compile(
    "[\u4e00-\u9fff]{0,4}?(?:老年人|老人|儿童|群众|居民|残疾人|人口|学生|农民|职工)"
)
_PLACED = re.compile(
    r"^ *(?:\(\d{1,2}\)|\d{1,2} ?[.、)](?!\d)|\d{1,2}(?:\.\d{1,2}){1,3}(?= |[\u4e00-\u9fff]))"
)
_YEARS = re.compile(r"(?:连续|为期|有效期|历时)(\d{1,2}|[一二三四五六七八九十两]+)个?(年|天|月)")
_RATIO = re.compile(r"(?<![\d:])\d{1,3}(?:\.\d)?:\d{1,3}(?:\.\d)?(?![\d:])")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit at ``start``..``end`` of a passage.

    ``value`` and ``step``, the size of its last printed digit, are in base units: 元, 人, per cent.
    ``unit`` is as printed, with its scale; ``dimension`` the base unit.
    """

    start: int
    end: int
    written: str
    value: Decimal
    step: Decimal
    unit: str = ""
    dimension: str = ""
    qualifier: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether no word makes it a range."""
        return not self.qualifier

    @property
    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """The least and the greatest value meant; None where it is open."""
        return _bounds(self)


def amounts(plain: str) -> list[Amount]:
    """The amounts of a passage in narrow characters, in order, none within another."""
    taken = [match.span() for match in _NOT_A_FIGURE.finditer(plain)]
    listed = _PLACED.match(plain)
    if listed:
        taken.append(listed.span())
    taken += [match.span() for match in _RATIO.finditer(plain)]
    taken.sort()
    candidates = sorted(
        [*_spans_of_years(plain), *_arabic(plain), *_chinese(plain)],
        key=lambda amount: (amount.start, -amount.end),
    )
    return list(_apart(candidates, taken))


def _apart(candidates: list[Amount], taken: list[tuple[int, int]]) -> Iterator[Amount]:
    """The amounts that overlap neither one before nor what is no figure."""
    last, at = -1, 0
    for amount in candidates:
        while at < len(taken) and taken[at][1] <= amount.start:
            at += 1
        hidden = at < len(taken) and taken[at][0] < amount.end
        if amount.start >= last and not hidden:
            yield amount
            last = amount.end


def _spans_of_years(plain: str) -> Iterator[Amount]:
    for match in _YEARS.finditer(plain):
        value = chinese_number(match[1])
        if value is not None:
            start, end = match.start(1), match.end()
            yield Amount(start, end, plain[start:end], value, Decimal(1), match[2], match[2])


def _arabic(plain: str) -> Iterator[Amount]:
    for match in _ARABIC.finditer(plain):
        amount = _of_arabic(match)
        if amount is not None:
            yield amount


def _of_arabic(match: re.Match[str]) -> Amount | None:
    """The amount of a match; None for a bare number, which counts nothing."""
    unit, dimension, factor = _measured(match)
    scale = match["scale"] or ""
    if unit == scale and scale and _PERSONS_FOLLOW.match(match.string, match.end()):
        unit, dimension = scale + "人", "人"  # 11.3万老年人
    if not unit and not scale:
        return None
    digits = match["figure"].replace(",", "")
    if len(digits) > MOST_DIGITS:
        return None  # the number of an account or a card
    step = Decimal(1).scaleb(-len(digits.partition(".")[2])) * factor
    value = Decimal(digits) * factor
    if match["sign"] == "-":
        value = -value
    written = match[0].strip()
    start = match.start() + match[0].index(written) if written else match.start()
    names = ("before", "within", "late", "after")
    words = "".join(match[name] for name in names if match[name])
    return Amount(start, start + len(written), written, value, step, unit, dimension, words)


def _measured(match: re.Match[str]) -> tuple[str, str, Decimal]:
    """The unit as printed, the base unit, and what one of the printed is in it."""
    scale = match["scale"] or ""
    factor = _SCALES[scale]
    if match["points"]:
        return "个百分点", POINTS, factor
    if match["percent"]:
        return match["percent"], PERCENT, Decimal(1 if match["percent"] == "%" else "0.1")
    if match["times"]:
        return "倍", TIMES, factor
    if match["tenths"]:
        return "成", PERCENT, Decimal(10)
    unit = match["unit"] or ""
    return scale + unit, _UNIT_OF.get(unit, unit), factor


def _chinese(plain: str) -> Iterator[Amount]:
    for match in _CHINESE.finditer(plain):
        if match["count"] and _PHRASE.match(plain, match.start("count")):
            continue
        amount = _of_chinese(match)
        if amount is not None:
            yield amount


def _of_chinese(match: re.Match[str]) -> Amount | None:
    read = _chinese_value(match)
    if read is None:
        return None
    value, unit, dimension = read
    if value.adjusted() >= MOST_DIGITS:
        return None
    names = ("before", "late", "more", "after")
    words = "".join(match[name] for name in names if match[name])
    exponent = value.as_tuple().exponent
    step = Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)
    return Amount(match.start(), match.end(), match[0], value, step, unit, dimension, words)


def _chinese_value(match: re.Match[str]) -> tuple[Decimal, str, str] | None:
    """The value, unit as printed and base unit; None where the numeral cannot be read."""
    if match["percent"]:
        return _with(chinese_number(match["rate"]), "%", PERCENT)
    if match["parts"]:
        parts, share = chinese_number(match["parts"]), chinese_number(match["share"])
        if not parts or share is None:
            return None
        return (share * 100 / parts).quantize(Decimal("0.1"), ROUND_HALF_UP), "%", PERCENT
    if match["tenths"]:
        return _with(chinese_number(match["tenths"] + "十"), "成", PERCENT)
    if match["times"]:
        return _with(chinese_number(match["times"]), "倍", TIMES)
    if match["points"]:
        return _with(chinese_number(match["figure"]), "个百分点", POINTS)
    unit = match["unit"]
    return _with(chinese_number(match["count"]), unit, _UNIT_OF.get(unit, unit))


def _with(value: Decimal | None, unit: str, base: str) -> tuple[Decimal, str, str] | None:
    return None if value is None else (value, unit, base)


_LEAST = re.compile("不少于|不低于|不小于|至少|以上|超|突破|逾|高于|多|余")
_MOST = re.compile("不多于|不高于|不超过|不足|不到|至多|最多|低于|以下|以内|之内")


def _bounds(amount: Amount) -> tuple[Decimal | None, Decimal | None]:
    words, value = amount.qualifier, amount.value
    if not words:
        return value - amount.step / 2, value + amount.step / 2
    if _MOST.search(words):
        return None, value
    if _LEAST.search(words):
        leading = Decimal(1).scaleb(value.adjusted()) if value else Decimal(1)
        open_above = bool(re.search("不少于|不低于|不小于|至少|以上", words))
        return value, None if open_above else value + leading
    if re.fullmatch("近|将近|接近", words):
        return value * Decimal("0.9"), value
    return value * Decimal("0.9"), value * Decimal("1.1")
