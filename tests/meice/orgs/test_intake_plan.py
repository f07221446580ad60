"""What an import would do, as tables of rows: arithmetic without a database."""

import pytest

from meice.orgs.intake.columns import find_head, known, letter, plain
from meice.orgs.intake.model import KnownPerson, KnownPost, KnownUnit, Snapshot
from meice.orgs.intake.plan_people import plan_people
from meice.orgs.intake.plan_units import plan_units
from meice.orgs.intake.reading import Row, UnitIndex
from meice.orgs.intake.sheet import read_workbook, text_of
from meice.orgs.roles import Role

UNIVERSITY = KnownUnit(1, "华园大学", None, "0001", kind="university")
MATHS = KnownUnit(2, "数学与信息学院", 1, "00010001", "数信学院", ("软件学院",), "faculty")
OFFICE = KnownUnit(3, "办公室", 2, "000100010001", kind="office")
GARDEN = KnownUnit(4, "园艺学院", 1, "00010002", kind="faculty")
OTHER_OFFICE = KnownUnit(5, "办公室", 4, "000100020001", kind="office")
TEACHER = KnownPerson(11, "t1", "何嘉敏", "13800000002")
ELSEWHERE = KnownPerson(12, "e1", "", manageable=False, why="不归你管")
GONE = KnownPerson(13, "g1", "离岗者", is_active=False)
KNOWN = Snapshot(
    home=1,
    units=(UNIVERSITY, MATHS, OFFICE, GARDEN, OTHER_OFFICE),
    people={"t1": TEACHER, "e1": ELSEWHERE, "g1": GONE},
    posts=(
        KnownPost("t1", 2, Role.OPERATOR),
        KnownPost("a1", 1, Role.AUDITOR),
    ),
    importer="lu",
)
PEOPLE_HEAD = ("工号", "姓名", "单位", "角色", "在编", "学生", "指导教师工号", "手机", "邮箱")
UNIT_HEAD = ("单位名称", "上级单位", "简称", "别名", "类别", "办公电话")


def rows(head, subject, *cells):
    mapping = known(head, subject)
    return [Row(at, row, mapping, subject) for at, row in enumerate(cells, 2)]


def people(*cells):
    return plan_people(rows(PEOPLE_HEAD, "people", *cells), KNOWN)


def units(*cells):
    return plan_units(rows(UNIT_HEAD, "units", *cells), KNOWN)


@pytest.mark.parametrize(
    ("cells", "address", "words"),
    [
        (("", "张三", "园艺学院", "运维"), "A2", "「工号」没有填"),
        (("20 01", "张三", "园艺学院", "运维"), "A2", "工号只用字母"),
        (("p1", "", "园艺学院", "运维"), "B2", "「姓名」没有填"),
        (("p1", "张三", "园艺院", "运维"), "C2", "是不是「园艺学院」？"),
        (("p1", "张三", "办公室", "运维"), "C2", "有 2 个单位都叫这个名字"),
        (("p1", "张三", "园艺学院", "编辑"), "D2", "没有这一种。可填：运维"),
        (("p1", "张三", "园艺学院", "运维", "也许"), "E2", "只填「是」或「否」"),
        (("p1", "张三", "园艺学院", "运维", "", "是"), "G2", "具名教师"),
        (("p1", "张三", "园艺学院", "运维", "", "是", "t1"), "G2", "不在该单位"),
        (("p1", "张三", "数信学院", "审核人", "", "是", "t1"), "D2", "学生只能担任运维"),
        (("p1", "张三", "数信学院", "运维", "", "", "t1"), "G2", "只有学生才填"),
        (("p1", "张三", "园艺学院", "运维", "", "", "", "1380000022"), "H2", "有 10 位数字"),
        (("p1", "张三", "园艺学院", "运维", "", "", "", "", "张三@"), "I2", "不是邮箱地址"),
        (("a1", "张三", "华园大学", "系统管理"), "D2", "三员分立：此人已有「审计」"),
        (("e1", "张三", "园艺学院", "运维"), "A2", "不归你管"),
        (("g1", "离岗者", "园艺学院", "运维"), "A2", "已停用"),
        (("lu", "陆一鸣", "园艺学院", "运维"), "A2", "不能给自己岗位"),
    ],
)
def test_a_planted_fault_is_named_with_its_cell(cells, address, words):
    plan = people(cells + ("",) * (9 - len(cells)))
    assert plan.counts["faulty"] == 1
    assert [fault.address for fault in plan.faults] == [address]
    assert words in plan.faults[0].message


def test_good_rows_pass_beside_faulty_ones():
    good = ("p1", "张三", "园艺学院", "运维") + ("",) * 5
    bad = ("p2", "李四", "无此学院", "运维") + ("",) * 5
    assert people(good, bad).counts == {"new": 1, "changed": 0, "unchanged": 0, "faulty": 1}


def test_one_person_may_have_two_posts():
    first = ("p1", "张三", "园艺学院", "运维") + ("",) * 5
    second = ("P1", "张三", "数信学院", "审核人") + ("",) * 5
    assert people(first, second).counts["new"] == 2


@pytest.mark.parametrize(
    ("second", "address", "words"),
    [
        (("p1", "张三", "园艺学院", "运维"), "D3", "与第 2 行重复"),
        (("p1", "张山", "数信学院", "运维"), "B3", "同一工号在第 2 行写的是「张三」"),
    ],
)
def test_two_rows_that_do_not_fit(second, address, words):
    plan = people(("p1", "张三", "园艺学院", "运维") + ("",) * 5, second + ("",) * 5)
    assert (plan.faults[0].address, words in plan.faults[0].message) == (address, True)


def test_two_administrations_in_one_sheet_are_seen():
    plan = people(
        ("p1", "张三", "华园大学", "系统管理") + ("",) * 5,
        ("p1", "张三", "华园大学", "审计") + ("",) * 5,
    )
    assert "三员分立" in plan.faults[0].message


def test_a_teacher_of_the_same_sheet_counts():
    plan = people(
        ("s1", "学生", "园艺学院", "运维", "否", "是", "n1", "", ""),
        ("n1", "新教师", "园艺学院", "审核人") + ("",) * 5,
    )
    assert plan.counts["new"] == 2


def test_a_student_falls_with_her_teachers_row():
    plan = people(
        ("s1", "学生", "园艺学院", "运维", "否", "是", "n1", "", ""),
        ("n1", "新教师", "园艺学院", "审核人", "", "", "", "123", ""),
    )
    assert plan.counts["faulty"] == 2


def test_what_is_known_is_unchanged():
    row = ("T1", "何嘉敏", "软件学院", "运维", "", "", "", "138 0000 0002", "")
    assert people(row).counts["unchanged"] == 1


def test_a_blank_cell_changes_nothing_and_a_new_value_does():
    row = ("t1", "何嘉敏", "数信学院", "运维", "否", "", "", "13800000099", "")
    changes = people(row).rows[0].changes
    assert changes == (
        ("手机", "13800000002", "13800000099"),
        ("在编、指导教师", "在编", "非在编"),
    )


def test_a_fault_does_not_repeat_a_telephone_number():
    plan = people(("p1", "张三", "园艺学院", "运维", "", "", "", "138000000022", ""))
    assert plan.faults[0].found == "138…"


@pytest.mark.parametrize(
    ("cells", "effect"),
    [
        (("林学院", "", "", "", "学院", ""), "new"),
        (("园艺学院", "", "", "", "", ""), "unchanged"),
        (("园艺学院", "华园大学", "园艺院", "", "", ""), "changed"),
        (("软件学院", "", "", "", "", ""), "unchanged"),
        (("办公室", "华园大学/园艺学院", "", "", "", ""), "unchanged"),
        (("教研室", "办公室", "", "", "", ""), "faulty"),
        (("教研室", "园艺院", "", "", "", ""), "faulty"),
        (("", "园艺学院", "", "", "", ""), "faulty"),
        (("林学院", "", "", "", "院", ""), "faulty"),
        (("华园大学", "", "", "", "", ""), "unchanged"),
    ],
)
def test_what_a_row_of_units_does(cells, effect):
    assert [row.effect for row in units(cells).rows] == [effect]


def test_a_parent_may_come_later_in_the_sheet():
    plan = units(("果树系", "林学院", "", "", "", ""), ("林学院", "", "", "", "", ""))
    assert plan.rows[0].deed["parent"] == "row:3"
    assert plan.counts["new"] == 2


def test_a_circle_is_refused():
    plan = units(("甲", "乙", "", "", "", ""), ("乙", "甲", "", "", "", ""))
    assert plan.counts["faulty"] == 2


def test_what_is_below_a_faulty_row_falls_with_it():
    plan = units(
        ("甲", "", "", "", "无此类", ""), ("乙", "甲", "", "", "", ""), ("丙", "乙", "", "", "", "")
    )
    assert [row.effect for row in plan.rows] == ["faulty"] * 3


def test_the_same_unit_twice_is_a_fault():
    plan = units(("林学院", "", "", "", "", ""), ("林学院", "华园大学", "", "", "", ""))
    assert "与第 2 行重复" in plan.faults[0].message


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("数信学院", [2]),
        ("软件学院", [2]),
        ("华园大学 / 数信学院", [2]),
        ("园艺学院/办公室", [5]),
        ("办公室", [3, 5]),
        ("", []),
        ("/", []),
    ],
)
def test_names_and_paths_of_units(text, found):
    assert [unit.pk for unit in UnitIndex(KNOWN.units).called(text)] == found


@pytest.mark.parametrize(
    ("heading", "bare"), [("工号（必填）", "工号"), (" 姓 名 * ", "姓名"), ("E-Mail：", "e-mail")]
)
def test_headings_are_known_however_they_are_dressed(heading, bare):
    assert plain(heading) == bare


def test_the_heading_is_found_below_a_title():
    sheet = (("全校名单", "", ""), ("", "", ""), ("职工号", "名字", "部门"), ("1", "2", "3"))
    assert find_head(sheet, "people") == 2
    assert known(sheet[2], "people") == {"username": 0, "name": 1, "unit": 2}


def test_without_two_known_headings_there_is_none():
    assert find_head((("甲", "乙"), ("姓名", "丙")), "people") == -1


@pytest.mark.parametrize(("index", "text"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_column_letters(index, text):
    assert letter(index) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(20110437.0, "20110437"), (1.5, "1.5"), (True, "是"), ("  a \n b ", "a b"), ("", "")],
)
def test_cells_as_a_person_writes_them(value, text):
    assert text_of(value) == text


def test_a_broken_file_is_a_fault_and_no_exception():
    assert read_workbook(b"no workbook").fault
