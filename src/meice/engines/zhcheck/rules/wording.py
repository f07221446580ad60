"""Fixed wording, names of offices and listed terms: what the tables of the lexicons name."""

from collections.abc import Iterator

from meice.engines.zhcheck.model import Copy, Issue, Rule

_RULES = frozenset({Rule.WORDING, Rule.TITLE, Rule.TERM})


def check(copy: Copy) -> Iterator[Issue]:
    """Yield the hits of wording, titles and terms, however they are written in the text."""
    for hit in copy.hits:
        term = hit.term
        if term.rule in _RULES:
            yield copy.issue(
                term.rule,
                term.severity,
                (hit.start, hit.end),
                term.message,
                suggestion=term.replacement,
                source=term.source,
            )
