"""Reads many sites at once, politely to each; a hostile one costs the others nothing."""

from meice.engines.webprobe.crawl.crawler import crawl
from meice.engines.webprobe.crawl.extract import find_links
from meice.engines.webprobe.crawl.robots import Robots, read_robots
from meice.engines.webprobe.crawl.visits import (
    CrawlOptions,
    Found,
    LinkCheck,
    LinkState,
    SiteCrawl,
    SiteState,
    Visit,
    Visitor,
)

__all__ = [
    "CrawlOptions",
    "Found",
    "LinkCheck",
    "LinkState",
    "Robots",
    "SiteCrawl",
    "SiteState",
    "Visit",
    "Visitor",
    "crawl",
    "find_links",
    "read_robots",
]
