"""Columns in the shapes that pages give them, and what is none."""

from datetime import date

import pytest

from meice.engines.webprobe.pages import Column, ColumnKind, Page, read_page
from meice.engines.webprobe.pages.column_words import clean_name, is_more, kind_of_column

TODAY = date(2026, 11, 22)
ITEMS = "".join(
    f'<li><a href="info/{n}.htm">关于某事的第{n}号说明</a><span>2021-06-0{n}</span></li>'
    for n in (3, 2, 1)
)


def read(body: str, url: str = "http://x.huayuan.edu.cn/") -> Page:
    return read_page(url, {}, f"<meta charset=utf-8>{body}".encode(), now=TODAY)


def only(body: str) -> Column:
    (column,) = read(body).columns
    return column


HEADS = {
    "h3 and 更多": '<h3>通知公告</h3><a href="m.htm">更多&gt;&gt;</a><ul>{}</ul>',
    "box": '<div><div class="t"><h3>通知公告</h3><a href="m.htm">MORE+</a></div><div><ul>{}</ul></div></div>',
    "linked name": '<div><h2><a href="m.htm">通知公告</a></h2></div><ul>{}</ul>',
    "two languages": "<div class=t><b>通知公告</b><em>NOTICE</em><a href=m.htm>+</a></div><ul>{}</ul>",
    "more below": '<h3>通知公告</h3><ul>{}</ul><div><a href="m.htm">查看更多</a></div>',
    "fieldset": '<fieldset><legend>通知公告</legend><a href="m.htm">[更多]</a><ul>{}</ul></fieldset>',
    "more as a picture": '<div><b>通知公告</b><a href="m.htm"><img src="more.gif"></a></div><ul>{}</ul>',
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(HEADS))
def test_name_and_address_of_a_column(name: str):
    column = only(HEADS[name].format(ITEMS))
    assert column.name == "通知公告"
    assert column.url == "http://x.huayuan.edu.cn/m.htm"
    assert (column.items, column.dated, column.kind) == (3, 3, ColumnKind.NOTICES)


LISTS = {
    "definitions": "<dl>"
    + "<dt>2021-06-03</dt><dd><a href=1.htm>标题一</a></dd>"
    + "<dt>2021-06-02</dt><dd><a href=2.htm>标题二</a></dd></dl>",
    "flat, day after": "<div><a href=1.htm>标题一</a><span>2021-06-03</span>"
    + "<a href=2.htm>标题二</a><span>2021-06-02</span></div>",
    "flat, day before": "<div><span>[2021-06-03]</span><a href=1.htm>标题一</a>"
    + "<span>[2021-06-02]</span><a href=2.htm>标题二</a></div>",
    "link around all": "<ul><li><a href=1.htm><span>2021-06-03</span>标题一</a></li>"
    + "<li><a href=2.htm><span>2021-06-02</span>标题二</a></li></ul>",
    "cards": "<div><div><a href=1.htm><img src=a.jpg></a><h4><a href=1.htm>标题一</a></h4>"
    + "<p>摘要</p><i>2021-06-03</i></div><div><h4><a href=2.htm>标题二</a></h4>"
    + "<i>2021-06-02</i></div></div>",
    "category link": "<ul><li>[<a href=c.htm>学院</a>]<a href=1.htm>标题一</a> 2021-06-03</li>"
    + "<li>[<a href=c.htm>学院</a>]<a href=2.htm>标题二</a> 2021-06-02</li></ul>",
    "addresses only": "<ul><li><a href=/2021/0603/c1a1/page.htm>标题一</a></li>"
    + "<li><a href=/2021/0602/c1a2/page.htm>标题二</a></li></ul>",
}


@pytest.mark.parametrize("name", sorted(LISTS))
def test_entries_are_dated_however_the_list_is_marked_up(name: str):
    column = only("<h3>学院新闻</h3>" + LISTS[name])
    assert (column.name, column.items, column.dated) == ("学院新闻", 2, 2)
    assert column.latest is not None
    assert column.latest.day == date(2021, 6, 3)


def test_tabs_name_the_panels_beside_each_other():
    panels = f"<ul>{ITEMS}</ul><ul>{ITEMS}</ul>"
    body = f"<div><div class=hd><span>学院新闻</span><span>通知公告</span></div>{panels}</div>"
    assert [column.name for column in read(body).columns] == ["学院新闻", "通知公告"]


def test_a_menu_is_no_column():
    menu = "".join(f"<li><a href={n}.htm>栏目名称{n}</a></li>" for n in range(8))
    assert read(f"<h3>导航</h3><ul>{menu}</ul>").columns == ()


def test_undated_entries_are_a_column_only_under_a_name_with_more():
    items = "".join(f"<li><a href={n}.htm>一条没有日期的足够长的标题</a></li>" for n in range(4))
    column = only(f"<div><h3>资料下载</h3><a href=m.htm>更多</a></div><ul>{items}</ul>")
    assert (column.name, column.items, column.dated, column.latest) == ("资料下载", 4, 0, None)
    assert not column.is_blank
    assert read(f"<div><h3>友情链接</h3></div><ul>{items}</ul>").columns == ()


TRAIL = "<div>当前位置：<a href=/>首页</a> &gt; <a href=l.htm>学术讲座</a></div>"
BLANK = {
    "words": TRAIL + "<div>暂无内容</div>",
    "none counted": TRAIL + "<ul></ul><div>总共 0 记录</div>",
    "an empty list": TRAIL + '<ul class="news_list"></ul><a href=/>返回</a>',
    "in the making": TRAIL + "<p>栏目正在建设中</p>",
}


@pytest.mark.parametrize("name", sorted(BLANK))
def test_a_list_page_without_entries_is_a_blank_column(name: str):
    column = only(BLANK[name])
    assert (column.name, column.items, column.own_page) == ("学术讲座", 0, True)


NOT_BLANK = {
    "an article": TRAIL + "<h1>标题</h1><p>发布时间：2021-06-29</p><p>正文，网站建设中的问题。</p>",
    "a profile": TRAIL + "<p>学院成立于一九八五年，现有教师一百二十人。</p>",
    "a home page": "<h3>通知</h3><p>暂无内容</p>",
}


@pytest.mark.parametrize("name", sorted(NOT_BLANK))
def test_pages_that_are_no_blank_column(name: str):
    assert [column for column in read(NOT_BLANK[name]).columns if column.is_blank] == []


KINDS = {
    "学院新闻": ColumnKind.NEWS,
    "工作动态": ColumnKind.NEWS,
    "通知公告": ColumnKind.NOTICES,
    "教务通知": ColumnKind.NOTICES,
    "公示公告": ColumnKind.NOTICES,
    "政策文件": ColumnKind.POLICIES,
    "规章制度": ColumnKind.POLICIES,
    "信息公开": ColumnKind.OPENNESS,
    "院长信箱": ColumnKind.CONSULTATION,
    "学术讲座": ColumnKind.LECTURES,
    "招生就业": ColumnKind.ADMISSIONS,
    "人才招聘": ColumnKind.RECRUITMENT,
    "党建思政": ColumnKind.PARTY,
    "资料下载": ColumnKind.DOWNLOADS,
    "学院概况": ColumnKind.PROFILE,
    "光影华园": ColumnKind.OTHER,
}


@pytest.mark.parametrize("name", sorted(KINDS))
def test_the_kind_a_name_stands_for(name: str):
    assert kind_of_column(name) is KINDS[name]


@pytest.mark.parametrize(
    "text", ["更多", "更多>>", "MORE+", "more", "[更多]", "查看更多 →", ">>", "+", "View More"]
)
def test_words_that_only_say_there_is_more(text: str):
    assert is_more(text)


@pytest.mark.parametrize("text", ["更多校园新闻报道", "Moreover", "新闻", "全部课程安排", ""])
def test_words_that_say_more_than_that(text: str):
    assert not is_more(text)


@pytest.mark.parametrize("text", ["通知公告 更多>>", "■通知公告", "通知公告 MORE", "通知公告："])
def test_a_name_without_its_ornaments(text: str):
    assert clean_name(text) == "通知公告"
