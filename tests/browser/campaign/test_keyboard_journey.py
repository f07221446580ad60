"""A whole campaign by keyboard alone: opened, filled in, confirmed, accepted, downloaded."""

import pytest

from meice.engines.annexes.columns import COUNT_ITEMS
from meice.engines.annexes.model import Annex
from tests.browser.campaign.conftest import LONG
from tests.browser.campaign.hands import Hands
from tests.browser.campaign.packages import forms_of
from tests.kernel.test_days import TYPED_DAYS, TYPED_MOMENTS

expect = pytest.importorskip("playwright.sync_api").expect

TITLE, UNIT = "2026年下半年只用键盘的摸排", "数学与信息学院"
NOTE = "学院团委运营"


@pytest.fixture
def hands(seat):
    """`hands("D001")`: that person signs in by keyboard."""
    return lambda username: Hands(seat(username, at_door=True)).sign_in(username)


def test_a_campaign_by_keyboard_alone(hands, tmp_path):
    department = hands("D001")
    _open_campaign(department)
    operator = hands("M001")
    _begin(operator)
    _fill_in(operator)
    _hand_over(operator)
    _confirm(hands("M003"))
    _accept(department)
    package = _consolidate(department, tmp_path)
    forms = forms_of(package)
    rows = {row.name: row for row in forms[Annex.BASIC][0].rows}
    assert rows["华园数信"].note == NOTE
    totals = {row.item: row.total for row in forms[Annex.COUNTS][0].rows}
    assert totals[COUNT_ITEMS[0]] == len(rows) == 6
    assert department.seat.complaints == operator.seat.complaints == []


def _open_campaign(one):
    one.campaigns().do("发起填报")
    one.arrive("发起填报").into_page()
    one.write("名称", TITLE)
    one.write("开始时间", "2020-01-01 8:00")
    one.write("截止时间", "2099.6.29 12:00")
    one.to("范围")
    one.keys.type("华园大学")
    one.do("存为起草")
    one.see("还在起草").arrive(TITLE).into_page()
    one.do_and_confirm("开放填报")
    one.see("单位进度")
    expect(one.page.get_by_role("link", name=UNIT, exact=True)).to_be_visible()


def _begin(one):
    one.campaigns().do(TITLE)
    one.arrive(UNIT).into_page()
    one.do("开始填写")
    one.see("已按台账预填，附件1 6 行").into_page()
    one.do("打开表")
    one.page.wait_for_selector("#m-sheet[data-ready]")


def _fill_in(one):
    """A wrong mobile is found by F8 and mended; a note is typed."""
    one.into_page()
    one.to("账号（网站）名称，")
    one.press("Control+Home", "End")
    one.keys.type(NOTE)
    one.press("Shift+Tab", "Shift+Tab", "Tab")
    one.keys.type("1380000")
    one.press("Enter", "Enter")
    one.seat.saved()
    expect(one.page.locator("#m-fault-title")).to_have_text("要改的 1 处")
    one.press("F8")
    assert one.seat.focus() == "L5"
    one.keys.type("13800000001")
    one.press("Enter")
    one.seat.saved()
    expect(one.page.locator("#m-fault-title")).to_have_text("要改的 0 处")


def _hand_over(one):
    """From the grid back to the head of the page."""
    one.press("Control+Home")
    one.to("交领导确认", back=True).press("Enter")
    assert one.said() == "交领导确认"
    one.press("Enter")
    one.see("待领导确认")


def _confirm(one):
    one.campaigns().do(TITLE)
    one.arrive(UNIT).into_page()
    one.do("去确认")
    one.arrive("确认报送").into_page()
    one.to("我已核对以上内容").press("Space")
    one.do("确认并报送")
    one.see("报送回执").see("按时")


def _accept(one):
    one.campaigns().do(TITLE)
    one.arrive(TITLE).into_page()
    one.do(f"审阅 {UNIT}")
    one.arrive("审阅").see(NOTE).into_page()
    one.do("接收")
    one.see("已接收")


def _consolidate(one, folder):
    one.campaigns().do(TITLE)
    one.arrive(TITLE).into_page()
    one.do("汇总打包")
    expect(one.page.get_by_role("button", name="下载汇总包")).to_be_visible(timeout=LONG)
    one.into_page()
    one.to("下载汇总包")
    with one.page.expect_download(timeout=LONG) as waiting:
        one.press("Enter")
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


def test_a_field_says_the_day_it_understood_as_the_server_does(seat):
    one = seat("D001")
    one.open("/campaigns/create/")
    read = one.page.evaluate(
        """async ([days, moments]) => {
          const src = [...document.scripts].map(s => s.src).find(s => s.includes("/days."));
          const { readDay, dayWords, momentWords } = await import(src);
          const base = new Date("2026-11-23T00:00:00Z");
          const day = text => { const found = readDay(text, base); return found ? dayWords(found) : ""; };
          return [days.map(day), moments.map(text => momentWords(text, base))];
        }""",
        [[typed for typed, _ in TYPED_DAYS], [typed for typed, _ in TYPED_MOMENTS]],
    )
    assert read[0] == [words for _, words in TYPED_DAYS]
    assert read[1] == [words for _, words in TYPED_MOMENTS]
    one.page.fill("[name=deadline]", "2099.6.29 上午12点")
    said = one.page.locator("output[for=id_deadline]")
    expect(said).to_have_text("2099年6月29日 星期一 12:00（中午）")
    one.check("campaign-form")


def test_a_unit_is_found_by_its_initials(seat):
    one = seat("D001")
    one.open("/campaigns/create/")
    box = one.page.get_by_role("combobox", name="范围")
    box.focus()
    one.page.keyboard.type("sxyxx")
    expect(one.page.get_by_role("option", name=UNIT)).to_be_visible()
    one.check("campaign-form-pick")
    one.page.keyboard.press("Enter")
    expect(one.page.get_by_role("button", name=f"去掉 {UNIT}")).to_be_visible()
    assert UNIT in one.page.locator("[name=scope]").evaluate(
        "s => [...s.selectedOptions].map(o => o.text)"
    )
    one.page.get_by_role("button", name=f"去掉 {UNIT}").press("Enter")
    expect(one.page.get_by_role("button", name=f"去掉 {UNIT}")).to_have_count(0)
    assert one.complaints == []
