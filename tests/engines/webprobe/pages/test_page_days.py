"""The days of a page itself: where they are told, and what must not be taken for one."""

from datetime import date

import pytest

from meice.engines.webprobe.pages import HowDated, Page, read_page
from meice.engines.webprobe.pages.url_days import url_day

TODAY = date(2026, 11, 22)
URL = "http://x.huayuan.edu.cn/info/1002/3.htm"


def read(body: str, head: str = "", url: str = URL) -> Page:
    html = f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return read_page(url, {}, html.encode(), now=TODAY)


LABELLED = {
    "<p>发布时间：2021-06-29</p>": "发布时间",
    "<p>发布时间:2021/6/29 10:20:00</p>": "发布时间",
    "<p>发布日期：2021年6月29日</p>": "发布日期",
    "<span>发布</span><span>时间：</span><b>2021-06-29</b>": "发布时间",
    "<td>更新日期：</td><td>2021-06-29</td>": "更新日期",
    "<div>发布时间：</div><div>2021-06-29</div>": "发布时间",
    "<p>最后更新：2021.06.29</p>": "最后更新",
    "<p>作者：张三　时间：2021-06-29　点击：12</p>": "时间",
    "<p>[日期：2021-06-29]</p>": "日期",
    "<p>成文日期：二〇二一年六月二十九日</p>": "成文日期",
    "<p>来源：宣传部 2021-06-29 阅读：120次</p>": "署名行",
    "<p>2021-06-29 08:00 编辑：李四</p>": "署名行",
    "<p>Published on June 29, 2021</p>": "Published on",
    "<p>Last updated: 2021-06-29</p>": "Last updated",
    "<p>发布于2021-06-29</p>": "发布于",
}


@pytest.mark.parametrize("body", sorted(LABELLED))
def test_a_labelled_day_is_the_day_of_the_page(body: str):
    page = read(f"<table><tr>{body}</tr></table>" if body.startswith("<td") else body)
    assert page.published is not None
    assert (page.published.day, page.published.how) == (date(2021, 6, 29), HowDated.LABEL)
    assert page.published.label == LABELLED[body]


def test_a_relative_label_counts_from_today():
    page = read("<p>发布时间：3天前</p>")
    assert page.published is not None
    assert (page.published.day, page.published.text) == (date(2026, 11, 19), "3天前")


NOT_PUBLISHED = [
    "<p>截止时间：2021-06-29</p>",
    "<p>报名截止日期：2021-06-29</p>",
    "<p>讲座时间：2021-06-29</p>",
    "<p>会议时间：2021年6月29日14:30</p>",
    "<p>考试时间：2021-06-29</p>",
    "<p>有效期至2021-06-29</p>",
    "<p>学校定于2021年6月29日至7月5日放假。</p>",
    "<p>发布时间：2026-11-23</p>",
    "<p>发布时间：2021-06-31</p>",
    "<p>今天是2026年11月22日</p>",
    "<p>现在时间：2026-11-22 10:00</p>",
    "<p>2026年11月22日 星期日</p>",
    "<p>Copyright © 2010-2026 版权所有 2021-06-29</p>",
    "<p>共 2021-06 条</p>",
    "<script>document.write('发布时间：2021-06-29')</script>",
    "<!-- 发布时间：2021-06-29 -->",
]


@pytest.mark.parametrize("body", NOT_PUBLISHED)
def test_what_is_no_day_of_publication(body: str):
    page = read(body)
    assert page.published is None
    assert [dated for dated in page.dates if dated.how is not HowDated.PROSE] == []


HEADS = {
    '<meta name="PubDate" content="2021-06-29 16:20">': "pubdate",
    '<meta property="article:published_time" content="2021-06-29T08:00:00+08:00">': "article:published_time",
    '<meta name="publishdate" content="2021/6/29">': "publishdate",
    '<meta itemprop="datePublished" content="20210629">': "datepublished",
    '<script type="application/ld+json">{"pubDate": "2021-06-29T00:00:00"}</script>': "pubDate",
}  # fmt: skip


@pytest.mark.parametrize("head", sorted(HEADS))
def test_days_in_the_head_of_a_page(head: str):
    page = read("", head)
    assert page.published is not None
    assert (page.published.day, page.published.how) == (date(2021, 6, 29), HowDated.META)
    assert page.published.label == HEADS[head]


def test_a_time_stamp_in_another_zone_is_the_day_in_china():
    page = read("", '<meta property="article:published_time" content="2021-06-28T18:00:00Z">')
    assert page.published is not None
    assert page.published.day == date(2021, 6, 29)


def test_time_elements():
    page = read('<time datetime="2021-06-29T10:00">周二</time>')
    assert page.published is not None
    assert (page.published.day, page.published.how) == (date(2021, 6, 29), HowDated.TIME_TAG)


def test_a_day_on_a_line_of_its_own_is_kept_but_does_not_date_the_page():
    page = read("<p>正文。</p><p>二〇二一年六月二十九日</p>")
    assert [(d.day, d.how) for d in page.dates] == [(date(2021, 6, 29), HowDated.LINE)]
    assert page.published is None


def test_the_label_is_surer_than_metadata_and_address():
    head = '<meta name="PubDate" content="2021-07-01">'
    page = read("<p>发布时间：2021-06-29</p>", head, "http://x.cn/2021/0630/c1a1/page.htm")
    assert [d.how for d in page.dates] == [HowDated.LABEL, HowDated.META, HowDated.URL]
    assert page.published is not None
    assert page.published.day == date(2021, 6, 29)


ADDRESSES = {
    "http://a.cn/2021/0629/c1234a5678/page.htm": "2021-06-29",
    "http://a.cn/202106/t20210629_123.htm": "2021-06-29",
    "http://a.cn/art/2021/6/29/art_1_2.html": "2021-06-29",
    "http://a.cn/2021/06/29/": "2021-06-29",
    "http://a.cn/2021-06-29/1.html": "2021-06-29",
    "http://a.cn/2021/06-29/1.html": "2021-06-29",
    "http://a.cn/202106/29/1.html": "2021-06-29",
    "http://a.cn/x/20210629.html": "2021-06-29",
    "http://2021.a.cn/x.htm": None,
    "http://a.cn/info/1005/2345.htm": None,
    "http://a.cn/2021/12345.htm": None,
    "http://a.cn/202106/1.htm": None,
    "http://a.cn/list.htm?d=20210629": None,
    "http://a.cn/id/1202106291": None,
    "http://a.cn/20211399/": None,
}


@pytest.mark.parametrize("url", sorted(ADDRESSES))
def test_days_in_addresses(url: str):
    found = url_day(url)
    assert (found[0].isoformat() if found else None) == ADDRESSES[url]
