"""运行状态 for the administrator; a job's progress for whom asked for it."""

from datetime import timedelta

import pytest
from tests.meice.jobs import work

from meice.jobs.actions import clean_up, enqueue
from meice.jobs.models import Job, JobState, WorkerBeat, latest_beat
from meice.jobs.worker import drain
from meice.kernel.clock import database_now, now

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed(cast):
    work.despair.enqueue()
    drain()
    return Job.objects.get()


def test_the_administrator_sees_what_failed_without_its_content(cast, signed_in, failed):
    enqueue(work.stumble, "13800000001", by=cast.he)
    page = signed_in(cast.lu).get("/jobs/").content.decode()
    assert "无望" in page
    assert "meice.jobs.runner.Permanent" in page
    assert "13800000001" not in page
    assert "何嘉敏" not in page


@pytest.mark.parametrize(
    "role", ["operator", "reviewer", "leader", "department", "security", "auditor"]
)
def test_for_every_other_office_the_page_does_not_exist(cast, signed_in, failed, role):
    browser = signed_in(cast.everybody[role])
    assert browser.get("/jobs/").status_code == 404
    assert browser.post(f"/jobs/{failed.pk}/retry/").status_code == 404
    failed.refresh_from_db()
    assert failed.state == JobState.FAILED


def test_a_silent_worker_is_noticed(cast, signed_in):
    assert "没有动静" in signed_in(cast.lu).get("/jobs/").content.decode()
    WorkerBeat.objects.create(name="a", started_at=now(), beat_at=now())
    assert "后台任务在运行" in signed_in(cast.lu).get("/jobs/").content.decode()
    assert latest_beat() is not None


def test_the_administrator_has_a_failed_job_run_again(cast, signed_in, failed):
    signed_in(cast.lu).post(f"/jobs/{failed.pk}/retry/")
    failed.refresh_from_db()
    assert (failed.state, failed.tries) == (JobState.QUEUED, 0)


def test_a_failed_job_is_not_queued_beside_another_of_its_key(cast, signed_in, failed):
    Job.objects.filter(pk=failed.pk).update(unique_key="a")
    Job.objects.create(
        task_path="x", unique_key="a", run_at=now(), created_at=now(), state=JobState.QUEUED
    )
    response = signed_in(cast.lu).post(f"/jobs/{failed.pk}/retry/")
    assert response.status_code == 403
    assert "已经在排队" in response.content.decode()


def test_the_person_who_asked_sees_the_progress(cast, signed_in):
    job = enqueue(work.in_chunks, 4, stop_at=3, by=cast.he)
    browser, page = signed_in(cast.he), f"/jobs/{job.pk}/"
    assert "排队中" in browser.get(page).content.decode()
    drain()
    assert "3 / 4" in browser.get(page).content.decode()
    Job.objects.update(run_at=database_now())
    drain()
    assert "已办完" in browser.get(page).content.decode()


def test_the_fragment_polls_itself_until_the_end(cast, signed_in):
    job = enqueue(work.trace, 1, by=cast.he)
    browser, page = signed_in(cast.he), f"/jobs/{job.pk}/"
    fragment = browser.get(page, headers={"HX-Request": "true"}).content.decode()
    assert 'hx-trigger="every 2s"' in fragment
    assert "<html" not in fragment
    drain()
    assert "hx-trigger" not in browser.get(page, headers={"HX-Request": "true"}).content.decode()


@pytest.mark.parametrize("role", ["reviewer", "department", "auditor", "admin"])
def test_anothers_job_does_not_exist(cast, signed_in, role):
    job = enqueue(work.trace, 1, by=cast.he)
    assert signed_in(cast.everybody[role]).get(f"/jobs/{job.pk}/").status_code == 404


def test_a_job_of_the_house_belongs_to_nobody(cast, signed_in):
    job = enqueue(work.trace, 1, by=None)
    assert signed_in(cast.he).get(f"/jobs/{job.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("result", "url"),
    [
        ({"url": "/audit/verify/"}, "/audit/verify/"),
        ({"url": "//evil.example/"}, ""),
        ({"url": "javascript:alert(1)"}, ""),
        ({"url": 7}, ""),
        (None, ""),
    ],
)
def test_a_result_leads_only_into_the_house(result, url):
    assert Job(result=result).outcome_url == url


def test_what_ended_long_ago_is_removed(cast):
    for state, days in (("done", 6), ("done", 8), ("failed", 8), ("failed", 91)):
        Job.objects.create(
            task_path=f"{state}-{days}",
            state=state,
            run_at=now(),
            created_at=now(),
            finished_at=now() - timedelta(days=days),
        )
    clean_up(now())
    assert set(Job.objects.values_list("task_path", flat=True)) == {"done-6", "failed-8"}
