"""The whole way through the real engine: a schedule's run looks at a real site on loopback."""

from datetime import datetime, timedelta

import pytest
from tests.meice.inspections.scene import a_schedule, a_site, fresh
from tests.meice.inspections.web import news, website

from meice.engines.gate import Policy
from meice.files.reading import open_file
from meice.inspections import probe
from meice.inspections.actions import reach, runs
from meice.inspections.actions.verdicts import Word, judge_finding
from meice.inspections.models import (
    Attempt,
    EvidenceKind,
    Finding,
    Judgement,
    Metric,
    Observation,
    SiteCheck,
)
from meice.inspections.tasks import look_at_sites, try_sites
from meice.inspections.views.shown import excerpt_of
from meice.kernel.clock import now
from meice.registry.models import Outlet

OLD = ("2021-03-02", "2021-02-11", "2021-01-15", "2020-12-20")


@pytest.fixture
def web(settings):
    """The real server, and the gate open for it alone."""
    with website() as site:
        settings.PROBE_POLICY = Policy(exact=frozenset({("127.0.0.1", site.port)}))
        site.pages["/"] = news(*OLD)
        for number in range(1, 9):
            site.pages[f"/news/{number}.html"] = "<h1>通知</h1><p>各系：会议如期召开。</p>" * 20
        yield site


@pytest.fixture
def outlet(school, web):
    return a_site(school, url=web.url)


def looked(school):
    """One run, from the schedule to its end."""
    schedule = a_schedule(school, rate=999, max_pages=20)
    run = runs.start_run(schedule, by=school.liang, at=now())
    look_at_sites.call(run.pk, 1)
    return fresh(run)


def test_a_stale_site_becomes_a_claim_with_its_proofs(school, outlet):
    run = looked(school)
    check = run.checks.get()
    assert (run.status, check.status, check.verdict) == ("finished", "finished", "problem")
    assert str(check.latest_update) == OLD[0]
    stale = Finding.objects.get(code="stale-home")
    assert (stale.status, stale.unit, stale.site_check) == ("found", school.maths, check)
    assert OLD[0] in stale.evidence_text
    kinds = {proof.kind for proof in stale.evidence.all()}
    assert kinds == {EvidenceKind.SNAPSHOT, EvidenceKind.HEADERS, EvidenceKind.TEXT}


def test_the_proof_is_the_page_as_it_came_under_its_hash(school, outlet, web):
    looked(school)
    stale = Finding.objects.get(code="stale-home")
    snapshot = stale.evidence.get(kind=EvidenceKind.SNAPSHOT)
    with open_file(snapshot.file) as stream:
        assert stream.read().decode() == web.pages["/"]
    excerpt = excerpt_of(stale, list(stale.evidence.select_related("file")))
    assert excerpt is not None
    assert excerpt.hit == OLD[0]


def test_the_history_has_dated_facts(school, outlet):
    looked(school)
    facts = {row.metric: row for row in Observation.objects.of(outlet)}
    assert str(facts[Metric.LATEST_UPDATE].day) == OLD[0]
    assert "05012345" in facts[Metric.ICP].value
    assert facts[Metric.STATE].is_known


def test_dismissed_it_stays_dismissed_on_the_next_run_until_something_changes(school, outlet, web):
    looked(school)
    stale = Finding.objects.get(code="stale-home")
    for person in (school.liang, school.huang):  # 单项否决: two persons
        judge_finding(stale, Judgement.DISMISS, Word("展示页"), by=person, at=now())
    looked(school)
    assert fresh(stale).status == "dismissed"
    assert Finding.objects.filter(code="stale-home").count() == 1
    web.pages["/"] = news("2021-06-09", *OLD)
    looked(school)
    assert fresh(stale).status == "recurred"


def test_a_fresh_page_shows_no_claim(school, outlet, web):
    today = now().date()
    web.pages["/"] = news(*(f"{today - timedelta(days=n):%Y-%m-%d}" for n in range(1, 5)))
    looked(school)
    assert not Finding.objects.filter(code="stale-home").exists()


def test_a_site_that_is_down_is_unknown_and_neither_good_nor_bad(school, web):
    dead = a_site(school, url="http://127.0.0.1:1/")
    looked(school)
    check = SiteCheck.objects.get(outlet=dead)
    assert (check.status, check.verdict) == ("unknown", "unknown")
    assert not Finding.objects.exists()
    assert Observation.objects.get(outlet=dead).is_known is False


def test_an_address_that_was_not_allowed_is_not_asked(school, web, settings):
    settings.PROBE_POLICY = Policy()
    a_site(school, url=web.url)
    looked(school)
    assert web.asked == []
    assert SiteCheck.objects.get().failure == "address-refused"


def test_one_round_of_tries_over_real_sites(school, outlet, web):
    a_schedule(school, watches_reach=True)
    assert try_sites.call() == 1
    assert Attempt.objects.get().opened is True
    Attempt.objects.all().delete()
    web.pages.clear()
    tries = probe.try_sites(reach.watched_sites())
    assert [one.opened for one in tries] == [False]


def test_what_the_look_was_told_of_the_register(school, outlet):
    run = runs.start_run(a_schedule(school), by=school.liang, at=now())
    check = run.checks.select_related("run", "outlet").get()
    options = probe.options_of([check])
    assert options.known[outlet.url].icp == "粤ICP备05012345号"
    assert options.campus.names == ("华园大学",)
    assert isinstance(options.now, datetime)
    assert Outlet.objects.count() == 1
