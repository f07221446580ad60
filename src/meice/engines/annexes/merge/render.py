"""The bytes of the package and of the report; a large merge is written by several processes.

The children here run our own code on checked rows: the limits only guard against a runaway, and
what a child cannot do this process does itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from meice.engines.annexes.merge.choose import Merged
from meice.engines.annexes.merge.package import Member, plan_members, write_member, zip_members
from meice.engines.annexes.merge.report import Pages, plan_pages, write_pages
from meice.engines.sandbox import Limits, Pool

P = TypeVar("P")
R = TypeVar("R")

_HELPERS = 2
_OWN_WORK = Limits(memory=2 << 30, cpu=600, wall=600.0)
_WORTH_HELPERS = 3_000  # rows of annex 1 and files from which starting children pays
_TOP_FILES = 4
_BATCH = 32


def render(merged: Merged) -> tuple[bytes, bytes]:
    """The package's zip and the report; the same bytes however many processes write them."""
    members, pages = plan_members(merged), plan_pages(merged)
    if len(merged.basic) + 5 * len(members) < _WORTH_HELPERS:
        files, report = write_members(members), write_pages(pages)
    else:
        files, report = _render_together(members, pages)
    names = (member.name for member in members)
    return zip_members(zip(names, files, strict=True), merged.request.sent_on), report


def write_members(members: Sequence[Member]) -> tuple[bytes, ...]:
    """The bytes of each file."""
    return tuple(write_member(member) for member in members)


def _render_together(members: Sequence[Member], pages: Pages) -> tuple[tuple[bytes, ...], bytes]:
    top, folder = members[:_TOP_FILES], members[_TOP_FILES:]
    batches = [folder[start : start + _BATCH] for start in range(0, len(folder), _BATCH)]
    with Pool(_HELPERS, limits=_OWN_WORK) as pool, ThreadPoolExecutor(_HELPERS) as threads:
        report = threads.submit(_helped, pool, write_pages, pages)
        written = threads.submit(lambda: [_helped(pool, write_members, each) for each in batches])
        files = write_members(top)
        return (*files, *(one for batch in written.result() for one in batch)), report.result()


def _helped(pool: Pool, function: Callable[[P], R], payload: P) -> R:
    answer = pool.run(function, payload)
    return function(payload) if answer.failure or answer.value is None else answer.value
