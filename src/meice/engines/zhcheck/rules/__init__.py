"""The rules, one a file; a rule is one line in `RULES`."""

from collections.abc import Callable, Iterator

from meice.engines.zhcheck.model import Copy, Issue

Check = Callable[[Copy], Iterator[Issue]]

RULES: tuple[Check, ...] = ()

__all__ = ["RULES", "Check"]
