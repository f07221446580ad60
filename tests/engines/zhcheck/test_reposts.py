"""Reposts name a source, and one from the white list where there is one (二（三）, domain.md 4.3)."""

from datetime import date

import pytest
from tests.engines.zhcheck.reading import found, issues

from meice.engines.zhcheck import Lexicon, Rule, WhiteList
from meice.engines.zhcheck.rules import reposts

LISTED = Lexicon(
    "稿源",
    "2026-11",
    white_list=WhiteList(
        ("人民日报社", "新华通讯社", "中国网", "华园发布"), date(2026, 11, 1), "校宣〔2026〕1号"
    ),
)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("来源：网络", "来源：网络"),
        ("（来源：互联网）", "来源：互联网"),
        ("图片来源：百度图片\n正文", "图片来源：百度图片"),
        ("来源：\n正文", "来源："),
        ("图源：网络", "图源：网络"),
        ("配图来源于网络", "来源于网络"),
        ("（图片来源网络）", "来源网络"),
        ("素材来源于互联网，侵删", "来源于互联网"),
        ("来源丨网络", "来源丨网络"),
        ("本文转载\n正文没有别的。", "本文转载"),
        ("【转载】喜迎新学期", "【转载】"),
        ("本文转自网络，侵删", "转自网络"),
    ],
)
def test_a_repost_without_a_source_is_found(text, written):
    (issue,) = issues(reposts.check, text)
    assert issue.rule is Rule.SOURCE_MISSING
    assert issue.text in written
    assert written.endswith(issue.text)


@pytest.mark.parametrize(
    "text",
    [
        "本文转自“华园发布”微信公众号",
        "来源：新华社",
        "灵感来源于生活，经费来源：财政拨款。",
        "生源结构持续优化，来自全国各地的新生报到。",
        "他旋转自如，转自治区教育厅办理。",
        "转载应注明来源，保证来源可追溯。",
        "",
    ],
)
def test_a_named_source_and_ordinary_prose_are_no_issue(text):
    assert found(reposts.check, text) == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("来源：某某资讯", ["某某资讯"]),
        ("来源丨某某资讯", ["某某资讯"]),
        ("转载自“天天热点”公众号", ["“天天热点”公众号"]),
        ("本文转自微信公众号“天天热点”", ["微信公众号“天天热点”"]),
        ("来源：人民日报客户端", []),
        ("来源：新华社", []),
        ("来源：中国网", []),
        ("来源：中国某某资讯", ["中国某某资讯"]),
        ("来源：“华园发布”微信公众号", []),
        ("来源：教育部网站", []),
        ("来源：广东省人民政府门户网站", []),
        ("来源：党委宣传部", []),
    ],
)
def test_the_white_list_tells_who_may_be_reposted(text, written):
    given = issues(reposts.check, text, LISTED)
    assert [each.text for each in given] == written
    assert {each.rule for each in given} <= {Rule.SOURCE_UNLISTED}


def test_without_a_white_list_no_source_is_unlisted():
    assert found(reposts.check, "来源：某某资讯") == []
