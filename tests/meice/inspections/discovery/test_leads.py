"""Leads: compared with the register, judged by a person, found again when they leave it."""

from datetime import timedelta

import pytest
from tests.meice.registry.scene import MONDAY

from meice.audit.models import Entry
from meice.inspections.actions import leads as deeds
from meice.inspections.models import Finding, Lead, LeadStatus, SeenIn
from meice.kernel.access import Refused

pytestmark = pytest.mark.django_db
SERVERS = "域名,IP\nmaths.huayuan.edu.cn,192.0.2.5\nold.huayuan.edu.cn,198.51.100.9\n"


@pytest.fixture(autouse=True)
def campus(settings):
    from meice.engines.gate import Policy

    settings.CAMPUS_DOMAINS = ("huayuan.edu.cn",)
    settings.PROBE_POLICY = Policy.from_settings({"MEICE_CAMPUS_NETWORKS": "192.0.2.0/24"})


def uploaded(school, text=SERVERS, seen_in=SeenIn.SERVERS, at=MONDAY, by=None):
    return deeds.upload_list(
        text.encode(), seen_in=seen_in, name="清单.csv", unit=school.university,
        by=by or school.bao, at=at,
    )  # fmt: skip


def test_what_is_registered_is_known_and_the_rest_waits_for_a_person(school, site):
    upload = uploaded(school)
    assert (upload.found, upload.fresh) == (2, 1)
    known, old = Lead.objects.order_by("identifier")
    assert (known.status, known.outlet) == (LeadStatus.KNOWN, site)
    assert (old.status, old.off_campus) == (LeadStatus.SEEN, "校外地址、学校域名")


def test_a_lead_seen_again_is_the_same_lead_and_a_verdict_stands(school, site):
    uploaded(school)
    old = Lead.objects.get(identifier="old.huayuan.edu.cn")
    deeds.disown_lead(old, note="校办企业自用", by=school.liang, at=MONDAY)
    uploaded(school, at=MONDAY + timedelta(days=1))
    old.refresh_from_db()
    assert (old.status, old.seen_count) == (LeadStatus.FOREIGN, 2)


def test_adopting_gives_the_unit_a_finding_to_be_confirmed(school, site):
    uploaded(school)
    old = Lead.objects.get(identifier="old.huayuan.edu.cn")
    deeds.adopt_lead(old, unit=school.maths, note="旧站", by=school.liang, at=MONDAY)
    finding = Finding.objects.get()
    assert (finding.unit, finding.origin, finding.decided_by) == (school.maths, "discovery", None)
    assert Entry.objects.filter(act="lead.adopt").exists()


def test_security_people_upload_and_do_not_judge(school, site):
    uploaded(school)
    old = Lead.objects.get(identifier="old.huayuan.edu.cn")
    with pytest.raises(Refused, match="宣传部"):
        deeds.disown_lead(old, note="x", by=school.bao, at=MONDAY)
    with pytest.raises(Refused):
        uploaded(school, by=school.he)
    assert not Lead.objects.visible_to(school.he).exists()


def test_a_verdict_wants_its_reason(school, site):
    uploaded(school)
    with pytest.raises(Refused, match="理由"):
        deeds.suspect_lead(Lead.objects.last(), note=" ", by=school.liang, at=MONDAY)


def test_names_that_imitate_ours_say_how(school):
    table = (
        "平台,名称,账号ID\n微信公众号,华园大学表白墙,hy_wall\n抖音,華园大学招生办,dy1\n"
        "微博,青山中学,wb1\n"
    )
    uploaded(school, table, SeenIn.SEARCH)
    said = dict(Lead.objects.values_list("name", "likeness"))
    assert "表白墙" in said["华园大学表白墙"]
    assert "形近" in said["華园大学招生办"]
    assert said["青山中学"] == ""


def test_a_bad_file_is_refused_whole(school):
    with pytest.raises(Refused, match="区文件"):
        uploaded(school, "(((", SeenIn.ZONE)
    assert not Lead.objects.exists()
