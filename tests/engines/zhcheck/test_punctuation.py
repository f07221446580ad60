"""GB/T 15834—2011: what is found with its mending, and what only looks like it."""

import pytest
from tests.engines.zhcheck.reading import found, issues

from meice.engines.zhcheck.rules import pairs, punctuation


@pytest.mark.parametrize(
    ("text", "written", "mended"),
    [
        ("公众需求, 丰富内容", ",", "，"),
        ("开始了!", "!", "！"),
        ("邮箱:xcb@huayuan.edu.cn", ":", "："),
        ("时间:上午", ":", "："),
        ("是吗?是的", "?", "？"),
        ("活动结束.随后合影", ".", "。"),
        ("活动结束.\n", ".", "。"),
        ("同学们，，大家好", "，，", "，"),
        ("结束。。随后", "。。", "。"),
        ("会议指出，。随后", "，。", "。"),
        ("他说...然后走了", "...", "……"),
        ("他说......然后走了", "......", "……"),
        ("书籍、报刊等……", "等……", "等"),
        ("一、总则\n，第一条", "，", ""),
        ("《甲》、《乙》", "、", ""),
        ('学习"两个维护"精神', '"两个维护"', "“两个维护”"),
    ],
)
def test_a_wrong_mark_is_found_with_its_mending(text, written, mended):
    (issue,) = issues(punctuation.check, text)
    assert (issue.text, issue.suggestion) == (written, mended)
    assert text[issue.start : issue.end] == written


@pytest.mark.parametrize(
    "text",
    [
        "第1.2节，GDP增长5.5%，时间为8:30。",
        "见 https://www.huayuan.edu.cn/a.html?x=1 。",
        "请下载附件通知.docx和“说明.pdf”。",
        "他说：“好！”随后离开。",
        "以“务实”“创新”为主题……大家受益匪浅。",
        "The three reviews (三审三校, in order) come before anything is published.",
        "一、二、三、四。",
        "[1] 陈某, 林某. 题名: 副题[J]. 校园传播, 2023, 5(2): 18-24.",
        "为什么？！",
        "（一）总则。《办法》规定：",
        "",
    ],
)
def test_marks_in_order_are_left_alone(text):
    assert found(punctuation.check, text) == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("他说：“好。", ["“"]),
        ("他说：好。”", ["”"]),
        ("依据《办法，开展", ["《"]),
        ("依据办法》，开展", ["》"]),
        ("（见附件", ["（"]),
        ("见附件）", ["）"]),
        ("“甲“乙”", ["“"]),
        ("（甲《乙）", ["《"]),
        ("粤教〔2026号", ["〔"]),
    ],
)
def test_a_mark_without_its_partner_is_found(text, written):
    assert found(pairs.check, text) == written


@pytest.mark.parametrize(
    "text",
    [
        "“甲”《乙（丙）》【丁】〔2026〕‘戊’",
        "（半角)与(全角）混用",
        "1）报名；2）缴费。\n一）总则",
        "It’s students’ day，5”屏幕",
        "他说：“第一段。\n第二段。”",
        ":)",
        "",
    ],
)
def test_pairs_in_order_are_left_alone(text):
    assert found(pairs.check, text) == []


def test_a_partner_far_away_on_another_line_is_none():
    text = "（甲\n" + "乙" * 2000 + "\n丙）"
    assert found(pairs.check, text) == ["（", "）"]
