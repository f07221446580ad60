"""Masking: the standard of domain.md 5.3."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meice.engines.marks import (
    PERSONAL,
    Kind,
    find_marks,
    is_bank_card,
    mask_bank_card,
    mask_id_card,
    mask_mobile,
    mask_name,
    mask_personal,
)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("王小明", "王*明"),
        ("欧阳小明", "欧**明"),
        ("李", "*"),
        ("", ""),
        (" 张三 ", "张*"),
    ],
)
def test_names_keep_the_first_or_both_ends(name, masked):
    assert mask_name(name) == masked


def test_numbers_keep_what_the_standard_allows():
    assert mask_id_card("11010519491231002X") == "110105********002X"
    assert mask_mobile("138 0000 0001") == "138****0001"
    assert mask_bank_card("6222020000000000008") == "622202*********0008"


@pytest.mark.parametrize(
    ("text", "masked"), [("020-85000000", "**********00"), ("8500", "**00"), ("1", "*"), ("", "")]
)
def test_what_is_no_mobile_shows_at_most_two_digits(text, masked):
    assert mask_mobile(text) == masked


def test_personal_numbers_in_running_text_are_masked_and_the_rest_stays():
    text = "张三 11010519491231002X，手机138-0000-0001，备案粤ICP备04000001号，机密★10年。"
    assert mask_personal(text) == (
        "张三 110105********002X，手机138****0001，备案粤ICP备04000001号，机密★10年。"
    )


def test_an_identity_number_of_gansu_is_no_card_though_both_begin_with_62():
    passes_both = "620102199001010257"
    assert is_bank_card(passes_both)
    assert [mark.kind for mark in find_marks(passes_both)] == [Kind.ID_CARD]


def test_the_groups_of_a_card_number_are_one_mark():
    found = find_marks("卡号 6222 0213 8000 0000 005")
    assert [(mark.kind, mark.value) for mark in found] == [(Kind.BANK_CARD, "6222021380000000005")]


def test_kinds_can_be_chosen():
    text = "13800000001 机密★ 粤ICP备04000001号"
    assert [mark.kind for mark in find_marks(text, [Kind.ICP])] == [Kind.ICP]
    assert len(find_marks(text)) == 3


@given(st.text(alphabet="0123456789 -Xx机密★秘粤ICP备号公网安（＋86１３８，"))
def test_marks_never_overlap_and_masking_leaves_none(text):
    marks = find_marks(text)
    assert all(text[mark.start : mark.end] == mark.text for mark in marks)
    assert all(a.end <= b.start for a, b in pairwise(marks))
    assert find_marks(mask_personal(text), PERSONAL) == []
