"""Identity numbers: province, birth date, check character."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meice.engines.marks import Kind, check_character, find_id_cards, is_id_card

# Printed as the example in GB 11643-1999, appendix A.
PRINTED_IN_THE_STANDARD = ["11010519491231002X", "440524188001010014"]


@st.composite
def numbers(draw):
    province = draw(st.sampled_from(["11", "31", "44", "62", "83"]))
    area = draw(st.text(string.digits, min_size=4, max_size=4))
    born = draw(st.dates(date(1900, 1, 1), date(2026, 1, 1)))
    order = draw(st.text(string.digits, min_size=3, max_size=3))
    first = f"{province}{area}{born:%Y%m%d}{order}"
    return first + check_character(first)


def test_the_check_character_is_that_of_the_standard():
    assert [check_character(number[:17]) for number in PRINTED_IN_THE_STANDARD] == ["X", "4"]


@given(numbers())
def test_a_lawful_number_is_found_where_it_stands(number):
    text = f"身份证号{number}。"
    (mark,) = find_id_cards(text)
    assert (mark.kind, mark.text, mark.value) == (Kind.ID_CARD, number, number)
    assert text[mark.start : mark.end] == number


@given(numbers(), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number, place, shift):
    wrong = str((int(number[place]) + shift) % 10)
    assert not is_id_card(number[:place] + wrong + number[place + 1 :])


@given(numbers(), st.text(string.digits, min_size=1, max_size=4), st.booleans())
def test_nothing_is_found_inside_a_longer_run_of_digits(number, more, before):
    text = more + number if before else number.replace("X", "0") + more
    assert find_id_cards(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("11010519491231002x", "11010519491231002X"),
        ("110105 19491231 002X", "11010519491231002X"),
        ("110105-19491231-002X", "11010519491231002X"),
        ("１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X"),
        ("旧证 110105491231002 号", "110105491231002"),
    ],
)
def test_it_is_read_however_it_is_written(text, value):
    assert [mark.value for mark in find_id_cards(text)] == [value]


@pytest.mark.parametrize(
    "number",
    [
        "110105194912310021",  # check character
        "110105194902300027",  # 30 February
        "100105194912310025",  # no such province
        "440524188001010014",  # born before 1900
        "110105491331002",  # month 13, old form
        "990105491231002",  # no such province, old form
        "",
        "XXX",
    ],
)
def test_what_only_looks_like_one_is_refused(number):
    assert not is_id_card(number)
