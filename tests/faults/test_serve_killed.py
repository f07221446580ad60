"""`meice serve` as it runs in earnest: the web or the worker is killed in the middle of an upload
or of its check; nothing is lost, nothing is there twice, `meice verify` is clean."""

import os
import signal
import socket
import subprocess
import threading
import time
import uuid
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlwt

from tests.faults.browser import Browser, multipart
from tests.faults.conftest import PATIENCE

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("faults served"),
    pytest.mark.parametrize("installation", ["sqlite_files"], ids=["sqlite"], indirect=True),
]
PASSWORD = "Zi-Teng-Hua-2026"
CONTENT = os.urandom(12 * 1024 * 1024)
PEOPLE = f"""
from django.utils import timezone
from meice.orgs.actions.units import UnitFacts, add_unit
from meice.orgs.models import Post, User
unit = add_unit(UnitFacts("华园大学"), None)
he = User(username="20110437", name="何嘉敏", pinyin_key="he", password_changed_at=timezone.now())
he.set_password({PASSWORD!r})
he.save()
Post.objects.create(user=he, unit=unit, role="operator")
"""
CHECKS = "select count(*), count(checked_at) from surveys_annexcheck"
JOBS = "select state, tries from jobs_job where task_path like 'meice.surveys.%check_annexes'"


def until(condition):
    """Wait for a process to come so far; as long as a busy machine may need."""
    deadline = time.monotonic() + PATIENCE
    pause = threading.Event()
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not come so far"
        pause.wait(0.01)
    return found


def is_listening(port):
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def child_of(parent, word):
    """The process that `parent` started with `word` in its command; None while there is none."""
    for folder in Path("/proc").iterdir():
        try:
            above = (folder / "stat").read_text().rsplit(")", 1)[1].split()[1]
            command = (folder / "cmdline").read_text().split("\0")
        except (OSError, IndexError, UnicodeDecodeError):
            continue
        if above == str(parent) and word in command:
            return int(folder.name)
    return None


class Served:
    """A running house and 何嘉敏 signed in to it."""

    def __init__(self, installation):
        self.installation = installation
        with socket.socket() as line:
            line.bind(("127.0.0.1", 0))
            self.port = line.getsockname()[1]
        installation.begin(PEOPLE)
        self.house = installation.start(
            "-m", "meice", "serve", "--port", str(self.port), stderr=subprocess.DEVNULL
        )
        until(lambda: is_listening(self.port))
        self.browser = Browser(self.port)
        self.browser.sign_in("20110437", PASSWORD)
        self.csrf = self.browser.token("/annexes/")

    def kill(self, word):
        """kill -9 of a child with all its processes; the house starts it anew."""
        victim = until(lambda: child_of(self.house.pid, word))
        os.killpg(victim, signal.SIGKILL)

    def kill_web(self):
        self.kill("granian")
        until(lambda: not is_listening(self.port))
        until(lambda: is_listening(self.port))

    def form(self, token):
        return {"csrfmiddlewaretoken": self.csrf, "token": token, "one_unit": "on"}

    def upload(self, token, name="附件1.xls", content=CONTENT):
        """The whole upload; gives the address of the check."""
        status, location, _ = self.browser.upload(
            "/annexes/check/", "uploads", name, content, **self.form(token)
        )
        assert status == 302
        return location

    def begin_upload(self, token, share):
        body, kind = multipart("uploads", "附件1.xls", CONTENT, **self.form(token))
        return self.browser.begin_upload("/annexes/check/", body, kind, share)

    def on_disk(self, pattern):
        return list((self.installation.folder / "files").glob(pattern))


@pytest.fixture
def served(installation):
    house = Served(installation)
    yield house
    house.house.terminate()
    house.house.wait(timeout=PATIENCE)


def nothing_lost_nothing_twice(served):
    """One check, checked; one upload; its bytes once; the chain and the files verify."""
    ask = served.installation.rows
    until(lambda: ask(CHECKS) == [(1, 1)])
    assert ask("select count(*) from surveys_upload where stored_id is not null") == [(1,)]
    assert ask("select count(*) from audit_entry where act = 'annexes.receive'") == [(1,)]
    assert len(served.on_disk("??/??/*")) == 1
    verify = served.installation.start("-m", "meice", "verify", stdout=subprocess.DEVNULL)
    assert verify.wait(timeout=PATIENCE) == 0


@pytest.mark.parametrize(
    ("share", "moment"), [(0.5, ""), (1.0, "incoming/*.part"), (1.0, "??/??/*")]
)
def test_the_web_dies_in_an_upload_and_the_same_upload_is_made_again(served, share, moment):
    token = uuid.uuid4()
    line = served.begin_upload(token, share)
    if moment:
        until(lambda: served.on_disk(moment) or served.on_disk("??/??/*"))
    served.kill_web()
    line.close()
    assert served.upload(token) == served.upload(token)
    nothing_lost_nothing_twice(served)


def many_workbooks():
    """An archive that takes some time to check."""
    book, archive = xlwt.Workbook(), BytesIO()
    book.add_sheet("Sheet1").write(0, 0, "序号")
    book.save(single := BytesIO())
    with ZipFile(archive, "w") as members:
        for number in range(500):
            members.writestr(f"{number}.xls", single.getvalue())
    return archive.getvalue()


def test_the_worker_dies_in_a_check_and_another_ends_it(served):
    served.upload(uuid.uuid4(), "上报.zip", many_workbooks())
    until(lambda: served.installation.rows(JOBS) == [("running", 1)])
    served.kill("worker")
    assert served.installation.rows(JOBS) == [("running", 1)]
    until(lambda: served.installation.rows(JOBS) == [("done", 2)])
    nothing_lost_nothing_twice(served)
    assert served.installation.rows(
        "select form_count from surveys_annexcheck"
    ) == served.installation.rows("select count(*) from surveys_checkedform")
