"""Where Meice keeps its things and what the environment says of it.

Everything that can be set is read here or in `settings.py` from a `MEICE_…` variable that is
listed in `.env.sample` (the house test `test_settings_are_listed` holds both sides together).
"""

import os
import secrets
from ipaddress import ip_network
from pathlib import Path


def text(name: str, default: str = "") -> str:
    """The variable `name`, stripped; `default` when it is absent or blank."""
    return os.environ.get(name, "").strip() or default


def switch(name: str, *, default: bool = False) -> bool:
    """A yes/no variable: 1, true, yes, on mean yes."""
    value = text(name).lower()
    return value in {"1", "true", "yes", "on"} if value else default


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated variable as a list without blanks."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def networks(name: str, default: str = "") -> list[str]:
    """A comma-separated variable of addresses and networks; ends the program on anything else."""
    given = words(name, default)
    for part in given:
        try:
            ip_network(part)
        except ValueError:
            raise SystemExit(
                f"{name} 里的「{part}」不是 IP 地址或网段。写成 127.0.0.1 或 10.0.0.0/8 的样子，逗号分隔。"
            ) from None
    return given


def data_directory() -> Path:
    """The one folder of all state (database, files, keys); made with owner-only rights."""
    folder = Path(text("MEICE_DATA_DIR", "var")).expanduser().resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """`MEICE_SECRET_KEY`, or a key drawn once and kept in the data folder."""
    if given := text("MEICE_SECRET_KEY"):
        return given
    kept = folder / "secret.key"
    if not kept.exists():
        _write_once(kept, secrets.token_urlsafe(64))
    return kept.read_text("ascii").strip()


def _write_once(path: Path, content: str) -> None:
    """Create `path` owner-only; a process that loses the race keeps the winner's file."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(content, "ascii")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
