"""The two pages for anybody: closed until the department opens them, and hard to abuse."""

import logging
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.meice.impersonations import scene

from meice.audit.models import Entry
from meice.evidence.models import Evidence
from meice.files.models import StoredFile
from meice.impersonations import actions
from meice.impersonations.actions import intake
from meice.impersonations.actions.settings import set_setting
from meice.impersonations.models import Impersonation, Report
from meice.impersonations.workflow import SettingName
from meice.kernel.access import Refused
from meice.kernel.clock import now
from meice.web.public_forms import PACE, TooMany, opened_token

pytestmark = pytest.mark.django_db
REPORT, STATE, LIST = "fake-report", "fake-state", "fake-list"


def opened(school, *switches):
    for switch in switches or (SettingName.PUBLIC_REPORT, SettingName.PUBLIC_LIST):
        set_setting(switch, 1, by=school.liang)


def typed(**given):
    """The form as a stranger sends it half a minute after she opened it."""
    return {
        "platform": "wechat", "name": "华园大学新生群", "account_id": "g1", "guise": "freshmen",
        "facts": "收学费", "reporter": "家长", "contact": "13800000066", "homepage": "",
        "key": str(uuid4()), "opened": opened_token(now() - timedelta(seconds=30)), **given,
    }  # fmt: skip


@pytest.mark.parametrize("name", [REPORT, STATE, LIST])
def test_the_pages_are_not_there_until_they_are_opened(school, client, name):
    assert client.get(reverse(name)).status_code == 404
    opened(school)
    assert client.get(reverse(name)).status_code == 200


def receipt_in(answer):
    """Number and secret, as the page shows them."""
    text = answer.content.decode()
    assert answer.status_code == 200
    return {
        "number": re.search(r"回执号</dt><dd[^>]*>([-\w]+)", text)[1],
        "secret": re.search(r"查询码</dt><dd[^>]*>(\w+)", text)[1],
    }


def test_a_stranger_reports_and_takes_home_a_receipt(school, client, caplog):
    caplog.set_level(logging.DEBUG)
    opened(school)
    proof = SimpleUploadedFile("a.png", scene.PNG)
    receipt = receipt_in(client.post(reverse(REPORT), typed(proofs=[proof])))
    docket = Impersonation.objects.get()
    (report,) = docket.reports.all()
    assert (docket.source, docket.unit) == ("public", school.university)
    assert (report.contact, report.receipt) == ("13800000066", receipt["number"])
    assert "127.0.0.1" not in report.sender
    assert receipt["secret"] not in str(report.__dict__)
    assert Evidence.objects.of(docket.case).get().by_name == "系统"
    kept = [line.getMessage() for line in caplog.records if line.name != "django.db.backends"]
    kept += [str(entry.detail) for entry in Entry.objects.all()]
    assert not [line for line in kept if "13800000066" in line or receipt["secret"] in line]


def test_the_receipt_tells_the_state_and_nothing_else(school, client):
    opened(school)
    receipt = receipt_in(client.post(reverse(REPORT), typed()))
    other = receipt_in(client.post(reverse(REPORT), typed(account_id="other")))
    text = client.post(reverse(STATE), receipt).content.decode()
    assert "已收到，等人核实" in text
    assert "新生群" not in text
    docket = Impersonation.objects.get(account_id="g1")
    actions.accept_docket(docket, by=school.liang, at=now())
    actions.dismiss_docket(scene.fresh(docket), reason="是社团", by=school.liang, at=now())
    spelled = {
        "number": receipt["number"].lower(),
        "secret": f" {receipt['secret'][:4]} {receipt['secret'][4:]}",
    }
    text = client.post(reverse(STATE), spelled).content.decode()
    assert "没有认定为假冒" in text
    assert "社团" not in text
    for wrong in (receipt | {"secret": other["secret"]}, receipt | {"number": "JM-X"}):
        refused = client.post(reverse(STATE), wrong)
        assert refused.status_code == 422
        assert "没有这个回执，或查询码不对" in refused.content.decode()


def test_a_receipt_is_not_guessed(school):
    opened(school)
    for _ in range(intake.LOOK_UPS.per_address):
        with pytest.raises(Refused, match="没有这个回执"):
            actions.look_up("JM-23456789", "A" * 12, sender="a", at=scene.MONDAY)
    guess = {"number": "JM-23456789", "secret": "A" * 12}
    with pytest.raises(TooMany):
        actions.look_up(**guess, sender="a", at=scene.MONDAY)
    with pytest.raises(Refused, match="没有这个回执"):
        actions.look_up(**guess, sender="b", at=scene.MONDAY)


def test_which_machine_sent_it_is_forgotten_after_a_day(school):
    opened(school)
    actions.report_publicly(scene.said(), stranger=actions.Stranger("a"), at=scene.MONDAY)
    assert actions.forget_senders(scene.days(0)) == 0
    assert actions.forget_senders(scene.days(2)) == 1
    assert Report.objects.get(source="public").sender == ""


def test_a_form_sent_twice_is_one_report_and_a_second_report_joins(school, client):
    opened(school)
    form = typed()
    proofs = [SimpleUploadedFile("a.png", scene.PNG) for _ in range(2)]
    first = receipt_in(client.post(reverse(REPORT), form | {"proofs": proofs[:1]}))
    assert receipt_in(client.post(reverse(REPORT), form | {"proofs": proofs[1:]})) == first
    assert (Report.objects.count(), Evidence.objects.count()) == (1, 1)
    assert receipt_in(client.post(reverse(REPORT), typed())) != first
    assert (Impersonation.objects.count(), Report.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"homepage": "https://spam.example/"}, "留给机器人"),
        ({"opened": "x"}, "页面打开太久"),
        ({"account_id": ""}, "至少给一样"),
        ({"proofs": [SimpleUploadedFile("a.png", b"MZ")]}, "不是图片"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(school, client, wrong, word):
    opened(school)
    response = client.post(reverse(REPORT), typed() | wrong)
    text = response.content.decode()
    assert response.status_code == 422
    assert word in text
    assert "收学费" in text
    assert not Impersonation.objects.exists()


def test_a_network_sends_five_an_hour_and_no_file_is_kept_of_the_sixth(school):
    opened(school)
    for number in range(PACE.per_address):
        client = Client(REMOTE_ADDR="198.51.100.7")
        assert client.post(reverse(REPORT), typed(account_id=f"n{number}")).status_code == 200
    kept = StoredFile.objects.count()
    proof = SimpleUploadedFile("a.png", scene.PNG)
    late = client.post(reverse(REPORT), typed(account_id="n9", proofs=[proof]))
    assert late.status_code == 429
    assert "请过一小时再来" in late.content.decode()
    assert "收学费" in late.content.decode()
    assert StoredFile.objects.count() == kept
    other = Client(REMOTE_ADDR="198.51.100.8")
    assert other.post(reverse(REPORT), typed(account_id="n9")).status_code == 200


def test_all_together_send_a_hundred_an_hour(school):
    opened(school)
    docket = scene.reported(school)
    at = now()
    Report.objects.bulk_create(
        Report(impersonation=docket, source="public", text="x", sender=str(n), reported_at=at)
        for n in range(PACE.in_all)
    )
    stranger = actions.Stranger("somebody else")
    with pytest.raises(TooMany, match="人太多"):
        actions.report_publicly(scene.said(account_id="z"), stranger=stranger, at=at)
    later = at + timedelta(minutes=61)
    assert actions.report_publicly(scene.said(account_id="z"), stranger=stranger, at=later).number


def test_the_token_of_the_form_is_asked_for(school):
    opened(school)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse(REPORT), typed()).status_code == 403


def test_a_large_request_is_not_read(school, client):
    opened(school)
    proof = SimpleUploadedFile("a.png", scene.PNG + b"0" * 17 * 1024 * 1024)
    assert client.post(reverse(REPORT), typed(proofs=[proof])).status_code == 413


def test_the_list_names_only_what_the_department_has_published(school, client):
    opened(school)
    shown = scene.confirmed(
        school, scene.said(contact_phone="13800000066", url="https://f.example/")
    )
    scene.confirmed(school, scene.said(name="没有公布的", account_id="b"))
    scene.reported(school, scene.said(name="没有认定的", account_id="c"))
    assert "华園大学表白墙" not in client.get(reverse(LIST)).content.decode()
    actions.publish_docket(shown, by=school.liang, at=scene.MONDAY)
    text = client.get(reverse(LIST)).content.decode()
    assert "华園大学表白墙" in text
    assert "hydx_bbq" in text
    hidden = ("没有公布的", "没有认定的", "何嘉敏", "13800000066", "自称学校官方", "f.example")
    assert [word for word in hidden if word in text] == []
    actions.unpublish_docket(scene.fresh(shown), by=school.liang, at=scene.MONDAY)
    assert "华園大学表白墙" not in client.get(reverse(LIST)).content.decode()
