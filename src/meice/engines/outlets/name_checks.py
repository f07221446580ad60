"""The rules N1–N12 and A1, one function each: what in this name, if anything, meets the rule.

Before N1, N2, N6, N9 and N11 the names of the unit, its ancestors and descendants are blanked out
(农学院团委, 中国语言文学系, 第一临床医学院, 新闻与传播学院 are no hits).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from meice.engines.outlets import name_words as words
from meice.engines.outlets.blanking import all_names, blank_names
from meice.engines.outlets.lookalikes import contains_name, find_look_alike, folded
from meice.engines.outlets.name_model import NameContext, ProposedOutlet


@dataclass(frozen=True, slots=True)
class NameCase:
    """One check: the outlet, its context, and the name with the unit's own names blanked out."""

    outlet: ProposedOutlet
    context: NameContext
    name: str
    blanked: str
    foreign: tuple[str, ...]


def name_case(outlet: ProposedOutlet, context: NameContext) -> NameCase:
    """Prepare one check."""
    name = folded(outlet.name.strip())
    return NameCase(outlet, context, name, *blank_names(name, context))


def _hits(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    first = pattern.search(text)
    if first:
        yield first[0].strip()


def news_words(case: NameCase) -> Iterable[str]:
    return () if case.context.is_news_centre else _hits(words.NEWS, case.blanked)


def national_words(case: NameCase) -> Iterable[str]:
    return _hits(words.NATION, case.blanked)


def contacts(case: NameCase) -> Iterable[str]:
    yield from _hits(words.CONTACTS, case.name)
    if case.outlet.avatar and case.outlet.avatar.has_qr_code:
        yield "头像中的二维码"


def _comparable(name: str) -> str:
    return "".join(c for c in folded(name) if c.isalnum())


def foreign_verification(case: NameCase) -> Iterable[str]:
    """The school itself may stand as 认证主体: units are no legal persons (annex 1, samples)."""
    verified = case.outlet.verified_as.strip()
    accepted = all_names((case.context.unit, *case.context.ancestors, case.context.school))
    if verified and _comparable(verified) not in set(map(_comparable, accepted)):
        yield verified


def _is_registered(case: NameCase) -> bool:
    return any(
        outlet.permanent_id == case.outlet.permanent_id
        if outlet.permanent_id and case.outlet.permanent_id
        else folded(outlet.name) == case.name
        for outlet in case.context.outlets
        if outlet.platform == case.outlet.platform
    )


def unregistered_school_name(case: NameCase) -> Iterable[str]:
    if not _is_registered(case):
        names = (name for name in case.context.school.all if len(name) > 1)
        yield from [name for name in names if contains_name(case.outlet.name, name)][:1]


def other_units(case: NameCase) -> Iterable[str]:
    return case.foreign[:1]


def second_on_platform(case: NameCase) -> Iterable[str]:
    if case.outlet.platform.exempt or case.context.has_exception:
        return
    unit = case.context.unit.name
    for outlet in case.context.outlets:
        if outlet.active and outlet.unit == unit and outlet.platform == case.outlet.platform:
            yield outlet.name
            return


def look_alikes(case: NameCase) -> Iterable[str]:
    if _is_registered(case) or any(unregistered_school_name(case)):
        return
    for name in case.context.school.all:
        if alike := find_look_alike(case.outlet.name, name, case.context.unrelated):
            yield f"{alike.found}（{alike.likeness}，近似“{alike.name}”）"
            return


def boasts(case: NameCase) -> Iterable[str]:
    return () if case.outlet.verified_as.strip() else _hits(words.BOASTS, case.blanked)


def _is_irregular(character: str) -> bool:
    return not (character.isalnum() or character in words.ALLOWED_SIGNS)


def irregular_form(case: NameCase) -> Iterable[str]:
    name = unicodedata.normalize("NFC", case.outlet.name)
    if signs := [character for character in name if _is_irregular(character)]:
        yield "".join(dict.fromkeys(signs))
    if len(name) > words.LONGEST_NAME:
        yield f"{len(name)} 个字"


def unserious(case: NameCase) -> Iterable[str]:
    yield from _hits(words.AMUSING, case.blanked)
    yield from _hits(words.PERSON, case.blanked)


def _siblings(case: NameCase) -> Iterator[tuple[str, str | None]]:
    """Names and avatars of the unit's active outlets on other platforms."""
    for outlet in case.context.outlets:
        elsewhere = outlet.platform != case.outlet.platform
        if outlet.active and elsewhere and outlet.unit == case.context.unit.name:
            yield outlet.name, outlet.avatar_digest


def different_names(case: NameCase) -> Iterable[str]:
    mine = _comparable(case.outlet.name)
    return [name for name, _ in _siblings(case) if _comparable(name) != mine][:1]


def avatar_faults(case: NameCase) -> Iterable[str]:
    avatar = case.outlet.avatar
    if avatar is None or avatar.digest is None:
        yield "没有头像"
    elif avatar.is_default:
        yield "平台默认头像"
    elif any(digest and digest != avatar.digest for _, digest in _siblings(case)):
        yield "与本单位其他平台的头像不同"
