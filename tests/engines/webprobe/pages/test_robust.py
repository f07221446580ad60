"""Whatever bytes an address answers with, reading ends, with a page, soon."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meice.engines.webprobe.pages import Page, latest_update, outbound, read_page

TODAY = date(2026, 11, 22)
HOME = (Path(__file__).parent / "sites" / "vsb_home.html").read_bytes()
PIECES = [
    b"<div style='display:none'>", b"</div>", b'<a href="', b'"', b">", b"<", b"<!--", b"<noscript>",
    b"<table>", b"<tr><td>", b"</table>", b"<marquee width=1>", b"<font color=#fff>", b"\xd6\xd0",
    b"2021-06-29", b"[06-29]", "二〇二一年".encode(), "当前位置：".encode(), "更多".encode(),
    b"<script>document.write('<p hidden>')</script>", b"<style>.a{font-size:0}</style>", b"<ul>",
    b"<li class=a>", b"</ul>", b"<template>", b"<frameset>", b"<svg><title>", b"<option value=/a>",
    b"\x00", b"<base href='//['>", b"<a href='http://[::1'>x</a>", b"</html>", b"<time datetime='",
    b"<meta charset=gbk>", b"&#0;", b"\xff\xfe", b"<rss><item>", b"<urlset>", b"{",
]  # fmt: skip


def read(body: bytes, content_type: str = "text/html") -> Page:
    return read_page("http://x.huayuan.edu.cn/a/", {"content-type": content_type}, body, now=TODAY)


@given(
    st.binary(max_size=2000),
    st.sampled_from(["text/html", "", "text/html; charset=big5", "text/xml"]),
)
def test_arbitrary_bytes_are_read(body: bytes, content_type: str):
    page = read(body, content_type)
    outbound(page)
    latest_update(page, TODAY)
    assert all(dated.day <= TODAY for dated in page.dates)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, len(HOME)), st.sampled_from(PIECES)), max_size=40))
def test_a_page_broken_anywhere_is_read(breaks: list[tuple[int, bytes]]):
    body = bytearray(HOME)
    for place, piece in breaks:
        body[place:place] = piece
    page = read(bytes(body))
    assert all(link.url.startswith(("http", "HTTP")) for link in page.links)


@given(st.lists(st.sampled_from(PIECES), max_size=200).map(b"".join))
def test_nothing_but_broken_pieces_is_read(body: bytes):
    assert read(body).url == "http://x.huayuan.edu.cn/a/"


# A reader that took time or memory by the square of these would not come back within the test run:
# nested 200,000 deep the bare parser takes minutes, and 30,000 reopened fonts are terabytes.
TRAPS = {
    "deep": "<div>" * 200_000 + "底",
    "reopened formatting": "<p>"
    + "".join(f"<font c={n}>" for n in range(30_000))
    + "<p>底" * 30_000,
    "hidden in hidden": "<div style=display:none>" * 20_000,
    "many lists": "".join(f"<ul><li><a href={n}>标题标题</a>2021-06-29</ul>" for n in range(5_000)),
    "many 更多": "".join(f"<div><a href=x{n}>更多</a>" for n in range(5_000)),
    "blanks": "<title>" + " " * 1_000_000,
    "digits": "1" * 1_000_000,
    "trails": "当前位置：" * 100_000,
    "scripts": "<script>document.write('<p hidden>" * 5_000,
}


@pytest.mark.parametrize("name", sorted(TRAPS))
def test_a_trap_does_not_hold_the_reader(name: str):
    page = read(TRAPS[name].encode())
    assert len(page.links) <= 3000


def test_a_page_that_nests_too_deep_still_gives_its_links_and_words():
    page = read(("<div>" * 5_000 + "<a href=b.htm>底</a>").encode())
    assert [link.url for link in page.links] == ["http://x.huayuan.edu.cn/a/b.htm"]
    assert page.text == "底"
