"""A package: what its forms say of each other, what its name says, what repeats across units."""

import datetime as dt
import json

import pytest
from tests.engines.annexes.sheets import (
    BANNER,
    FILED,
    GOOD,
    basic,
    counts,
    filings,
    paper,
    xls,
)
from tests.engines.annexes.test_archives import packed

from meice.engines.annexes.check import check, read_bytes, read_file
from meice.engines.annexes.cli import main
from meice.engines.sandbox import Pool

DAY = dt.date(2026, 11, 22)
NAME = "20260620数信学院新媒体（网站）统计.zip"
COUNTED = [["", "", 1, "", "", "", "", 1], [""] * 8, [0] * 8, [0] * 8,
           ["", "", 1, "", "", "", "", 1], ["", "", 1, "", "", "", "", 1], [0] * 8]  # fmt: skip
PAPER = {"operators": [["李昊天", "", "8001"]]}


@pytest.fixture(scope="module")
def pool():
    with Pool(2) as made:
        yield made


def members(**given):
    forms = {"1": basic(GOOD), "2": counts(*COUNTED), "3": paper(**PAPER), "4": filings(FILED)}
    return {f"附件{key}.xls": xls(rows) for key, rows in (forms | given).items() if rows}


def package(pool, name=NAME, **given):
    found = check([(name, packed(members(**given).items()))], today=DAY, pool=pool)
    assert len(found.packages) == 1
    return found.packages[0]


def told(issues):
    return [(issue.code.value, issue.cell, issue.found, issue.expected) for issue in issues]


def test_a_good_package_has_no_issue(pool):
    found = package(pool)
    assert told(found.issues) == []
    assert (found.unit, found.date, found.accepted) == ("数信学院", "2026-06-20", True)


def test_annex_2_is_compared_with_annex_1_cell_by_cell(pool):
    wrong = [[*line] for line in COUNTED]
    wrong[0] = [1, "", 1, "", "", "", "", 2]
    found = package(pool, **{"2": counts(*wrong)})
    assert told(found.issues) == [
        ("sum-mismatch", "B6", "1", "0"), ("sum-mismatch", "I6", "2", "1"),
    ]  # fmt: skip
    assert found.accepted


def test_item_2_of_annex_2_is_never_counted_from_annex_1(pool):
    officials = [[*line] for line in COUNTED]
    officials[1] = ["", 3, "", "", "", "", "", 3]
    assert told(package(pool, **{"2": counts(*officials)}).issues) == []


@pytest.mark.parametrize(
    ("at", "written", "cell"),
    [(2, "gh_0000000009", "C4"), (4, "别的主体", "E4"), (6, "2019-10-09", "G4"), (7, "别人", "H4"),
     (8, "别人", "I4"), (9, "别人", "J4"), (10, "8009", "K4"), (11, "注销", "L4"), (5, "微博", "F4")],
)  # fmt: skip
def test_annex_4_is_compared_with_annex_3_field_by_field(at, written, cell, pool):
    row = [*FILED]
    row[at] = written
    (issue,) = package(pool, **{"4": filings(row)}).issues
    assert (issue.code, issue.cell, issue.found) == ("annex4-mismatch", cell, written)
    assert issue.path == f"{NAME}!/附件4.xls"


def test_a_row_without_its_paper_and_a_paper_without_its_row(pool):
    other = [2, "华园数信微博", "weibo1", "数信学院", "华园大学", "微博", "2020-01-01",
             "郑国强", "周启明", "李昊天", "8001", "开设"]  # fmt: skip
    assert told(package(pool, **{"4": filings(FILED, other)}).issues) == [
        ("annex4-mismatch", "B5", "华园数信微博", "有对应的附件3")
    ]
    (issue,) = package(pool, **{"3": paper(**PAPER), "4": filings(other)}).issues[1:]
    assert issue.expected == "列入附件4"


def test_an_annex_that_is_not_there_is_listed(pool):
    found = package(pool, **{"2": None, "3": None})
    assert [(code, expected) for code, _, _, expected in told(found.issues)] == [
        ("missing-annex", "附件2"), ("missing-annex", "附件3"),
    ]  # fmt: skip


def test_another_unit_in_one_form_is_listed_there(pool):
    banner = [cell.replace("数信学院", "外语学院") for cell in BANNER]
    found = package(pool, **{"2": counts(*COUNTED, banner=banner)})
    assert told(found.issues) == [("unit-mismatch", "A3", "外语学院", "数信学院")]


@pytest.mark.parametrize(
    ("name", "issues"),
    [
        ("20260620+数信学院+新媒体（网站）统计.zip", 0),
        ("20260620数学与信息学院新媒体(网站)统计.zip", 0),
        ("附件.zip", 1),
        ("20261123数信学院新媒体（网站）统计.zip", 1),
        ("20260620外国语新媒体（网站）统计.zip", 1),
    ],
)
def test_the_name_of_a_package(name, issues, pool):
    found = package(pool, name=name)
    assert [issue.code.value for issue in found.issues] == ["bad-package-name"] * issues


def test_one_account_reported_by_two_units_is_a_warning_in_the_later(pool):
    banner = [cell.replace("数信学院", "校团委") for cell in BANNER]
    given = [("a.xls", xls(basic(GOOD))), ("b.xls", xls(basic(GOOD, banner=banner)))]
    first, second = check(given, today=DAY, pool=pool).files
    assert first.issues == ()
    assert ("duplicate-row", "warning", "B5") in [
        (issue.code, issue.severity, issue.cell) for issue in second.issues
    ]


def test_folders_that_hold_forms_are_packages(tmp_path, pool):
    for unit in ("甲", "乙"):
        folder = tmp_path / unit
        folder.mkdir()
        for name, data in members().items():
            (folder / name).write_bytes(data)
    (tmp_path / "甲" / "扫描.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (tmp_path / "说明.txt").write_text("无")
    found = check([tmp_path], today=DAY, pool=pool)
    assert [each.path for each in found.packages] == [str(tmp_path / "乙"), str(tmp_path / "甲")]
    assert found.packages[1].attachments == (str(tmp_path / "甲" / "扫描.jpg"),)
    assert len(found.files) == 8


def test_a_zip_of_unit_folders_is_a_package_for_each(pool):
    banner = [cell.replace("数信学院", "外语学院") for cell in BANNER]
    inside = [("数信/附件1.xls", xls(basic(GOOD))), ("外语/附件1.xls", xls(basic(banner=banner)))]
    found = check([("全部.zip", packed(inside))], today=DAY, pool=pool)
    assert [(each.path, each.unit) for each in found.packages] == [
        ("全部.zip!/数信", "数信学院"), ("全部.zip!/外语", "外语学院"),
    ]  # fmt: skip


def test_a_bad_file_makes_its_package_unaccepted_and_costs_nothing_else(pool):
    inside = {**members(), "附件5.xls": b"<html><table></table></html>"}
    found = check([(NAME, packed(inside.items()))], today=DAY, pool=pool)
    assert [form.accepted for form in found.files] == [True] * 4 + [False]
    assert not found.packages[0].accepted


def test_every_path_yields_a_file_whatever_it_is_named(tmp_path, pool):
    (tmp_path / "没有后缀").write_bytes(xls(basic(GOOD)))
    (tmp_path / "盖章.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (tmp_path / "空目录").mkdir()
    paths = [tmp_path / name for name in ("没有后缀", "盖章.jpg", "空目录")]
    found = check(paths, today=DAY, pool=pool)
    assert [(form.path, form.accepted) for form in found.files] == [
        (str(paths[0]), True), (str(paths[1]), False), (str(paths[2]), False),
    ]  # fmt: skip
    assert found.packages == ()


def test_a_path_that_does_not_exist_is_the_callers_mistake(tmp_path, pool):
    with pytest.raises(FileNotFoundError):
        check([tmp_path / "没有.xls"], today=DAY, pool=pool)


def test_progress_ends_at_the_number_of_files(tmp_path, pool):
    for name, data in members().items():
        (tmp_path / name).write_bytes(data)
    seen = []
    check([tmp_path], today=DAY, pool=pool, on_progress=lambda *told: seen.append(told))
    assert seen[-1] == (4, 4)


def test_read_bytes_and_read_file_give_the_forms(tmp_path, pool):
    path = tmp_path / "a.xls"
    path.write_bytes(xls(basic(GOOD)))
    (form,) = read_file(path, today=DAY, pool=pool)
    assert (form.path, form.rows[0].name) == (str(path), "华园数信")
    assert read_bytes(path.read_bytes(), today=DAY, pool=pool)[0].rows == form.rows


@pytest.mark.parametrize(
    ("rows", "code"), [(basic(GOOD), 0), (basic({"responsible_mobile": "1"}), 1)]
)
def test_the_command_check_writes_one_json_document(rows, code, tmp_path, capfdbinary):
    path = tmp_path / "a.xls"
    path.write_bytes(xls(rows))
    assert main(["check", str(path), "--json", "--today", "2026-11-22"]) == code
    out, err = capfdbinary.readouterr()
    document = json.loads(out)
    assert err == b""
    assert document["summary"] == {
        "files": 1, "accepted": 1 - code, "rejected": code, "errors": code, "warnings": 0,
    }  # fmt: skip
    assert set(document["files"][0]) == {
        "path", "sheet", "sheets", "annex", "unit", "rows", "accepted", "issues",
    }  # fmt: skip


def test_the_command_check_speaks_chinese(tmp_path, capfdbinary):
    path = tmp_path / "a.xls"
    path.write_bytes(xls(basic({"responsible_mobile": "1360000220"})))
    assert main(["check", str(path)]) == 1
    assert (
        "L5 手机号「1360000220」只有 10 位，应为 11 位。" in capfdbinary.readouterr().out.decode()
    )


def test_the_command_read_chooses_a_form(tmp_path, capfdbinary):
    path = tmp_path / "a.xls"
    path.write_bytes(
        xls(("甲", paper(name="甲号")), ("乙", paper(name="乙号")), ("表", basic(GOOD)))
    )
    assert main(["read", str(path), "--json"]) == 0
    document = json.loads(capfdbinary.readouterr().out)
    assert (document["annex"], [row["name"] for row in document["rows"]]) == (3, ["甲号", "乙号"])
    assert main(["read", str(path), "--annex", "1", "--json"]) == 0
    assert json.loads(capfdbinary.readouterr().out)["sheet"] == "表"
    assert main(["read", str(path), "--annex", "4", "--json"]) == 2
    assert main(["check", str(tmp_path / "没有.xls")]) == 2
