"""Cuts text at the names of persons, so that no phrase that is kept holds one.

A name is a surname of the common ones with one or two characters, next to a word that only persons
have (负责人王某某, 王某某同志) or in a list of persons (张某、李某等3人). Cutting too much costs
words, cutting too little a name: what may be one is one.
"""

from __future__ import annotations

import re

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方"
    "俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元卜顾孟平黄穆萧尹姚邵湛汪祁毛禹狄米贝明臧"
    "计伏戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫"
    "房裘缪干解宗丁宣邓郁单杭洪包诸左石崔吉龚程嵇邢裴陆荣翁荀羊惠甄曲封芮储靳汲松井段富巫乌焦巴弓牧隗山谷车侯宓蓬"
    "郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴胥苍双闻莘"
    "翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容古易慎戈廖庾终暨衡"
    "耿满弘匡文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯荆红游竺"
    "逯盖益桓仉肖岳帅缑亢况郈琴商牟佘佴伯赏墨哈谯笪爱阳佟闫付覃涂"
)
_GIVEN = "(?:(?![等被获荣及和与说到的])[\u4e00-\u9fff×])"
_SINGLE = rf"[{SURNAMES}]{_GIVEN}{{1,2}}"
_NAME = (
    rf"(?:(?:欧阳|司马|上官|诸葛|夏侯|东方|皇甫|尉迟|公孙|慕容|令狐|司徒){_GIVEN}{{1,2}}|{_SINGLE})"
)
_OFFICES = (
    "总书记|书记|局长|副局长|主任|副主任|科长|所长|院长|站长|校长|会长|理事长|秘书长"
    "|区长|县长|市长|镇长|乡长|部长|厅长|省长"
)
_PERSONS = "同志|先生|女士|老师|医生|奶奶|爷爷|大爷|大妈"
_AFTER = re.compile(
    rf"(?P<role>负责人|法定代表人|法人代表|当事人|受助人|捐赠人|联系人|撰稿|供稿|记者|烈属|村民|居民|老人|老党员"
    rf"|{_OFFICES}|同志|社工|护理员|志愿者|儿童)[:: ]?(?P<name>{_NAME})"
    r"(?=[,、。;:()\s]|被|获|荣|说|表示|同志|等|一行|到|参加|出席|介绍|主持|为代表|,|$)"
)
_BEFORE = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<name>{_NAME})(?={_PERSONS}|(?:副)?(?:{_OFFICES}))"
    rf"|(?<=[委府局部院])(?P<leader>{_NAME})(?=(?:副)?(?:{_OFFICES}))"
    rf"|(?P<single>{_SINGLE})(?=同志|先生|女士|奶奶|爷爷|大爷|大妈|总书记)"
)
_LIST = re.compile(rf"{_NAME}(?:、{_NAME})+(?=等?(?:\d|[一二两三四五六七八九十]+)(?:名|人|位))")
_IDENTITY = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")


def names(text: str) -> list[tuple[int, int]]:
    """Where persons are named in a text, or a number that identifies one; in order."""
    spans: list[tuple[int, int]] = []
    for match in _AFTER.finditer(text):
        spans.append(match.span("name"))
    for match in _BEFORE.finditer(text):
        spans.append(match.span(match.lastgroup or 0))
    spans += [match.span() for pattern in (_LIST, _IDENTITY) for match in pattern.finditer(text)]
    return sorted(spans)


def without_names(text: str, start: int, end: int) -> tuple[int, int]:
    """The widest part of a text around ``start``..``end`` that names no person."""
    first, last = 0, len(text)
    for begun, ended in names(text):
        if ended <= start:
            first = max(first, ended)
        elif begun >= end:
            last = min(last, begun)
        else:
            return start, end  # the figure is within what looks like a name: nothing but the figure
    return first, last


def cut(text: str) -> str:
    """A text up to the first name of a person."""
    found = names(text)
    return text[: found[0][0]].rstrip(" :,、(“\"'") if found else text
