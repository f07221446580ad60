"""Devices and logins: registered, checked, rotated, handed over, taken back; lists read in."""

from datetime import date

import pytest
from tests.meice.compliance import scene
from tests.meice.compliance.scene import MONDAY, TODAY, answers, days
from tests.meice.registry.scene import make_person

from meice.compliance import actions, policies
from meice.compliance.actions import intakes
from meice.compliance.models import CHECKLIST, CheckResult, Custody, Device, result_of
from meice.kernel import slots
from meice.kernel.access import Refused
from meice.orgs.models import Post

FIRST, SECOND = list(CHECKLIST)[:2]


@pytest.mark.parametrize(
    ("given", "result"),
    [
        ({}, CheckResult.PASSED),
        ({FIRST: False}, CheckResult.FAULTY),
        ({FIRST: None}, CheckResult.UNKNOWN),
        ({FIRST: None, SECOND: False}, CheckResult.FAULTY),
    ],
)
def test_the_result_of_a_check(given, result):
    assert result_of(answers(**given)) is result


def test_a_device_lives_from_register_to_retirement(school):
    device = scene.a_device(school)
    assert device.is_check_due(TODAY)
    assert device.checked.label == "没有检查过"
    actions.check_device(device, answers(), on=TODAY, note="", by=school.he, at=MONDAY)
    device.refresh_from_db()
    assert device.check_due_on == date(2027, 5, 22)
    with pytest.raises(Refused, match="写明"):
        actions.check_device(
            device, answers(software=False), on=TODAY, note=" ", by=school.bao, at=MONDAY
        )
    actions.check_device(
        device,
        answers(software=False),
        on=TODAY,
        note="装有游戏，已删。",
        by=school.bao,
        at=days(1),
    )
    with pytest.raises(Refused, match="去向"):
        actions.retire_device(device, reason="", by=school.he, at=MONDAY)
    retired = actions.retire_device(device, reason="退库", by=school.he, at=days(2))
    assert not policies.may_check_device(school.he, retired)
    back = actions.restore_device(retired, by=school.he, at=days(9))
    assert back.is_check_due(date(2026, 12, 2))
    assert [event.act for event in back.events.all()] == [
        "add", "check", "check", "retire", "restore",
    ]  # fmt: skip


def test_one_asset_number_stands_once_in_a_unit(school):
    scene.a_device(school)
    with pytest.raises(Refused, match="已有资产编号"):
        scene.a_device(school)
    with pytest.raises(Refused, match="保管人"):
        scene.a_device(school, "HY-2", custodian=None)
    with pytest.raises(Refused, match="口令"):
        scene.a_device(school, "HY-3", note="开机口令：8812ab")
    with pytest.raises(Refused):
        scene.a_device(school, "HY-4", by=school.su)


def test_a_student_holds_under_her_teacher(school, account):
    student = make_person("S9", "刘同学", school.arts, "reviewer")
    Post.objects.create(
        user=student, unit=school.maths, role="operator", is_student=True, is_permanent=False,
        supervised_by=school.he,
    )  # fmt: skip
    custody = scene.a_custody(school, account, holder=student)
    assert (custody.is_student, custody.teacher) == (True, "何嘉敏")
    with pytest.raises(Refused, match="指导教师"):
        scene.a_custody(school, account, holder=None, holder_name="王同学", is_student=True)
    with pytest.raises(Refused, match="已登记"):
        scene.a_custody(school, account, holder=student)


def test_a_login_is_rotated_and_taken_back(school, account):
    custody = scene.a_custody(school, account)
    assert custody.rotate_by == date(2026, 12, 30)
    with pytest.raises(Refused, match="今天以后"):
        actions.rotate_custody(custody, on=date(2026, 11, 24), by=school.he, at=MONDAY)
    with pytest.raises(Refused, match="不能更早"):
        actions.rotate_custody(custody, on=date(2026, 9, 1), by=school.he, at=MONDAY)
    custody = actions.rotate_custody(custody, on=TODAY, by=school.he, at=MONDAY)
    assert custody.rotation(TODAY).label == "未到期"
    actions.return_custody(custody, by=school.he, at=MONDAY)
    assert not Custody.objects.held().exists()
    with pytest.raises(Refused, match="已收回"):
        actions.return_custody(custody, by=school.he, at=MONDAY)
    scene.a_custody(school, account)


def test_a_leaving_person_hands_over_devices_and_logins(school, account):
    scene.a_device(school)
    scene.a_custody(school, account)
    sources = {one.label: one for one in slots.holdings}
    for label in ("专用设备", "账号保管"):
        (row,) = sources[label].find(school.he)
        assert sources[label].name(row)
        sources[label].move(row, school.zhou, school.admin)
        assert list(sources[label].find(school.he)) == []
    moved = Custody.objects.get()
    assert (moved.holder_name, moved.events.last().note) == (
        "周启明",
        "何嘉敏 → 周启明，请轮换口令",
    )
    assert moved.rotate_by is not None
    assert Device.objects.get().custodian == school.zhou


ROWS = (
    ("HY-1", "联想启天", "台式机", "", "何嘉敏", "公众号审核"),
    ("HY-2", "MateBook", "笔记本电脑", "数信学院", "外聘张三", ""),
    ("HY-1", "重复的", "", "", "何嘉敏", ""),
    ("", "没编号", "", "", "何嘉敏", ""),
    ("HY-5", "机器", "", "没有的学院", "何嘉敏", ""),
    ("HY-6", "机器", "", "", "何嘉敏", "密码：abc888"),
)


def test_a_list_is_previewed_and_its_good_rows_are_written(school):
    intake = intakes.create_intake(
        scene.a_list(*ROWS), name="设备.xlsx", unit=school.maths, by=school.he, at=MONDAY
    )
    planned = intakes.plan_of(intake)
    assert [row.act.value for row in planned] == ["new", "new", "fault", "fault", "fault", "fault"]
    faults = [row.faults[0] for row in planned if row.faults]
    assert "第 3 行已有" in faults[0]
    assert faults[1].startswith("A6")
    assert "没有的学院" in faults[2]
    assert "abc888" not in faults[3]
    assert not Device.objects.exists()
    digest = intakes.digest_of(planned)
    with pytest.raises(Refused, match="又有变化"):
        intakes.apply_intake(intake, digest="old", by=school.he, at=MONDAY)
    with pytest.raises(Refused):
        intakes.apply_intake(intake, digest=digest, by=school.liang, at=MONDAY)
    done = intakes.apply_intake(intake, digest=digest, by=school.he, at=MONDAY)
    assert (done.added, done.changed, done.grid) == (2, 0, [])
    devices = {one.asset_number: one for one in Device.objects.all()}
    assert devices["HY-1"].custodian == school.he
    assert (devices["HY-2"].custodian, devices["HY-2"].kind) == (None, "laptop")
    again = intakes.create_intake(
        scene.a_list(ROWS[0], ("HY-2", "MateBook", "笔记本", "数信学院", "李四", "")),
        name="设备.xlsx", unit=school.maths, by=school.he, at=MONDAY,
    )  # fmt: skip
    assert [row.act.value for row in intakes.plan_of(again)] == ["same", "change"]


def test_a_file_without_headings_is_refused(school):
    with pytest.raises(Refused, match="没有找到列名"):
        intakes.create_intake(
            scene.a_list(head=("甲", "乙")), name="x.xlsx", unit=school.maths, by=school.he,
            at=MONDAY,
        )  # fmt: skip
    with pytest.raises(Refused, match="打不开"):
        intakes.create_intake(b"nothing", name="x.xlsx", unit=school.maths, by=school.he, at=MONDAY)
