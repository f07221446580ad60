"""Room surveys: packages to try lie ready, two people have already checked theirs."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings

from meice.demo import packages
from meice.demo.stage import Stage
from meice.jobs.worker import drain
from meice.surveys.actions.asked import Incoming, receive_files

TELLERS = (("suyq", packages.clean), ("hejm", packages.faulty), ("liangwb", packages.unreadable))
_FORMS = uuid.UUID("2021a629-0000-4000-8000-000000000000")


def play(stage: Stage) -> None:
    """Lay the examples down; have three of them checked by the people who would send them."""
    folder = Path(settings.DATA_DIR) / packages.FOLDER
    packages.lay_down(folder, stage.today)
    for username, pack in TELLERS:
        path = folder / f"{pack(stage.today).name}.zip"
        with path.open("rb") as stream:
            incoming = Incoming(path.name, path.stat().st_size, stream)
            token = uuid.uuid5(_FORMS, username)
            receive_files([incoming], by=stage.people[username], token=token)
    drain(least=0)  # pictures are for the worker, while people look around already
