"""Runs tasks on hostile input in a small pool of limited child processes.

Whatever a task does (panic, SIGABRT, endless loop, too much memory) ends as an ``Answer`` with a
``Failure``; nothing else of its batch is lost.
"""

from meice.engines.sandbox.answers import Answer, Failure, Limits
from meice.engines.sandbox.pool import Named, Pool, shared_pool

__all__ = ["Answer", "Failure", "Limits", "Named", "Pool", "shared_pool"]
