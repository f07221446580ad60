"""Reads Chinese copy: fixed wording, personal data, 密级, sources, marks and figures."""

from meice.engines.zhcheck.checking import check, shipped
from meice.engines.zhcheck.entries import (
    COLUMNS,
    WORDS,
    Entry,
    ListFault,
    ListKind,
    check_entry,
    default_message,
    lexicon_of,
)
from meice.engines.zhcheck.faults import LexiconError
from meice.engines.zhcheck.lexicon import read_lexicon, shipped_lexicons
from meice.engines.zhcheck.matcher import LiveMatcher, Matcher
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
    "COLUMNS",
    "SEVERITY_WORDS",
    "WORDS",
    "Copy",
    "Entry",
    "Hit",
    "Issue",
    "Lexicon",
    "LexiconError",
    "ListFault",
    "ListKind",
    "LiveMatcher",
    "Matcher",
    "NumberPattern",
    "Office",
    "Rule",
    "Severity",
    "Term",
    "WhiteList",
    "check",
    "check_entry",
    "default_message",
    "lexicon_of",
    "read_lexicon",
    "shipped",
    "shipped_lexicons",
]
