"""The sheet's operations: merged by cell, remembered, refused where they must be."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from tests.meice.surveys import sheet_scene
from tests.meice.surveys.sheet_scene import put, result_of, rows_of, saved

from meice.surveys.actions.filling import present_submission
from meice.surveys.models import SheetOperation, Submission, SubmissionRow
from meice.surveys.sheet.operations import Deed, Operation

pytestmark = pytest.mark.django_db


def cells(row):
    return SubmissionRow.objects.get(pk=row.pk).cells


def test_the_sheet_begins_with_the_outlets_of_the_register(submission):
    names = {row.cells["name"] for row in rows_of(submission)}
    assert names == {name for name, _, _ in sheet_scene.OUTLETS}


def test_what_is_typed_is_folded_and_keeps_its_original(school, submission):
    row = rows_of(submission)[0]
    saved(submission, put(row, "interactive", " √ "), by=school.he)
    row.refresh_from_db()
    assert row.cells["interactive"] == "是"
    assert row.marks["interactive"]["raw"] == "√"
    assert row.marks["interactive"]["name"] == "何嘉敏"


def test_an_error_is_never_folded_away(school, submission):
    row = rows_of(submission)[0]
    done = saved(submission, put(row, "responsible_mobile", "1360000220"), by=school.he)
    assert cells(row)["responsible_mobile"] == "1360000220"
    assert done.scan.examined.errors == 1
    assert Submission.objects.get(pk=submission.pk).error_count == 1


def test_two_people_in_different_cells_are_both_kept(school, submission):
    row = rows_of(submission)[0]
    mine, hers = put(row, "note", "甲"), put(row, "verified_as", "华园大学数信学院")
    saved(submission, mine, by=school.he)
    done = saved(submission, hers, by=school.chen)
    assert result_of(done, hers) == "saved"
    assert cells(row)["note"] == "甲"
    assert cells(row)["verified_as"] == "华园大学数信学院"


def test_the_same_cell_by_two_people_is_a_conflict_that_names_the_other(school, submission):
    row = rows_of(submission)[0]
    saved(submission, put(row, "note", "甲"), by=school.he)
    late = put(row, "note", "乙")
    done = saved(submission, late, by=school.chen)
    theirs = done.outcomes[late.pk].theirs
    assert result_of(done, late) == "conflict"
    assert (theirs["name"], theirs["value"]) == ("何嘉敏", "甲")
    assert cells(row)["note"] == "甲"


def test_two_people_who_write_the_same_do_not_clash(school, submission):
    row = rows_of(submission)[0]
    saved(submission, put(row, "note", "甲"), by=school.he)
    same = put(row, "note", "甲")
    assert result_of(saved(submission, same, by=school.chen), same) == "saved"


def test_who_saw_the_conflict_may_overwrite(school, submission):
    row = rows_of(submission)[0]
    saved(submission, put(row, "note", "甲"), by=school.he)
    row.refresh_from_db()
    saved(submission, put(row, "note", "乙"), by=school.chen)
    assert cells(row)["note"] == "乙"


def test_a_repeated_operation_changes_nothing_and_gets_the_first_answer(school, submission):
    row = rows_of(submission)[0]
    first = put(row, "note", "甲")
    saved(submission, first, by=school.he)
    row.refresh_from_db()
    saved(submission, put(row, "note", "乙"), by=school.he)
    again = saved(submission, first, by=school.he)
    assert result_of(again, first) == "saved"
    assert cells(row)["note"] == "乙"
    assert SheetOperation.objects.filter(operation=first.pk).count() == 1


def test_a_remembered_conflict_stays_a_conflict(school, submission):
    row = rows_of(submission)[0]
    saved(submission, put(row, "note", "甲"), by=school.he)
    late = put(row, "note", "乙")
    for _ in range(2):
        assert result_of(saved(submission, late, by=school.chen), late) == "conflict"


def test_nothing_wrong_sets_rectified_by_itself(school, submission):
    row = rows_of(submission)[0]
    saved(submission, put(row, "problems", "无更新"), put(row, "rectified", "否"), by=school.he)
    row.refresh_from_db()
    saved(submission, put(row, "problems", "无"), by=school.he)
    assert (cells(row)["problems"], cells(row)["rectified"]) == ("无问题", "-")


def test_a_batch_that_says_otherwise_is_taken_at_its_word(school, submission):
    row = rows_of(submission)[0]
    saved(submission, put(row, "problems", "无问题"), put(row, "rectified", "是"), by=school.he)
    assert cells(row)["rectified"] == "是"


def test_a_row_added_twice_is_one_row(school, submission):
    key, before = uuid.uuid4(), len(rows_of(submission))
    after = rows_of(submission)[0].key
    for _ in range(2):
        add = Operation(uuid.uuid4(), Deed.ADD, key, after=after)
        saved(submission, add, by=school.he)
    rows = rows_of(submission)
    assert len(rows) == before + 1
    assert rows[1].key == key


def test_a_removed_row_comes_back_as_it_was(school, submission):
    row = rows_of(submission)[2]
    saved(submission, Operation(uuid.uuid4(), Deed.REMOVE, row.key, row.version), by=school.he)
    assert row not in rows_of(submission)
    saved(submission, Operation(uuid.uuid4(), Deed.RESTORE, row.key), by=school.he)
    assert rows_of(submission)[2].cells == row.cells


def test_a_row_that_somebody_changed_is_not_removed_blindly(school, submission):
    row = rows_of(submission)[0]
    saved(submission, put(row, "note", "甲"), by=school.chen)
    remove = Operation(uuid.uuid4(), Deed.REMOVE, row.key, row.version)
    assert result_of(saved(submission, remove, by=school.he), remove) == "conflict"
    assert row in rows_of(submission)


def test_a_text_too_long_for_a_cell_is_refused_with_its_length(school, submission):
    long = put(rows_of(submission)[0], "note", "长" * 401)
    done = saved(submission, long, by=school.he)
    assert "最多 400 个字，现有 401 个" in done.outcomes[long.pk].reason


@pytest.mark.parametrize("column", ["number", "outlet", "nonsense"])
def test_only_typed_columns_are_written(school, submission, column):
    wrong = put(rows_of(submission)[0], column, "1")
    assert result_of(saved(submission, wrong, by=school.he), wrong) == "refused"


def test_a_submission_at_the_leader_takes_no_changes(school, submission):
    present_submission(submission, by=school.he, at=sheet_scene.OPENED)
    with pytest.raises(PermissionDenied, match="已交领导确认"):
        saved(submission, put(rows_of(submission)[0], "note", "甲"), by=school.he)


@pytest.mark.parametrize("person", ["zhou", "zheng", "su", "shen", "bao", "admin"])
def test_only_operators_of_the_unit_write(school, submission, person):
    with pytest.raises(PermissionDenied):
        saved(submission, put(rows_of(submission)[0], "note", "甲"), by=school.people[person])
