"""The pages of training: who finds them, what they say, what they write."""

from io import BytesIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.answers import body
from tests.meice.registry.scene import accepted, opening
from tests.meice.training import scene

from meice.audit.models import Entry
from meice.kernel.clock import now
from meice.kernel.pinyin import pinyin_key
from meice.orgs.models import Post, User
from meice.registry.models import Contact
from meice.training.models import (
    Attendance,
    AttendanceIntake,
    Certificate,
    TrainingSession,
    TrainingTopic,
)


def said(page):
    return page.content.decode()


def test_a_session_is_arranged_marked_and_held_on_its_pages(school, signed_in):
    browser = signed_in(school.he)
    data = {
        "title": "保密培训", "topic": scene.topic().pk, "scope": school.maths.pk,
        "roles": ["operator", "reviewer"], "starts_at": "2099-06-01 14:30", "place": "",
    }  # fmt: skip
    new = reverse("training-new")
    assert "写地点" in said(browser.post(new, data))
    file = SimpleUploadedFile("讲义.pdf", b"%PDF-1.4 slides")
    page = said(browser.post(new, data | {"place": "报告厅", "material": file}, follow=True))
    session = TrainingSession.objects.get()
    assert "保密培训" in page
    assert "名单 3 人" in page
    assert "还没有到培训的时间" in page
    material = session.materials.get()
    url = reverse("training-material", args=[session.pk, material.pk])
    assert body(signed_in(school.zhou).get(url)) == b"%PDF-1.4 slides"
    assert signed_in(school.su).get(url).status_code == 404
    TrainingSession.objects.update(starts_at=scene.days(-3, now()))
    attend = reverse("training-attend", args=[session.pk])
    he, chen, zhou = school.he.pk, school.chen.pk, school.zhou.pk
    marks = {f"was-{pk}": "expected" for pk in (he, chen, zhou)}
    marks |= {f"p-{pk}": "expected" for pk in (he, chen, zhou)}
    browser.post(attend, marks | {f"p-{chen}": "absent", "rest": "present"})
    wanted = {"何嘉敏": "present", "陈希": "absent", "周启明": "present"}
    assert scene.presences(session) == wanted
    stale = {f"was-{chen}": "expected", f"p-{chen}": "expected", f"was-{he}": "present"}
    browser.post(attend, stale | {f"p-{he}": "excused"})
    assert scene.presences(session) == wanted | {"何嘉敏": "excused"}
    invite = reverse("training-invite", args=[session.pk])
    assert browser.post(invite, {"person": school.su.pk}).status_code == 403
    assert browser.post(invite, {"person": school.zheng.pk}).status_code == 302
    assert "郑国强" in said(browser.get(attend, {"q": "M003"}))
    assert "没有这样的人" in said(browser.get(attend, {"presence": "present", "q": "没有"}))
    sheet = said(browser.get(reverse("training-sheet", args=[session.pk])))
    assert "签到表" in sheet
    assert "M003" in sheet
    done = said(browser.post(reverse("training-hold", args=[session.pk]), follow=True))
    assert "已举办" in done
    assert browser.get(reverse("training-edit", args=[session.pk])).status_code == 403
    assert "保密培训" in said(browser.get(reverse("training-list"), {"view": "held"}))
    assert "网络安全" in said(signed_in(school.zhou).get(reverse("training-mine")))


def test_who_finds_which_page(school, signed_in):
    session = scene.a_session(school)
    page = reverse("training", args=[session.pk])
    statuses = {
        name: signed_in(getattr(school, name)).get(page).status_code
        for name in ("he", "zhou", "zheng", "liang", "shen", "su", "bao", "admin")
    }
    assert statuses == dict.fromkeys(("he", "zhou", "zheng", "liang", "shen"), 200) | (
        dict.fromkeys(("su", "bao", "admin"), 404)
    )
    reviewer, security = signed_in(school.zhou), signed_in(school.bao)
    assert reviewer.get(reverse("training-attend", args=[session.pk])).status_code == 403
    assert reviewer.get(reverse("training-new")).status_code == 403
    assert reviewer.post(reverse("training-needs-export")).status_code == 403
    assert security.get(reverse("training-needs")).status_code == 403
    assert "网络安全" in said(security.get(reverse("training-mine")))
    for name in ("training-list", "training-mine", "certificate-list"):
        assert signed_in(school.admin).get(reverse(name)).status_code == 404


def test_a_session_is_changed_and_cancelled(school, signed_in):
    session = scene.a_session(school, files=[scene.a_file(school)])
    browser, edit = signed_in(school.he), reverse("training-edit", args=[session.pk])
    assert "讲义.pdf" in said(browser.get(edit))
    data = {
        "title": "改了", "topic": session.topic_id, "scope": school.maths.pk, "roles": ["leader"],
        "starts_at": "2099-06-01 14:30", "place": "线下", "drop": [session.materials.get().pk],
        "version": session.version,
    }  # fmt: skip
    assert browser.post(edit, data).status_code == 302
    assert not session.materials.exists()
    assert "刚有人改过" in said(browser.post(edit, data | {"drop": []}))
    cancel = reverse("training-cancel", args=[session.pk])
    assert browser.post(cancel, {"reason": ""}).status_code == 422
    assert "已取消" in said(browser.post(cancel, {"reason": "场地检修"}, follow=True))


def test_a_list_comes_in_by_its_page(school, signed_in):
    session = scene.a_session(school, at=scene.days(-10, now()))
    browser, url = signed_in(school.he), reverse("training-import", args=[session.pk])
    bad = browser.post(url, {"file": SimpleUploadedFile("坏.xlsx", b"nothing")})
    assert bad.status_code == 422
    content = scene.a_list(("M001", "", "", "到会"), ("", "王五", "", "到会"))
    file = SimpleUploadedFile("签到.xlsx", content)
    text = said(browser.post(url, {"file": file}, follow=True))
    assert "登记 1 人" in text
    assert "不在这场培训的名单里" in text
    intake = AttendanceIntake.objects.get()
    preview = reverse("attendance-intake", args=[intake.pk])
    assert signed_in(school.zheng).get(preview).status_code == 404
    digest = text.split('name="digest" value="')[1].split('"')[0]
    apply = reverse("attendance-apply", args=[intake.pk])
    assert "登记了 1 人" in said(browser.post(apply, {"digest": digest}, follow=True))
    assert "签到.xlsx" in said(browser.get(url))


def test_who_lacks_what_is_filtered_counted_and_exported(school, signed_in):
    scene.held(school, "he", at=scene.days(-20, now()))
    browser, url = signed_in(school.he), reverse("training-needs")

    page = said(browser.get(url))
    assert "应有 <b>6</b> 项次" in page
    assert "苏婉仪" not in page
    assert "没有这样的" in said(browser.get(url, {"q": "没有的人"}))
    assert "何嘉敏" in said(browser.get(url, {"view": "has"}))
    assert "郑国强" in said(browser.get(url, {"role": "leader"}))
    assert "周启明" not in said(browser.get(url, {"topic": scene.topic("政策法规").pk}))
    export = browser.post(reverse("training-needs-export"), {"view": "lacks"})
    book = openpyxl.load_workbook(BytesIO(body(export)))
    rows = list(book["培训缺口"].iter_rows(min_row=2, values_only=True))
    assert {row[1] for row in rows} == {"何嘉敏", "陈希", "郑国强"}
    assert {row[5] for row in rows} == {"政策法规"}
    units = list(book["按单位"].iter_rows(min_row=2, values_only=True))
    assert units == [("数学与信息学院", 6, 3, 0, 2, 0, 1)]
    assert Entry.objects.get(act="training.export").detail["rows"] == 3
    TrainingTopic.objects.update(retired_at=now())
    assert "还没有培训要求" in said(browser.get(url))


def test_the_department_sets_what_is_demanded(school, signed_in):
    url, browser = reverse("training-topics"), signed_in(school.liang)
    data = {"name": "三审三校", "roles": ["reviewer"], "months": 24}
    assert browser.post(url, data | {"roles": []}).status_code == 422
    assert browser.post(url, data).status_code == 302
    assert "已有主题" in said(browser.post(url, data))
    topic = TrainingTopic.objects.get(name="三审三校")
    edit = reverse("training-topic-edit", args=[topic.pk])
    assert browser.post(edit, data | {"months": 0}).status_code == 302
    browser.post(reverse("training-topic-retire", args=[topic.pk]))
    assert "不再要求" in said(browser.get(url))
    other = signed_in(school.he)
    assert "三审三校" in said(other.get(url))
    assert other.post(url, data).status_code == 403
    assert other.get(edit).status_code == 403


def test_a_certificate_is_put_down_with_its_proof(school, signed_in):
    browser, new = signed_in(school.he), reverse("certificate-new")
    end = timezone.localdate() + scene.timedelta(days=12)
    data = {
        "user": school.zhou.pk, "name": "保密资格证", "issued_on": "2026-01-05",
        "valid_until": end.isoformat(), "topic": scene.topic().pk,
    }  # fmt: skip
    assert browser.post(new, data | {"user": school.su.pk}).status_code == 422
    assert browser.post(new, data | {"valid_until": "2020-01-01"}).status_code == 422
    file = SimpleUploadedFile("证书.pdf", b"%PDF-1.4 proof")
    page = said(browser.post(new, data | {"file": file}, follow=True))
    assert "还有 12 天到期" in page
    certificate = Certificate.objects.get()
    proof = reverse("certificate-file", args=[certificate.pk])
    assert body(signed_in(school.zhou).get(proof)) == b"%PDF-1.4 proof"
    assert signed_in(school.su).get(proof).status_code == 404
    assert "保密资格证" in said(browser.get(reverse("certificate-list"), {"view": "ending"}))
    found = said(browser.post(reverse("search"), {"q": "保密资格证"}, follow=True))
    assert "培训证书" in found
    drop = reverse("certificate-drop", args=[certificate.pk])
    assert signed_in(school.zhou).post(drop).status_code == 403
    assert browser.post(drop).status_code == 302
    assert browser.get(proof).status_code == 404


def test_the_panels_of_an_outlet_and_a_unit(school, signed_in):
    outlet = accepted(school, opening(school)).outlet
    Contact.objects.filter(outlet=outlet, kind="operator").update(user=school.he)
    browser = signed_in(school.he)
    page = said(browser.get(reverse("outlet", args=[outlet.pk])))
    assert "责任人和培训" in page
    assert "缺 2 项" in page
    assert "没有账号，不知道" in page
    unit = said(browser.get(reverse("unit", args=[school.maths.pk])))
    assert "队伍建设" in unit
    assert "应有 6 项次" in unit
    assert "账号责任人" in unit
    assert "队伍建设</h2>" not in said(signed_in(school.admin).get(
        reverse("unit", args=[school.maths.pk])
    ))  # fmt: skip


LISTS = ("training-list", "training-needs", "certificate-list", "training-mine")


def test_with_many_rows_a_list_needs_few_queries(school, signed_in):
    people = User.objects.bulk_create(
        User(username=f"Z{n}", name=f"员{n}", pinyin_key=pinyin_key(f"员{n}")) for n in range(150)
    )
    Post.objects.bulk_create(Post(user=p, unit=school.maths, role="operator") for p in people)
    base = scene.a_session(school)
    many = TrainingSession.objects.bulk_create(
        TrainingSession(
            title=f"培训{n}", topic=base.topic, unit=base.unit, unit_path=base.unit_path,
            scope=base.scope, roles=["operator"], starts_at=base.starts_at, place="线下",
            made_by=school.he, made_at=now(),
        )
        for n in range(120)
    )  # fmt: skip
    Attendance.objects.bulk_create(
        Attendance(session=one, user=school.he, name="何", unit=base.unit, unit_name="数信")
        for one in many
    )
    Certificate.objects.bulk_create(
        Certificate(
            user=one, unit=base.unit, unit_path=base.unit_path, topic=base.topic, name="证",
            issued_on=scene.TODAY, told_by="何", added_at=now(),
        )
        for one in people
    )  # fmt: skip
    browser = signed_in(school.he)
    pages = [f"{reverse(name)}?page=2" for name in LISTS]
    pages += [reverse("training", args=[base.pk]), reverse("training-attend", args=[base.pk])]
    browser.get(pages[0])
    for page in pages:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(page).status_code == 200
        assert len(queries) <= 12, (page, len(queries))
