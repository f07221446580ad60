"""Where a page stands in its site: the trail after 当前位置."""

import re

from meice.engines.webprobe.pages.column_words import clean_name

_START = re.compile(r"位置(?<=[前在的面]位置)\s*(?:是|为)?\s*[:：]?\s*")  # 当前位置, 您的位置 …
_SIGNS = re.compile(r"\s*(?:>{1,3}|＞|»|›|→|/|／|\\|->|--?|—+|·|\|)\s*")
_NEITHER = frozenset(
    {"正文", "列表", "内容", "详细内容", "文章内容", "浏览文章", "信息列表", "详情", "新闻详情",
     "查看", "列表页"}
)  # fmt: skip
_WITHIN = 200
_MOST_LINES = 12
_LONGEST_STEP = 24


def read_breadcrumb(text: str) -> tuple[str, ...]:
    """Return the steps of the trail in a page's visible text, 首页 first; empty without one."""
    found = _START.search(text)
    if found is None:
        return ()
    steps: list[str] = []
    open_ended = True  # a sign came last, or nothing yet
    for line in text[found.end() : found.end() + _WITHIN].split("\n")[:_MOST_LINES]:
        parts = _SIGNS.split(line.strip())
        if not open_ended and parts[0]:
            break
        kept = [part for part in parts if part]
        if any(len(part) > _LONGEST_STEP for part in kept):
            break
        steps += kept
        open_ended = not parts[-1]
    steps = [piece for step in steps for piece in _pieces(step)]
    names = [name for step in steps if step not in _NEITHER and (name := clean_name(step))]
    return tuple(names)


def _pieces(step: str) -> list[str]:
    """Links with only blanks between: 首页 新闻中心."""
    pieces = step.split()
    return pieces if all(len(piece) > 1 and not piece.isascii() for piece in pieces) else [step]
