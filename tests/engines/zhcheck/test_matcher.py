"""The matcher against every occurrence tried one by one; protection, dates, cache, exchange."""

from datetime import date
from threading import Event, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.zhcheck.writing import Written, written

from meice.engines.zhcheck import Lexicon, Rule, Severity, Term
from meice.engines.zhcheck.matcher import LiveMatcher, Matcher

STYLES = ("0零〇", "1一", "2二")


def term(word, **given):
    return Term(word, Rule.TERM, Severity.WARN, None, "说明", "出处", **given)


def lexicon(*terms, exceptions=()):
    made = tuple(each if isinstance(each, Term) else term(each) for each in terms)
    return Lexicon("测试", "1", made, exceptions=exceptions)


def found(text, *terms, exceptions=(), on=None):
    matcher = Matcher.build([lexicon(*terms, exceptions=exceptions)])
    return [text[hit.start : hit.end] for hit in matcher.find(text, on=on)]


def _same(written_so, meant):
    return written_so == meant or any(written_so in style and meant in style for style in STYLES)


def _stands_at(text, at, word):
    there = text[at : at + len(word)]
    return len(there) == len(word) and all(map(_same, there, word))


def _is_latin(character):
    return character in "ab12"


def _within_a_word(text, start, end):
    """A word written with letters or digits at its ends counts only as a whole word."""
    before = start and _is_latin(text[start - 1]) and _is_latin(text[start])
    after = end < len(text) and _is_latin(text[end]) and _is_latin(text[end - 1])
    return before or after


def _is_protected(text, start, end, phrases):
    return any(
        _stands_at(text, at, phrase) and at <= start and end <= at + len(phrase)
        for phrase in phrases
        for at in range(len(text))
    )


def oracle(text, words, phrases):
    """Every word at every place; of those that count the leftmost, of these the longest."""
    hits, taken = [], 0
    for start in range(len(text)):
        ends = [start + len(word) for word in words if _stands_at(text, start, word)]
        for end in sorted(ends, reverse=True):
            if start < taken or _within_a_word(text, start, end):
                continue
            if not _is_protected(text, start, end, phrases):
                hits.append((start, end))
                taken = end
    return hits


WORDS = st.lists(
    st.text("天安学一1ab", min_size=1, max_size=3), min_size=1, max_size=5, unique=True
)
PHRASES = st.lists(st.text("天安学一1ab", min_size=1, max_size=5), max_size=3)


@settings(deadline=None, max_examples=150)
@given(written("天安学一1ab，", most=14), WORDS, PHRASES)
def test_hits_are_those_of_trying_every_word_at_every_place(case: Written, words, phrases):
    matcher = Matcher.build([lexicon(*words, exceptions=tuple(phrases))])
    spans = [(hit.start, hit.end) for hit in matcher.find(case.text)]
    expected = [case.span(*span) for span in oracle(case.plain, words, phrases)]
    assert list(dict.fromkeys(spans)) == expected


def test_a_longer_phrase_protects_only_its_own_term():
    terms = (term("既使", protects=("既使用",)), "使用")
    assert found("既使用又保养，既使在雨天", *terms) == ["使用", "既使"]


def test_an_exception_protects_from_every_term_and_ends_where_it_ends():
    text = "天安门，天安，天安门前"
    assert found(text, "天安", "门前", exceptions=("天安门",)) == ["天安", "门前"]


def test_protection_holds_however_the_phrase_is_written():
    assert found("天 安 門", "天安", exceptions=("天安门",)) == []


def test_digits_match_in_every_style():
    text = "一带一路、1带1路、①带①路、二〇二六年、２０２6年"
    assert found(text, "一带一路", "2026年") == text.split("、")


def test_latin_words_count_as_whole_words_only():
    assert found("AI said，ＡＩ与mail", "ai") == ["AI", "ＡＩ"]


def test_only_terms_in_force_count_and_let_shorter_ones_through():
    old = term("国土资源部", valid_until=date(2018, 3, 20))
    text = "国土资源部"
    assert found(text, old, "资源", on=date(2018, 3, 20)) == [text]
    assert found(text, old, "资源", on=date(2018, 3, 21)) == ["资源"]


def test_of_two_lexicons_with_one_word_the_later_counts():
    own = Term("部份", Rule.TYPO, Severity.BLOCK, "部分", "本校规定", "本校")
    hits = Matcher.build([lexicon("部份"), lexicon(own)]).find("部份")
    assert [hit.term for hit in hits] == [own]


def test_without_terms_nothing_is_found():
    assert Matcher.build([lexicon(), lexicon(exceptions=("天安门",))]).find("天安门") == []


@pytest.mark.parametrize("word", ["", "\u200b", "部\n份"], ids=["empty", "invisible", "two-lines"])
def test_a_word_that_is_none_is_refused(word):
    with pytest.raises(ValueError, match="empty or holds a line end"):
        Matcher.build([lexicon(word)])


def test_a_lone_surrogate_and_a_nul_are_only_characters():
    text = "\ud800部\x00份\udfff"
    assert found(text, "部份") == ["部\x00份"]


def test_what_is_compiled_is_kept_and_read_again(tmp_path):
    first = Matcher.build([lexicon("部份", "一带一路")], cache=tmp_path)
    (kept,) = tmp_path.iterdir()
    written_at = kept.stat().st_mtime_ns
    again = Matcher.build([lexicon("部份", "一带一路")], cache=tmp_path)
    text = "部份1带1路"
    assert first.find(text) == again.find(text) != []
    assert kept.stat().st_mtime_ns == written_at


@pytest.mark.parametrize("spoilt", [b"", b"short", b"\x00" * 4_000], ids=["empty", "torn", "other"])
def test_a_spoilt_file_is_compiled_anew(tmp_path, spoilt):
    Matcher.build([lexicon("部份")], cache=tmp_path)
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(spoilt)
    matcher = Matcher.build([lexicon("部份")], cache=tmp_path)
    assert len(matcher.find("部份")) == 1
    assert kept.read_bytes() == whole


def test_other_words_have_a_file_of_their_own(tmp_path):
    Matcher.build([lexicon("部份")], cache=tmp_path)
    Matcher.build([lexicon("成份")], cache=tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def test_readers_see_the_one_or_the_other_while_matchers_are_exchanged():
    few, many = Matcher.build([lexicon("部份")]), Matcher.build([lexicon("部份", "成份")])
    text = "部份，成份。" * 50
    allowed = {len(few.find(text)), len(many.find(text))}
    live, seen, done = LiveMatcher(few), set(), Event()

    def read():
        while not done.is_set():
            seen.add(len(live.find(text)))

    readers = [Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for turn in range(200):
        before = live.swap(many if turn % 2 == 0 else few)
        assert before is (few if turn % 2 == 0 else many)
    done.set()
    for reader in readers:
        reader.join()
    assert seen <= allowed
    assert live.current is few
