"""Kept uploads as the engine wants them, its answers with the names that people know.

The engine reads paths. Uploads lie under their hashes, so they are linked into a throw-away
folder under their own names: loose files that are one unit's set together, a dropped folder as
it was, everything else each in its own place.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.utils import timezone

from meice.engines.annexes.check import check as engine_check
from meice.engines.annexes.merge import Request, write_merged
from meice.engines.annexes.merge import merge as choose
from meice.engines.annexes.model import Code, Form, Issue, Package, Report
from meice.engines.annexes.naming import annex_file_name
from meice.engines.annexes.write import write_workbook
from meice.jobs import progress
from meice.kernel.access import Refused
from meice.surveys.models import AnnexCheck, CheckedForm, MergedPackage, Upload

SHEET_ENDINGS = frozenset({".xls", ".xlsx", ".xlsm", ".ods", ".et"})
STALE_HOURS = 24
PACE_SECONDS = 1.0
_LONGEST_PART = 200  # bytes of one part of a path; file systems take 255


@dataclass(frozen=True, slots=True)
class Laid:
    """What was laid out: the paths to give the engine, and how each is called."""

    sources: tuple[Path, ...]
    names: tuple[tuple[str, str], ...]  # real path or its beginning → what people see

    def called(self, path: str) -> str:
        """`path` as its owner knows it; the longest beginning that fits decides."""
        for real, name in self.names:
            if path == real or path.startswith((f"{real}!", f"{real}/")):
                return (name + path[len(real) :]).lstrip("/") or name
        return path

    def holding(self, path: str) -> tuple[Path, ...]:
        """The laid-out file that is, or that holds, what people call `path`."""
        fitting = (
            Path(real)
            for real, name in self.names
            if name and (path == name or path.startswith(f"{name}!"))
        )
        return tuple(fitting)[:1]


def desk() -> Path:
    """The folder in which files are laid out while they are read."""
    folder = Path(settings.DATA_DIR) / "reading"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def clear_desk(moment: datetime) -> int:
    """Remove what a killed worker left more than a day before `moment`; gives how many."""
    limit = (moment - timedelta(hours=STALE_HOURS)).timestamp()
    stale = [folder for folder in desk().iterdir() if folder.stat().st_mtime < limit]
    for folder in stale:
        shutil.rmtree(folder, ignore_errors=True)
    return len(stale)


@contextmanager
def laid_out(check: AnnexCheck) -> Iterator[Laid]:
    """The uploads of `check` under their own names, for as long as the block runs."""
    uploads = list(check.uploads.filter(stored__isnull=False).select_related("stored"))
    with tempfile.TemporaryDirectory(dir=desk(), prefix=f"{check.pk}-") as root:
        yield _lay(Path(root), uploads, one_unit=check.one_unit)


def _lay(root: Path, uploads: list[Upload], *, one_unit: bool) -> Laid:
    loose = [upload for upload in uploads if _is_loose(upload)]
    seen = Counter(_on_disk(upload.name).casefold() for upload in loose)
    sources: dict[Path, None] = {}
    names: list[tuple[str, str]] = []
    for upload in uploads:
        is_set = one_unit and _is_loose(upload) and seen[_on_disk(upload.name).casefold()] == 1
        place = _place(root, upload, is_set=is_set and len(loose) > 1)
        _link(upload, place)
        names.append((str(place), upload.name))
        sources[_source(root, place)] = None
    names += [(str(source), _folder_name(root, source)) for source in sources if source.is_dir()]
    names.sort(key=lambda pair: -len(pair[0]))
    return Laid(tuple(sources), tuple(names))


def _is_loose(upload: Upload) -> bool:
    path = PurePosixPath(upload.name)
    return len(path.parts) == 1 and path.suffix.lower() in SHEET_ENDINGS


def _place(root: Path, upload: Upload, *, is_set: bool) -> Path:
    name = _on_disk(upload.name)
    if is_set:
        return root / "set" / name
    if "/" in name:
        return root / "folders" / name
    return root / "single" / str(upload.position) / name


def _source(root: Path, place: Path) -> Path:
    """What the engine is given for a file: the set, the dropped folder, or the file itself."""
    area, *rest = place.relative_to(root).parts
    if area == "set":
        return root / area
    return root / area / rest[0] if area == "folders" else place


def _folder_name(root: Path, source: Path) -> str:
    return "" if source == root / "set" else source.name


def _on_disk(name: str) -> str:
    """`name` with every part short enough for a file system, its ending kept."""
    parts = [part for part in PurePosixPath(name).parts if part not in {"/", "..", "."}]
    return "/".join(_shortened(part) for part in parts) or "文件"


def _shortened(part: str) -> str:
    part = part.replace("\0", "")
    if len(part.encode(errors="replace")) <= _LONGEST_PART:
        return part.encode(errors="replace").decode()
    ending = PurePosixPath(part).suffix[:10]
    stem = part.encode(errors="replace")[: _LONGEST_PART - len(ending.encode())]
    return stem.decode(errors="ignore") + ending


def _link(upload: Upload, place: Path) -> None:
    if upload.stored is None:
        raise ValueError("an upload that was not kept")
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(upload.stored.path, place)
    except OSError:
        shutil.copyfile(upload.stored.path, place)


def check(made: AnnexCheck) -> Report:
    """Have all uploads of `made` checked in the sandbox; names are those people know."""
    with laid_out(made) as laid:
        return renamed(_examined(made, laid.sources), laid)


def merge(package: MergedPackage) -> tuple[tuple[str, bytes], bytes]:
    """The accepted files of the package's check as (name, zip), and the report as .xlsx."""
    report = check(package.check_made)
    request = Request(package.unit, package.short_name, package.sent_on)
    with tempfile.TemporaryDirectory(dir=desk(), prefix="merge-") as folder:
        written = write_merged(choose(report, request), Path(folder))
        archive = (written.package.name, written.package.read_bytes())
        return archive, written.report.read_bytes()


def rewritten(form: CheckedForm) -> tuple[str, bytes]:
    """`form` read again from its upload and written anew: file name and `.xls`.

    Raises `Refused` when the kept file does not hold the form any more.
    """
    with laid_out(form.check_made) as laid:
        sources = laid.holding(form.path)
        report = renamed(_examined(form.check_made, sources), laid)
    for each in report.files:
        if each.path == form.path and (each.sheet or "") == form.sheet and each.annex:
            unit = each.header.unit or PurePosixPath(form.file_name).stem
            return annex_file_name(unit, each.annex), write_workbook([each])
    raise Refused("存下的文件里没有找到这张表。请重传一次。")


def renamed(report: Report, laid: Laid) -> Report:
    """`report` with the names that people know; the set of loose files has no name to check."""
    return Report(
        files=tuple(_renamed_form(form, laid) for form in report.files),
        packages=tuple(_renamed_package(package, laid) for package in report.packages),
    )


def _renamed_form(form: Form, laid: Laid) -> Form:
    return replace(
        form,
        path=laid.called(form.path),
        issues=tuple(_renamed_issue(issue, laid) for issue in form.issues),
        package=form.package and laid.called(form.package),
    )


def _renamed_package(package: Package, laid: Laid) -> Package:
    name = laid.called(package.path)
    issues = (issue for issue in package.issues if name or issue.code is not Code.BAD_PACKAGE_NAME)
    return replace(
        package, path=name, issues=tuple(_renamed_issue(issue, laid) for issue in issues)
    )


def _renamed_issue(issue: Issue, laid: Laid) -> Issue:
    return replace(issue, path=laid.called(issue.path))


def _examined(made: AnnexCheck, sources: tuple[Path, ...]) -> Report:
    """What the engine says; dates are judged by the day on which the files arrived."""
    today = timezone.localtime(made.received_at).date()
    return engine_check(sources, today=today, on_progress=_Steps())


class _Steps:
    """Passes the engine's progress on, no more than once a second: each note is a write."""

    def __init__(self) -> None:
        self._next = 0.0

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + PACE_SECONDS
            progress.report(done, total, f"{total} 个文件已看 {done} 个")
