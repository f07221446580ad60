"""Redirects are followed by us, each hop checked like the first."""

from ipaddress import ip_network

import pytest
from tests.engines.gate.conftest import page, read_head, redirect, saying

from meice.engines.gate import Failure, Limits, Policy, Request, fetch

LIMITS = Limits(connect_s=5, total_s=5, redirects=8)


def test_redirect_is_followed_and_remembered(serve):
    served = serve(saying(redirect(b"/a?b=\xe4\xb8\xad"), page(b"there")))
    answer = fetch(served.url, served.policy, LIMITS)
    assert (answer.body, answer.hops) == (b"there", (served.url,))
    assert answer.final_url == served.url + "a?b=%E4%B8%AD"


def test_endless_redirect_ends_after_eight(serve):
    served = serve(saying(redirect(b"/again")))
    answer = fetch(served.url, served.policy, LIMITS)
    assert (answer.failure, len(answer.hops)) == (Failure.TOO_MANY_REDIRECTS, 8)
    assert len(served.heads) == 9


@pytest.mark.parametrize(
    "location",
    [
        b"http://127.0.0.1:1/",
        b"http://127.0.0.1/",
        b"http://localhost/",
        b"http://[::1]/",
        b"http://2130706433/",
        b"http://169.254.169.254/latest/meta-data/",
        b"http://100.100.100.200/",
        b"http://10.0.0.1/",
        b"http://[::ffff:127.0.0.1]/",
        b"file:///etc/passwd",
        b"gopher://127.0.0.1:6379/_x",
        b"\\\\127.0.0.1\\x",
        b"http://public.example\\@127.0.0.1/",
    ],
)
def test_redirect_to_where_we_may_not_go_is_refused(serve, location):
    served = serve(saying(redirect(location)))
    answer = fetch(served.url, served.policy, LIMITS)
    assert answer.failure is Failure.REDIRECT_REFUSED
    assert served.connections == 1


def test_allowed_network_does_not_widen_on_a_redirect(serve):
    served = serve(saying(redirect(b"http://127.0.0.2:80/")))
    policy = Policy(allow=(ip_network("127.0.0.1/32"),))
    assert fetch(served.url, policy, LIMITS).failure is Failure.REDIRECT_REFUSED


def test_redirect_with_an_endless_body_is_still_followed(serve):
    def script(connection, answering):
        head = read_head(connection)
        if b"GET /there" in head:
            connection.sendall(page(b"there"))
        else:
            start = b"HTTP/1.1 302 x\r\nLocation: /there\r\n\r\n"
            answering.flood(connection, start, b"x" * 10_000)

    served = serve(script)
    assert fetch(served.url, served.policy, LIMITS).body == b"there"


def test_cookie_of_a_redirect_goes_back_to_its_origin_and_nowhere_else(serve):
    other = serve(saying(page(b"end")))
    target = other.url.encode()
    first = serve(saying(redirect(b"/x", b"Set-Cookie: a=1; Path=/"), redirect(target)))
    policy = Policy(exact=first.policy.exact | other.policy.exact)
    assert fetch(first.url, policy, LIMITS).body == b"end"
    assert b"cookie: a=1\r\n" in first.heads[1]
    assert b"cookie" not in other.heads[0].lower()


def test_credentials_and_validators_stay_with_the_first_origin(serve):
    other = serve(saying(page(b"end")))
    first = serve(saying(redirect(b"/x"), redirect(other.url.encode())))
    policy = Policy(exact=first.policy.exact | other.policy.exact)
    headers = (("Authorization", "secret"), ("User-Agent", "Baiduspider"))
    fetch(Request(first.url, headers=headers, etag='"e"'), policy, LIMITS)
    assert b"authorization: secret" in first.heads[1]
    assert b"authorization" not in other.heads[0]
    assert b"if-none-match" not in other.heads[0]
    assert b"user-agent: Baiduspider" in other.heads[0]


def test_cookies_are_forgotten_between_requests(serve):
    served = serve(saying(page(b"x", b"Set-Cookie: a=1")))
    for _ in range(2):
        fetch(served.url, served.policy, LIMITS)
    assert all(b"cookie" not in head.lower() for head in served.heads)
