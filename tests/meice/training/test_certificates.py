"""Certificates and their ladder: by a simulated clock, none twice, none skipped without need."""

from datetime import date, timedelta

import pytest
from tests.meice.training import scene
from tests.meice.training.scene import MONDAY, TODAY, days

from meice.audit.models import Entry
from meice.kernel.access import Refused
from meice.notices.models import Notice
from meice.orgs.models import Post
from meice.training import actions
from meice.training.models import Certificate, CertificateReminder


def told(person):
    return list(Notice.objects.filter(user=person).order_by("pk").values_list("text", flat=True))


def test_each_rung_speaks_once_to_the_holder_and_her_unit(school):
    scene.a_certificate(school, school.zhou, valid_until=TODAY + timedelta(days=60))
    spoken = []
    for day in (0, 29, 30, 31, 52, 53, 54, 59, 60, 61, 90):
        before = CertificateReminder.objects.count()
        actions.remind_certificates(days(day))
        actions.remind_certificates(days(day) + timedelta(hours=3))
        spoken += [day] * (CertificateReminder.objects.count() - before)
    assert spoken == [30, 53, 60]
    assert told(school.zhou) == [
        "周启明的培训证书「网络安全合格证」还有 30 天到期",
        "周启明的培训证书「网络安全合格证」还有 7 天到期",
        "周启明的培训证书「网络安全合格证」今天到期",
    ]
    assert len(told(school.he)) == 3
    assert told(school.su) == told(school.zheng) == []
    assert Entry.objects.filter(act="certificate.remind").count() == 3


def test_after_an_outage_only_the_nearest_rung_speaks(school):
    scene.a_certificate(school, valid_until=TODAY + timedelta(days=60))
    assert actions.remind_certificates(days(56)) == 1
    assert [row.rung for row in CertificateReminder.objects.all()] == [7]


def test_mornings_are_quiet_and_what_was_renewed_is_silent(school):
    old = scene.a_certificate(school, valid_until=TODAY)
    assert actions.remind_certificates(MONDAY - timedelta(hours=3)) == 0
    renewed = scene.a_certificate(school, valid_until=TODAY + timedelta(days=400))
    assert actions.remind_certificates(MONDAY) == 0
    actions.drop_certificate(renewed, by=school.he, at=MONDAY)
    assert actions.remind_certificates(MONDAY) == 1
    actions.drop_certificate(old, by=school.he, at=MONDAY)
    with pytest.raises(Refused, match="已经删去"):
        actions.drop_certificate(old, by=school.he, at=MONDAY)
    assert actions.remind_certificates(days(1)) == 0


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"name": " "}, "没有填"),
        ({"issued_on": date(2026, 11, 24)}, "今天以后"),
        ({"valid_until": date(2026, 1, 4)}, "早于发证日期"),
    ],
)
def test_what_is_wrong_with_a_certificate_is_said(school, given, why):
    with pytest.raises(Refused, match=why):
        scene.a_certificate(school, **given)
    assert not Certificate.objects.exists()


def test_a_certificate_is_put_down_by_the_unit_and_seen_where_its_holder_works(school):
    with pytest.raises(Refused, match="登记"):
        scene.a_certificate(school, school.su)
    certificate = scene.a_certificate(school, school.zhou)

    def seen(name):
        return Certificate.objects.visible_to(getattr(school, name)).exists()

    names = ("zhou", "he", "liang", "shen", "su", "bao", "admin")
    assert [seen(name) for name in names] == [True] * 4 + [False] * 3
    Post.objects.create(user=school.zhou, unit=school.arts, role="reviewer")
    assert seen("su")
    Post.objects.filter(user=school.zhou).update(ended_at=MONDAY)
    with pytest.raises(Refused, match="没有岗位"):
        scene.a_certificate(school, school.zhou, by=school.liang)
    assert certificate.state(date(2027, 1, 4)).label == "还有 0 天到期"
    assert certificate.state(date(2027, 1, 5)).label == "过期 1 天"
    assert certificate.state(date(2026, 2, 1)).label == "有效"
