"""审计日志 and 校验: for auditors, each for the subtree of the post."""

from io import BytesIO

import openpyxl
import pytest

from meice import audit
from meice.audit.models import Entry
from meice.jobs.worker import drain
from meice.orgs.models import Post

pytestmark = pytest.mark.django_db
PAGES = ["/audit/", "/audit/verify/"]
POSTS = ["/audit/export/", "/audit/verify/start/"]


@pytest.fixture
def log(cast):
    audit.record("unit.rename", cast.maths, by=cast.liang, address="10.1.2.3")
    audit.record("unit.rename", cast.garden, by=cast.liang, address="10.1.2.3")
    audit.record("unit.create", cast.software, by=cast.lu)
    return cast


@pytest.mark.parametrize("page", PAGES)
def test_an_auditor_sees_the_page(log, signed_in, page):
    assert signed_in(log.fang).get(page).status_code == 200


@pytest.mark.parametrize(
    "role", ["operator", "reviewer", "leader", "department", "security", "admin"]
)
def test_for_every_other_office_the_pages_do_not_exist(log, signed_in, role):
    browser = signed_in(log.everybody[role])
    assert [browser.get(page).status_code for page in PAGES] == [404, 404]
    assert [browser.post(page).status_code for page in POSTS] == [404, 404]


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_asked_to_sign_in(db, client, page):
    assert client.get(page).status_code == 302


def test_the_log_shows_who_did_what_from_where(log, signed_in):
    page = signed_in(log.fang).get("/audit/").content.decode()
    assert "梁文博" in page
    assert "数学与信息学院" in page
    assert "10.1.2.3" in page


def test_an_auditor_of_a_faculty_sees_its_subtree_only(log, signed_in):
    Post.objects.filter(user=log.fang).update(unit=log.maths)
    page = signed_in(log.fang).get("/audit/").content.decode()
    assert "软件研究所" in page
    assert "园艺学院" not in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("who=梁文", {"数学与信息学院", "园艺学院"}),
        ("who=谁也不是", set()),
        ("act=audit.export", set()),
        ("since=2020-01-01&until=2020-01-02", set()),
        ("since=2020-01-01&who=陆", {"软件研究所"}),
    ],
)
def test_the_log_is_narrowed(log, signed_in, query, names):
    page = signed_in(log.fang).get(f"/audit/?{query}")
    assert {entry.target_name for entry, *_ in page.context["rows"]} == names


def test_a_number_is_not_looked_for_in_an_address(log, signed_in):
    page = signed_in(log.fang).get("/audit/?who=13800000001")
    assert page.context["rows"] == []
    assert "不要填号码" in page.content.decode()


def test_an_export_is_text_only_and_leaves_an_entry(log, signed_in):
    audit.record("unit.rename", by=None, detail={"old": "=1+1"})
    response = signed_in(log.fang).post("/audit/export/")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(response))).active
    entry = Entry.objects.filter(act="audit.export").get()
    assert sheet.max_row == 1 + entry.detail["entries"] >= 5
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert not any(str(c.value).startswith("=") for row in sheet.iter_rows() for c in row)
    assert entry.actor_name == "方正"


def test_an_auditor_has_the_chain_verified(log, signed_in, settings):
    browser = signed_in(log.fang)
    progress = browser.post("/audit/verify/start/")["Location"]
    assert "排队中" in browser.get(progress).content.decode()
    drain()
    assert "看结果" in browser.get(progress).content.decode()
    assert "没有改动" in browser.get("/audit/verify/").content.decode()
