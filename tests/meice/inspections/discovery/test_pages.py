"""The pages of leads."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.base_states import base_state
from tests.meice.registry.scene import MONDAY

from meice.inspections.actions import leads as deeds
from meice.inspections.models import Lead, LeadStatus, SeenIn

pytestmark = pytest.mark.django_db
HOSTILE = "<img src=x onerror=alert(1)>"


@base_state
def seen(school):
    table = f"平台,名称,账号ID\n微博,{HOSTILE},w1\n微信公众号,华园大学表白墙,wall\n"
    deeds.upload_list(
        table.encode(), seen_in=SeenIn.SEARCH, name="a.csv", unit=school.university,
        by=school.bao, at=MONDAY,
    )  # fmt: skip
    return Lead.objects.get(identifier="wall")


def test_leads_are_for_the_department_and_units_get_nothing(seen, school, signed_in):
    page = signed_in(school.liang).get(reverse("lead-list")).content.decode()
    assert "华园大学表白墙" in page
    assert HOSTILE not in page
    assert signed_in(school.he).get(reverse("lead-list")).status_code == 403
    assert signed_in(school.he).get(reverse("lead", args=[seen.pk])).status_code == 404
    assert signed_in(school.he).post(reverse("lead-adopt", args=[seen.pk])).status_code == 404


def test_the_list_filters_and_stays_within_few_queries(
    seen, school, signed_in, django_assert_max_num_queries
):
    browser = signed_in(school.liang)
    browser.get(reverse("lead-list"))
    with django_assert_max_num_queries(12):
        page = browser.get(reverse("lead-list"), {"only": "likeness"}).content.decode()
    assert "表白墙" in page
    assert "没有符合条件" in browser.get(reverse("lead-list"), {"q": "无此"}).content.decode()


def test_a_term_of_many_digits_stays_out_of_the_address(seen, school, signed_in):
    browser = signed_in(school.liang)
    assert browser.post(reverse("lead-list"), {"q": "13800000001"}).status_code == 200
    answer = browser.post(reverse("lead-list"), {"q": "表白墙"})
    assert answer.status_code == 302


def test_the_department_judges_with_a_reason_and_may_think_again(seen, school, signed_in):
    browser = signed_in(school.liang)
    address = reverse("lead", args=[seen.pk])
    assert browser.post(address + "suspect/", {"note": ""}).status_code == 403
    assert browser.post(address + "suspect/", {"note": "学生自建"}).status_code == 302
    seen.refresh_from_db()
    assert seen.status == LeadStatus.SUSPECT
    assert "学生自建" in browser.get(address).content.decode()
    assert browser.post(address + "rethink/", {"note": "再看"}).status_code == 302
    given = {"unit": school.maths.pk, "note": "学院的"}
    assert browser.post(address + "adopt/", given).status_code == 302
    seen.refresh_from_db()
    assert (seen.status, seen.unit) == (LeadStatus.OURS, school.maths)
    assert browser.post(address + "disown/", {"note": "x"}).status_code == 403


def test_security_people_upload_and_see_what_came_of_it(school, signed_in):
    browser = signed_in(school.bao)
    file = SimpleUploadedFile("hosts.txt", b"old.huayuan.edu.cn 192.0.2.9\n")
    answer = browser.post(reverse("lead-upload"), {"seen_in": "servers", "file": file}, follow=True)
    assert "读到 1 个" in answer.content.decode()
    bad = SimpleUploadedFile("zone.txt", b"(((")
    refused = browser.post(reverse("lead-upload"), {"seen_in": "zone", "file": bad})
    assert refused.status_code == 422
    assert "区文件" in refused.content.decode()
