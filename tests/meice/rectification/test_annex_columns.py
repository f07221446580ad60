"""What was ordered flows into annex 1 columns 6 and 7, and a unit cannot write it away."""

from datetime import UTC, datetime

import pytest
from tests.base_states import base_state
from tests.meice.rectification import scene
from tests.meice.rectification.scene import MONDAY, days
from tests.meice.surveys.scene import a_campaign

from meice.engines.annexes.model import Annex
from meice.rectification import actions
from meice.rectification.models import OrderItem
from meice.registry.actions.outlets import note_problems
from meice.surveys.actions.filling import recount, start_submission
from meice.surveys.models import Submission, SubmissionRow
from meice.surveys.sheet.scan import scan_submission


@base_state
def submission(school, outlet):
    """数信学院's own, not yet begun."""
    return a_campaign(school, scopes=[(school.maths, "self")]).submissions.get()


def begun(school, submission):
    start_submission(submission, by=school.he, at=MONDAY)
    return Submission.objects.select_related("unit", "campaign", "header").get(pk=submission.pk)


def row_of(submission):
    return submission.rows.get(annex=int(Annex.BASIC), removed=False)


def problems_of(submission):
    """The errors about what was ordered."""
    faults = scan_submission(submission).examined.faults
    return [fault.message for fault in faults if "宣传部核实" in fault.message]


def write(row, **cells):
    SubmissionRow.objects.filter(pk=row.pk).update(cells={**row.cells, **cells})


def test_an_open_order_says_no_and_a_closed_one_yes(school, outlet):
    order = scene.replied(school, scene.stale(outlet), scene.silent(outlet))
    found = OrderItem.objects.annex_problems([outlet.pk])
    assert found == {outlet.pk: [("无更新", False), ("互动回应不及时", False)]}
    actions.close_order(scene.judged(school, order), by=school.liang, at=days(1))
    found = OrderItem.objects.annex_problems([outlet.pk])
    assert found == {outlet.pk: [("无更新", True), ("互动回应不及时", True)]}


def test_one_open_item_of_a_class_keeps_the_class_open(school, outlet):
    order = scene.replied(school, scene.stale(outlet))
    actions.close_order(scene.judged(school, order), by=school.liang, at=days(1))
    scene.an_order(school, scene.stale(outlet), at=days(2))
    assert OrderItem.objects.annex_problems([outlet.pk]) == {outlet.pk: [("无更新", False)]}


def test_what_was_closed_before_the_last_report_is_history(school, outlet):
    order = scene.replied(school, scene.stale(outlet))
    actions.close_order(scene.judged(school, order), by=school.liang, at=days(1))
    assert OrderItem.objects.annex_problems([outlet.pk], since=days(2)) == {}
    assert OrderItem.objects.annex_problems([outlet.pk], since=MONDAY) != {}


def test_a_new_sheet_is_filled_with_what_was_ordered(school, outlet, submission):
    note_problems(outlet, ["审核机制不健全"], rectified=True, by=school.he, at=MONDAY)
    scene.an_order(school, scene.stale(outlet))
    row = row_of(begun(school, submission))
    assert row.cells["problems"] == "无更新、审核机制不健全"
    assert row.cells["rectified"] == "否"


def test_a_closed_order_fills_yes(school, outlet, submission):
    order = scene.replied(school, scene.stale(outlet))
    actions.close_order(scene.judged(school, order), by=school.liang, at=days(1))
    row = row_of(begun(school, submission))
    assert (row.cells["problems"], row.cells["rectified"]) == ("无更新", "是")


def test_a_sheet_as_it_was_filled_has_no_error(school, outlet, submission):
    scene.an_order(school, scene.stale(outlet))
    assert problems_of(begun(school, submission)) == []


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"problems": "无问题", "rectified": "-"}, ["「无更新」不能删改", "应为「否」"]),
        ({"problems": "审核机制不健全"}, ["「无更新」不能删改"]),
        ({"rectified": "是"}, ["应为「否」"]),
        ({"problems": "长期不更新、审核机制不健全"}, []),
    ],
    ids=["erased", "replaced", "called mended", "added to"],
)
def test_a_confirmed_problem_is_not_written_away(school, outlet, submission, cells, why):
    scene.an_order(school, scene.stale(outlet))
    current = begun(school, submission)
    write(row_of(current), **cells)
    said = problems_of(current)
    assert len(said) == len(why)
    assert all(part in message for part, message in zip(why, said, strict=True))


def test_its_row_is_not_deleted_either(school, outlet, submission):
    scene.an_order(school, scene.stale(outlet))
    current = begun(school, submission)
    SubmissionRow.objects.filter(pk=row_of(current).pk).update(removed=True)
    assert "不能从表里删去" in problems_of(current)[0]
    recount(current)
    assert current.error_count >= 1


def test_the_error_offers_the_right_text(school, outlet, submission):
    scene.an_order(school, scene.stale(outlet))
    current = begun(school, submission)
    row = row_of(current)
    write(row, problems="无问题", rectified="-")
    scan = scan_submission(current)
    fault = next(f for f in scan.examined.faults if "不能删改" in f.message)
    assert fault.cell == "F5"
    assert scan.mend_of(fault, {"problems": "无问题"}).value == "无更新"


def test_a_withdrawn_order_leaves_the_sheet_to_the_unit(school, outlet, submission):
    order = scene.an_order(school, scene.stale(outlet))
    current = begun(school, submission)
    actions.withdraw_order(
        order, reason="核实有误", by=school.liang, at=datetime(2026, 11, 24, tzinfo=UTC)
    )
    write(row_of(current), problems="无问题", rectified="-")
    assert problems_of(current) == []
