"""One contender over the farm, in a process of its own; prints one line of JSON.

`python -m benchmarks.webprobe.contenders NAME PORT HOSTS PAGES RATE`
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from datetime import time as day_time
from ipaddress import ip_network
from typing import Any

from benchmarks.webprobe.pages import TODAY

NETWORK = "127.88.0.0/16"
SPARE_PAGES = 20  # the limit must not hide the broken ones


@dataclass(frozen=True, slots=True)
class Farm:
    """Where the hosts stand."""

    port: int
    hosts: int
    pages: int
    rate: float = 0.0

    @property
    def urls(self) -> list[str]:
        """The home page of every host."""
        places = (f"127.88.{number // 250}.{1 + number % 250}" for number in range(self.hosts))
        return [f"http://{place}:{self.port}/" for place in places]


@dataclass(frozen=True, slots=True)
class Result:
    """Seconds from the first request to the last result; megabytes at the peak, all processes."""

    seconds: float
    pages: int
    broken: int
    memory: float
    cpu: float


def scrapy(farm: Farm) -> tuple[int, int]:
    """Follow every link of a host, note what is broken: nothing else is looked at."""
    from scrapy import Spider
    from scrapy.crawler import CrawlerProcess

    found: dict[bool, set[str]] = {True: set(), False: set()}

    class LinkSpider(Spider):
        name = "links"
        start_urls = farm.urls
        custom_settings = {
            "HTTPERROR_ALLOW_ALL": True,
            "ROBOTSTXT_OBEY": False,
            "RETRY_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "COOKIES_ENABLED": False,
            "CONCURRENT_REQUESTS": 64,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
            "DOWNLOAD_DELAY": 0,
        }

        def parse(self, response: Any) -> Any:
            found[response.status < 400].add(response.url)
            if response.status < 400:
                for link in response.css("a::attr(href)").getall():
                    yield response.follow(link)

    process = CrawlerProcess({"LOG_ENABLED": False})
    process.crawl(LinkSpider)
    process.start()
    return len(found[True]), len(found[False])


def wget(farm: Farm) -> tuple[int, int]:
    """`wget --spider -r` over the list of home pages."""
    with tempfile.TemporaryDirectory(prefix="webprobe-") as folder:
        listed = f"{folder}/urls"
        with open(listed, "w") as file:  # noqa: PTH123
            file.write("\n".join(farm.urls))
        command = ["wget", "--spider", "-r", "-l", "inf", "-nd", "-nv", "-e", "robots=off"]
        command += ["--no-proxy", "-t", "1", "-T", "20", "-i", listed]
        told = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    text = told.stderr.decode("utf-8", "replace")
    pages = len(set(re.findall(r"URL:(http://127\.88\.\S+) \[", text)))
    return pages, len(set(re.findall(r"^(http://127\.88\.\S+/gone/\S+):$", text, re.MULTILINE)))


def meice(farm: Farm) -> tuple[int, int]:
    """Our probe with every check, on all cores."""
    from meice.engines.gate import Policy
    from meice.engines.webprobe import Options, probe
    from meice.engines.webprobe.crawl import CrawlOptions

    options = Options(
        policy=Policy(allow=(ip_network(NETWORK),)),
        crawl=CrawlOptions(max_pages=farm.pages + SPARE_PAGES, rate=farm.rate),
        now=datetime.combine(TODAY, day_time(4), UTC),
        processes=os.cpu_count() or 1,
    )
    reports = probe(farm.urls, options)
    return sum(each.pages for each in reports), sum(each.links.dead for each in reports)


CONTENDERS: dict[str, Callable[[Farm], tuple[int, int]]] = {
    "scrapy": scrapy,
    "wget": wget,
    "meice": meice,
}


def main(name: str, farm: Farm) -> Result:
    """Run one contender; imports and the start of the process are in its time, as a user's are."""
    begun = time.perf_counter()
    pages, broken = CONTENDERS[name](farm)
    seconds = time.perf_counter() - begun
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(use.ru_utime + use.ru_stime for use in uses)
    return Result(seconds, pages, broken, sum(use.ru_maxrss for use in uses) / 1024, cpu)


if __name__ == "__main__":
    name, port, hosts, pages, rate = sys.argv[1:]
    result = main(name, Farm(int(port), int(hosts), int(pages), float(rate)))
    sys.stdout.write(json.dumps(asdict(result)) + "\n")
