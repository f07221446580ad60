"""robots.txt as RFC 9309 has it, with Crawl-delay, which it leaves to others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote_to_bytes

LARGEST = 512_000  # bytes that are read, RFC 9309 2.5 asks for 500 KiB
RULES = 5_000
LINE = re.compile(rb"[\r\n]+")


@dataclass(frozen=True, slots=True)
class Robots:
    """What one visitor may read: ``rules`` are ``(allowed, pattern)``."""

    rules: tuple[tuple[bool, bytes], ...] = ()
    crawl_delay: float = 0.0  # seconds
    sitemaps: tuple[str, ...] = ()

    def allows(self, path: str) -> bool:
        """The longest rule that fits ``path`` (with the query) decides; allow wins a draw."""
        if not self.rules or path == "/robots.txt":
            return True
        plain = unquote_to_bytes(path)
        best, allowed = -1, True
        for verdict, pattern in self.rules:
            if len(pattern) >= best and compiled(pattern).match(plain):
                allowed = verdict or (allowed and len(pattern) == best)
                best = len(pattern)
        return allowed


EVERYTHING = Robots()
NOTHING = Robots(rules=((False, b"/"),))


@lru_cache(maxsize=4096)
def compiled(pattern: bytes) -> re.Pattern[bytes]:
    """A rule's path with ``*`` and a closing ``$``; runs of ``*`` are one."""
    anchored = pattern.endswith(b"$")
    pieces = re.split(rb"\*+", pattern.removesuffix(b"$"))
    # possessive and lazy by turns: what a piece has matched is never tried again
    text = re.escape(pieces[0]) + b"".join(
        b"(?>.*?" + re.escape(piece) + b")"
        if not (anchored and index == len(pieces) - 2)
        else b".*" + re.escape(piece)
        for index, piece in enumerate(pieces[1:])
    )
    return re.compile(text + (rb"\Z" if anchored else b""), re.DOTALL)


def read_robots(body: bytes, name: str) -> Robots:
    """The rules for the visitor called ``name`` (its product token); else those for ``*``."""
    wanted = name.lower().encode("ascii")
    own: list[tuple[bytes, bytes]] = []
    common: list[tuple[bytes, bytes]] = []
    sitemaps: list[str] = []
    targets: list[list[tuple[bytes, bytes]]] = []
    named = has_own = False
    for key, value in lines(body):
        if key == b"user-agent":
            if not named:
                targets = []
            named = True
            token = value.split(b"/")[0].strip().lower()
            if token == wanted:
                has_own = True
                targets.append(own)
            elif token == b"*":
                targets.append(common)
        elif key == b"sitemap":
            sitemaps.append(value.decode("utf-8", "replace")[:2048])
        else:
            named = False
            for group in targets:
                group.append((key, value))
    return build(own if has_own else common, tuple(sitemaps[:50]))


def lines(body: bytes) -> list[tuple[bytes, bytes]]:
    """Keys (lower case) and values; comments, blank and broken lines left out."""
    found = []
    for line in LINE.split(body[:LARGEST].removeprefix(b"\xef\xbb\xbf")):
        key, colon, value = line.partition(b"#")[0].partition(b":")
        if colon and key.strip():
            found.append((key.strip().lower(), value.strip()))
    return found


def build(group: list[tuple[bytes, bytes]], sitemaps: tuple[str, ...]) -> Robots:
    """The rules of one group; an empty Disallow forbids nothing."""
    rules = tuple(
        (key == b"allow", unquote_to_bytes(value))
        for key, value in group[:RULES]
        if key in (b"allow", b"disallow") and value[:1] in (b"/", b"*")
    )
    delays = [seconds(value) for key, value in group if key == b"crawl-delay"]
    return Robots(rules, max(delays, default=0.0), sitemaps)


def seconds(value: bytes) -> float:
    """A Crawl-delay; what is no plain number is none."""
    text = value.decode("ascii", "replace")
    return float(text) if re.fullmatch(r"\d{1,6}(\.\d{1,3})?", text) else 0.0
