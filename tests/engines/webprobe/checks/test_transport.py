"""Certificates, HTTPS, mixed content, headers."""

from datetime import timedelta

import pytest
from tests.engines.webprobe.checks.sites import (
    NOW,
    RULES,
    SAFE,
    URL,
    answer,
    certificate,
    codes,
    home,
    only,
    reading,
    site,
)

from meice.engines.webprobe.checks import (
    header_missing,
    http_only,
    mixed_content,
    tls_chain,
    tls_expired,
    tls_expiring,
    tls_name,
    tls_old,
)
from meice.engines.webprobe.findings import Code

CHECKS = (tls_expired, tls_expiring, tls_name, tls_chain, tls_old)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"not_after": NOW - DAY}, [Code.TLS_EXPIRED]),
        ({"not_after": NOW}, [Code.TLS_EXPIRED]),
        ({"not_before": NOW + DAY, "not_after": NOW + 90 * DAY}, [Code.TLS_EXPIRED]),
        ({"not_after": NOW + 30 * DAY}, [Code.TLS_EXPIRING]),
        ({"not_after": NOW + 31 * DAY}, []),
        ({"name_ok": False}, [Code.TLS_NAME]),
        ({"chain_ok": False, "reason": "证书链不完整"}, [Code.TLS_CHAIN]),
        ({"chain_ok": False, "self_signed": True}, [Code.TLS_CHAIN]),
        ({"chain_ok": None}, []),
        ({"protocol": "TLSv1.1"}, [Code.TLS_OLD]),
        ({"protocol": "TLSv1.2"}, []),
        ({"key": "RSA 1024"}, [Code.TLS_OLD]),
        ({"key": "RSA 2048"}, []),
        ({"signature": "sha1"}, [Code.TLS_OLD]),
    ],
    ids=str,
)
def test_a_certificate_is_judged_by_its_facts(facts, expected):
    shown = site(certificate=certificate(**facts))
    found = [finding for each in CHECKS for finding in each.check(shown, RULES, NOW)]
    assert codes(found) == expected


def test_a_site_without_a_certificate_has_none_at_fault():
    assert not [found for each in CHECKS for found in each.check(site(), RULES, NOW)]


@pytest.mark.parametrize(
    ("works", "said"), [(True, "没有跳转"), (False, "打不开"), (None, "未核实")]
)
def test_a_page_in_the_clear_is_named_with_what_https_did(works, said):
    front = home(url="http://xcb.huayuan.edu.cn/")
    found = only(http_only.check(site(home=front, secure_works=works), RULES, NOW))
    assert said in found.evidence


def test_a_page_over_https_is_not_in_the_clear():
    assert not list(http_only.check(site(), RULES, NOW))


@pytest.mark.parametrize(
    ("body", "is_mixed"),
    [
        ('<script src="http://cdn.example.cn/a.js"></script>', True),
        ('<img src="http://img.example.cn/a.png">', True),
        ('<iframe src="http://a.example.cn/"></iframe>', True),
        ('<a href="http://www.example.cn/">某网站</a>', False),
        ('<script src="/a.js"></script><img src="//img.example.cn/a.png">', False),
    ],
)
def test_what_an_https_page_draws_over_http_is_mixed_content(body, is_mixed):
    found = mixed_content.check(reading(body), RULES, NOW)
    assert codes(found) == ([Code.MIXED_CONTENT] if is_mixed else [])


def test_a_page_in_the_clear_has_no_mixed_content():
    plain = reading('<img src="http://img.example.cn/a.png">', url="http://xcb.huayuan.edu.cn/")
    assert not list(mixed_content.check(plain, RULES, NOW))


def test_missing_headers_are_named_in_one_finding():
    sent = tuple(pair for pair in SAFE if pair[0] != "referrer-policy")
    found = only(header_missing.check(site(home=home(answer=answer(headers=sent))), RULES, NOW))
    assert found.evidence == "缺少：referrer-policy"


def test_all_headers_or_frame_ancestors_in_place_of_one_leave_nothing_missing():
    assert not list(header_missing.check(site(), RULES, NOW))
    policy = ("content-security-policy", "frame-ancestors 'self'")
    sent = (policy, *(pair for pair in SAFE if pair[0] not in ("x-frame-options", policy[0])))
    assert not list(header_missing.check(site(home=home(answer=answer(headers=sent))), RULES, NOW))


def test_strict_transport_security_is_asked_of_https_alone():
    sent = tuple(pair for pair in SAFE if pair[0] != "strict-transport-security")
    clear = home(url=URL.replace("https", "http"), answer=answer(headers=sent))
    assert not list(header_missing.check(site(home=clear), RULES, NOW))
