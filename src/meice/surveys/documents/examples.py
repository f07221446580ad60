"""Packages to try the annex page with: the demo lays them down, nothing else does."""

from pathlib import Path

from django.conf import settings

FOLDER = "demo-packages"


def folder() -> Path:
    """Where the demo lays its packages."""
    return Path(settings.DATA_DIR) / FOLDER


def listed() -> list[Path]:
    """The examples in order of their names; none outside the demo."""
    if not settings.IS_DEMO or not folder().is_dir():
        return []
    return sorted(path for path in folder().iterdir() if path.is_file())


def found(number: int) -> Path | None:
    """Example `number`, counted from 1; None when there is no such one."""
    known = listed()
    return known[number - 1] if 0 < number <= len(known) else None
