"""The annex page in a real browser: planted faults, keys alone, desktop and phone."""

from pathlib import Path

import pytest

from tests.browser.conftest import DESK, PHONE

SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["1440", "390"])


def examples(site):
    return sorted((site.folder / "data" / "demo-packages").iterdir())


def faulty(site):
    return next(path for path in examples(site) if "数信学院" in path.name)


def drop(one, *paths):
    """Choose files and have them checked; the window ends on the result."""
    page = one.open("/annexes/")
    page.set_input_files("#id_uploads", [str(path) for path in paths])
    page.click("text=开始检查")
    page.wait_for_selector("h1:has-text('检查结果')", timeout=30_000)
    return page


@SIZES
def test_a_package_with_planted_faults_is_shown_cell_by_cell(visit, site, size):
    one = visit(size)
    one.sign_in("operator", "数信学院")
    one.open("/annexes/")
    one.check("annexes")
    page = drop(one, faulty(site))
    assert page.locator("text=未收下：有错误").count() == 1
    one.check("annexes-result")
    page.click("text=按单元格看 >> nth=0")
    page.wait_for_selector("table[role=grid]")
    one.check("annexes-form")
    cell = page.locator("td#L11")
    assert cell.get_attribute("aria-invalid") == "true"
    assert cell.inner_text().startswith("1380000002")
    assert page.locator("td#L10").inner_text() == "138****0001"


@SIZES
def test_unreadable_files_have_their_own_line(visit, site, size):
    one = visit(size)
    one.sign_in("department")
    page = drop(one, next(path for path in examples(site) if "团委" in path.name))
    text = page.inner_text("main")
    assert "未收下：不是表格" in text
    assert "另存为" in text
    one.check("annexes-unreadable")


@SIZES
def test_faults_and_package_pages_hold_up(visit, site, size):
    one = visit(size)
    one.sign_in("operator", "经管学院")
    page = drop(one, faulty(site))
    page.click("nav[aria-label=检查结果] >> text=要改的")
    page.wait_for_selector("h1:has-text('要改的')")
    one.check("annexes-faults")
    page.click("nav[aria-label=检查结果] >> text=汇总包")
    page.wait_for_selector("text=里面有什么")
    one.check("annexes-package")


def test_the_keyboard_alone_leads_from_the_door_to_the_next_fault(visit, site):
    one = visit(DESK)
    login = site.login("operator", "数信学院")
    page = one.open("/sign-in/")
    page.focus("[name=username]")
    page.keyboard.type(login["username"])
    page.keyboard.press("Tab")
    page.keyboard.type(login["password"])
    page.keyboard.press("Enter")
    page.wait_for_url(site.address + "/")
    page.focus(".m-side a[href='/annexes/']")
    page.keyboard.press("Enter")
    page.wait_for_selector("#id_uploads")
    page.set_input_files("#id_uploads", str(faulty(site)))  # the system's own file window
    page.focus("#id_uploads")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText").strip() == "开始检查":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('检查结果')", timeout=30_000)
    page.focus("text=按单元格看 >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_selector("table[role=grid]")
    page.keyboard.press("F8")
    assert page.evaluate("document.activeElement.id") == "L11"
    assert "只有 10 位" in page.inner_text("[data-annex-message]")
    page.keyboard.press("F8")
    assert page.evaluate("document.activeElement.id") == "G12"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.id") == "F12"
    page.keyboard.press("Shift+F8")
    assert page.evaluate("document.activeElement.id") == "L11"
    assert one.complaints == []


def test_f8_goes_on_into_the_next_part_of_a_long_form(visit, site):
    one = visit(DESK)
    one.sign_in("operator", "校团委")
    page = drop(one, next(path for path in examples(site) if "1200" in path.name))
    page.click("text=按单元格看 >> nth=0")
    page.wait_for_selector("table[role=grid]")
    one.check("annexes-long")
    page.keyboard.press("F8")
    assert page.evaluate("document.activeElement.id") == "L54"
    page.keyboard.press("F8")
    page.wait_for_url("**window=3#first-fault")
    page.wait_for_function("document.activeElement.id == 'L254'")
    page.keyboard.press("Shift+F8")
    page.wait_for_url("**window=1#last-fault")
    page.wait_for_function("document.activeElement.id == 'L54'")


def test_downloads_arrive_under_their_chinese_names(visit, site, tmp_path):
    one = visit(DESK, accept_downloads=True)
    one.sign_in("operator", "经管学院")
    page = drop(one, faulty(site))
    page.click("nav[aria-label=检查结果] >> text=要改的")
    page.wait_for_selector("h1:has-text('要改的')")
    with page.expect_download() as waiting:
        page.click("text=下载错误清单")
    assert waiting.value.suggested_filename.endswith("错误清单.xlsx")
    kept = Path(waiting.value.path())
    assert kept.read_bytes()[:2] == b"PK"


def test_without_scripts_files_are_checked_all_the_same(visit, site):
    one = visit(DESK, java_script_enabled=False)
    one.sign_in("operator", "数信学院")
    page = one.open("/annexes/")
    page.set_input_files("#id_uploads", str(faulty(site)))
    page.click("text=开始检查")
    for _ in range(60):
        if page.locator("h1:has-text('检查结果')").count():
            break
        page.reload()
    page.click("text=按单元格看 >> nth=0")
    page.click("a[href='#L11']")
    assert page.url.endswith("#L11")
