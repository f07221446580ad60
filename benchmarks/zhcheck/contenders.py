"""Each contender: terms in, a function from a text to its list of hits with places out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

from meice.engines.zhcheck import Lexicon, Rule, Severity, Term
from meice.engines.zhcheck.matcher import Matcher

Search = Callable[[str], Sequence[Any]]


def lexicon_of(words: Sequence[str]) -> Lexicon:
    """The words as a lexicon that a school would own."""
    terms = (Term(word, Rule.TERM, Severity.WARN, None, "说明", "出处") for word in words)
    return Lexicon("基准", "1", tuple(terms))


def meice(words: Sequence[str]) -> Search:
    """One form of text and terms, digits in any style, original offsets."""
    return Matcher.build([lexicon_of(words)]).find


def raw_daachorse(words: Sequence[str]) -> Search:
    """Charwise, leftmost-longest; no folding."""
    return CharwiseDoubleArrayAhoCorasick(list(words), MATCH_KIND_LEFTMOST_LONGEST).find


def ahocorasick_rs(words: Sequence[str]) -> Search:
    """Leftmost-longest; no folding."""
    from ahocorasick_rs import AhoCorasick, MatchKind

    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes


def pyahocorasick(words: Sequence[str]) -> Search:
    """`iter_long`; no folding."""
    from ahocorasick import Automaton

    automaton = Automaton()
    for number, word in enumerate(words):
        automaton.add_word(word, number)
    automaton.make_automaton()
    return lambda text: list(automaton.iter_long(text))


CONTENDERS: dict[str, Callable[[Sequence[str]], Search]] = {
    "meice": meice,
    "daachorse": raw_daachorse,
    "ahocorasick_rs": ahocorasick_rs,
    "pyahocorasick": pyahocorasick,
}
