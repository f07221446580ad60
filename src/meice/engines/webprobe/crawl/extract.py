"""The links of a page, for a crawl whose visitor does not read them itself."""

from __future__ import annotations

from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from meice.engines.gate import Answer
from meice.engines.webprobe.crawl.visits import Found

PLACES = (("a[href],area[href]", "href"), ("frame[src],iframe[src]", "src"))
LINKS = 5_000  # of one page
OTHER_SCHEMES = ("javascript:", "mailto:", "tel:", "data:", "about:")


def find_links(answer: Answer) -> Found:
    """Every link of an HTML page, absolute, each once, in the order of the page."""
    if "html" not in answer.header("content-type", "text/html") or not answer.body:
        return Found()
    tree = LexborHTMLParser(answer.body)
    base = tree.css_first("base[href]")
    root = urljoin(answer.final_url, (base.attributes.get("href") or "") if base else "")
    origin = urljoin(root, "/")[:-1]
    links: dict[str, None] = {}
    for selector, attribute in PLACES:
        for node in tree.css(selector)[:LINKS]:
            links[node.attrs.get(attribute) or ""] = None
    found = (absolute(root, origin, link) for link in links)
    return Found(follow=tuple(dict.fromkeys(url for url in found if url)))


def absolute(root: str, origin: str, link: str) -> str:
    """The link's address; empty for what leads to no page."""
    link = link.strip().partition("#")[0].replace("\\", "/")
    if not link or link.lower().startswith(OTHER_SCHEMES):
        return ""
    if "/." not in link and link.startswith("/") and not link.startswith("//"):
        return origin + link  # as urljoin would, at a tenth of its time
    try:
        return urljoin(root, link)
    except ValueError:
        return ""
