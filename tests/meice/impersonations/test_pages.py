"""The pages: what they show, what their forms do, what they keep to themselves."""

import zipfile
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from tests.answers import body
from tests.meice.impersonations import scene

from meice.audit.models import Entry
from meice.evidence.models import Evidence
from meice.impersonations import actions
from meice.impersonations.models import Impersonation, Report
from meice.kernel.clock import now

pytestmark = pytest.mark.django_db


def url(name, docket, *more):
    return reverse(f"impersonation-{name}" if name else "impersonation", args=[docket.pk, *more])


def picture(name="a.png", content=scene.PNG):
    return SimpleUploadedFile(name, content)


def typed(school, **given):
    """The report form as a person fills it."""
    return {
        "unit": school.maths.pk, "platform": "weibo", "name": "华园大学招生", "guise": "admissions",
        "url": "weibo.com/u/7000000001", "facts": "自称招生办", "demands": ["close"], **given,
    }  # fmt: skip


def test_a_unit_reports_with_pictures_and_finds_it_in_its_list(school, signed_in):
    browser = signed_in(school.he)
    response = browser.post(
        reverse("impersonation-new"), typed(school) | {"proofs": [picture(), picture("b.png")]}
    )
    docket = Impersonation.objects.get()
    assert response.url == docket.get_absolute_url()
    assert docket.url == "https://weibo.com/u/7000000001"
    assert Evidence.objects.of(docket.case).count() == 2
    text = browser.get(docket.get_absolute_url()).content.decode()
    assert "机器的提示，不是结论" in text
    assert "N5 直接使用名称：含有“华园大学”" in text
    assert "受理</button>" not in text
    assert "华园大学招生" in browser.get(reverse("impersonation-list")).content.decode()
    assert signed_in(school.su).get(docket.get_absolute_url()).status_code == 404
    again = browser.post(reverse("impersonation-new"), typed(school), follow=True)
    assert "已并入" in again.content.decode()


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"name": ""}, "还没有填"),
        ({"url": "javascript:alert(1)"}, "链接写成 https://"),
        ({"url": "http://user@fake.example/"}, "链接写成 https://"),
        ({"found_on": "2999-01-01"}, "不能晚于今天"),
        ({"proofs": [SimpleUploadedFile("a.png", b"<html>")]}, "不是图片"),
        ({"unit": 0}, "选择"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(school, signed_in, wrong, word):
    response = signed_in(school.he).post(reverse("impersonation-new"), typed(school) | wrong)
    text = response.content.decode()
    assert response.status_code == 422
    assert word in text
    assert "自称招生办" in text


def test_the_department_walks_a_docket_through_its_pages(school, signed_in):
    docket = scene.reported(school)
    browser = signed_in(school.liang)
    browser.post(url("accept", docket))
    empty = browser.post(url("confirm", docket), {"reason": ""})
    assert empty.status_code == 422
    browser.post(url("confirm", docket), {"reason": "看过截图"})
    for kind, name in (("license", "证书.pdf"), ("notice", "通知书.pdf"), ("rights", "商标.pdf")):
        data = {"kind": "document", "paper": kind, "uploads": picture(name, scene.PDF)}
        assert browser.post(url("upload", docket), data).status_code == 302
    page = browser.get(url("refer", docket, "wechat")).content.decode()
    assert "材料齐" in page
    sent = browser.post(url("refer", docket, "wechat"), {"ticket": "WX-1"})
    assert sent.url == docket.get_absolute_url()
    referral = docket.referrals.get()
    browser.post(reverse("referral-uphold", args=[referral.pk]), {"answer": "已封禁"})
    browser.post(url("close", docket), {"outcome": "taken_down", "reason": "已打不开"})
    browser.post(url("recheck", docket), {"found": "gone", "note": "搜过"})
    docket = scene.fresh(docket)
    assert (docket.status, docket.checks_left, docket.outcome) == ("watched", 2, "taken_down")
    assert referral.missing == ""
    back = browser.post(
        url("recheck", docket),
        {"found": "back", "note": "换名", "name": "华园大学万能墙", "account_id": "x2"},
    )
    other = Impersonation.objects.get(follows=docket)
    assert back.url == other.get_absolute_url()
    assert "与“华園大学表白墙”" not in browser.get(back.url).content.decode()


def test_a_refused_upload_names_the_file(school, signed_in):
    docket = scene.judging(school)
    data = {"kind": "photo", "uploads": picture("假.png", b"MZ")}
    response = signed_in(school.he).post(url("upload", docket), data)
    assert response.status_code == 422
    assert "「假.png」不是图片" in response.content.decode()
    data = {"kind": "recording", "uploads": picture("录屏.mp4", b"\0\0\0\x18ftypmp42")}
    assert signed_in(school.he).post(url("upload", docket), data).status_code == 302


def test_the_application_holds_every_field_of_the_domain(school, outlet, signed_in):
    text = scene.said(
        imitated_outlet=outlet, permanent_id="gh_1", verified_as="个人", place="广东", bio="华园人",
        followers="3万", harm="学生受骗", found_how="学生报告", opinion="属实", url="https://a.example/x",
    )  # fmt: skip
    docket = scene.confirmed(school, text)
    browser = signed_in(school.zheng)
    page = browser.get(url("print", docket)).content.decode()
    content = body(browser.get(url("document", docket)))
    cells = [
        cell.text
        for table in Document(BytesIO(content)).tables
        for row in table.rows
        for cell in row.cells
    ]
    wanted = [
        "媒假〔2026〕1号", "数学与信息学院", "华园大学", "华园数信（", "微信公众号", "华園大学表白墙",
        "hydx_bbq", "gh_1", "https://a.example/x", "个人", "广东", "3万", "假冒账号", "华园人",
        "自称学校官方", "学生受骗", "2026-11-20 学生报告", "民法典", "关停或封禁账号", "属实",
        "看过截图", "020-8000001", Evidence.objects.of(docket.case).get().sha256,
    ]  # fmt: skip
    assert [word for word in wanted if word not in page] == []
    whole = "\n".join([*cells, *(line.text for line in Document(BytesIO(content)).paragraphs)])
    assert [word for word in wanted if word not in whole] == []
    assert Entry.objects.filter(act="impersonation.print").count() == 2


def test_the_docket_leaves_as_a_zip_that_checks_itself(school, signed_in):
    docket = scene.applied(school)
    content = body(signed_in(school.shen).post(url("docket", docket)))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = {name.partition("/")[2] for name in archive.namelist()}
        history = archive.read(f"假冒案卷{docket.pk}/经过.txt").decode()
    assert {"SHA256SUMS", "关停申请.docx", "经过.txt", "证据清单.txt"} <= names
    assert any(name.startswith("证据/01-截图") for name in names)
    assert "认定假冒" in history
    assert "单号 T1" in history
    pack = body(signed_in(school.liang).post(url("pack", docket, "12377")))
    with zipfile.ZipFile(BytesIO(pack)) as archive:
        words = archive.read(f"12377-假冒案卷{docket.pk}/填报内容.txt").decode()
    assert "【事实陈述】\n自称学校官方" in words


def test_contacts_are_masked_until_the_department_asks(school, signed_in):
    docket = scene.reported(school, scene.said(contact_phone="13800000066"))
    assert "13800000066" not in signed_in(school.he).get(url("", docket)).content.decode()
    browser = signed_in(school.liang)
    assert "13800000066" not in browser.get(url("", docket)).content.decode()
    assert "13800000066" in browser.post(url("contact", docket)).content.decode()
    assert Entry.objects.filter(act="impersonation.show_contact").count() == 1
    assert signed_in(school.he).post(url("contact", docket)).status_code == 403


def test_evidence_is_a_download_of_its_own_docket_only(school, signed_in):
    docket = scene.reported(school)
    browser = signed_in(school.he)
    response = browser.get(url("evidence", docket, 1))
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert body(response) == scene.PNG
    assert browser.get(url("evidence", docket, 2)).status_code == 404
    assert signed_in(school.su).get(url("evidence", docket, 1)).status_code == 404


def test_the_export_holds_what_is_filtered_and_no_telephone(school, signed_in):
    scene.applied(school, scene.said(contact_phone="13800000066"))
    scene.reported(school, scene.said(name="另一个", platform="douyin", account_id="d"))
    browser = signed_in(school.liang)
    content = body(browser.post(reverse("impersonation-export"), {"view": "all"}))
    rows = list(openpyxl.load_workbook(BytesIO(content)).active.values)
    assert len(rows) == 3
    assert "T1" in str(rows)
    assert "13800000066" not in str(rows)
    only = {"view": "all", "platform": "douyin"}
    content = body(browser.post(reverse("impersonation-export"), only))
    assert len(list(openpyxl.load_workbook(BytesIO(content)).active.values)) == 2


def test_settings_are_the_departments(school, signed_in):
    address = reverse("impersonation-settings")
    data = {
        "judge": 5,
        "apply": 2,
        "check": 10,
        "checks": 2,
        "head": "华园媒假",
        "public_list": "on",
    }
    assert signed_in(school.he).get(address).status_code == 403
    assert signed_in(school.he).post(address, data).status_code == 403
    assert signed_in(school.liang).post(address, data).status_code == 302
    assert signed_in(school.liang).post(address, data | {"judge": 0}).status_code == 422
    assert scene.confirmed(school).number.startswith("华园媒假〔")
    assert Entry.objects.filter(act="impersonation.set").count() == 5


def test_a_list_of_two_hundred_needs_no_more_than_twelve_queries(school, signed_in):
    for number in range(3):
        scene.reported(school, scene.said(account_id=f"a{number}"), with_proof=False)
    one = Impersonation.objects.first()
    Impersonation.objects.bulk_create(
        Impersonation(
            source="unit", unit=school.maths, unit_path=school.maths.path, unit_name="数信学院",
            platform="weibo", name=f"华园{number}", guise="account", imitated="华园大学", facts="x",
            found_on=one.found_on, reported_at=one.reported_at + timedelta(minutes=number),
        )
        for number in range(200)
    )  # fmt: skip
    for person in (school.liang, school.he):
        browser = signed_in(person)
        browser.get("/me/")
        addresses = [
            reverse("impersonation-list"),
            f"{reverse('impersonation-list')}?view=all&page=3",
        ]
        for address in [*addresses, one.get_absolute_url()]:
            with CaptureQueriesContext(connection) as seen:
                assert browser.get(address).status_code == 200
            limit = 12 if address in addresses else 24
            assert len(seen) <= limit, [query["sql"][:150] for query in seen.captured_queries]


def test_the_candidates_are_leads_that_look_like_us_and_have_no_docket(school, signed_in):
    from tests.meice.impersonations.leads import a_lead

    like = a_lead(school, "华園大学校园墙", "xyq")
    a_lead(school, "南方天气", "nf")
    browser = signed_in(school.liang)
    address = reverse("impersonation-candidates")
    text = browser.get(address).content.decode()
    assert "“園”↔“园”" in text
    assert "南方天气" not in text
    form = browser.get(f"{reverse('impersonation-new')}?lead={like.pk}").content.decode()
    assert "xyq" in form
    made = actions.report_impersonation(
        scene.said(), unit=school.university, by=school.liang, at=now(), lead=like
    )
    assert made.docket.source == "lead"
    assert "华園大学校园墙" not in browser.get(address).content.decode()
    assert signed_in(school.he).get(address).status_code == 403


def test_after_the_end_names_that_are_alike_are_shown(school, signed_in):
    docket = scene.watched(school)
    scene.reported(school, scene.said(name="华园大学表白墙2号", account_id="n2"), at=scene.days(3))
    text = signed_in(school.liang).get(url("", docket)).content.decode()
    assert "结案后看到的相似名称" in text
    assert "华园大学表白墙2号" in text
    assert "由人判断" in text


def test_reports_keep_who_said_what(school):
    docket = scene.reported(school)
    (report,) = Report.objects.filter(impersonation=docket)
    assert (report.by_name, report.source, report.unit) == ("何嘉敏", "unit", school.maths)
