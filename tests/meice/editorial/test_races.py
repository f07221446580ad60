"""Two people at one moment (PostgreSQL): one wins, the other is told; without the lock both would."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from tests.meice.editorial import lexicon_scene, scene
from tests.meice.editorial.scene import MONDAY

from meice.editorial import policies
from meice.editorial.actions import lexicons, publishing, reviewing, submitting
from meice.editorial.models import Manuscript, Publication, Review
from meice.editorial.models.term import TermChange
from meice.editorial.workflow import REVIEW
from meice.kernel.access import Refused
from meice.orgs.models import User

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def needs_postgres(db):
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time on SQLite")


@pytest.fixture
def school(transactional_db):
    return scene.editorial_school()


def at_once(*deeds):
    """Each deed in a thread of its own, begun together; a refusal is an answer."""
    gate = Barrier(len(deeds))

    def run(deed):
        gate.wait()
        try:
            return deed()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def fresh(person):
    """As each request has her: read anew, in its own connection."""
    return User.objects.get(pk=person.pk)


def claiming(stage, person):
    return lambda: reviewing.claim_review(stage, by=fresh(person), at=MONDAY)


def test_one_of_two_reviewers_claims_and_the_other_is_told_who(school):
    stage = scene.turn(scene.submitted(school))
    results = at_once(claiming(stage, school.zhou), claiming(stage, school.luo))
    (refusal,) = [one for one in results if isinstance(one, Refused)]
    winner = Review.objects.get(pk=stage.pk).claimed_name
    assert winner in ("周启明", "罗敏")
    assert winner in refusal.reason
    assert stage.manuscript.events.filter(act="claim").count() == 1


def test_control_without_the_lock_both_claim(school):
    """The same steps and rules on rows read without the lock: two people hold one stage."""
    stage = scene.turn(scene.submitted(school))
    read = Barrier(2)

    def naive(person):
        def deed():
            with transaction.atomic():
                mine = Review.objects.select_related("manuscript").get(pk=stage.pk)
                found = policies.may_claim_review(fresh(person), mine, MONDAY.date())
                read.wait()
                if not found:
                    raise Refused(found.reason)
                REVIEW.take("claim", mine, person)
                mine.claimed_by, mine.claimed_name, mine.claimed_at = person, person.name, MONDAY
                mine.save()
                return mine

        return deed

    results = at_once(naive(school.zhou), naive(school.luo))
    assert not any(isinstance(one, Refused) for one in results)
    assert {one.claimed_name for one in results} == {"周启明", "罗敏"}


def test_passing_and_taking_back_never_both_hold(school):
    made = scene.passed(scene.submitted(school), school.zhou, school.luo)
    stage = scene.claimed(made, school.zheng)
    said = scene.verdict(made)

    results = at_once(
        lambda: reviewing.pass_review(stage, said, by=fresh(school.zheng), at=MONDAY),
        lambda: submitting.reopen_manuscript(made, by=fresh(school.he), at=MONDAY),
    )
    assert sum(isinstance(one, Refused) for one in results) <= 1
    after = scene.fresh(made)
    assert after.status in ("draft", "approved")
    if after.status == "approved":
        assert after.approved_id == after.revision_id


def test_one_of_two_texts_saved_at_once_is_kept_and_the_other_told(school):
    made = scene.drafted(school)

    def saving(person, title):
        written = scene.written(title=title)
        return lambda: scene.writing.save_revision(
            made, written, base=1, by=fresh(person), at=MONDAY
        )

    results = at_once(saving(school.he, "甲稿"), saving(school.chen, "乙稿"))
    (refusal,) = [one for one in results if isinstance(one, Refused)]
    assert "已经存了第 2 稿" in refusal.reason
    assert list(made.revisions.values_list("number", flat=True)) == [1, 2]


def test_published_once_when_two_record_it(school):
    site = scene.with_site(school)
    made = scene.approved(school)
    place = publishing.Place(site, "https://sx.huayuan.edu.cn/news/1.htm", MONDAY)

    def publish(person):
        return lambda: publishing.publish_manuscript(made, [place], by=fresh(person), at=MONDAY)

    results = at_once(publish(school.he), publish(school.liang))
    assert sum(isinstance(one, Refused) for one in results) == 1
    assert Publication.objects.filter(manuscript=made, ended_at=None).count() == 1
    assert Manuscript.objects.get(pk=made.pk).status == "published"


def test_a_change_of_a_lexicon_is_decided_once(school):
    lexicon = lexicon_scene.a_lexicon(school)
    change = lexicon_scene.asked(school, lexicon)

    def approve():
        return lexicons.approve_change(change, by=fresh(school.huang), at=MONDAY)

    def refuse():
        return lexicons.refuse_change(change, words="再议", by=fresh(school.huang), at=MONDAY)

    results = at_once(approve, refuse)
    assert sum(isinstance(one, Refused) for one in results) == 1
    decided = TermChange.objects.get(pk=change.pk).status
    assert decided in ("approved", "refused")
    assert lexicon.versions.count() == (decided == "approved")
