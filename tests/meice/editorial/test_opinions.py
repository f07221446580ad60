"""Votes on terms: nothing of the text is kept, precision is counted, low ones are proposed."""

from datetime import date, timedelta

import pytest
from tests.meice.editorial import lexicon_scene as scene
from tests.meice.editorial.lexicon_scene import later
from tests.meice.registry.scene import MONDAY, make_person, make_school

from meice.audit.models import Entry as AuditEntry
from meice.editorial.actions import opinions
from meice.editorial.lexicons.precision import FEWEST, precisions, proposed
from meice.editorial.models import TermVote
from meice.kernel.access import Refused
from meice.orgs.roles import Role

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
WORD = "华园农大"


@pytest.fixture
def school():
    school = make_school()
    scene.with_terms(school)
    return school


def vote(person, useful, *, word=WORD, rule="wording", day=0):
    at = MONDAY + timedelta(days=day)
    today = TODAY + timedelta(days=day)
    return opinions.vote_on_term(rule, word, useful=useful, by=person, at=at, today=today)


def of(person):
    return precisions(person).get(("wording", WORD))


def test_precision_is_unknown_without_a_vote_then_counted(school):
    assert of(school.liang) is None
    vote(school.he, True)
    vote(school.zhou, False)
    found = of(school.liang)
    assert (found.useful, found.wrong, found.share, found.words) == (1, 1, 0.5, "50%（1 / 2）")
    assert not found.is_low


def test_the_last_word_of_a_day_counts_once(school):
    vote(school.he, True)
    vote(school.he, False)
    assert (of(school.liang).useful, of(school.liang).wrong) == (0, 1)
    vote(school.he, False, day=1)
    assert of(school.liang).wrong == 2


def test_a_term_under_half_of_enough_votes_is_proposed_until_a_person_keeps_it(school):
    people = [make_person(f"V{n:03}", f"人{n}", school.maths, Role.OPERATOR) for n in range(FEWEST)]
    for person in people[:-1]:
        vote(person, False)
    assert proposed(school.liang) == []
    vote(people[-1], True)
    low = proposed(school.liang)
    assert [(one.word, one.useful, one.wrong) for one in low] == [(WORD, 1, FEWEST - 1)]
    with pytest.raises(Refused, match="由宣传部办理"):
        opinions.keep_term("wording", WORD, reason="要留", by=school.he, at=later(1))
    opinions.keep_term("wording", WORD, reason="章程如此", by=school.liang, at=later(1))
    assert proposed(school.liang) == []
    assert of(school.liang) is None


def test_only_the_words_of_the_lexicons_are_kept(school):
    with pytest.raises(Refused, match="没有这个词条"):
        vote(school.he, True, word="13800000001")
    with pytest.raises(Refused, match="没有这条规则"):
        vote(school.he, True, word="", rule="nonsense")
    vote(school.he, False, word="", rule="mobile")
    assert list(TermVote.objects.values_list("rule", "word", "useful")) == [("mobile", "", False)]
    entry = AuditEntry.objects.get(act="term.vote")
    assert entry.detail == {"copy_rule": "mobile", "useful": False}


def test_a_unit_counts_its_own_votes_the_department_all(school):
    vote(school.he, True)
    vote(school.su, False)
    assert of(school.zheng).votes == 1
    assert of(school.liang).votes == 2
