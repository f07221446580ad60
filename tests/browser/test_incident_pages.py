"""事件 in a real browser: wide, on a phone, on paper; from a late acknowledgement to the book."""

import re

import pytest

from tests.browser.conftest import DESK, PHONE, SLOWLY

SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["1440", "390"])
PAGES = {
    "department": ("/incidents/?view=all", "/incidents/new/", "/incidents/settings/",
                   "/incidents/statistics/"),
    "security": ("/incidents/",),
}  # fmt: skip


@SIZES
@pytest.mark.parametrize("role", PAGES)
def test_lists_and_forms_hold_up(visit, role, size):
    one = visit(size)
    one.sign_in(role)
    for path in PAGES[role]:
        one.open(path)
        one.check(f"incidents-{role}{re.sub('[^a-z]+', '-', path).rstrip('-')}")


def test_a_stranger_reports_on_a_phone_and_looks_it_up(visit):
    one = visit(PHONE)
    page = one.open("/report/")
    one.check("report")
    page.select_option("select[name=kind]", "harmful")
    page.fill("input[name=title]", "评论区有人卖答案")
    page.fill("textarea[name=text]", "昨天的推文")
    page.evaluate(SLOWLY)  # nobody reads a form faster
    page.click("button.btn-primary")
    page.wait_for_selector("text=举报已收到")
    number, secret = page.locator("dd.m-strong").all_inner_texts()
    one.check("report-receipt")
    one.open("/report/state/")
    page.fill("input[name=number]", number)
    page.fill("input[name=secret]", secret)
    page.click("button.btn-primary")
    page.wait_for_selector("text=已收到，等人办理")
    one.check("report-state")


def test_from_a_late_acknowledgement_to_the_record_book(visit):
    one = visit(PHONE)
    page = one.sign_in("department")
    one.open("/incidents/?view=open&q=博彩")
    page.click("main table tbody a >> nth=0")
    page.click(".m-decide button")
    page.wait_for_selector("#h-measure")
    one.check("incident-claimed")
    page.fill("#measure_text", "已删除菜单外链")
    page.check("#measure_cleared")
    page.click("text=记下处置")
    page.wait_for_selector("text=有害内容已清除")
    page.click("summary:has-text('转送')")
    page.select_option("#refer_office", "publicity")
    page.fill("#refer_request", "请审定回应口径")
    page.click("button:has-text('转送')")
    page.wait_for_selector("#h-letters")
    page.click("summary:has-text('签收')")
    page.click("button:has-text('签收')")
    page.wait_for_selector("text=已签收")
    page.click("summary:has-text('办结')")
    page.fill("#close_conclusion", "外链已去掉")
    page.fill("#close_lessons", "每周巡查菜单外链")
    page.click("details[open] button:has-text('办结')")
    page.wait_for_selector("text=已办结")
    one.check("incident-closed")
    one.open("/incidents/book/?view=all&q=博彩")
    assert "每周巡查菜单外链" in page.inner_text(".m-paper")
