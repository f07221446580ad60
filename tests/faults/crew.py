"""A worker process of its own: `python -m tests.faults.crew LEASE GRACE` works until the queue is
empty.

SIGTERM stops it as it stops `meice worker`.
"""

import os
import signal
import sys
import threading

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meice.config.settings")
django.setup()

from django.db import connections  # noqa: E402

from meice.jobs.models import Job  # noqa: E402
from meice.jobs.worker import Pace, run  # noqa: E402


def watch(stopping: threading.Event) -> None:
    """Set `stopping` when nothing of the tests is queued or running."""
    mine = Job.objects.live().filter(task_path__startswith="tests.")
    while mine.exists():
        stopping.wait(0.1)
    stopping.set()
    connections.close_all()


def main() -> None:
    """Run one worker with so many seconds of lease, and of patience when it is to stop."""
    lease, grace = map(float, sys.argv[1:3])
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: stopping.set())
    threading.Thread(target=watch, args=[stopping], daemon=True).start()
    run(stopping, Pace(lease=lease, renew=lease / 4, look=0.05, grace=grace, threads=2))


if __name__ == "__main__":
    main()
