"""Reads many sites at once, politely to each; a hostile one costs the others nothing."""

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
    "SiteCrawl",
    "SiteState",
    "Visit",
    "Visitor",
]
