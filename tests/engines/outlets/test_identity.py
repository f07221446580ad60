"""From an address to the outlet it stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meice.engines.outlets import PLATFORM_BY_KEY, identify, is_permanent_id

NOTE_ID = "5f0123456789abcdef012345"
BIZ = "MzA3MTIzNDU2Nw=="
SEC_UID = "MS4wLjABAAAAabcdefghijklmnopqrstuvwxyz012345"


@pytest.mark.parametrize(
    ("url", "key", "identifier", "permanent"),
    [
        ("https://mp.weixin.qq.com/s?__biz=MzA3MTIzNDU2Nw==&mid=265&sn=a#rd", "wechat", "MzA3MTIzNDU2Nw==", True),
        ("https://mp.weixin.qq.com/mp/profile_ext?__biz=MzA3MTIzNDU2Nw%3D%3D", "wechat", BIZ, True),
        ("https://mp.weixin.qq.com/s/AbCdEfGhIj", "wechat", "", False),
        ("https://weibo.com/u/1234567890?refer_flag=1", "weibo", "1234567890", True),
        ("https://m.weibo.cn/profile/1234567890", "weibo", "1234567890", True),
        ("https://weibo.com/1234567890/AbCdEfGhI", "weibo", "1234567890", True),
        ("https://www.weibo.com/huayuan", "weibo", "huayuan", False),
        ("https://weibo.com/n/华园大学", "weibo", "华园大学", False),
        ("https://weibo.com/login", "weibo", "", False),
        (f"https://www.douyin.com/user/{SEC_UID}?vid=1", "douyin", SEC_UID, True),
        (f"https://www.iesdouyin.com/share/user/{SEC_UID}", "douyin", SEC_UID, True),
        ("https://v.douyin.com/AbCdEf/", "douyin", "", False),
        (f"https://www.toutiao.com/c/user/token/{SEC_UID}/", "toutiao", SEC_UID, True),
        ("https://www.toutiao.com/c/user/1234567890/", "toutiao", "1234567890", True),
        ("https://space.bilibili.com/123456/video", "bilibili", "123456", True),
        ("https://m.bilibili.com/space/123456", "bilibili", "123456", True),
        ("https://www.kuaishou.com/profile/3xabcdefghijk", "kuaishou", "3xabcdefghijk", True),
        ("https://www.kuaishou.com/profile/huayuan", "kuaishou", "huayuan", False),
        (f"https://www.xiaohongshu.com/user/profile/{NOTE_ID}", "xiaohongshu", NOTE_ID, True),
        ("https://www.zhihu.com/org/hua-yuan-da-xue/posts", "zhihu", "org/hua-yuan-da-xue", False),
        ("https://baijiahao.baidu.com/u?app_id=1234567890123456", "baijiahao", "1234567890123456", True),
        ("https://tieba.baidu.com/f?kw=%E5%8D%8E%E5%9B%AD", "tieba", "华园", False),
        ("https://www.thepaper.cn/user_123456", "penpai", "123456", True),
        ("https://www.163.com/dy/media/T1234567890123.html", "netease", "T1234567890123", True),
        ("https://mp.sohu.com/profile?xpt=aHVheXVhbg==", "sohu", "aHVheXVhbg==", True),
        ("https://user.qzone.qq.com/12345678/main", "qzone", "12345678", True),
        ("https://www.ximalaya.com/zhubo/1234567", "ximalaya", "1234567", True),
        ("https://www.douban.com/people/huayuan/", "douban", "people/huayuan", False),
        ("https://apps.apple.com/cn/app/华园/id1234567890", "app", "1234567890", True),
        ("https://a.app.qq.com/o/simple.jsp?pkgname=cn.edu.huayuan", "app", "cn.edu.huayuan", True),
    ],
)  # fmt: skip
def test_an_accounts_page_tells_platform_and_identifier(url, key, identifier, permanent):
    identity = identify(url)
    assert (identity.platform.key, identity.identifier) == (key, identifier)
    assert identity.permanent_id == (identifier if permanent else None)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://weibo.com/u/1234567890", "http://m.weibo.cn/u/1234567890?uid=1"),
        ("https://weibo.com/1234567890/AbCdE", "https://weibo.com/p/1001061234567890"),
        (f"https://www.douyin.com/user/{SEC_UID}", f"https://iesdouyin.com/share/user/{SEC_UID}?u=1"),
        ("https://mp.weixin.qq.com/s?__biz=MzA3MTIzNDU2Nw==&mid=1", "https://mp.weixin.qq.com/s?mid=2&__biz=MzA3MTIzNDU2Nw=="),
        ("https://apps.apple.com/cn/app/a/id1234567890", "https://itunes.apple.com/cn/app/id1234567890"),
    ],
)  # fmt: skip
def test_one_account_has_one_canonical_url(first, second):
    assert identify(first) == identify(second)


@pytest.mark.parametrize(
    ("url", "identifier", "canonical"),
    [
        ("http://www.huayuan.edu.cn/", "huayuan.edu.cn", "http://www.huayuan.edu.cn/"),
        ("huayuan.edu.cn", "huayuan.edu.cn", "http://huayuan.edu.cn/"),
        ("https://m.huayuan.edu.cn/law/#a", "huayuan.edu.cn/law", "https://m.huayuan.edu.cn/law/"),
        (
            "http://law.huayuan.edu.cn:8080/",
            "law.huayuan.edu.cn:8080",
            "http://law.huayuan.edu.cn:8080/",
        ),
    ],
)
def test_any_other_host_is_a_website(url, identifier, canonical):
    identity = identify(url)
    assert identity.platform.key == "website"
    assert (identity.identifier, identity.canonical_url) == (identifier, canonical)


@pytest.mark.parametrize(
    "url",
    [
        "https://mp.weixin.qq.com/s?__biz=evil",
        "https://weibo.com/u/12",
        "https://www.bilibili.com/video/BV1",
    ],
)
def test_a_page_that_names_no_account_has_no_identifier(url):
    assert (identify(url).identifier, identify(url).permanent_id) == ("", None)


def test_a_host_that_only_ends_like_a_platform_is_a_website():
    assert identify("https://weibo.com.evil.example/u/1234567890").platform.key == "website"
    assert identify("https://notweibo.com/u/1234567890").platform.key == "website"


@given(st.text())
def test_any_text_is_an_identity_or_none(text):
    identity = identify(text)
    assert identity is None or identify(identity.canonical_url).platform is identity.platform


@pytest.mark.parametrize(
    ("key", "text", "fits"),
    [
        ("wechat", "gh_0123456789ab", True),
        ("wechat", "huayuan", False),
        ("mini-program", "wx0123456789abcdef", True),
        ("weibo", "1234567890", True),
        ("weibo", "huayuan", False),
        ("douyin", SEC_UID, True),
        ("website", "huayuan.edu.cn", False),
    ],
)
def test_permanent_ids_have_the_shape_of_their_platform(key, text, fits):
    assert is_permanent_id(PLATFORM_BY_KEY[key], text) is fits
