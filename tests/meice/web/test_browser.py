"""The gallery in a real browser, under the policy of production: axe, widths, keys, dialogs."""

import re
from collections.abc import Iterator

import pytest

from meice.web import gallery as gallery_room
from meice.web import static_files

pytest.importorskip("playwright")
from playwright.sync_api import Browser, Page, expect
from tests.chromium import AXE
from tests.meice.web import stage

RULES = (
    "() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],"
    " resultTypes: ['violations']})"
)
ADDRESSES = [f"/gallery/{name}/" for name in gallery_room.PAGES]
ADDRESSES += ["/gallery/forms/?wrong", "/gallery/conflict/", "/gallery/face/forbidden/"]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with stage.gallery() as address:
        yield address


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, base_url=site)
    yield context.new_page()
    context.close()


def faults(page: Page) -> list[str]:
    """What axe finds against WCAG 2.1 A and AA."""
    page.context.new_cdp_session(page).send(
        "Runtime.evaluate", {"expression": AXE.read_text("utf-8")}
    )
    found = page.evaluate(RULES)["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_clean_at_every_width(page, address):
    if not AXE.is_file():
        pytest.skip("npm packages are not installed here")
    complaints = stage.listen(page)
    page.goto(address)
    for width in (1440, 1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if width in (1440, 390):
            assert faults(page) == []
    expected = [one for one in complaints if "403 (Forbidden)" not in one]
    assert expected == []


@pytest.mark.usefixtures("no_build")
def test_plain_styles_are_decent_and_say_so_to_the_administrator(page):
    complaints = stage.listen(page)
    page.goto("/gallery/list/")
    expect(page.get_by_text("前端没有构建")).to_be_visible()
    assert page.locator("link[href*=built], script[src*=built], svg use").count() == 0
    assert page.locator(".m-side").bounding_box()["width"] == 208
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.btn-primary')).backgroundColor")
        == "rgb(28, 82, 150)"
    )
    assert complaints == []


def test_a_slash_goes_to_the_search_and_a_typed_slash_stays(page):
    page.goto("/gallery/list/")
    page.keyboard.press("/")
    box = page.locator("[data-m-search]")
    expect(box).to_be_focused()
    page.keyboard.type("a/b")
    expect(box).to_have_value("a/b")


def test_the_key_table_opens_and_single_keys_can_be_turned_off(page):
    page.goto("/gallery/list/")
    page.keyboard.press("?")
    expect(page.locator("#m-keys")).to_be_visible()
    assert faults(page) == [] if AXE.is_file() else True
    page.locator("[data-m-keys-switch]").uncheck()
    page.keyboard.press("Escape")
    expect(page.locator("#m-keys")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.locator("#m-keys")).to_be_hidden()


def test_j_k_walk_the_rows_and_x_selects(page):
    page.goto("/gallery/list/")
    for key in "jjk":
        page.keyboard.press(key)
    expect(page.locator("tr.m-cursor a").first).to_have_text("华园大学")
    page.keyboard.press("x")
    expect(page.locator("[data-m-count]")).to_have_text("3")


def test_the_bulk_bar_counts_and_goes_away(page):
    page.goto("/gallery/list/")
    page.get_by_label("选本页 50 行").check()
    expect(page.locator("[data-m-count]")).to_have_text("8")
    page.get_by_role("button", name="取消选择").click()
    expect(page.locator("[data-m-bulk]")).to_be_hidden()


def test_a_dialog_takes_the_focus_and_gives_it_back(page):
    page.goto("/gallery/parts/")
    opener = page.get_by_role("link", name="打开对话框")
    opener.click()
    expect(page.locator("#sample")).to_be_visible()
    if AXE.is_file():
        assert faults(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#sample")).to_be_hidden()
    expect(opener).to_be_focused()


def test_an_act_asks_first_and_no_means_no(page):
    page.goto("/gallery/list/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_role("button", name="请单位确认无变化").click()
    expect(page.locator("#m-confirm-text")).to_have_text("给选中的 2 个账号的单位发确认？")
    page.get_by_role("button", name="取消", exact=True).click()
    assert "POST" not in sent
    page.get_by_role("button", name="请单位确认无变化").click()
    with page.expect_request(lambda request: request.method == "POST") as posted:
        page.get_by_role("button", name="发确认", exact=True).click()
    assert "row=2" in posted.value.post_data


def test_a_refused_act_does_nothing(page):
    page.goto("/gallery/parts/")
    before = page.url
    page.locator("button[aria-disabled=true]").click(force=True)
    assert page.url == before
    expect(page.get_by_text("你起草的，不能自己受理")).to_be_visible()


def test_a_wrong_form_puts_the_focus_on_the_summary_and_keeps_what_was_typed(page):
    page.goto("/gallery/forms/")
    page.locator("#id_mobile").fill("1360000220")
    page.get_by_role("button", name="登记").click()
    expect(page.locator(".m-notice[data-m-focus]")).to_be_focused()
    expect(page.locator("#id_mobile")).to_have_value("1360000220")
    page.get_by_role("link", name="手机").click()
    expect(page.locator("#id_mobile")).to_be_focused()


def test_a_form_open_for_long_is_not_sent_when_the_session_is_lost(page):
    """The gallery has no /session/: answer it as a server would that forgot the reader."""
    page.clock.install()
    page.route("**/session/", lambda route: route.fulfill(status=401, body="{}"))
    page.goto("/gallery/forms/")
    page.locator("#id_name").fill("何嘉敏")
    page.clock.fast_forward("06:00")
    page.get_by_role("button", name="登记").click()
    expect(page.locator("#m-notices")).to_contain_text("登录已过期")
    expect(page.locator("#id_name")).to_have_value("何嘉敏")
    expect(page.get_by_role("button", name="登记")).to_be_enabled()


def test_a_dropped_file_is_listed_with_its_size(page):
    page.goto("/gallery/forms/")
    page.locator("input[type=file]").set_input_files(
        {"name": "台账.xls", "mimeType": "application/vnd.ms-excel", "buffer": b"0" * 2048}
    )
    expect(page.locator(".m-drop-files")).to_contain_text("台账.xls")
    expect(page.locator(".m-drop-files")).to_contain_text("2 KB")


def test_on_a_phone_the_menu_opens_without_a_script(chromium, site):
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, base_url=site, java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/gallery/home/")
    expect(page.locator(".m-side")).to_be_hidden()
    page.get_by_role("link", name="菜单", exact=True).click()
    expect(page.locator(".m-side")).to_be_visible()
    context.close()


def test_targets_on_a_phone_are_large_enough(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/gallery/phone/")
    for one in page.locator(".btn:visible, .m-phonebar a, .m-yesno a").all():
        assert one.bounding_box()["height"] >= 44


def test_a_print_page_is_one_sheet(page, tmp_path):
    page.goto("/gallery/print/")
    made = page.pdf(path=tmp_path / "a.pdf", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", made)) == 1


def test_the_sprite_draws(page):
    if not static_files.icon_names():
        pytest.skip("the front end is not built here")
    page.goto("/gallery/list/")
    size = page.evaluate("document.querySelector('.m-status use').getBoundingClientRect().width")
    assert size > 5
