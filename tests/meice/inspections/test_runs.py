"""Runs: begun by the clock or by hand, batch by batch, cut short, gone on with, stopped, ended."""

from datetime import timedelta

import pytest
from tests.base_states import base_state
from tests.meice.inspections.scene import (
    MONDAY,
    TUESDAY,
    a_claim,
    a_schedule,
    a_sighting,
    a_site,
    checks_of,
    fresh,
)

from meice.inspections.actions import checks, runs
from meice.inspections.actions.checks import Hold, Seen
from meice.inspections.models import CheckStatus, Finding, Observation, RunStatus, Verdict
from meice.jobs.models import Job
from meice.kernel.access import Refused
from meice.notices.models import Notice

FINE = Seen(Verdict.OK, pages=3, final_url="https://sx.huayuan.edu.cn/")
STALE = Seen(Verdict.PROBLEM, pages=3, sightings=(a_sighting(),))
BLIND = Seen(Verdict.UNKNOWN, failure="timeout")


@base_state
def many(school):
    return [a_site(school, f"站点{n}", f"https://s{n}.huayuan.edu.cn/") for n in range(26)]


def begun(school, at=MONDAY, **given):
    return runs.start_run(a_schedule(school, **given), by=school.liang, at=at)


def taken(run, at=MONDAY):
    return checks.take_batch(run.pk, now=at)


def seen(check, what=FINE, at=MONDAY):
    hold = Hold(check.pk, check.tries)
    return checks.finish_check(hold, what, now=at, worker="w1")


def test_a_run_has_the_sites_of_its_scope_and_no_accounts(school, site):
    a_site(school, "艺术学院网站", "https://ys.huayuan.edu.cn/", unit=school.arts)
    whole = begun(school)
    part = begun(school, unit=school.maths)
    assert {check.name for check in whole.checks.all()} == {"数信学院网站", "艺术学院网站"}
    assert {check.name for check in part.checks.all()} == {"数信学院网站"}


def test_a_schedule_of_chosen_sites_looks_at_these_alone(school, many):
    run = begun(school, outlets=many[:2])
    assert run.checks.count() == 2


def test_a_run_without_sites_is_not_begun(school):
    with pytest.raises(Refused, match="没有登记了网址的网站"):
        begun(school)


def test_one_schedule_has_one_run_at_a_time(school, site):
    schedule = a_schedule(school)
    runs.start_run(schedule, by=school.liang, at=MONDAY)
    with pytest.raises(Refused, match="正有一轮在看"):
        runs.start_run(schedule, by=school.liang, at=MONDAY)


def test_a_schedule_begins_when_its_hour_has_come_and_then_a_week_later(school, site):
    schedule = a_schedule(school)
    due = schedule.next_at
    assert due == MONDAY.replace(hour=18)  # 02:00 in Shanghai, the next night
    assert runs.start_due(due - timedelta(seconds=1)) == 0
    assert runs.start_due(due) == 1
    assert runs.start_due(due) == 0
    assert fresh(schedule).next_at == due + timedelta(days=7)


def test_a_schedule_switched_off_is_never_due(school, site):
    assert a_schedule(school, is_active=False).next_at is None
    assert runs.start_due(MONDAY + timedelta(days=400)) == 0


def test_a_batch_is_begun_under_a_lease_and_the_next_is_queued(school, many):
    run = begun(school)
    batch = taken(run)
    assert len(batch) == checks.BATCH
    assert {check.status for check in batch} == {CheckStatus.RUNNING}
    assert fresh(run).status == RunStatus.RUNNING
    for check in batch:
        seen(check)
    assert checks.go_on(run.pk, 1, now=MONDAY)
    keys = set(Job.objects.live().values_list("unique_key", flat=True))
    assert f"inspections.run:{run.pk}:2" in keys


def test_what_was_seen_is_kept_with_its_observation(school, site):
    run = begun(school)
    (check,) = taken(run)
    assert seen(check, STALE)
    kept = fresh(check)
    assert (kept.status, kept.verdict, kept.finding_count) == ("finished", "problem", 1)
    assert Finding.objects.get().site_check == kept
    said = Observation.objects.get(outlet=site)
    assert (said.metric, said.source, said.is_known, said.at) == ("state", "probe", True, MONDAY)


def test_a_site_that_could_not_be_seen_is_unknown_and_says_so_in_its_history(school, site):
    run = begun(school)
    (check,) = taken(run)
    seen(check, BLIND)
    kept = fresh(check)
    assert (kept.status, kept.verdict, kept.failure) == ("unknown", "unknown", "timeout")
    said = Observation.objects.get(outlet=site)
    assert (said.is_known, said.value) == (False, "timeout")


def test_an_unseen_site_takes_no_claim_away(school, site):
    claim = a_claim(site)
    for _ in range(3):
        run = begun(school)
        (check,) = taken(run)
        seen(check, BLIND)
        runs.end_run(run.pk, at=MONDAY)
    assert (fresh(claim).status, fresh(claim).unseen_runs) == ("found", 0)


def test_a_dead_worker_leaves_its_sites_not_finished_and_the_run_goes_on(school, many):
    run = begun(school)
    first = taken(run)  # and the worker dies here
    again = taken(run, at=TUESDAY)
    states = [fresh(check).status for check in first]
    assert states == [CheckStatus.UNFINISHED] * len(first)
    assert [check.tries for check in again] == [1] * 2  # the fresh ones come first
    for check in again:
        seen(check)
    (alone,) = taken(run, at=TUESDAY)
    assert alone.tries == 2  # one at a time: it may be what kills the worker


def test_a_site_that_never_comes_to_its_end_is_left_not_finished_never_fine(school, site):
    run = begun(school)
    for _ in range(runs.MOST_TRIES):
        (check,) = taken(run)
        checks.give_back([Hold(check.pk, check.tries)])
    assert taken(run) == []
    assert runs.end_run(run.pk, at=MONDAY)
    kept = fresh(check)
    assert (kept.status, kept.verdict) == (CheckStatus.UNFINISHED, "")
    assert fresh(run).status == RunStatus.FINISHED
    assert "没有看完 1" in Notice.objects.get(url=f"/runs/{run.pk}/").text


def test_a_worker_that_wakes_late_is_refused(school, site):
    run = begun(school)
    (early,) = taken(run)
    (late,) = taken(run)
    assert seen(early, STALE) is False
    assert Finding.objects.count() == 0
    assert seen(late) is True
    assert seen(late, STALE) is False


def test_a_look_without_an_end_is_tried_again(school, site):
    run = begun(school)
    (check,) = taken(run)
    assert seen(check, Seen(Verdict.OK, finished=False)) is False
    assert fresh(check).status == CheckStatus.UNFINISHED


def test_stopping_keeps_what_was_seen_and_leaves_the_rest(school, many):
    run = begun(school)
    batch = taken(run)
    for check in batch[:4]:
        seen(check)
    runs.cancel_run(run, by=school.liang, at=MONDAY)
    states = [check.status for check in checks_of(run)]
    assert states.count(CheckStatus.FINISHED) == 4
    assert states.count(CheckStatus.WAITING) == 0
    assert taken(run) == []
    assert not checks.go_on(run.pk, 1, now=MONDAY)
    with pytest.raises(Refused, match="已停止"):
        runs.cancel_run(run, by=school.liang, at=MONDAY)


def test_a_lost_job_is_queued_again(school, site):
    run = begun(school)
    Job.objects.all().delete()
    assert runs.tend_runs(MONDAY) == 1
    assert Job.objects.live().filter(unique_key=f"inspections.run:{run.pk}:1").count() == 1
    assert runs.tend_runs(MONDAY) == 0


def test_hands_that_are_dead_for_long_are_noted_without_a_job(school, site):
    run = begun(school)
    (check,) = taken(run)
    runs.tend_runs(MONDAY + timedelta(minutes=44))
    assert fresh(check).status == CheckStatus.RUNNING
    runs.tend_runs(MONDAY + timedelta(minutes=46))
    assert fresh(check).status == CheckStatus.UNFINISHED


def test_a_run_that_ends_tells_who_asked(school, site):
    run = begun(school)
    (check,) = taken(run)
    seen(check)
    assert checks.go_on(run.pk, 1, now=MONDAY) is False
    assert fresh(run).status == RunStatus.FINISHED
    told = Notice.objects.get(url=f"/runs/{run.pk}/")
    assert (told.user, told.text.endswith("已看完 1。")) == (school.liang, True)


def test_a_severe_claim_does_not_wait_for_somebody_to_look(school, site):
    run = begun(school)
    (check,) = taken(run)
    veto = a_sighting("hidden-link", severity="veto")
    seen(check, Seen(Verdict.PROBLEM, pages=3, sightings=(veto,)))
    told = set(
        Notice.objects.filter(text__startswith="机器发现").values_list("user__name", flat=True)
    )
    assert told == {"梁文博", "黄志远", "葛云"}


@pytest.mark.parametrize(("pages", "covered"), [(39, True), (40, False)])
def test_a_look_that_was_cut_short_says_nothing_of_other_pages(school, site, pages, covered):
    inner = a_claim(site, "dead-link", url="https://sx.huayuan.edu.cn/deep/page")
    run = begun(school)
    (check,) = taken(run)
    seen(check, Seen(Verdict.OK, pages=pages, final_url=site.url))
    assert (fresh(inner).unseen_runs == 1) is covered
