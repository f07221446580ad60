"""Names that only look or sound like the school's (rule N8).

Source: 《互联网用户账号信息管理规定》 Art. 8 ⑤: 同音、谐音、相近的文字、数字、符号和字母.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

# Letters and digits of other scripts that look like Latin ones, and signs used for characters.
_LATIN_LOOKS = {
    **{"a": "аα@", "b": "в", "c": "с", "d": "ԁ", "e": "е3", "g": "ɡ", "h": "н", "i": "іι"},
    **{"j": "ј", "k": "кκ", "l": "1", "m": "м", "o": "оο0", "p": "рρ", "s": "ѕ5$", "t": "тτ"},
    **{"u": "υ", "v": "ν", "x": "х", "y": "у"},
}
# Characters used in place of a similar one: traditional, variant, or of nearly the same shape.
_HAN_LOOKS = {
    **{"华": "華", "园": "園圎", "学": "學斈", "国": "國囯囻", "农": "農", "业": "業", "师": "師"},
    **{
        "范": "範",
        "医": "醫",
        "电": "電",
        "体": "體",
        "处": "處",
        "会": "會",
        "人": "亾",
        "院": "阮",
    },
    **{"已": "己巳", "未": "末", "日": "曰", "士": "土", "贝": "貝", "见": "見", "大": "太犬"},
}
_SEEN_AS = str.maketrans(
    {look: target for target, looks in (_LATIN_LOOKS | _HAN_LOOKS).items() for look in looks}
)
_NAME_BY_SOUND = 3  # shorter names must agree in tone too: 花园 is no 华园
_NAME_BY_DISTANCE = 4  # shorter names differ by one character from half the dictionary
_LATIN_NAME = re.compile(r"[a-z0-9 .&-]+")


class Likeness(StrEnum):
    """How a name resembles; the value is what people read."""

    HIDDEN = "夹带零宽或不可见字符"
    WIDTH = "使用全角、花体等变形字符"
    SHAPE = "使用形近字或数字、字母替代"
    SOUND = "读音相同"
    DISTANCE = "只差一个字"


@dataclass(frozen=True, slots=True)
class LookAlike:
    """`found` (as it reads without disguise) resembles `name`, in this way."""

    found: str
    name: str
    likeness: Likeness


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in {"Cf", "Mn", "Me", "Cc"}


def visible(text: str) -> str:
    """Return the text without zero-width, control and combining characters, and without blanks."""
    return "".join(c for c in text if not _is_hidden(c) and not c.isspace())


def folded(text: str) -> str:
    """NFKC without case: full-width and ornamental letters become plain."""
    return unicodedata.normalize("NFKC", text).casefold()


def skeleton(text: str) -> str:
    """Return what the eye sees: folded, look-alike characters as one."""
    return folded(text).translate(_SEEN_AS)


def _contains(text: str, name: str) -> bool:
    """Tell whether text holds name; a Latin name only as a word of its own."""
    if not _LATIN_NAME.fullmatch(name):
        return name in text
    return bool(re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", text))


def contains_name(text: str, name: str) -> bool:
    """Tell whether the text holds the name openly: without case and blanks, nothing disguised."""
    plain = text.casefold()
    return _contains(plain, name.casefold()) or _contains("".join(plain.split()), name.casefold())


def _windows(text: str, size: int) -> Iterator[str]:
    return (text[start : start + size] for start in range(len(text) - size + 1))


def _sound(text: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415  a third of every program's start

    style = Style.TONE3 if len(text) < _NAME_BY_SOUND else Style.NORMAL
    return lazy_pinyin(text, style=style)


def _one_apart(first: str, second: str) -> bool:
    """Tell whether exactly one insertion, deletion or change leads from one to the other."""
    if len(first) > len(second):
        first, second = second, first
    if first == second or len(second) - len(first) > 1:
        return False
    start = next((n for n, c in enumerate(first) if c != second[n]), len(first))
    same_length = len(first) == len(second)
    return first[start + same_length :] == second[start + 1 :]


def _by_sound(text: str, name: str) -> str | None:
    sound = _sound(name)
    return next((w for w in _windows(text, len(name)) if _sound(w) == sound), None)


def _by_distance(text: str, name: str, unrelated: frozenset[str]) -> str | None:
    if len(name) < _NAME_BY_DISTANCE:
        return None
    sizes = (len(name), len(name) - 1, len(name) + 1)
    windows = (window for size in sizes for window in _windows(text, size))
    return next((w for w in windows if _one_apart(w, name) and w not in unrelated), None)


def _disguise(text: str, name: str) -> Likeness | None:
    """Tell by which disguise the text holds the name, the mildest reading first."""
    plain_name = folded(name)
    if _contains(visible(text).casefold(), plain_name):
        return Likeness.HIDDEN
    if _contains(folded(visible(text)), plain_name):
        return Likeness.WIDTH
    return Likeness.SHAPE if _contains(skeleton(visible(text)), skeleton(name)) else None


def find_look_alike(text: str, name: str, unrelated: tuple[str, ...] = ()) -> LookAlike | None:
    """Return how `text` imitates `name`, or None when it does not, or holds it openly."""
    if contains_name(text, name):
        return None
    if likeness := _disguise(text, name):
        return LookAlike(visible(text), name, likeness)
    seen, target = skeleton(visible(text)), skeleton(name)
    if _LATIN_NAME.fullmatch(target):
        return None
    innocent = frozenset(skeleton(other) for other in unrelated)
    for other in innocent:
        seen = seen.replace(other, "\0" * len(other))
    if found := _by_sound(seen, target):
        return LookAlike(found, name, Likeness.SOUND)
    if found := _by_distance(seen, target, innocent):
        return LookAlike(found, name, Likeness.DISTANCE)
    return None
