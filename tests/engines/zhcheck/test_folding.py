"""One form for the ways of writing, and the exact way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.zhcheck.writing import Written, written

from meice.engines.zhcheck.folding import fold

ONE_FORM = {
    "學校網絡": "学校网络",
    "Ａｉ２０２６": "ai2026",
    "①⑵⒊❹": "1234",
    "㈠㊁": "一二",
    "⽤⼤": "用大",
    "天\u200b安\ufeff门": "天安门",
    "天*安 门": "天安门",
    "天🌟安・门": "天安门",
    "天 \u200b *安": "天安",
    "a\u200bb": "ab",
    "a\x00b": "ab",
    "於後麽": "于后么",
}
UNTOUCHED = (
    "",
    "学校（北区）召开会议，强调：“安全第一”。",
    "二〇二六年",
    "著名乾隆宫商角徵羽",  # of GB/T 2312, with a meaning of their own
    "第一行\n第二行",
    "see you",
    "5 月 1 日",
    "姓     名",  # a wide gap
    "𠮷𠀀",
)


@pytest.mark.parametrize("text", sorted(ONE_FORM))
def test_ways_of_writing_fold_to_one(text):
    assert fold(text).text == ONE_FORM[text]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_punctuation_gaps_and_ordinary_prose_stay(text):
    assert fold(text).text == text


def test_half_a_character_becomes_the_replacement_character():
    assert fold("前\ud83d后").text == "前\ufffd后"


def test_more_symbols_than_four_set_apart_and_fewer_do_not():
    assert fold("天" + "*" * 4 + "安").text == "天安"
    assert fold("天" + "*" * 5 + "安").text == "天" + "*" * 5 + "安"


@given(written())
def test_every_span_goes_back_to_where_it_was_written(case: Written):
    folded = fold(case.text)
    assert folded.text == case.plain
    for start in range(len(case.plain)):
        for end in range(start + 1, len(case.plain) + 1):
            assert folded.span(start, end) == case.span(start, end)


@given(
    st.text(st.one_of(st.characters(), st.sampled_from("学學天 *\u200b①Ａ\ud800，")), max_size=40)
)
def test_whatever_the_text_each_character_comes_from_its_place(text):
    folded = fold(text)
    places = [folded.place(at) for at in range(len(folded.text))]
    assert places == sorted(set(places))
    assert [fold(text[place]).text for place in places] == list(folded.text)


@given(st.text(st.sampled_from("学學天㈠○○①a Ａ*·\u200b\x00，。\n豈⽤🌟e\u0301"), max_size=30))
def test_what_is_folded_folds_to_itself(text):
    once = fold(text).text
    assert fold(once).text == once


@pytest.mark.parametrize(
    "flood",
    ["\u200b", " ", "*", " \u200b", "学*", "學", "天\u200b \u200b", "\ud800"],
    ids=["zero-width", "blank", "star", "both", "set-apart", "traditional", "mixed", "surrogate"],
)
def test_a_flood_of_a_million_characters_is_read_and_mapped(flood):
    text = ("天" + flood * (1_000_000 // len(flood)) + "安")[:1_000_001] + "门"
    folded = fold(text)
    assert folded.place(len(folded.text) - 1) == len(text) - 1
    assert folded.text[0] == "天"
