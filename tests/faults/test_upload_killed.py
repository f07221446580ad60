"""The web process dies in the middle of an upload: nothing half kept, nothing kept twice."""

import hashlib
import os
import signal
import uuid

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

CONTENT = os.urandom(3 * 1024 * 1024)
DIGEST = hashlib.sha256(CONTENT).hexdigest()
FAULTS = """
from meice.audit import verify as audit
from meice.files import verify as files
print(json.dumps([*audit.altered(), *files.altered()]))
"""
SWEEP = """
from datetime import timedelta
from meice.files.sweep import sweep
from meice.kernel.clock import now
sweep(now() + timedelta(hours=25))
"""


def begin_upload(installation, *moment):
    """The process and the pipe into it."""
    pipe = installation.folder / f"pipe-{uuid.uuid4().hex}"
    os.mkfifo(pipe)
    process = installation.fork("tests.faults.uploader:upload", str(pipe), *moment)
    return process, pipe.open("wb")


def upload(installation, *moment):
    """The whole upload; gives how the process ended."""
    process, pipe = begin_upload(installation, *moment)
    with pipe:
        pipe.write(CONTENT)
    return process.wait(timeout=120)


def on_disk(installation):
    found = (installation.folder / "files").rglob("*")
    return sorted(path.name for path in found if path.is_file())


def kept(installation):
    return installation.rows("select digest, size from files_storedfile")


def test_an_upload_cut_short_leaves_a_draft_that_is_swept(installation):
    process, pipe = begin_upload(installation)
    pipe.write(CONTENT[:-1])
    pipe.flush()
    process.kill()
    assert process.wait(timeout=120) == -signal.SIGKILL
    pipe.close()
    assert kept(installation) == []
    assert [name for name in on_disk(installation) if not name.endswith(".part")] == []
    assert installation.ask(FAULTS) == []
    installation.ask(SWEEP)
    assert on_disk(installation) == []


def test_a_crash_before_the_row_and_the_same_upload_again_is_one_file(installation):
    assert upload(installation, "before-row") == -signal.SIGKILL
    assert (on_disk(installation), kept(installation)) == ([DIGEST], [])
    assert upload(installation) == 0
    assert (on_disk(installation), kept(installation)) == ([DIGEST], [(DIGEST, len(CONTENT))])
    assert installation.ask(FAULTS) == []


def test_an_orphan_is_swept_after_a_day(installation):
    assert upload(installation, "before-row") == -signal.SIGKILL
    assert on_disk(installation) == [DIGEST]
    installation.ask(SWEEP)
    assert on_disk(installation) == []
