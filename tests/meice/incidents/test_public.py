"""公开举报: anybody may send it, nobody may flood it, and it tells nothing to strangers."""

import logging
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.meice.incidents import scene
from tests.meice.incidents.scene import MONDAY, minutes

from meice.audit.models import Entry
from meice.evidence.models import Evidence
from meice.incidents import actions
from meice.incidents.actions import terms
from meice.incidents.actions.intake import receipt_of
from meice.incidents.models import Incident, LookUp, PublicReport
from meice.incidents.workflow import TermName
from meice.kernel.access import Refused
from meice.kernel.clock import now
from meice.notices.models import Notice
from meice.web.public_forms import TooMany, opened_token

EVIL = "<script>evil()</script>"
MOBILE = "13912345678"


@pytest.fixture
def opened(school):
    """The form is switched on."""
    terms.set_term(TermName.PUBLIC, 1, by=school.liang)
    return school


def filled(**given):
    """What an honest browser sends."""
    return {
        "kind": "harmful", "title": f"评论区有诈骗{EVIL}", "text": "二维码", "link": "javascript:alert(1)",
        "contact_name": "某同学", "contact_phone": MOBILE, "key": str(uuid4()),
        "opened": opened_token(now() - timedelta(seconds=30)), "homepage": "", **given,
    }  # fmt: skip


def send(browser, **given):
    return browser.post(reverse("report"), filled(**given))


def said(**given):
    return actions.PublicText(**{"kind": "harmful", "title": "有诈骗", "text": "见图", **given})


def test_switched_off_it_says_so_and_takes_nothing(school, client):
    assert "没有开放" in client.get(reverse("report")).content.decode()
    assert "没有开放" in send(client).content.decode()
    with pytest.raises(Refused, match="没有开放"):
        actions.receive_public_report(said(), token=uuid4(), sender="a", at=MONDAY)
    assert not Incident.objects.exists()


def test_a_report_becomes_the_departments_incident_with_a_receipt(opened, client, caplog):
    caplog.set_level(logging.DEBUG)
    picture = SimpleUploadedFile("a.png", scene.PNG)
    answer = send(client, proofs=picture)
    text = answer.content.decode()
    incident = Incident.objects.get()
    report = PublicReport.objects.get()
    assert (incident.source, incident.unit, incident.status) == (
        "public",
        opened.university,
        "open",
    )
    assert report.receipt in text
    assert EVIL not in text
    assert MOBILE not in text
    assert Evidence.objects.of(incident.case).get().by_name == "系统"
    assert Notice.objects.filter(user=opened.liang).exists()
    secret = re.search(r"查询码</dt><dd[^>]*>(\w+)", text)[1]
    assert secret not in report.key_hash
    logged = [r.getMessage() for r in caplog.records if r.name != "django.db.backends"]
    assert not [line for line in logged if MOBILE in line or secret in line]
    assert not [e for e in Entry.objects.all() if MOBILE in str(e.detail)]
    found = client.post(
        reverse("report-state"), {"number": report.receipt.lower(), "secret": secret}
    )
    assert "已收到，等人办理" in found.content.decode()
    for wrong in ({"number": report.receipt, "secret": "X"}, {"number": "JB-X", "secret": secret}):
        refused = client.post(reverse("report-state"), wrong)
        assert refused.status_code == 422
        assert "没有这个回执，或查询码不对" in refused.content.decode()


def test_the_contact_is_masked_until_somebody_who_needs_it_asks(opened, client, signed_in):
    send(client)
    incident = Incident.objects.get()
    for who, shown in (("liang", True), ("shen", False), ("bao", False)):
        browser = signed_in(opened.people[who])
        page = browser.get(incident.get_absolute_url())
        assert MOBILE not in page.content.decode()
        assert EVIL not in page.content.decode()
        assert 'href="javascript' not in page.content.decode()
        answer = browser.post(reverse("incident-contact", args=[incident.pk]))
        assert (MOBILE in answer.content.decode()) is shown, who
    assert Entry.objects.filter(act="incident.contact").count() == 1


def test_sent_twice_it_is_one_report_with_the_same_receipt(opened):
    token = uuid4()
    first = actions.receive_public_report(said(), token=token, sender="a", at=MONDAY)
    again = actions.receive_public_report(said(), token=token, sender="a", at=MONDAY)
    assert first == again == receipt_of(token)
    assert Incident.objects.count() == 1


@pytest.mark.parametrize(
    ("fault", "status"),
    [({"homepage": "x"}, 422), ({"opened": ""}, 422), ({"title": ""}, 422), ({"kind": "leak"}, 422)],
    ids=["trap", "time", "title", "kind"],
)  # fmt: skip
def test_robots_and_slips_are_told_and_nothing_is_kept(opened, client, fault, status):
    assert send(client, **fault).status_code == status
    assert not Incident.objects.exists()


def test_files_are_few_small_and_of_known_kinds(opened, client):
    assert send(client, proofs=SimpleUploadedFile("a.exe", b"MZ" * 99)).status_code == 422
    four = [SimpleUploadedFile(f"{n}.png", scene.PNG) for n in range(4)]
    assert send(client, proofs=four).status_code == 422
    big = {"CONTENT_LENGTH": str(64 * 1024 * 1024)}
    assert client.post(reverse("report"), filled(), **big).status_code == 413
    assert not Evidence.objects.exists()


def test_an_hour_has_room_for_so_many_from_one_address_and_in_all(opened):
    terms.set_term(TermName.PUBLIC_ADDRESS, 2, by=opened.liang)
    terms.set_term(TermName.PUBLIC_ALL, 3, by=opened.liang)

    def report(sender, at):
        actions.receive_public_report(said(), token=uuid4(), sender=sender, at=at)

    report("a", MONDAY)
    report("a", minutes(1))
    with pytest.raises(TooMany, match="这个网络"):
        report("a", minutes(2))
    report("b", minutes(3))
    with pytest.raises(TooMany, match="太多"):
        report("c", minutes(4))
    report("a", minutes(62))
    assert Incident.objects.count() == 4


def test_guessing_secrets_is_counted(opened):
    for _ in range(20):
        with pytest.raises(Refused, match="没有这个回执"):
            actions.look_up("JB-X", "Y", sender="a", at=MONDAY)
    with pytest.raises(TooMany):
        actions.look_up("JB-X", "Y", sender="a", at=MONDAY)


def test_who_sent_it_is_forgotten_after_a_day(opened):
    actions.receive_public_report(said(), token=uuid4(), sender="a", at=MONDAY)
    LookUp.objects.create(sender="a", at=MONDAY)
    assert actions.forget_senders(minutes(60)) == 0
    assert actions.forget_senders(minutes(1500)) == 1
    assert PublicReport.objects.get().sender == ""
    assert not LookUp.objects.exists()


def test_the_form_is_guarded_by_its_token(opened):
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(reverse("report"), filled()).status_code == 403
    assert browser.post(reverse("report-state"), {}).status_code == 403
