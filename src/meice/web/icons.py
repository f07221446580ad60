"""Which icons the house uses: found in templates and in Python, for the sprite of the build.

Templates and `icon="…"` in Python must name an icon that exists, or the build fails. Words in the
bodies of enums and in tables of `*ICON*` / `*SOURCE*` are taken when an icon of that name exists.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TAG = re.compile(r"""\{%\s*icon\s+["']([a-z0-9-]+)["']|\bicon=["']([a-z0-9-]+)["']""")
NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
SKIPPED = {"migrations", "engines", "static"}


@dataclass(frozen=True, slots=True)
class Icons:
    """Sorted names: `needed` must exist, `possible` may be icons or any other words."""

    needed: tuple[str, ...]
    possible: tuple[str, ...]


def collect(root: Path) -> Icons:
    """All icon names under `root`, the folder of the package `meice`."""
    needed: set[str] = set()
    possible: set[str] = set()
    for path in _files(root, "*.html"):
        needed |= {a or b for a, b in TAG.findall(path.read_text("utf-8"))}
    for path in _files(root, "*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        needed |= set(_keywords(tree))
        possible |= set(_tables(tree))
    return Icons(tuple(sorted(needed)), tuple(sorted(possible - needed)))


def _files(root: Path, pattern: str) -> Iterator[Path]:
    for path in sorted(root.rglob(pattern)):
        if not SKIPPED & set(path.relative_to(root).parts):
            yield path


def _keywords(tree: ast.AST) -> Iterator[str]:
    """`icon="robot"` in a call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "icon":
            yield from _words(node.value)


def _tables(tree: ast.AST) -> Iterator[str]:
    """Words in class bodies, in tables of the module and in positional arguments of calls."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for argument in node.args:
                yield from _words(argument)
        elif isinstance(node, ast.Tuple | ast.Dict | ast.List | ast.Set):
            for child in ast.iter_child_nodes(node):
                yield from _words(child)


def _words(node: ast.AST) -> Iterator[str]:
    text = node.value if isinstance(node, ast.Constant) else None
    if isinstance(text, str) and NAME.fullmatch(text):
        yield text
