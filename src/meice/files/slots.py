"""The room's rounds; it has no page of its own: files are shown by the room that owns them."""

from datetime import time

from meice.files.tasks import sweep_orphans, verify_files
from meice.jobs import schedules


def register() -> None:
    """The hourly sweep and the nightly look at every hash."""
    schedules.every(seconds=3600, task=sweep_orphans, key="files.sweep")
    schedules.daily(at=time(3, 40), task=verify_files, key="files.verify")
