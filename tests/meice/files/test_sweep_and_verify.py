"""What is left over goes after a day; what was altered is named."""

from datetime import timedelta
from io import BytesIO

import pytest

from meice.files.actions import keep_file
from meice.files.models import StoredFile, blob_path
from meice.files.storage import incoming_folder
from meice.files.sweep import ASIDE, sweep
from meice.files.tasks import Altered, verify_files
from meice.files.verify import altered
from meice.kernel.clock import now
from meice.surveys.models import AnnexCheck, Upload

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(hours=25)


def keep(content=b"abc"):
    return keep_file(BytesIO(content), name="附件1.xls", by=None, purpose="test")


def test_nothing_is_swept_on_its_first_day():
    stored = keep()
    assert sweep(now()) == 0
    assert stored.path.exists()


def test_a_row_that_no_room_points_to_goes_with_its_bytes():
    stored = keep()
    assert sweep(now() + TOMORROW) == 1
    assert not stored.path.exists()
    assert not StoredFile.objects.exists()


def test_a_file_that_a_room_points_to_stays(cast):
    stored = keep()
    check = AnnexCheck.objects.create(owner=cast.he)
    Upload.objects.create(check_made=check, position=0, name="附件1.xls", size=3, stored=stored)
    assert sweep(now() + TOMORROW) == 0
    assert stored.path.exists()
    assert StoredFile.objects.get() == stored


def test_a_draft_is_swept():
    incoming_folder().mkdir(parents=True)
    draft = incoming_folder() / "x.part"
    draft.write_bytes(b"ab")
    assert (sweep(now()), draft.exists()) == (0, True)
    assert (sweep(now() + TOMORROW), draft.exists()) == (1, False)


def test_an_orphan_that_is_uploaded_again_meanwhile_is_put_back():
    stored = keep()
    aside = stored.path.with_name(stored.digest + ASIDE)
    stored.path.rename(aside)
    sweep(now())
    assert (blob_path(stored.digest).exists(), aside.exists()) == (True, False)


def test_unaltered_files_verify():
    keep()
    assert altered() == []
    verify_files.func()


def test_an_altered_file_is_named_by_row_and_time():
    stored, twin = keep(), keep()
    stored.path.write_bytes(b"abd")
    first, second = altered()
    assert f"存档文件 {stored.pk}（" in first
    assert f"存档文件 {twin.pk}（" in second
    assert "内容被改动" in first
    with pytest.raises(Altered):
        verify_files.func()


def test_a_file_that_is_gone_is_named():
    stored = keep()
    stored.path.unlink()
    assert [f"存档文件 {stored.pk}" in fault for fault in altered()] == [True]
    assert "找不到" in altered()[0]
