"""The probe: crawl, read, check, report. ``probe`` for many sites, ``probe_one`` for one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from meice.engines.gate import Failure
from meice.engines.webprobe.attachments import Attachments
from meice.engines.webprobe.crawl import SiteCrawl, Visitor, crawl
from meice.engines.webprobe.journal import Journal
from meice.engines.webprobe.neighbours import Neighbourhood
from meice.engines.webprobe.options import Options
from meice.engines.webprobe.reader import SiteReader
from meice.engines.webprobe.report import SiteReport, SiteVerdict
from meice.engines.webprobe.spread import spread

OnProgress = Callable[[int, int, str], None]  # done, of how many, what was done last
Stop = Callable[[], bool]


def probe(
    urls: Sequence[str],
    options: Options,
    *,
    on_progress: OnProgress | None = None,
    resume: Path | None = None,
    stop: Stop | None = None,
) -> tuple[SiteReport, ...]:
    """Probe sites; a report for each different address, in the order given.

    ``resume`` is a journal: what stands in it as finished is taken from there, what is finished
    now is added. Once ``stop`` says yes, open sites end as not finished; it is asked in one
    process only. Nothing a site does raises; OSError when the journal cannot be written.
    """
    starts = tuple(dict.fromkeys(start_of(url) for url in urls))
    journal = Journal(resume) if resume else None
    known = journal.read() if journal else {}
    done = {start: known[start] for start in starts if start in known and known[start].finished}
    left = [start for start in starts if start not in done]
    for report in _reports(left, options, stop):
        if journal is not None and report.finished:
            journal.write(report)
        done[report.url] = report
        if on_progress is not None:
            on_progress(len(done), len(starts), report.url)
    return tuple(done.get(start) or not_finished(start) for start in starts)


def probe_one(
    url: str,
    options: Options,
    *,
    on_progress: OnProgress | None = None,
    stop: Stop | None = None,
) -> SiteReport:
    """Probe one site in this process; ``on_progress`` hears of each page read."""
    start = start_of(url)
    alone = replace(options, processes=1)
    for report in run([start], alone, stop=stop, on_page=on_progress):
        return report
    return not_finished(start)


def start_of(url: str) -> str:
    """The address to start at: a bare host is asked over http, as a browser would."""
    text = url.strip()
    return text if "://" in text else f"http://{text}"


def not_finished(start: str) -> SiteReport:
    """A site whose probe did not come to an end: unknown, never fine."""
    return SiteReport(
        url=start,
        final_url=start,
        verdict=SiteVerdict.UNKNOWN,
        failure=Failure.UNKNOWN_ERROR,
        detail="探测没有完成",
        finished=False,
    )


def _reports(starts: Sequence[str], options: Options, stop: Stop | None) -> Iterator[SiteReport]:
    if options.processes > 1 and len(starts) > 1:
        return spread(run, starts, options)
    return run(starts, options, stop=stop)


def run(
    starts: Sequence[str],
    options: Options,
    *,
    stop: Stop | None = None,
    on_page: OnProgress | None = None,
) -> Iterator[SiteReport]:
    """The reports of one process, each as soon as all it waits for has come."""
    neighbourhood = Neighbourhood()
    held: deque[tuple[SiteCrawl, SiteReader]] = deque()
    with Attachments() as attachments:

        def visitor_of(start: str) -> Visitor:
            return SiteReader(start, options, neighbourhood, attachments, on_page)

        for end, visitor in crawl(
            starts,
            options.crawl,
            options.policy,
            visitor_of,
            stop=stop,
            resolve=options.resolve,
            roots=options.roots,
        ):
            assert isinstance(visitor, SiteReader)
            held.append((end, visitor))
            for _ in range(len(held)):
                ended, reader = held.popleft()
                if reader.awaited():
                    held.append((ended, reader))
                else:
                    yield reader.report(ended)
        yield from (reader.report(ended) for ended, reader in held)
