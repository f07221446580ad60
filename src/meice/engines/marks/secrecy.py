"""密级 marks and the bare words (domain.md 5.6).

★ is reserved for state secrets: level plus star is a mark and blocks. The words alone only warn.
An asterisk is read as the star as well, but not where it is the bold or italic sign of Markdown.
"""

import re

from meice.engines.marks.model import Kind, Mark

# 保密期限 when none is written: 绝密 30, 机密 20, 秘密 10 years.
_DEFAULT_TERM = {"绝密": "30年", "机密": "20年", "秘密": "10年"}
_TERM = r"(?:[0-9０-９]{1,2}\s?(?:年|个?月)|长期|[^\s，。；,;★☆*＊]{2,15}[前后])"
_MARK = re.compile(
    rf"(?P<level>绝密|机密|秘密)级?\s{{0,4}}(?P<star>[★☆*＊])(?:\s{{0,4}}(?P<term>{_TERM}))?"
)
_WORD = re.compile(r"绝密|机密|秘密|内部资料|内部文件|不予公开|不宜公开|仅供内部")
_ASTERISKS = "*＊"


def _is_emphasis(text: str, match: re.Match[str]) -> bool:
    """Tell the asterisks of `**机密**` from the star of `机密*`."""
    if match["star"] not in _ASTERISKS or match["term"]:
        return False
    neighbours = (
        text[max(match.start() - 1, 0) : match.start()] + text[match.end() : match.end() + 1]
    )
    return any(character in _ASTERISKS for character in neighbours)


def _mark(match: re.Match[str]) -> Mark:
    level, term = match["level"], match["term"]
    value = f"{level}★{term or _DEFAULT_TERM[level]}"
    return Mark(Kind.SECRET_MARK, match.start(), match.end(), match[0], value)


def find_secret_marks(text: str) -> list[Mark]:
    """Return 密级 marks (`机密★10年`, `绝密★长期`, `机密★`); value has the default term filled in."""
    return [_mark(match) for match in _MARK.finditer(text) if not _is_emphasis(text, match)]


def find_secret_words(text: str) -> list[Mark]:
    """Return the bare words that are no part of a mark."""
    taken = {place for mark in find_secret_marks(text) for place in range(mark.start, mark.end)}
    return [
        Mark(Kind.SECRET_WORD, match.start(), match.end(), match[0], match[0])
        for match in _WORD.finditer(text)
        if match.start() not in taken
    ]
