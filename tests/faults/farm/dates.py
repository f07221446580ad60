"""Labelled sites for every way in which Chinese sites write a date, and for days that are none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.faults.farm.campus import (
    COLUMNS,
    NEWS,
    NOTICES,
    POLICIES,
    Campus,
    Listing,
    label,
    plain,
    silent,
)
from tests.faults.farm.model import Plan, Planted, Reply, World
from tests.faults.farm.rows import LONG_AGO, PLAIN, STALE_HOME, UNDATED, Row, plan

NUMERALS = "〇一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def chinese(day: date, age: int) -> str:
    """2026年11月20日."""
    return f"{day.year}年{day.month}月{day.day}日"


def numerals(day: date, age: int) -> str:
    """二〇二六年十一月二十日."""
    year = "".join(NUMERALS[int(digit)] for digit in str(day.year))
    return f"{year}年{_spoken(day.month)}月{_spoken(day.day)}日"


def _spoken(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = {0: "", 1: "十"}.get(tens, f"{NUMERALS[tens]}十")
    return head + (NUMERALS[ones] if ones else "")


def relative(day: date, age: int) -> str:
    """昨天, 2天前."""
    return {0: "今天", 1: "昨天", 2: "前天"}.get(age, f"{age}天前")


def feed(today: date) -> Reply:
    """RSS with the three news."""
    days = (today - timedelta(days=age) for age in NEWS.ages)
    items = "".join(
        f"<item><title>新闻</title><link>/info/xyxw/{n}.htm</link>"
        f"<pubDate>{day:%a, %d %b %Y} 08:00:00 +0800</pubDate></item>"
        for n, day in enumerate(days, 1)
    )
    text = f'<?xml version="1.0"?><rss version="2.0"><channel><title>新闻</title>{items}</channel></rss>'
    return plain(text, "application/rss+xml")


def sitemap(today: date) -> Reply:
    """A sitemap with the days of the three news; the home page says what every home page says."""
    days = (today - timedelta(days=age) for age in NEWS.ages)
    urls = "".join(
        f"<url><loc>/info/xyxw/{n}.htm</loc><lastmod>{day}</lastmod></url>"
        for n, day in enumerate(days, 1)
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return plain(f'<?xml version="1.0"?><urlset xmlns="{space}">{urls}</urlset>', "application/xml")


DATES: dict[str, Row] = {
    "iso": Row({"article_line": silent}),
    "brackets": Row({"list_date": lambda day, age: f"[{day:%m-%d}]", "article_line": silent}),
    "slash": Row({"list_date": lambda day, age: f"{day:%m/%d}", "article_line": silent}),
    "dots": Row({"list_date": lambda day, age: f"{day:%Y.%m.%d}", "article_line": silent}),
    "slashes": Row({"list_date": lambda day, age: f"{day:%Y/%m/%d}", "article_line": silent}),
    "chinese": Row({"list_date": chinese, "article_line": silent}),
    "month-and-day": Row(
        {"list_date": lambda day, age: f"{day.month}月{day.day}日", "article_line": silent}
    ),
    "numerals": Row({"list_date": numerals, "article_line": silent}),
    "full-width": Row(
        {"list_date": lambda *at: chinese(*at).translate(FULL_WIDTH), "article_line": silent}
    ),
    "relative": Row({"list_date": relative, "article_line": silent}),
    "day-in-a-box": Row(
        {
            "list_date": lambda day, age: f"<b>{day:%d}</b><i>{day:%Y-%m}</i>",
            "article_line": silent,
        }
    ),
    "table": Row(
        {
            "items": "<table>{lines}</table>",
            "item": '<tr><td>·</td><td><a href="{path}">{title}</a></td><td>{day}</td></tr>',
            "article_line": silent,
        }
    ),
    "before-the-title": Row(
        {"item": '<li><i>{day}</i> <a href="{path}">{title}</a></li>', "article_line": silent}
    ),
    "within-the-link": Row(
        {
            "item": '<li><a href="{path}"><p>{title}</p><p>{day}</p></a></li>',
            "article_line": silent,
        }
    ),
    "parentheses": Row({"list_date": lambda day, age: f"({day:%m-%d})", "article_line": silent}),
    "month-in-a-box": Row(
        {
            "list_date": lambda day, age: f"<b>{day:%d}</b><i>{day.month}月</i><u>{day.year}</u>",
            "article_line": silent,
        }
    ),
    "pinned-old-item": Row(
        {"columns": (Listing("学院新闻", "xyxw", (400, 2, 6)), NOTICES, POLICIES)}
    ),
    "label": Row({"list_date": silent, "article_line": label}),
    "label-chinese": Row(
        {"list_date": silent, "article_line": lambda *at: f"发布日期：{chinese(*at)} 浏览次数：9"}
    ),
    "label-with-time": Row(
        {"list_date": silent, "article_line": lambda day, age: f"时间: {day} 08:30:15"}
    ),
    "meta": Row(
        UNDATED | {"article_head": lambda day, age: f'<meta name="PubDate" content="{day} 09:00">'}
    ),
    "time-tag": Row(
        {
            "list_date": lambda day, age: f'<time datetime="{day}T09:00:00+08:00">周五</time>',
            "article_line": silent,
        }
    ),
    "year-left-out-long-ago": Row(
        {
            "columns": tuple(Listing(each.name, each.folder, (500, 520, 560)) for each in COLUMNS),
            "list_date": lambda day, age: f"[{day:%m-%d}]",
        },
        (*STALE_HOME, Planted("stale-column", "/tzgg/"), Planted("stale-column", "/zcwj/")),
        {"latest": 500},
    ),
    "in-the-address": Row(
        UNDATED
        | {"article_path": lambda folder, n, day: f"/{day:%Y}/{day:%m%d}/c{n}001a{n}/page.htm"}
    ),
}
FUTURE = '<ul class="list"><li><a href="/xygk.htm">讲座预告</a><span>{later}</span></li></ul>'


def future(world: World) -> Any:
    """A list with an announced lecture, three weeks ahead."""
    later = str(world.today + timedelta(days=21))
    return Campus(home=FUTURE.replace("{later}", later)).answer(world)


def clock_in_template(world: World) -> Any:
    """Nothing new for forty days, and today's date on every page."""
    said = f"<p>今天是{chinese(world.today, 0)} 星期日</p>"
    footer = f"{Campus().footer}<p>Copyright © 2010-{world.today.year}</p>"
    modified = (("Last-Modified", f"{world.today + timedelta(days=9):%a, %d %b %Y} 00:00:00 GMT"),)
    knobs = {"headers": Campus().headers + modified, "banner": said, "footer": footer}
    return Campus(columns=LONG_AGO, **knobs).answer(world)


def event_in_prose(world: World) -> Any:
    """Old articles that speak of a day just past."""
    event = chinese(world.today - timedelta(days=3), 3)
    return Campus(columns=LONG_AGO, article=f"<p>会议定于{event}在报告厅举行。</p>").answer(world)


def told_by_feed(world: World) -> Any:
    """Dates stand in the feed alone."""
    link = '<link rel="alternate" type="application/rss+xml" href="/rss.xml" title="新闻">'
    return Campus(**UNDATED, head=link, files={"/rss.xml": feed(world.today)}).answer(world)


def told_by_sitemap(world: World) -> Any:
    """Dates stand in the sitemap alone."""
    return Campus(**UNDATED, files={"/sitemap.xml": sitemap(world.today)}).answer(world)


def plans() -> tuple[Plan, ...]:
    """All of them."""
    old = replace(PLAIN, planted=STALE_HOME, latest=40)
    return (
        *(plan(f"date-{name}", row) for name, row in DATES.items()),
        Plan("date-future", future, PLAIN),
        Plan("date-in-template", clock_in_template, old),
        Plan("date-in-prose", event_in_prose, old),
        Plan("date-feed", told_by_feed, PLAIN),
        Plan("date-sitemap", told_by_sitemap, PLAIN),
    )
