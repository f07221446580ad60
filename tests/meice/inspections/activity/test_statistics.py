"""Platform statistics as units export them."""

from datetime import date
from io import BytesIO

import pytest
import xlsxwriter

from meice.engines.sandbox import shared_pool
from meice.inspections.activity.statistics import (
    count_of,
    day_of,
    find_head,
    read_statistics,
    read_table,
)

TODAY = date(2026, 6, 30)
CSV = "账号名称,标题,发布时间,粉丝数\n数信青年,开学了,2026/6/1 08:30,1.2万\n数信青年,放假了,2026-06-28,12100\n"


def rows_of(data):
    answer = shared_pool().run(read_table, data)
    assert answer.failure is None
    fault, sheets = answer.value
    assert fault == ""
    return sheets[0][1]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_in_any_usual_charset_gives_the_latest_post(charset):
    ((spoken,), unread) = read_statistics(rows_of(CSV.encode(charset)), TODAY)
    assert (spoken.name, spoken.last_post, spoken.followers, spoken.posts) == (
        *("数信青年", date(2026, 6, 28), 12100, 2),
    )
    assert unread == ()


def test_a_workbook_with_a_title_above_its_heading():
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["6 月内容数据"])
        sheet.write_row(2, 0, ["内容标题", "发表时间", "阅读次数"])
        sheet.write_row(3, 0, ["毕业典礼", "20260620", 300])
    ((spoken,), _) = read_statistics(rows_of(stream.getvalue()), TODAY)
    assert (spoken.name, spoken.last_post) == ("", date(2026, 6, 20))


def test_dates_that_cannot_be_are_told_with_their_line_and_never_guessed():
    text = "名称,发布时间\n甲,去年\n乙,2026-07-15\n丙,2026-06-31\n丁,2026-06-30\n"
    spoken, unread = read_statistics(rows_of(text.encode()), TODAY)
    assert [each.name for each in spoken] == ["丁"]
    assert [each.line for each in unread] == [2, 3, 4]


def test_a_file_without_a_known_heading_says_what_is_wanted():
    spoken, (unread,) = read_statistics(rows_of("甲,乙\n1,2\n".encode()), TODAY)
    assert spoken == ()
    assert "发布时间" in unread.reason


def test_bytes_that_are_no_text_are_refused():
    fault, sheets = shared_pool().run(read_table, b"\xff\xfe\x00\xd8" + b"\0" * 9).value
    assert fault
    assert sheets == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [("12,345", 12345), ("1.2万", 12000), ("3w+", 30000), ("0", 0), ("很多", None), ("", None)],
)
def test_numbers_as_platforms_print_them(text, number):
    assert count_of(text) == number


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026年6月3日", date(2026, 6, 3)), ("2026.6.3", date(2026, 6, 3)), ("6月3日", None)],
)
def test_days_as_platforms_print_them(text, day):
    assert day_of(text) == day


def test_a_unit_behind_a_heading_does_not_hide_it():
    assert find_head([["昵称", "粉丝数（人）"]])[0] == 0
