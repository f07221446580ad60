"""读稿检查 in a browser: paste, read, jump to the place."""

import pytest

from tests.browser.conftest import DESK, PHONE

TEXT = "联系人何嘉敏，电话13800000001。\n请按装软件后再试，迫不急待。\n"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1440", "390"])
def test_a_text_is_pasted_and_read(visit, size):
    one = visit(size)
    one.sign_in("operator")
    page = one.open("/proof/")
    one.check("proof-empty")
    page.get_by_label("文字").fill(TEXT)
    page.get_by_role("button", name="读一遍").click()
    page.wait_for_selector(".m-issues")
    assert page.locator(".m-doc mark").count() == 3
    page.get_by_role("link", name="到正文第 2 处").click()
    assert page.evaluate("location.hash") == "#at-2"
    one.check("proof-read")
