"""三审三校: from a draft with faults to a page that was altered afterwards, by the browser alone."""

import re

import pytest

from tests.browser.campaign.conftest import LONG
from tests.browser.conftest import PHONE

expect = pytest.importorskip("playwright.sync_api").expect
TITLE = "数学建模讲座举行"
FAULTY = """近日，数学与信息学院举办数学建模讲座，周教授主讲。
联系人身份证号为 11010519491231002X，迫不急待的同学请报名。"""
MENDED = """近日，数学与信息学院举办数学建模讲座，周教授主讲。
讲座从建模的步骤讲起，二百名同学参加，会后交流热烈。
学院将于下月再办两场。"""
ALTERED = MENDED.replace("再办两场", "再办五场")
SITE = "数信学院官网"


def test_a_draft_with_faults_until_its_page_is_altered(seat, newsroom):
    author = seat("M001")
    home = _draft_with_faults(author)
    _mend(author, home)
    _cannot_review_her_own(author, home)
    for username, stage, last in (
        ("M002", "一审一校", False),
        ("M005", "二审二校", False),
        ("M003", "三审三校", True),
    ):
        _sign(seat(username, PHONE), home, stage, last=last)
    newsroom.title, newsroom.body = TITLE, MENDED
    _publish(author, home, newsroom.article)
    _look(author, home, "与审定稿一致")
    newsroom.body = ALTERED
    author.press("核对页面")
    _look(author, home, "机器：与审定稿不一致")
    _reads_the_difference(author)
    _is_a_finding(seat("D001"), newsroom.article)
    _stands_in_the_ledger(seat("D002"))


def _draft_with_faults(one):
    """Read while it is being written, kept with its faults; 送审 says what is in the way."""
    one.open("/manuscripts/new/")
    one.page.fill("[name=title]", TITLE)
    one.page.fill("[name=body]", FAULTY)
    one.page.get_by_role("button", name="读一遍").click()
    expect(one.page.locator("#reading")).to_contain_text("身份证号")
    expect(one.page.locator("#reading")).to_contain_text("迫不及待")
    _choose(one, "[name=outlets]")
    one.page.check("[name=is_self_checked]")
    one.check("manuscript-form")
    one.page.get_by_role("button", name="存稿", exact=True).click()
    expect(one.page.locator("h1")).to_contain_text(TITLE)
    expect(one.page.locator("#h-issues")).to_contain_text("读稿发现 2")
    one.check("manuscript-draft")
    return one.page.url.removeprefix(one.site.address)


def _choose(one, field):
    """The site, in a list of outlets."""
    option = one.page.locator(f"{field} option").filter(has_text=SITE)
    one.page.select_option(field, value=option.get_attribute("value"))


def _mend(one, home):
    one.open(f"{home}edit/")
    one.page.fill("[name=body]", MENDED)
    one.page.get_by_role("button", name="存稿并送审").click()
    expect(one.page.get_by_text("审校中").first).to_be_visible()
    expect(one.page.locator("#h-issues")).to_contain_text("读稿发现 0")


def _cannot_review_her_own(one, home):
    one.open(home)
    expect(one.page.locator("button", has_text="认领")).to_have_count(0)


def _sign(one, home, stage, *, last):
    """A reviewer on her phone: claimed, five gates ticked, signed."""
    one.open(home)
    one.page.get_by_role("button", name="认领").click()
    expect(one.page.locator("#h-verdict")).to_contain_text(stage)
    one.check(f"review-{stage}")
    for gate in one.page.locator("[name=gates]").all():
        gate.check()
    one.page.fill("#id_opinion", "同意")
    one.page.get_by_role("button", name=re.compile("^通过")).click()
    expect(one.page.get_by_text("待授权发布" if last else "审校中").first).to_be_visible()


def _publish(one, home, link):
    one.open(home)
    one.page.get_by_role("link", name="授权发布").click()
    _choose(one, "#id_form-0-outlet")
    one.page.fill("#id_form-0-url", link)
    one.page.fill("#id_form-0-published_at", _minute(one))
    one.check("manuscript-publish")
    one.page.get_by_role("button", name="授权发布").click()
    expect(one.page.get_by_text("已发布").first).to_be_visible()


def _minute(one):
    """Now, as the wall clock in Beijing shows it to the person who types."""
    return one.page.evaluate(
        "new Date().toLocaleString('sv', {timeZone: 'Asia/Shanghai'}).slice(0, 16)"
    )


def _look(one, home, seen):
    """The page of the manuscript says so as soon as the worker has looked."""
    for _ in range(60):
        one.open(home)
        if one.page.locator("section[aria-labelledby=h-out]").get_by_text(seen).count():
            return
        one.page.wait_for_timeout(1000)
    pytest.fail(f"{seen} never came")


def _reads_the_difference(one):
    one.check("manuscript-differs")
    one.page.get_by_role("link", name="历次核对").click()
    one.page.locator("section[aria-labelledby=h-checks] tbody a").first.click()
    expect(one.page.locator(".m-changes del")).to_have_text("两")
    expect(one.page.locator(".m-changes ins")).to_have_text("五")
    one.check("page-check")


def _is_a_finding(one, link):
    one.open("/findings/?view=all")
    one.page.locator(".m-queue-list a").filter(has_text="与审定稿不一致").first.click()
    claim = one.page.locator(".m-claimbox")
    expect(claim).to_contain_text("再办【五】场", timeout=LONG)
    expect(claim).to_contain_text("证据 1 份")
    expect(one.page.locator("body")).to_contain_text(link)


def _stands_in_the_ledger(one):
    one.open("/manuscripts/ledger/")
    row = one.page.locator("tbody tr").filter(has_text=TITLE)
    for name in ("何嘉敏", "周启明", "罗敏", "郑国强"):
        expect(row).to_contain_text(name)
