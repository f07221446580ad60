from io import BytesIO
from urllib.parse import unquote

import pytest
from django.test import RequestFactory

from meice.kernel.http import Page, attachment, is_htmx, redirect_back

REQUESTS = RequestFactory()


def test_a_download_keeps_its_chinese_name_and_is_never_shown_in_place() -> None:
    response = attachment(BytesIO(b"<script>"), "附件1 备案.html")
    disposition = unquote(response["Content-Disposition"])
    assert disposition == "attachment; filename*=utf-8''附件1 备案.html"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["Content-Type"] == "application/octet-stream"
    assert b"".join(response) == b"<script>"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\表\\a.xls", "a.xls"),
        ("a\r\nX-Evil: 1.xls", "aX-Evil_ 1.xls"),
        ("\u202egnp.xls", "gnp.xls"),
        ("", "文件"),
    ],
)
def test_a_hostile_file_name_is_only_a_name(given: str, kept: str) -> None:
    disposition = unquote(attachment(BytesIO(), given)["Content-Disposition"])
    assert disposition in {f"attachment; filename*=utf-8''{kept}", f'attachment; filename="{kept}"'}


@pytest.mark.parametrize(
    ("next_page", "target"),
    [
        ("/units/?page=2", "/units/?page=2"),
        ("https://evil.example/", "/inbox/"),
        ("//evil.example/", "/inbox/"),
        ("javascript:alert(1)", "/inbox/"),
        ("", "/inbox/"),
    ],
)
def test_the_way_back_stays_in_the_house(next_page: str, target: str) -> None:
    request = REQUESTS.post("/x/", {"next": next_page})
    assert redirect_back(request, "/inbox/")["Location"] == target


def test_htmx_is_known_by_its_header() -> None:
    assert is_htmx(REQUESTS.get("/", headers={"HX-Request": "true"}))
    assert not is_htmx(REQUESTS.get("/"))


def numbers(address: str, count: int) -> Page[int]:
    return Page.of(REQUESTS.get(address), list(range(1, count + 1)))


def test_a_page_holds_fifty_rows_and_keeps_the_question() -> None:
    page = numbers("/units/?kind=学院&page=2", 120)
    assert (page.rows[0], page.rows[-1]) == (51, 100)
    assert (page.first, page.last, page.total, page.pages) == (51, 100, 120, 3)
    assert unquote(page.next_url) == "?kind=学院&page=3"
    assert unquote(page.previous_url) == "?kind=学院&page=1"


@pytest.mark.parametrize(("asked", "given"), [("0", 1), ("-3", 1), ("九", 1), ("99", 3), ("²", 1)])
def test_a_page_out_of_range_is_the_nearest_page(asked: str, given: int) -> None:
    assert numbers(f"/units/?page={asked}", 120).number == given


def test_an_empty_list_is_one_page_without_rows() -> None:
    page = numbers("/units/", 0)
    assert (page.rows, page.first, page.last, page.is_single) == ([], 0, 0, True)


def test_the_pager_shows_ends_and_neighbours_and_marks_gaps() -> None:
    links = numbers("/units/?page=10", 1000).links
    assert [link.number for link in links] == [1, 8, 9, 10, 11, 12, 20]
    assert [link.number for link in links if link.gap] == [8, 20]
    assert [link.number for link in links if link.current] == [10]


def test_more_than_two_hundred_pages_ask_for_a_narrower_question() -> None:
    page = numbers("/units/?page=205", 10_412)
    assert (page.number, page.pages, page.is_cut, page.next_url) == (200, 209, True, "")
