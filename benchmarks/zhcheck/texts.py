"""Made-up words and texts, the same in every run: nothing here is anybody's list.

Characters are those of GB/T 2312 level 1, frequent ones often, so that terms share beginnings with
each other and with the text as real words do. A manuscript is made of words of one to four
characters, with one term (three to six characters) in every `GAP` characters: about 1 % is a hit.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from importlib import resources
from itertools import accumulate
from random import Random

GAP = 400
LENGTH = 3_000
_VOCABULARY = 30_000
_TRADITIONAL_SHARE, _INSERTED_SHARE = 0.3, 0.03
_INSERTED = ("*", " ", "\u200b", "·", "\u200d", "＿", "★")
_CODES = [bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)]


def _characters() -> list[str]:
    """Level 1 in an order that means frequency (Zipf)."""
    found = [each for code in _CODES if (each := code.decode("gb2312", "ignore"))]
    Random(7).shuffle(found)
    return found


_CHARACTERS = _characters()


def _weights(count: int) -> list[float]:
    return list(accumulate(1 / (rank + 20) for rank in range(count)))


_CHARACTER_WEIGHTS = _weights(len(_CHARACTERS))


def _words(count: int, sizes: Sequence[int], seed: int) -> list[str]:
    random = Random(seed)
    made: dict[str, None] = {}
    while len(made) < count:
        size = random.choice(sizes)
        made["".join(random.choices(_CHARACTERS, cum_weights=_CHARACTER_WEIGHTS, k=size))] = None
    return list(made)


def terms(count: int) -> list[str]:
    """`count` different terms of three to six characters."""
    return _words(count, (3, 3, 4, 4, 5, 6), seed=count)


def plain(count: int, planted: Sequence[str]) -> list[str]:
    """`count` manuscripts of LENGTH characters that need no folding, with terms planted in them."""
    random = Random(count)
    vocabulary = _words(_VOCABULARY, (1, 2, 2, 2, 3, 4), seed=1)
    weights = _weights(len(vocabulary))
    return [_manuscript(random, vocabulary, weights, planted) for _ in range(count)]


def _manuscript(
    random: Random, vocabulary: Sequence[str], weights: Sequence[float], planted: Sequence[str]
) -> str:
    parts: list[str] = []
    length, due = 0, GAP // 2
    while length < LENGTH:
        if length >= due:
            part, due = f"，{random.choice(planted)}。", due + GAP
        else:
            part = random.choices(vocabulary, cum_weights=weights)[0]
            part += random.choices(("", "，", "、"), (12, 2, 1))[0]
        parts.append(part)
        length += len(part)
    return "".join(parts)[:LENGTH]


def disguised(texts: Sequence[str]) -> list[str]:
    """The same full of variants: traditional characters, symbols and invisible ones put in."""
    random = Random(3)
    table = resources.files("meice.engines.zhcheck").joinpath("characters.toml")
    rows = tomllib.loads(table.read_text("utf-8"))["row"]
    traditional = {
        new: old
        for row in rows
        for old, new in zip(row["traditional"], row["simplified"], strict=True)
    }
    return ["".join(_disguise(random, text, traditional)) for text in texts]


def _disguise(random: Random, text: str, traditional: dict[str, str]) -> list[str]:
    signs = "，。、"
    made = []
    for character, following in zip(text, text[1:] + "。", strict=True):
        is_changed = random.random() < _TRADITIONAL_SHARE
        made.append(traditional.get(character, character) if is_changed else character)
        if character not in signs and following not in signs and random.random() < _INSERTED_SHARE:
            made.append(random.choice(_INSERTED))
    return made
