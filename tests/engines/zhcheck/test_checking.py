"""All rules over one text: order, doubles, exceptions, limits, and texts that mean harm."""

from datetime import date
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.zhcheck.reading import TODAY

from meice.engines.zhcheck import Lexicon, Rule, Severity, check
from meice.engines.zhcheck.checking import MOST_PER_RULE

FAULTY = "本文转自网络。我们我们要在11月22日（星期一）前, 把手机13800138000报来!他说：“好。"


def test_issues_come_in_order_of_place_with_their_text():
    issues = check(FAULTY, today=TODAY)
    assert [each.start for each in issues] == sorted(each.start for each in issues)
    assert all(FAULTY[each.start : each.end] == each.text for each in issues)
    assert all(each.message and each.source for each in issues)
    assert [each.rule for each in issues] == [
        "source-missing",
        "repeated",
        "date-weekday",
        "punctuation",
        "mobile",
        "punctuation",
        "pairs",
    ]


def test_issues_of_one_rule_never_overlap():
    issues = check("我们我们我们我们，，，。。；；", today=TODAY)
    for rule in Rule:
        own = [each for each in issues if each.rule is rule]
        assert all(one.end <= other.start for one, other in pairwise(own))


def test_of_two_readings_of_one_mark_the_first_stands():
    (issue,) = check("他沉默。。。随后离开", (), today=TODAY)
    assert (issue.text, issue.suggestion) == ("。。。", "……")


def test_a_hint_is_given_once_a_text():
    issues = check("《甲》、《乙》、《丙》，发至a@huayuan.edu.cn或b@huayuan.edu.cn", today=TODAY)
    assert [each.rule for each in issues] == [Rule.PUNCTUATION, Rule.EMAIL]
    assert {each.severity for each in issues} == {Severity.HINT}


def test_what_a_school_excepts_is_no_issue_but_for_a_secret_mark():
    school = Lexicon("校内", "1", exceptions=("13800138000", "机密★10年"))
    issues = check("机密★10年 热线13800138000", (school,), today=TODAY)
    assert [each.rule for each in issues] == [Rule.SECRET_MARK]


def test_the_same_text_on_another_day_is_read_for_that_day():
    text = "1月1日（星期五）"
    assert check(text, (), today=date(2026, 11, 22)) == []
    assert [each.rule for each in check(text, (), today=date(2026, 2, 1))] == [Rule.DATE_WEEKDAY]


def test_of_one_rule_no_more_is_said_than_a_person_reads():
    issues = check("手机13800138000\n" * (MOST_PER_RULE + 5), (), today=TODAY)
    assert len(issues) == MOST_PER_RULE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0",
        "\ud800",
        "\ud83d\udc00机密★",
        "\u200b" * 50,
        "\ufeff",
        "“" * 50,
        "\r\n" * 50,
        "𠀀好!",
    ],
    ids=repr,
)
def test_odd_text_is_read_with_true_offsets(text):
    issues = check(text, today=TODAY)
    assert [text[each.start : each.end] for each in issues] == [each.text for each in issues]


ODD = "“”《》（）‘’,.，。、…\"'★*机密秘的我们月日年号1一二〇0９ \n\t\u200b\ud800@.:：来源转自网络周星期上下"


@given(st.text(st.sampled_from(ODD), max_size=80))
@settings(max_examples=300, derandomize=True, deadline=None)
def test_whatever_is_written_the_spans_are_true_and_apart(text):
    issues = check(text, today=TODAY)
    assert all(0 <= each.start < each.end <= len(text) for each in issues)
    assert all(text[each.start : each.end] == each.text for each in issues)
    for rule in Rule:
        own = [each for each in issues if each.rule is rule]
        assert all(one.end <= other.start for one, other in pairwise(own))


HOSTILE = [
    *["“", "（", "”", "（(《", "”“", "\n“", "1", "1380 0000 ", "\u200b", "1\u200b", "\0", "\ud800"],
    *["一", "一二月", "月", "2026年", "11月22日（星期一）", "2026-11-", "一、", "约1", "5-", "零"],
    *[
        "我",
        "我们",
        "的",
        "abc@",
        "a.",
        "来源：",
        "转自",
        "机密",
        "号：1",
        ",",
        "。。",
        '"',
        "…",
        "、",
    ],
    *["中华", "１", "A", " ", "\t", "习", "中.华.", "𠀀"],
]


def seconds(text):
    """The least of two: what else the process does only adds."""

    def once():
        start = process_time()
        check(text, today=TODAY)
        return process_time() - start

    return min(once() for _ in range(2))


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_time_grows_with_the_length_and_not_with_its_square(piece):
    short, long = (piece * (size // len(piece)) for size in (4_000, 32_000))
    # Eight times the text; a square would be 64 times the time.
    assert seconds(long) < 30 * max(seconds(short), 0.003)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["“", "我们", "1\u200b", "新学期，学校党委召开会议。\n"], ids=repr
)
def test_a_million_characters_are_read(piece):
    text = piece * (1_000_000 // len(piece))
    issues = check(text, today=TODAY)
    assert [text[each.start : each.end] for each in issues] == [each.text for each in issues]
