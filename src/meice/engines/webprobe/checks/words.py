"""The word tables of ``words.toml``, and how they are looked for in text.

Zero-width characters, and signs between single Chinese characters, by which such words are kept
from search, are taken out first. One pass over a text tells whether any word is in it at all: most
pages need no second look.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib import resources
from typing import Any

from daachorse import CharwiseDoubleArrayAhoCorasick

_UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\u00ad"
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
_SIGNS = " \u3000·・.*_|-"
_SPREAD = re.compile(rf"[\u4e00-\u9fff](?:[{_SIGNS}]{{1,2}}[\u4e00-\u9fff]){{2,60}}")
_SIGN = re.compile(rf"[{_SIGNS}]")
AROUND = 24  # characters on both sides in which a word against it counts


def _table() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(re.escape(word) for word in longest_first), re.IGNORECASE)


_WORDS = _table()


def _spellings(word: str) -> set[str]:
    """A word as it is, in other case, and spread out by one sign or invisible character."""
    spread = {sign.join(word) for sign in (*_SIGNS, *_UNSEEN)}
    return {word, word.lower(), word.upper(), word.title(), *spread}


VERSION: str = _WORDS["version"]
STRONG = _any_of(_WORDS["strong"])
WEAK = _any_of(_WORDS["weak"])
WEAK_TOGETHER: int = _WORDS["weak_together"]
AGAINST = _any_of(_WORDS["against"])
PARKED = _any_of(_WORDS["parked"])
TRADES = _any_of(_WORDS["trades"])
DEFACED = _any_of(_WORDS["defaced"])
HARMLESS: tuple[str, ...] = tuple(_WORDS["harmless_domains"])

_ANY = CharwiseDoubleArrayAhoCorasick(
    sorted({each for word in (*_WORDS["strong"], *_WORDS["weak"]) for each in _spellings(word)})
)


def plain(text: str) -> str:
    """The text without invisible characters, and with spread words (六·合·彩) brought together."""
    if _INVISIBLE.search(text):
        text = _INVISIBLE.sub("", text)
    return _SPREAD.sub(lambda spread: _SIGN.sub("", spread[0]), text)


def has_any(text: str) -> bool:
    """Whether any word of the tables is in the text, in whatever spelling; one pass over it."""
    return bool(_ANY.find(text))


def offers(text: str, words: re.Pattern[str] = STRONG) -> tuple[str, ...]:
    """The different words found, in order, leaving out those that stand in a warning."""
    if not has_any(text):
        return ()
    flat = plain(text)
    found: dict[str, None] = {}
    for match in words.finditer(flat):
        around = flat[max(0, match.start() - AROUND) : match.end() + AROUND]
        if not AGAINST.search(around):
            found[match[0].lower()] = None
    return tuple(found)


def excerpt(text: str, word: str, width: int = 30) -> str:
    """The first place of ``word`` in the text with some characters around, on one line."""
    flat = plain(text)
    at = flat.lower().find(word.lower())
    if at < 0:
        return word
    start, end = max(0, at - width), at + len(word) + width
    return " ".join(flat[start:end].split())


def under(host: str, domains: Iterable[str]) -> bool:
    """Whether the host is one of the domains or below one."""
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)
