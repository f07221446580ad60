"""技术发现 + 人工核实 + 整改: from a probe to 是 in annex 1, by the browser alone, four people in turn."""

import re
from datetime import date, timedelta

import pytest

from tests.browser.campaign.conftest import LONG
from tests.browser.campaign.test_campaign_journey import _begin, _open_campaign
from tests.browser.conftest import PHONE

expect = pytest.importorskip("playwright.sync_api").expect
SITE, STALE = "数信学院官网", "stale"


def test_a_stale_site_from_the_probe_to_annex_1(seat, website):
    first, second = seat("D001"), seat("D002")
    _plan(first)
    _probe(first)
    dismissed = _dismiss(first)
    _endorse(first)
    number = _confirm_and_order(second)
    _acknowledge_and_reply(seat("M001"), number)
    today = date.today()  # noqa: DTZ011  what the site would write
    website.days = [f"{today - timedelta(days=n)}" for n in (1, 3)]
    _confirm_reply(seat("M003", PHONE), number)
    _close(second, number)
    _probe(first)
    _stays_dismissed(first, dismissed)
    _stands_in_annex_1(first, seat("M001"))


def _plan(one):
    one.open("/schedules/new/")
    one.page.fill("[name=name]", "全校网站")
    one.page.select_option("[name=unit]", label="华园大学")
    one.page.select_option("[name=frequency]", "by-hand")
    one.page.fill("[name=rate]", "10")
    one.page.uncheck("[name=watches_reach]")
    one.press("保存")
    one.check("schedules")


def _probe(one):
    """A run at once, watched to its end."""
    one.open("/schedules/")
    one.page.get_by_role("button", name=re.compile("^现在探测")).click()
    expect(one.page.get_by_text("已看完").first).to_be_visible(timeout=LONG)
    one.page.reload()
    expect(one.page.get_by_role("link", name=SITE)).to_be_visible()
    one.check("run-finished")


def _choose(one, title):
    """The finding of this title in the queue."""
    one.open("/findings/?view=all")
    one.page.locator(".m-queue-list a").filter(has_text=title).first.click()
    expect(one.page.locator("#h-claim")).to_be_visible()


def _dismiss(one):
    """A lighter one is no fault here."""
    _choose(one, "HTTP")
    title = one.page.locator(".m-claimbox h2.m-strong").inner_text()
    one.page.check("[name=verdict][value=dismiss]")
    one.page.fill("[name=note]", "内网演示站，不对外服务")
    one.check("queue")
    one.page.get_by_role("button", name=re.compile("^核实")).click()
    expect(one.page.get_by_text("已认定不属实")).to_be_visible()
    return title


def _judge_stale(one, *, with_order):
    _choose(one, "首页")
    one.page.check("[name=verdict][value=confirm]")
    one.page.select_option("[name=problem]", STALE)
    one.page.fill("[name=note]", "打开首页看过，最近一条是2020年的")
    if with_order:
        one.page.check("[name=with_order]")
    one.page.get_by_role("button", name=re.compile("^核实")).click()


def _endorse(one):
    _judge_stale(one, with_order=False)
    expect(one.page.get_by_text("已记下第一人核实，等第二人")).to_be_visible()


def _confirm_and_order(one):
    _judge_stale(one, with_order=True)
    said = one.page.get_by_text(re.compile("整改单 .+ 已签发"))
    expect(said).to_be_visible()
    return re.search(r"整改单 (\S+) 已签发", said.inner_text())[1]


def _open_order(one, number):
    one.open("/orders/")
    one.page.get_by_role("link", name=number).first.click()
    expect(one.page.locator("h1")).to_contain_text(number)


def _acknowledge_and_reply(one, number):
    _open_order(one, number)
    one.press("签收")
    one.check("order-received")
    one.page.get_by_role("link", name="答复").first.click()
    for box in one.page.locator("textarea").all():
        box.fill("已恢复更新，指定专人每周发布。")
    one.check("order-reply")
    one.press("答复，交领导确认")
    expect(one.page.locator("h1")).to_contain_text(number)


def _confirm_reply(one, number):
    _open_order(one, number)
    one.check("order-leader")
    one.press_and_confirm("确认答复")
    expect(one.page.locator("h1")).to_contain_text(number)


def _close(one, number):
    """The machine looks again by itself; then a person closes."""
    _open_order(one, number)
    for _ in range(60):
        if one.page.get_by_text("机器复查没有再看到").count():
            break
        one.page.wait_for_timeout(3000)
        one.page.reload()
    expect(one.page.get_by_text("机器复查没有再看到").first).to_be_visible()
    for choice in one.page.locator(
        "fieldset select, fieldset input[type=radio][value=fixed]"
    ).all():
        if choice.evaluate("e => e.tagName") == "SELECT":
            choice.select_option("fixed")
        else:
            choice.check()
    one.check("order-rechecked")
    one.press("销号")
    expect(one.page.get_by_text("已销号").first).to_be_visible()


def _stays_dismissed(one, title):
    one.open("/findings/?view=all")
    expect(one.page.locator(".m-queue-list a").filter(has_text=title)).to_have_count(0)
    one.open("/findings/all/?state=dismissed")
    expect(one.page.get_by_role("link", name=title).first).to_be_visible()


def _stands_in_annex_1(department, operator):
    _open_campaign(department)
    _begin(operator)
    operator.open(f"{operator.home}sheet/1/")
    row = operator.page.locator("#m-sheet tbody tr").filter(has_text=SITE).first
    expect(row).to_contain_text("无更新")
    expect(row.locator("td[data-column=rectified]")).to_contain_text("是")
