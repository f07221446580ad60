"""`meice backup` and `meice restore`: database, files, key and audit anchors in one archive with a hash list.

The database is copied first (SQLite's own online backup, so a running server may go on writing) and
the stored files afterwards: files are kept under their SHA-256 and never rewritten, so every file
that the copied database names is there. On PostgreSQL the database belongs to `pg_dump`.
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from meice.config import environment

DATABASE, FILES, MANIFEST = "meice.sqlite3", "files", "manifest.json"
BESIDE = ("secret.key", "audit-anchors.txt")
_CHUNK = 1024 * 1024


class BackupRefused(Exception):
    """The backup cannot be made or restored; the text says why and what to do, in Chinese."""


def write(target: Path) -> int:
    """Write the backup to `target`; 0 when it is complete, 1 when it was refused."""
    return _reported(lambda: _write(target), f"已备份到 {target}")


def restore(source: Path) -> int:
    """Restore `source` into the empty `MEICE_DATA_DIR`; 0 when all hashes agree, else 1."""
    return _reported(lambda: _restore(source), "已恢复")


def _reported(work: Callable[[], int], done: str) -> int:
    try:
        count = work()
    except (BackupRefused, OSError, EOFError, tarfile.TarError, sqlite3.Error) as failure:
        sys.stderr.write(f"没有办成：{failure}\n")
        return 1
    sys.stderr.write(f"{done}，共 {count} 个文件，散列一致。\n")
    return 0


def _write(target: Path) -> int:
    folder = environment.data_directory()
    url = environment.text("MEICE_DATABASE_URL", f"sqlite:///{folder / DATABASE}")
    if not url.startswith("sqlite:///"):
        raise BackupRefused(
            "数据库是 PostgreSQL，请用 pg_dump 备份数据库，再复制 files 目录和密钥。"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as scratch:
        copy = Path(scratch) / DATABASE
        _copy_database(Path(url.removeprefix("sqlite:///")), copy)
        draft = Path(scratch) / "draft"
        draft.touch(mode=0o600)
        count = _pack(draft, copy, folder)
        with draft.open("rb") as packed:
            os.fsync(packed.fileno())
        draft.replace(target)
    return count


def _copy_database(source: Path, target: Path) -> None:
    if not source.exists():
        raise BackupRefused(f"{source} 不存在，还没有数据可以备份。")
    with sqlite3.connect(source) as live, sqlite3.connect(target) as copy:
        live.backup(copy)
    copy.close()
    live.close()


def _pack(draft: Path, database: Path, folder: Path) -> int:
    hashes: dict[str, str] = {}
    with tarfile.open(draft, "w:gz", compresslevel=6) as archive:
        for name, path in _members(database, folder):
            hashes[name] = _sha256(path)
            archive.add(path, name, recursive=False)
        manifest = {"meice": version("meice"), "files": hashes}
        content = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        member = tarfile.TarInfo(MANIFEST)
        member.size, member.mode = len(content), 0o600
        archive.addfile(member, io.BytesIO(content))
    return len(hashes)


def _members(database: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    yield DATABASE, database
    yield from ((name, folder / name) for name in BESIDE if (folder / name).exists())
    for path in sorted((folder / FILES).rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"{FILES}/{path.relative_to(folder / FILES).as_posix()}", path


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as content:
        while block := content.read(_CHUNK):
            digest.update(block)
    return digest.hexdigest()


def _restore(source: Path) -> int:
    folder = environment.data_directory()
    if any(folder.iterdir()):
        raise BackupRefused(f"{folder} 不是空目录。请把 MEICE_DATA_DIR 指到一个新目录再恢复。")
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".restore-") as scratch:
        unpacked = Path(scratch)
        _unpack(source, unpacked)
        count = _compare(unpacked)
        for entry in sorted(unpacked.iterdir()):
            if entry.name != MANIFEST:
                shutil.move(entry, folder / entry.name)
    return count


def _unpack(source: Path, target: Path) -> None:
    with tarfile.open(source, "r:*") as archive:
        for member in archive:
            name = PurePosixPath(member.name)
            if name.is_absolute() or ".." in name.parts or not member.isfile():
                raise BackupRefused(f"备份里的「{member.name}」不是普通文件，这不是媒册的备份。")
            path = target / name
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            content = archive.extractfile(member)
            assert content is not None
            path.touch(mode=0o600)
            with path.open("wb") as copy:
                shutil.copyfileobj(content, copy, _CHUNK)


def _compare(unpacked: Path) -> int:
    try:
        manifest = json.loads((unpacked / MANIFEST).read_text("utf-8"))
        expected: dict[str, str] = manifest["files"]
    except (OSError, ValueError, KeyError) as failure:
        raise BackupRefused("备份里没有清单，文件可能没有复制完整。") from failure
    found = {
        path.relative_to(unpacked).as_posix(): _sha256(path)
        for path in unpacked.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }
    wrong = sorted(
        name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name)
    )
    if wrong:
        raise BackupRefused(f"备份已损坏或被改动，散列不一致：{'、'.join(wrong[:5])}")
    return len(found)
