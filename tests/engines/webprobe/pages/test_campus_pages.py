"""Whole pages as the usual content systems write them: 博达, WebPlus, 织梦, and hand-made tables."""

from datetime import date
from pathlib import Path

import pytest

from meice.engines.webprobe.pages import ColumnKind, HowDated, Page, Where, read_page

SITES = Path(__file__).parent / "sites"
TODAY = date(2026, 11, 22)


def read(name: str, url: str) -> Page:
    return read_page(url, {"Content-Type": "text/html"}, (SITES / name).read_bytes(), now=TODAY)


@pytest.fixture(scope="module")
def home() -> Page:
    return read("vsb_home.html", "http://math.huayuan.edu.cn/")


@pytest.fixture(scope="module")
def listing() -> Page:
    return read("webplus_list.html", "http://xxzx.huayuan.edu.cn/tzgg/list.htm")


@pytest.fixture(scope="module")
def library() -> Page:
    return read("dede_home.gbk", "http://lib.huayuan.edu.cn/")


@pytest.fixture(scope="module")
def tables() -> Page:
    return read("old_tables.gbk", "http://hq.huayuan.edu.cn/index.asp")


def columns(page: Page) -> list[tuple[str, str, ColumnKind, int, str]]:
    rows = []
    for column in page.columns:
        latest = column.latest.day.isoformat() if column.latest else ""
        rows.append((column.name, column.url, column.kind, column.items, latest))
    return rows


def test_columns_of_a_home_page_with_names_addresses_kinds_and_days(home: Page):
    site = "http://math.huayuan.edu.cn/"
    assert columns(home) == [
        ("学院新闻", site + "xyxw.htm", ColumnKind.NEWS, 3, "2021-06-29"),
        ("通知公告", site + "tzgg.htm", ColumnKind.NOTICES, 2, "2026-06-28"),
        ("党建动态", "", ColumnKind.PARTY, 1, "2021-05-12"),
        ("规章制度", "", ColumnKind.POLICIES, 1, "2019-03-04"),
        ("活动预告", site + "hdyg.htm", ColumnKind.NEWS, 2, "2021-06-17"),
        ("学术讲座", site + "xsjz.htm", ColumnKind.LECTURES, 0, ""),
    ]


def test_a_box_with_nothing_in_it_is_blank(home: Page):
    assert [column.name for column in home.columns if column.is_blank] == ["学术讲座"]


def test_a_list_without_years_says_that_they_are_inferred(home: Page):
    notices = next(column for column in home.columns if column.name == "通知公告")
    assert notices.latest is not None
    assert not notices.latest.year_written


def test_clock_copyright_deadline_and_holiday_are_no_days_of_the_home_page(home: Page):
    own = [dated for dated in home.dates if dated.how is not HowDated.LIST]
    assert [dated for dated in own if dated.how is not HowDated.PROSE] == []
    assert date(2026, 11, 22) not in {dated.day for dated in own}


def test_footer_marks_with_their_addresses(home: Page):
    (icp,), (police,) = home.marks.icp, home.marks.police
    assert (icp.number, icp.url, icp.faults) == (
        "粤ICP备04000001号", "https://beian.miit.gov.cn/", ())  # fmt: skip
    assert police.number == "粤公网安备44030002017573号"
    assert police.url.endswith("recordcode=44030002017573")


def test_links_in_drop_down_lists_and_qr_pictures_are_found(home: Page):
    options = [link.url for link in home.links if link.where is Where.OPTION]
    assert options == ["http://jwc.huayuan.edu.cn/"]
    assert [p.url for p in home.pictures if p.likely_qr] == [
        "http://math.huayuan.edu.cn/images/ewm.jpg"
    ]


def test_visible_text_keeps_words_together_and_leaves_scripts_out(home: Page):
    lines = home.text.split("\n")
    assert "我院召开期末工作会2021-06-29" in lines
    assert "_sitegray" not in home.text
    assert "Announced" not in home.text
    assert "学生奖励管理规定" not in home.text  # in a panel that is not shown
    assert any("学生奖励管理规定" in hidden.text for hidden in home.hidden)


def test_a_list_page_is_its_own_column_named_by_its_trail(listing: Page):
    assert listing.breadcrumb == ("首页", "新闻中心", "通知公告")
    (column,) = [column for column in listing.columns if column.own_page]
    assert (column.name, column.kind, column.items) == ("通知公告", ColumnKind.NOTICES, 3)
    assert column.latest is not None
    assert column.latest.day == date(2021, 6, 29)
    assert column.latest.url == "http://xxzx.huayuan.edu.cn/2021/0629/c1021a12345/page.htm"


def test_an_article_is_dated_by_its_label_not_by_the_days_it_speaks_of():
    page = read("webplus_article.html", "http://x.huayuan.edu.cn/2021/0629/c1a2/page.htm")
    assert page.published is not None
    assert (page.published.day, page.published.how) == (date(2021, 6, 29), HowDated.LABEL)
    assert page.published.label == "发布时间"
    kinds = {(dated.day.isoformat(), dated.how) for dated in page.dates}
    assert ("2021-07-15", HowDated.PROSE) in kinds
    assert ("2021-06-29", HowDated.META) in kinds
    assert ("2021-06-29", HowDated.URL) in kinds
    assert page.columns == ()


def test_a_gb2312_page_with_characters_beyond_it(library: Page):
    assert (library.charset, library.title) == ("gb18030", "图书馆 - 资源与服务")
    assert "读书月活动閉幕，朱鎔基讲话实录入藏" in library.text


def test_days_in_addresses_do_not_decide_over_printed_ones_of_the_same_entry(library: Page):
    news = library.columns[0]
    assert (news.name, news.url) == ("本馆新闻", "http://lib.huayuan.edu.cn/a/xinwen/")
    assert news.latest is not None
    assert (news.latest.day, news.latest.year_written) == (date(2012, 5, 16), True)


def test_a_column_that_says_it_has_nothing_is_blank(library: Page):
    assert [c.name for c in library.columns if c.is_blank] == ["馆内公文"]


def test_rows_of_a_layout_table_are_entries_and_a_picture_leads_to_more(tables: Page):
    (column,) = tables.columns
    assert (column.name, column.kind, column.items) == ("后勤动态", ColumnKind.NEWS, 2)
    assert column.url == "http://hq.huayuan.edu.cn/list.asp?id=1"
    assert column.latest is not None
    assert column.latest.day == date(2008, 7, 1)


def test_hidden_links_of_an_old_page_are_found(tables: Page):
    found = {link.url for hidden in tables.hidden for link in hidden.outbound}
    assert found == {"http://www.sifu-example.com/", "http://www.banzheng-example.com"}
