"""F6 at the door: an upload to a disk without room is answered in Chinese and kept nowhere."""

import resource
import signal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from meice.files.models import StoredFile


@pytest.fixture
def small_disk():
    """No file may grow past 64 KB: writing fails as on a full disk, for this process only."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    signal.signal(signal.SIGXFSZ, before)


def upload(browser, size):
    form = browser.get("/annexes/").context["form"]
    file = SimpleUploadedFile("附件1.xls", b"x" * size)
    fields = {"uploads": file, "token": form["token"].value(), "one_unit": "on"}
    return browser.post("/annexes/check/", fields)


def test_a_full_disk_is_said_in_chinese_and_the_next_upload_with_room_is_kept(
    cast, signed_in, small_disk, settings
):
    browser = signed_in(cast.he)
    browser.raise_request_exception = False
    refused = upload(browser, 1024 * 1024)
    assert refused.status_code == 507
    assert "存储空间已满" in refused.content.decode()
    assert not [path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()]
    assert not StoredFile.objects.exists()
    assert upload(browser, 1024).status_code == 302
    assert StoredFile.objects.count() == 1
