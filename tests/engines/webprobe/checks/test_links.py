"""dead-link, soft-404."""

import pytest
from tests.engines.webprobe.checks.sites import (
    NOW,
    RULES,
    URL,
    answer,
    codes,
    only,
    page,
    reading,
    site,
)

from meice.engines.gate import Failure
from meice.engines.webprobe.checks import DeadLink, Reading, Stray, dead_link, soft_404
from meice.engines.webprobe.crawl import LinkCheck, LinkState
from meice.engines.webprobe.findings import Code

GONE = f"{URL}old/1.htm"
RANDOM = f"{URL}0123456789abcdef.htm"


def link(state, **facts):
    return DeadLink(LinkCheck(GONE, state, tries=2, found_on=URL, **facts), "旧闻")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"status": 404}, "应答 404，试了 2 次"),
        ({"failure": Failure.DNS}, "域名不存在"),
        ({"failure": Failure.REFUSED}, "服务器拒绝连接"),
    ],
    ids=str,
)
def test_a_dead_link_says_how_it_died_and_where_it_stands(facts, said):
    found = only(dead_link.check(site(dead=(link(LinkState.DEAD, **facts),)), RULES, NOW))
    assert (found.code, found.url) == (Code.DEAD_LINK, GONE)
    assert said in found.evidence
    assert f"“旧闻”，在 {URL}" in found.evidence


def test_a_blocked_link_is_unknown_not_dead():
    assert not list(dead_link.check(site(dead=(link(LinkState.BLOCKED, status=403),)), RULES, NOW))


@pytest.mark.parametrize(
    ("facts", "is_soft"),
    [
        ({"status": 200}, True),
        ({"status": 200, "final_url": URL}, True),
        ({"status": 404}, False),
        ({"status": 403}, False),
        ({"status": None, "failure": Failure.TIMEOUT}, False),
    ],
    ids=str,
)
def test_a_random_address_must_not_be_answered_as_a_page(facts, is_soft):
    stray = Stray(**{"url": RANDOM, "final_url": RANDOM, "failure": None, **facts})
    found = soft_404.check(site(stray=stray), RULES, NOW)
    assert codes(found) == ([Code.SOFT_404] if is_soft else [])


def test_a_random_address_that_was_not_asked_for_says_nothing():
    assert not list(soft_404.check(site(stray=None), RULES, NOW))


LONG = "学校开展网站链接排查工作，要求各单位清理失效链接。" * 20


@pytest.mark.parametrize(
    ("title", "body", "is_soft"),
    [
        ("提示信息", "<h1>您访问的页面不存在或已被删除</h1>", True),
        ("404", "<p>页面不存在</p>", True),
        ("关于清理404页面的通知", f"<p>{LONG}页面不存在的链接应撤下。</p>", False),
        ("学院概况", "<p>学院现有教师 404 人。</p>", False),
        ("讲座：404 页面设计", "<p>讲解页面不存在时怎么办。</p>", False),
        ("提示", "<p>抱歉，没有找到您要访问的页面！</p>", True),
        ("Error", "<h1>404 Not Found</h1><p>nginx</p>", True),
        ("办事指南", "<p>信息不存在误差的，无需更正。</p>", False),
    ],
)
def test_a_short_page_that_says_it_does_not_exist_is_a_soft_404(title, body, is_soft):
    found = soft_404.check_page(reading(body, url=GONE, title=title), RULES, NOW)
    assert codes(found) == ([Code.SOFT_404] if is_soft else [])


def test_a_real_404_is_right():
    gone = Reading(GONE, answer(GONE, status=404), page("<h1>页面不存在</h1>", url=GONE))
    assert not list(soft_404.check_page(gone, RULES, NOW))
