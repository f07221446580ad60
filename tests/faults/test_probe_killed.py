"""kill -9 in the middle of a probe: the site is not finished, never fine; the run goes on; nothing
is told twice."""

import os
import signal
import threading

import pytest

from tests.meice.inspections.web import news, website

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

BEGIN = """
from datetime import UTC, datetime
from meice.inspections.actions import runs
from tests.meice.inspections.scene import a_schedule, a_site, make_school
school = make_school()
a_site(school, url={url!r})
run = runs.start_run(
    a_schedule(school, rate=999, max_pages=20), by=school.liang, at=datetime.now(UTC)
)
print(json.dumps(run.pk))
"""
WORK = """
import django
django.setup()
import threading
from django.db import connections
from meice.inspections.models import Run
from meice.jobs.worker import Pace, run
stopping = threading.Event()
def watch():
    while Run.objects.live().exists():
        stopping.wait(0.1)
    stopping.set()
    connections.close_all()
threading.Thread(target=watch, daemon=True).start()
run(stopping, Pace(lease=2, renew=0.5, look=0.05, grace=30, threads=1))
"""
CHECK = "select status, verdict, tries from inspections_sitecheck"
OLD = ("2021-03-02", "2021-02-11", "2021-01-15")


@pytest.fixture
def web(monkeypatch):
    """A site whose home page waits until `go` is set, and says when it is asked."""
    with website() as site:
        site.pages["/"] = news(*OLD)
        site.asked_home, site.go = threading.Event(), threading.Event()
        site.before = lambda path: path == "/" and (site.asked_home.set(), site.go.wait(60))
        monkeypatch.setenv("MEICE_PROBE_EXACT", f"127.0.0.1:{site.port}")
        yield site
        site.go.set()


def test_a_site_whose_worker_is_killed_is_not_finished_and_then_seen_whole(installation, web):
    installation.ask(BEGIN.format(url=web.url))
    first = installation.start("-c", WORK)
    assert web.asked_home.wait(120)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert installation.rows(CHECK) == [("running", "", 1)]  # no verdict, whoever looks now
    assert installation.rows("select count(*) from inspections_finding") == [(0,)]
    web.go.set()
    second = installation.start("-c", WORK)
    assert second.wait(timeout=240) == 0
    assert installation.rows(CHECK) == [("finished", "problem", 2)]
    assert installation.rows("select status from inspections_run") == [("finished",)]
    keys = installation.rows("select key from inspections_finding")
    assert len(keys) == len(set(keys)) > 0
    found = "select count(*) from inspections_findingevent where act = 'find'"
    assert installation.rows(found) == [(len(keys),)]
    told = (
        "select user_id, count(*) from notices_notice where text like '机器发现%' group by user_id"
    )
    assert {number for _user, number in installation.rows(told)} == {1}
