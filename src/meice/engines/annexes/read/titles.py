"""Titles as they are compared: without white space, punctuation or the unit in brackets.

A heading found on a sheet is matched to a column exactly, then by its aliases, then by its
beginning, then by likeness, so that a mistyped title or an added （必填） still finds its column.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache

from meice.engines.annexes import columns
from meice.engines.annexes.columns import Column
from meice.engines.annexes.read.values import fold

PUNCTUATION = re.compile(r"[^\w\u3400-\u9fff]|_")
BRACKETS = re.compile(r"\((?:必填|选填|可选|单位[^)]*|个|人|万|位|填[^)]*|如[^)]*|[^)]*选[^)]*)\)")
SAME = str.maketrans("帐它", "账其")
LIKE = 0.75
LONGEST = 40

# What clerks write besides the aliases of ``columns``; only for finding, never printed.
EXTRA: Mapping[str, tuple[str, ...]] = {
    "name": ("账号或网站名称", "新媒体名称", "账号（网站/APP）名称", "账号网站APP名称"),
    "kind": ("类别", "账号类别", "平台类别"),
    "rectified": ("整改与否", "有无整改"),
    "interactive": ("互动", "有无互动功能", "是否互动"),
    "has_review_system": ("有无审核制度", "是否有审核制度"),
    "outsourced": ("委托", "是否委托", "有无委托运营"),
    "responsible_mobile": ("联系方式", "手机联系方式"),
}


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """The title as it is compared."""
    folded = BRACKETS.sub("", fold(text))
    return PUNCTUATION.sub("", folded).translate(SAME).upper()


class Titles:
    """The titles of one form and the keys they stand for."""

    def __init__(self, known: Sequence[Column]) -> None:
        self.columns = {column.key: column for column in known}
        self.exact = {plain(column.title): column.key for column in known}
        self.loose: dict[str, str] = {}
        for column in known:
            for alias in (*column.aliases, *EXTRA.get(column.key, ())):
                self.loose.setdefault(plain(alias), column.key)
        self.loose = {alias: key for alias, key in self.loose.items() if alias not in self.exact}
        self.named = cache(self._named)
        self.like = cache(self._like)

    def _named(self, text: str) -> str | None:
        """The key whose title or alias ``text`` is."""
        title = plain(text)
        return self.exact.get(title) or self.loose.get(title)

    def _like(self, text: str) -> str | None:
        """The key whose title ``text`` begins with, or is most like."""
        title = plain(text)
        if not 2 <= len(title) <= LONGEST:
            return None
        known = {**self.loose, **self.exact}
        starts = [each for each in known if len(each) >= 4 and title.startswith(each)]
        if starts:
            return known[max(starts, key=len)]
        score, best = max((SequenceMatcher(None, title, each).ratio(), each) for each in known)
        return known[best] if score >= LIKE and len(title) >= 4 else None


BASIC = Titles(columns.BASIC_COLUMNS)
FILINGS = Titles(columns.FILING_COLUMNS)
COUNTS = Titles(
    (columns.COUNT_ITEM, *columns.COUNT_PRINTED, columns.COUNT_TOTAL, columns.COUNT_NOTE)
)
COUNT_ITEMS = Titles([Column(str(at), item) for at, item in enumerate(columns.COUNT_ITEMS)])
FORM = Titles(columns.FORM_LABELS)
