"""An import from upload to result: nothing before 导入, all or nothing, twice is once."""

from io import BytesIO

import pytest
import xlwt
from django.core.files.uploadedfile import SimpleUploadedFile

import given
from meice.audit.models import Entry
from meice.kernel.access import Refused
from meice.orgs import actions
from meice.orgs.intake.snapshot import plan_of
from meice.orgs.models import Intake, Post, Unit, User
from meice.orgs.roles import Role
from meice.orgs.tasks import apply_intake

HEAD = ("工号", "姓名", "部门", "岗位", "手机号")
ROWS = (
    ("20990001", "张新", "数信学院", "审核人", "13800000031"),
    ("20990002", "李明", "园艺学院", "运维", ""),
    (20110437, "何嘉敏", "数信学院", "运维", "13800000002"),
    ("20990003", "王三", "无此学院", "运维", ""),
)


def upload(browser, content, subject="people", name="名单.xlsx"):
    file = SimpleUploadedFile(name, content)
    return browser.post(f"/intakes/upload/{subject}/", {"file": file})


def seen_digest(browser, pk):
    page = browser.get(f"/intakes/{pk}/").content.decode()
    return page.split('name="digest" value="')[1].split('"')[0]


@pytest.fixture
def browser(cast, signed_in):
    return signed_in(cast.lu)


def test_the_preview_writes_nothing_and_names_the_fault(cast, browser):
    before = User.objects.count()
    page = browser.get(upload(browser, given.workbook(HEAD, *ROWS)).headers["Location"])
    text = page.content.decode()
    assert "导入 2 行" in text
    assert "C5" in text
    assert "没有这个单位" in text
    assert User.objects.count() == before


def test_applying_writes_the_good_rows_and_the_result_says_so(cast, browser):
    upload(browser, given.workbook(HEAD, *ROWS))
    pk = Intake.objects.get().pk
    browser.post(f"/intakes/{pk}/apply/", {"digest": seen_digest(browser, pk)})
    assert "新增 2 行，改动 0 行，没有变化 1 行" in browser.get(f"/intakes/{pk}/").content.decode()
    person = User.objects.get(username="20990001")
    assert (person.name, person.mobile, str(person.post)) == (
        "张新",
        "13800000031",
        "数信学院 · 审核人",
    )
    assert not person.has_usable_password()
    assert Entry.objects.filter(act="intake.apply").count() == 1


def test_the_same_sheet_again_changes_nothing(cast):
    content = given.workbook(HEAD, *ROWS)
    first = given.an_intake(content, "people", by=cast.lu)
    actions.apply_intake(first, by=cast.lu, digest=plan_of(first, cast.lu).digest)
    again = given.an_intake(content, "people", by=cast.lu)
    assert plan_of(again, cast.lu).counts == {"new": 0, "changed": 0, "unchanged": 3, "faulty": 1}


def test_units_with_parents_in_the_sheet_are_written_once(cast):
    content = given.workbook(
        ("部门名称", "上级部门", "单位简称", "类型"),
        ("果树系", "林学院", "", "其他"),
        ("林学院", "华园大学", "林院", "学院"),
        ("数学与信息学院", "", "数信院", ""),
    )
    for counts in (
        {"new": 2, "changed": 1, "unchanged": 0, "faulty": 0},
        {"new": 0, "changed": 0, "unchanged": 3, "faulty": 0},
    ):
        intake = given.an_intake(content, "units", by=cast.lu)
        assert plan_of(intake, cast.lu).counts == counts
        if counts["new"]:
            actions.apply_intake(intake, by=cast.lu, digest=plan_of(intake, cast.lu).digest)
    assert [one.name for one in Unit.objects.get(name="果树系").ancestors] == ["华园大学", "林学院"]


def test_an_old_preview_is_not_applied(cast):
    intake = given.an_intake(given.workbook(HEAD, *ROWS), "people", by=cast.lu)
    digest = plan_of(intake, cast.lu).digest
    actions.close_unit(cast.software, by=cast.lu)
    given.a_person("张新", cast.maths, by=cast.lu, username="20990001")
    with pytest.raises(Refused, match="又有变化"):
        actions.apply_intake(intake, by=cast.lu, digest=digest)
    assert not User.objects.filter(username="20990002").exists()


def test_applying_twice_is_refused(cast):
    intake = given.an_intake(given.workbook(HEAD, ROWS[0]), "people", by=cast.lu)
    digest = plan_of(intake, cast.lu).digest
    actions.apply_intake(intake, by=cast.lu, digest=digest)
    with pytest.raises(Refused, match="已导入"):
        actions.apply_intake(intake, by=cast.lu, digest=digest)


def test_dropping_forgets_the_rows(cast, browser):
    intake = given.an_intake(given.workbook(HEAD, *ROWS), "people", by=cast.lu)
    browser.post(f"/intakes/{intake.pk}/drop/")
    intake.refresh_from_db()
    assert (intake.status, intake.grid) == ("dropped", [])


def test_another_administrators_import_is_404(cast, signed_in):
    other = given.a_person(
        "副管", cast.university, Role.ADMIN, by=cast.lu, password="Ju-Hua-Tai-1x"
    )
    intake = given.an_intake(given.workbook(HEAD, *ROWS), "people", by=cast.lu)
    stranger = signed_in(other)
    assert stranger.get(f"/intakes/{intake.pk}/").status_code == 404
    assert stranger.post(f"/intakes/{intake.pk}/apply/").status_code == 404
    assert stranger.get(f"/intakes/{intake.pk}/faults/").status_code == 404


def test_columns_can_be_mapped_by_hand(cast, browser):
    content = given.workbook(
        ("工号", "姓名", "在哪", "做什么"), ("20990001", "张新", "园艺学院", "运维")
    )
    intake = given.an_intake(content, "people", by=cast.lu)
    assert plan_of(intake, cast.lu).counts["faulty"] == 1
    mapping = {"username": 0, "name": 1, "unit": 2, "role": 3}
    browser.post(f"/intakes/{intake.pk}/columns/", mapping)
    intake.refresh_from_db()
    assert plan_of(intake, cast.lu).counts["new"] == 1


def test_a_real_xls_is_read(cast):
    book, stream = xlwt.Workbook(), BytesIO()
    sheet = book.add_sheet("人员")
    for number, row in enumerate((HEAD, *ROWS), 2):
        for at, value in enumerate(row):
            sheet.write(number, at + 1, value)
    book.save(stream)
    intake = given.an_intake(stream.getvalue(), "people", by=cast.lu)
    assert plan_of(intake, cast.lu).faults[0].address == "D7"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页改名成的表格"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "加了密码或已损坏"),
        (b"PK\x03\x04 nothing", "不是能读的电子表格"),
        (given.workbook(("甲", "乙"), ("1", "2")), "没有找到列名"),
        (given.workbook(), "没有内容"),
    ],
    ids=["html", "ole", "zip", "no-headings", "empty"],
)
def test_what_cannot_be_read_says_why(cast, browser, content, words):
    answer = upload(browser, content)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Intake.objects.exists()


def test_a_new_post_by_import_ends_the_sessions(cast, signed_in):
    browser = signed_in(cast.he)
    assert browser.get("/me/").status_code == 200
    content = given.workbook(HEAD, ("20110437", "何嘉敏", "软件所", "审核人", ""))
    intake = given.an_intake(content, "people", by=cast.lu)
    actions.apply_intake(intake, by=cast.lu, digest=plan_of(intake, cast.lu).digest)
    assert browser.get("/me/").status_code == 302


def test_the_template_is_read_by_the_import_itself(cast, browser):
    for subject in ("units", "people"):
        answer = browser.get(f"/intakes/template/{subject}/")
        content = b"".join(answer.streaming_content)
        intake = given.an_intake(content, subject, by=cast.lu)
        assert len(plan_of(intake, cast.lu).rows) == 2


@pytest.mark.slow
def test_many_rows_go_as_a_job_and_once(cast, browser):
    rows = [(f"29{at:06d}", f"人{at}", "园艺学院", "运维", "") for at in range(10_000)]
    upload(browser, given.workbook(HEAD, *rows))
    intake = Intake.objects.get()
    digest = seen_digest(browser, intake.pk)
    browser.post(f"/intakes/{intake.pk}/apply/", {"digest": digest})
    assert "排队中" in browser.get(f"/intakes/{intake.pk}/").content.decode()
    arguments = (intake.pk, cast.lu.pk, cast.lu.post.pk, digest)
    assert apply_intake.func(*arguments) == "applied"
    assert apply_intake.func(*arguments) == "done"
    assert Post.objects.filter(unit=cast.garden).count() == 10_001


def test_a_job_that_is_refused_says_so_on_the_page(cast, browser):
    intake = given.an_intake(given.workbook(HEAD, *ROWS), "people", by=cast.lu)
    assert apply_intake.func(intake.pk, cast.lu.pk, cast.lu.post.pk, "stale") == "refused"
    assert "又有变化" in browser.get(f"/intakes/{intake.pk}/").content.decode()
