"""All terms of all lexicons found in one pass, however they are written, in original offsets.

The automaton is daachorse's; ours is what it stands on: one form of text and terms (`folding`),
digits in any style, phrases that protect, words of letters and digits only as whole words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
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
_EVERY_MIX = 3  # digits in a word: more would make too many forms
_NO_LATIN_BEFORE, _NO_LATIN_AFTER = 1, 2
_Found = tuple[int, int, int]  # start and end in the folded text, number of the pattern


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A folded word: the terms it stands for, its edges, and (phrase, offset in it) of shields."""

    terms: tuple[Term, ...]
    edges: int
    shields: tuple[tuple[str, int], ...]


class Matcher:
    """Finds the terms of some lexicons. Never changes once built; safe in many threads."""

    def __init__(
        self, patterns: Sequence[_Pattern], automaton: CharwiseDoubleArrayAhoCorasick | None
    ) -> None:
        self._patterns = patterns
        self._automaton = automaton

    @classmethod
    def build(cls, lexicons: Iterable[Lexicon], *, cache: Path | None = None) -> Matcher:
        """Build from lexicons; of two that hold the same word the later one counts.

        `cache` is a folder (created if missing) where the compiled form is kept by content.
        """
        lexicons = tuple(lexicons)
        words = _words(lexicons)
        if not words:
            return cls((), None)
        automaton = compiled(list(words), cache)
        shields = _shields(words, lexicons, automaton)
        patterns = [
            _Pattern(tuple(terms), _edges(word), tuple(shields.get(number, ())))
            for number, (word, terms) in enumerate(words.items())
        ]
        return cls(patterns, automaton)

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
            if start < taken or not self._counts(folded.text, (start, end, number)):
                continue
            terms = self._patterns[number].terms
            if on is not None:
                terms = tuple(term for term in terms if term.holds_on(on))
            if terms:
                taken = end
                hits.extend(Hit(term, *folded.span(start, end)) for term in terms)
        return hits

    def _counts(self, text: str, found: _Found) -> bool:
        start, end, number = found
        pattern = self._patterns[number]
        if pattern.edges and _is_inside_a_word(text, start, end, pattern.edges):
            return False
        return not any(
            start >= offset and text.startswith(phrase, start - offset)
            for phrase, offset in pattern.shields
        )


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
        for word, term in zip(folded, lexicon.terms, strict=True):
            for form in _forms(word):
                own.setdefault(form, []).append(term)
        words.update(own)
    return words


def _forms(word: str) -> Iterable[str]:
    """The word with its digits in every style; in the pure styles only where they are many."""
    digits = [character for character in word if character in _STYLES_OF]
    if not digits:
        return (word,)
    if len(digits) <= _EVERY_MIX:
        mixes = product(*(_STYLES_OF.get(character, character) for character in word))
        return ("".join(mix) for mix in mixes)
    pure = (_in_style(word, style) for style in range(max(map(len, _STYLES))))
    return dict.fromkeys((word, *pure))


def _in_style(word: str, style: int) -> str:
    """The word with all digits in one style: ASCII, Chinese with 零, Chinese with 〇."""
    ways = (_STYLES_OF.get(character, character) for character in word)
    return "".join(way[min(style, len(way) - 1)] for way in ways)


def _edges(word: str) -> int:
    """Tell which ends of a word are Latin letters or ASCII digits."""
    return _NO_LATIN_BEFORE * _is_latin(word[0]) + _NO_LATIN_AFTER * _is_latin(word[-1])


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _is_inside_a_word(text: str, start: int, end: int, edges: int) -> bool:
    before = edges & _NO_LATIN_BEFORE and start > 0 and _is_latin(text[start - 1])
    return bool(before) or bool(
        edges & _NO_LATIN_AFTER and end < len(text) and _is_latin(text[end])
    )


def _shields(
    words: dict[str, list[Term]],
    lexicons: Sequence[Lexicon],
    automaton: CharwiseDoubleArrayAhoCorasick,
) -> dict[int, list[tuple[str, int]]]:
    """The phrases that protect, by the number of the word they hold."""
    shields: dict[int, list[tuple[str, int]]] = {}
    for phrase, owner in _protecting(lexicons):
        for start, end, number in automaton.find_overlapping(phrase):
            if owner is None or phrase[start:end] in owner:
                shields.setdefault(number, []).append((phrase, start))
    return shields


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
