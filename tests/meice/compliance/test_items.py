"""The compliance file: what is asked of whom, what is said of it, what the probe adds."""

from datetime import date

import pytest
from tests.meice.compliance import scene
from tests.meice.compliance.scene import MONDAY, TODAY, days

from meice.compliance import actions, policies
from meice.compliance.models import ComplianceItem, ItemKind, Standing
from meice.compliance.models.shown import asked_of, gap_words, lines_of
from meice.inspections.models import Finding, Metric, Observation
from meice.kernel.access import Refused
from meice.registry.models import Outlet

SITE = {"grade", "icp", "police", "domain", "certificate", "review"}
NEAR = 30


def lines(outlet, today=TODAY):
    items = {item.kind: item for item in ComplianceItem.objects.filter(outlet=outlet)}
    return {line.kind.value: line for line in lines_of(outlet, items, today, NEAR)}


@pytest.mark.parametrize(
    ("platform", "outsourced", "asked"),
    [
        ("website", False, SITE),
        ("website", None, SITE | {"contract"}),
        ("wechat", False, {"review"}),
        ("wechat", True, {"review", "contract"}),
        ("app", False, {"grade", "icp", "police", "app-provider", "app-user", "review"}),
    ],
)
def test_what_is_asked_of_each_kind_of_outlet(platform, outsourced, asked):
    outlet = Outlet(platform=platform, outsourced=outsourced)
    assert {kind.value for kind in asked_of(outlet)} == asked


@pytest.mark.parametrize(
    ("state", "until", "permanent", "standing"),
    [
        ("held", None, True, Standing.VALID),
        ("held", date(2027, 11, 23), False, Standing.VALID),
        ("held", date(2026, 12, 24), False, Standing.VALID),
        ("held", date(2026, 12, 23), False, Standing.ENDING),
        ("held", TODAY, False, Standing.ENDING),
        ("held", date(2026, 11, 22), False, Standing.ENDED),
        ("lacking", None, False, Standing.LACKING),
        ("unknown", None, False, Standing.UNKNOWN),
        ("exempt", None, False, Standing.EXEMPT),
    ],
)
def test_what_a_proof_is_worth_today(state, until, permanent, standing):
    item = ComplianceItem(state=state, valid_until=until, is_permanent=permanent)
    assert item.standing(TODAY, NEAR) is standing


def test_what_nobody_has_said_is_unknown_and_a_gap(school, site):
    file = scene.a_file(school)
    facts = actions.ItemFacts("held", number="1", grade="2", valid_until=date(2027, 1, 1))
    item = actions.record_item(site, ItemKind.GRADE, facts, by=school.he, at=MONDAY, file=file)
    scene.lacking(school, site)
    found = lines(site)
    assert found["icp"].standing is Standing.UNKNOWN
    assert found["icp"].is_gap
    assert found["grade"].standing is Standing.VALID
    assert gap_words(found.values()) == "缺 1，未知 4"
    assert item.events.get().by_name == "何嘉敏"
    again = actions.ItemFacts("lacking", number="不留", note="证书丢失")
    item = actions.record_item(site, ItemKind.GRADE, again, by=school.he, at=days(1))
    assert (item.number, item.grade, item.file, item.valid_until) == ("", "", None, None)


@pytest.mark.parametrize(
    ("kind", "facts", "why"),
    [
        ("app-user", {"state": "held"}, "不需要"),
        ("icp", {"state": "exempt"}, "理由"),
        ("icp", {"state": "held", "is_permanent": True, "valid_until": TODAY}, "长期有效"),
        ("icp", {"state": "held", "note": "后台密码：hyxy2026"}, "口令"),
        ("icp", {"state": "well"}, "状态"),
    ],
)
def test_what_is_refused_and_why(school, site, kind, facts, why):
    with pytest.raises(Refused, match=why):
        actions.record_item(
            site, ItemKind(kind), actions.ItemFacts(**facts), by=school.he, at=MONDAY
        )


def test_who_may_record_what(school, account, site):
    may = {
        name: (
            bool(policies.may_record_item(getattr(school, name), account)),
            bool(policies.may_record_item(getattr(school, name), site)),
        )
        for name in ("he", "zheng", "zhou", "liang", "bao", "su", "shen", "admin")
    }
    yes, no = (True, True), (False, False)
    assert may == {
        "he": yes, "zheng": yes, "zhou": no, "liang": yes, "bao": (False, True), "su": no,
        "shen": no, "admin": no,
    }  # fmt: skip


def observed(site, day, at, *, known=True):
    return Observation.objects.create(
        outlet=site, unit=site.unit, unit_path=site.unit_path, is_site=True,
        metric=Metric.CERTIFICATE, source="probe", day=day, is_known=known, at=at,
    )  # fmt: skip


def test_the_probe_tells_when_a_certificate_ends(school, site):
    observed(site, date(2026, 12, 1), days(-3))
    observed(site, None, days(-1), known=False)
    assert actions.observe_certificates(MONDAY) == 1
    assert actions.observe_certificates(MONDAY) == 0
    found = lines(site)["certificate"]
    assert (found.standing, found.left, found.item.seen_at) == (Standing.ENDING, 8, days(-3))
    assert not found.item.is_old(MONDAY)
    assert found.item.is_old(days(20))
    scene.held(school, site, "certificate", until=date(2027, 12, 1))
    assert actions.observe_certificates(MONDAY) == 0
    observed(site, date(2027, 12, 2), days(2))
    assert actions.observe_certificates(days(2)) == 1
    assert lines(site)["certificate"].item.valid_until == date(2027, 12, 2)


def test_gaps_become_claims_and_unknown_never_does(school, account, site):
    scene.lacking(school, site)
    scene.held(school, site, until=date(2026, 11, 1))
    actions.record_item(site, ItemKind.ICP, actions.ItemFacts("unknown"), by=school.he, at=MONDAY)
    assert actions.claim_gaps(MONDAY) == 2
    assert actions.claim_gaps(days(1)) == 0
    claims = Finding.objects.filter(origin="compliance")
    assert {claim.code for claim in claims} == {"compliance-police", "compliance-grade"}
    assert {claim.status for claim in claims} == {"found"}
    assert all(claim.decided_by is None for claim in claims)
    scene.held(school, site, "police", until=None, is_permanent=True)
    for day in (2, 3):
        actions.claim_gaps(days(day))
    assert Finding.objects.get(code="compliance-police").status == "lapsed"
    assert Finding.objects.get(code="compliance-grade").status == "found"
