"""A school's lexicons: who may change them, versions that never change, what undoing gives back."""

import pytest
from django.db import IntegrityError, transaction
from tests.meice.editorial import lexicon_scene as scene
from tests.meice.editorial.lexicon_scene import OLD, SHORT, later
from tests.meice.registry.scene import MONDAY, make_school

from meice.audit.models import Entry as AuditEntry
from meice.editorial.actions import lexicons
from meice.editorial.models import Lexicon, LexiconVersion, Term, TermChange
from meice.editorial.policies import lexicons as policies
from meice.editorial.workflow import LEXICON_CHANGE
from meice.engines.zhcheck import Entry, Severity
from meice.kernel.access import Refused
from meice.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_school()


def test_a_new_term_holds_only_after_another_person_has_approved_it(school):
    lexicon = scene.a_lexicon(school)
    change = scene.asked(school, lexicon)
    assert scene.words(lexicon) == []
    with pytest.raises(Refused, match="须由宣传部另一人批准"):
        lexicons.approve_change(change, by=school.liang, at=MONDAY)
    assert Notice.objects.filter(user=school.huang, text__contains="等你批准").exists()
    done = lexicons.approve_change(change, by=school.huang, at=later(1))
    assert scene.words(lexicon) == ["华园农大"]
    assert (done.by, done.decided_by, done.reason) == (school.liang, school.huang, "校名要规范")
    assert done.version.number == 1
    acts = set(AuditEntry.objects.filter(act__startswith="lexicon").values_list("act", flat=True))
    assert acts == {"lexicon.make", "lexicon_change.propose", "lexicon_change.approve"}


def test_the_database_itself_knows_no_own_approval(school):
    change = scene.asked(school, scene.a_lexicon(school))
    version = LexiconVersion.objects.create(
        lexicon=change.lexicon, number=1, made_by=school.liang, made_at=MONDAY, size=1
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        TermChange.objects.filter(pk=change.pk).update(
            status="approved", decided_by=school.liang, version=version
        )


TRUTH = {
    # who: may propose, approve, refuse, drop a change that 梁文博 has made
    "liang": (True, False, False, True),
    "huang": (False, True, True, False),
    "he": (False, False, False, False),
    "zhou": (False, False, False, False),
    "zheng": (False, False, False, False),
    "su": (False, False, False, False),
    "bao": (False, False, False, False),
    "shen": (False, False, False, False),
    "admin": (False, False, False, False),
}


def test_who_may_do_what_with_a_change(school):
    change = scene.asked(school, scene.a_lexicon(school))
    steps = ("propose", "approve", "refuse", "drop")
    found = {}
    for who in TRUTH:
        rules = [LEXICON_CHANGE[step].rule(change, school.people[who]) for step in steps]
        assert all(rule or rule.reason for rule in rules)
        found[who] = tuple(map(bool, rules))
    assert found == TRUTH


def test_whoever_is_not_of_the_department_makes_and_ends_nothing(school):
    lexicon = scene.with_terms(school)
    term = lexicon.terms.get()
    for person in (school.he, school.zhou, school.zheng, school.shen, school.admin, school.bao):
        with pytest.raises(Refused, match="词库由宣传部维护"):
            lexicons.make_lexicon(school.university, "term", "别的", by=person, at=MONDAY)
        with pytest.raises(Refused, match="词库由宣传部维护"):
            lexicons.retire_term(term, reason="不要了", by=person, at=MONDAY)
        assert not policies.may_roll_back(person, lexicon)
    assert Lexicon.objects.count() == 1
    assert scene.words(lexicon) == ["华园农大"]


def test_an_edit_leaves_the_old_wording_until_it_is_approved(school):
    lexicon = scene.with_terms(school)
    old = lexicon.terms.get()
    new = Entry("华园农大", "华园大学（不用简称）", Severity.WARN, "", "校办通知")
    change = lexicons.edit_term(old, new, reason="改轻", by=school.liang, at=later(2))
    assert lexicon.terms.in_force().get().right == "华园大学"
    lexicons.approve_change(change, by=school.huang, at=later(3))
    assert lexicon.terms.in_force().get().right == "华园大学（不用简称）"
    assert lexicon.terms.at_version(1).get().right == "华园大学"


def test_a_refusal_says_why_and_changes_nothing(school):
    lexicon = scene.a_lexicon(school)
    change = scene.asked(school, lexicon)
    with pytest.raises(Refused, match="理由"):
        lexicons.refuse_change(change, words=" ", by=school.huang, at=later(1))
    lexicons.refuse_change(change, words="出处不对", by=school.huang, at=later(1))
    change.refresh_from_db()
    assert (change.status, change.words) == ("refused", "出处不对")
    assert scene.words(lexicon) == []
    with pytest.raises(Refused, match="未批准"):
        lexicons.approve_change(change, by=school.huang, at=later(2))


def test_ending_a_term_asks_for_a_reason_and_holds_at_once(school):
    lexicon = scene.with_terms(school, SHORT, OLD)
    term = lexicon.terms.get(word="园艺系")
    with pytest.raises(Refused, match="写明理由"):
        lexicons.retire_term(term, reason="", by=school.liang, at=later(1))
    change = lexicons.retire_term(term, reason="常被误报", by=school.liang, at=later(1))
    assert scene.words(lexicon) == ["华园农大"]
    assert change.version.number == 3
    with pytest.raises(Refused, match="已经不在词库里"):
        lexicons.retire_term(term, reason="再停", by=school.huang, at=later(2))


def test_a_version_is_read_back_as_it_was_and_rolling_back_is_a_new_one(school):
    lexicon = scene.with_terms(school, SHORT, OLD)
    term = lexicon.terms.get(word="园艺系")
    lexicons.retire_term(term, reason="误报", by=school.liang, at=later(1))
    change = lexicons.roll_back(lexicon, 2, reason="停错了", by=school.liang, at=later(2))
    assert change.version.number == 4
    assert scene.words(lexicon) == ["华园农大", "园艺系"]
    then = [sorted(lexicon.terms.at_version(n).values_list("word", flat=True)) for n in range(1, 5)]
    assert then == [["华园农大"], ["华园农大", "园艺系"], ["华园农大"], ["华园农大", "园艺系"]]
    with pytest.raises(Refused, match="选一个早先的版本"):
        lexicons.roll_back(lexicon, 4, reason="现在这版", by=school.liang, at=later(3))


def test_the_same_word_twice_is_refused_however_it_is_written(school):
    lexicon = scene.with_terms(school, Entry("ABC大赛", "", Severity.WARN, "", "通知"))
    with pytest.raises(Refused, match="已经在词库里"):
        scene.asked(school, lexicon, Entry("ａｂｃ大賽", "", Severity.WARN, "", "通知"))


def test_two_edits_of_one_term_do_not_both_hold(school):
    lexicon = scene.with_terms(school)
    term = lexicon.terms.get()
    first = lexicons.edit_term(
        term, Entry("华园农大", "甲", source="一"), reason="一", by=school.liang, at=later(1)
    )
    second = lexicons.edit_term(
        term, Entry("华园农大", "乙", source="二"), reason="二", by=school.liang, at=later(1)
    )
    lexicons.approve_change(first, by=school.huang, at=later(2))
    with pytest.raises(Refused, match="这期间词库有了别的变更"):
        lexicons.approve_change(second, by=school.huang, at=later(3))
    assert lexicon.terms.in_force().get().right == "甲"


FAULTY = [
    (Entry("", "华园大学", source="章程"), "缺少错误写法"),
    (Entry("华园农大", "华园大学"), "缺少出处"),
    (Entry("华园大学", "华园大學", source="章程"), "与正确写法相同"),
    (Entry("甲" * 101, source="章程"), "不能超过 100 字"),
    (Entry("华园农大", source="章程", protects=("别的词",)), "起不到保护作用"),
]


def test_an_entry_with_a_fault_is_refused_with_its_reason(school):
    lexicon = scene.a_lexicon(school)
    for entry, reason in FAULTY:
        with pytest.raises(Refused, match=reason):
            scene.asked(school, lexicon, entry)
    assert not Term.objects.exists()


def test_others_lexicons_are_not_there(school):
    own = scene.with_terms(school, lexicon=scene.a_lexicon(school, unit=school.maths))
    seen = {who: own in Lexicon.objects.visible_to(user) for who, user in school.people.items()}
    assert {who for who, there in seen.items() if there} == {
        "liang", "huang", "he", "chen", "zhou", "zheng", "shen",
    }  # fmt: skip
