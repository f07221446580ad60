"""Several people at one moment (PostgreSQL): one docket an account, numbers without gap or double."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests.meice.impersonations import scene
from tests.meice.impersonations.scene import MONDAY

from meice.impersonations import actions
from meice.impersonations.actions.settings import set_setting
from meice.impersonations.models import Impersonation, Recheck, Referral, Report
from meice.impersonations.workflow import SettingName
from meice.kernel.access import Refused
from meice.orgs.models import User
from meice.web.public_forms import PACE, TooMany, require_pace

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def needs_postgres(db):
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time on SQLite")


@pytest.fixture
def both(transactional_db):
    return scene.school_with_outlet()


def at_once(*deeds):
    """Each deed in a thread of its own, begun together; a refusal is an answer."""
    gate = Barrier(len(deeds))

    def run(deed):
        gate.wait()
        try:
            return deed()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def refused(results):
    return sum(isinstance(one, Refused) for one in results)


def test_one_account_reported_at_once_has_one_docket(school):
    def deed():
        he = User.objects.get(pk=school.he.pk)
        return actions.report_impersonation(scene.said(), unit=school.maths, by=he, at=MONDAY)

    results = at_once(*[deed] * 4)
    assert refused(results) == 0
    assert sum(one.is_new for one in results) == 1
    assert (Impersonation.objects.count(), Report.objects.count()) == (1, 4)


def test_dockets_confirmed_at_once_are_numbered_without_gap_or_double(school):
    dockets = [scene.judging(school, scene.said(account_id=f"a{n}")) for n in range(4)]

    def confirming(docket):
        liang = User.objects.get(pk=school.liang.pk)
        return lambda: actions.confirm_docket(docket, reason="看过", by=liang, at=MONDAY).number

    numbers = at_once(*[confirming(docket) for docket in dockets])
    assert sorted(numbers) == [f"媒假〔2026〕{n}号" for n in range(1, 5)]


def test_one_of_two_judgements_counts(school):
    docket = scene.judging(school)
    liang, huang = (User.objects.get(pk=one.pk) for one in (school.liang, school.huang))
    results = at_once(
        lambda: actions.confirm_docket(docket, reason="像", by=liang, at=MONDAY),
        lambda: actions.dismiss_docket(docket, reason="不是", by=huang, at=MONDAY),
    )
    assert refused(results) == 1
    assert docket.events.filter(act__in=["confirm", "dismiss"]).count() == 1


def test_one_channel_is_asked_once_and_answers_once(school):
    docket = scene.confirmed(school)

    def refer():
        liang = User.objects.get(pk=school.liang.pk)
        return actions.refer_docket(
            docket, "wechat", sent_on=MONDAY.date(), by=liang, at=MONDAY, note="另交"
        )

    assert refused(at_once(refer, refer, refer)) == 2
    sent = Referral.objects.get()

    def answer(deed):
        liang = User.objects.get(pk=school.liang.pk)
        return lambda: deed(sent, answered_on=MONDAY.date(), answer="答", by=liang, at=MONDAY)

    assert refused(at_once(answer(actions.uphold_referral), answer(actions.reject_referral))) == 1


def test_the_last_recheck_is_made_once(school):
    docket = scene.watched(school)
    Impersonation.objects.filter(pk=docket.pk).update(checks_left=1)

    def deed():
        liang = User.objects.get(pk=school.liang.pk)
        return actions.recheck_docket(docket, found="gone", note="搜过", by=liang, at=MONDAY)

    assert refused(at_once(deed, deed)) == 1
    assert Recheck.objects.count() == 1
    assert scene.fresh(docket).checks_left == 0


def sending(number):
    stranger = actions.Stranger("one network")
    text = scene.said(account_id=f"p{number}")
    return lambda: actions.report_publicly(text, stranger=stranger, at=MONDAY)


def test_the_pace_of_the_public_page_holds_when_many_send_at_once(school):
    set_setting(SettingName.PUBLIC_REPORT, 1, by=school.liang)
    results = at_once(*[sending(number) for number in range(PACE.per_address + 3)])
    assert sum(isinstance(one, TooMany) for one in results) == 3
    assert Report.objects.public().count() == PACE.per_address


def test_control_without_the_door_held_all_see_the_last_free_place(school):
    """The same question asked outside the lock lets everybody in: the lock matters."""
    set_setting(SettingName.PUBLIC_REPORT, 1, by=school.liang)
    for number in range(PACE.per_address - 1):
        sending(number)()
    gate = Barrier(3)

    def naive():
        require_pace(Report.objects.public(), "one network", MONDAY)
        gate.wait()
        return "in"

    assert at_once(naive, naive, naive) == ["in", "in", "in"]
