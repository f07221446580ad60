"""The fingerprint of a page: what it says and how it is built, without dates and counters.

Two states of one page that differ in news, dates and visitor numbers stay alike; a page that was
replaced does not. No byte hash could tell these apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from zlib import crc32

from meice.engines.webprobe.pages import Page, Where

SHINGLE = 3  # characters
TEXT = 6_000  # characters of a page that are looked at
SKETCH = 256  # smallest hashes kept of a set: enough for a likeness within a few per cent
_NOISE = re.compile(r"[\W\d_]+")
_CALLED = frozenset({Where.SCRIPT, Where.FRAME, Where.REFRESH})


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """``text`` and ``structure`` are sketches (smallest hashes); ``called`` the hosts of its
    scripts and frames."""

    title: str
    text: frozenset[int]
    structure: frozenset[int]
    called: frozenset[str]

    def as_json(self) -> dict[str, Any]:
        """Plain values, to be kept with the confirmed inspection."""
        return {
            "title": self.title,
            "text": sorted(self.text),
            "structure": sorted(self.structure),
            "called": sorted(self.called),
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Fingerprint:
        """The fingerprint that ``as_json`` gave. Raises KeyError for anything else."""
        return cls(
            title=str(kept["title"]),
            text=frozenset(kept["text"]),
            structure=frozenset(kept["structure"]),
            called=frozenset(kept["called"]),
        )


def shingles(text: str, most: int = SKETCH) -> frozenset[int]:
    """The ``most`` smallest hashes of the text's three-character pieces; no digits or signs."""
    bare = _NOISE.sub("", text)
    pieces = {bare[at : at + SHINGLE] for at in range(max(0, len(bare) - SHINGLE + 1))}
    return _sketch(pieces, most)


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """0 nothing in common … 1 the same; two empty sketches are the same (bottom-k estimate)."""
    if not one and not other:
        return 1.0
    smallest = sorted(one | other)[: max(len(one), len(other))]
    return sum(each in one and each in other for each in smallest) / len(smallest)


def fingerprint(page: Page) -> Fingerprint:
    """The fingerprint of one page as it was read."""
    return Fingerprint(
        title=page.title,
        text=shingles(page.text[:TEXT]),
        structure=_sketch(_structure(page), SKETCH),
        called=frozenset(
            host
            for link in page.links
            if link.where in _CALLED and not link.same_domain
            if (host := urlsplit(link.url).hostname or "")
        ),
    )


def _structure(page: Page) -> set[str]:
    """How the page is built: shapes of its links, its headings, columns, forms, meta names."""
    parts = {f"{link.where}:{_NOISE.sub('', urlsplit(link.url).path)}" for link in page.links}
    parts |= {f"column:{column.name}" for column in page.columns}
    parts |= {f"form:{urlsplit(form.url).path}" for form in page.forms}
    return parts | {f"meta:{name}" for name, _ in page.meta}


def _sketch(pieces: Iterable[str], most: int) -> frozenset[int]:
    return frozenset(sorted({crc32(piece.encode("utf-8", "replace")) for piece in pieces})[:most])
