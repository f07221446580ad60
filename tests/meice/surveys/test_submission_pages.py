"""The pages of one submission: what each side sees, uploads, differences, the receipt."""

import uuid
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.conftest import BACKEND
from tests.meice.surveys.scene import (
    BEFORE,
    basic_rows,
    change_cell,
    presented,
    received,
    reported,
    started,
    the_outlet,
)

from meice.engines.annexes.model import Annex, BasicRow, Form, Header, Rectified
from meice.engines.annexes.write import write_workbook
from meice.inspections.models import Finding
from meice.registry.models import Filing
from meice.surveys import tasks
from meice.surveys.actions import differing, filling
from meice.surveys.models import DifferenceAct, Receipt, Replacement

pytestmark = pytest.mark.django_db


def enter(user):
    browser = Client()
    browser.force_login(user, backend=BACKEND)
    return browser


def address(name, world, *more):
    return reverse(name, args=[world.maths.pk, *more])


def text_of(page):
    return page.content.decode()


def test_before_it_begins_there_is_one_thing_to_do(world):
    page = enter(world.school.he).get(world.maths.get_absolute_url())
    assert "开始填写" in text_of(page)
    assert "还没有开始填写" in text_of(page)


def test_another_unit_gets_404_everywhere(world):
    presented(world)
    browser = enter(world.school.su)
    for name in ("submission", "submission-confirm", "submission-upload"):
        assert browser.get(address(name, world)).status_code == 404
    for name in (
        "submission-start",
        "submission-present",
        "submission-package",
        "submission-settle",
    ):
        assert browser.post(address(name, world)).status_code == 404


def test_the_button_says_why_it_is_grey(world):
    started(world)
    change_cell(basic_rows(world.maths)[0], world.school.he, responsible_mobile="1")
    submission = world.fresh()
    filling.recount(submission)
    submission.save()
    page = enter(world.school.he).get(world.maths.get_absolute_url())
    assert "还有 1 处错误，改完才能交领导确认" in text_of(page)


def test_the_leader_confirms_on_one_page_and_gets_the_receipt(world):
    presented(world)
    browser = enter(world.school.zheng)
    page = browser.get(address("submission-confirm", world))
    assert "你要确认的" in text_of(page)
    given = {
        "key": str(uuid.uuid4()),
        "digest": world.fresh().prepared.digest,
        "vouched": "on",
        "late_reason": "学院机构调整。",
    }
    page = browser.post(address("submission-confirm", world), given, follow=True)
    receipt = Receipt.objects.get()
    assert receipt.number in text_of(page)
    assert receipt.digest_groups in text_of(page)
    again = browser.post(address("submission-confirm", world), given, follow=True)
    assert Receipt.objects.count() == 1
    assert receipt.number in text_of(again)


def test_a_second_tab_with_another_key_gets_the_same_receipt(world):
    submission = reported(world)
    browser = enter(world.school.zheng)
    given = {"key": str(uuid.uuid4()), "digest": submission.receipt.digest, "vouched": "on"}
    assert browser.post(address("submission-confirm", world), given).status_code == 302
    assert Receipt.objects.count() == 1


def test_the_leader_has_to_vouch(world):
    presented(world)
    given = {"key": str(uuid.uuid4()), "digest": "", "late_reason": "迟了"}
    page = enter(world.school.zheng).post(address("submission-confirm", world), given)
    assert page.status_code == 422
    assert not Receipt.objects.exists()


def test_the_receipt_prints_and_the_bytes_are_those_that_were_reported(world):
    submission = reported(world)
    browser = enter(world.school.he)
    receipt = submission.receipt
    printed = browser.get(address("submission-receipt-print", world, receipt.pk))
    assert receipt.number in text_of(printed)
    page = browser.post(address("submission-receipt-package", world, receipt.pk))
    content = b"".join(page.streaming_content)
    assert ZipFile(BytesIO(content)).namelist() == [file["name"] for file in receipt.files]


def test_every_form_can_be_downloaded_and_printed(world):
    started(world)
    browser = enter(world.school.he)
    for annex in (1, 2, 3, 4):
        page = browser.post(address("submission-annex", world, annex))
        assert b"".join(page.streaming_content)[:4] == b"\xd0\xcf\x11\xe0"
        assert browser.get(address("submission-print", world, annex)).status_code == 200
    page = browser.post(address("submission-package", world))
    assert len(ZipFile(BytesIO(b"".join(page.streaming_content))).namelist()) == 4


def test_an_auditor_sees_but_takes_no_numbers_along(world):
    started(world)
    browser = enter(world.school.shen)
    assert browser.get(world.maths.get_absolute_url()).status_code == 200
    assert browser.post(address("submission-package", world)).status_code == 403
    assert browser.get(address("submission-print", world, 1)).status_code == 403


def test_the_department_marks_a_cell_and_returns(world):
    submission = reported(world)
    browser = enter(world.school.liang)
    assert "华园数信" in text_of(browser.get(address("submission-review", world, 1)))
    row = basic_rows(submission)[0]
    given = {"annex": 1, "row": row.pk, "column": "verified_as", "text": "写学校全称"}
    browser.post(address("submission-remark", world), given)
    browser.post(address("submission-return", world), {"note": ""})
    page = enter(world.school.he).get(world.maths.get_absolute_url())
    assert world.fresh().status == "returned"
    assert "写学校全称" in text_of(page)


def test_numbers_are_masked_where_they_are_only_read(world):
    reported(world)
    page = enter(world.school.liang).get(address("submission-review", world, 1))
    assert "13500000001" not in text_of(page)
    assert "135****0001" in text_of(page)


def test_a_unit_has_no_door_to_the_review(world):
    reported(world)
    assert enter(world.school.he).get(address("submission-review", world, 1)).status_code == 404


def own_form(**given):
    """An annex 1 as 数信学院 would send it."""
    values = {
        "name": "华园数信",
        "unit": "数学与信息学院",
        "verified_as": "华园大学",
        "kind": "微信公众号",
        "problems": ("无更新",),
        "rectified": Rectified.NO,
        "interactive": True,
        "has_review_system": True,
        "outsourced": False,
        "responsible_name": "何嘉敏",
        "responsible_mobile": "13500000001",
    }
    rows = (BasicRow(number=1, **(values | given)),)
    header = Header("数学与信息学院", "陈希", "85280000", "2026-11-19")
    return write_workbook([Form("", Annex.BASIC, header=header, rows=rows)])


def upload(world, content, name="数信附件1.xls"):
    browser = enter(world.school.he)
    file = SimpleUploadedFile(name, content)
    given = {"uploads": [file], "token": str(uuid.uuid4())}
    browser.post(address("submission-upload", world), given)
    drop = Replacement.objects.get()
    tasks.check_annexes.func(drop.check_made_id)
    tasks.read_replacement.func(drop.pk)
    return browser, drop


def test_an_upload_replaces_nothing_before_it_is_used(world):
    started(world)
    browser, drop = upload(world, own_form())
    page = browser.get(address("submission-replacement", world, drop.pk))
    assert "无更新" in text_of(page)
    assert basic_rows(world.maths)[0].cells["problems"] == "无问题"
    browser.post(address("submission-replacement-use", world, drop.pk))
    (row,) = basic_rows(world.maths)
    assert row.cells["problems"] == "无更新"
    assert row.outlet == the_outlet()
    assert world.maths.rows.filter(removed=True).exists()


def test_a_form_with_an_error_is_shown_by_cell_and_not_used(world):
    started(world)
    browser, drop = upload(world, own_form(responsible_mobile="1360000220"))
    page = browser.get(address("submission-replacement", world, drop.pk))
    assert "L5" in text_of(page)
    assert "未收下" in text_of(page)
    assert browser.post(address("submission-replacement-use", world, drop.pk)).status_code == 403


def differ(world, **cells):
    started(world)
    return change_cell(basic_rows(world.maths)[0], world.school.he, **cells)


def settle(world, act, row=None, outlet=None):
    return differing.settle_difference(
        world.fresh(), act, row=row, outlet=outlet, by=world.school.he, at=BEFORE
    )


def test_a_changed_cell_becomes_a_draft_filing_in_one_click(world):
    row = differ(world, verified_as="华园大学数学学院")
    given = {"act": "file_change", "row": row.pk}
    enter(world.school.he).post(address("submission-settle", world), given)
    filing = Filing.objects.get(kind="change")
    assert filing.status == "draft"
    assert filing.content["verified_as"] == "华园大学数学学院"


def test_a_found_problem_goes_into_the_register(world):
    row = differ(world, problems="无更新", rectified="否")
    settle(world, DifferenceAct.NOTE_PROBLEM, row=row)
    assert (the_outlet().problems, the_outlet().rectified) == ("无更新", "否")


def test_a_found_problem_waits_for_a_person_of_the_department_once(world):
    row = differ(world, problems="无更新", rectified="否")
    settle(world, DifferenceAct.NOTE_PROBLEM, row=row)
    finding = Finding.objects.get()
    assert (finding.origin, finding.problem, finding.status) == ("self-check", "stale", "found")
    assert (finding.outlet, finding.decided_by) == (the_outlet(), None)


def test_a_problem_that_is_mended_is_no_finding(world):
    row = differ(world, problems="无更新", rectified="是")
    settle(world, DifferenceAct.NOTE_PROBLEM, row=row)
    assert the_outlet().problems == "无更新"
    assert not Finding.objects.exists()


def test_a_new_row_becomes_an_opening(world):
    row = differ(world)
    row.pk, row.outlet, row.key = None, None, uuid.uuid4()
    row.cells = {**row.cells, "name": "华园数信抖音", "kind": "抖音"}
    row.save()
    filing = settle(world, DifferenceAct.FILE_OPEN, row=row)
    assert filing.content["platform"] == "douyin"
    assert filing.reports_existing


def test_a_missing_account_is_put_back_or_cancelled(world):
    row = differ(world)
    row.removed = True
    row.save()
    settle(world, DifferenceAct.PUT_BACK, outlet=the_outlet())
    assert [each.cells["name"] for each in basic_rows(world.maths)] == ["华园数信"]
    filing = settle(world, DifferenceAct.FILE_CANCEL, outlet=the_outlet())
    assert filing.kind == "cancel"


def test_taking_back_writes_what_the_register_has(world):
    row = differ(world, verified_as="别的")
    settle(world, DifferenceAct.TAKE_BACK, row=row)
    assert basic_rows(world.maths)[0].cells["verified_as"] == "华园大学"


def test_all_differences_at_once_and_what_cannot_be_is_told(world):
    differ(world, verified_as="别的", problems="无更新", rectified="否")
    done = differing.file_all_differences(world.fresh(), by=world.school.he, at=BEFORE)
    assert done.made == 2
    again = differing.file_all_differences(world.fresh(), by=world.school.he, at=BEFORE)
    assert (again.made, again.left) == (0, ())


def test_the_home_of_each_role_has_the_one_verb(world):
    presented(world)
    leader = text_of(enter(world.school.zheng).get("/"))
    assert address("submission-confirm", world) in leader
    assert "等你确认报送" in leader
    assert "请填报" not in leader


def test_pages_of_every_state_open_for_every_side(world):
    received(world)
    for person in ("liang", "he", "zheng", "zhou", "shen"):
        page = enter(world.school.people[person]).get(world.maths.get_absolute_url())
        assert page.status_code == 200
        assert world.fresh().receipt.number in text_of(page)


def test_security_and_admin_do_not_see_it(world):
    for person in ("bao", "admin"):
        browser = enter(world.school.people[person])
        assert browser.get(world.maths.get_absolute_url()).status_code == 404
        assert browser.get(reverse("campaign", args=[world.campaign.pk])).status_code == 404
        assert browser.get(reverse("year-list")).status_code == 404
