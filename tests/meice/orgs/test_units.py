"""The tree: what actions write and what the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction

import given
from meice.audit.models import Entry
from meice.kernel.access import Refused
from meice.orgs import actions
from meice.orgs.actions.units import add_unit
from meice.orgs.lists import in_tree_order
from meice.orgs.models import Unit


def test_a_renamed_unit_keeps_its_former_name(cast):
    actions.edit_unit(cast.garden, actions.UnitFacts("园艺与林学院"), by=cast.lu)
    former = cast.garden.former_names.get()
    assert (former.name, former.changed_by) == ("园艺学院", "陆一鸣")


def test_a_rename_is_audited_with_both_names(cast):
    actions.edit_unit(cast.garden, actions.UnitFacts("园艺与林学院"), by=cast.lu)
    detail = Entry.objects.get(act="unit.rename").detail
    assert detail == {"name": "园艺与林学院", "former": "园艺学院"}


def test_a_moved_unit_takes_what_is_below_with_it(cast):
    lab = given.a_unit("实验室", cast.software, by=cast.lu)
    actions.move_unit(cast.software, target=cast.garden, by=cast.lu)
    lab.refresh_from_db()
    assert [one.name for one in lab.ancestors] == ["华园大学", "园艺学院", "软件研究所"]


def test_a_new_unit_moves_no_neighbour(cast):
    before = dict(Unit.objects.values_list("pk", "path"))
    given.a_unit("阿语系", cast.university, by=cast.lu)
    assert {
        pk: path for pk, path in Unit.objects.values_list("pk", "path") if pk in before
    } == before


def test_the_database_refuses_a_second_active_namesake(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        add_unit(actions.UnitFacts("园艺学院"), cast.university)


def test_a_closed_namesake_is_no_hindrance(cast):
    actions.close_unit(cast.software, by=cast.lu)
    again = given.a_unit("软件研究所", cast.maths, by=cast.lu)
    assert again.active
    with pytest.raises(Refused, match="同名"):
        actions.reopen_unit(cast.software, by=cast.lu)


def test_posts_of_a_closed_unit_give_nothing(cast):
    Unit.objects.filter(pk=cast.garden.pk).update(active=False)
    assert cast.su.post is None


def test_an_operator_cannot_make_a_unit(cast):
    with pytest.raises(Refused):
        given.a_unit("私设", cast.maths, by=cast.he)
    assert not Unit.objects.filter(name="私设").exists()


@pytest.mark.parametrize("term", ["数信", "sxxy", "shuxue", "SXYXX", "数学与信息学院"])
def test_a_unit_is_found_by_many_names(cast, term):
    assert cast.maths in Unit.objects.matching(term)


def test_a_unit_is_found_by_alias(cast):
    facts = actions.UnitFacts("园艺学院", aliases="果树系\n花卉系")
    actions.edit_unit(cast.garden, facts, by=cast.lu)
    assert [one.name for one in Unit.objects.matching("hhx")] == ["园艺学院"]


def test_siblings_stand_by_pinyin_under_their_parent(cast):
    given.a_unit("保卫处", cast.university, by=cast.lu)
    names = [unit.name for unit in in_tree_order(Unit.objects.all())]
    assert names == ["华园大学", "保卫处", "党委宣传部", "数学与信息学院", "软件研究所", "园艺学院"]
