"""F12: the clock of the web process goes wrong, by seconds or by an hour, either way. On time is
what the database's clock says as the request arrives; the judgement is made once and stays."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meice.jobs.actions import enqueue
from meice.jobs.models import Job
from meice.jobs.worker import drain
from meice.kernel.clock import database_now, now
from meice.surveys.models import Receipt
from meice.surveys.tasks import sweep_checks
from tests.conftest import BACKEND
from tests.meice.surveys.scene import a_world, presented

pytestmark = pytest.mark.django_db
SHIFTS = (-3600, -90, 90, 3600)


@pytest.fixture(params=SHIFTS, ids=[f"{shift:+d}s" for shift in SHIFTS])
def shift(request, monkeypatch):
    """How far the process's clock is from the database's."""
    true, away = timezone.now, timedelta(seconds=request.param)
    monkeypatch.setattr(timezone, "now", lambda: true() + away)
    return away


def ending(world, after):
    """The campaign ends so long after the database's present."""
    world.campaign.deadline = database_now() + after
    world.campaign.save(update_fields=["deadline"])


def confirm(world, reason=""):
    """The leader's click; gives the status."""
    browser = Client()
    browser.force_login(world.school.zheng, backend=BACKEND)
    given = {
        "key": str(uuid.uuid4()), "digest": world.fresh().prepared.digest, "vouched": "on",
        "late_reason": reason,
    }  # fmt: skip
    return browser.post(reverse("submission-confirm", args=[world.maths.pk]), given).status_code


def test_the_databases_clock_judges_whatever_the_process_believes(shift):
    world = a_world()
    presented(world)
    ending(world, shift / 2)  # on time by one clock, late by the other
    is_late = shift < timedelta()
    assert (now() > world.campaign.deadline) is not is_late
    first = database_now()
    assert confirm(world) == (403 if is_late else 302)
    if is_late:
        assert not Receipt.objects.exists()
        assert confirm(world, reason="停电") == 302
    receipt = Receipt.objects.get()
    assert receipt.on_time is not is_late
    assert first <= receipt.arrived_at <= database_now()


def test_a_clock_that_steps_afterwards_changes_no_judgement(shift):
    world = a_world()
    presented(world)
    ending(world, timedelta(minutes=5))
    assert confirm(world) == 302
    ending(world, -abs(shift))  # and the deadline itself is moved: the receipt keeps its own
    receipt = Receipt.objects.get()
    browser = Client()
    browser.force_login(world.school.zheng, backend=BACKEND)
    page = browser.get(reverse("submission", args=[world.maths.pk])).content.decode()
    assert receipt.on_time
    assert "按时" in page


def test_leases_of_jobs_run_by_the_databases_clock(shift):
    world = a_world()
    job = enqueue(sweep_checks, by=world.school.liang)
    assert drain() >= 1
    assert Job.objects.get(pk=job.pk).state == "done"
