"""The process dies at every point of handing over and reporting (F1): nothing is lost, nothing
counted twice, and the same request again converges."""

import signal

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

STAGE = """
from tests.meice.surveys.scene import a_world, presented, received, started
from meice.surveys.actions import consolidating
from datetime import date
from tests.meice.surveys.scene import BEFORE
world = a_world()
{act}
print("null")
"""
STARTED = STAGE.format(act="started(world)")
PRESENTED = STAGE.format(act="presented(world)")
FAULTS = """
from meice.audit import verify as audit
from meice.files import verify as files
print(json.dumps([*audit.altered(), *files.altered()]))
"""
TRUTH = """
from meice.surveys.models import Receipt, Submission
from meice.audit.models import Entry
found = Submission.objects.get(unit__name="数学与信息学院")
print(json.dumps({
    "status": found.status,
    "round": found.round,
    "receipts": [receipt.number for receipt in Receipt.objects.all()],
    "whole": all(r.package.path.exists() for r in Receipt.objects.all()),
    "audited": Entry.objects.filter(act="submission.confirm").count(),
    "events": found.events.filter(act="confirm").count(),
}))
"""


def run(installation, act, point):
    """What the process wrote, and whether it lived."""
    process = installation.fork("tests.faults.submitter:act", act, point)
    lived = process.wait(timeout=120) == 0
    assert lived or process.poll() == -signal.SIGKILL, process.complained
    return process.said, lived


@pytest.mark.parametrize("point", ["Receipt", "SubmissionEvent", "Entry"])
def test_a_death_inside_the_transaction_leaves_no_receipt(installation, point):
    installation.begin(PRESENTED)
    said, lived = run(installation, "confirm", point)
    assert (said, lived) == ("", False)
    truth = installation.ask(TRUTH)
    assert (truth["status"], truth["receipts"]) == ("awaiting_leader", [])
    again, _ = run(installation, "confirm", "never")
    truth = installation.ask(TRUTH)
    assert truth["receipts"] == [again]
    assert (truth["round"], truth["audited"], truth["events"]) == (1, 1, 1)
    assert installation.ask(FAULTS) == []


def test_a_death_before_the_answer_and_the_retry_gets_the_same_receipt(installation):
    installation.begin(PRESENTED)
    _, lived = run(installation, "confirm", "answer")
    assert not lived
    first = installation.ask(TRUTH)
    again, _ = run(installation, "confirm", "never")
    assert first["receipts"] == [again]
    assert installation.ask(TRUTH) == first
    assert first["whole"]


@pytest.mark.parametrize("point", ["file", "SubmissionEvent"])
def test_a_death_while_handing_over_leaves_the_sheet_as_it_was(installation, point):
    installation.begin(STARTED)
    assert run(installation, "present", point) == ("", False)
    assert installation.ask(TRUTH)["status"] == "drafting"
    run(installation, "present", "never")
    assert installation.ask(TRUTH)["status"] == "awaiting_leader"
    assert installation.ask(FAULTS) == []
