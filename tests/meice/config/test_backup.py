"""Backup and restore: the same hashes, or a refusal that leaves nothing behind."""

import hashlib
import sqlite3
import tarfile

import pytest

from meice.config import backup


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A data folder with a database in WAL mode, two stored files and a key."""
    folder = tmp_path / "data"
    (folder / "files" / "ab").mkdir(parents=True)
    (folder / "files" / "ab" / "one").write_bytes(b"one" * 1000)
    (folder / "files" / "ab" / "附件").write_bytes(b"\x00\xff")
    (folder / "secret.key").write_text("key")
    (folder / "audit-anchors.txt").write_text("2026-06-29 1 abc")
    with sqlite3.connect(folder / "meice.sqlite3") as database:
        database.execute("pragma journal_mode=wal")
        database.execute("create table outlet (name text)")
        database.execute("insert into outlet values ('华园数信')")
    monkeypatch.setenv("MEICE_DATA_DIR", str(folder))
    monkeypatch.delenv("MEICE_DATABASE_URL", raising=False)
    return folder


def _hashes(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith("meice.sqlite3")
    }


def test_restore_into_a_new_folder_gives_the_same_files_and_rows(data, tmp_path, monkeypatch):
    assert backup.write(tmp_path / "backup.tar.gz") == 0
    monkeypatch.setenv("MEICE_DATA_DIR", str(tmp_path / "new"))
    assert backup.restore(tmp_path / "backup.tar.gz") == 0
    assert _hashes(tmp_path / "new") == _hashes(data)
    with sqlite3.connect(tmp_path / "new" / "meice.sqlite3") as database:
        assert database.execute("select name from outlet").fetchall() == [("华园数信",)]


def test_a_row_still_in_the_write_ahead_log_is_backed_up(data, tmp_path, monkeypatch):
    writer = sqlite3.connect(data / "meice.sqlite3")
    writer.execute("insert into outlet values ('后来的')")
    writer.commit()
    assert backup.write(tmp_path / "backup.tar.gz") == 0
    writer.close()
    monkeypatch.setenv("MEICE_DATA_DIR", str(tmp_path / "new"))
    backup.restore(tmp_path / "backup.tar.gz")
    with sqlite3.connect(tmp_path / "new" / "meice.sqlite3") as database:
        assert database.execute("select count(*) from outlet").fetchone() == (2,)


def test_a_folder_with_data_is_never_overwritten(data, tmp_path, capsys):
    backup.write(tmp_path / "backup.tar.gz")
    before = _hashes(data)
    assert backup.restore(tmp_path / "backup.tar.gz") == 1
    assert "不是空目录" in capsys.readouterr().err
    assert _hashes(data) == before


def test_an_altered_backup_is_refused_and_leaves_nothing(data, tmp_path, monkeypatch, capsys):
    backup.write(tmp_path / "backup.tar.gz")
    _rewrite(tmp_path / "backup.tar.gz", tmp_path / "bad.tar.gz", {"files/ab/one": b"two" * 1000})
    monkeypatch.setenv("MEICE_DATA_DIR", str(tmp_path / "new"))
    assert backup.restore(tmp_path / "bad.tar.gz") == 1
    assert "files/ab/one" in capsys.readouterr().err
    assert list((tmp_path / "new").iterdir()) == []


@pytest.mark.parametrize("name", ["../escape", "/absolute", "files/../../escape"])
def test_a_member_that_leaves_the_folder_is_refused(data, tmp_path, monkeypatch, name):
    backup.write(tmp_path / "backup.tar.gz")
    _rewrite(tmp_path / "backup.tar.gz", tmp_path / "bad.tar.gz", {}, extra=name)
    monkeypatch.setenv("MEICE_DATA_DIR", str(tmp_path / "deep" / "new"))
    assert backup.restore(tmp_path / "bad.tar.gz") == 1
    assert not list(tmp_path.rglob("escape"))


def test_a_cut_backup_is_refused(data, tmp_path, monkeypatch):
    backup.write(tmp_path / "backup.tar.gz")
    whole = (tmp_path / "backup.tar.gz").read_bytes()
    (tmp_path / "cut.tar.gz").write_bytes(whole[: len(whole) // 2])
    monkeypatch.setenv("MEICE_DATA_DIR", str(tmp_path / "new"))
    assert backup.restore(tmp_path / "cut.tar.gz") == 1
    assert list((tmp_path / "new").iterdir()) == []


def test_postgresql_is_left_to_its_own_tool(data, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MEICE_DATABASE_URL", "postgres://meice@localhost/meice")
    assert backup.write(tmp_path / "backup.tar.gz") == 1
    assert "pg_dump" in capsys.readouterr().err
    assert not (tmp_path / "backup.tar.gz").exists()


def test_a_backup_is_only_for_its_owner(data, tmp_path):
    backup.write(tmp_path / "backup.tar.gz")
    assert (tmp_path / "backup.tar.gz").stat().st_mode & 0o077 == 0


def _rewrite(source, target, changed, extra=None):
    """Copy an archive member by member, with some contents changed and one name added."""
    import io

    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            content = changed.get(member.name, old.extractfile(member).read())
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
        if extra:
            new.addfile(tarfile.TarInfo(extra), io.BytesIO(b""))
