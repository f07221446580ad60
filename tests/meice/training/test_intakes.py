"""A list of who was there: read with its faults, previewed, applied at once."""

import pytest
from tests.meice.registry.scene import make_person
from tests.meice.training import scene
from tests.meice.training.scene import days, presences

from meice.kernel.access import Refused
from meice.training.actions import intakes
from meice.training.plan import Asked, plan_attendance

ASKED = (
    Asked(1, "M001", "何嘉敏", "expected", ("数学与信息学院", "数信学院")),
    Asked(2, "M002", "李敏", "present", ("数学与信息学院", "数信学院")),
    Asked(3, "A002", "李敏", "expected", ("艺术学院", "")),
)
MAPPING = {"username": 0, "name": 1, "unit": 2, "presence": 3}


@pytest.mark.parametrize(
    ("row", "act", "words"),
    [
        (("m001", "", "", "√"), "change", "未登记 → 到会"),
        (("", "何 嘉敏", "", "未到"), "change", "未登记 → 缺席"),
        (("", "何嘉敏", "", "病假"), "change", "未登记 → 请假"),
        (("", "何嘉敏", "", ""), "same", "未登记"),
        (("M002", "", "", "是"), "same", "到会"),
        (("", "李敏", "艺术学院", "到会"), "change", "未登记 → 到会"),
        (("", "李敏", "", "到会"), "fault", "请写工号或单位"),
        (("", "王五", "", "到会"), "fault", "不在这场培训的名单里"),
        (("X9", "何嘉敏", "", "到会"), "fault", "不在这场培训的名单里"),
        (("M001", "", "", "大概"), "fault", "D2「大概」认不出"),
    ],
)
def test_what_becomes_of_a_row(row, act, words):
    (planned,) = plan_attendance([MAPPING, row], 1, MAPPING, ASKED)
    assert planned.act == act
    assert words in (planned.fault or planned.words)


def test_without_a_column_everybody_on_the_list_was_there():
    rows = [("姓名",), ("何嘉敏",), ("",), ("何嘉敏",)]
    planned = plan_attendance(rows, 1, {"name": 0}, ASKED)
    assert [row.act.value for row in planned] == ["change", "fault"]
    assert planned[0].presence == "present"
    assert planned[1].fault == "第 2 行已有这个人。"


def test_a_list_is_previewed_and_applied_at_once(school):
    session = scene.a_session(school)
    make_person("M8", "何嘉敏", school.arts, "operator")
    content = scene.a_list(
        ("M001", "何嘉敏", "", "到会"), ("", "周启明", "", "请假"), ("", "外人", "", "到会")
    )
    intake = intakes.create_intake(session, content, name="签到.xlsx", by=school.he, at=days(4))
    planned = intakes.plan_of(intake)
    assert [row.act.value for row in planned] == ["change", "change", "fault"]
    assert set(presences(session).values()) == {"expected"}
    digest = intakes.digest_of(planned)
    with pytest.raises(Refused, match="上传的人"):
        intakes.apply_intake(intake, digest=digest, by=school.liang, at=days(4))
    scene.marked(school, session, he="absent")
    with pytest.raises(Refused, match="又有变化"):
        intakes.apply_intake(intake, digest=digest, by=school.he, at=days(4))
    digest = intakes.digest_of(intakes.plan_of(intake))
    done = intakes.apply_intake(intake, digest=digest, by=school.he, at=days(4))
    assert (done.status, done.changed, done.grid) == ("applied", 2, [])
    assert presences(session) == {"陈希": "expected", "何嘉敏": "present", "周启明": "excused"}
    with pytest.raises(Refused, match="已导入"):
        intakes.drop_intake(done, by=school.he, at=days(4))


def test_a_file_without_people_is_refused(school):
    session = scene.a_session(school)
    for content, why in ((scene.a_list(head=("甲", "乙")), "没有找到列名"), (b"no", "打不开")):
        with pytest.raises(Refused, match=why):
            intakes.create_intake(session, content, name="x.xlsx", by=school.he, at=days(4))
    with pytest.raises(Refused, match="举办单位"):
        intakes.create_intake(session, b"", name="x.xlsx", by=school.su, at=days(4))
