"""The rules, one a file; a rule is one line in `RULES`."""

from collections.abc import Callable, Iterator

from meice.engines.zhcheck.model import Copy, Issue
from meice.engines.zhcheck.rules import (
    ai,
    date_weekday,
    numeral,
    pairs,
    personal,
    punctuation,
    repeated,
    reposts,
    secrecy,
    title,
    typo,
    wording,
)

Check = Callable[[Copy], Iterator[Issue]]

RULES: tuple[Check, ...] = (
    wording.check,
    title.check,
    typo.check,
    personal.check_numbers,
    personal.check_student_numbers,
    personal.check_email,
    secrecy.check,
    reposts.check,
    ai.check,
    punctuation.check,
    pairs.check,
    numeral.check,
    repeated.check,
    date_weekday.check,
)

__all__ = ["RULES", "Check"]
