"""The sheet editor in a real browser: keys, paste, undo, two people, an input method, no script.

A server of its own on a throw-away university (`sheet_site`), so that nobody else's rows move.
"""

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress

import pytest

from tests.browser import sheet_site
from tests.browser.conftest import DESK, PHONE, ROOT, START_SECONDS, Site, Visit, _free_port, _note

expect = pytest.importorskip("playwright.sync_api").expect

HOSTILE = "<img src=x onerror=alert(1)>"
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


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """The server, and what `sheet_site` made: its submission and the ids of its rows."""
    folder = tmp_path_factory.mktemp("sheet")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MEICE_", "DJANGO_"))}
    environment = kept | {
        "MEICE_DATA_DIR": str(folder / "data"),
        "MEICE_SECRET_KEY": "tests-only-" + "k" * 60,
        "DJANGO_SETTINGS_MODULE": "meice.config.settings",
    }
    (folder / "data").mkdir()
    made = subprocess.run(
        [sys.executable, "-m", "tests.browser.sheet_site", "--many"],
        cwd=ROOT, env=environment, capture_output=True, check=False, timeout=START_SECONDS,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr.decode()
    port = _free_port()
    command = [sys.executable, "-m", "meice", "serve", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _wait(server, f"http://127.0.0.1:{port}", folder / "log")
            yield Site(f"http://127.0.0.1:{port}", [], folder), json.loads(made.stdout)
        finally:
            server.terminate()
            server.wait(40)


def _wait(server, address, log):
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(f"{address}/sign-in/", timeout=5).close()
            return
        with suppress(subprocess.TimeoutExpired):
            server.wait(0.2)
            break
    pytest.fail(f"meice serve did not start:\n{log.read_text('utf-8')[-2000:]}")


class Desk(Visit):
    """One person at the sheet."""

    def enter(self, username="M001"):
        self.open("/sign-in/")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", sheet_site.PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(self.site.address + "/")
        return self

    def sheet(self, submission, annex=1):
        self.address = f"/submissions/{submission}/sheet/{annex}/"
        self.open(self.address)
        self.page.wait_for_selector("#m-sheet[data-ready]")
        return self.page

    def cell(self, row, column):
        return self.page.locator("#m-sheet tbody tr").nth(row).locator(f"td[data-column={column}]")

    def text(self, row, column):
        return self.cell(row, column).locator(".m-cell-text")

    def saved(self):
        """Everything this page wrote is with the server."""
        expect(self.page.locator("#m-sheet")).to_have_attribute("data-idle", "yes", timeout=20000)

    def focus(self):
        return self.page.locator("#m-cell-address").text_content()

    def look(self):
        """Others' changes now, not in a quarter of a minute."""
        self.page.evaluate("window.meiceSheet.save.look()")


@pytest.fixture
def desk(chromium, school):
    """`desk("M001")`: a signed-in person in a window of her own."""
    opened = []

    def sit(username="M001", size=DESK, **options):
        context = chromium.new_context(viewport=size, locale="zh-CN", **options)
        context.add_init_script(
            "addEventListener('securitypolicyviolation', e =>"
            " console.error('csp ' + e.violatedDirective + ' ' + e.blockedURI))"
        )
        opened.append(context)
        one = Desk(context.new_page(), school[0])
        one.page.on("console", lambda message: _note(one, message.type, message.text))
        one.page.on("pageerror", lambda error: one.complaints.append(str(error)))
        return one.enter(username)

    yield sit
    for context in opened:
        context.close()


@pytest.fixture
def submission(school):
    return school[1]["submission"]


@pytest.fixture
def he(desk, submission):
    """The operator at her sheet; what she writes is taken back with Ctrl+Z by the next test."""
    one = desk("M001")
    one.sheet(submission)
    return one


def test_the_page_is_clean_for_axe_and_the_policy(he):
    he.check("sheet")
    he.page.set_viewport_size({"width": 1280, "height": 800})
    he.check("sheet")
    he.cell(0, "kind").click()
    he.page.keyboard.press("Alt+ArrowDown")
    he.check("sheet-list")
    he.page.keyboard.press("Escape")
    he.page.keyboard.press("F1")
    he.check("sheet-keys")


def test_typing_replaces_and_is_saved_and_survives_a_reload(he, submission):
    he.cell(0, "note").click()
    he.page.keyboard.type("第一遍")
    he.page.keyboard.press("Enter")
    assert he.focus() == "M6"
    he.page.keyboard.press("ArrowUp")
    he.page.keyboard.type(HOSTILE)
    he.page.keyboard.press("Tab")
    he.saved()
    expect(he.page.locator("#m-save-state")).to_contain_text("已自动保存")
    he.sheet(submission)
    expect(he.text(0, "note")).to_have_text(HOSTILE)
    assert he.complaints == []


def test_escape_cancels_and_f2_edits_the_old_text(he):
    he.cell(1, "note").click()
    he.page.keyboard.type("甲")
    he.page.keyboard.press("Enter")
    he.page.keyboard.press("ArrowUp")
    he.page.keyboard.press("F2")
    he.page.keyboard.type("乙")
    he.page.keyboard.press("Escape")
    expect(he.text(1, "note")).to_have_text("甲")
    he.page.keyboard.press("F2")
    he.page.keyboard.type("乙")
    he.page.keyboard.press("Enter")
    expect(he.text(1, "note")).to_have_text("甲乙")
    he.saved()


def test_arrows_home_end_and_edges(he):
    he.cell(0, "number").click()
    moves = (
        ("ArrowRight", "B5"), ("End", "M5"), ("Home", "A5"), ("ArrowDown", "A6"),
        ("Control+ArrowDown", "A10"), ("Control+Home", "A5"), ("Control+End", "M10"), ("Enter", "M10"),
        ("Shift+Enter", "M9"), ("Shift+Tab", "L9"), ("Tab", "M9"), ("Tab", "A10"),
    )  # fmt: skip
    for key, address in moves:
        he.page.keyboard.press(key)
        assert he.focus() == address, key


def test_tab_leaves_the_grid_at_its_last_cell(he):
    he.cell(5, "note").click()
    he.page.keyboard.press("Tab")
    assert he.page.evaluate("!document.querySelector('#m-sheet').contains(document.activeElement)")


def test_typed_columns_fold_and_keep_the_original_in_the_bar(he):
    he.cell(0, "outsourced").click()
    for word, shown in (("√", "是"), ("×", "否")):
        he.page.keyboard.type(word)
        he.page.keyboard.press("Enter")
        he.page.keyboard.press("ArrowUp")
        expect(he.text(0, "outsourced")).to_have_text(shown)
    expect(he.page.locator("#m-cell-message")).to_contain_text("原来写的是「×」")
    expect(he.cell(0, "outsourced")).to_have_class(re.compile("m-cell-mended"))
    he.saved()


def test_no_problem_sets_rectified_by_itself_and_undo_takes_both_back(he):
    he.cell(2, "problems").click()
    he.page.keyboard.type("无更新")
    he.page.keyboard.press("Tab")
    he.page.keyboard.type("否")
    he.page.keyboard.press("Shift+Tab")
    he.page.keyboard.type("无")
    he.page.keyboard.press("Enter")
    expect(he.text(2, "rectified")).to_have_text("-")
    expect(he.page.locator("#m-live")).to_contain_text("已自动设为「-」")
    he.page.keyboard.press("Control+z")
    expect(he.text(2, "problems")).to_have_text("无更新")
    expect(he.text(2, "rectified")).to_have_text("否")
    he.page.keyboard.press("Control+y")
    expect(he.text(2, "rectified")).to_have_text("-")
    he.saved()


def test_the_list_joins_problems_and_the_mouse_picks_too(he):
    he.cell(3, "problems").click()
    he.page.keyboard.press("Alt+ArrowDown")
    he.page.locator("#m-choices li", has_text="无更新").click()
    he.page.locator("#m-choices li", has_text="运维管理不规范").click()
    he.page.keyboard.press("Enter")
    expect(he.text(3, "problems")).to_have_text("无更新、运维管理不规范")
    he.page.keyboard.press("Control+z")
    he.saved()


def test_an_error_is_marked_at_once_and_mended_by_its_button(he):
    he.cell(1, "responsible_mobile").click()
    he.page.keyboard.type("1360000220")
    he.page.keyboard.press("Enter")
    expect(he.cell(1, "responsible_mobile")).to_have_class(re.compile("m-cell-error"))
    he.saved()
    fault = he.page.locator("#m-fault-list .m-fault", has_text="只有 10 位")
    expect(fault).to_contain_text("L6")
    expect(he.page.locator("[data-m-ready=no]")).to_be_visible()
    he.cell(0, "name").click()
    he.page.keyboard.press("F8")
    assert he.focus() == "L6"
    name = he.page.locator("#m-sheet td.m-focus input").get_attribute("aria-label")
    assert re.match("账号负责人手机号，华园数信微博，1360000220，错误 1", name)
    fault.get_by_role("button", name="用台账值").click()
    expect(he.text(1, "responsible_mobile")).to_have_text("13800000004")
    he.saved()
    expect(he.page.locator("#m-fault-title")).to_have_text("要改的 0 处")
    expect(he.page.locator("[data-m-ready=yes]")).to_be_visible()


def test_f8_goes_round_the_errors_both_ways(he):
    for row, column in ((0, "responsible_mobile"), (4, "kind")):
        he.cell(row, column).click()
        he.page.keyboard.press("Delete")
    he.saved()
    he.cell(0, "name").click()
    seen = []
    for key in ("F8", "F8", "F8", "Shift+F8"):
        he.page.keyboard.press(key)
        seen.append(he.focus())
    assert seen == ["L5", "E9", "L5", "E9"]
    he.page.keyboard.press("Control+z")
    he.page.keyboard.press("Control+z")
    he.saved()


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


def test_an_input_method_composes_in_the_cell_and_keeps_its_keys(he):
    he.cell(4, "note").click()
    line = he.page.context.new_cdp_session(he.page)
    for part in ("n", "ni", "nih"):
        line.send("Input.imeSetComposition", {"text": part, "selectionStart": 1, "selectionEnd": 1})
    for key in ("ArrowDown", "Enter", "Tab"):
        line.send(
            "Input.dispatchKeyEvent",
            {"type": "rawKeyDown", "key": key, "windowsVirtualKeyCode": 229},
        )
    assert he.focus() == "M9"
    line.send("Input.insertText", {"text": "你好"})
    he.page.keyboard.press("Enter")
    expect(he.text(4, "note")).to_have_text("你好")
    assert he.focus() == "M10"
    he.saved()


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


def test_by_the_keyboard_alone_from_the_address_to_a_mended_cell(he, submission):
    he.sheet(submission)
    for _ in range(60):
        he.page.keyboard.press("Tab")
        if he.page.evaluate("document.activeElement.classList.contains('m-cell-input')"):
            break
    he.page.keyboard.press("Control+Home")
    for _ in range(6):
        he.page.keyboard.press("ArrowRight")
    assert he.focus() == "G5"
    he.page.keyboard.press("F2")
    he.page.keyboard.press("Control+a")
    he.page.keyboard.type("是")
    he.page.keyboard.press("Enter")
    he.saved()
    he.page.keyboard.press("F8")
    assert he.focus() == "G5"
    he.page.keyboard.press("Control+z")
    he.saved()
    expect(he.text(0, "rectified")).to_have_text("-")


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
