"""Card numbers: issuer, length, Luhn."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meice.engines.marks import Kind, find_bank_cards, is_bank_card, passes_luhn


def with_check_digit(first):
    return next(first + digit for digit in string.digits if passes_luhn(first + digit))


ISSUED = [("622202", 19), ("621700", 19), ("622588", 16), ("436742", 19), ("424106", 16),
          ("552245", 16), ("222155", 16), ("356868", 16), ("955880", 19), ("601382", 19)]  # fmt: skip


@st.composite
def cards(draw):
    prefix, length = draw(st.sampled_from(ISSUED))
    middle = length - len(prefix) - 1
    return with_check_digit(prefix + draw(st.text(string.digits, min_size=middle, max_size=middle)))


def test_the_printed_example_of_luhn_passes():
    assert passes_luhn("79927398713")
    assert not any(passes_luhn(f"7992739871{digit}") for digit in "012456789")


@given(cards())
def test_an_issued_number_is_found_where_it_stands(card):
    (mark,) = find_bank_cards(f"卡号：{card}（学校）")
    assert (mark.kind, mark.start, mark.end, mark.value) == (Kind.BANK_CARD, 3, 3 + len(card), card)


@given(cards(), st.integers(6, 15), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(card, place, shift):
    wrong = str((int(card[place]) + shift) % 10)
    assert not is_bank_card(card[:place] + wrong + card[place + 1 :])


@given(cards(), st.sampled_from([" ", "-", "　"]))
def test_groups_of_four_are_read(card, gap):
    written = gap.join(card[n : n + 4] for n in range(0, len(card), 4))
    (mark,) = find_bank_cards(f"汇至{written}。")
    assert (mark.text, mark.value) == (written, card)


@given(cards(), st.text(string.digits, min_size=4, max_size=8))
def test_nothing_is_found_inside_a_longer_run_of_digits(card, more):
    assert find_bank_cards(card + more) == []


@pytest.mark.parametrize(
    "number",
    [
        "6222020000000000",  # Luhn
        with_check_digit("110000000000000"),  # no such issuer
        with_check_digit("62220200000000"),  # too short
        with_check_digit("5522450000000000000"),  # wrong length for its issuer
        "36010202000001",  # a 公安 number of Jiangxi
        "",
    ],
)
def test_what_only_looks_like_one_is_refused(number):
    assert not is_bank_card(number)
