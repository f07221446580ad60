"""A ledger of the office: planted faults found by cell, the rest applied, the batch undone."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from tests.meice.registry.scene import MONDAY

from meice.engines.annexes.model import Annex, BasicRow, Form, Header, Rectified
from meice.engines.annexes.write import write_workbook
from meice.kernel.access import Refused
from meice.registry.actions.ledger import (
    apply_ledger_intake,
    create_ledger_intake,
    plan_of,
    undo_ledger_intake,
)
from meice.registry.actions.outlets import note_problems
from meice.registry.documents import ledger_bytes, ledger_rows
from meice.registry.models import ExceptionGrant, LedgerIntake, Outlet, RowAct

HEAD = [
    *("账号名称", "类型", "开设单位", "认证主体", "账号ID（网址）", "开通时间"),
    *("账号负责人手机号", "粉丝量", "账号负责人姓名"),
]
GOOD = [
    [
        "艺术学院之声",
        "公众号",
        "艺术学院",
        "华园大学",
        "hy_art",
        "2020年3月",
        "13600000001",
        "1.2万",
        "苏婉仪",
    ],
    ["艺术学院视频", "视频号", "艺术学院", "华园大学", "hy_art_v", "2021", "", ""],
    ["数信学院官网", "官网", "数信学院", "", "https://sx.huayuan.edu.cn/", "2010-09-01", "", ""],
]
FAULTY = {
    "D?": (["甲", "公众号", "没有的学院", "华园大学", "a", "2020", "", ""], "C6", "没有认出单位"),
    "kind": (["乙", "报纸", "艺术学院", "华园大学", "b", "2020", "", ""], "B7", "没有认出类型"),
    "mobile": (["丙", "微博", "艺术学院", "华园大学", "c", "2020", "1360000", ""], "G8", "有 7 位"),
    "date": (["丁", "抖音", "艺术学院", "华园大学", "d", "昨天夜里", "", ""], "F9", "看不懂日期"),
    "twice": (GOOD[0], "A10", "与第 3 行是同一个账号"),
    "name": (["", "快手", "艺术学院", "华园大学", "e", "2020", "", ""], "A11", "没有填"),
    "future": (
        ["戊", "快手", "艺术学院", "华园大学", "f", "2031-01-01", "", ""],
        "F12",
        "不晚于今天",
    ),
}


def book(rows, *more):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["华园大学新媒体台账"])
    for row in ([*HEAD, *more], *rows):
        sheet.append(row)
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def intake(school, rows, *more):
    return create_ledger_intake(
        book(rows, *more), name="台账.xlsx", unit=school.university, by=school.liang, at=MONDAY
    )


def applied(school, rows, *more):
    made = intake(school, rows, *more)
    digest = plan_of(made, MONDAY).digest
    return apply_ledger_intake(made, digest=digest, by=school.liang, at=MONDAY)


def export():
    return ledger_bytes(ledger_rows(Outlet.objects.order_by("pk")))


def cells(content):
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("number", range(len(FAULTY)), ids=FAULTY)
def test_each_planted_fault_is_found_at_its_cell(school, number):
    rows = [*GOOD, *(row for row, _, _ in FAULTY.values())]
    faults = plan_of(intake(school, rows), MONDAY).faults
    _, address, words = list(FAULTY.values())[number]
    found = [fault for fault in faults if fault.address == address]
    assert found, [fault.address for fault in faults]
    assert words in found[0].message


def test_faulty_rows_stay_out_and_the_others_go_in(school):
    done = applied(school, [*GOOD, *(row for row, _, _ in FAULTY.values())])
    assert done.counts == {"new": 3, "change": 0, "same": 0, "fault": 7}
    art = Outlet.objects.get(name="艺术学院之声")
    assert (art.followers, art.opened_precision, art.unit) == (12000, "month", school.arts)
    site = Outlet.objects.get(platform="website")
    assert (site.url, site.account_id) == ("https://sx.huayuan.edu.cn/", "")


def test_the_same_ledger_again_changes_nothing(school):
    applied(school, GOOD)
    assert plan_of(intake(school, GOOD), MONDAY).count(RowAct.SAME) == 3


def test_a_second_import_shows_what_differs(school):
    applied(school, GOOD)
    changed = [[*GOOD[0][:7], "20000", "苏婉仪"]]
    row = plan_of(intake(school, changed), MONDAY).rows[0]
    assert (row.act, row.shown) == (RowAct.CHANGE, (("粉丝量（关注数）", "12000", "20000"),))


def test_a_second_account_on_a_platform_is_to_be_merged(school):
    applied(
        school, [GOOD[0], ["艺术团学", "公众号", "艺术学院", "华园大学", "hy_art2", "", "", ""]]
    )
    assert ExceptionGrant.objects.get().kind == "to_merge"
    assert Outlet.objects.filter(exception__isnull=False).count() == 1


def test_an_account_that_is_gone_already_comes_in_as_cancelled(school):
    applied(school, [[*GOOD[0], "注销"]], "状态")
    outlet = Outlet.objects.get()
    assert (outlet.status, outlet.cancelled_on) == ("cancelled", date(2026, 11, 23))


def test_undo_gives_the_same_export_as_before(school, outlet):
    before = cells(export())
    changed = [
        "华园数信",
        "公众号",
        "数学与信息学院",
        "华园大学",
        "hyu_sx",
        "2019-10-08",
        "",
        "9999",
    ]
    second = ["数信团学", "公众号", "数学与信息学院", "华园大学", "hyu_tx", "2022", "", ""]
    done = applied(school, [*GOOD, changed, second])
    assert cells(export()) != before
    undo_ledger_intake(done, by=school.liang, at=MONDAY)
    assert cells(export()) == before
    assert not ExceptionGrant.objects.exists()


def test_undo_ends_with_the_first_change(school):
    done = applied(school, GOOD)
    art = Outlet.objects.get(name="艺术学院之声")
    note_problems(art, ["无更新"], rectified=False, by=school.su, at=MONDAY)
    with pytest.raises(Refused, match="艺术学院之声"):
        undo_ledger_intake(done, by=school.liang, at=MONDAY)
    assert Outlet.objects.count() == 3


def test_what_was_previewed_is_what_is_applied(school):
    made = intake(school, GOOD)
    with pytest.raises(Refused, match="又有变化"):
        apply_ledger_intake(made, digest="other", by=school.liang, at=MONDAY)
    assert not Outlet.objects.exists()


def test_a_telephone_of_nobody_is_a_fault_and_is_not_lost(school):
    faults = plan_of(intake(school, [[*GOOD[0][:8], ""]]), MONDAY).faults
    assert [fault.address for fault in faults] == ["I3"]
    assert "没有填姓名" in faults[0].message


def test_a_unit_does_not_import(school):
    with pytest.raises(Refused, match="宣传部"):
        create_ledger_intake(book(GOOD), name="a.xlsx", unit=school.maths, by=school.he, at=MONDAY)


def test_annex_1_goes_in_as_it_is(school):
    rows = (
        BasicRow(1, "数信微博", "数学与信息学院", "华园大学", "微博", ("无更新",), Rectified.YES, True,
                 True, False, "何嘉敏", "13500000001", ""),
        BasicRow(2, "数信抖音", "数学与信息学院", "华园大学", "抖音", ("无问题",), Rectified.NOT_NEEDED,
                 True, True, False, "何嘉敏", "13500000001", ""),
    )  # fmt: skip
    header = Header("数学与信息学院", "何嘉敏", "13500000001", "2026-06-29")
    content = write_workbook([Form(path="", annex=Annex.BASIC, header=header, rows=rows)])
    made = create_ledger_intake(
        content, name="数信学院附件1.xls", unit=school.university, by=school.liang, at=MONDAY
    )
    plan = plan_of(made, MONDAY)
    assert plan.counts == {"new": 2, "change": 0, "same": 0, "fault": 0}, plan.faults
    apply_ledger_intake(made, digest=plan.digest, by=school.liang, at=MONDAY)
    weibo = Outlet.objects.get(name="数信微博")
    assert (weibo.problems, weibo.rectified, weibo.interactive) == ("无更新", "是", True)
    assert weibo.contacts.get().kind == "responsible"


def test_a_broken_file_is_refused_with_a_way_on(school):
    with pytest.raises(Refused, match="另存为"):
        create_ledger_intake(
            b"<html>", name="a.xls", unit=school.university, by=school.liang, at=MONDAY
        )


def test_the_pages_of_an_import(client, school):
    client.force_login(school.liang)
    upload = BytesIO(book([*GOOD, *(row for row, _, _ in FAULTY.values())]))
    upload.name = "台账.xlsx"
    sent = client.post(reverse("ledger-list"), {"file": upload, "unit": school.university.pk})
    assert sent.status_code == 302
    page = client.get(sent.url)
    assert "没有认出单位「没有的学院」" in page.content.decode()
    made = LedgerIntake.objects.get()
    digest = plan_of(made, MONDAY).digest
    client.post(reverse("ledger-apply", args=[made.pk]), {"digest": digest})
    assert Outlet.objects.count() == 3
    assert client.get(sent.url).status_code == 200
    client.post(reverse("ledger-undo", args=[made.pk]))
    assert Outlet.objects.count() == 0
    client.force_login(school.huang)
    assert client.get(sent.url).status_code == 404


def test_another_mapping_is_read_anew(client, school):
    made = intake(school, GOOD)
    client.force_login(school.liang)
    columns = {"column-0": "name", "column-1": "platform", "column-2": "unit", "column-3": "note"}
    client.post(reverse("ledger-map", args=[made.pk]), columns)
    made.refresh_from_db()
    assert made.mapping == {"name": 0, "platform": 1, "unit": 2, "note": 3}
