"""Where a page leads: every element that holds an address, made absolute."""

from datetime import date

import pytest

from meice.engines.webprobe.pages import Link, Page, Where, outbound, read_page, registrable_domain
from meice.engines.webprobe.pages.addresses import Base

TODAY = date(2026, 11, 22)
PAGE = "http://www.huayuan.edu.cn/xw/list.htm?p=1"

REFERENCES = {
    "a.htm": "http://www.huayuan.edu.cn/xw/a.htm",
    "/a.htm": "http://www.huayuan.edu.cn/a.htm",
    "../a.htm": "http://www.huayuan.edu.cn/a.htm",
    "./a.htm": "http://www.huayuan.edu.cn/xw/a.htm",
    "//cdn.huayuan.edu.cn/a.js": "http://cdn.huayuan.edu.cn/a.js",
    "?p=2": "http://www.huayuan.edu.cn/xw/list.htm?p=2",
    "a.htm#top": "http://www.huayuan.edu.cn/xw/a.htm",
    " \n a.htm ": "http://www.huayuan.edu.cn/xw/a.htm",
    "\\img\\a.htm": "http://www.huayuan.edu.cn/img/a.htm",
    "HTTPS://Other.cn/A": "HTTPS://Other.cn/A",
    "show.asp?u=http://b.cn/": "http://www.huayuan.edu.cn/xw/show.asp?u=http://b.cn/",
    "文件 1.htm": "http://www.huayuan.edu.cn/xw/%E6%96%87%E4%BB%B6%201.htm",
}
NO_REFERENCES = ["", "#", "#top", "javascript:void(0)", "mailto:a@b.cn", "tel:1", "data:,x", "about:blank"]  # fmt: skip


@pytest.mark.parametrize("reference", sorted(REFERENCES))
def test_references_are_made_absolute(reference: str):
    assert Base(PAGE, PAGE).absolute(reference) == REFERENCES[reference]


@pytest.mark.parametrize("reference", NO_REFERENCES)
def test_what_leads_nowhere_is_none(reference: str):
    assert Base(PAGE, PAGE).absolute(reference) is None


def test_a_query_in_a_gbk_page_is_coded_as_the_browser_does():
    assert Base(PAGE, PAGE, "gb18030").absolute("s?q=通知") == (
        "http://www.huayuan.edu.cn/xw/s?q=%CD%A8%D6%AA"
    )


DOMAINS = {
    "www.huayuan.edu.cn": "huayuan.edu.cn",
    "a.b.huayuan.edu.cn": "huayuan.edu.cn",
    "huayuan.edu.cn": "huayuan.edu.cn",
    "www.example.com": "example.com",
    "www.example.co.uk": "example.co.uk",
    "x.example.gd.cn": "example.gd.cn",
    "www.example.cn": "example.cn",
    "10.1.2.3": "10.1.2.3",
    "localhost": "localhost",
}


@pytest.mark.parametrize("host", sorted(DOMAINS))
def test_the_part_of_a_name_that_is_registered(host: str):
    assert registrable_domain(host) == DOMAINS[host]


def read(html: str, url: str = PAGE) -> Page:
    return read_page(url, {}, f"<meta charset=utf-8>{html}".encode(), now=TODAY)


ELEMENTS = {
    "<a href=b.htm>字</a>": Where.A,
    "<map><area href=b.htm></map>": Where.AREA,
    "<iframe src=b.htm></iframe>": Where.FRAME,
    "<frameset><frame src=b.htm></frameset>": Where.FRAME,
    '<meta http-equiv="refresh" content="0; url=b.htm">': Where.REFRESH,
    "<script>window.location.href='b.htm';</script>": Where.REFRESH,
    "<script>location.replace(\"b.htm\")</script>": Where.REFRESH,
    "<script src=b.htm></script>": Where.SCRIPT,
    "<img src=b.htm>": Where.IMAGE,
    "<link rel=stylesheet href=b.htm>": Where.STYLE,
    "<form action=b.htm></form>": Where.FORM,
    "<embed src=b.htm>": Where.MEDIA,
    "<select><option value=/xw/b.htm>字</select>": Where.OPTION,
}  # fmt: skip


@pytest.mark.parametrize("html", sorted(ELEMENTS))
def test_every_element_that_holds_an_address(html: str):
    (link,) = read(html).links
    assert (link.url, link.where) == ("http://www.huayuan.edu.cn/xw/b.htm", ELEMENTS[html])


def test_the_base_element_moves_relative_addresses():
    (link,) = read("<base href='/other/'><a href=b.htm>b</a>").links
    assert link.url == "http://www.huayuan.edu.cn/other/b.htm"


def test_a_script_is_believed_only_where_there_are_hardly_links():
    links = "".join(f"<a href={n}>x</a>" for n in range(5))
    wheres = {link.where for link in read(links + "<script>location='b.htm'</script>").links}
    assert wheres == {Where.A}


def test_same_site_and_same_domain():
    body = (
        "<a href=//huayuan.edu.cn/x>1</a><a href=https://www.huayuan.edu.cn:443/>2</a>"
        "<a href=http://jwc.huayuan.edu.cn/>3</a><a href=http://www.huayuan.edu.cn:8080/>4</a>"
        "<a href=http://other.cn/>5</a><a rel=nofollow href=/>6</a>"
    )
    links: tuple[Link, ...] = read(body).links
    assert [link.same_site for link in links] == [True, True, False, False, False, True]
    assert [link.same_domain for link in links] == [True, True, True, True, False, True]
    assert links[-1].rel == "nofollow"


def test_forms_with_their_fields():
    body = '<form method="POST" action="/login"><input name=u placeholder=工号><input type=password name=p></form>'
    (form,) = read(body).forms
    assert (form.url, form.method) == ("http://www.huayuan.edu.cn/login", "post")
    fields = [(field.name, field.type, field.hint) for field in form.fields]
    assert fields == [("u", "text", "工号"), ("p", "password", "")]


def test_outlets_a_page_leads_to_once_each():
    body = (
        "<a href=https://weibo.com/u/1234567890?from=x>微博</a><a href=https://weibo.com/u/1234567890>微博</a>"
        "<a href=http://jwc.huayuan.edu.cn/a.htm>1</a><a href=http://jwc.huayuan.edu.cn/b.htm>2</a>"
        "<a href=/own.htm>3</a><img src=http://pic.example.com/a.jpg>"
    )
    found = outbound(read(body), qr_texts=("https://mp.weixin.qq.com/s/abc", "无网址"))
    assert [(one.kind, one.identifier) for one in found] == [
        ("weibo", "1234567890"), ("website", "jwc.huayuan.edu.cn"), ("wechat", "")]  # fmt: skip
    assert {one.found_on for one in found} == {PAGE}


def test_a_page_that_is_only_ways_on():
    assert read("<a href=a.htm>中文版</a><a href=b.htm>English</a>").is_navigation
    assert not read("<ul><li><a href=a.htm>标题</a>2021-06-29</li></ul>").is_navigation
    assert not read("<a href=a.htm>首页</a><p>" + "学院简介的正文。" * 40).is_navigation


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "application/octet-stream"])
def test_what_is_no_page_is_not_read(kind: str):
    page = read_page(PAGE, {"Content-Type": kind}, b"\x89PNG\x00\x00", now=TODAY)
    assert (page.kind.value, page.links, page.text) == ("other", (), "")


def test_plain_text_is_text():
    page = read_page(PAGE, [("content-type", "text/plain")], "第一行 字".encode("gbk"), now=TODAY)
    assert (page.kind.value, page.text) == ("text", "第一行 字")


ODD_TAGS = {
    '<IfRaMe src="/a.htm"></IfRaMe>': Where.FRAME,
    '<select><OpTiOn value="/a.htm">甲</select>': Where.OPTION,
    '<!-- a<b --><a\nhref="/a.htm">甲</a>': Where.A,
    '<image src="/a.htm">': Where.IMAGE,
    '<title>a<b</title><ArEa/href="/a.htm">': Where.AREA,
}


@pytest.mark.parametrize("markup", sorted(ODD_TAGS))
def test_an_element_is_found_however_its_tag_is_written(markup: str):
    page = read_page(PAGE, {"content-type": "text/html"}, markup.encode(), now=TODAY)
    told = [(link.url, link.where) for link in page.links]
    assert told == [("http://www.huayuan.edu.cn/a.htm", ODD_TAGS[markup])]
