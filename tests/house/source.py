"""What the house's own tests look at: the files of the project and their syntax trees."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "meice"
ROOMS = tuple(folder for folder in sorted(PACKAGE.iterdir()) if (folder / "apps.py").exists())


def tracked(*patterns: str) -> list[Path]:
    """Files that git knows or would take (not ignored), by pattern."""
    found = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    names = [name for name in found.decode().split("\0") if name]
    return [ROOT / name for name in names if (ROOT / name).exists()]


def python_files(folder: Path = PACKAGE) -> Iterator[Path]:
    """Our modules below `folder`, migrations left out."""
    return (path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts)


def tree(path: Path) -> ast.Module:
    """The syntax tree of one module."""
    return ast.parse(path.read_text("utf-8"), str(path))


def short(path: Path) -> str:
    """The path as a person reads it in a failure."""
    return path.relative_to(ROOT).as_posix()
