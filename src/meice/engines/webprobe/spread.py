"""Many sites over several processes: each has its own crawl, sends its reports as they come.

All addresses of one host go to one process, so that its pace is kept.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from zlib import crc32

from meice.engines.webprobe.checks.links import host_of
from meice.engines.webprobe.options import Options
from meice.engines.webprobe.report import SiteReport

MADE = 20_000  # objects after which the collector looks for rings: pages hold none
Run = Callable[[Sequence[str], Options], Iterator[SiteReport]]


def spread(run: Run, starts: Sequence[str], options: Options) -> Iterator[SiteReport]:
    """The reports of ``run`` (a function of a module) over shares of the starts, as they come.

    A process that dies leaves its open sites without a report.
    """
    context = get_context("spawn")
    open_ends: list[Connection] = []
    children = []
    for share in shares(starts, options.processes):
        ours, theirs = context.Pipe(duplex=False)
        child = context.Process(target=_work, args=(run, share, options, theirs), daemon=True)
        child.start()
        theirs.close()
        children.append(child)
        open_ends.append(ours)
    try:
        while open_ends:
            for end in wait(open_ends):
                report = _received(end)  # type: ignore[arg-type]
                if report is None:
                    open_ends.remove(end)  # type: ignore[arg-type]
                else:
                    yield report
    finally:
        for child in children:
            child.terminate()
            child.join()


def shares(starts: Sequence[str], count: int) -> list[list[str]]:
    """The starts in at most ``count`` parts, none empty, each host in one of them."""
    parts: list[list[str]] = [[] for _ in range(max(1, count))]
    for start in starts:
        parts[crc32(host_of(start).encode("utf-8", "replace")) % len(parts)].append(start)
    return [part for part in parts if part]


def _work(run: Run, share: Sequence[str], options: Options, end: Connection) -> None:
    gc.freeze()  # the modules stay: looking through them cost a quarter of the time of a page
    gc.set_threshold(MADE)
    for report in run(share, options):
        end.send(report)
    end.close()


def _received(end: Connection) -> SiteReport | None:
    try:
        report: SiteReport = end.recv()
    except EOFError:
        return None
    return report
