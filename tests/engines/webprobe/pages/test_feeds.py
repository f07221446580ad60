"""Feeds and site maps, well-formed or not."""

from datetime import date

import pytest

from meice.engines.webprobe.pages import HowDated, PageKind, Where, latest_update, read_page

TODAY = date(2026, 11, 22)
URL = "http://x.huayuan.edu.cn/feed"
RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>学院新闻</title>
<link>http://x.huayuan.edu.cn/</link><lastBuildDate>Sun, 22 Nov 2026 08:00:00 +0800</lastBuildDate>
<item><title><![CDATA[期末 & 考试]]></title><link>http://x.huayuan.edu.cn/1.htm</link>
<pubDate>Mon, 28 Jun 2021 20:00:00 GMT</pubDate></item>
<item><title>旧闻</title><link>http://x.huayuan.edu.cn/2.htm</link><pubDate>2021-05-01 10:00:00</pubDate></item>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>学院新闻</title><updated>2026-11-22T00:00:00Z</updated>
<entry><title>期末 &amp; 考试</title><link rel="alternate" href="/1.htm"/>
<updated>2021-06-29T08:00:00+08:00</updated></entry>
<entry><title>旧闻</title><link href="/2.htm"/><published>2021-05-01T08:00:00+08:00</published></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "学院新闻", "items": [
{"title": "期末 & 考试", "url": "/1.htm", "date_published": "2021-06-29T08:00:00+08:00"},
{"title": "旧闻", "url": "/2.htm", "date_modified": "2021-05-01"}]}"""


FEEDS = {"rss cut off": RSS, "rss": RSS + "</channel></rss>", "atom": ATOM, "json": JSON}


@pytest.mark.parametrize("name", sorted(FEEDS))
def test_entries_of_a_feed_with_their_days(name: str):
    page = read_page(URL, {}, FEEDS[name].encode(), now=TODAY)
    assert page.kind is PageKind.FEED
    assert [(link.url, link.text, link.where) for link in page.links] == [
        ("http://x.huayuan.edu.cn/1.htm", "期末 & 考试", Where.ITEM),
        ("http://x.huayuan.edu.cn/2.htm", "旧闻", Where.ITEM),
    ]
    assert [(dated.day.isoformat(), dated.how) for dated in page.dates] == [
        ("2021-06-29", HowDated.FEED), ("2021-05-01", HowDated.FEED)]  # fmt: skip
    assert page.dates[0].url == "http://x.huayuan.edu.cn/1.htm"


def test_the_time_a_feed_was_written_is_no_update():
    found = latest_update(read_page(URL, {}, RSS.encode(), now=TODAY), TODAY)
    assert found is not None
    assert found.day == date(2021, 6, 29)


def test_a_site_map():
    body = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <url><loc>http://x.huayuan.edu.cn/a.htm</loc><lastmod>2021-06-29</lastmod></url>
    <url><loc>http://x.huayuan.edu.cn/b.htm</loc></url></urlset>"""
    page = read_page(URL, {}, body.encode(), now=TODAY)
    assert page.kind is PageKind.SITEMAP
    assert len(page.links) == 2
    assert [(d.day, d.how, d.label) for d in page.dates] == [
        (date(2021, 6, 29), HowDated.SITEMAP, "lastmod")
    ]


def test_a_feed_with_entities_that_would_expand_is_only_text():
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    body = (
        f"<?xml version='1.0'?>{bomb}<rss><item><title>&b;</title><link>/1.htm</link></item></rss>"
    )
    page = read_page(URL, {}, body.encode(), now=TODAY)
    assert page.links[0].text == "&b;"


def test_a_page_offers_its_feeds():
    body = '<link rel=alternate type="application/rss+xml" href="/rss.xml"><p>x'
    assert read_page(URL, {}, body.encode(), now=TODAY).feeds == (
        "http://x.huayuan.edu.cn/rss.xml",
    )
