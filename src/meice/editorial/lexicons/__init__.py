"""A school's lexicons as the copy checker takes them: compiled, kept in memory, swapped live.

`Entry` and `Severity` are the engine's, for rooms above that must not open it.
"""

from meice.engines.zhcheck import Entry, Severity

__all__ = ["Entry", "Severity"]
