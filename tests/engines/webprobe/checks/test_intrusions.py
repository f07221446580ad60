"""gambling-text, hidden-link, hijacked-domain."""

import pytest
from tests.engines.webprobe.checks.sites import (
    NOW,
    RULES,
    TODAY,
    URL,
    answer,
    codes,
    only,
    reading,
    site,
)

from meice.engines.gate import Failure
from meice.engines.webprobe.checks import (
    Neighbour,
    Reading,
    gambling_text,
    hidden_link,
    hijacked_domain,
)
from meice.engines.webprobe.findings import Code, Severity
from meice.engines.webprobe.pages import read_page

BETS = "澳门新葡京娱乐城 六合彩开奖 时时彩平台"
LURE = f'<a href="http://bad.example.com/">{BETS}</a>'
PLAIN_LURE = '<a href="http://bad.example.com/">点这里</a>'


def gambling(body, **facts):
    return list(gambling_text.check(reading(body, **facts), RULES, NOW))


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{BETS}</p>",
        "<p>欢迎来到娱.乐.城，六 合 彩</p>",
        "<p>六\u200b合\u200b彩开奖</p>",
        "<p>&#20845;&#21512;&#24425;</p>",
        "<p>开元 棋牌 返水 彩金 荷官 下注</p>",
    ],
)
def test_offers_are_found_however_they_are_written(body):
    assert codes(gambling(body)) == [Code.GAMBLING_TEXT]


@pytest.mark.parametrize(
    "body",
    [
        "<p>保卫处提醒：警惕网络赌博，远离六合彩、时时彩等非法博彩。</p>",
        "<p>图书馆“真人图书馆”开馆，棋牌社举办象棋比赛，成人教育学院招生，校园卡办证须知。</p>",
        "<p>我校师生赴澳门大学交流，成人高考报名。</p>",
        "<p>公安机关查处“百家乐”赌博案件。</p>",
    ],
)
def test_warnings_and_harmless_words_are_no_offer(body):
    assert gambling(body) == []


def test_a_page_whose_title_warns_is_a_lesson():
    text = "<p>某平台以时时彩、六合彩名义吸引学生充值，" + "随后失联。" * 12 + "请相互转告。</p>"
    assert gambling(text, title="反诈宣传：识破网络赌博套路") == []


def test_words_in_title_or_keywords_are_a_veto():
    assert only(gambling("<p>正文</p>", title=BETS)).severity is Severity.VETO
    head = '<meta name="keywords" content="六合彩">'
    assert only(gambling("<p>正文</p>", head=head)).severity is Severity.VETO


def hidden(body, **facts):
    return list(hidden_link.check(reading(body, **facts), RULES, NOW))


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "visibility:hidden",
        "opacity:0",
        "font-size:0",
        "position:absolute;left:-9999px",
        "text-indent:-9999px",
        "width:0;height:0;overflow:hidden",
    ],
)
@pytest.mark.parametrize("lure", [LURE, PLAIN_LURE], ids=["words", "plain"])
def test_a_link_to_another_owner_in_a_hidden_box_is_found(style, lure):
    found = only(hidden(f'<p>正文</p><div style="{style}">{lure}</div>'))
    assert (found.code, found.severity) == (Code.HIDDEN_LINK, Severity.VETO)
    assert "http://bad.example.com/" in found.evidence


@pytest.mark.parametrize(
    "body",
    [
        '<ul style="display:none"><li><a href="/xygk.htm">学院概况</a></li></ul>',
        '<ul style="display:none"><li><a href="http://www.partner.com/">合作企业</a></li></ul>',
        '<div class="share-box" style="display:none"><a href="http://www.partner.com/">分享</a></div>',
        '<div style="display:none"><a href="https://weibo.com/u/1">微博</a></div>',
        '<div style="display:none"><a href="http://www.moe.gov.cn/">教育部</a></div>',
        '<div style="display:none"><a href="http://www.p.com/a">甲</a></div><a href="http://www.p.com/">甲</a>',
        '<div style="display:none"><img src="http://count.example.com/a.gif"></div>',
        '<noscript><a href="http://stat.example.com/">统计</a></noscript>',
    ],
)
def test_menus_share_boxes_and_links_shown_openly_hide_nothing(body):
    assert hidden(f"<p>正文</p>{body}") == []


def test_words_convict_a_box_that_is_named_like_a_menu():
    assert codes(hidden(f'<ul class="menu" style="display:none"><li>{LURE}</li></ul>')) == [
        Code.HIDDEN_LINK
    ]


def test_links_after_the_end_of_the_page_are_found():
    html = f"<html><body><p>正文</p></body></html>{PLAIN_LURE}".encode()
    read = Reading(URL, answer(), read_page(URL, (), html, now=TODAY))
    assert codes(hidden_link.check(read, RULES, NOW)) == [Code.HIDDEN_LINK]


def neighbour(**facts):
    usual = {
        "url": "http://www.partner.com/",
        "link_text": "某某学会",
        "found_on": URL,
        "final_url": "http://www.partner.com/",
        "status": 200,
        "failure": None,
        "title": "某某学会官网",
        "text": "学会介绍",
    }
    return site(neighbours=(Neighbour(**{**usual, **facts}),))


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        ({"title": BETS}, Severity.VETO),
        ({"text": f"{BETS} 百家乐"}, Severity.VETO),
        ({"title": "partner.com 域名出售"}, Severity.MAJOR),
        ({"text": "This domain is for sale"}, Severity.MAJOR),
        ({"title": "小额贷款 极速到账"}, Severity.MAJOR),
        ({"final_url": "http://shop.other.com/", "title": "低价商城"}, Severity.MINOR),
    ],
    ids=str,
)
def test_a_linked_domain_that_changed_hands_is_found(facts, severity):
    found = only(hijacked_domain.check(neighbour(**facts), RULES, NOW))
    assert (found.code, found.severity) == (Code.HIJACKED_DOMAIN, severity)
    assert found.url == "http://www.partner.com/"
    assert "某某学会" in found.evidence


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"title": BETS, "status": 404},
        {"title": BETS, "status": None, "failure": Failure.TIMEOUT},
        {"title": "警惕网络赌博六合彩"},
        {"text": "域名出售" + "本文介绍域名管理办法。" * 300},
        {"title": "助学贷款中心", "link_text": "生源地信用助学贷款"},
        {"final_url": "http://www.partner.cn/", "title": "伙伴"},
        {"final_url": "http://news.other.com/", "title": "某某学会新站"},
        {"final_url": "https://www.huayuan.edu.cn/", "title": "华园大学"},
    ],
    ids=str,
)
def test_a_linked_domain_in_order_or_silent_is_not_hijacked(facts):
    assert not list(hijacked_domain.check(neighbour(**facts), RULES, NOW))
