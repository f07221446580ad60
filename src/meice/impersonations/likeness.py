"""Why a name calls ours to mind: by which rule, and which signs differ. A hint for a person.

Rules N5 (uses the name) and N8 (imitates it) are the engine's (`engines/outlets`); what is added
here is the sign-by-sign comparison that a person can check with her own eyes.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from meice.engines.outlets import Likeness, contains_name, find_look_alike
from meice.engines.outlets.lookalikes import skeleton, visible

N5, N8 = "N5", "N8"
RULES = {
    N5: "直接使用名称",
    N8: "形近、音近或差一个字",
}
SOURCE = "《互联网用户账号信息管理规定》第八条"
ALIKE = 0.7
"""From this share of equal signs two names of accounts are shown beside each other."""
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the two names part; a side may be blank."""

    theirs: str
    ours: str
    why: str


@dataclass(frozen=True, slots=True)
class Resemblance:
    """What is alike: the rule, the way, the name of ours, what stands in the other name."""

    rule: str
    way: str
    ours: str
    found: str
    differences: tuple[Difference, ...] = ()

    @property
    def words(self) -> str:
        """In one line: `N8 形近…：“华國大学”像“华园大学”（“國”↔“园”）`."""
        if self.rule == N5:
            return f"{N5} {RULES[N5]}：含有“{self.ours}”"
        parts = "、".join(_pair(one) for one in self.differences[:4])
        return f"{N8} {self.way}：“{self.found}”像“{self.ours}”" + (f"（{parts}）" if parts else "")


def resemblance(name: str, ours: Iterable[str]) -> Resemblance | None:
    """Which of `ours` (the longest first) the name uses or imitates; None when it resembles none."""
    for own in ours:
        if contains_name(name, own):
            return Resemblance(N5, RULES[N5], own, own)
        found = find_look_alike(name, own)
        if found:
            window = _window(name, own, found.found)
            ways = differences(window, own)
            return Resemblance(N8, found.likeness.value, own, visible(window), ways)
    return None


def same_hand(name: str, former: Sequence[str]) -> str:
    """In words why a name may be a former fake's under another dress; "" when it is not alike."""
    for old in former:
        bare, known = skeleton(visible(name)), skeleton(visible(old))
        if bare == known:
            return f"与“{old}”同名或只换了写法"
        if len(known) >= SHORTEST and (known in bare or bare in known) and len(bare) >= SHORTEST:
            return f"与“{old}”一个包含另一个"
        share = SequenceMatcher(None, bare, known, autojunk=False).ratio()
        if min(len(bare), len(known)) >= SHORTEST and share >= ALIKE:
            return f"与“{old}”有 {share:.0%} 的字相同"
    return ""


def differences(theirs: str, ours: str) -> tuple[Difference, ...]:
    """Place by place; hidden signs are named, for nobody can see them."""
    hidden = tuple(
        Difference(f"U+{ord(sign):04X}", "", _sign_name(sign))
        for sign in theirs
        if not visible(sign) and not sign.isspace()
    )
    return (*hidden, *_parts(visible(theirs), visible(ours)))


def _parts(theirs: str, ours: str) -> tuple[Difference, ...]:
    codes = SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes()
    found = []
    for code, begin, end, from_, to in codes:
        if code == "equal":
            continue
        left, right = theirs[begin:end], ours[from_:to]
        if len(left) == len(right):
            pairs = zip(left, right, strict=True)
            found += [Difference(a, b, _why(a, b)) for a, b in pairs]
        else:
            found.append(Difference(left, right, _why(left, right)))
    return tuple(found)


def _window(name: str, own: str, found: str) -> str:
    """The part of the name, as it is written, that imitates; the whole where it cannot be told."""
    if found in name and found != visible(name):
        return found
    bare, target = visible(name), skeleton(own)
    for size in (len(own), len(own) + 1, len(own) - 1):
        for start in range(len(bare) - size + 1):
            part = bare[start : start + size]
            if skeleton(part) in (target, found):
                return _as_written(name, start, size)
    return name


def _as_written(name: str, start: int, size: int) -> str:
    """The signs from the `start`-th visible one on, `size` visible ones, hidden ones between."""
    seen = [at for at, sign in enumerate(name) if visible(sign)]
    return name[seen[start] : seen[start + size - 1] + 1]


def _why(theirs: str, ours: str) -> str:
    if not theirs:
        return "少了"
    if not ours:
        return "多了"
    if unicodedata.normalize("NFKC", theirs) == unicodedata.normalize("NFKC", ours):
        return Likeness.WIDTH.value
    if skeleton(theirs) == skeleton(ours):
        return Likeness.SHAPE.value
    return "换了字"


def _sign_name(sign: str) -> str:
    names = {"\u200b": "零宽空格", "\u200c": "零宽非连接符", "\u200d": "零宽连接符"}
    return names.get(sign, f"看不见的字符 {unicodedata.name(sign, '')}".strip())


def _pair(one: Difference) -> str:
    if not one.ours:
        return f"多了“{one.theirs}”{'' if one.why == '多了' else one.why}"
    return f"“{one.theirs}”↔“{one.ours}”" if one.theirs else f"少了“{one.ours}”"
