"""Does it come back? Simulated clocks from the end of a docket to its last re-check."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone
from tests.meice.impersonations import scene
from tests.meice.impersonations.leads import a_lead
from tests.meice.impersonations.scene import MONDAY, days

from meice.impersonations import actions
from meice.impersonations.models import Impersonation
from meice.notices.models import Notice

pytestmark = pytest.mark.django_db
SEPTEMBER = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
"""Before 中秋 and 国庆: twenty working days are counted over both, and over the two 调休 days."""


def reminders(person):
    """What she was reminded of, in order."""
    rows = Notice.objects.filter(user=person, kind="reminder").order_by("pk")
    return list(rows.values_list("text", flat=True))


def test_a_hundred_days_of_clocks_remind_of_each_recheck_once(school):
    docket = scene.watched(school, at=SEPTEMBER)
    looked = []
    for number in range(1, 101):
        at = days(number, SEPTEMBER)
        told = actions.remind_due(at)
        assert actions.remind_due(at) == 0
        if told:
            looked.append(timezone.localdate(at))
            docket = actions.recheck_docket(
                docket, found="gone", note="搜过", by=school.liang, at=at
            )
    assert looked == [date(2026, 9, 29), date(2026, 11, 2), date(2026, 11, 30)]
    assert (docket.status, docket.check_on, docket.checks_left) == ("closed", None, 0)
    assert len(reminders(school.huang)) == len(looked)


def test_what_nobody_looks_at_stays_late_and_is_told_once(school):
    docket = scene.watched(school)
    assert sum(actions.remind_due(days(number)) for number in range(1, 60)) == 1
    assert scene.fresh(docket).is_late(date(2026, 12, 22))
    assert docket in Impersonation.objects.late(date(2026, 12, 22))
    assert docket in Impersonation.objects.mine(school.liang, date(2026, 12, 21))
    assert docket not in Impersonation.objects.mine(school.liang, date(2026, 12, 20))


def test_the_reminder_points_to_names_that_are_alike(school):
    docket = scene.watched(school)
    a_lead(school, "华园大学表白墙2026", "bbq2026", at=days(10))
    a_lead(school, "华园大学食堂", "st", at=days(10))
    actions.remind_due(days(28))
    (text,) = reminders(school.huang)
    assert str(docket) in text
    assert "结案后看到 1 个相似名称" in text
    assert scene.fresh(docket).status == "watched"  # the machine decides nothing


def test_a_chain_of_names_stays_linked_to_the_first(school):
    first = scene.watched(school)
    second = actions.recheck_docket(
        first, found="back", note="换名", by=school.liang, at=days(28),
        comeback=actions.Comeback(name="华园大学万能墙", account_id="wnq"),
    )  # fmt: skip
    assert actions.remind_due(days(29)) == 0
    assert (second.follows, second.due_on) == (first, date(2026, 12, 24))
    assert "此前以“华園大学表白墙”出现" in second.facts
    assert scene.fresh(first).number in second.facts
    actions.accept_docket(second, by=school.huang, at=days(29))
    judged = Impersonation.objects.get(pk=second.pk)
    assert judged.status == "judging"
    assert judged.reported_at > MONDAY
