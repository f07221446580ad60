"""The demo shows findings in every state, and what could not be seen as unknown."""

from meice.inspections.models import CheckStatus, Finding, FindingStatus, Run, SiteCheck


def test_two_runs_are_at_their_end_and_some_sites_were_not_seen(built):
    assert {run.status for run in Run.objects.all()} == {"finished"}
    states = set(SiteCheck.objects.values_list("status", flat=True))
    assert {CheckStatus.FINISHED, CheckStatus.UNKNOWN} <= states


def test_findings_stand_in_every_state_that_persons_make(built):
    states = set(Finding.objects.values_list("status", flat=True))
    assert {
        FindingStatus.FOUND,
        FindingStatus.HALF,
        FindingStatus.ORDERED,
        FindingStatus.DISMISSED,
    } <= states
    assert Finding.objects.exclude(claimed_by=None).exists()


def test_claims_have_their_proofs(built):
    assert Finding.objects.filter(origin="probe", evidence=None).count() == 0
