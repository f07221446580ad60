"""Marks that come in pairs and have lost the other half (GB/T 15834—2011 4.8, 4.9, 4.15)."""

import re
from collections import Counter
from collections.abc import Iterator

from meice.engines.zhcheck.model import Copy, Issue, Rule, Severity

SOURCE = "GB/T 15834—2011《标点符号用法》4.8、4.9、4.15"

_CLOSER = {
    "“": "”", "‘": "’", "《": "》", "（": "）", "【": "】", "〔": "〕", "「": "」", "『": "』", "(": "）",
}  # fmt: skip
_WIDE = {")": "）"}
_MARK = re.compile("[\n" + re.escape("".join([*_CLOSER, *_CLOSER.values(), *_WIDE])) + "]")
_ASCII = "()"  # read as partners of （ and ）, never missed: code, faces, enumerations
_ITEM = re.compile(r"(?:^|[\s，。；：、（])[0-9０-９a-zA-Z一二三四五六七八九十①-⑳]{1,3}$")
_REACH = 1000  # code points over which a pair may stretch beyond its own line


def check(copy: Copy) -> Iterator[Issue]:
    """Yield opening marks that are never closed and closing marks that close nothing."""
    waiting: list[tuple[int, int, str]] = []  # place, line, the closing mark it waits for
    open_now: Counter[str] = Counter()
    line = 0
    for match in _MARK.finditer(copy.text):
        place, mark = match.start(), match[0]
        if mark == "\n":
            line += 1
        elif mark in _CLOSER:
            waiting.append((place, line, _CLOSER[mark]))
            open_now[_CLOSER[mark]] += 1
        else:
            yield from _close(copy, waiting, open_now, (place, line, _WIDE.get(mark, mark)))
    for start, _line, _closer in waiting:
        yield from _unclosed(copy, start)


def _close(
    copy: Copy,
    waiting: list[tuple[int, int, str]],
    open_now: Counter[str],
    closing: tuple[int, int, str],
) -> Iterator[Issue]:
    """Take the opening mark off the list; those opened after it are never closed."""
    place, line, closer = closing
    while open_now[closer]:
        start, first_line, wanted = waiting.pop()
        open_now[wanted] -= 1
        if wanted == closer and (line == first_line or place - start <= _REACH):
            return
        yield from _unclosed(copy, start)
    yield from _stray(copy, place)


def _unclosed(copy: Copy, place: int) -> Iterator[Issue]:
    mark = copy.text[place]
    if mark not in _ASCII:
        yield _issue(copy, place, f"{mark} 没有配对的 {_CLOSER[mark]}")


def _stray(copy: Copy, place: int) -> Iterator[Issue]:
    """A closing mark alone; not the apostrophe of English, the inch, and the item `1）`."""
    mark, before = copy.text[place], copy.text[max(0, place - 5) : place]
    apostrophe = mark == "’" and before[-1:].isascii() and before[-1:].isalpha()
    inch = mark == "”" and before[-1:].isdigit()
    item = mark == "）" and _ITEM.search(before)
    if mark not in _ASCII and not (apostrophe or inch or item):
        opener = next(opener for opener, closer in _CLOSER.items() if closer == mark)
        yield _issue(copy, place, f"{mark} 前面没有配对的 {opener}")


def _issue(copy: Copy, place: int, message: str) -> Issue:
    return copy.issue(Rule.PAIRS, Severity.WARN, (place, place + 1), message, source=SOURCE)
