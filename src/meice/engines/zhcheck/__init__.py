"""Reads Chinese copy: fixed wording, personal data, 密级, sources, marks and figures."""

from meice.engines.zhcheck.checking import check
from meice.engines.zhcheck.faults import LexiconError
from meice.engines.zhcheck.lexicon import read_lexicon, shipped_lexicons
from meice.engines.zhcheck.model import (
    SEVERITY_WORDS,
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
    "SEVERITY_WORDS",
    "Copy",
    "Hit",
    "Issue",
    "Lexicon",
    "LexiconError",
    "NumberPattern",
    "Office",
    "Rule",
    "Severity",
    "Term",
    "WhiteList",
    "check",
    "read_lexicon",
    "shipped_lexicons",
]
