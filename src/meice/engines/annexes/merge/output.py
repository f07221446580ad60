"""Putting the merged package and its report on the disk: whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from meice.engines.annexes.merge.choose import Merged
from meice.engines.annexes.merge.render import render
from meice.engines.annexes.merge.report import REPORT_NAME
from meice.engines.annexes.naming import package_stem


@dataclass(frozen=True, slots=True)
class Written:
    """The two files of a merge."""

    package: Path
    report: Path


def write_merged(merged: Merged, directory: Path) -> Written:
    """Write the package's zip and 合并报告.xlsx into ``directory`` (made when missing)."""
    request = merged.request
    name = f"{package_stem(request.sent_on, request.short)}.zip"
    written = Written(directory / name, directory / REPORT_NAME)
    package, report = render(merged)
    write_all([(written.package, package), (written.report, report)])
    return written


def write_all(files: Iterable[tuple[Path, bytes]]) -> None:
    """Write each file beside its place, then move all of them in: a reader never sees half a
    file, and nothing is replaced before everything is on the disk. Raises OSError."""
    ready: list[tuple[Path, Path]] = []
    try:
        for target, content in files:
            target.parent.mkdir(parents=True, exist_ok=True)
            ready.append((_write_beside(target, content), target))
        for temporary, target in ready:
            temporary.replace(target)
    finally:
        for temporary, _ in ready:
            temporary.unlink(missing_ok=True)
    for folder in {target.parent for _, target in ready}:
        _sync_folder(folder)


def _write_beside(target: Path, content: bytes) -> Path:
    with NamedTemporaryFile(dir=target.parent, prefix=".meice-", delete=False) as temporary:
        path = Path(temporary.name)
        try:
            temporary.write(content)
            temporary.flush()
            os.fsync(temporary.fileno())
            path.chmod(0o666 & ~_umask())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return path


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
