"""Mobile numbers: the rule of the annexes, and finding them in running text."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meice.engines.marks import Kind, find_mobiles, is_mobile, mobile_digits

SEGMENTS = st.sampled_from(["130", "138", "147", "159", "166", "173", "188", "199"])
MOBILES = st.builds("".join, st.tuples(SEGMENTS, st.text(string.digits, min_size=8, max_size=8)))


@pytest.mark.parametrize(
    "written",
    [
        "13800000001",
        " 13800000001 ",
        "138 0000 0001",
        "138-0000-0001",
        "1380 000 0001",
        "+86 138-0000-0001",
        "(+86)13800000001",
        "（＋86）13800000001",
        "0086 13800000001",
        "86-13800000001",
        "１３８０００００００１",
        "13800000001.0",
    ],
)
def test_one_number_is_read_however_it_is_written(written):
    assert mobile_digits(written) == "13800000001"


@pytest.mark.parametrize(
    "written",
    ["", "XXX", "1380000000", "138000000012", "12800000001", "020-85280000", "13800000001、13900000002",
     "138 0000-0001", "٣١٨٠٠٠٠٠٠٠١", "13800000001.5"],
)  # fmt: skip
def test_anything_else_is_no_mobile(written):
    assert not is_mobile(written)


@given(MOBILES)
def test_every_opened_segment_is_found_between_chinese_text(number):
    (mark,) = find_mobiles(f"联系电话：{number}，谢谢")
    assert (mark.kind, mark.start, mark.end, mark.value) == (Kind.MOBILE, 5, 16, number)


@given(MOBILES, st.text(string.digits, min_size=1, max_size=6), st.booleans())
def test_nothing_is_found_inside_a_longer_run_of_digits(number, more, before):
    assert find_mobiles(more + number if before else number + more) == []


@given(MOBILES, st.sampled_from([" ", "-", "－", "　"]))
def test_offsets_point_at_what_was_written(number, gap):
    written = f"{number[:3]}{gap}{number[3:7]}{gap}{number[7:]}"
    text = f"电话{written}转1"
    (mark,) = find_mobiles(text)
    assert text[mark.start : mark.end] == mark.text == written
    assert mark.value == number


@given(st.text())
def test_any_text_is_searched_without_a_fault(text):
    assert all(text[mark.start : mark.end] == mark.text for mark in find_mobiles(text))


def test_two_numbers_joined_by_a_hyphen_are_both_found():
    found = [mark.value for mark in find_mobiles("13800000001-13800000009")]
    assert found == ["13800000001", "13800000009"]


def test_a_group_inside_a_card_number_is_no_mobile():
    assert find_mobiles("6222-138-0000-0000") == []


def test_a_segment_that_was_never_opened_is_not_found_in_text():
    assert find_mobiles("编号15400000001，16000000001") == []
