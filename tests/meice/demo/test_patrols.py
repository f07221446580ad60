"""The demo's month of patrols: walked, missed, told on, and one under way."""

from django.utils import timezone
from tests.meice.demo.conftest import TODAY

from meice.evidence.models import Evidence
from meice.patrols.models import Answer, Plan, Round, RoundReminder


def test_a_living_month_of_patrols(built):
    rounds = Round.objects.all()
    assert Plan.objects.count() == 5
    assert set(rounds.values_list("status", flat=True)) == {
        "underway", "finished", "missed", "excused",
    }  # fmt: skip
    assert rounds.filter(status="finished", missed_at__isnull=False).count() == 1  # made up
    assert (TODAY - rounds.earliest("day").day).days >= 26
    assert rounds.filter(day=TODAY, status="underway", done_count=1).exists()
    escalated = RoundReminder.objects.filter(rung="department")
    assert {one.round.unit.called for one in escalated} == {"校团委", "经管学院"}


def test_what_a_round_found_was_told_on_with_its_pictures(built):
    told = Answer.objects.exclude(incident=None).get()
    incident = told.incident
    assert (incident.status, incident.source) == ("closed", "patrol")
    assert timezone.localdate(incident.reported_at) == told.visit.round.day
    assert Evidence.objects.of(incident.case).exists()
    assert Answer.objects.exclude(finding=None).count() == 1
    assert Evidence.objects.of(told.visit.round.case).count() == 1
