"""What the handbook shows can be copied and works."""

import re
from pathlib import Path

from tests.engines.zhcheck.reading import TODAY

from meice.engines.zhcheck import Rule, check
from meice.engines.zhcheck.lexicon import parse_lexicon

PAGE = Path(__file__).parents[3] / "docs" / "handbook" / "命令行校对文字.md"


def page():
    return PAGE.read_text("utf-8")


def test_every_rule_is_explained():
    assert [rule.value for rule in Rule if f"`{rule}`" not in page()] == []


def test_the_lexicon_shown_is_one():
    (shown,) = re.findall(r"```\n(name = .*?)```", page(), re.DOTALL)
    lexicon = parse_lexicon(shown, "手册")
    text = "华大校训馆开馆，名单见202301020304，热线13800138000，才华大展。来源：某某资讯"
    found = [(each.rule, each.text) for each in check(text, (lexicon,), today=TODAY)]
    assert found == [
        (Rule.TERM, "华大"),
        (Rule.TERM, "校训馆"),
        (Rule.STUDENT_NUMBER, "202301020304"),
        (Rule.SOURCE_UNLISTED, "某某资讯"),
    ]
