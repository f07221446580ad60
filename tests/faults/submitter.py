"""A report, or a consolidation, in a process of its own that dies at a chosen point.

`python -m tests.faults.submitter ACT POINT`: ACT `present`, `confirm` or `consolidate`; POINT is
`never`, a model's name (the process dies when its row was just written, inside the transaction),
`file` (the bytes are kept, the transaction has not begun) or `answer` (committed, not answered).
"""

import os
import signal
import sys
import uuid

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meice.config.settings")
django.setup()

from django.db.models.signals import post_save  # noqa: E402

from meice.orgs.models import User  # noqa: E402
from meice.surveys import tasks  # noqa: E402
from meice.surveys.actions import filling, reporting  # noqa: E402
from meice.surveys.models import Consolidation, Submission  # noqa: E402
from tests.meice.surveys.scene import BEFORE, arrival  # noqa: E402

KEY = uuid.UUID("11111111-2222-3333-4444-555555555555")
WATCHED = {"file": "StoredFile"}


def die(**_given):
    """As a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def watch(point):
    """Arrange for the death."""
    wanted = WATCHED.get(point, point)

    def written(sender, **_given):
        if sender.__name__ == wanted:
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


ACTS = {"present": present, "confirm": confirm, "consolidate": consolidate}

if __name__ == "__main__":
    act, point = sys.argv[1:]
    watch(point)
    ACTS[act]()
    if point == "answer":
        die()
