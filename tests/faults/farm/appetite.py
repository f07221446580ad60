"""`python -m tests.faults.farm.appetite CALM URL…`: by how many megabytes sites swell a probe.

The calm site comes first, so that what every probe needs is not counted. Prints a line for each URL.
"""

from __future__ import annotations

import resource
import sys

from meice.engines.gate import Limits, Policy
from meice.engines.webprobe import Options, probe
from meice.engines.webprobe.crawl import CrawlOptions

LIMITS = Limits(connect_s=3, total_s=10)
CRAWL = CrawlOptions(max_pages=10, rate=0, limits=LIMITS)


def main(calm: str, urls: list[str]) -> None:
    """Probe each site for itself; the peak of the process never falls."""
    pairs = (url.rpartition("/")[0].rpartition("/")[2].split(":") for url in (calm, *urls))
    exact = frozenset((host, int(port)) for host, port in pairs)
    options = Options(policy=Policy(exact=exact), crawl=CRAWL)
    probe([calm], options)
    before = peak()
    for url in urls:
        probe([url], options)
        now = peak()
        sys.stdout.write(f"{url} {now - before:.0f}\n")
        before = now


def peak() -> float:
    """The most memory this process ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
