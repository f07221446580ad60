"""The demo's month of manuscripts: every state, through real actions, and nothing to be fetched."""

from meice.editorial.models import Manuscript, ManuscriptStatus, Outcome, Publication, StandIn
from meice.editorial.models.lexicon import Lexicon, LexiconVersion
from meice.editorial.models.opinion import TermException, TermVote
from meice.editorial.models.term import TermChange
from meice.inspections.models import Finding
from meice.jobs.models import Job
from meice.kernel.clock import now


def test_a_month_of_manuscripts_in_almost_every_state(built):
    states = set(Manuscript.objects.values_list("status", flat=True))
    assert states == set(ManuscriptStatus) - {ManuscriptStatus.CORRECTING}
    assert Manuscript.objects.get(status="withdrawn").events.filter(act="withdraw").exists()
    assert Manuscript.objects.get(status="corrected").round == 2
    assert StandIn.objects.exists()
    desk = Manuscript.objects.get(title="数信学院网络流量研究取得新进展").newest
    assert {"student-number", "source-unlisted"} <= set(desk.issues.values_list("rule", flat=True))


def test_an_altered_page_is_a_claim_and_nothing_is_left_to_be_fetched(built):
    altered = Publication.objects.get(outcome=Outcome.DIFFERS)
    assert Finding.objects.filter(code="article-changed", url=altered.url).exists()
    assert not Job.objects.live().filter(unique_key__startswith="publication.check:").exists()
    assert not Publication.objects.due(now()).exists()


def test_the_school_has_words_of_its_own_in_force(built):
    assert Lexicon.objects.count() == 3
    assert not Lexicon.objects.filter(current=None).exists()
    assert LexiconVersion.objects.filter(dated__isnull=False).exists()
    assert TermChange.objects.filter(status="waiting").count() == 1
    assert TermVote.objects.filter(useful=False).count() == 5
    assert TermException.objects.exists()
