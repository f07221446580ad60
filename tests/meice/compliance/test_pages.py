"""The pages of compliance: lists, one file, devices, logins, imports; who finds them."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.answers import body
from tests.meice.compliance import scene

from meice.audit.models import Entry
from meice.compliance import actions
from meice.compliance.models import CHECKLIST, Custody, Device, DeviceIntake, ItemKind
from meice.kernel.clock import now
from meice.orgs.models import User
from meice.registry.models import Outlet
from meice.regulations.actions import ship_library

PHONE = "13900000077"


def said(page):
    return page.content.decode()


def test_a_unit_fills_its_file_and_its_gaps_shrink(school, site, signed_in):
    ship_library(now())
    browser = signed_in(school.he)
    page = said(browser.get(reverse("compliance", args=[site.pk])))
    assert "未知 6" in page
    assert "/clauses/mlps/grade/" in page
    url = reverse("compliance-record", args=[site.pk, "grade"])
    file = SimpleUploadedFile("备案证明.pdf", b"%PDF-1.4 proof")
    end = timezone.localdate() + timedelta(days=12)
    data = {"state": "held", "number": "4401", "grade": "2", "valid_until": end, "file": file}
    page = said(browser.post(url, data, follow=True))
    assert "还有 12 天到期" in page
    assert "备案证明.pdf" in page
    proof = browser.get(reverse("compliance-file", args=[site.pk, "grade"]))
    assert body(proof) == b"%PDF-1.4 proof"
    bad = browser.post(url, {"state": "held", "number": "token=abc12345"})
    assert bad.status_code == 422
    assert "系统不存任何口令" in said(bad)
    assert browser.get(reverse("compliance-record", args=[site.pk, "contract"])).status_code == 404
    assert browser.get(reverse("compliance-record", args=[site.pk, "app-user"])).status_code == 404
    panel = said(browser.get(reverse("outlet", args=[site.pk])))
    assert "合规档案" in panel
    assert "还有 12 天到期" in panel
    assert "临近到期" in said(browser.get(reverse("home"))) or "30 天" in panel


def test_the_list_finds_outlets_by_one_proof(school, account, site, signed_in):
    today = timezone.localdate()
    scene.held(school, site, until=today - timedelta(days=1))
    scene.lacking(school, site)
    browser = signed_in(school.liang)

    def total(**query):
        return (
            said(browser.get(reverse("compliance-list"), query))
            .split("符合条件 <b>")[1]
            .split("<")[0]
        )

    assert total() == "2"
    assert total(kind="grade") == "1"
    assert total(kind="grade", standing="ended") == "1"
    assert total(kind="grade", standing="unknown") == "0"
    assert total(kind="icp", standing="unknown") == "1"
    assert total(standing="lacking") == "1"
    assert total(standing="unknown") == "2"
    assert total(kind="certificate", standing="valid") == "0"
    assert total(q="没有的") == "0"
    export = browser.post(reverse("compliance-export"), {"kind": "police"})
    sheet = openpyxl.load_workbook(BytesIO(body(export))).active
    assert sheet.max_row == 7
    assert Entry.objects.filter(act="compliance.export").exists()


def test_a_login_shows_its_number_once_and_writes_it_down(school, account, signed_in):
    browser = signed_in(school.he)
    url = reverse("custody-new", args=[account.pk])
    data = {
        "what": "公众号管理员", "holder": school.he.pk, "factor": "unknown",
        "recovery_name": "郑国强", "recovery_phone": PHONE,
    }  # fmt: skip
    refused = browser.post(url, data | {"note": "pwd: hyxy2026"})
    assert (refused.status_code, Custody.objects.count()) == (422, 0)
    page = said(browser.post(url, data, follow=True))
    custody = Custody.objects.get()
    assert PHONE not in page
    assert "139****0077" in page
    assert "轮换日期未知" in page
    assert PHONE not in said(browser.get(reverse("custody-edit", args=[custody.pk])))
    browser.post(reverse("custody-edit", args=[custody.pk]), data | {"recovery_phone": ""})
    shown = said(browser.post(reverse("custody-show", args=[custody.pk])))
    assert PHONE in shown
    assert Entry.objects.filter(act="custody.show").count() == 1
    assert PHONE not in str(list(Entry.objects.values_list("detail", "target_name")))
    later = timezone.localdate() + timedelta(days=3)
    late = browser.post(reverse("custody-rotate", args=[custody.pk]), {"on": later.isoformat()})
    assert late.status_code == 422
    browser.post(reverse("custody-rotate", args=[custody.pk]), {"on": "今天"})
    custody.refresh_from_db()
    assert custody.rotated_on == timezone.localdate()
    export = browser.post(reverse("custody-export"))
    assert PHONE.encode() not in body(export)
    auditor = signed_in(school.shen)
    assert auditor.post(reverse("custody-show", args=[custody.pk])).status_code == 403
    assert auditor.get(reverse("custody", args=[custody.pk])).status_code == 200


def test_a_device_is_registered_checked_and_retired_on_its_pages(school, signed_in):
    browser = signed_in(school.he)
    url = f"{reverse('device-new')}?unit={school.maths.pk}"
    data = {"asset_number": "HY-7", "name": "平板", "kind": "tablet", "purpose": "审核"}
    assert browser.post(url, data).status_code == 422
    browser.post(url, data | {"custodian_name": "外聘李四"})
    device = Device.objects.get()
    check = reverse("device-check", args=[device.pk])
    assert browser.post(check, {"on": "今天"}).status_code == 422
    ticks = {f"q-{key}": "yes" for key in CHECKLIST} | {"on": "今天"}
    page = said(browser.post(check, ticks | {"q-patched": "unknown"}, follow=True))
    assert "有未查明项" in page
    retire = reverse("device-retire", args=[device.pk])
    assert browser.post(retire, {"reason": ""}).status_code == 422
    browser.post(retire, {"reason": "退库"})
    device.refresh_from_db()
    assert device.status == "retired"
    assert "平板" in said(browser.get(reverse("device-list"), {"view": "retired"}))
    assert signed_in(school.su).get(reverse("device", args=[device.pk])).status_code == 404
    assert signed_in(school.bao).get(reverse("device", args=[device.pk])).status_code == 200
    assert signed_in(school.admin).get(reverse("device-list")).status_code == 404


def test_a_list_of_devices_comes_in_by_its_page(school, signed_in):
    browser = signed_in(school.he)
    content = scene.a_list(
        ("HY-1", "联想", "台式机", "", "何嘉敏", ""), ("", "没编号", "", "", "何", "")
    )
    file = SimpleUploadedFile("设备.xlsx", content)
    page = browser.post(
        reverse("devices-upload"), {"file": file, "unit": school.maths.pk}, follow=True
    )
    intake = DeviceIntake.objects.get()
    text = said(page)
    assert "导入 1 台" in text
    assert "「资产编号」没有填" in text
    digest = text.split('name="digest" value="')[1].split('"')[0]
    others = signed_in(school.liang).get(reverse("devices-intake", args=[intake.pk]))
    assert others.status_code == 404
    done = browser.post(reverse("devices-apply", args=[intake.pk]), {"digest": digest}, follow=True)
    assert "新增 1 台" in said(done)
    wrong = SimpleUploadedFile("坏.xlsx", b"nothing")
    answer = browser.post(reverse("devices-upload"), {"file": wrong, "unit": school.maths.pk})
    assert answer.status_code == 422


def test_the_department_sets_days_and_others_do_not(school, signed_in):
    url, to = reverse("compliance-settings"), reverse("compliance-terms-set")
    days = {"first": 60, "second": 20, "third": 5, "rotation": 30, "check": 90}
    browser = signed_in(school.liang)
    assert browser.post(to, days).status_code == 302
    assert 'value="60"' in said(browser.get(url))
    assert "一次比一次少" in said(browser.post(to, days | {"third": 50}))
    assert signed_in(school.he).get(url).status_code == 403


def test_with_many_rows_a_list_needs_few_queries(school, account, signed_in):
    first = Outlet.objects.get(pk=account.pk)
    many = [
        Outlet(
            number=f"T{n}", name=f"号{n}", pinyin_key=f"hao{n}", platform="website", is_exempt=True,
            status="in_use", unit=first.unit, unit_path=first.unit_path, changed_at=first.changed_at,
        )
        for n in range(120)
    ]  # fmt: skip
    Outlet.objects.bulk_create(many)
    holder = User.objects.get(pk=school.he.pk)
    Custody.objects.bulk_create(
        Custody(outlet=one, what="后台", holder=holder, holder_name=holder.name, added_at=now())
        for one in many
    )
    Device.objects.bulk_create(
        Device(
            asset_number=f"A{n}", name="机", unit=first.unit, unit_path=first.unit_path,
            custodian_name="何", purpose="审核", check_due_on=date(2026, 1, 1), added_at=now(),
        )
        for n in range(120)
    )  # fmt: skip
    kind = ItemKind.ICP
    facts = actions.ItemFacts("held", valid_until=date(2026, 1, 1))
    for one in many[:3]:
        actions.record_item(one, kind, facts, by=school.he, at=now())
    browser = signed_in(school.liang)
    for name in ("compliance-list", "device-list", "custody-list"):
        browser.get(reverse(name))
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(reverse(name), {"page": 2}).status_code == 200
        assert len(queries) <= 12, name
    with CaptureQueriesContext(connection) as queries:
        browser.get(reverse("compliance-list"), {"standing": "ended"})
    assert len(queries) <= 12
