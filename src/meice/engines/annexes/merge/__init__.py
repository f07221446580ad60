"""Merging many units' packages into the department's one package and its report."""

from meice.engines.annexes.merge.choose import Merged, Request, merge
from meice.engines.annexes.merge.output import Written, write_merged

__all__ = ["Merged", "Request", "Written", "merge", "write_merged"]
