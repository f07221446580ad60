"""All terms of all lexicons found in one pass, however they are written, in original offsets.

The automaton is daachorse's; ours is what it stands on: one form of text and terms (`folding`),
digits in any style, phrases that protect, words of letters and digits only as whole words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import product
from pathlib import Path

from daachorse import CharwiseDoubleArrayAhoCorasick

from meice.engines.zhcheck.compiled import compiled
from meice.engines.zhcheck.folding import fold
from meice.engines.zhcheck.model import Hit, Lexicon, Term

_STYLES = ("0零〇", *("123456789"[n] + "一二三四五六七八九"[n] for n in range(9)))
_STYLES_OF = {digit: styles for styles in _STYLES for digit in styles}
_DIGIT = re.compile("[" + "".join(_STYLES) + "]")
_EVERY_MIX = 3  # digits in a word: more would make too many forms
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_Found = tuple[int, int, int]  # start and end in the folded text, number of the word


@dataclass(slots=True)
class _Guard:
    """What else must be true of a word: whole at an end of letters or digits, and not inside one of
    `shields`, which are (phrase, offset of the word in it)."""

    whole_start: bool = False
    whole_end: bool = False
    shields: list[tuple[str, int]] = field(default_factory=list)

    def lets_pass(self, text: str, start: int, end: int) -> bool:
        """Tell whether the word at `text[start:end]` counts."""
        if self.whole_start and start > 0 and text[start - 1] in _LATIN:
            return False
        if self.whole_end and end < len(text) and text[end] in _LATIN:
            return False
        return not any(
            start >= offset and text.startswith(phrase, start - offset)
            for phrase, offset in self.shields
        )


class Matcher:
    """Finds the terms of some lexicons. Never changes once built; safe in many threads."""

    def __init__(
        self,
        terms: Sequence[Sequence[Term]],
        guards: Mapping[int, _Guard],
        automaton: CharwiseDoubleArrayAhoCorasick | None,
    ) -> None:
        self._terms = terms
        self._guards = guards
        self._automaton = automaton

    @classmethod
    def build(cls, lexicons: Iterable[Lexicon], *, cache: Path | None = None) -> Matcher:
        """Build from lexicons; of two that hold the same word the later one counts.

        `cache` is a folder (created if missing) where the compiled form is kept by content.
        Raise ValueError for a term whose word is empty or holds a line end.
        """
        lexicons = tuple(lexicons)
        words = _words(lexicons)
        if not words:
            return cls((), {}, None)
        automaton = compiled(list(words), cache)
        return cls(list(words.values()), _guards(words, lexicons, automaton), automaton)

    def find(self, text: str, *, on: date | None = None) -> list[Hit]:
        """Return the hits in order, none overlapping another: the leftmost, of these the longest.

        Offsets are of `text`, end exclusive. With `on`, only terms in force on that day count.
        An entry that is there twice for one word (with different dates) gives a hit each.
        """
        if self._automaton is None:
            return []
        folded = fold(text)
        found = self._automaton.find_overlapping(folded.text)
        hits: list[Hit] = []
        taken = 0
        for start, end, number in sorted(found, key=_leftmost_longest):
            if start < taken:
                continue
            guard = self._guards.get(number)
            if guard is not None and not guard.lets_pass(folded.text, start, end):
                continue
            terms = [term for term in self._terms[number] if on is None or term.holds_on(on)]
            if terms:
                taken = end
                first, last = folded.span(start, end)
                hits.extend(Hit(term, first, last) for term in terms)
        return hits


class LiveMatcher:
    """The matcher in use. `swap` takes effect for the next text; who is reading is not disturbed."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher

    @property
    def current(self) -> Matcher:
        """The matcher to read one whole text with."""
        return self._matcher

    def swap(self, matcher: Matcher) -> Matcher:
        """Put another in its place (one assignment, so atomic) and return the one before."""
        before, self._matcher = self._matcher, matcher
        return before

    def find(self, text: str, *, on: date | None = None) -> list[Hit]:
        """As `Matcher.find`."""
        return self._matcher.find(text, on=on)


@lru_cache(maxsize=8)
def matcher_for(lexicons: tuple[Lexicon, ...]) -> Matcher:
    """Return the matcher of these very lexicon objects, built once."""
    return Matcher.build(lexicons)


def _leftmost_longest(found: _Found) -> tuple[int, int]:
    return found[0], -found[1]


def _fold_all(words: Sequence[str]) -> list[str]:
    """Fold many words at once: a line end lets nothing across."""
    return fold("\n".join(words)).text.split("\n") if words else []


def _words(lexicons: Sequence[Lexicon]) -> dict[str, list[Term]]:
    """Every form of every word, with its terms."""
    words: dict[str, list[Term]] = {}
    for lexicon in lexicons:
        own: dict[str, list[Term]] = {}
        folded = _fold_all([term.word for term in lexicon.terms])
        if not all(folded) or len(folded) != len(lexicon.terms):
            raise ValueError(f"{lexicon.name}: a word is empty or holds a line end")
        for word, term in zip(folded, lexicon.terms, strict=True):
            for form in _forms(word):
                own.setdefault(form, []).append(term)
        words.update(own)
    return words


def _forms(word: str) -> Iterable[str]:
    """The word with its digits in every style; in the pure styles only where they are many."""
    if not _DIGIT.search(word):
        return (word,)
    digits = len(_DIGIT.findall(word))
    if digits <= _EVERY_MIX:
        mixes = product(*(_STYLES_OF.get(character, character) for character in word))
        return ("".join(mix) for mix in mixes)
    pure = (_in_style(word, style) for style in range(max(map(len, _STYLES))))
    return dict.fromkeys((word, *pure))


def _in_style(word: str, style: int) -> str:
    """The word with all digits in one style: ASCII, Chinese with 零, Chinese with 〇."""
    ways = (_STYLES_OF.get(character, character) for character in word)
    return "".join(way[min(style, len(way) - 1)] for way in ways)


def _guards(
    words: Mapping[str, Sequence[Term]],
    lexicons: Sequence[Lexicon],
    automaton: CharwiseDoubleArrayAhoCorasick,
) -> dict[int, _Guard]:
    """By the number of a word, for those few that have one."""
    guards = {
        number: _Guard(word[0] in _LATIN, word[-1] in _LATIN)
        for number, word in enumerate(words)
        if word[0] in _LATIN or word[-1] in _LATIN
    }
    for phrase, owner in _protecting(lexicons):
        for start, end, number in automaton.find_overlapping(phrase):
            if owner is None or phrase[start:end] in owner:
                guards.setdefault(number, _Guard()).shields.append((phrase, start))
    return guards


def _protecting(lexicons: Sequence[Lexicon]) -> Iterator[tuple[str, frozenset[str] | None]]:
    """Every form of every phrase that protects, with the words it does so for (None: for all)."""
    for lexicon in lexicons:
        for phrase in _fold_all(lexicon.exceptions):
            yield from ((form, None) for form in _forms(phrase))
        for term in lexicon.terms:
            if term.protects:
                owner = frozenset(_forms(fold(term.word).text))
                for phrase in _fold_all(term.protects):
                    yield from ((form, owner) for form in _forms(phrase))
