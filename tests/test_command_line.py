"""The command line as a stranger uses it: figures in, figures out, refusals by cell."""

import csv
import io
import json
import os
import subprocess
import sys

import pytest

from dashboard.__main__ import COMMANDS, main
from dashboard.base import file_refusals
from dashboard.base.settings import ROOT
from dashboard.cli.export import FILE_FORMATS, SCALES, SIZES
from dashboard.cli.output import SMALL_CELLS
from dashboard.disclosure.row_guard import HIDE, SHOW
from dashboard.exports import formats, pictures
from dashboard.services.targets.progress import all_targets

pytestmark = pytest.mark.slow

TIDY = "indicator,area,period,value,unit\n"


@pytest.fixture
def rows(command):
    """Rows that ``observations`` prints."""

    def read(*arguments):
        code, text = command("observations", *arguments)
        assert code == 0, text
        return list(csv.DictReader(io.StringIO(text)))

    return read


@pytest.fixture
def file(tmp_path):
    """Writes a file and returns its path."""

    def write(name, text, encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


# ---- the figures of the reports ----


def test_all_412_figures_of_the_reports_are_read_back_with_their_source(rows):
    found = rows("--grade", "report", "--versions", "all")
    assert len(found) == 412
    assert all("”" in row["source"] and len(row["source"]) > 8 for row in found)
    assert {row["kind"] for row in found} == {"actual", "target", "plan", "standard"}
    kinds = [row["kind"] for row in found]
    assert (kinds.count("target"), kinds.count("plan"), kinds.count("standard")) == (40, 16, 26)


def test_a_figure_that_a_report_states_twice_is_one_row_and_disputed_where_it_differs(rows):
    current = rows("--grade", "report")
    keys = [(row["indicator"], row["area"], row["period"], row["kind"]) for row in current]
    assert len(keys) == len(set(keys)) < 412
    disputed = [row for row in current if row["status"] == "D"]
    assert [(row["indicator"], row["value"]) for row in disputed] == [
        ("tekun_spending", "30867500")
    ]
    both = rows(
        "--indicator",
        "tekun_spending",
        "--area",
        "42-unnamed",
        "--versions",
        "all",
        "--to",
        "2024-05",
    )
    assert {row["value"] for row in both if row["period"] == "2024-05"} == {"30867500", "20862200"}


def test_changqing_shows_its_community_organisations_by_street(rows):
    found = rows("--indicator", "community_organisations", "--area", "长清区", "--children")
    assert {row["area_name"]: row["value"] for row in found} == {
        "文昌街道": "266",
        "崮云湖街道": "121",
        "平安街道": "43",
        "万德街道": "20",
    }


def test_organisations_per_community_follow_from_the_counts_of_changqing(rows):
    found = rows(
        "--indicator", "community_organisations_per_community", "--area", "长清区", "--children"
    )
    actual = {row["area_name"]: row for row in found if row["kind"] == "actual"}
    rounded = {name: round(float(row["value"]), 1) for name, row in actual.items()}
    assert rounded == {
        "长清区": 7.5,
        "文昌街道": 10.2,
        "崮云湖街道": 4.3,
        "平安街道": 10.8,
        "万德街道": 10.0,
    }
    assert "10个下级地区中4个" in actual["长清区"]["source"]
    assert [row["value"] for row in found if row["kind"] == "target"] == ["10"]


def test_a_rate_that_a_report_states_is_listed_once_as_stated(rows):
    found = rows("--indicator", "tekun_disabled_care_rate", "--area", "长清区")
    assert [(row["value"], row["grade"]) for row in found] == [("60", "report")]


def test_national_marriages_are_read_back_year_by_year(rows):
    found = rows("--indicator", "marriages", "--area", "全国")
    values = {row["period"]: row["value"] for row in found}
    assert values["1985-12"] == "8313000" and values["2008-12"] == "10983000"
    official = [row for row in found if row["grade"] == "official"]
    assert {"1985-12", "2008-12"} <= {row["period"] for row in official}
    assert all("stats.gov.cn" in row["source"] for row in official)
    assert all("转" in row["source"] for row in found if row["grade"] == "secondary")
    assert {row["grade"] for row in found} == {"official", "secondary"}


def test_only_rows_of_a_bureaus_own_site_carry_the_grade_official(rows):
    found = rows("--grade", "official", "--versions", "all")
    assert len(found) >= 670 + 112
    assert all(row["source"] for row in found)


def test_the_demo_district_is_graded_demo_in_every_month_and_street(rows):
    found = rows("--indicator", "marriages", "--area", "990101", "--children")
    assert {row["grade"] for row in found} == {"demo"}
    periods = {row["period"] for row in found}
    assert ("2018-01" in periods, "2026-10" in periods, len(periods)) == (True, True, 106)
    assert len({row["area"] for row in found}) == 13


def test_a_month_not_reported_is_told_from_zero(rows):
    found = rows(
        "--indicator",
        "marriages",
        "--area",
        "990101",
        "--children",
        "--from",
        "2023-03",
        "--to",
        "2023-03",
    )
    missing = [row for row in found if row["status"] == "L"]
    assert len(missing) == 1 and missing[0]["value"] == ""


AGREED = (
    "indicator,indicator_name,area,area_name,period,kind,"
    "basis,value,unit,status,grade,submission,source,since,qualifier,marks"
)


def test_the_columns_of_the_list_are_the_agreed_ones(command):
    code, text = command("observations", "--indicator", "marriages", "--area", "370305")
    assert code == 0 and text.splitlines()[0] == AGREED


# ---- filters ----


def test_an_indicator_is_found_by_id_official_code_and_name(rows):
    found = [
        rows("--indicator", name, "--area", "510000")
        for name in ("urban_dibao_paid", "JZH011212111", "城市低保金")
    ]
    assert found[0] and found[0] == found[1] == found[2]
    assert found[0][0]["value"] == "1747301000" and found[0][0]["unit"] == "元"


def test_english_names_and_json_are_printed_on_request(command):
    code, text = command(
        "observations",
        "--indicator",
        "marriages",
        "--area",
        "370305",
        "--lang",
        "en",
        "--format",
        "json",
    )
    row = json.loads(text)[0]
    assert code == 0 and row["area_name"] == "Linzi District" and row["value"] == 1138


@pytest.mark.parametrize(
    "arguments",
    [["--indicator", "nobody"], ["--area", "nowhere"], ["--from", "2024-13"], ["--kind", "wish"]],
)
def test_a_filter_that_means_nothing_is_a_usage_error_in_a_sentence(command, arguments):
    code, text = command("observations", *arguments)
    assert code == 2 and "Traceback" not in text and arguments[1] in text


# ---- loading ----


def test_a_tidy_table_is_loaded_in_three_encodings_and_converted_to_base_units(command, rows, file):
    for encoding, area in (
        ("utf-8", "370113004"),
        ("utf-8-sig", "370113005"),
        ("gb18030", "370113006"),
    ):
        name = {"370113004": "五峰山街道", "370113005": "归德街道", "370113006": "张夏街道"}[area]
        path = file(f"{encoding}.csv", TIDY + f"结婚登记对数,{name},2024-09,1.2,万对\n", encoding)
        assert command("load", path)[0] == 0
        assert rows("--indicator", "marriages", "--area", area)[0]["value"] == "12000"


def test_json_tells_what_was_loaded(command, file):
    path = file("a.csv", TIDY + "orphans,370113,2024-09,12,人\n")
    code, text = command("load", path, "--grade", "management", "--json")
    found = json.loads(text)["submissions"]
    assert code == 0 and len(found) == 1
    assert {
        "id",
        "file",
        "sheet",
        "form",
        "area",
        "period",
        "grade",
        "observations",
        "findings",
    } <= set(found[0])
    assert (found[0]["observations"], found[0]["grade"]) == (1, "management")


def test_a_dry_run_stores_nothing(command, rows, file):
    path = file("a.csv", TIDY + "orphans,370113004,2024-09,12,人\n")
    assert command("load", path, "--dry-run")[0] == 0
    assert rows("--indicator", "orphans", "--area", "370113004") == []


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("nobody,370113,2024-09,5,人", "nobody"),
        ("orphans,nowhere,2024-09,5,人", "nowhere"),
        ("orphans,370113,2024-19,5,人", "2024-19"),
        ("orphans,370113,2024-09,若干,人", "若干"),
        ("orphans,370113,2024-09,5,万元", "万元"),
        ("orphans,370113,2024-09,5,光年", "光年"),
    ],
)
def test_a_bad_row_is_refused_by_cell_and_nothing_of_the_file_is_stored(
    command, rows, file, row, told
):
    path = file("bad.csv", TIDY + "adoptions,370113004,2024-09,5,件\n" + row + "\n")
    code, text = command("load", path, "--json")
    findings = [
        f
        for s in json.loads(text)["submissions"]
        for f in s["findings"]
        if f["severity"] == "error"
    ]
    assert code == 1 and findings
    assert (findings[0]["row"], findings[0]["value"]) == (3, told)
    assert findings[0]["column"] and findings[0]["message"]
    assert rows("--indicator", "adoptions", "--area", "370113004") == []


def test_a_duplicate_row_is_refused(command, file):
    path = file("bad.csv", TIDY + "orphans,370113,2024-09,5,人\norphans,370113,2024-09,5,人\n")
    code, text = command("load", path)
    assert code == 1 and "3" in text


def test_a_row_with_another_value_is_kept_and_the_figure_is_disputed(command, rows, file):
    path = file("two.csv", TIDY + "orphans,370113,2024-09,5,人\norphans,370113,2024-09,6,人\n")
    code, text = command("load", path)
    assert code == 0 and "D2" in text and "D3" in text
    found = rows("--indicator", "orphans", "--area", "370113", "--from", "2024-09")
    assert [(row["value"], row["status"]) for row in found if row["period"] == "2024-09"] == [
        ("5", "D")
    ]


def test_unknown_lines_are_skipped_on_request_and_listed(command, rows, file):
    path = file("some.csv", TIDY + "nobody,370113,2024-09,5,人\norphans,370113004,2024-09,7,人\n")
    code, text = command("load", path, "--skip-unknown")
    assert code == 0 and "nobody" in text
    assert rows("--indicator", "orphans", "--area", "370113004")[0]["value"] == "7"


def test_a_later_submission_supersedes_and_the_earlier_value_stays_readable(command, rows, file):
    for value in (5, 6):
        assert (
            command("load", file(f"{value}.csv", TIDY + f"orphans,370113004,2024-09,{value},人\n"))[
                0
            ]
            == 0
        )
    asked = ("--indicator", "orphans", "--area", "370113004")
    assert [row["value"] for row in rows(*asked)] == ["6"]
    assert [row["value"] for row in rows(*asked, "--versions", "all")] == ["5", "6"]


def test_a_revised_figure_is_printed_with_its_old_and_new_value(command, file):
    def loaded(value, *options):
        path = file(f"{value}.csv", TIDY + f"orphans,370113004,2024-09,{value},人\n")
        return command("load", path, "--lang", "en", "--note", "checked", *options)[1]

    assert "revised" not in loaded(1200)
    (line,) = [line for line in loaded(1400).splitlines() if line.strip().startswith("revised")]
    assert "1,200 people → 1,400 people" in line
    (sheet,) = json.loads(loaded(1500, "--json"))["submissions"]
    assert [(change["old"], change["new"]) for change in sheet["revised"]] == [(1400, 1500)]


def test_an_area_list_is_loaded_and_its_areas_can_be_used_at_once(command, rows, file):
    areas = file(
        "areas.csv",
        "code,name,level,name_en\n370199,新区,district,New District\n370199001,一街道,street,\n",
    )
    assert command("load", areas)[0] == 0
    assert command("load", file("a.csv", TIDY + "orphans,一街道,2024-09,4,人\n"))[0] == 0
    assert rows("--area", "新区", "--children")[0]["value"] == "4"


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        ("code,name,level\n1,甲,planet\n", (2, "level", "planet")),
        ("代码,名称,级别,上级代码\n1,甲,县,99\n", (2, "上级代码", "99")),
    ],
)
def test_a_bad_area_list_names_its_cell(command, file, lines, named):
    code, text = command("load", file("areas.csv", lines), "--json")
    finding = json.loads(text)["submissions"][0]["findings"][0]
    assert code == 1 and (finding["row"], finding["column"], finding["value"]) == named


@pytest.mark.parametrize("content", ["", "x", "\x00\x01\x02", "a,b\n1,2\n", "<html>"])
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.xls", "a.pdf"])
def test_a_file_that_is_no_table_is_refused_in_a_sentence(command, file, name, content):
    code, text = command("load", file(name, content))
    assert code == 1 and "Traceback" not in text and "a." in text


FILES = [
    ("load",),
    ("restore",),
    ("refresh", "--period", "2026-09"),
    ("check-report",),
    ("read-report",),
    ("templates", "--show"),
    ("slide-template",),
    ("audit", "--out"),
    ("observations", "--indicator", "marriages", "--out"),
]


@pytest.mark.parametrize("words", FILES)
@pytest.mark.parametrize("name", ["none/none.json", ""])
def test_a_path_that_cannot_be_used_is_named_with_what_to_do(commands, tmp_path, words, name):
    path = tmp_path / name
    code, text = commands(tmp_path / "home")(*words, path, "--lang", "en")
    assert code in (1, 2) and "Errno" not in text
    assert str(path.parent if name else path) in text, text
    assert "make it first" in text if name else "is a folder; a file is expected" in text


def test_a_plan_that_is_not_there_is_named_as_a_file(command, tmp_path):
    arguments = (tmp_path / "none.json", "--format", "pptx", "--out", tmp_path / "a.pptx")
    code, text = command("export", *arguments)
    assert code == 2 and text.startswith(f"没有文件 {tmp_path}/none.json；")


def test_of_a_file_without_a_right_owner_and_remedy_are_named(tmp_path, monkeypatch):
    home, file = tmp_path / "home", tmp_path / "home" / "dashboard.sqlite"
    home.mkdir()
    file.touch()
    error = PermissionError(13, "Permission denied", str(file))
    names = {"user_name": lambda: "dashboard", "owner_name": lambda _path: "root"}
    for name, answer in names.items():
        monkeypatch.setattr(file_refusals, name, answer)
    text = file_refusals.why_not(error, file, home)
    assert f"chown -R dashboard: {home}" in text.en and f"chown -R dashboard: {home}" in text.zh
    assert f"chown dashboard: {file}" in file_refusals.why_not(error, file).en, "no more than it"
    monkeypatch.setattr(file_refusals.os, "access", lambda _path, _mode: False)
    assert file_refusals.foreign_files(home) == [home, file]
    monkeypatch.setattr(file_refusals, "owner_name", lambda _path: "wang")
    assert "runuser -u wang -- COMMAND" in file_refusals.why_not(error, file, home).en


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="root alone is refused")
def test_root_leaves_nothing_in_the_home_folder_of_another_user(commands, tmp_path):
    run = commands(tmp_path / "home")
    run("locks")
    os.chown(tmp_path / "home", 65534, 65534)
    before = sorted((tmp_path / "home").iterdir())
    for words in ("locks", "user list", "serve", f"restore {__file__}", "samples --load"):
        code, text = run(*words.split(), "--lang", "en")
        assert code == 1 and "runuser -u " in text
        assert sorted((tmp_path / "home").iterdir()) == before
    assert run("backup", tmp_path / "a.zip")[0] == 0


# ---- samples ----


def test_samples_that_were_taken_out_do_not_come_back_by_themselves(command, rows):
    assert command("samples", "--remove")[0] == 0
    assert rows() == []
    assert command("samples", "--load", "--once")[0] == 0
    assert rows() == []


def test_a_store_that_somebody_has_filled_gets_no_samples(tmp_path, monkeypatch, file, capsys):
    monkeypatch.setenv("DASHBOARD_HOME", str(tmp_path / "new"))
    assert main(["load", str(file("a.csv", TIDY + "orphans,370113004,2024-09,7,人\n"))]) == 0
    assert main(["samples", "--load", "--once"]) == 0
    capsys.readouterr()
    assert main(["observations"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_samples_that_are_there_are_not_loaded_again(command, rows):
    before = rows("--grade", "report", "--versions", "all")
    assert command("samples", "--load")[0] == 0
    assert rows("--grade", "report", "--versions", "all") == before


def test_figures_are_listed_as_known_on_a_day(command, rows):
    assert rows("--indicator", "marriages", "--as-of", "2020-01-01") == []
    assert rows("--area", "全国", "--as-of", "2999-01-01") == rows("--area", "全国")
    code, text = command("observations", "--as-of", "soon")
    assert code == 2 and "soon" in text and "Traceback" not in text


# ---- a look before it is stored ----

# Registrations are a flow: whether of the month or since January is answered, never assumed.
BASIS = ("--basis", "year_to_date")
STREETS = "长清区2024年9月民政统计表,,\n街道,结婚登记对数,{}\n文昌街道,{},{}\n平安街道,3,4\n"


def test_a_dry_run_says_where_it_read_and_what_would_change(command, file):
    assert (
        command("load", file("九月.csv", STREETS.format("离婚登记对数", 1000, 5)), *BASIS)[0] == 0
    )
    again = file("更正.csv", STREETS.format("离婚登记对数", 1100, 5).rpartition("平安")[0])
    code, text = command("load", again, *BASIS, "--dry-run")
    assert code == 0
    assert "地区：长清区 370113 ← A1“长清区2024年9月民政统计表”" in text
    assert "报告期：2024-09 ← A1" in text
    assert "变化：新增 0，修订 1，不变 1，缺少 2" in text
    assert "修订 B3 文昌街道 2024-09 结婚登记对数：1,000对 → 1,100对 (+10.0%)" in text
    assert text.count("缺少 平安街道") == 2
    code, text = command("load", again, *BASIS, "--dry-run", "--lang", "en", "--period", "2024-08")
    assert "period: 2024-08 ← as given" in text
    assert "changes: 2 new, 0 revised, 0 unchanged" in text


def test_a_dry_run_as_json_has_every_cell_and_every_change(command, file):
    path = file("九月.csv", STREETS.format("离婚登记对数", 10, 5))
    code, text = command("load", path, *BASIS, "--dry-run", "--json")
    (sheet,) = json.loads(text)["submissions"]
    assert (code, sheet["id"], sheet["counts"]["new"]) == (0, None, 4)
    assert {cell["printed"] for cell in sheet["understood"]} == {"10", "5", "3", "4"}
    assert {one["what"] for one in sheet["evidence"]} == {"form", "area", "period", "grade"}
    assert [one["percent"] for one in sheet["changes"]] == [None] * 4


def test_a_long_list_of_changes_is_cut_and_counted(command, file, tmp_path):
    lines = [
        f"orphans,370113,20{year:02}-{month:02},{{}},人\n"
        for year in range(10, 15)
        for month in range(1, 13)
    ]
    first = file("a.csv", TIDY + "".join(line.format(100) for line in lines))
    then = file("b.csv", TIDY + "".join(line.format(150) for line in lines))
    assert command("load", first)[0] == 0
    _, text = command("load", then, "--dry-run", "--lang", "en", "--note", "x")
    assert text.count("  revised ") == 10 and "… 50 more" in text


def test_a_line_is_mapped_once_listed_and_taken_back(command, rows, file):
    path = file("九月.csv", STREETS.format("谁也不认识的东西", 10, 5))
    code, text = command("load", path, *BASIS, "--dry-run")
    assert code == 1 and "未知指标 C2“谁也不认识的东西”" in text
    mapped = "谁也不认识的东西=离婚登记对数"
    assert command("load", path, *BASIS, "--dry-run", "--map", mapped)[0] == 0
    assert "谁也不认识的东西" not in command("mappings")[1]  # nothing was stored
    assert command("load", path, *BASIS, "--map", mapped)[0] == 0
    found = rows("--indicator", "divorces", "--area", "文昌街道", "--from", "2024-09")
    assert [row["value"] for row in found] == ["5"]
    code, text = command("load", path, *BASIS)
    assert code == 0 and "“谁也不认识的东西”读作“离婚登记对数”" in text
    # A mapping is kept by the table's subject: its district and its title without the period.
    subject = "street_table:370113:长清区民政统计表"
    assert f"{subject}“谁也不认识的东西”→ divorces" in command("mappings")[1]
    kept = json.loads(command("mappings", "--json")[1])["mappings"]
    assert [one["indicator"] for one in kept if one["form"] == subject] == ["divorces"]
    assert command("mappings", "--remove", subject, "谁也不认识的东西")[0] == 0
    assert command("mappings", "--remove", subject, "谁也不认识的东西")[0] == 1
    assert command("load", path, *BASIS)[0] == 1
    code, text = command("load", path, *BASIS, "--map", "谁也不认识的东西=")
    assert code == 0 and "不读入" in text


@pytest.mark.parametrize("wrong", ["没有等号", "=divorces", "东西=nobody"])
def test_a_mapping_that_means_nothing_is_a_wrong_command(command, file, wrong):
    path = file("九月.csv", STREETS.format("东西", 10, 5))
    assert command("load", path, *BASIS, "--map", wrong)[0] == 2


def test_warnings_are_answered_on_the_command_line(command, file):
    head = "长清区2024年{}月民政统计月报,,,\n指标名称,单位,数量,{}\n结婚登记,对,{},{}\n"
    assert command("load", file("a.csv", head.format(9, "备注", 805, "")))[0] == 0
    october = file("b.csv", head.format(10, "上月", 900, 800))
    code, text = command("load", october, "--dry-run")
    assert code == 1 and "--note" in text
    code, text = command("load", october)
    assert code == 1 and "note" in text and "退回" in text
    assert command("load", october, "--note", "上月数已更正")[0] == 0


def test_the_targets_are_read_once_however_many_are_listed(command, monkeypatch):
    reads = []

    def counted(*arguments):
        reads.append(arguments)
        return all_targets(*arguments)

    monkeypatch.setattr("dashboard.services.targets.targets.all_targets", counted)
    code, text = command("targets", "list")
    assert code == 0 and len(text.splitlines()) > 100
    assert len(reads) <= 2  # for the list, and for what became of each of them


# ---- the commands themselves ----

HEAVY = "{'sqlalchemy', 'alembic', 'flask', 'dash', 'pandas', 'xlsxwriter', 'pptx', 'docx'}"


def test_help_of_every_command_waits_for_no_large_library():
    lines = [
        "import sys",
        "from dashboard.__main__ import main",
        f"codes = [main([name, '--help']) for name in {[*COMMANDS]}] + [main(['-h'])]",
        f"sys.exit(str(sorted({HEAVY} & set(sys.modules))) if any(codes) or {HEAVY} & set("
        "sys.modules) else 0)",
    ]
    asked = [sys.executable, "-c", "\n".join(lines)]
    answer = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


def test_export_offers_what_the_exports_have():
    every = dict.fromkeys([*formats.REPORT_FORMATS, *formats.FORMATS, *formats.PICTURES])
    assert FILE_FORMATS == tuple(every)
    assert (SIZES, SCALES) == (pictures.SIZES, pictures.SCALES)
    assert SMALL_CELLS == (HIDE, SHOW)


@pytest.mark.parametrize("arguments", [[], ["nothing"], ["lock", "长清区"], ["withdraw", "x"]])
def test_a_wrong_command_is_code_2_and_a_sentence(arguments, capsys):
    assert main(arguments) == 2
    assert "Usage:" in capsys.readouterr().err


def test_every_share_of_a_split_is_read_though_the_option_stands_once(command):
    target = ("split", "marriages:990101:2026-12:at_least", "--reason", "r")
    for shares in (["990101001=60", "990101002=x"], ["990101001=x", "990101002=40"]):
        code, text = command("targets", *target, "--shares", *shares, "--lang", "en")
        assert code == 2 and "pairs such as" in text
