"""Reads Chinese copy: fixed wording, personal data, 密级, sources, marks and figures."""

from meice.engines.zhcheck.model import (
    Copy,
    Hit,
    Issue,
    Lexicon,
    NumberPattern,
    Office,
    Rule,
    Severity,
    Term,
    WhiteList,
)

__all__ = [
    "Copy",
    "Hit",
    "Issue",
    "Lexicon",
    "NumberPattern",
    "Office",
    "Rule",
    "Severity",
    "Term",
    "WhiteList",
]
