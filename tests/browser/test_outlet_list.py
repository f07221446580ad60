"""账号网站 in a browser: filters without a reload, ticks kept over pages, filters saved by name."""

import pytest

from tests.browser.conftest import DESK, PHONE

expect = pytest.importorskip("playwright.sync_api").expect
LIST = "/outlets/"


@pytest.fixture
def department(visit):
    one = visit(DESK)
    one.sign_in("department")
    one.open(LIST)
    return one


def marked(page):
    """The page is still the one that was loaded: a reload would have lost this."""
    page.evaluate("window.sameDocument = true")
    return lambda: page.evaluate("window.sameDocument === true")


def total(page):
    return int(page.locator("#outlet-count b").inner_text())


def test_a_filter_swaps_the_list_and_its_address_can_be_mailed(department):
    page = department.page
    still = marked(page)
    every = total(page)
    page.focus("#f-platform")
    page.select_option("#f-platform", "wechat")
    page.wait_for_url("**/outlets/?*platform=wechat*")
    expect(page.locator("#outlet-count b")).not_to_have_text(str(every))
    assert still()
    assert page.evaluate("document.activeElement.id") == "f-platform"
    department.check("outlets-filtered")
    fewer = total(page)
    page.reload()
    assert total(page) == fewer
    still = marked(page)
    page.locator("#outlets .m-chip.m-on").click()
    expect(page.locator("#outlet-count b")).to_have_text(str(every))
    assert still()


def test_ticks_stay_over_pages_and_all_of_the_filter_is_a_second_act(department):
    page = department.page
    boxes = page.locator("[data-m-select]")
    boxes.nth(0).check()
    expect(page.locator("#outlet-bulk")).to_contain_text("已选 1 个")
    still = marked(page)
    page.get_by_role("link", name="下一页").click()
    page.wait_for_url("**page=2*")
    assert still()
    boxes.nth(1).check()
    expect(page.locator("#outlet-bulk")).to_contain_text("已选 2 个")
    department.check("outlets-selected")
    page.get_by_label("选本页 50 行").check()
    expect(page.locator("#outlet-bulk")).to_contain_text("已选 51 个")
    page.get_by_role("button", name="改为选中筛选出的全部").click()
    expect(page.locator("#outlet-bulk")).to_contain_text(f"已选 {total(page)} 个")
    page.get_by_role("button", name="取消选择").click()
    expect(page.locator("#outlet-bulk .m-bulk")).to_be_hidden()
    assert department.complaints == []


def test_a_unit_is_chosen_by_its_initials_and_the_filter_is_saved(department):
    page = department.page
    page.get_by_role("combobox", name="单位").click()
    page.keyboard.type("jgxy")
    page.get_by_role("option", name="经济管理学院").click()
    page.wait_for_url("**/outlets/?*unit=*")
    page.get_by_text("常用", exact=True).click()
    page.fill("[name=name]", "经管的")
    page.get_by_role("button", name="存为常用").click()
    page.get_by_text("常用 1").click()
    department.check("outlets-saved")
    expect(page.get_by_role("link", name="经管的")).to_be_visible()
    page.get_by_role("button", name="常用条件 经管的").click()
    expect(page.get_by_text("常用 1")).to_have_count(0)


def test_without_a_script_the_same_is_done_by_forms(visit):
    one = visit(DESK, java_script_enabled=False)
    one.sign_in("department")
    one.open(f"{LIST}?platform=wechat")
    page = one.page
    page.locator("[data-m-select]").nth(0).check()
    page.get_by_role("button", name="记住本页勾选的").click()
    expect(page.locator("#outlet-bulk")).to_contain_text("已选 1 个")
    assert "platform=wechat" in page.url
    page.get_by_role("button", name="改为选中筛选出的全部").click()
    expect(page.locator("#outlet-bulk")).to_contain_text(f"已选 {total(page)} 个")
    page.select_option("#f-status", "in_use")
    page.get_by_role("button", name="筛选", exact=True).click()
    assert "status=in_use" in page.url
    page.get_by_role("button", name="取消选择").click()


def test_the_list_fits_a_phone(visit):
    one = visit(PHONE)
    one.sign_in("operator")
    one.open(LIST)
    one.check("outlets")
