"""The sheet when things go wrong: two people, no line, no session, no script, a phone."""

import re

import pytest

from tests.browser.conftest import PHONE

expect = pytest.importorskip("playwright.sync_api").expect


def test_two_people_in_different_cells_are_both_kept(he, desk, submission):
    other = desk("M004")
    other.sheet(submission)
    he.cell(0, "note").click()
    he.page.keyboard.type("我的备注")
    he.page.keyboard.press("Enter")
    other.cell(0, "verified_as").click()
    other.page.keyboard.type("华园大学数信")
    other.page.keyboard.press("Enter")
    he.saved()
    other.saved()
    he.look()
    other.look()
    for one in (he, other):
        expect(one.text(0, "note")).to_have_text("我的备注")
        expect(one.text(0, "verified_as")).to_have_text("华园大学数信")


def test_the_same_cell_asks_and_either_way_is_one_click(he, desk, submission):
    other = desk("M004")
    other.sheet(submission)
    for one, words in ((other, "陈希写的"), (he, "何嘉敏写的")):
        one.cell(3, "note").click()
        one.page.keyboard.type(words)
        one.page.keyboard.press("Enter")
        one.saved()
    expect(he.page.locator("#m-save-state")).to_contain_text("两人改了同一格")
    he.cell(3, "note").click()
    bar = he.page.locator("#m-cell-message")
    expect(bar).to_contain_text(re.compile("陈希 .*改成「陈希写的」，你的是「何嘉敏写的」"))
    he.check("sheet-clash")
    he.page.get_by_role("button", name="用我的", exact=True).click()
    he.saved()
    other.look()
    expect(other.text(3, "note")).to_have_text("何嘉敏写的")


def test_what_was_not_sent_waits_in_the_tab_and_goes_out_after_a_reload(he, submission):
    he.page.route("**/save/", lambda route: route.abort())
    he.cell(5, "note").click()
    he.page.keyboard.type("断网时写的")
    he.page.keyboard.press("Enter")
    expect(he.page.locator("#m-save-state")).to_contain_text("没有存上，正在重试（1 格在本页）")
    he.page.on("dialog", lambda dialog: dialog.accept())
    he.page.unroute("**/save/")
    he.sheet(submission)
    he.saved()
    expect(he.text(5, "note")).to_have_text("断网时写的")
    assert (
        he.page.evaluate(
            "Object.keys(sessionStorage).filter(k => k.startsWith('meice.sheet')).length"
        )
        == 0
    )
    he.complaints.clear()


def test_a_lost_session_is_said_and_what_was_typed_is_kept(he):
    cookies = he.page.context.cookies()
    he.page.context.clear_cookies()
    he.cell(5, "note").click()
    he.page.keyboard.type("登录过期时写的")
    he.page.keyboard.press("Enter")
    expect(he.page.locator("#m-save-state")).to_contain_text("登录已过期")
    expect(he.page.get_by_role("link", name="在新窗口登录后接着存")).to_be_visible()
    he.page.context.add_cookies(cookies)
    he.page.evaluate("window.dispatchEvent(new Event('focus'))")
    he.saved()
    expect(he.page.locator("#m-save-state")).to_contain_text("已自动保存")


def test_on_a_phone_it_says_that_the_sheet_is_read_only(desk, submission):
    one = desk("M001", PHONE)
    one.open(f"/submissions/{submission}/sheet/")
    expect(one.page.get_by_text("手机上只看不填整张表")).to_be_visible()
    expect(one.page.locator("#m-sheet")).to_be_hidden()
    one.check("sheet-phone")


def test_without_a_script_each_row_is_a_form(desk, submission):
    one = desk("M001", java_script_enabled=False)
    one.open(f"/submissions/{submission}/sheet/")
    form = one.page.locator(".m-row-form form").first
    form.locator("[name=note]").fill("没有脚本")
    form.get_by_role("button", name="保存这一行").click()
    expect(one.page.locator(".m-row-form [name=note]").first).to_have_value("没有脚本")
