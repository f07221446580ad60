"""Personal data: found, however written, and offered masked (domain.md 5.3)."""

import pytest
from tests.engines.zhcheck.reading import found, issues

from meice.engines.zhcheck import Lexicon, NumberPattern, Rule, Severity
from meice.engines.zhcheck.rules import personal

SCHOOL = Lexicon(
    "校内",
    "1",
    number_patterns=(NumberPattern("学号", r"20\d{2}[0-9]{8}", "华园大学学籍管理规定"),),
)


WIDE_ID = "１１０１０５１９４９１２３１００２Ｘ"
ID_MASKED = "110105********002X"


@pytest.mark.parametrize(
    ("text", "written", "rule", "severity", "masked"),
    [
        ("身份证11010519491231002X。", "11010519491231002X", "id-card", "block", ID_MASKED),
        (WIDE_ID, WIDE_ID, "id-card", "block", ID_MASKED),
        ("卡号6222 0212 3456 7894", "6222 0212 3456 7894", "bank-card", "block", "622202******7894"),
        ("手机：13800138000。", "13800138000", "mobile", "warn", "138****8000"),
        ("手机：138-0013-8000。", "138-0013-8000", "mobile", "warn", "138****8000"),
        ("手机：138\u200b0013\u200b8000。", "138\u200b0013\u200b8000", "mobile", "warn", "138****8000"),
    ],
)  # fmt: skip
def test_a_number_is_found_and_offered_masked(text, written, rule, severity, masked):
    (issue,) = issues(personal.check_numbers, text)
    assert (issue.text, issue.rule, issue.severity) == (written, rule, severity)
    assert issue.suggestion == masked
    assert text[issue.start : issue.end] == written


@pytest.mark.parametrize(
    "text",
    ["电话85281234", "编号2026112200123", "11010519491231002Y", "12800138000", "4006800000", ""],
)
def test_what_is_no_personal_number_is_left_alone(text):
    assert found(personal.check_numbers, text) == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("学号：202301020304", ["202301020304"]),
        ("学 号 20230102", ["20230102"]),
        ("教工号为30001234，", ["30001234"]),
        ("工号 ３０００１２３４", ["３０００１２３４"]),
        ("房号：202301", []),
        ("文号202301", []),
        ("学号是什么", []),
    ],
)
def test_a_labelled_school_number_is_found(text, written):
    assert found(personal.check_student_numbers, text) == written


def test_the_schools_pattern_finds_numbers_without_a_label():
    (issue,) = issues(
        personal.check_student_numbers, "名单：张三202301020304，9202301020304。", SCHOOL
    )
    assert (issue.text, issue.suggestion) == ("202301020304", "2023******04")
    assert issue.source == "华园大学学籍管理规定"


@pytest.mark.parametrize(
    ("text", "written", "severity"),
    [
        ("发至xcb@huayuan.edu.cn。", "xcb@huayuan.edu.cn", Severity.HINT),
        ("联系zhang.san+1@qq.com", "zhang.san+1@qq.com", Severity.WARN),
        ("邮箱：li＠163.com", "li＠163.com", Severity.WARN),
    ],
)
def test_an_address_of_a_person_weighs_more_than_an_offices(text, written, severity):
    (issue,) = issues(personal.check_email, text)
    assert (issue.text, issue.severity, issue.rule) == (written, severity, Rule.EMAIL)


@pytest.mark.parametrize("text", ["@所有人", "a@b", "微博@华园大学", "无", "x@@y.cn"])
def test_a_mention_is_no_address(text):
    assert found(personal.check_email, text) == []
