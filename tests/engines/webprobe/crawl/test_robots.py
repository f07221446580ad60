"""robots.txt by RFC 9309: groups, longest match, wildcards, and what a broken one means."""

import pytest

from meice.engines.webprobe.crawl import read_robots

RFC_EXAMPLE = b"""
User-agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: foobot
Disallow:/
Allow:/example/page.html
Allow:/example/allowed.gif

User-Agent: barbot
User-Agent: bazbot
Disallow: /example/page.html

User-Agent: quxbot
"""


@pytest.mark.parametrize(
    ("name", "path", "allowed"),
    [
        ("anybot", "/a.gif", False),
        ("anybot", "/a.gif?x", True),
        ("anybot", "/example/a", False),
        ("anybot", "/publications/x", True),
        ("anybot", "/", True),
        ("foobot", "/", False),
        ("foobot", "/example/page.html", True),
        ("foobot", "/example/allowed.gif", True),
        ("FooBot", "/x", False),
        ("barbot", "/example/page.html", False),
        ("bazbot", "/example/page.html", False),
        ("barbot", "/a.gif", True),
        ("quxbot", "/example/a", True),
    ],
)
def test_the_examples_of_the_standard(name, path, allowed):
    assert read_robots(RFC_EXAMPLE, name).allows(path) is allowed


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Disallow:", "/a", True),
        ("Disallow: /", "/robots.txt", True),
        ("Allow: /a\nDisallow: /a", "/ab", True),
        ("Disallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("Disallow: /a*b*c", "/axxbyyc", False),
        ("Disallow: /a*b*c", "/axxcyyb", True),
        ("Disallow: /*.php$", "/x.php.php", False),
        ("Disallow: /*a*a$", "/ba", True),
        ("Disallow: /中文", "/%E4%B8%AD%E6%96%87/x", False),
        ("Disallow: /%7Ejoe", "/~joe/x", False),
        ("Disallow: /a.b", "/axb", True),
        ("disallow : /a # comment", "/a", False),
        ("Disallow: a", "/a", True),
    ],
)
def test_matching_of_paths(rules, path, allowed):
    assert read_robots(f"User-agent: *\n{rules}".encode(), "m").allows(path) is allowed


def test_groups_of_one_name_are_one_and_a_byte_order_mark_is_skipped():
    body = b"\xef\xbb\xbfUser-agent: M\nDisallow: /a\r\rUser-agent: *\nDisallow: /\n\nUser-agent: m\nDisallow: /b"
    robots = read_robots(body, "m")
    assert [robots.allows(path) for path in ("/a", "/b", "/c")] == [False, False, True]


@pytest.mark.parametrize(
    ("value", "seconds"), [("2", 2.0), ("0.5", 0.5), ("3600", 3600.0), ("-1", 0.0), ("x", 0.0)]
)
def test_crawl_delay_is_a_plain_number(value, seconds):
    assert read_robots(f"User-agent: *\nCrawl-delay: {value}".encode(), "m").crawl_delay == seconds


def test_sitemaps_are_taken_whoever_they_stand_under():
    body = b"User-agent: x\nSitemap: http://a.cn/s.xml\nDisallow: /"
    robots = read_robots(body, "m")
    assert (robots.sitemaps, robots.allows("/")) == (("http://a.cn/s.xml",), True)


@pytest.mark.parametrize(
    ("piece", "times", "end"), [("a*", 500, ""), ("*a", 500, "$"), ("*b*c", 500, "$")]
)
def test_hostile_pattern_is_matched_in_linear_time(piece, times, end):
    robots = read_robots(f"User-agent: *\nDisallow: /{piece * times}{end}".encode(), "m")
    assert robots.allows("/" + "ab" * 300)


def test_run_of_stars_is_one_star():
    robots = read_robots(b"User-agent: *\nDisallow: /" + b"*" * 5000, "m")
    assert not robots.allows("/anything")


def test_half_a_million_lines_are_read_no_further_than_the_standard_asks():
    robots = read_robots(b"User-agent: *\n" + b"Disallow: /a\n" * 500_000, "m")
    assert len(robots.rules) == 5000


@pytest.mark.parametrize("body", [b"", b"\x00\xff\xfe", b"<html>", b":::\n:", b"Disallow: /"])
def test_what_is_no_robots_file_allows_everything(body):
    assert read_robots(body, "m").allows("/a")
