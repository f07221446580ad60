"""The stamped scan stands for the leader's click: attached by the operator, then reported."""

import uuid
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.conftest import BACKEND
from tests.meice.surveys.scene import (
    AFTER,
    BEFORE,
    arrival,
    basic_rows,
    change_cell,
    presented,
    reported,
    started,
)

from meice.kernel.access import Refused
from meice.surveys.actions import deciding, filling, reporting
from meice.surveys.models import ConfirmedBy, Receipt, SubmissionEvent

pytestmark = pytest.mark.django_db
SCAN = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def enter(user):
    browser = Client()
    browser.force_login(user, backend=BACKEND)
    return browser


def attached(world, content=SCAN, name="盖章件.pdf", by=None):
    return filling.attach_scan(
        world.fresh(), BytesIO(content), name=name, by=by or world.school.he, at=BEFORE
    )


def test_without_a_scan_it_cannot_be_reported_so(world):
    started(world)
    with pytest.raises(Refused, match="先上传盖章件扫描"):
        reporting.attest_submission(world.fresh(), arrival(), by=world.school.he)


def test_the_scan_and_the_package_are_reported_together(world):
    started(world)
    kept = attached(world).scan
    receipt = reporting.attest_submission(world.fresh(), arrival(), by=world.school.he)
    submission = world.fresh()
    assert submission.status == "reported"
    assert submission.confirmed_how == ConfirmedBy.SCAN
    assert receipt.scan == kept
    assert receipt.on_time
    with ZipFile(receipt.package.path) as archive:
        assert len(archive.namelist()) == 4


def test_the_same_form_twice_gives_one_receipt(world):
    started(world)
    attached(world)
    asked = arrival()
    first = reporting.attest_submission(world.fresh(), asked, by=world.school.he)
    again = reporting.attest_submission(world.fresh(), asked, by=world.school.he)
    assert first == again
    assert Receipt.objects.count() == 1


def test_late_it_needs_a_reason(world):
    started(world)
    attached(world)
    with pytest.raises(Refused, match="逾期原因"):
        reporting.attest_submission(world.fresh(), arrival(AFTER), by=world.school.he)
    late = arrival(AFTER, "公章外借")
    assert not reporting.attest_submission(world.fresh(), late, by=world.school.he).on_time


def test_errors_hold_it_back_with_a_scan_too(world):
    started(world)
    attached(world)
    change_cell(basic_rows(world.maths)[0], world.school.he, responsible_mobile="1")
    with pytest.raises(Refused, match="还有 1 处错误"):
        reporting.attest_submission(world.fresh(), arrival(), by=world.school.he)
    assert not Receipt.objects.exists()


def test_what_is_no_scan_is_refused_and_nothing_changes(world):
    started(world)
    with pytest.raises(Refused, match="PDF、JPG 或 PNG"):
        attached(world, b"PK\x03\x04", "盖章件.docx")
    assert world.fresh().scan_id is None


@pytest.mark.parametrize("who", ["zheng", "zhou", "shen"])
def test_only_who_fills_it_in_attaches_and_attests(world, who):
    started(world)
    attached(world)
    person = world.school.people[who]
    with pytest.raises(Refused):
        attached(world, by=person)
    with pytest.raises(Refused):
        reporting.attest_submission(world.fresh(), arrival(), by=person)


def test_by_the_page_from_the_upload_to_the_receipt(world):
    started(world)
    browser = enter(world.school.he)
    home = world.maths.get_absolute_url()
    given = {"file": SimpleUploadedFile("盖章件.pdf", SCAN)}
    browser.post(reverse("submission-scan", args=[world.maths.pk]), given)
    assert "凭盖章件报送" in browser.get(home).content.decode()
    key = {"key": str(uuid.uuid4()), "late_reason": "公章外借"}
    browser.post(reverse("submission-attest", args=[world.maths.pk]), key)
    page = browser.get(home).content.decode()
    assert Receipt.objects.get().number in page
    assert "盖章件扫描" in page
    assert "已上传" in page
    acts = SubmissionEvent.objects.values_list("act", flat=True)
    assert list(acts) == ["start", "scan", "attest"]


def test_a_scan_may_come_after_the_leaders_click(world):
    reported(world)
    attached(world)
    page = enter(world.school.liang).get(world.maths.get_absolute_url()).content.decode()
    assert "已上传" in page
    assert world.fresh().status == "reported"


def test_the_department_sees_which_of_the_two_it_was(world):
    started(world)
    attached(world)
    reporting.attest_submission(world.fresh(), arrival(), by=world.school.he)
    browser = enter(world.school.liang)
    assert (
        "有盖章扫描件"
        in browser.get(reverse("submission-review", args=[world.maths.pk, 1])).content.decode()
    )
    deciding.accept_submission(world.fresh(), by=world.school.liang, at=BEFORE)
    assert world.fresh().status == "received"


def test_the_receipt_lists_each_file_with_its_check_and_its_own_bytes(world):
    receipt = reported(world).receipt
    browser = enter(world.school.he)
    page = browser.get(world.maths.get_absolute_url()).content.decode()
    for said in ("与附件1 逐格一致", "开设 1", "与附件3 一致", "未上传", "打印盖章稿（4 张表）"):
        assert said in page
    with ZipFile(receipt.package.path) as archive:
        for file in receipt.files:
            where = reverse(
                "submission-receipt-annex", args=[world.maths.pk, receipt.pk, file["annex"]]
            )
            sent = b"".join(browser.post(where).streaming_content)
            assert sent == archive.read(file["name"])


def test_a_file_of_the_receipt_is_not_there_for_who_may_not_take_numbers(world):
    receipt = reported(world).receipt
    where = reverse("submission-receipt-annex", args=[world.maths.pk, receipt.pk, 1])
    assert enter(world.school.shen).post(where).status_code == 403
    assert enter(world.school.su).post(where).status_code == 404


def test_all_papers_print_on_one_page_and_leave_a_line(world):
    presented(world)
    page = enter(world.school.he).get(reverse("submission-print-all", args=[world.maths.pk]))
    text = page.content.decode()
    assert text.count('<article class="m-paper') == 4
    assert "主管单位（盖章）" in text
