"""Different ways of writing the same, brought to one form, with an exact map back.

Folded are: traditional and variant characters, radicals that stand for characters, full-width
letters and digits, circled and bracketed digits, case, invisible characters, and symbols put
between two Chinese characters. Punctuation is left alone: it is what keeps sentences apart.
One scan tells whether a text holds anything of that; most does not, and is used as it is.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import accumulate

# Classes of characters, as the inside of a bracket expression.
_HAN = "〇○㐀-䶿一-鿿豈-﫿⺀-⿕㈠-㈨㊀-㊈"
_INVISIBLE = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\U000e0000-\U000e01ef"
)
_SYMBOLS = (
    " \t\u00a0\u2000-\u200a\u202f\u205f\u3000"  # blanks, but no line end
    "#$%&*+./=@\\\\\\^_`|~\\-\u00a8\u00ac\u00af\u00b0\u00b1\u00b4\u00b7\u00b8\u00d7\u00f7"
    "＃＄％＆＊＋－．／＝＠＼＾＿｀｜～￣￤\u2022\u2024\u2027\u203b\u2043\u22c5・･"
    "\u0300-\u034e\u0350-\u036f\u0489\u20d0-\u20ff"  # marks drawn over a character
    "\u2190-\u245f\u2500-\u25ca\u25cc-\u2775\u2794-\u2bff\u3004\u3012\u3013\u3020\u3030\u303f"
    "\U0001f000-\U0001faff"
)
_MOST_SYMBOLS = 4  # a wider gap sets two things apart
_BASIC = 0x10000


def _digits() -> Iterator[tuple[str, str]]:
    """Digits in circles, brackets and with a point (① ⑴ ⒈ ❶ ㈠), from 1 to 9."""
    for first in (0x2460, 0x2474, 0x2488, 0x2776, 0x2780, 0x278A):
        yield from ((chr(first + n), str(n + 1)) for n in range(9))
    for first in (0x3220, 0x3280):
        yield from ((chr(first + n), "一二三四五六七八九"[n]) for n in range(9))
    yield from (("⓪", "0"), ("○", "〇"))


def _compatible() -> Iterator[tuple[str, str]]:
    """Full-width and circled letters and digits, radicals, compatibility characters (NFKC)."""
    spans = ((0xFF10, 0xFF1A), (0xFF21, 0xFF3B), (0xFF41, 0xFF5B), (0x24B6, 0x24EA))
    for first, end in (*spans, (0x2E80, 0x2FD6), (0xF900, 0xFADA)):
        for character in map(chr, range(first, end)):
            plain = unicodedata.normalize("NFKC", character).lower()
            if len(plain) == 1 and character != plain <= "\uffff":
                yield character, plain


def _simplified() -> dict[str, str]:
    text = resources.files(__package__).joinpath("characters.toml").read_text("utf-8")
    rows = tomllib.loads(text)["row"]
    return {
        old: new
        for row in rows
        for old, new in zip(row["traditional"], row["simplified"], strict=True)
    }


def _one_form() -> dict[str, str]:
    simplified = _simplified()
    forms = dict(_compatible()) | dict(_digits())
    forms |= {chr(code): chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    forms |= {chr(code): "\ufffd" for code in range(0xD800, 0xE000)}  # a half of a character
    return simplified | {old: simplified.get(new, new) for old, new in forms.items()}


def _table(forms: dict[str, str]) -> list[int]:
    """`str.translate` reads a list of numbers five times faster than a dictionary."""
    numbers = list(range(_BASIC))
    for character, form in forms.items():
        numbers[ord(character)] = numbers[ord(form)]  # the one object: less memory is walked
    return numbers


def _beginning(inside: str) -> str:
    """The class as the complement of the rest of the basic plane, and of no other plane.

    A search for it takes 7 ns a character; every range outside the basic plane would add 3.
    """
    rest = re.finditer(f"[^{inside}]+", "".join(map(chr, range(_BASIC))))
    return "[^" + "".join(f"{re.escape(run[0][0])}-{re.escape(run[0][-1])}" for run in rest) + "]"


@dataclass(frozen=True, slots=True)
class _Ways:
    """What folding looks for, and what it puts in its place."""

    foldable: re.Pattern[str]
    mapped: re.Pattern[str]
    inserted: re.Pattern[str]
    table: list[int]


@cache
def _ways() -> _Ways:
    """Written with the first text: that takes an eighth of a second, and most commands fold none."""
    forms = _one_form()
    mapped = re.escape("".join(forms))
    set_apart = f"[{_HAN}][{_SYMBOLS}]"
    return _Ways(
        foldable=re.compile(
            _beginning(mapped + _INVISIBLE + _SYMBOLS)
            + f"(?:(?<=[{mapped}{_INVISIBLE}])|(?<={set_apart})(?=[{_HAN}{_SYMBOLS}{_INVISIBLE}]))"
        ),
        mapped=re.compile(f"[{mapped}]"),
        inserted=re.compile(
            f"({_beginning(_INVISIBLE + _SYMBOLS)}(?:"
            f"(?:(?<={set_apart})|(?<=[{_HAN}][{_INVISIBLE}])[{_INVISIBLE}]*+[{_SYMBOLS}])"
            f"(?:[{_INVISIBLE}]*+[{_SYMBOLS}]){{0,{_MOST_SYMBOLS - 1}}}+[{_INVISIBLE}]*+(?=[{_HAN}])"
            f"|(?<=[{_INVISIBLE}])[{_INVISIBLE}]*+))"
        ),
        table=_table(forms),
    )


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` in one form of `original`; `cuts` are the offsets in it before which something was
    taken out, `shifts` how many characters in all up to there."""

    original: str
    text: str
    cuts: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def place(self, offset: int) -> int:
        """Return where the character at `offset` of the folded text stands in the original."""
        before = bisect_right(self.cuts, offset)
        return offset + self.shifts[before - 1] if before else offset

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original that was folded to `text[start:end]` (not empty)."""
        if not self.cuts:
            return start, end
        return self.place(start), self.place(end - 1) + 1


def fold(text: str) -> Folded:
    """Bring a text of any length to its one form, in linear time.

    Two texts that differ only in the ways of writing named above fold to the same, but for symbols
    at their ends, which stand between characters only in a longer text.
    """
    ways = _ways()
    if ways.foldable.search(text) is None:
        return Folded(text, text)
    parts = ways.inserted.split(text)
    kept = parts[::2]
    joined = "".join(kept)
    if ways.mapped.search(joined):
        joined = joined.translate(ways.table)
    cuts = tuple(accumulate(map(len, kept[:-1])))
    return Folded(text, joined, cuts, tuple(accumulate(map(len, parts[1::2]))))
