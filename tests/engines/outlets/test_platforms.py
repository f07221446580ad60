"""The platform table: aliases, annex 2 columns, what is exempt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meice.engines.outlets import PLATFORM_BY_KEY, PLATFORMS, Annex2Column, platform_named


@pytest.mark.parametrize(
    ("written", "key", "column"),
    [
        # the words of the notice and of annex 1
        ("网站", "website", "网站"),
        ("微信公众号", "wechat", "微信"),
        ("微博", "weibo", "微博"),
        ("抖音", "douyin", "抖音号"),
        ("抖音号", "douyin", "抖音号"),
        ("今日头条", "toutiao", "头条号"),
        ("头条号", "toutiao", "头条号"),
        ("移动客户端", "app", "移动客户端"),
        ("视频号", "wechat-channels", "其他政务新媒体"),
        ("QQ", "qq-official", "其他政务新媒体"),
        # as people write them
        ("微信", "wechat", "微信"),
        ("公众号", "wechat", "微信"),
        ("订阅号", "wechat", "微信"),
        ("服务号", "wechat", "微信"),
        ("官微", "wechat", "微信"),
        ("微信公众号（订阅号）", "wechat", "微信"),
        ("微信公众号(服务号)", "wechat", "微信"),
        ("微信 公众号", "wechat", "微信"),
        ("微信公众号（数信就业）", "wechat", "微信"),
        ("其他（小红书）", "xiaohongshu", "其他政务新媒体"),
        ("其他：快手", "kuaishou", "其他政务新媒体"),
        ("新浪微博", "weibo", "微博"),
        ("官方微博", "weibo", "微博"),
        ("官网", "website", "网站"),
        ("学院网站", "website", "网站"),
        ("app", "app", "移动客户端"),
        ("ＡＰＰ", "app", "移动客户端"),
        ("移动客户端（APP）", "app", "移动客户端"),
        ("B站", "bilibili", "其他政务新媒体"),
        ("Ｂ站", "bilibili", "其他政务新媒体"),
        ("哔哩哔哩", "bilibili", "其他政务新媒体"),
        ("bilibili", "bilibili", "其他政务新媒体"),
        ("微信视频号", "wechat-channels", "其他政务新媒体"),
        ("小红书", "xiaohongshu", "其他政务新媒体"),
        ("快手", "kuaishou", "其他政务新媒体"),
        ("企业微信", "wecom", "其他政务新媒体"),
        ("学习强国", "xuexi", "其他政务新媒体"),
        ("南方+", "nanfanghao", "其他政务新媒体"),
    ],
)
def test_a_platform_is_known_by_the_names_people_write(written, key, column):
    platform = platform_named(written)
    assert (platform.key, platform.annex2_column) == (key, column)


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "XXX",
        "官方",
        "微信、微博",
        "账号",
        "电视台",
        "（）",
        "微信/抖音",
        "微信（视频号）",
        "其他",
        "微信，电台",
    ],
)
def test_what_names_no_platform_or_two_is_left_to_a_person(written):
    assert platform_named(written) is None


@given(st.text())
def test_any_text_is_a_platform_or_none(text):
    assert platform_named(text) in {None, *PLATFORMS}


def test_the_notices_platforms_stand_in_annex_2_as_its_columns_say():
    own_column = {p.annex2_column: p.key for p in PLATFORMS if p.annex2_column != "其他政务新媒体"}
    assert own_column == {
        Annex2Column.WEBSITE: "website",
        Annex2Column.WEIBO: "weibo",
        Annex2Column.WECHAT: "wechat",
        Annex2Column.TOUTIAO: "toutiao",
        Annex2Column.DOUYIN: "douyin",
        Annex2Column.APP: "app",
    }


def test_sites_and_groups_are_outside_one_account_per_platform():
    assert {p.key for p in PLATFORMS if p.exempt} == {
        "website", "wechat-group", "qq-group", "dingtalk-group",
    }  # fmt: skip


def test_chat_groups_publish_nothing_and_all_others_do():
    assert {p.key for p in PLATFORMS if not p.publishes} == {
        "wechat-group", "qq-group", "dingtalk-group",
    }  # fmt: skip


def test_every_platform_is_found_by_its_own_name_and_key():
    for platform in PLATFORMS:
        assert platform_named(platform.name) is platform
        assert PLATFORM_BY_KEY[platform.key] is platform
    assert len(PLATFORMS) >= 28
