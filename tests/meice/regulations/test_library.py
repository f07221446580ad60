"""The library: what ships, what a school adds and changes, who sees and keeps it."""

import pytest
from tests.meice.registry.scene import MONDAY, make_unit
from tests.meice.regulations import scene

from meice.audit.models import Entry
from meice.kernel.access import Refused
from meice.regulations import actions, policies
from meice.regulations.cutting import Cut
from meice.regulations.library import shipped
from meice.regulations.models import COMING, ENDED, IN_FORCE, UNDATED, Clause, Document

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


def test_shipping_twice_changes_nothing():
    first = actions.ship_library(MONDAY)
    assert first == sum(1 + len(document.clauses) for document in shipped())
    assert actions.ship_library(MONDAY) == 0
    assert Entry.objects.filter(act="regulation.ship").count() == 1
    assert Clause.objects.exclude(is_summary=True).count() == 0


def test_what_the_school_has_corrected_is_not_shipped_over():
    school = scene.stocked()
    clause = Clause.objects.by_key("net-name/6")
    actions.edit_clause(clause, number="第六条", text="照原件改。", by=school.liang, at=MONDAY)
    dropped = Clause.objects.by_key("net-name/8")
    actions.drop_clause(dropped, by=school.liang, at=MONDAY)
    Clause.objects.filter(key="net-name/2").update(text="旧的摘要")
    assert actions.ship_library(MONDAY) == 1
    found = Clause.objects.by_key("net-name/6")
    assert (found.text, found.is_summary, found.trust) == ("照原件改。", False, "school")
    assert Clause.objects.by_key("net-name/8").dropped_at == MONDAY
    assert "违反法律" in found.document.events.get(act="edit_clause").note


def test_own_clauses_get_keys_that_stay_and_no_number_stands_twice():
    school = scene.stocked()
    document = scene.own_document(school)
    keys = list(document.clauses.values_list("key", flat=True))
    assert keys == [f"doc-{document.pk}/{part}" for part in ("1", "2", "11")]
    with pytest.raises(Refused, match="没有新的条款"):
        actions.add_clauses(document, [Cut("第一条", "甲", "1")], by=school.liang, at=MONDAY)
    actions.drop_clause(Clause.objects.by_key(keys[0]), by=school.liang, at=MONDAY)
    actions.add_clauses(document, [Cut("第一条", "新", "1")], by=school.liang, at=MONDAY)
    assert Clause.objects.standing().get(document=document, number="第一条").key.endswith("/1-2")


@pytest.mark.parametrize(
    ("force_on", "until", "look"),
    [
        ("2026-11-23", None, IN_FORCE),
        ("2026-11-24", None, COMING),
        ("2020-01-01", "2026-11-22", ENDED),
        ("2020-01-01", "2026-11-23", IN_FORCE),
        (None, None, UNDATED),
        (None, "2026-11-22", ENDED),
    ],
)
def test_whether_a_document_is_in_force(force_on, until, look):
    from datetime import date

    day = lambda text: date.fromisoformat(text) if text else None  # noqa: E731
    assert Document(in_force_on=day(force_on), valid_until=day(until)).force(TODAY) == look


def test_who_keeps_and_who_reads():
    school = scene.stocked()
    document = scene.own_document(school)
    clause = document.clauses.first()
    notice = scene.shipped()
    keeps = {
        name: bool(policies.may_cut_document(getattr(school, name), document))
        for name in ("liang", "he", "zheng", "bao", "shen", "admin")
    }
    assert keeps == {
        "liang": True, "he": False, "zheng": False, "bao": False, "shen": False, "admin": False,
    }  # fmt: skip
    assert not policies.may_edit_document(school.liang, notice)
    assert policies.may_cut_document(school.liang, notice)
    with pytest.raises(Refused):
        actions.edit_clause(clause, number="一", text="改", by=school.he, at=MONDAY)
    seen = {
        name: Document.objects.visible_to(getattr(school, name)).count()
        for name in ("he", "bao", "shen", "admin")
    }
    whole = Document.objects.count()
    assert seen == {"he": whole, "bao": whole, "shen": whole, "admin": 0}


def test_another_school_does_not_see_it():
    school = scene.stocked()
    document = scene.own_document(school)
    other = make_unit("邻校大学")
    from tests.meice.registry.scene import make_person

    stranger = make_person("N1", "邻居", other, "department")
    assert not Document.objects.visible_to(stranger).filter(pk=document.pk).exists()
    assert not policies.may_cut_document(stranger, document)


def test_a_document_that_ends_before_it_begins_is_refused():
    from datetime import date

    school = scene.stocked()
    with pytest.raises(Refused, match="早于施行日期"):
        scene.own_document(school, in_force_on=date(2026, 5, 1), valid_until=date(2026, 4, 1))
    with pytest.raises(Refused, match="https"):
        scene.own_document(school, link="javascript:alert(1)")
