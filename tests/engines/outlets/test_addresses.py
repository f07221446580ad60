"""One form for one address, without the network."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meice.engines.outlets import ascii_host, bare_host, canonical_url, readable_host


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("www.huayuan.edu.cn", "http://www.huayuan.edu.cn/"),
        ("//www.huayuan.edu.cn", "http://www.huayuan.edu.cn/"),
        ("HTTPS://WWW.Huayuan.EDU.CN", "https://www.huayuan.edu.cn/"),
        ("http://www.huayuan.edu.cn:80/", "http://www.huayuan.edu.cn/"),
        ("https://www.huayuan.edu.cn:443/a", "https://www.huayuan.edu.cn/a"),
        ("https://www.huayuan.edu.cn:8443/a", "https://www.huayuan.edu.cn:8443/a"),
        ("http://www.huayuan.edu.cn./index.htm", "http://www.huayuan.edu.cn/index.htm"),
        ("http://www.huayuan.edu.cn/a#top", "http://www.huayuan.edu.cn/a"),
        ("http://www.huayuan.edu.cn/a?id=2&utm_source=x&spm=1.2", "http://www.huayuan.edu.cn/a?id=2"),
        ("http://www.huayuan.edu.cn/a?from=timeline", "http://www.huayuan.edu.cn/a"),
        ("http://www.huayuan.edu.cn/a?from=10", "http://www.huayuan.edu.cn/a?from=10"),
        ("http://huayuan.edu.cn/通知/1.htm", "http://huayuan.edu.cn/%E9%80%9A%E7%9F%A5/1.htm"),
        ("http://华园大学.中国/", "http://xn--xkr27f44bz7c.xn--fiqs8s/"),
        ("http://华园大学。中国/", "http://xn--xkr27f44bz7c.xn--fiqs8s/"),
        ("http://10.1.2.3:8080/x", "http://10.1.2.3:8080/x"),
        ("http://[2001:DB8::1]/", "http://[2001:db8::1]/"),
    ],
)  # fmt: skip
def test_an_address_has_one_form(written, canonical):
    assert canonical_url(written) == canonical


@pytest.mark.parametrize(
    "written",
    [
        "", " ", "华园大学", "huayuan", "ftp://huayuan.edu.cn", "file:///etc/passwd", "javascript:alert(1)",
        "http://", "http:///a", "http://a b.edu.cn", "http://user:pw@huayuan.edu.cn/",
        "http://huayuan.edu.cn\\@evil.example/", "http://huayuan.edu.cn:99999/", "http://huayuan.edu.cn:x/",
        "http://-a-.edu.cn/", "http://huayuan..cn/", "http://999.1.1.1/", "http://[::1", "mailto:a@huayuan.edu.cn",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_none(written):
    assert canonical_url(written) is None


@given(
    st.text(), st.sampled_from(["", "http://", "https://www.huayuan.edu.cn/", "http://a.cn/?x="])
)
def test_any_text_is_answered_and_the_form_is_final(text, start):
    once = canonical_url(start + text)
    assert once is None or canonical_url(once) == once


def test_a_chinese_host_goes_to_ascii_and_back():
    assert ascii_host("华园大学.中国") == "xn--xkr27f44bz7c.xn--fiqs8s"
    assert readable_host("xn--xkr27f44bz7c.xn--fiqs8s") == "华园大学.中国"
    assert readable_host("xn--zzzzzzzzzzzz") == "xn--zzzzzzzzzzzz"


@pytest.mark.parametrize(
    ("host", "bare"),
    [
        ("www.huayuan.edu.cn", "huayuan.edu.cn"),
        ("m.huayuan.edu.cn", "huayuan.edu.cn"),
        ("wap.huayuan.edu.cn", "huayuan.edu.cn"),
        ("law.huayuan.edu.cn", "law.huayuan.edu.cn"),
        ("m.cn", "m.cn"),
        ("www.com", "www.com"),
    ],
)
def test_alias_labels_are_taken_off_but_never_the_domain(host, bare):
    assert bare_host(host) == bare
