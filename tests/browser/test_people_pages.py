"""The door, the work page, units and people, and their imports, in a real browser."""

import pytest

from tests import given
from tests.browser.conftest import DESK, PHONE

SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["1440", "390"])
LISTS = {
    "admin": (
        "/",
        "/units/",
        "/users/",
        "/intakes/",
        "/jobs/",
        "/inbox/",
        "/me/",
        "/users/create/",
    ),
    "auditor": ("/audit/", "/audit/verify/", "/units/"),
    "department": ("/", "/users/", "/annexes/"),
    "leader": ("/", "/units/", "/me/"),
    "security": ("/",),
}


@SIZES
def test_a_wrong_password_is_said_at_the_door(visit, site, size):
    one = visit(size)
    page = one.open("/sign-in/")
    one.check("sign-in")
    page.fill("[name=username]", site.login("reviewer")["username"])
    page.fill("[name=password]", "not-the-password")
    page.click("form button[type=submit]")
    page.wait_for_selector("[role=alert]")
    assert "口令不对" in page.inner_text("[role=alert]")
    one.check("sign-in-error")


@SIZES
@pytest.mark.parametrize("role", LISTS)
def test_pages_of_every_role_hold_up(visit, role, size):
    one = visit(size)
    one.sign_in(role)
    for path in LISTS[role]:
        one.open(path)
        one.check(f"{role}{path.replace('/', '-').rstrip('-') or '-home'}")


@SIZES
def test_one_unit_and_one_person_hold_up(visit, site, size):
    one = visit(size)
    page = one.sign_in("admin")
    one.open("/units/")
    page.click("main table tbody a >> nth=1")
    page.wait_for_selector("nav[aria-label=位置]")
    one.check("unit")
    one.open("/users/")
    page.click("main table tbody a >> nth=1")
    page.wait_for_selector("nav[aria-label=位置]")
    one.check("user")


def sheet(tmp_path, name, *rows):
    path = tmp_path / name
    path.write_bytes(given.workbook(*rows))
    return str(path)


@SIZES
def test_units_come_in_from_a_sheet(visit, site, tmp_path, size):
    name = f"浏览器试验中心{size['width']}"
    path = sheet(
        tmp_path, "单位.xlsx", ["单位名称", "上级单位", "简称", "类别"],
        [name, "图书馆", "", "其他"], ["", "图书馆", "缺名", "其他"],
    )  # fmt: skip
    one = visit(size)
    page = one.sign_in("admin")
    one.open("/intakes/upload/units/")
    one.check("intake-upload")
    page.set_input_files("main input[type=file]", path)
    page.click("text=看差异")
    page.wait_for_selector("h1:has-text('核对导入')")
    one.check("intake-preview")
    page.click("main button:has-text('导入 1 行'), button:has-text('导入 1 行')")
    page.wait_for_selector("h1:has-text('导入结果')")
    one.check("intake-done")
    one.open("/units/?q=" + name)
    assert page.locator(f"main a:has-text('{name}')").count() >= 1


@SIZES
def test_people_come_in_from_a_sheet(visit, site, tmp_path, size):
    number = f"9{size['width']:07d}"
    path = sheet(
        tmp_path, "人员.xlsx", ["工号", "姓名", "单位", "角色", "手机"],
        [number, "新来的", "图书馆", "审核人", "13800009999"],
        ["99", "坏行", "没有这个单位", "审核人", "1380000"],
    )  # fmt: skip
    one = visit(size)
    page = one.sign_in("admin")
    one.open("/intakes/upload/people/")
    page.set_input_files("main input[type=file]", path)
    page.click("text=看差异")
    page.wait_for_selector("h1:has-text('核对导入')")
    one.check("people-preview")
    assert "13800009999" not in page.content()
    page.click("button:has-text('导入 1 行')")
    page.wait_for_selector("h1:has-text('导入结果')")
    one.check("people-done")
