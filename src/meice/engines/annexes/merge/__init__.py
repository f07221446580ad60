"""Merging many units' packages into the department's one package and its report."""

from meice.engines.annexes.merge.choose import Merged, Request, merge
from meice.engines.annexes.merge.output import Written, write_merged
from meice.engines.annexes.merge.render import render

__all__ = ["Merged", "Request", "Written", "merge", "render", "write_merged"]
