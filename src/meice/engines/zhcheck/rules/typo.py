"""Common confusions from the tables: 按装 for 安装, 迫不急待 for 迫不及待."""

from collections.abc import Iterator

from meice.engines.zhcheck.folding import fold
from meice.engines.zhcheck.model import Copy, Hit, Issue, Rule


def check(copy: Copy) -> Iterator[Issue]:
    """Yield the typos. Nobody disguises a slip: characters set apart are two words, no typo."""
    for hit in copy.hits:
        if hit.term.rule is Rule.TYPO and not _is_set_apart(copy.text, hit):
            yield copy.issue(
                Rule.TYPO,
                hit.term.severity,
                (hit.start, hit.end),
                hit.term.message,
                suggestion=hit.term.replacement,
                source=hit.term.source,
            )


def _is_set_apart(text: str, hit: Hit) -> bool:
    return hit.end - hit.start != len(fold(hit.term.word).text)
