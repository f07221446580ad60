"""One cell's value as text, number, answer, mobile: everything clerks write, folded to one form.

Source: annexes.md (dirty values) and contracts.md (``meice annex read``). Nothing here raises: a
value that cannot be read comes back as None and its rule reports it.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from meice.engines.annexes.columns import NOTHING_WRONG
from meice.engines.annexes.model import FilingKind, Rectified
from meice.engines.annexes.read.grid import Value
from meice.engines.marks import mobile_digits

INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f]|_x000D_")
HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
YES_WORDS = frozenset(
    [
        "是",
        "有",
        "√",
        "Y",
        "1",
        "YES",
        "TRUE",
        "T",
        "对",
        "✓",
        "✔",
        "☑",
        "已",
        "具有",
        "具备",
        "建立",
        "已建立",
        "委托",
        "已委托",
    ]
)
NO_WORDS = frozenset(
    [
        "否",
        "无",
        "×",
        "N",
        "0",
        "NO",
        "FALSE",
        "F",
        "没有",
        "不是",
        "未",
        "X",
        "✗",
        "✘",
        "╳",
        "✖",
        "无委托",
        "未委托",
        "未建立",
        "不具有",
    ]
)
DASHES = frozenset({"-", "－", "—", "/", "–", "―", "─", "——", "--", "／", "\\", "ー", "‐", "−"})
NOT_NEEDED = frozenset({"无需", "无需整改", "不需要", "不需整改", "不涉及", "不适用", "无须整改"})
RECTIFIED_WORDS = {
    "已整改": Rectified.YES,
    "已完成": Rectified.YES,
    "整改完成": Rectified.YES,
    "已完成整改": Rectified.YES,
    "完成整改": Rectified.YES,
    "未整改": Rectified.NO,
    "整改中": Rectified.NO,
    "正在整改": Rectified.NO,
    "未完成": Rectified.NO,
}
NOTHING_WRONG_WORDS = frozenset({"无", "没有问题", "未发现问题", "无异常", "没问题", "不存在问题"})
PLAIN_MOBILE = re.compile(r"1[3-9][0-9]{9}")
PROBLEM_SEPARATORS = re.compile("[、，,；;/／\r\n]+")
TICKED, UNTICKED = "☑✓✔√■☒●◉▣🗹", "☐□○◯"
WHOLE = re.compile(r"([0-9]{1,9})(?:\.0*)?(?:个|家|项|人|条)?")
CHINESE_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九十")} | {"两": 2}
FILING_KIND_WORDS = {
    FilingKind.OPENED: ("开设", "新开", "新增", "新建", "新设", "开通", "首次备案", "新备案"),
    FilingKind.CHANGED: ("变更", "更改", "修改"),
    FilingKind.CANCELLED: ("注销", "停用", "撤销", "关停", "关闭"),
}


def text_of(value: Value) -> str:
    """The value as text: runs of white space one space, ends trimmed, numbers without ``.0``."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, dt.datetime):
        value = value.date() if value.time() == dt.time() else value
    if isinstance(value, dt.date | dt.time):
        return value.isoformat(" ") if isinstance(value, dt.datetime) else value.isoformat()
    return clean(str(value)) if value is not None else ""


@lru_cache(maxsize=8192)
def clean(text: str) -> str:
    """White space runs as one space, ends trimmed, invisible characters gone."""
    return text if text.isalnum() else " ".join(INVISIBLE.sub("", text).split())


def number_text(number: float) -> str:
    """13800000000.0 is 13800000000; other numbers as short as they can be told."""
    if number != number or number in (float("inf"), float("-inf")):
        return ""
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Full-width forms to half-width, no white space, for comparing."""
    folded = unicodedata.normalize("NFKC", text)
    return folded if folded.isalnum() else "".join(INVISIBLE.sub("", folded).split())


def person_name(text: str) -> str:
    """White space inside a Chinese personal name removed (张 三); other names stay."""
    return text.replace(" ", "") if HAN.search(text) else text


def whole(value: Value) -> int | None:
    """A number of 序号 or a count, or None."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return int(value) if value == value and value == value // 1 and 0 <= value < 1e9 else None
    folded = fold(text_of(value))
    match = WHOLE.fullmatch(folded)
    if match:
        return int(match[1])
    return CHINESE_DIGITS.get(folded.removesuffix("个"))


def answer(value: Value) -> bool | None:
    """是 有 √ Y 1 are True, 否 无 × N 0 False, with a ticked box too; None what is neither."""
    return value if isinstance(value, bool) else _answer_in(text_of(value))


@lru_cache(maxsize=1024)
def _answer_in(text: str) -> bool | None:
    folded = fold(text).strip("。.()（）").upper()
    if folded in YES_WORDS:
        return True
    if folded in NO_WORDS:
        return False
    ticked = ticked_of(folded, ("是", "否", "有", "无"))
    return None if ticked is None else ticked in "是有"


def ticked_of(folded: str, choices: tuple[str, ...]) -> str | None:
    """The one choice that bears a tick (☑变更 ☐开设, 变更√ 开设), None when not exactly one."""
    spots = sorted((at, each) for each in choices if (at := folded.find(each)) >= 0)
    if not spots or not any(mark in folded for mark in TICKED):
        return None
    before = folded[0] in TICKED + UNTICKED
    found = []
    for place, (at, each) in enumerate(spots):
        end = at + len(each)
        follows = spots[place + 1][0] if place + 1 < len(spots) else len(folded)
        precedes = spots[place - 1][0] + len(spots[place - 1][1]) if place else 0
        around = folded[precedes:at] if before else folded[end:follows]
        if any(mark in around for mark in TICKED):
            found.append(each)
    return found[0] if len(found) == 1 else None


def rectified(value: Value) -> Rectified | None:
    """是否整改: a yes or a no, or a dash where nothing had to be mended."""
    folded = fold(text_of(value)).strip("。()")
    if folded in DASHES or folded in NOT_NEEDED or folded == "一":
        return Rectified.NOT_NEEDED
    if folded in RECTIFIED_WORDS:
        return RECTIFIED_WORDS[folded]
    said = answer(value)
    return None if said is None else Rectified.YES if said else Rectified.NO


def problems(value: Value) -> tuple[str, ...]:
    """问题排查情况 split at 、，,；;/ and line ends; a lone 无 is 无问题."""
    raw = value if isinstance(value, str) else text_of(value)
    parts = [clean(part) for part in PROBLEM_SEPARATORS.split(raw.replace("_x000D_", "\n"))]
    found = tuple(part for part in parts if part)
    if len(found) == 1 and fold(found[0]).strip("。.") in NOTHING_WRONG_WORDS | {NOTHING_WRONG}:
        return (NOTHING_WRONG,)
    return found


def mobile(value: Value) -> str | None:
    """The 11 digits of one mobile number, or None; 1.38E+10 has lost its digits."""
    return _mobile_in(text_of(value))


@lru_cache(maxsize=8192)
def _mobile_in(text: str) -> str | None:
    if PLAIN_MOBILE.fullmatch(text):
        return text
    folded = fold(text).replace("－", "-").replace("—", "-").strip("'‘’`:：;；.。,，、")
    found = mobile_digits(folded)
    if found is None and "E" in folded.upper():
        found = mobile_digits(_unscientific(folded))
    return found


def _unscientific(folded: str) -> str:
    """1.3800000001E10 still has all its digits; what has fewer than eleven gives nothing."""
    try:
        number = Decimal(folded)
    except InvalidOperation:
        return ""
    told = len(number.as_tuple().digits)
    return str(int(number)) if number.is_finite() and told >= 11 and number.adjusted() < 12 else ""


def filing_kind(text: str) -> FilingKind | None:
    """开设, 变更 or 注销: written out, in other words, or ticked among the three."""
    folded = fold(text)
    named = [
        (kind, word)
        for kind, words in FILING_KIND_WORDS.items()
        for word in words
        if word in folded
    ]
    kinds = {kind for kind, _ in named}
    if len(kinds) == 1 and not any(mark in folded for mark in UNTICKED):
        return named[0][0]
    chosen = ticked_of(folded, tuple(word for _, word in named))
    return next((kind for kind, word in named if word == chosen), None)
