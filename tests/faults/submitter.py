"""A report, a consolidation or an import, in a process of its own that dies at a chosen point.

`act(name, point)`: `point` is `never`, a model's name (the process dies when a row of it was just
written, inside the transaction; `Outlet:3` the third), `file` (the bytes are kept, the transaction
has not begun) or `answer` (committed, not answered). `work(point)` is a worker with such a death.
"""

import os
import signal
import sys
import uuid
from itertools import count

from django.db.models.signals import post_save

from meice.jobs.worker import drain
from meice.orgs.models import User
from meice.registry.actions import ledger
from meice.registry.models import LedgerIntake
from meice.surveys import tasks
from meice.surveys.actions import filling, reporting
from meice.surveys.models import Consolidation, Submission
from tests.meice.registry.scene import MONDAY
from tests.meice.surveys.scene import BEFORE, arrival

KEY = uuid.UUID("11111111-2222-3333-4444-555555555555")
WATCHED = {"file": "StoredFile"}


def die(**_given):
    """As a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def watch(point):
    """Arrange for the death."""
    wanted, _, number = WATCHED.get(point, point).partition(":")
    times = count(1)

    def written(sender, **_given):
        if sender.__name__ == wanted and next(times) == int(number or 1):
            die()

    post_save.connect(written, weak=False)


def present():
    """The operator hands over."""
    submission = Submission.objects.get(unit__name="数学与信息学院")
    filling.present_submission(submission, by=User.objects.get(username="M001"), at=BEFORE)


def confirm():
    """The leader reports, always with the same key."""
    submission = Submission.objects.get(unit__name="数学与信息学院")
    leader = User.objects.get(username="M003")
    receipt = reporting.confirm_submission(submission, arrival(key=KEY), by=leader)
    sys.stdout.write(receipt.number)


def consolidate():
    """The worker makes the package."""
    sys.stdout.write(str(tasks.consolidate.func(Consolidation.objects.get().pk)))


def apply_ledger():
    """The department imports what it saw."""
    intake = LedgerIntake.objects.select_related("unit").get()
    digest = ledger.plan_of(intake, MONDAY).digest
    by = User.objects.get(username="D001")
    ledger.apply_ledger_intake(intake, digest=digest, by=by, at=MONDAY)


ACTS = {
    "present": present, "confirm": confirm, "consolidate": consolidate,
    "apply_ledger": apply_ledger,
}  # fmt: skip


def act(name, point):
    """Do it, and die where it was said."""
    watch(point)
    ACTS[name]()
    if point == "answer":
        die()


def work(point):
    """Run what is due, and die where it was said."""
    watch(point)
    drain()
