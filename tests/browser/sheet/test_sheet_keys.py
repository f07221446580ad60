"""The sheet by keys: moving, typing, typed columns, errors, an input method."""

import re

import pytest

expect = pytest.importorskip("playwright.sync_api").expect

HOSTILE = "<img src=x onerror=alert(1)>"


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
