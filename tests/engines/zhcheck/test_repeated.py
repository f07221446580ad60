"""Words written twice by mistake; real doublings are none."""

import pytest
from tests.engines.zhcheck.reading import issues

from meice.engines.zhcheck.rules import repeated


@pytest.mark.parametrize(
    ("text", "start", "written"),
    [
        ("我们我们要努力", 2, "我们"),
        ("进行进行研究", 2, "进行"),
        ("学校的的工作", 3, "的"),
        ("完成了了任务", 3, "了"),
        ("宣传部宣传部发布", 3, "宣传部"),
        ("认真贯彻落实认真贯彻落实精神", 6, "认真贯彻落实"),
        ("会议强调要抓好落实工作。会议强调要抓好落实工作。", 12, "会议强调要抓好落实工作。"),
    ],
)
def test_the_second_of_two_is_found(text, start, written):
    (issue,) = issues(repeated.check, text)
    assert (issue.start, issue.text, issue.suggestion) == (start, written, "")


@pytest.mark.parametrize(
    "text",
    [
        "人人参与，天天向上，研究研究，一个一个来，一道题一道题讲。",
        "目的的确定，的的确确，不甚了了，了了心愿，以及及时回应。",
        "哈哈哈哈哈哈哈，来来往往，高高兴兴，讨论讨论。",
        "好。好。",
        "|------|------|\n新媒体（网站）基本情况统计表\n新媒体（网站）基本情况统计表\n",
        "------------\n      　　　\n",
        "1000010000",
        "",
    ],
)
def test_real_doublings_are_none(text):
    assert issues(repeated.check, text) == []
