"""A worker in a process of its own that works until the queue is empty.

SIGTERM stops it as it stops `meice worker`.
"""

import signal
import threading

from django.db import connections

from meice.jobs.models import Job
from meice.jobs.worker import Pace, run


def watch(stopping: threading.Event) -> None:
    """Set `stopping` when nothing of the tests is queued or running."""
    mine = Job.objects.live().filter(task_path__startswith="tests.")
    while mine.exists():
        stopping.wait(0.1)
    stopping.set()
    connections.close_all()


def work(lease: float, grace: float) -> None:
    """Run one worker with so many seconds of lease, and of patience when it is to stop."""
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: stopping.set())
    threading.Thread(target=watch, args=[stopping], daemon=True).start()
    run(stopping, Pace(lease=lease, renew=lease / 4, look=0.05, grace=grace, threads=2))
