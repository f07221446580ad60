"""A case as a zip that any machine can check."""

import hashlib
import shutil
import subprocess
import zipfile
from io import BytesIO

import pytest

from meice.evidence.actions import keep_evidence
from meice.evidence.documents import SUMS, packed
from meice.evidence.models import Evidence, EvidenceKind
from meice.files.actions import keep_file
from meice.kernel.clock import now

CASE = "impersonation:7"


@pytest.fixture
def case(cast):
    """Two pieces; one is named as an attacker would."""
    for name, kind in (
        ("../首页|a.png", EvidenceKind.SCREENSHOT),
        ("页面.html", EvidenceKind.HTML),
    ):
        stored = keep_file(BytesIO(name.encode() * 90_000), name=name, by=None, purpose="evidence")
        keep_evidence(stored, case=CASE, kind=kind, by=None, at=now())
    return Evidence.objects.of(CASE)


def test_the_zip_checks_itself_with_sha256sum(case, tmp_path):
    pieces = list(packed("假冒账号7", [("关停申请.docx", b"paper")], case, now()))
    assert len(pieces) > 3
    path = tmp_path / "docket.zip"
    path.write_bytes(b"".join(pieces))
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
        names = sorted(archive.namelist())
    assert names == [
        "假冒账号7/SHA256SUMS",
        "假冒账号7/关停申请.docx",
        "假冒账号7/证据/01-截图-首页_a.png",
        "假冒账号7/证据/02-网页存档-页面.html",
    ]
    folder = tmp_path / "假冒账号7"
    for line in (folder / SUMS).read_text("utf-8").splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    program = shutil.which("sha256sum")
    if program:
        assert (
            subprocess.run([program, "-c", "--status", SUMS], cwd=folder, check=False).returncode
            == 0
        )


def test_a_lost_file_leaves_the_rest_of_the_docket(case):
    case[0].stored.path.unlink()
    with zipfile.ZipFile(BytesIO(b"".join(packed("x", [], case, now())))) as archive:
        sizes = [entry.file_size for entry in archive.infolist()][:2]
    assert sizes[0] == 0
    assert sizes[1] > 0
