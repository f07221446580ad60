"""The sheet by the block: paste with a preview, copy, fill down, rows, two thousand of them."""

import pytest

from tests.browser import sheet_site

expect = pytest.importorskip("playwright.sync_api").expect

PASTE = """text => {
  const carried = new DataTransfer();
  carried.setData("text/plain", text);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", {clipboardData: carried, bubbles: true, cancelable: true}));
}"""
COPY = """kind => {
  const carried = new DataTransfer();
  document.activeElement.dispatchEvent(
    new ClipboardEvent(kind, {clipboardData: carried, bubbles: true, cancelable: true}));
  return carried.getData("text/plain");
}"""
BLOCK = (
    "账号名称\t开设单位\t类型\t问题排查情况\t负责人姓名\t手机号\n"
    "甲站\t数学与信息学院\t网站\t无问题\t吴 秉 钧\t13900005511.0\n"
    '"乙\n号"\t数学与信息学院\t官微\t无\t陆一鸣\t1370000412６\n'
    "丙\t数学与信息学院\t网站\t无更新\t陆一鸣\t188-0000-102\n"
)


def test_a_block_is_previewed_and_pasted_as_one_step(he, submission):
    rows = he.page.locator("#m-sheet tbody tr")
    he.cell(5, "name").click()
    he.page.evaluate(PASTE, BLOCK)
    expect(he.page.locator("#m-paste-title")).to_have_text("粘贴 3 行 × 6 列，从 B10 起")
    expect(he.page.locator("#m-paste-count")).to_have_text("18 格：照收 12，自动规范 5，有错 1")
    expect(he.page.locator("#m-paste-words")).to_contain_text("第 10 行会被覆盖")
    expect(he.page.locator("#m-paste-words")).to_contain_text("第 11、12 行是新行")
    expect(he.page.locator("#m-paste-rows del").first).to_have_text("数信学院头条号")
    he.check("sheet-paste")
    he.page.get_by_role("button", name="粘贴（可撤销）").click()
    expect(rows).to_have_count(8)
    expect(he.text(6, "name")).to_have_text("乙 号")
    expect(he.text(6, "responsible_mobile")).to_have_text("13700004126")
    he.saved()
    he.page.keyboard.press("Control+z")
    expect(rows).to_have_count(6)
    expect(he.text(5, "name")).to_have_text("数信学院头条号")
    he.saved()
    he.sheet(submission)
    expect(rows).to_have_count(6)


def test_columns_of_a_block_can_be_changed_before_pasting(he):
    he.cell(0, "verified_as").click()
    he.page.evaluate(PASTE, "华园大学甲\t一\n华园大学乙\t二\n")
    he.page.locator("#m-paste-head select").nth(1).select_option("note")
    he.page.get_by_role("button", name="粘贴（可撤销）").click()
    expect(he.text(1, "verified_as")).to_have_text("华园大学乙")
    expect(he.text(1, "note")).to_have_text("二")
    he.page.keyboard.press("Control+z")
    he.saved()


def test_one_cell_pastes_at_once_into_the_whole_range(he):
    he.cell(0, "note").click()
    he.page.keyboard.press("Shift+ArrowDown")
    he.page.evaluate(PASTE, "同一句")
    for row in (0, 1):
        expect(he.text(row, "note")).to_have_text("同一句")
    assert he.page.evaluate(COPY, "copy") == "同一句\n同一句"
    assert he.page.evaluate(COPY, "cut") == "同一句\n同一句"
    expect(he.text(0, "note")).to_have_text("")
    he.saved()


def test_fill_down_copies_the_first_of_the_range(he):
    he.cell(0, "note").click()
    he.page.keyboard.type("往下")
    he.page.keyboard.press("Enter")
    he.page.keyboard.press("ArrowUp")
    for _ in range(2):
        he.page.keyboard.press("Shift+ArrowDown")
    he.page.keyboard.press("Control+d")
    for row in (0, 1, 2):
        expect(he.text(row, "note")).to_have_text("往下")
    he.page.keyboard.press("Delete")
    expect(he.text(1, "note")).to_have_text("")
    he.saved()


def test_rows_are_added_and_removed_by_keys_and_come_back(he):
    rows = he.page.locator("#m-sheet tbody tr")
    he.cell(2, "name").click()
    he.page.keyboard.press("Control+Insert")
    expect(rows).to_have_count(7)
    expect(he.text(3, "unit")).to_have_text("数学与信息学院")
    he.saved()
    he.page.keyboard.press("Control+Shift+-")
    expect(rows).to_have_count(6)
    he.cell(0, "name").click()
    he.page.keyboard.press("Control+Shift+-")
    expect(rows).to_have_count(5)
    he.saved()
    he.page.keyboard.press("Control+z")
    expect(rows).to_have_count(6)
    expect(he.text(0, "name")).to_have_text("华园数信")
    he.saved()


def test_two_thousand_rows_are_drawn_in_windows_of_a_hundred(desk, school):
    one = desk("A001")
    one.sheet(school[1]["many"])
    rows = one.page.locator("#m-sheet tbody tr")
    expect(rows).to_have_count(100)
    assert int(one.page.locator("#m-sheet").get_attribute("aria-rowcount")) >= sheet_site.MANY
    one.cell(99, "name").click()
    one.page.keyboard.press("ArrowDown")
    expect(rows.first).to_have_attribute("aria-rowindex", "103")
    one.page.keyboard.press("Control+End")
    expect(one.page.locator("#m-window-text")).to_contain_text("共 20")
    assert one.complaints == []
