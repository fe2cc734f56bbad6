"""Drafts of work reports with an error planted: many kinds, each in many places and wordings."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from dashboard.intake.drafts.draft import Draft, Passage

PLACES = 10


class Pair(NamedTuple):
    """A passage that is right, and the same passage with an error."""

    right: str
    wrong: str


Kind = Callable[[Random, int], Pair]


def _pick(random: Random, words: str) -> str:
    return random.choice(words.split())


def _off(random: Random, number: int) -> int:
    return number + random.choice([-3, -2, 2, 3, 7])


def parts(random: Random, at: int) -> Pair:
    city, country = random.randint(300, 900), random.randint(1200, 2600)
    text = "全区享受{}保障的对象{}人,其中城市{}人、农村{}人。"
    name = ["低保", "高龄补贴", "护理补贴", "供养", "临时救助"][at % 5]
    wrong = _off(random, city + country)
    return Pair(
        text.format(name, city + country, city, country), text.format(name, wrong, city, country)
    )


def of_which(random: Random, at: int) -> Pair:
    whole, part = random.randint(40, 90), random.randint(5, 30)
    unit = ["家", "处", "个"][at % 3]
    text = f"全区建有第{{}}类站点{{}}{unit},其中示范站点{{}}{unit}。"
    return Pair(
        text.format("甲乙丙丁"[at % 4], whole, part),
        text.format("甲乙丙丁"[at % 4], whole, whole + part),
    )


def share(random: Random, at: int) -> Pair:
    whole, part = random.randint(800, 2000), random.randint(100, 600)
    due = part / whole * 100
    text = "排查走访户数{}户,符合条件{}户,占走访户数的{:.1f}%。"
    return Pair(
        text.format(whole, part, due), text.format(whole, part, due + random.choice([-2.5, 1.7, 4]))
    )


def growth(random: Random, at: int) -> Pair:
    base = random.randint(400, 900)
    now = base + random.randint(30, 200)
    due = (now - base) / base * 100
    text = [
        "办理收养评估{1}件,比上年同期的{0}件增长{2:.1f}%。",
        "热线服务由{0}次增加到{1}次,增长{2:.1f}%。",
        "接待来访{1}人次,上年同期为{0}人次,同比增长{2:.1f}%。",
    ][at % 3]
    return Pair(
        text.format(base, now, due), text.format(base, now, due + random.choice([-3, 2.2, 5]))
    )


def direction(random: Random, at: int) -> Pair:
    low, high = random.randint(200, 400), random.randint(500, 900)
    text = "床位补助由每张{}元提高到{}元。" if at % 2 else "流浪救助由{}人次增加至{}人次。"
    return Pair(text.format(low, high), text.format(high, low))


def points_for_rates(random: Random, at: int) -> Pair:
    low, more = random.randint(50, 70), random.randint(3, 20)
    text = f"护理床位占比由{low}%提高到{low + more}%,提高{more}"
    return Pair(text + "个百分点。", text + "%。")


def points_value(random: Random, at: int) -> Pair:
    low, more = random.randint(50, 70), random.randint(3, 20)
    text = f"社工持证率从{low}%提升至{low + more}%,提升{{}}个百分点。"
    return Pair(text.format(more), text.format(more + random.choice([1, 2, -1])))


def points_for_counts(random: Random, at: int) -> Pair:
    number, rate = random.randint(1000, 3000), random.randint(3, 20)
    text = f"志愿服务{number}人次,同比增长{rate}"
    return Pair(text + "%。", text + "个百分点。")


def difference(random: Random, at: int) -> Pair:
    base, more = random.randint(5000, 9000), random.randint(100, 700)
    text = "入库低收入人口{}人,比上年末的{}人增加{}人。"
    return Pair(
        text.format(base + more, base, more), text.format(base + more, base, _off(random, more))
    )


def times(random: Random, at: int) -> Pair:
    base, factor = random.randint(20, 60), random.randint(3, 6)
    text = "助餐点由{}个增加到{}个,增长{}倍。"
    return Pair(
        text.format(base, base * factor, factor - 1), text.format(base, base * factor, factor)
    )


def rate_of_difference(random: Random, at: int) -> Pair:
    base, more = random.randint(500, 900), random.randint(40, 200)
    text = f"救灾物资储备{base + more}件,比上年{'增加' if at % 2 else '多'}{more}件,增长{{:.1f}}%。"
    return Pair(text.format(more / base * 100), text.format(more / base * 100 + 3.4))


def two_values(random: Random, at: int) -> Pair:
    name = ["困境儿童补助", "孤儿助学", "老年人意外险", "殡葬惠民", "未成年人保护"][at % 5]
    money = random.randint(200, 900)
    text = f"累计支出{name}资金{money}万元。各项资金发放及时。支出{name}资金{{}}万元,无一投诉。"
    return Pair(text.format(money), text.format(money + random.randint(10, 90)))


def respectively(random: Random, at: int) -> Pair:
    one, two, three = (random.randint(300, 999) for _ in range(3))
    text = "甲街道、乙街道、丙街道活动场次分别为{}场、{}场"
    text = text.format(one, two)
    return Pair(f"{text}、{three}场。", f"{text}。")


def per_head(random: Random, at: int) -> Pair:
    heads, each = random.randint(20, 90), random.randint(10, 60) * 100
    text = f"为{heads}人次发放急难救助{heads * each / 10000:g}万元,人均{{}}元。"
    return Pair(text.format(each), text.format(each + random.choice([-200, 300, 500])))


def streets(random: Random, at: int) -> Pair:
    numbers = [random.randint(5, 40) for _ in range(4)]
    names = "东关街道 西园街道 南坪镇 北川镇".split()
    listed = ";".join(
        f"{name}{number}个日间照料点" for name, number in zip(names, numbers, strict=True)
    )
    text = f"全区共有{{}}个日间照料点。{listed}。"
    return Pair(text.format(sum(numbers)), text.format(sum(numbers) - random.randint(1, 4)))


def months(random: Random, at: int) -> Pair:
    numbers = [random.randint(40, 200) for _ in range(3)]
    listed = "、".join(f"{month}月{number}对" for month, number in enumerate(numbers, 1))
    text = f"补领证件情况:{listed},一季度共{{}}对。"
    return Pair(text.format(sum(numbers)), text.format(_off(random, sum(numbers))))


def done_and_planned(random: Random, at: int) -> Pair:
    number = random.randint(10, 90)
    text = f"已建成社区食堂{number}处。2024年下半年计划建成社区食堂{{}}处。"
    return Pair(text.format(number + 5), text.format(number))


def unit_of_standard(random: Random, at: int) -> Pair:
    number = random.randint(600, 990)
    text = f"{'城市' if at % 2 else '农村'}特困{at}档供养标准为每人每月{number}"
    return Pair(text + "元。", text + "万元。")


def rate_above_100(random: Random, at: int) -> Pair:
    name = _pick(random, "参保率 覆盖率 入住率 合格率 办结率")
    return Pair(f"第{at + 1}批机构{name}达到9{at}%。", f"第{at + 1}批机构{name}达到19{at}%。")


def after_date(random: Random, at: int) -> Pair:
    return Pair(
        f"截至6月{at + 10}日,消防检查全部结束。",
        f"截至{7 + at % 5}月{at + 10}日,消防检查全部结束。",
    )


def left(random: Random, at: int) -> Pair:
    done, rest = random.randint(10, 40), random.randint(3, 9)
    text = "应整治墓葬点{}处,目前已整治{}处,剩余{}处。"
    return Pair(text.format(done + rest, done, rest), text.format(done + rest, done, rest + 2))


def stock(random: Random, at: int) -> Pair:
    old, more, less = random.randint(200, 400), random.randint(20, 60), random.randint(5, 19)
    text = "登记在册机构年初{}家,新增{}家,注销{}家,目前{}家。"
    return Pair(
        text.format(old, more, less, old + more - less), text.format(old, more, less, old + more)
    )


def reversed_range(random: Random, at: int) -> Pair:
    low, high = random.randint(50, 80), random.randint(100, 300)
    return Pair(f"高龄津贴每月{low}元至{high}元不等。", f"高龄津贴每月{high}元至{low}元不等。")


def double_sign(random: Random, at: int) -> Pair:
    rate = random.randint(2, 30)
    return Pair(f"信访量同比下降{rate}%。", f"信访量同比下降-{rate}%。")


def shares(random: Random, at: int) -> Pair:
    one, two = random.randint(20, 40), random.randint(20, 30)
    text = f"资金来源中央、省、区分别占{one}%、{two}%、{{}}%。"
    return Pair(text.format(100 - one - two), text.format(100 - one - two + random.choice([5, 10])))


def monthly(random: Random, at: int) -> Pair:
    mean = random.randint(20, 90)
    text = f"1-6月发放孤儿基本生活费{mean * 6}万元,月均{{}}万元。"
    return Pair(text.format(mean), text.format(mean + random.randint(3, 9)))


def completion(random: Random, at: int) -> Pair:
    target = random.randint(10, 30) * 10
    done = target * random.choice([80, 90, 60, 70]) // 100
    text = f"全年家庭床位任务{target}张,已完成{done}张,完成率{{}}%。"
    return Pair(text.format(done * 100 // target), text.format(done * 100 // target + 7))


def counted(random: Random, at: int) -> Pair:
    text = "提供助餐服务、助浴服务、助洁服务、助医服务共{}项服务。"
    return Pair(text.format("四"), text.format(random.choice("三五六")))


def compared_with(random: Random, at: int) -> Pair:
    number = random.randint(3, 40)
    return Pair(f"咨询量比上年同期增长{number}%。", f"咨询量比上年同期环比增长{number}%。")


def no_such_day(random: Random, at: int) -> Pair:
    return Pair(f"4月{at + 10}日开展演练。", f"{[2, 4, 6, 9, 11][at % 5]}月31日开展演练。")


def more_than_all(random: Random, at: int) -> Pair:
    whole = random.randint(30, 60)
    verb = ["对{}家敬老院等级评定已完成", "食品安全抽检中,{}家敬老院全部查到"][at % 2]
    text = "全区{}家敬老院实现联网。" + verb + "。"
    return Pair(text.format(whole, whole), text.format(whole, whole + random.randint(2, 9)))


def quota(random: Random, at: int) -> Pair:
    places, each = random.randint(5, 30), random.randint(4, 12)
    place = ["社区", "村", "街道"][at % 3]
    text = f"要求每个{place}培育不少于{each}支文艺队。本期{places}个{place},已完成{{}}支。"
    return Pair(text.format(places * each + 3), text.format(places * each - random.randint(3, 15)))


def paid_of_those_on_file(random: Random, at: int) -> Pair:
    number = random.randint(40, 90)
    text = "为在册{}名困境儿童投保意外险。为{}名困境儿童发放补贴。"
    return Pair(
        text.format(number, number), text.format(number, number + random.choice([-2, 1, 3]))
    )


def posts(random: Random, at: int) -> Pair:
    number = random.randint(200, 400)
    text = "{}名儿童主任持证上岗。红白理事会{}个,实现村村有。"
    return Pair(text.format(number, number), text.format(number, number + random.randint(2, 9)))


def arranged(random: Random, at: int) -> Pair:
    money = random.randint(800, 2000)
    what = ["移民扶持", "养老设施维修", "殡葬改造"][at % 3]
    text = f"安排{what}资金投入{money}万元。已拨付{what}资金{{}}万元。"
    return Pair(text.format(money - 9), text.format(money + random.randint(2, 30)))


def flat_payment(random: Random, at: int) -> Pair:
    heads, each = random.randint(2000, 9000), random.choice([300, 600, 1200])
    name = ["核定直补人数", "慰问对象", "一次性补助户数"][at % 3]
    kind = ["直补资金", "慰问金", "一次性补助资金"][at % 3]
    unit = ["人", "人", "户"][at % 3]
    text = f"{name}为{heads}{unit},共发放{kind}{{:g}}万元。"
    right = heads * each / 10000
    return Pair(text.format(right), text.format(round(right * 0.997, 2)))


def by_standard(random: Random, at: int) -> Pair:
    heads, each = random.randint(20, 90), random.randint(10, 20) * 100
    group = ["集中供养", "分散供养"][at % 2]
    money = heads * each * 6 / 10000
    text = (
        f"流浪儿童{group}标准为每人每月{each}元。现有{group}{heads}人,1-6月发放养育费{{:g}}万元。"
    )
    return Pair(text.format(money), text.format(round(money * random.choice([0.8, 1.25]), 2)))


def too_much_a_head(random: Random, at: int) -> Pair:
    heads, each = random.randint(100, 300), random.randint(9, 14) * 1000
    text = f"1-6月,为{heads}名艾滋病病毒感染儿童发放基本生活费{{:g}}万元。"
    money = heads * each / 10000
    return Pair(text.format(money), text.format(money * 10))


def spent_of_received(random: Random, at: int) -> Pair:
    money, goods = random.randint(100, 300), random.randint(20, 80)
    verb = ["接收捐赠", "募集善款", "筹集款物"][at % 3]
    text = f"{verb}{money + goods}万元(资金{money}万元、物资{goods}万元),支出{{}}万元。"
    return Pair(text.format(money), text.format(money + goods + random.randint(3, 40)))


def listed_streets(random: Random, at: int) -> Pair:
    numbers = [random.randint(2, 9) for _ in range(4)]
    names = "江东街道 江西街道 柳河镇 双塔镇".split()
    pairs = zip(names, numbers, strict=True)
    listed = "、".join(f"{name}{number}个" for name, number in pairs)
    text = f"新增书屋{{}}个:{listed}。"
    return Pair(text.format(sum(numbers)), text.format(sum(numbers) + random.randint(1, 3)))


def opened_and_closed(random: Random, at: int) -> Pair:
    old, more, less = random.randint(20, 60), random.randint(5, 9), random.randint(1, 4)
    text = "托老站年初{}家,上半年新开{}家,停业{}家,6月末{}家。"
    return Pair(
        text.format(old, more, less, old + more - less), text.format(old, more, less, old + more)
    )


def target_worded_otherwise(random: Random, at: int) -> Pair:
    number = random.randint(20, 90)
    text = "下半年计划培训家政员{}人。督导组要求把握进度。下半年计划培训家政员{}。"
    right, wrong = f"{number}人", f"不少于{number}人"
    return Pair(text.format(number, right), text.format(number, wrong))


def classifiers(random: Random, at: int) -> Pair:
    number = random.randint(40, 90)
    name = ["邻里基金", "公益基金", "助学基金", "爱心基金"][at % 4]
    text = f"设立{name}{number}支,5{{}}{name}获评优秀。"
    return Pair(text.format("支"), text.format("家"))


def named_rate(random: Random, at: int) -> Pair:
    due, done = random.randint(300, 500), random.randint(150, 280)
    name = ["年检", "建档", "复核", "整改"][at % 4]
    unit = ["家", "户", "处", "件"][at % 4]
    text = f"应{name}{due}{unit},已{name}{done}{unit},{name}率{{:.1f}}%。"
    right = done / due * 100
    return Pair(text.format(right), text.format(right + random.choice([-4, 5, 9])))


def rate_across_units(random: Random, at: int) -> Pair:
    beds, people = random.randint(900, 2000), random.randint(300, 700)
    text = f"颐养机构总床位{beds}张,入住老年人{people}人,入住率{{:.1f}}%。"
    right = people / beds * 100
    return Pair(text.format(right), text.format(right + random.choice([-6, 8, 10])))


def share_of_all(random: Random, at: int) -> Pair:
    whole, part = random.randint(60, 90), random.randint(20, 50)
    what = ["村史馆", "阅览室", "调解室", "议事厅"][at % 4]
    text = f"全县{whole}个网格中心,{what}达标{part}个,占{{:.1f}}%。"
    right = part / whole * 100
    return Pair(text.format(right), text.format(right + random.choice([-7, 6, 9])))


def divided(random: Random, at: int) -> Pair:
    numbers = [random.randint(100, 900) for _ in range(3)]
    joint = [",分别为", ":", ",分别是"][at % 3]
    listed = "、".join(
        f"{name}{number}万元" for name, number in zip("甲 乙 丙".split(), numbers, strict=True)
    )
    text = f"合计安排公园维修经费{{}}万元{joint}{listed}。"
    return Pair(text.format(sum(numbers)), text.format(sum(numbers) + random.choice([-100, 90])))


def in_turn(random: Random, at: int) -> Pair:
    numbers = [random.randint(300, 600) for _ in range(6)]
    listed = "、".join(f"{number}件" for number in numbers)
    lead = ["从各月看,1至6月分别受理", "1—6月分别受理", "逐月分别受理"][at % 3]
    text = f"受理网上咨询{{}}件。{lead}{listed}。"
    return Pair(text.format(sum(numbers)), text.format(sum(numbers) - random.choice([10, 30, 100])))


def yearly(random: Random, at: int) -> Pair:
    mean, years = random.randint(200, 900), [3, 5][at % 2]
    text = f"近{'三五'[at % 2]}年累计投入道路养护资金{mean * years}万元,年均{{}}万元。"
    return Pair(text.format(mean), text.format(mean * years // (years - 1) + 1))


def per_head_and_month(random: Random, at: int) -> Pair:
    heads, each = random.randint(100, 300), random.randint(10, 20) * 100
    text = f"1-6月为{heads}名戏曲传承人发放生活费{heads * each * 6 / 10000:g}万元,人均每月{{}}元。"
    return Pair(text.format(each), text.format(each + random.choice([-200, 60, 300])))


def yearly_growth(random: Random, at: int) -> Pair:
    base, rate = random.randint(400, 900), random.randint(4, 12)
    now = round(base * (1 + rate / 100) ** 4)
    text = f"护林补助由2019年的每人每月{base}元提高到2023年的每人每月{now}元,年均增长{{}}%。"
    return Pair(text.format(rate), text.format(rate + random.choice([-2, 2, 4])))


def gap_to_a_target(random: Random, at: int) -> Pair:
    target, more = random.randint(50, 60), random.randint(3, 9)
    text = f"床位智能化占比达到{target + more}%,规划目标为{target}%,超出目标{{}}个百分点。"
    return Pair(text.format(more), text.format(more + random.choice([1, 2, 10])))


def points_of_what_is_counted(random: Random, at: int) -> Pair:
    number = random.randint(3, 20)
    name = ["收养登记", "救助人次", "福彩销量", "募集资金"][at % 4]
    return Pair(f"{name}同比下降{number}%。", f"{name}同比下降{number}个百分点。")


def two_spans(random: Random, at: int) -> Pair:
    number = random.randint(300, 900)
    right = ["上半年(1—6月)", "“十四五”期间(2021—2025年)", "近三年(2021—2023年)"][at % 3]
    wrong = ["上半年(1—5月)", "“十四五”期间(2020—2024年)", "近三年(2020—2023年)"][at % 3]
    text = f"{{}}登记爱心商户{number}户。"
    return Pair(text.format(right), text.format(wrong))


def beyond_the_title(random: Random, at: int) -> Pair:
    number = random.randint(300, 900)
    text = f"{{}}共调解邻里矛盾{number}件。"
    return Pair(text.format("上半年"), text.format(["全年", "前三季度"][at % 2]))


def named_in_brackets(random: Random, at: int) -> Pair:
    names = random.sample("翠园 金沙 东苑 望江 临湖 长桥 北塔 石泉".split(), 4)
    text = f"新设图书角{{}}处({'、'.join(names)})。"
    return Pair(text.format(4), text.format(random.choice([3, 5, 6])))


def all_there_are(random: Random, at: int) -> Pair:
    number = random.randint(1200, 1800)
    noun = ["爱心驿站", "志愿团队", "健身广场", "农家书屋"][at % 4]
    text = f"全区共有{noun}{number}个。各项制度完备。全区{{}}个{noun}中,示范的不多。"
    return Pair(text.format(number), text.format(number - random.choice([9, 18, 90])))


def still_building(random: Random, at: int) -> Pair:
    number = random.randint(3, 9)
    noun = ["康养服务中心", "骨灰堂", "便民服务点", "社区食堂"][at % 4] + "甲乙丙"[at % 3]
    text = f"建设{noun}项目{number}处,{{}}。下一步加快{number}处{noun}项目建设。"
    return Pair(text.format("尚未开工"), text.format("已全部投入使用"))


def unit_a_head(random: Random, at: int) -> Pair:
    number = random.randint(300, 900)
    word = ["月人均补助水平达到", "户均补助", "人均救助"][at % 3]
    return Pair(f"慰问类{word}{number}元。", f"慰问类{word}{number}万元。")


def out_of_scale(random: Random, at: int) -> Pair:
    few, many = random.randint(20, 90), random.randint(100, 400)
    text = f"辖区躺椅{many}张,上半年更新躺椅{few}{{}}张。"
    return Pair(text.format(""), text.format("万"))


def sum_in_yuan(random: Random, at: int) -> Pair:
    money = random.randint(200, 900)
    text = f"累计发放春荒救助资金{money}.36{{}}。"
    return Pair(text.format("万元"), text.format("元"))


def each_place(random: Random, at: int) -> Pair:
    places, each = random.randint(6, 30), random.randint(2, 9)
    text = f"设驿站{places}个,每站配备社工{each}名,共{{}}名。"
    return Pair(text.format(places * each), text.format(places * each - random.randint(1, 2)))


def turned(random: Random, at: int) -> Pair:
    number = random.randint(20, 90)
    text = f"收养咨询同比减少{number}件,{{}}4.{at}%。"
    return Pair(text.format("下降"), text.format("增长"))


def risen(random: Random, at: int) -> Pair:
    old, more = random.randint(40, 90), random.randint(5, 20)
    text = f"新建凉亭{more}座,使总数由{old}座增至{{}}座。"
    return Pair(text.format(old + more), text.format(old + more + random.choice([-1, 1, 10])))


KINDS: tuple[Kind, ...] = (
    more_than_all,
    quota,
    paid_of_those_on_file,
    posts,
    arranged,
    flat_payment,
    by_standard,
    too_much_a_head,
    spent_of_received,
    listed_streets,
    opened_and_closed,
    target_worded_otherwise,
    classifiers,
    parts,
    of_which,
    share,
    growth,
    direction,
    points_for_rates,
    points_value,
    points_for_counts,
    difference,
    rate_of_difference,
    times,
    two_values,
    respectively,
    per_head,
    streets,
    months,
    done_and_planned,
    unit_of_standard,
    rate_above_100,
    after_date,
    left,
    stock,
    reversed_range,
    double_sign,
    shares,
    monthly,
    completion,
    counted,
    compared_with,
    no_such_day,
    named_rate,
    rate_across_units,
    share_of_all,
    divided,
    in_turn,
    yearly,
    per_head_and_month,
    yearly_growth,
    gap_to_a_target,
    points_of_what_is_counted,
    two_spans,
    beyond_the_title,
    named_in_brackets,
    all_there_are,
    still_building,
    unit_a_head,
    out_of_scale,
    sum_in_yuan,
    each_place,
    turned,
    risen,
)


def draft(place: int, planted: Kind | None = None) -> Draft:
    """A draft with a passage of every kind; one of them with its error."""
    lines = ["2024年上半年民政工作总结", "一、工作开展情况"]
    for kind in KINDS:
        pair = kind(Random(f"{kind.__name__} {place}"), place)
        lines.append(pair.wrong if kind is planted else pair.right)
    lines.append("2024年6月30日")
    return Draft(f"{place}.txt", tuple(Passage(line) for line in lines))
