"""The lexicons in use in this process: a new version is noticed by one small query and swapped in
while readers go on with the old one."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from meice.editorial.lexicons import snapshot
from meice.editorial.models.lexicon import Lexicon as Kept
from meice.editorial.models.opinion import TermException
from meice.engines.zhcheck import WORDS, Issue, Lexicon, Matcher, check, shipped
from meice.files.models import blob_path

MOST_KEPT = 32  # lexicons of versions in memory
MOST_COMPILED = 24  # automata on the disk
WORD_RULES = frozenset(kind.value for kind in WORDS)

_Wanted = tuple[int, str, str, int, date | None, str, str]
"""Of a compiled version: id, name, kind, number, dated, digest of its file, path of its unit."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a text is read with, as of certain versions."""

    versions: tuple[_Wanted, ...]
    lexicons: tuple[Lexicon, ...]
    matcher: Matcher

    @property
    def named(self) -> str:
        """The school's lexicons in words: what a check says it was made with."""
        own = self.lexicons[len(shipped()) :]
        return "、".join(f"{lexicon.name}第{lexicon.version}版" for lexicon in own)

    def word_of(self, rule: str, text: str) -> str:
        """The entry behind an issue (its rule, its text); "" for a rule that has no words."""
        if rule not in WORD_RULES:
            return ""
        words = [hit.term.word for hit in self.matcher.find(text) if hit.term.rule.value == rule]
        return words[0] if words else ""

    def knows(self, rule: str, word: str) -> bool:
        """Is this the word of an entry in use?"""
        hits = self.matcher.find(word)
        return any(hit.term.word == word and hit.term.rule.value == rule for hit in hits)


class Shelf:
    """One a process. Safe in threads: what readers hold never changes, and is swapped whole."""

    def __init__(self) -> None:
        self._building = threading.Lock()
        self._read: OrderedDict[_Wanted, Lexicon] = OrderedDict()
        self._live: dict[tuple[str, ...], Knowledge] = {}
        self._coming: dict[tuple[_Wanted, ...], threading.Thread] = {}

    def knowledge(self, place: tuple[str, ...], wanted: list[_Wanted], *, wait: bool) -> Knowledge:
        """For the lexicons `wanted`; without `wait` the one before while the new one is made."""
        versions = tuple(wanted)
        live = self._live.get(place)
        if live is not None and live.versions == versions:
            return live
        if live is None or wait:
            return self._build(place, wanted)
        if versions not in self._coming:
            coming = threading.Thread(target=self._build, args=(place, wanted), daemon=True)
            self._coming[versions] = coming
            coming.start()
        return live

    def settle(self) -> None:
        """Wait until nothing is being made (for tests and commands)."""
        for thread in list(self._coming.values()):
            thread.join()

    def _build(self, place: tuple[str, ...], wanted: list[_Wanted]) -> Knowledge:
        versions = tuple(wanted)
        try:
            with self._building:
                live = self._live.get(place)
                if live is not None and live.versions == versions:
                    return live
                lexicons = (*shipped(), *(self._lexicon(row) for row in wanted))
                matcher = Matcher.build(lexicons, cache=compiled_folder() if wanted else None)
                live = Knowledge(versions, lexicons, matcher)
                self._live[place] = live  # one assignment: the swap
                return live
        finally:
            self._coming.pop(versions, None)

    def _lexicon(self, row: _Wanted) -> Lexicon:
        if row not in self._read:
            _pk, name, kind, number, dated, digest, _path = row
            content = blob_path(digest).read_bytes()
            self._read[row] = snapshot.read(content, name, kind, number, dated)
            while len(self._read) > MOST_KEPT:
                self._read.popitem(last=False)
        self._read.move_to_end(row)
        return self._read[row]


shelf = Shelf()


def compiled_folder() -> Path:
    """Where the automata lie; derived, may be emptied at any time."""
    return Path(settings.DATA_DIR) / "compiled"


def trim_compiled() -> None:
    """Only the newest automata stay."""
    found = sorted(compiled_folder().glob("*.automaton"), key=lambda path: path.stat().st_mtime)
    for path in found[:-MOST_COMPILED]:
        path.unlink(missing_ok=True)


def wanted_for(path: str) -> list[_Wanted]:
    """The compiled versions that hold for the unit at this path. One query."""
    kept = Kept.objects.over(path).filter(current__isnull=False).order_by("unit__path", "pk")
    return list(
        kept.values_list(
            "current",
            "name",
            "kind",
            "current__number",
            "current__dated",
            "current__file__digest",
            "unit__path",
        )
    )


def knowledge_for(path: str, *, wait: bool = False) -> Knowledge:
    """What copy of the unit at this path is read with; "" is read with the shipped lexicons.

    A web page takes what is there; a job whose result is kept says `wait`.
    """
    wanted = wanted_for(path) if path else []
    place = tuple(dict.fromkeys(row[6] for row in wanted))
    return shelf.knowledge(place, wanted, wait=wait)


def excepted(path: str) -> frozenset[tuple[str, str, date]]:
    """(rule, word, until) that are no issue in copy of this unit. One query."""
    if not path:
        return frozenset()
    rows = TermException.objects.standing(path)
    return frozenset(rows.values_list("rule", "word", "until"))


@dataclass(frozen=True, slots=True)
class Reader:
    """Knowledge as it holds for one unit: with the terms it is excepted from."""

    known: Knowledge
    free: frozenset[tuple[str, str, date]]

    @property
    def lexicons(self) -> tuple[Lexicon, ...]:
        """All of them, the shipped first."""
        return self.known.lexicons

    def word_of(self, rule: str, text: str) -> str:
        """As `Knowledge.word_of`."""
        return self.known.word_of(rule, text)

    def issues(self, text: str, today: date) -> list[Issue]:
        """What is wrong with a text of this unit."""
        found = check(text, self.known.lexicons, today=today, matcher=self.known.matcher)
        free = {(rule, word) for rule, word, until in self.free if until >= today}
        if not free:
            return found
        return [
            issue
            for issue in found
            if (issue.rule.value, self.word_of(issue.rule.value, issue.text)) not in free
        ]


def reader_for(path: str, *, wait: bool = False) -> Reader:
    """For copy of the unit at this path. Two small queries."""
    return Reader(knowledge_for(path, wait=wait), excepted(path))
