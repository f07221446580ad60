"""密级 marks block, bare words warn, talk about secrecy is neither (domain.md 5.6)."""

import pytest
from tests.engines.zhcheck.reading import issues

from meice.engines.zhcheck.rules import secrecy


@pytest.mark.parametrize("mark", ["机密★10年", "绝密★长期", "秘密★", "机密★会议开始前"])
def test_a_mark_blocks(mark):
    (issue,) = issues(secrecy.check, f"{mark}\n华园大学文件")
    assert (issue.text, issue.rule, issue.severity) == (mark, "secret-mark", "block")


@pytest.mark.parametrize(
    "word", ["机密", "秘密", "绝密", "内部资料", "内部文件", "不予公开", "不宜公开", "仅供内部"]
)
def test_a_bare_word_warns(word):
    (issue,) = issues(secrecy.check, f"本件{word}，请注意。")
    assert (issue.text, issue.rule, issue.severity) == (word, "secret-word", "warn")


@pytest.mark.parametrize(
    "text",
    [
        "保守国家秘密是公民的基本义务。",
        "不得泄露商业秘密和个人隐私。",
        "严守党的秘密，坚决维护国家安全。",
        "会议以无记名投票方式选举。",
        "信息公开工作稳步推进，内部管理不断加强。",
    ],
)
def test_talk_about_keeping_secrets_is_no_issue(text):
    assert issues(secrecy.check, text) == []
