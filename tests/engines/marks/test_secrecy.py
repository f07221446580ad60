"""密级 marks and bare words: the forms of domain.md 5.6."""

import pytest

from meice.engines.marks import Kind, find_secret_marks, find_secret_words


@pytest.mark.parametrize(
    ("text", "found", "value"),
    [
        ("机密★10年", "机密★10年", "机密★10年"),
        ("绝密★长期", "绝密★长期", "绝密★长期"),
        ("秘密★1年 华园大学", "秘密★1年", "秘密★1年"),
        ("秘密★6个月", "秘密★6个月", "秘密★6个月"),
        ("机密★会议开始前", "机密★会议开始前", "机密★会议开始前"),
        ("机密★", "机密★", "机密★20年"),
        ("绝密 ★", "绝密 ★", "绝密★30年"),
        ("秘密级★，请勿外传", "秘密级★", "秘密★10年"),
        ("机密☆5年", "机密☆5年", "机密★5年"),
        ("机密*10年", "机密*10年", "机密★10年"),
        ("秘密＊", "秘密＊", "秘密★10年"),
        ("**机密★10年**", "机密★10年", "机密★10年"),
    ],
)
def test_level_and_star_are_a_mark(text, found, value):
    (mark,) = find_secret_marks(text)
    assert (mark.kind, mark.text, mark.value) == (Kind.SECRET_MARK, found, value)
    assert text[mark.start : mark.end] == found


@pytest.mark.parametrize(
    "text", ["商业机密", "**机密**文件", "*秘密*花园", "内部资料", "★★★★★ 好评", "10年"]
)
def test_no_level_or_no_star_is_no_mark(text):
    assert find_secret_marks(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("保守国家秘密，人人有责", ["秘密"]),
        ("内部资料，仅供内部参考，不予公开", ["内部资料", "仅供内部", "不予公开"]),
        ("**机密**", ["机密"]),
        ("机密★10年", []),
        ("机密★会议开始前，其余为内部资料", ["内部资料"]),
        ("校园新闻", []),
    ],
)
def test_bare_words_are_told_from_marks(text, words):
    assert [mark.text for mark in find_secret_words(text)] == words
