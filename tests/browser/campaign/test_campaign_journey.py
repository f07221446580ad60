"""摸排 from the opening to the consolidated package, by the browser alone, four people in turn."""

import re
from zipfile import ZipFile

import pytest
import xlrd

from meice.engines.annexes.columns import COUNT_ITEMS
from meice.engines.annexes.model import Annex
from tests.browser.campaign.conftest import LONG
from tests.browser.campaign.packages import FAULTY_CELLS, SPOILED, forms_of, rewritten
from tests.browser.conftest import PHONE

expect = pytest.importorskip("playwright.sync_api").expect

TITLE, UNIT = "2026年新媒体（网站）专项摸排", "数学与信息学院"
NAMES = (
    "华园数信",
    "数信学院官网",
    "数信学院视频号",
    "华园数信微博",
    "数信学院抖音",
    "数信学院头条号",
)
MARKED, REMARK, MENDED = "数信学院视频号", "备注里写明视频号由谁运营", "学院团委运营"


def test_a_campaign_from_its_opening_to_the_package(seat, tmp_path):
    department, operator = seat("D001"), seat("M001")
    _open_campaign(department)
    _begin(operator)
    _upload_with_faults(operator, tmp_path)
    _upload_mended(operator, tmp_path)
    operator.press("交领导确认")
    leader = seat("M003", PHONE)
    first = _confirm(leader)
    _see_receipt(operator, first)
    _return_one_cell(department)
    _mend_the_cell(operator)
    second = _confirm(leader, again=True)
    assert second != first
    _accept(department)
    package = _consolidate(department, tmp_path)
    _reopens_with_the_right_rows(package, tmp_path)


def _open_campaign(one):
    one.open("/campaigns/create/")
    one.page.fill("[name=title]", TITLE)
    one.page.fill("[name=opens_at]", "2020-01-01T08:00")
    one.page.fill("[name=deadline]", "2099-06-29T12:00")
    one.page.select_option("[name=scope]", label="华园大学")
    one.press("存为起草")
    expect(one.page.get_by_text("还在起草")).to_be_visible()
    one.press_and_confirm("开放填报")
    expect(one.page.get_by_role("link", name=UNIT, exact=True)).to_be_visible()
    one.check("cockpit-opened")
    one.campaign = one.page.url.removeprefix(one.site.address)


def _begin(one):
    one.open("/campaigns/")
    one.page.get_by_role("link", name=TITLE).first.click()
    one.press("开始填写")
    expect(one.page.get_by_text("已按台账预填，附件1 6 行")).to_be_visible()
    one.check("submission-begun")
    one.home = one.page.url.removeprefix(one.site.address)


def _upload(one, package):
    one.open(one.home)
    one.page.get_by_role("link", name="上传 .xls / .zip").click()
    one.page.set_input_files("[name=uploads]", package)
    one.press("上传并检查")
    expect(one.page.locator("#h-forms")).to_be_visible(timeout=LONG)


def _upload_with_faults(one, folder):
    given = one.download("下载压缩包", folder)
    _upload(one, rewritten(given, folder / "faulty.zip", SPOILED))
    faults = one.page.locator("section[aria-labelledby=h-faults]")
    expect(faults.get_by_role("heading")).to_have_text("要改的 3 处")
    cells = faults.locator("tbody tr td:nth-child(2)")
    assert sorted(cells.all_inner_texts()) == sorted(FAULTY_CELLS)
    expect(faults.locator("tr", has_text="L5")).to_contain_text("只有 10 位")
    expect(one.page.locator("main")).not_to_contain_text("13800000004")
    one.check("upload-faults")


def _upload_mended(one, folder):
    given = next(folder.glob("*统计*.zip"))
    _upload(one, rewritten(given, folder / "mended.zip"))
    expect(one.page.locator("#h-faults")).to_have_count(0)
    one.check("upload-mended")
    one.press("用收下的替换")
    expect(one.page.get_by_role("button", name="交领导确认")).to_be_enabled()
    one.check("submission-mended")


def _confirm(one, *, again=False):
    """The leader's page at 390 px; gives the number of the receipt."""
    one.open("/campaigns/")
    one.page.get_by_role("link", name=TITLE).first.click()
    one.page.get_by_role("link", name="去确认").click()
    expect(one.page.locator("section[aria-labelledby=h-what]")).to_contain_text("6 个")
    one.check("leader-again" if again else "leader")
    one.page.get_by_label("我已核对以上内容").check()
    one.press("确认并报送")
    number = one.page.locator("section[aria-labelledby=h-receipt] .m-strong")
    expect(number).to_be_visible()
    one.check("receipt-again" if again else "receipt")
    return number.inner_text()


def _see_receipt(one, number):
    one.open(one.home)
    receipt = one.page.locator("section[aria-labelledby=h-receipt]")
    expect(receipt).to_contain_text(number)
    expect(receipt).to_contain_text("按时")
    one.check("receipt")
    one.page.get_by_role("link", name="打印回执").click()
    expect(one.page.locator("main")).to_contain_text(number)
    one.check("receipt-print")


def _return_one_cell(one):
    one.open(one.campaign)
    one.check("cockpit-reported")
    one.page.get_by_role("link", name=f"审阅 {UNIT}").click()
    label = one.page.locator("#id_row option", has_text=MARKED).inner_text()
    one.page.select_option("#id_row", label=label)
    one.page.select_option("#id_column", label="备注")
    one.page.fill("#id_text", REMARK)
    one.press("标出")
    expect(one.page.locator("#h-remarks")).to_have_text("退回意见 1 处")
    one.check("review-marked")
    one.press("退回")
    expect(one.page.locator("main, .m-head").first).to_contain_text("退回待改")


def _mend_the_cell(one):
    one.open(one.home)
    expect(one.page.locator("#remarks")).to_contain_text(f"附件1 {MARKED} · 备注")
    expect(one.page.locator("#remarks")).to_contain_text(REMARK)
    one.check("submission-returned")
    one.open(one.home + "sheet/")
    one.page.wait_for_selector("#m-sheet[data-ready]")
    row = one.page.locator("#m-sheet tbody tr", has_text=MARKED)
    row.locator("td[data-column=note]").click()
    one.page.keyboard.type(MENDED)
    one.page.keyboard.press("Enter")
    one.saved()
    one.open(one.home)
    one.press("交领导确认")
    expect(one.page.get_by_role("button", name="收回修改")).to_be_visible()


def _accept(one):
    one.open(one.campaign)
    one.page.get_by_role("link", name=f"审阅 {UNIT}").click()
    expect(one.page.locator("table.m-sheet")).to_contain_text(MENDED)
    one.press("接收")
    one.open(one.campaign)
    one.page.get_by_role("link", name="展开", exact=True).click()
    expect(one.page.locator("tr", has_text=UNIT).first).to_contain_text("已接收")


def _consolidate(one, folder):
    one.press("汇总打包")
    expect(one.page.get_by_role("button", name="下载汇总包")).to_be_visible(timeout=LONG)
    expect(one.page.locator("main")).to_contain_text("逐格一致")
    one.check("consolidation")
    (folder / "whole").mkdir()
    package = one.download("下载汇总包", folder / "whole")
    one.open(one.campaign)
    one.check("cockpit-consolidated")
    return package


def _reopens_with_the_right_rows(package, folder):
    assert re.fullmatch(r"\d{8}华园新媒体（网站）统计\.zip", package.name)
    with ZipFile(package) as opened:
        books = {name: opened.read(name) for name in opened.namelist() if name.endswith(".xls")}
    assert all(xlrd.open_workbook(file_contents=data).nsheets for data in books.values())
    forms = forms_of(package)
    assert set(forms) == set(Annex)
    assert all(form.accepted for found in forms.values() for form in found)
    rows = forms[Annex.BASIC][0].rows
    assert sorted(row.name for row in rows) == sorted(NAMES)
    assert {row.name: row.note for row in rows}[MARKED] == MENDED
    assert all(row.problems == ("无问题",) for row in rows)
    assert {row.responsible_mobile for row in rows} == {f"1380000000{n}" for n in range(1, 7)}
    totals = {row.item: row.total for row in forms[Annex.COUNTS][0].rows}
    assert totals[COUNT_ITEMS[0]] == 6
