"""整改单 and 通报 in a real browser: wide, on a phone, on paper."""

import re

import pytest

from tests.browser.conftest import DESK, PHONE

SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["1440", "390"])
PAGES = {
    "department": ("/orders/", "/orders/?view=all", "/orders/new/", "/orders/settings/",
                   "/circulars/", "/circulars/new/"),
    "auditor": ("/orders/?view=all", "/circulars/"),
    "leader": ("/orders/?view=all",),
}  # fmt: skip


@SIZES
@pytest.mark.parametrize("role", PAGES)
def test_lists_and_forms_hold_up(visit, role, size):
    one = visit(size)
    one.sign_in(role)
    for path in PAGES[role]:
        one.open(path)
        one.check(f"orders-{role}{re.sub('[^a-z]+', '-', path).rstrip('-')}")


@SIZES
def test_an_order_under_recheck_shows_machine_and_person_apart(visit, size):
    one = visit(size)
    page = one.sign_in("department")
    one.open("/orders/?view=all&status=replied")
    page.click("main table tbody a >> nth=0")
    page.wait_for_selector("#h-judge")
    assert "机器：仍未改" in page.inner_text("main")
    assert "现在不能销号" in page.inner_text("#why-close")
    one.check("order-replied")


def test_the_paper_is_one_sheet(visit, tmp_path):
    one = visit(DESK)
    page = one.sign_in("department")
    one.open("/orders/?view=all&status=replied")
    page.click("main table tbody a >> nth=0")
    page.click("text=打印盖章")
    page.wait_for_selector(".m-paper")
    one.check("order-print")
    made = page.pdf(path=tmp_path / "a.pdf", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", made)) == 1


def test_a_reply_is_written_on_a_phone(visit, tmp_path):
    one = visit(PHONE)
    page = one.sign_in("operator", "数信学院")
    one.open("/orders/")
    page.click("main table tbody a >> nth=0")
    page.click(".m-decide a.btn-primary")
    page.wait_for_selector("textarea[name=text]")
    one.check("order-reply")
    for control in page.locator("form.m-form button:visible, form.m-form textarea").all():
        assert control.bounding_box()["height"] >= 44
    page.click("form.m-form .m-decide .btn-primary")
    page.wait_for_selector("[role=alert]")
    one.check("order-reply-missing")
    page.fill("textarea[name^=answer-]", "已恢复更新")
    page.fill("textarea[name=text]", "团委换届，账号已交接")
    shot = tmp_path / "截图.png"
    page.screenshot(path=str(shot))
    page.set_input_files("input[name=proofs]", str(shot))
    page.click("form.m-form .m-decide .btn-primary")
    page.wait_for_selector("text=待领导确认答复")
    assert "截图.png" in page.inner_text("main")


@SIZES
def test_a_published_circular_is_read_by_a_unit(visit, size):
    one = visit(size)
    page = one.sign_in("operator", "数信学院")
    one.open("/circulars/")
    page.click("main table tbody a >> nth=0")
    page.wait_for_selector("#h-rows")
    assert "不计入合格率" in page.inner_text("main")
    one.check("circular")
