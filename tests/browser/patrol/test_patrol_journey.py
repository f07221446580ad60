"""From harmful content seen on a phone to the record book, by five people at 390 px.

The patrol reports, nobody takes it up, the ladder speaks and nothing twice, somebody takes it up
late, it is cleared, passed on by a numbered letter, signed for, closed, and stands in the book.
"""

import re
from io import BytesIO

import openpyxl
import pytest

from tests.browser.conftest import PHONE

expect = pytest.importorskip("playwright.sync_api").expect
WORDS = "昨天推文下有 2 条「校园贷秒批」留言，带二维码"


def test_from_a_phone_to_the_record_book(seat, clockwork, tmp_path):
    round = clockwork("plan")
    he = seat("M001", PHONE)
    number = _patrol(he, round, tmp_path)
    assert clockwork("later", 16) == {"陈希": 1, "郑国强": 1}  # on duty, and the leader
    assert clockwork("later", 16) == {"陈希": 2, "郑国强": 1, "梁文博": 1, "黄志远": 1}
    chief = seat("M003", PHONE)
    _hears_of_it(chief, number)
    chen = seat("M004", PHONE)
    _take_up_late(chen, number)
    department = seat("D001", PHONE)
    letter = _refer(department, number)
    _sign_for(seat("S001", PHONE), letter)
    _close(department, number)
    before = clockwork("later", 600)
    assert clockwork("later", 600) == before  # at its end nothing speaks any more
    _end_round(he, round, number)
    _stands_in_the_book(he, tmp_path, number)
    department.open("/incidents/book/?view=all")
    expect(department.page.locator(".m-paper")).to_contain_text("留言改为先审后显")


def _patrol(one, round, folder):
    """A tap for what is well, a picture and words for what is not; gives the incident's number."""
    page = one.page
    page.get_by_role("link", name=re.compile("账号巡查")).first.click()
    page.get_by_role("link", name="开始巡查").click()
    expect(page.locator("h1")).to_contain_text("1 / 1")
    for key in ("content", "links", "identity", "updates", "privacy"):
        page.locator(f"label[for=ok-{key}]").click()
    page.locator("label[for=problem-comments]").click()
    page.fill("#note-comments", WORDS)
    shot = folder / "留言区.png"
    page.screenshot(path=str(shot))
    page.set_input_files("#photo-comments", str(shot))
    expect(page.locator("#m-patrol-saved")).to_contain_text("已存")
    one.check("patrol-visit")
    page.locator("button[name=go][value='report:comments']").click()
    expect(page.locator("h1")).to_have_text("报事件")
    expect(page.locator("[name=text]")).to_have_value(WORDS)
    expect(page.locator("main")).to_contain_text("留言区.png")
    one.check("patrol-report")
    page.locator("form.m-form button.btn-primary").click()
    said = page.get_by_text(re.compile("已报事件 SJ"))
    expect(said).to_be_visible()
    return re.search(r"SJ-?[\w-]+", said.inner_text())[0]


def _incident(one, number):
    one.open("/incidents/?view=all")
    one.page.get_by_role("link", name=number).first.click()
    expect(one.page.locator("main")).to_contain_text("校园贷秒批")


def _hears_of_it(one, number):
    """The leader's inbox holds one word about it, not two."""
    one.open("/inbox/")
    late = one.page.locator("main tbody tr").filter(has_text=re.compile(f"{number}.*超时"))
    expect(late).to_have_count(1)
    one.check("inbox")


def _take_up_late(one, number):
    page = one.page
    _incident(one, number)
    expect(page.locator("main")).to_contain_text(re.compile("认领.*超时"))
    page.get_by_role("button", name="认领").click()
    expect(page.locator("#h-measure")).to_be_visible()
    expect(page.locator("main")).to_contain_text(re.compile("用了 \\d+ 分钟，超时"))
    expect(page.locator("main")).to_contain_text("留言区.png")  # came along from the round
    one.check("incident-late")
    page.fill("#measure_text", "已截屏，删除 2 条留言，拉黑发布者")
    page.check("#measure_cleared")
    page.get_by_role("button", name="记下处置").click()
    expect(page.locator("main")).to_contain_text("有害内容已清除")


def _refer(one, number):
    """To the security office; gives the letter's number."""
    page = one.page
    _incident(one, number)
    page.locator("summary", has_text="转送").click()
    page.select_option("#refer_office", "guard")
    page.fill("#refer_request", "请核查发布者，三日内告知结果")
    page.get_by_role("button", name="转送", exact=True).click()
    expect(page.locator("#h-letters")).to_be_visible()
    found = re.search(r"媒转〔\d{4}〕\d+号", page.locator("main").inner_text())
    assert found is not None
    one.check("incident-referred")
    return found[0]


def _sign_for(one, letter):
    """The letter waits on her work page."""
    page = one.page
    expect(page.locator("main")).to_contain_text(letter)
    page.get_by_role("link", name=re.compile(re.escape(letter))).first.click()
    page.locator("summary", has_text="签收").click()
    page.get_by_role("button", name="签收", exact=True).click()
    expect(page.locator("main")).to_contain_text("已签收")


def _close(one, number):
    page = one.page
    _incident(one, number)
    page.locator("summary", has_text="办结").click()
    page.fill("#close_conclusion", "留言已清除，发布者已拉黑")
    page.fill("#close_lessons", "留言改为先审后显")
    page.get_by_role("button", name="办结", exact=True).click()
    expect(page.locator("main")).to_contain_text("已办结")
    one.check("incident-closed")


def _end_round(one, round, number):
    page = one.page
    one.open(f"/patrols/{round}/")
    expect(page.get_by_role("link", name=number).first).to_be_visible()
    page.fill("[name=summary]", "留言区有校园贷广告，已报事件")
    page.fill("[name=handover]", "明早再看留言区")
    page.get_by_role("button", name="完成巡查").click()
    expect(page.locator("main")).to_contain_text("明早再看留言区")
    one.check("patrol-finished")


def _stands_in_the_book(one, folder, number):
    """巡查记录, on paper and as a workbook, with the incident's number and the measure."""
    one.open("/patrols/book/?view=all")
    expect(one.page.locator(".m-paper")).to_contain_text("校园贷秒批")
    expect(one.page.locator(".m-paper")).to_contain_text(number)
    one.open("/patrols/?view=all")
    one.check("patrol-list")
    kept = one.download("导出巡查记录 .xlsx", folder)
    sheet = openpyxl.load_workbook(BytesIO(kept.read_bytes())).active
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert any(WORDS in cell for cell in cells)
    assert any(number in cell for cell in cells)
