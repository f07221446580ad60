"""The demo's month of incidents: every state, and nothing of it but through real actions."""

from meice.evidence.models import Evidence
from meice.incidents.models import Alarm, Incident, IncidentStatus, Letter


def test_a_month_of_incidents_in_every_state(built):
    found = Incident.objects.all()
    assert set(found.values_list("status", flat=True)) == set(IncidentStatus)
    assert found.filter(is_drill=True).count() == 1
    assert found.filter(round=2).exists()
    assert found.filter(public_report__isnull=False).get().status == "open"
    assert Alarm.objects.exists()
    assert Letter.objects.filter(office="police", receipt__isnull=False).exists()
    assert Letter.objects.filter(received_at=None).exists()
    assert all(Evidence.objects.of(one.case).exists() for one in found.filter(status="closed"))
