"""URLs: what two parsers read differently is refused; what is accepted is read by all alike."""

import contextlib
from urllib.parse import urlsplit

import pycurl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.engines.gate.conftest import page, saying

from meice.engines.gate import Refused, Target, read_target
from meice.engines.gate.targets import join

REFUSED = [
    "",
    "www.example.cn",
    "//www.example.cn/",
    "http:/www.example.cn/",
    "http:///www.example.cn/",
    "http:www.example.cn",
    "file:///etc/passwd",
    "file:/etc/passwd",
    "source:file:///etc/passwd",
    "ftp://www.example.cn/",
    "gopher://127.0.0.1:6379/_INFO",
    "javascript:alert(1)",
    "http://internal\\@public.example/",
    "http://public.example\\.internal/",
    "http://user:word@www.example.cn/",
    "http://public.example@internal/",
    "http://a@b@c/",
    "http://127.0.0.1:80@public.example/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://127.0.0.01/",
    "http://127.0.0.1./",
    "http://127.0.0.256/",
    "http://1.2.3/",
    "http://1.2.3.4.5/",
    "http://0/",
    "http://www.example.0x/",
    "http://127。0。0。1/",
    "http://１２７.0.0.1/",
    "http://①②⑦.0.0.1/",
    "http://ⓔxample.cn/",
    "http://faß.example/",
    "http://a\u200bb.example/",
    "http://www.example%2ecn/",
    "http://%31%32%37.0.0.1/",
    "http://[fe80::1%25eth0]/",
    "http://[fe80::1%eth0]/",
    "http://[::1/",
    "http://::1/",
    "http://[1.2.3.4]/",
    "http://[::1].example.cn/",
    "http://[v1.x]/",
    "http://www..example.cn/",
    "http://-x.example.cn/",
    "http://www.example.cn:0/",
    "http://www.example.cn:65536/",
    "http://www.example.cn:+80/",
    "http://www.example.cn:8 0/",
    "http://www.example.cn:80:80/",
    "http://www.exa mple.cn/",
    "http://www.example.cn\t/",
    "http://www.example.cn/\r\nHost: internal",
    "http://www.example.cn/\x00",
    "http://www.exam\nple.cn/",
    "http://" + "a" * 64 + ".cn/",
    "http://" + "a." * 200 + "cn/",
    "http://www.example.cn/" + "a" * 9000,
    "http://\ud800.cn/",
]
ACCEPTED = {
    "http://www.example.cn": "http://www.example.cn/",
    " HTTP://WWW.Example.CN:80/a?b#c ": "http://www.example.cn/a?b",
    "https://www.example.cn:443?a=1": "https://www.example.cn/?a=1",
    "https://www.example.cn:8443/x": "https://www.example.cn:8443/x",
    "http://www.example.cn./": "http://www.example.cn/",
    "http://10.0.0.1:8080/": "http://10.0.0.1:8080/",
    "http://[2001:0DB8::1]:8080/": "http://[2001:db8::1]:8080/",
    "http://清华大学.中国/通知 公告": "http://xn--xkry9kk1bz66a.xn--fiqs8s/%E9%80%9A%E7%9F%A5%20%E5%85%AC%E5%91%8A",
    "http://www.example.cn/100%/%E4%BD?q=中": "http://www.example.cn/100%25/%E4%BD?q=%E4%B8%AD",
    "http://www.example.cn/a\\b": "http://www.example.cn/a/b",
    "http://my_site.example.cn/": "http://my_site.example.cn/",
}


@pytest.mark.parametrize("url", REFUSED)
def test_an_ambiguous_url_is_refused(url):
    assert isinstance(read_target(url), Refused)


@pytest.mark.parametrize(("url", "written"), sorted(ACCEPTED.items()))
def test_a_plain_url_is_written_in_one_way(url, written):
    target = read_target(url)
    assert isinstance(target, Target)
    assert target.url == written
    assert read_target(target.url) == target


@pytest.mark.parametrize(
    ("location", "result"),
    [
        (b"/a", "http://www.example.cn/a"),
        (b"b?c=\xe4\xb8\xad", "http://www.example.cn/d/b?c=%E4%B8%AD"),
        (b"/\xd6\xd0", "http://www.example.cn/%D6%D0"),
        (b"//other.cn/x", "http://other.cn/x"),
        (b"https://other.cn", "https://other.cn/"),
        (b"\\\\other.cn/", None),
        (b"/\\other.cn/", None),
        (b"http://a@other.cn/", None),
        (b"file:///etc/passwd", None),
        (b"gopher://127.0.0.1/", None),
        (b"http://2130706433/", None),
        (b"http://[::1", None),
    ],
)
def test_a_redirect_is_read_like_a_first_url(location, result):
    base = read_target("http://www.example.cn/d/e")
    target = join(base, location)
    assert (None if isinstance(target, Refused) else target.url) == result


PIECES = ["http://", "https://", "http:", "//", "/", "\\", "@", ":", "80", ".", "127.0.0.1", "a.cn"]
PIECES += [
    "b.cn",
    "0x7f",
    "1",
    "017",
    "%2e",
    "%40",
    "[",
    "]",
    "::1",
    "?",
    "#",
    "。",
    "①",
    " ",
    "\t",
]
PIECES += ["%", ";", "中国", "xn--fiqs8s", "-", "_", "\r\n", "\x00", "localhost", "ß", ",", "&"]
urls = st.lists(st.sampled_from(PIECES), max_size=9).map("".join).map("http://{}".format)


@given(urls | st.text(max_size=30).map("http://{}".format))
@example("http://a.cn\\@b.cn/")
@settings(max_examples=500)
def test_what_is_accepted_urllib_reads_alike(url):
    target = read_target(url)
    if isinstance(target, Target):
        with contextlib.suppress(ValueError):
            raw = urlsplit(url.strip(" "))
            assert not raw.hostname.isascii() or raw.hostname.rstrip(".") in (
                target.host,
                expanded(raw),
            )
        written = urlsplit(target.url)
        assert written.hostname == target.host
        assert (written.port or 80) == target.port
        assert written.username is None


def expanded(raw):
    """An IPv6 host in the form that we write."""
    found = read_target(f"http://[{raw.hostname}]/")
    return found.host if isinstance(found, Target) else None


@given(url=urls)
@example(url="http://a.cn#@b.cn/")
@example(url="http://a.cn?@b.cn/")
@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_what_is_accepted_curl_sends_to_the_same_host(echo, url):
    target = read_target(url)
    if isinstance(target, Target):
        for form in (url, target.url):
            host = host_that_curl_asks_for(form, echo)
            assert host in (None, target.authority, target.authority + ".")


@pytest.fixture
def echo(serve):
    return serve(saying(page()))


def host_that_curl_asks_for(url, served):
    """The Host header of a bare curl that is led to our server; None when it refuses the URL."""
    curl = pycurl.Curl()
    seen = len(served.heads)
    with contextlib.suppress(pycurl.error, UnicodeEncodeError), contextlib.closing(curl):
        curl.setopt(pycurl.URL, url)
        curl.setopt(pycurl.PROXY, "")
        curl.setopt(pycurl.CONNECT_TO, [f"::127.0.0.1:{served.port}"])
        curl.setopt(pycurl.WRITEFUNCTION, len)
        curl.perform()
    if len(served.heads) == seen:
        return None
    lines = served.heads[-1].decode("latin-1").split("\r\n")
    return next(line[6:] for line in lines if line.lower().startswith("host: ")).lower()
