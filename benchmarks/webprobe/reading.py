"""`python -m benchmarks.webprobe.reading`: what reading one page costs, in CPU milliseconds.

Beside it the bare parser on the same page, which is the floor and tells how busy the machine is.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from benchmarks.webprobe.pages import TODAY, page
from selectolax.lexbor import LexborHTMLParser

from meice.engines.documents.charset import decode_page
from meice.engines.documents.visible import tag_names, visible_text
from meice.engines.webprobe.pages import read_page
from meice.engines.webprobe.pages.addresses import Base
from meice.engines.webprobe.pages.entries import find_listings
from meice.engines.webprobe.pages.links import link_nodes, read_link
from meice.engines.webprobe.pages.page_days import text_days

URL = "http://www.huayuan.edu.cn/info/1001/7.htm"
ROUNDS, REPEATS = 20, 25


def cost(work: Callable[[], object]) -> float:
    """Milliseconds of CPU of one call: the best of the rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(REPEATS):
            work()
        best = min(best, (time.process_time() - start) / REPEATS)
    return best * 1000


def usual(body: bytes, content_type: str) -> None:
    """Charset, title, links, text and the days of lists and page."""
    html = decode_page(body, content_type).text
    tree = LexborHTMLParser(html)
    base, names = Base(URL, URL), tag_names(html)
    title = tree.css_first("title")
    assert title is not None
    title.text()
    read = [(node, read_link(node, base, None)) for node in link_nodes(tree, names)]
    listings = find_listings([(node, link) for node, link in read if link], TODAY)
    listed = {day.text for listing in listings for day in listing.dated}
    text_days(visible_text(tree, (), names), URL, TODAY, listed)


def main() -> None:
    print(f"{os.cpu_count()} 核，负载 {os.getloadavg()[0]:.1f}；CPU 毫秒/页")
    for charset, codec in (("utf-8", "utf-8"), ("gbk", "gb18030")):
        html = page(7, 50, charset)
        body, header = html.encode(codec), f"text/html; charset={charset}"
        parsing = cost(lambda html=html: LexborHTMLParser(html))
        links = cost(lambda body=body, header=header: usual(body, header))
        everything = cost(
            lambda body=body, header=header: read_page(
                URL, (("content-type", header),), body, now=TODAY
            )
        )
        print(f"{charset} {len(body):,} 字节：只解析 {parsing:.3f}；标题+链接+正文+日期 {links:.3f}；"
              f"read_page 全部 {everything:.3f}")  # fmt: skip


if __name__ == "__main__":
    main()
