"""A new installation lays each table once: what can stand in the making of a table stands there."""

import pytest
from django.db import models
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration

from tests.house.migrations import first_migrations, folded, is_whole


def test_no_table_is_laid_again_and_again():
    loose = {
        label: (len(migration.operations), len(folded(migration)))
        for label, migration in first_migrations().items()
        if not is_whole(migration)
    }
    assert loose == {}, "make migrations"


def _key(to, **options):
    return models.ForeignKey(to, models.PROTECT, related_name="+", **options)


def _model(name, /, **fields):
    return CreateModel(name, [("id", models.BigAutoField(primary_key=True)), *fields.items()])


def _folded(*operations):
    migration = Migration("0001_initial", "garden")
    migration.operations = list(operations)
    return folded(migration)


def test_a_constraint_and_an_index_move_into_the_table_before_which_others_stand():
    once = models.UniqueConstraint(fields=["name"], name="once")
    index = models.Index(fields=["name"], name="by_name")
    operations = _folded(
        _model("Tree", name=models.CharField(max_length=9)),
        _model("Leaf", tree=_key("garden.tree")),
        AddConstraint("tree", once),
        AddIndex("tree", index),
    )
    assert [each.name for each in operations] == ["Tree", "Leaf"]
    assert operations[0].options == {"constraints": [once], "indexes": [index]}


def test_a_field_moves_behind_the_table_that_it_points_at():
    operations = _folded(
        _model("Leaf", name=models.CharField(max_length=9)),
        _model("Tree", name=models.CharField(max_length=9)),
        AddField("leaf", "tree", _key("garden.tree")),
    )
    assert [each.name for each in operations] == ["Tree", "Leaf"]
    assert "tree" in dict(operations[1].fields)


@pytest.mark.parametrize("first", ["Leaf", "Tree"])
def test_of_two_that_point_at_each_other_the_one_that_may_be_empty_waits(first):
    once = models.UniqueConstraint(fields=["best"], name="best_once")
    name = {"name": models.CharField(max_length=9)}
    second = {"Leaf": "Tree", "Tree": "Leaf"}[first]
    operations = _folded(
        _model(first, **name),
        _model(second, **name),
        AddField("leaf", "tree", _key("garden.tree")),
        AddField("tree", "best", _key("garden.leaf", null=True)),
        AddConstraint("tree", once),
    )
    assert [type(each) for each in operations] == [
        CreateModel,
        CreateModel,
        AddField,
        AddConstraint,
    ]
    assert [each.name for each in operations[:3]] == ["Tree", "Leaf", "best"]
    assert operations[3].constraint == once
