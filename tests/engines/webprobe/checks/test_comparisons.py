"""cloaking, tampered, off-campus, and the fingerprints they compare."""

from dataclasses import replace
from datetime import date
from ipaddress import ip_network

import pytest
from tests.engines.webprobe.checks.sites import (
    NOW,
    RULES,
    TEXT,
    URL,
    answer,
    codes,
    home,
    only,
    page,
    site,
)

from meice.engines.gate import Failure
from meice.engines.webprobe.checks import (
    Campus,
    Fingerprint,
    Known,
    Reading,
    View,
    ViewPair,
    cloaking,
    fingerprint,
    off_campus,
    tampered,
)
from meice.engines.webprobe.checks.prints import likeness, shingles
from meice.engines.webprobe.findings import Code

OTHER = "Buy cheap watches here today, limited offer, worldwide shipping and returns accepted. " * 4
LONG = TEXT * 4


def view(text=LONG, **facts):
    usual = {"url": URL, "final_url": URL, "status": 200, "failure": None, "title": "党委宣传部"}
    return View(**{**usual, "text_length": len(text), "shingles": shingles(text), **facts})


def cloaked(engine, browser=None, again=None):
    pair = ViewPair(browser or view(), engine, again)
    return codes(cloaking.check(site(views=(pair,)), RULES, NOW))


@pytest.mark.parametrize(
    "engine",
    [
        view(words=frozenset({"六合彩"})),
        view(final_url="http://bad.example.com/"),
        view(final_url="http://bad.example.com/", status=None, failure=Failure.DNS),
        view(OTHER),
        view(LONG[:60] + OTHER, domains=frozenset({"a.com", "b.com", "c.com"})),
    ],
    ids=["words", "turned", "turned-and-lost", "text", "domains"],
)
def test_what_only_the_search_engine_sees_is_cloaking(engine):
    assert cloaked(engine) == [Code.CLOAKING]


@pytest.mark.parametrize(
    "engine",
    [
        view(),
        view(f"{LONG}您是第 88012 位访客 2026-11-22"),
        view(OTHER, status=403),
        view("", status=None, failure=Failure.TIMEOUT),
        view(domains=frozenset({"a.com", "b.com", "c.com"})),
        view("维护中"),
    ],
    ids=["same", "counter", "turned-away", "silent", "rotating-links", "too-short"],
)
def test_counters_dates_and_refusals_are_no_cloaking(engine):
    assert cloaked(engine) == []


def test_what_a_second_visit_of_the_browser_saw_as_well_is_no_cloaking():
    assert cloaked(view(words=frozenset({"六合彩"})), again=view(words=frozenset({"六合彩"}))) == []
    away = "http://www.other.com/"
    assert cloaked(view(final_url=away), again=view(final_url=away)) == []
    assert cloaked(view(OTHER), again=view(OTHER)) == []


def test_a_browser_that_saw_nothing_proves_nothing():
    lost = view(status=None, failure=Failure.TIMEOUT)
    assert cloaked(view(words=frozenset({"六合彩"})), browser=lost) == []


JUMP = "location.href='http://bad.example.com/'"
ASKED = "document.referrer.indexOf('baidu')>0"


@pytest.mark.parametrize(
    ("script", "is_cloaking"),
    [
        (f"if({ASKED}){{{JUMP}}}", True),
        (f"var r=document.referrer;if(/baidu|so\\.com/.test(r)){{{JUMP}}}", True),
        (f"if(/Baiduspider/i.test(navigator.userAgent)){{{JUMP}}}", True),
        (f"if(/iPhone|Android/.test(navigator.userAgent)){{{JUMP}}}", False),
        (f"if({ASKED}){{count()}}", False),
        (f"if(location.protocol=='http:'){{count({ASKED})}}", False),
        ("if(document.referrer==''){location.href='/index.htm'}", False),
        (JUMP, False),
    ],
)
def test_a_script_that_sends_on_who_comes_from_a_search_engine_is_cloaking(script, is_cloaking):
    body = f"<html><script>{script}</script><p>{TEXT}</p></html>".encode()
    read = Reading(URL, answer(body=body), page(f"<p>{TEXT}</p>"))
    found = cloaking.check_page(read, RULES, NOW)
    assert codes(found) == ([Code.CLOAKING] if is_cloaking else [])


LIST = "".join(f'<li><a href="/info/{n}.htm">第{n}条新闻的标题很长</a></li>' for n in range(20))
BEFORE = page(f"<ul>{LIST}</ul><p>{TEXT}</p>")
NEWS = page(f"<ul>{LIST.replace('新闻', '通知')}</ul><p>{TEXT} 访问量 99123</p>")
REPLACED = page(f"<h1>{OTHER}</h1><a href='/x/y'>go</a>", title="shop")
CALLING = page(f"<ul>{LIST}</ul><p>{TEXT}</p><script src='http://js.evil.com/a.js'></script>")


def changed(after, **facts):
    known = Known(confirmed=fingerprint(BEFORE), confirmed_on=date(2026, 10, 1))
    front = home(fingerprint=fingerprint(after), title=after.title, text=after.text, **facts)
    return list(tampered.check(site(home=front, known=known), RULES, NOW))


@pytest.mark.parametrize("after", [REPLACED, CALLING], ids=["replaced", "foreign-script"])
def test_another_page_or_a_foreign_script_is_found(after):
    found = only(changed(after))
    assert found.code is Code.TAMPERED
    assert "上次确认 2026-10-01" in found.evidence


@pytest.mark.parametrize("after", [BEFORE, NEWS], ids=["same", "news"])
def test_news_dates_and_counters_are_no_tampering(after):
    assert changed(after) == []


def test_without_a_confirmed_state_only_a_boast_is_found():
    assert not list(tampered.check(site(home=home(title="shop", text=OTHER)), RULES, NOW))
    boast = site(home=home(title="Hacked by X", text=""))
    assert codes(tampered.check(boast, RULES, NOW)) == [Code.TAMPERED]
    lesson = home(title="网络安全讲座", text="某网站首页曾被改为 Hacked by X。" + TEXT * 10)
    assert not list(tampered.check(site(home=lesson), RULES, NOW))


def test_an_empty_shell_was_not_tampered_with():
    assert changed(REPLACED, readable=False) == []


def test_a_fingerprint_comes_back_from_its_json():
    before = fingerprint(BEFORE)
    assert Fingerprint.from_json(before.as_json()) == before


def test_likeness_is_of_what_is_said_not_of_numbers():
    assert likeness(shingles(f"{LONG}2026-11-22"), shingles(f"{LONG}2025-01-01")) == 1
    assert likeness(shingles(LONG), shingles(OTHER)) == 0
    assert likeness(frozenset(), frozenset()) == 1


CAMPUS = Campus(("huayuan.edu.cn",), (ip_network("10.0.0.0/8"),), ("华园大学",))
INSIDE, OUTSIDE = "10.1.2.3", "203.0.113.9"
OURS, THEIRS = "https://xcb.huayuan.edu.cn/", "https://huayuan-news.com/"


@pytest.mark.parametrize(
    ("url", "address", "said"),
    [
        (OURS, INSIDE, ""),
        (OURS, OUTSIDE, "学校域名、校外地址"),
        (THEIRS, INSIDE, "校内地址、非学校域名"),
        (THEIRS, OUTSIDE, "校外地址、校外域名"),
        (OURS, "", ""),
        ("https://nothuayuan.edu.cn/", INSIDE, "非学校域名"),
    ],
)
def test_the_three_cases_of_off_campus_sites(url, address, said):
    probed = site(start=url, home=home(url=url), address=address, campus=CAMPUS)
    found = list(off_campus.check(probed, RULES, NOW))
    assert bool(found) == bool(said)
    assert all(said in finding.message for finding in found)


def test_both_outside_without_the_schools_name_is_not_ours():
    foreign = home("<p>某公司官网</p>", url=THEIRS, title="某公司")
    probed = site(start=THEIRS, home=foreign, address=OUTSIDE, campus=CAMPUS)
    assert not list(off_campus.check(probed, RULES, NOW))


def test_without_the_schools_domains_and_networks_nothing_can_be_said():
    assert not list(off_campus.check(site(start=THEIRS, address=OUTSIDE), RULES, NOW))


def test_a_domain_alone_tells_the_domain_alone():
    partly = replace(CAMPUS, networks=())
    probed = site(start=THEIRS, home=home(url=THEIRS), address=OUTSIDE, campus=partly)
    assert "非学校域名" in only(off_campus.check(probed, RULES, NOW)).message
