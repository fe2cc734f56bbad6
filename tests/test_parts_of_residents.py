"""Those in homes who have a benefit are a part of the residents, never all that have it."""

import pytest
from sheets import read

TITLE = ["长清区养老服务设施情况统计表(截至2024年9月30日)"]
HEAD = ["街道", "养老机构床位数(张)", "入住老人(人)", "其中:特困人员(人)"]
ROWS = [TITLE, HEAD, ["文昌街道", 90, 60, 20], ["崮云湖街道", 80, 50, 10]]
HOMES = {"入住老人": "养老机构在院人数"}
PART = "elderly_institutions__residents__group_tekun"


def indicators(**words):
    """What is read of the table with these answers."""
    return {one.indicator for one in read(ROWS, words=words).observations}


def test_the_part_follows_the_answer_for_the_whole():
    assert indicators(**HOMES) == {"elderly_beds", "elderly_residents", PART}


@pytest.mark.parametrize("answers", [{}, HOMES])
def test_the_plainest_answer_makes_no_figure_of_the_area(answers):
    tidied = read(ROWS, words={"特困人员": "特困人员"} | answers)
    found = {one.indicator for one in tidied.observations}
    assert not [one for one in found if one.startswith("tekun")]
    waits = [one.message.zh for one in tidied.findings if one.value == "特困人员"]
    assert PART in found or "不是全部特困人员" in waits[0]
