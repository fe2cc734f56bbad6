"""Questions that an answer closes: nothing is dropped, nothing known is asked as a fragment."""

import pytest
from sheets import catalogue, read

STREET, OTHER = "文昌街道", "崮云湖街道"
MONTH = "长清区2024年9月"


def found(*rows, **said):
    """Values by indicator of what was read, of the first street."""
    return {
        one.indicator: one.value
        for one in read([*rows], **said).observations
        if one.area == "370113001"
    }


def asked(*rows, **said):
    return " ".join(
        one.message.zh
        for one in read([*rows], **said).findings
        if one.severity in ("error", "warning")
    )


def test_money_below_a_title_of_the_allowance_is_the_money_itself():
    rows = [[f"{MONTH}城乡居民最低生活保障金发放表"], ["街道", "城市低保", None, "农村低保", None]]
    rows += [[None, "户数(户)", "发放资金(元)", "户数(户)", "发放资金(元)"], [STREET, 1, 2, 3, 4]]
    assert set(found(*rows).values()) == {1, 2, 3, 4}
    assert not asked(*rows)


@pytest.mark.parametrize(
    ("quarter", "meant"),
    [
        ("2024年第三季度", "tekun__added_persons__months_3"),
        ("2024年1-9月", "tekun__added_persons__months_3"),
        ("2024年9月", "tekun__added_persons__months_3"),
        ("2024年第一季度", "tekun__added_persons"),
    ],
)
def test_this_quarter_ends_with_the_period(quarter, meant):
    rows = [[f"长清区{quarter}特困人员情况"], ["街道", "本季度新增(人)", "本季度终止(人)"]]
    assert set(found(*rows, [STREET, 7, 8])) == {meant, meant.replace("added", "left")}


def test_a_quarter_that_does_not_end_with_the_period_is_asked():
    rows = [["长清区2024年8月特困人员情况"], ["街道", "本季度新增(人)"], [STREET, 7]]
    assert not found(*rows) and asked(*rows)


def test_recipients_of_one_benefit_are_a_group_of_another_below_of_which_only():
    title = [f"{MONTH}重度残疾人护理补贴享受对象情况"]
    rows = [title, ["街道", "合计(人)", "其中:低保对象(人)"], [STREET, 9, 4]]
    assert found(*rows) == {
        "disabled_nursing_subsidy_persons": 9,
        "disabled_nursing__persons__group_dibao": 4,
    }
    rows = [title, ["街道", "重度残疾人护理补贴(人)", "低保对象(人)"], [STREET, 9, 4]]
    assert set(found(*rows).values()) == {9}


def test_a_section_or_group_heading_narrows_nothing_that_names_itself():
    rows = [["长清区2024年民政统计"], ["指标", "单位", "数量"], ["四、社会事务", None, None]]
    rows += [["结婚登记", "对", 7], ["火化遗体数", "具", 8]]
    values = {one.indicator: one.value for one in read(rows).observations}
    assert values == {"marriages": 7, "cremations": 8}
    rows = [["长清区养老服务设施统计表(截至2024年12月31日)"]]
    rows += [["街道", "机构养老", None, "社区养老", None]]
    rows += [[None, "养老机构床位(张)", "其中:护理型(张)", "社区养老服务中心(个)", "老年食堂(个)"]]
    assert found(*rows, [STREET, 9, 4, 2, 1]) == {
        "elderly_beds": 9,
        "nursing_beds": 4,
        "community_elderly_centres__organisations": 2,
        "elderly_canteens__organisations": 1,
    }


def test_a_bare_measure_below_a_group_heading_is_not_that_of_the_title():
    rows = [["长清区2024年末养老服务设施统计表"], ["街道", "社区养老"], [None, "床位数(张)"]]
    assert not found(*rows, [STREET, 9])


def test_changes_of_organisations_below_a_heading_of_changes():
    rows = [["长清区2024年社会组织登记情况表", None, None, "单位:个"]]
    rows += [["类别", "本年增减", None, None, "年末数"], [None, "新成立", "变更", "注销", None]]
    rows += [["社会团体", 6, 21, 4, 110], ["基金会", 1, 2, 0, 3]]
    values = {one.indicator: one.value for one in read(rows).observations}
    assert values["social_associations__changed_organisations"] == 21
    assert sorted(values.values()) == [0, 1, 2, 3, 4, 6, 21, 110]


def test_a_net_change_is_not_the_number_itself():
    rows = [["长清区2024年社会组织登记情况表"], ["类别", "本年增减", "年末数"]]
    rows += [[None, "个数(个)", "(个)"], ["社会团体", 6, 110]]
    assert 6 not in {one.value for one in read(rows).observations}


def test_institutions_below_a_title_of_people_are_counted_by_their_unit_only():
    head = ["街道", "困境儿童(人)", "未成年人保护工作站(个)"]
    rows = [[f"{MONTH}农村留守儿童和困境儿童情况"], head, [STREET, 7, 1]]
    assert found(*rows) == {"children_in_difficulty": 7, "minors_stations__organisations": 1}
    rows = [[f"{MONTH}孤儿情况"], ["街道", "孤儿", "儿童福利机构"], [STREET, 7, 3]]
    assert 3 not in found(*rows).values()


def test_what_a_person_says_of_a_heading_counts_whatever_the_title_says():
    rows = [[f"{MONTH}留守儿童情况"], ["街道", "留守儿童(人)", "关爱津贴人数(人)"], [STREET, 7, 3]]
    assert set(found(*rows).values()) == {7}
    said = found(*rows, words={"关爱津贴人数": "高龄津贴人数"})
    assert set(said.values()) == {7, 3}


def test_an_answer_keeps_the_time_that_the_heading_says():
    rows = [["长清区2024年9月适老化情况"], ["街道", "本年焕新工程"], [STREET, 7]]
    said = {"words": {"本年焕新工程": "适老化改造户数"}, "basis": ""}
    assert not asked(*rows, **said) and set(found(*rows, **said).values()) == {7}


@pytest.mark.parametrize("answer", ["无", "没有意义", "nothing"])
def test_no_meaning_is_answered_in_the_language_of_the_question(answer):
    rows = [[f"{MONTH}低保情况"], ["街道", "焕新低保人数"], [STREET, 7]]
    assert found(*rows, words={"焕新": answer}) == {"dibao_persons": 7}


@pytest.mark.parametrize(
    ("heading", "word"),
    [
        ("年初数", "年初"),
        ("户均补贴(元)", "户均"),
        ("个访服务(个)", "个访"),
        ("居家探视(人)", "居家探视"),
        ("村(居)小微权力(个)", "村(居)小微权力"),
    ],
)
def test_an_unknown_word_is_asked_whole(heading, word):
    rows = [[f"{MONTH}低保情况"], ["街道", "低保人数(人)", heading], [STREET, 7, 3]]
    assert f"“{word}”" in asked(*rows)


def test_social_work_and_committees_are_counted():
    head = ["街道", "驻站社工(人)", "其中:持证社工(人)", "个案服务(个)", "小组活动(场)"]
    head += ["村(居)委会成员(人)", "其中:中共党员(人)"]
    rows = [["长清区2024年上半年社工站和村(居)委会情况"], head, [STREET, 4, 3, 9, 5, 84, 59]]
    assert found(*rows) == {
        "station_social_workers__persons": 4,
        "station_social_workers__persons__certificate_held": 3,
        "case_work__instances": 9,
        "group_work__sessions": 5,
        "committees__members": 84,
        "committees__members__party_member": 59,
    }


def test_every_new_word_has_a_name_in_both_languages():
    grid = catalogue().grid
    for name in ("elderly_centres", "committees", "case_work", "public_columbaria"):
        assert grid.programmes[name].name.zh and grid.programmes[name].name.en
