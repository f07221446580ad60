"""Keeping files: whole, once, under limits, and given back as they came."""

import errno
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest

from meice.files.actions import Limits, QuotaSpent, TooLarge, keep_file
from meice.files.kinds import FileKind
from meice.files.models import StoredFile
from meice.files.reading import file_response, open_file
from meice.files.storage import StorageFull
from meice.kernel.clock import now

pytestmark = pytest.mark.django_db
SMALL = Limits(single=100, archive=1000, daily=1500)


@pytest.fixture
def files_folder(settings):
    return settings.FILES_DIR


def keep(content=b"abc", name="附件1.xls", by=None, limits=SMALL):
    return keep_file(BytesIO(content), name=name, by=by, purpose="test", limits=limits)


def everything_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_comes_back_as_it_came():
    stored = keep(b"\x00\xff abc", name="附件1 备案.xls")
    with open_file(stored) as stream:
        assert stream.read() == b"\x00\xff abc"
    assert (stored.size, stored.name) == (6, "附件1 备案.xls")


def test_equal_bytes_are_two_rows_and_one_file(files_folder):
    first, second = keep(b"abc"), keep(b"abc", name="b.xls")
    assert first.pk != second.pk
    assert [path.name for path in everything_in(files_folder)] == [first.digest]


def test_a_download_is_an_attachment_that_runs_nothing():
    response = file_response(keep(b"<script>"), name="页面.html")
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Content-Length"] == "8"
    response.close()


@pytest.mark.parametrize(
    ("content", "fits"),
    [(b"x" * 100, True), (b"x" * 101, False), (b"PK\x03\x04" + b"x" * 900, True)],
)
def test_a_single_file_and_an_archive_have_their_own_limits(files_folder, content, fits):
    if fits:
        assert keep(content).size == len(content)
        return
    with pytest.raises(TooLarge, match="文件太大"):
        keep(content)
    assert everything_in(files_folder) == []


def test_a_person_has_a_quota_for_a_day(cast):
    archive = b"PK\x03\x04" + b"x" * 900
    keep(archive, by=cast.he)
    with pytest.raises(QuotaSpent, match="24 小时"):
        keep(archive, by=cast.he)
    StoredFile.objects.update(kept_at=now() - timedelta(hours=25))
    assert keep(archive, by=cast.he).kept_by == cast.he


def test_the_quota_of_one_is_not_the_quota_of_another(cast):
    archive = b"PK\x03\x04" + b"x" * 900
    keep(archive, by=cast.he)
    assert keep(archive, by=cast.zhou).size == 904


class FullDisk(BytesIO):
    """A stream at whose second reading the disk is found to be full."""

    def read(self, size=-1):
        if self.tell():
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().read(2)


def test_a_full_disk_keeps_nothing_and_says_so_in_chinese(files_folder):
    with pytest.raises(StorageFull) as caught:
        keep_file(FullDisk(b"abcdef"), name="a.xls", by=None, purpose="test")
    assert "存储空间已满" in caught.value.reason
    assert caught.value.status == 507
    assert everything_in(files_folder) == []
    assert not StoredFile.objects.exists()


def test_another_fault_of_the_disk_keeps_nothing_either(files_folder):
    class Broken(BytesIO):
        def read(self, size=-1):
            raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(OSError, match="Input/output"):
        keep_file(Broken(b"abc"), name="a.xls", by=None, purpose="test")
    assert everything_in(files_folder) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("a\\b\\c.xls", "c.xls"),
        ("\x00\r\n", "文件"),
        ("x" * 300 + ".xls", "x" * 251 + ".xls"),
    ],
)
def test_a_hostile_name_is_kept_as_a_harmless_one(given, kept):
    assert keep(name=given).name == kept


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind.OLE),
        (b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml", FileKind.OOXML),
        (b"PK\x03\x04" + b"\0" * 26 + b"docProps/app.xml", FileKind.OOXML),
        (
            b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            FileKind.ODF,
        ),
        (b"PK\x03\x04" + b"\0" * 26 + "附件1.xls".encode("gbk"), FileKind.ZIP),
        (b"Rar!\x1a\x07\x01\x00", FileKind.RAR),
        (b"%PDF-1.7", FileKind.PDF),
        (b"<html>", FileKind.OTHER),
        (b"", FileKind.OTHER),
    ],
)
def test_the_kind_is_told_by_the_first_bytes(head, kind):
    assert keep(head, name="x.png").kind == kind


def test_times_are_aware_and_utc():
    stored = keep()
    assert stored.kept_at.utcoffset() == timedelta(0)
    assert stored.kept_at > datetime(2020, 1, 1, tzinfo=UTC)
