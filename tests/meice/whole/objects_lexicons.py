"""Lexicons: arguments of their URLs, and the forms whose refusal must not hide behind a fault."""

from tests.meice.whole import things_editorial as manuscripts
from tests.meice.whole import things_lexicons as things
from tests.meice.whole.rows_lexicons import LEDGER, LEXICONS


def _thing(world, at):
    return world.thing(f"lexicons {at}", things.THINGS[at])


def _whole(world, person, at):
    return {"pk": _thing(world, at).pk}


def _manuscript(world, person, at):
    return {"pk": world.thing(f"manuscript {at}", manuscripts.MANUSCRIPTS[at]).pk}


ARGUMENTS = {
    **{row.name: _whole for row in LEXICONS if row.at},
    **{row.name: _manuscript for row in LEDGER if row.at},
    "lexicon-file": lambda w, p, at: _whole(w, p, at) | {"number": 1},
}


def _typed(world, at):
    return {
        "word": "又一个词", "right": "正确", "severity": "warn", "source": "文件", "reason": "规范",
    }  # fmt: skip


def _reason(world, at):
    return {"reason": "看过"}


FORMS = {
    "lexicon-new": lambda w, at: {"name": "又一个词库", "kind": "term"},
    "term-new": _typed,
    "term-edit": _typed,
    "lexicon-rollback": lambda w, at: {"number": "1", "reason": "太严"},
    **dict.fromkeys(("term-retire", "change-refuse", "change-undo"), _reason),
    "term-vote": lambda w, at: {"rule": "typo", "word": "按装", "useful": "yes"},
    "term-keep": lambda w, at: {"rule": "typo", "word": "按装", "reason": "要留"},
}
