"""The fakes of the demo: at every place of their way, with evidence that verifies."""

from meice.evidence.models import Evidence
from meice.evidence.verify import altered
from meice.impersonations.models import Impersonation, ReferralStatus


def test_there_is_a_fake_at_every_place_of_its_way(built):
    states = set(Impersonation.objects.values_list("status", flat=True))
    assert states >= {
        "reported", "judging", "confirmed", "applied", "watched", "closed", "dismissed", "unclear",
    }  # fmt: skip
    assert Impersonation.objects.filter(follows__isnull=False).exists()
    assert Impersonation.objects.public().count() == 2
    waiting = Impersonation.objects.get(status="applied").referrals.all()
    assert {one.status for one in waiting} == {ReferralStatus.SENT, ReferralStatus.REJECTED}


def test_the_evidence_of_the_demo_verifies(built):
    assert Evidence.objects.count() >= 15
    assert altered() == []
