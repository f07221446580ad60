"""Which units a name speaks of: its own are blanked out, other units' are reported."""

import re
from collections.abc import Iterable

from meice.engines.outlets.lookalikes import folded
from meice.engines.outlets.name_model import NameContext, UnitNames

# Two signs no name contains: what was the unit's own, and what was an ancestor's.
OWN, ANCESTOR = "\ue000", "\ue001"


def all_names(units: Iterable[UnitNames]) -> list[str]:
    return [folded(name) for unit in units for name in unit.all]


def _without_ancestors(name: str, ancestors: list[str]) -> str:
    """华园大学团委 is also written 团委 after the school's name was blanked."""
    for ancestor in sorted(ancestors, key=len, reverse=True):
        name = name.removeprefix(ancestor)
    return name


def _word_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return one pattern of all names, the longest first; Latin ones as whole words."""
    longest_first = sorted({name for name in names if len(name) > 1}, key=len, reverse=True)
    if not longest_first:
        return None
    return re.compile("|".join(map(_as_word, longest_first)))


def _as_word(name: str) -> str:
    escaped = re.escape(name)
    return rf"(?<![a-z0-9]){escaped}(?![a-z0-9])" if name.isascii() else escaped


def blank_names(name: str, context: NameContext) -> tuple[str, tuple[str, ...]]:
    """Return the name with own and ancestors' names blanked, and the other units it names.

    One pass, the longest name first at every place: 人文学院 is not 文学院 of another unit with
    人 before it. An organ right behind the unit's own name (农学院团委) is the unit's own.
    """
    own = set(all_names((context.unit, *context.descendants)))
    ancestors = set(all_names((*context.ancestors, context.school))) - own
    others = {_without_ancestors(n, list(ancestors)) for n in all_names(context.others)} - own
    pattern = _word_pattern(own | ancestors | others)
    foreign: list[str] = []

    def replace(match: re.Match[str]) -> str:
        found = match[0]
        if found in own:
            return OWN * len(found)
        if found in ancestors:
            return ANCESTOR * len(found)
        if not _follows_own(match, own):
            foreign.append(found)
        return found

    return (pattern.sub(replace, name) if pattern else name), tuple(foreign)


def _follows_own(match: re.Match[str], own: set[str]) -> bool:
    return any(match.string.endswith(name, 0, match.start()) for name in own if len(name) > 1)
