"""Fixed wording and names of bodies from the shipped tables; terms from a school's own."""

from datetime import date

import pytest
from tests.engines.zhcheck.reading import TODAY

from meice.engines.zhcheck import Lexicon, Rule, Severity, Term, check

RULES = (Rule.WORDING, Rule.TITLE, Rule.TERM)
WRONG = {
    "学习《中华人民共和国保密法》。": (
        "《中华人民共和国保密法》",
        "《中华人民共和国保守国家秘密法》",
    ),
    "中華人共和國成立。": ("中華人共和國", "中华人民共和国"),
    "推进一路一带建设。": ("一路一带", "一带一路"),
    "共建1路1带。": ("1路1带", "一带一路"),
    "来自港 澳 台国家的学生。": ("港 澳 台国家", "港澳台地区"),
    "爱国、敬业、诚信、友爱。": ("爱国、敬业、诚信、友爱", "爱国、敬业、诚信、友善"),
    "中科院士来校作报告。": ("中科院士", "中科院院士"),
    "省人大副主任到校调研。": ("省人大副主任", "省人大常委会副主任"),
}
RIGHT = (
    "学习贯彻习近平新时代中国特色社会主义思想，增强“四个意识”、坚定“四个自信”。",
    "富强、民主、文明、和谐，自由、平等、公正、法治，爱国、敬业、诚信、友善。",
    "共建“一带一路”倡议提出以来，来自港澳台地区和31个省、自治区、直辖市的学生。",
    "中国科学院院士、中国工程院院士，省人大常委会副主任，法定代表人。",
    "建设社会主义法治国家，坚持全面依法治国。",
    "中华人民共和国中央人民政府，中国人民解放军。",
)


def found(text, *lexicons, today=TODAY):
    issues = check(text, lexicons or None, today=today)
    return [issue for issue in issues if issue.rule in RULES]


@pytest.mark.parametrize("text", sorted(WRONG))
def test_wrong_wording_is_named_with_what_should_stand(text):
    (issue,) = found(text)
    assert (issue.text, issue.suggestion) == WRONG[text]
    assert text[issue.start : issue.end] == issue.text
    assert issue.source


@pytest.mark.parametrize("text", RIGHT)
def test_right_wording_is_no_issue(text):
    assert found(text) == []


def test_a_body_was_not_renamed_before_the_day_of_the_reform():
    text = "国家工商总局发布公告。"
    assert found(text, today=date(2018, 3, 20)) == []
    (issue,) = found(text, today=date(2018, 3, 21))
    assert (issue.rule, issue.severity) == (Rule.TITLE, Severity.HINT)


def test_a_term_of_the_school_is_named_in_its_own_words():
    own = Term("内部口号", Rule.TERM, Severity.BLOCK, None, "不宜公开使用", "校发〔2026〕1号")
    (issue,) = found("喊出內*部口號", Lexicon("校", "1", (own,)))
    assert (issue.text, issue.message, issue.suggestion) == ("內*部口號", "不宜公开使用", None)
    assert (issue.severity, issue.source) == (Severity.BLOCK, "校发〔2026〕1号")
