"""One active outlet per unit and platform: exceptions before, 待整合 by itself, expiry."""

from datetime import date

import pytest
from django.utils import timezone
from tests.meice.registry.scene import MONDAY, REASONS, accepted, entry, opening

from meice.kernel import slots
from meice.kernel.access import Refused
from meice.registry.actions import filings
from meice.registry.actions.drafting import Draft, draft_opening
from meice.registry.actions.exceptions import extend_exception, grant_exception
from meice.registry.actions.outlets import plan_merge
from meice.registry.models import ExceptionGrant, ExceptionKind, Filing, Outlet
from meice.registry.models.cluster import clusters_of

SECOND = {"name": "数信团学", "permanent_id": "gh_cccccccccccc", "account_id": "sx_tx"}


def grant(school, **given):
    values = {"reason": "团学单独发布", "expires_on": date(2027, 6, 30)} | given
    return grant_exception(school.maths, "wechat", by=school.liang, at=MONDAY, **values)


def test_a_second_opening_without_an_exception_is_stopped_by_n7(school, outlet):
    filing = opening(school, **SECOND)
    with pytest.raises(Refused, match="N7"):
        filings.present_filing(filing, by=school.he, at=MONDAY)


def test_a_second_opening_uses_the_exception_granted_before(school, outlet):
    given = grant(school)
    second = accepted(school, opening(school, **SECOND)).outlet
    assert second.exception == given
    assert not ExceptionGrant.objects.free(school.maths, "wechat", MONDAY.date()).exists()


def test_an_exception_that_ran_out_before_acceptance_does_not_help(school, outlet):
    given = grant(school)
    filing = opening(school, **SECOND)
    filings.present_filing(filing, by=school.he, at=MONDAY)
    filings.confirm_filing(filing, by=school.zheng, at=MONDAY)
    ExceptionGrant.objects.filter(pk=given.pk).update(expires_on=date(2026, 11, 1))
    with pytest.raises(Refused, match="第二个须先批准例外"):
        filings.accept_filing(filing, by=school.liang, at=MONDAY)
    assert Filing.objects.get(pk=filing.pk).number is None


def test_an_account_that_a_unit_reports_late_is_to_be_merged(school, outlet):
    draft = Draft(entry(school.maths, **SECOND), name_reasons=REASONS, reports_existing=True)
    second = accepted(school, draft_opening(school.maths, draft, by=school.he, at=MONDAY)).outlet
    assert second.exception.kind == ExceptionKind.TO_MERGE
    assert second.exception.expires_on > MONDAY.date()


def test_sites_are_exempt(school):
    for n in (1, 2):
        site = {
            "name": f"数信网站{n}", "platform": "website", "permanent_id": None,
            "url": f"https://sx{n}.huayuan.edu.cn/", "icp": "粤ICP备00000000号",
        }  # fmt: skip
        assert accepted(school, opening(school, **site)).outlet.is_exempt


def test_an_account_held_by_a_person_in_office_is_exempt(school, outlet):
    held = SECOND | {"holder": "person", "holder_person": "郑国强"}
    assert accepted(school, opening(school, **held)).outlet.exception is None


def test_one_unused_exception_at_a_time(school):
    grant(school)
    with pytest.raises(Refused, match="没有用掉"):
        grant(school)


def test_only_the_department_grants(school):
    with pytest.raises(Refused, match="宣传部"):
        grant_exception(
            school.maths, "wechat", reason="x", expires_on=date(2027, 1, 1), by=school.zheng,
            at=MONDAY,
        )  # fmt: skip


def test_an_expiry_makes_a_to_do_and_an_extension_takes_it_away(school, outlet):
    given = grant(school, expires_on=date(2026, 11, 30))
    accepted(school, opening(school, **SECOND))
    lines = [t.what for s in slots.todos for t in s.find(school.liang, MONDAY)]
    assert "例外到期：数信团学（微信公众号）" in lines
    extend_exception(
        given, reason="延至学期末", expires_on=date(2027, 7, 1), by=school.liang, at=MONDAY
    )
    lines = [t.what for s in slots.todos for t in s.find(school.liang, MONDAY)]
    assert not [line for line in lines if line.startswith("例外到期")]


def test_alike_outlets_stand_in_a_cluster_with_a_plan(school, outlet):
    grant(school)
    second = accepted(school, opening(school, **SECOND)).outlet
    alone = accepted(school, opening(school, name="数信抖音", platform="douyin", permanent_id=None))
    clusters = clusters_of(Outlet.objects.active())
    assert [{o.pk for o in c.outlets} for c in clusters] == [{outlet.pk, second.pk}]
    assert alone.outlet.pk not in {o.pk for c in clusters for o in c.outlets}
    plan = plan_merge(
        outlet, [second], reason="合并", due_on=timezone.localdate(MONDAY), by=school.he, at=MONDAY
    )
    assert plan.items.get().outlet == second
    with pytest.raises(Refused, match="另一个整合方案"):
        plan_merge(
            second, [outlet], reason="反过来", due_on=date(2027, 1, 1), by=school.he, at=MONDAY
        )
