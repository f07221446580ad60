"""The compiled automaton of some words, kept on disk by its content where a folder is given.

A file is the SHA-256 of the rest and the rest, as daachorse writes it; a file that is torn or of
another version is built anew. The folder must be one that only the system itself writes to.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from importlib.metadata import version
from pathlib import Path

from daachorse import CharwiseDoubleArrayAhoCorasick

_MADE_BY = f"meice-1 daachorse-{version('daachorse')}"
_SUM = hashlib.sha256().digest_size


def compiled(words: list[str], cache: Path | None = None) -> CharwiseDoubleArrayAhoCorasick:
    """Return the automaton of the words (not empty, all different), each numbered by its place."""
    if cache is None:
        return CharwiseDoubleArrayAhoCorasick(words)
    path = cache / f"{_key(words)}.automaton"
    automaton = _kept(path)
    if automaton is None:
        automaton = CharwiseDoubleArrayAhoCorasick(words)
        _keep(path, automaton)
    return automaton


def _key(words: list[str]) -> str:
    """The name of a content; no word holds a line end."""
    return hashlib.sha256("\n".join((_MADE_BY, *words)).encode()).hexdigest()


def _kept(path: Path) -> CharwiseDoubleArrayAhoCorasick | None:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    checksum, body = content[:_SUM], content[_SUM:]
    if hashlib.sha256(body).digest() != checksum:
        return None
    try:
        return CharwiseDoubleArrayAhoCorasick.deserialize(body)
    except ValueError:
        return None


def _keep(path: Path, automaton: CharwiseDoubleArrayAhoCorasick) -> None:
    """Write beside and rename: a reader sees the whole file or none."""
    body = automaton.serialize()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, beside = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(descriptor, "wb") as file:
        file.write(hashlib.sha256(body).digest() + body)
    Path(beside).replace(path)
