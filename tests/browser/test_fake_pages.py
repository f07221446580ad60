"""假冒账号 in a real browser: wide, on a phone, on paper; from the report to the re-check."""

import re

import pytest

from tests.browser.conftest import DESK, PHONE, SLOWLY

SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["1440", "390"])
PAGES = (
    "/impersonations/?view=all", "/impersonations/new/", "/impersonations/candidates/",
    "/impersonations/settings/",
)  # fmt: skip
STATES = {"judging": "#h-judge", "applied": "#h-referrals", "watched": "#h-recheck"}


def opened(one, status):
    """The first docket in a state."""
    one.open(f"/impersonations/?view=all&status={status}")
    one.page.click("main table tbody a >> nth=0")
    return one.page


@SIZES
def test_lists_forms_and_dockets_hold_up(visit, size):
    one = visit(size)
    one.sign_in("department")
    for path in PAGES:
        one.open(path)
        one.check(f"fakes{re.sub('[^a-z]+', '-', path).rstrip('-')}")
    for status, mark in STATES.items():
        opened(one, status).wait_for_selector(mark)
        one.check(f"fakes-docket-{status}")


@SIZES
def test_a_stranger_reports_and_looks_it_up(visit, size):
    one = visit(size)
    page = one.open("/fakes/")
    one.check("fakes-public-list")
    page.click("text=举报假冒账号")
    page.wait_for_selector("select[name=platform]")
    one.check("fakes-public-report")
    page.select_option("select[name=platform]", "wechat")
    page.fill("input[name=name]", f"华园大学百事通{size['width']}")
    page.fill("input[name=account_id]", f"hybst{size['width']}")
    page.fill("textarea[name=facts]", "自称学校后勤，收取报修费")
    page.evaluate(SLOWLY)
    page.click("button.btn-primary")
    page.wait_for_selector("text=举报已收到")
    number, secret = page.locator("dd.m-strong").all_inner_texts()
    one.check("fakes-public-receipt")
    page.click("main >> text=查办理情况")
    page.fill("input[name=number]", number)
    page.fill("input[name=secret]", secret)
    page.click("button.btn-primary")
    page.wait_for_selector("text=已收到，等人核实")
    one.check("fakes-public-state")


def _report(one, shot):
    """By an operator, with a picture."""
    page = one.sign_in("operator", "数信学院")
    one.open("/impersonations/new/")
    page.select_option("select[name=platform]", "weibo")
    page.fill("input[name=name]", "华園大学帮帮团")
    page.fill("input[name=url]", "weibo.com/u/7000000099")
    page.fill("textarea[name=facts]", "头像用校徽，私信学生收取代办费")
    page.screenshot(path=str(shot))
    page.set_input_files("input[name=proofs]", str(shot))
    page.click("button:has-text('提交举报')")
    page.wait_for_selector("#h-evidence")
    assert "“園”↔“园”" in page.inner_text(".m-claimbox")
    assert "证据 1 份" in page.inner_text("main")
    return page.url


def _upload(page, kind, path):
    page.click("summary:has-text('上传证据或报送材料')")
    page.select_option("select[name=kind]", "document")
    page.select_option("select[name=paper]", kind)
    page.set_input_files("input[name=uploads]", str(path))
    page.click("button:has-text('上传')")
    page.wait_for_selector(f"text={path.name}")


def _judge(one, address):
    page = one.sign_in("department")
    page.goto(address)
    page.click("button:has-text('受理')")
    page.fill(
        "section[aria-labelledby=h-judge] textarea[name=reason]",
        "看过截图：头像为校徽，后勤处没有授权",
    )
    page.click("button:has-text('认定假冒')")
    page.wait_for_selector("text=打印关停申请")
    return page


def test_from_the_report_to_the_recheck(visit, tmp_path):
    address = _report(visit(DESK), tmp_path / "截图.png")
    one = visit(DESK)
    page = _judge(one, address)
    for kind in ("license", "stamped"):
        scan = tmp_path / f"{kind}.pdf"
        scan.write_bytes(b"%PDF-1.4 " + kind.encode())
        _upload(page, kind, scan)
    page.click("text=打印关停申请")
    page.wait_for_selector(".m-paper")
    assert "华園大学帮帮团" in page.inner_text(".m-paper")
    one.check("fakes-print")
    made = page.pdf(path=tmp_path / "a.pdf", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", made)) in (1, 2)
    page.goto(address)
    page.click("text=微博（举报仿冒）")
    page.fill("input[name=ticket]", "WB-1")
    page.fill("input[name=sent_on]", "")
    one.check("fakes-refer")
    note = page.locator("textarea[name=note]")
    note.fill("联系电话在对方页面填写")
    page.click("button:has-text('登记报送')")
    page.click("summary:has-text('登记答复')")
    page.fill("textarea[name=answer]", "已封禁")
    page.click("button:has-text('登记已处置')")
    page.wait_for_selector("#h-close")
    page.fill("section[aria-labelledby=h-close] textarea[name=reason]", "打开提示账号不存在")
    page.click("button:has-text('结案，列入复查')")
    page.wait_for_selector("#h-recheck")
    page.check("input[name=found][value=back]")
    page.fill(
        "section[aria-labelledby=h-recheck] textarea[name=note]", "按“华园大学 帮帮团”搜到同样内容"
    )
    page.click("summary:has-text('换了账号又出现')")
    page.fill("input[name=name]", "华园大学跑腿团")
    page.fill("section[aria-labelledby=h-recheck] input[name=account_id]", "hyptt")
    page.click("button:has-text('记下复查')")
    page.wait_for_selector("h1:has-text('华园大学跑腿团')")
    assert "前案" in page.inner_text("main")
    one.check("fakes-comeback")
