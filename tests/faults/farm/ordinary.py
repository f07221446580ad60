"""Labelled ordinary sites: charsets, ways to write a date, columns, footer marks, links."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from tests.faults.farm.campus import (
    COLUMNS,
    ICP,
    NAMES,
    NEWS,
    NOTICES,
    POLICE,
    POLICIES,
    Campus,
    Listing,
    label,
    plain,
    silent,
)
from tests.faults.farm.model import Plan, Planted, Reply, Request, Truth, World

PLAIN = Truth(undecided=frozenset({"http-only"}), latest=2, columns=NAMES, icp=ICP, police=POLICE)
NUMERALS = "〇一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
LONG_AGO = (
    Listing(NEWS.name, NEWS.folder, (40, 60, 90)),
    Listing(NOTICES.name, NOTICES.folder, (50, 70, 90)),
    Listing(POLICIES.name, POLICIES.folder, (60, 80, 99)),
)
UNDATED: dict[str, Any] = {"list_date": silent, "article_line": silent}
STALE_HOME = (Planted("stale-home"), Planted("stale-column", "/xyxw/"))


@dataclass(frozen=True, slots=True)
class Row:
    """One site: the knobs that differ from the plain one, what they plant, what else is true."""

    knobs: dict[str, Any] = field(default_factory=dict)
    planted: tuple[Planted, ...] = ()
    truth: dict[str, Any] = field(default_factory=dict)


def plan(name: str, row: Row) -> Plan:
    """The site of a row."""
    campus = Campus(**row.knobs)
    truth = replace(PLAIN, planted=row.planted, **row.truth)
    return Plan(name, campus.answer, truth)


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


CHARSETS: dict[str, dict[str, Any]] = {
    "utf-8": {},
    "utf-8-undeclared": {"declared_in_head": "", "declared_in_meta": ""},
    "utf-8-bom": {"codec": "utf-8-sig", "declared_in_head": "", "declared_in_meta": ""},
    "gbk": {"codec": "gb18030", "declared_in_head": "gbk", "declared_in_meta": "gbk"},
    "gb2312-in-meta": {"codec": "gb18030", "declared_in_head": "", "declared_in_meta": "gb2312"},
    "gbk-undeclared": {"codec": "gb18030", "declared_in_head": "", "declared_in_meta": ""},
    "gbk-called-utf-8": {"codec": "gb18030"},
    "utf-8-called-gbk": {"declared_in_head": "gbk", "declared_in_meta": "gb2312"},
    "header-against-meta": {"declared_in_meta": "gb2312"},
    "nonsense": {"declared_in_head": "x-nonsense", "declared_in_meta": "utf-9"},
    "utf-16-bom": {"codec": "utf-16", "declared_in_head": "", "declared_in_meta": ""},
    "mixed": {
        "files": {"/xygk.htm": Reply("概况 ".encode() + "来自旧系统的一段".encode("gb18030"))}
    },
}
BIG5_COLUMNS = (
    Listing("最新消息", "xyxw", NEWS.ages),
    Listing("通知公告", "tzgg", NOTICES.ages),
    Listing("政策文件", "zcwj", POLICIES.ages),
)
BIG5: dict[str, Any] = {
    "codec": "big5",
    "columns": BIG5_COLUMNS,
    "title": "數學與信息學院-華園大學",
    "footer": "<p>版權所有 華園大學數學與信息學院 粵ICP備04000001號</p>",
}
BIG5_TRUTH = {
    "columns": frozenset(column.name for column in BIG5_COLUMNS),
    "undecided": frozenset({"http-only", "icp-missing", "icp-format", "police-record-missing"}),
    "icp": "*",
    "police": None,
}

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


COLUMN_ROWS: dict[str, Row] = {
    "fresh": Row(),
    "nearly-stale": Row(
        {"columns": (Listing("学院新闻", "xyxw", (12, 30)), NOTICES, POLICIES)}, truth={"latest": 5}
    ),
    "stale-home": Row({"columns": LONG_AGO}, STALE_HOME, {"latest": 40}),
    "stale-news": Row(
        {"columns": (Listing("学院新闻", "xyxw", (40, 60)), NOTICES, POLICIES)},
        (Planted("stale-column", "/xyxw/"),),
        {"latest": 5},
    ),
    "stale-notices": Row(
        {"columns": (NEWS, Listing("通知公告", "tzgg", (200, 300)), POLICIES)},
        (Planted("stale-column", "/tzgg/"),),
    ),
    "slow-policies": Row({"columns": (NEWS, NOTICES, Listing("政策文件", "zcwj", (150, 300)))}),
    "blank-column": Row(
        {"columns": (*COLUMNS, Listing("下载中心", "xzzx", ()))},
        (Planted("blank-column", "/xzzx/"),),
    ),
    "undated": Row(UNDATED, truth={"latest": None}),
    "navigation-home": Row({"lists_on_home": False}),
    "navigation-home-stale": Row(
        {"lists_on_home": False, "columns": LONG_AGO}, STALE_HOME, {"latest": 40}
    ),
    "frames": Row(
        {
            "texts": {
                "/": '<html><head><title>数学与信息学院</title></head><frameset rows="80,*">'
                '<frame src="/xygk.htm"><frame src="/xyxw/"></frameset></html>'
            }
        },
        truth={
            "columns": frozenset({"学院新闻"}),
            "icp": "*",
            "police": "*",
            "undecided": frozenset({"http-only", "icp-missing", "police-record-missing"}),
        },
    ),
    "refresh-home": Row(
        {
            "texts": {
                "/": '<html><head><meta http-equiv="refresh" content="0;url=/main/"></head></html>',
                "/main/": Campus().page("", '<a href="/xyxw/">学院新闻</a>'),
            }
        },
        truth={
            "columns": frozenset({"学院新闻"}),
            "icp": "*",
            "police": "*",
            "undecided": frozenset({"http-only", "icp-missing", "police-record-missing"}),
        },
    ),
}
MARKS: dict[str, Row] = {
    "icp-none": Row({"footer": f"<p>{POLICE}</p>"}, (Planted("icp-missing"),), {"icp": None}),
    "icp-without-hao": Row(
        {"footer": f"<p>粤ICP备04000001 {POLICE}</p>"}, (Planted("icp-format"),)
    ),
    "icp-with-suffix": Row({"footer": f"<p>{ICP}-1 {POLICE}</p>"}, truth={"icp": f"{ICP}-1"}),
    "icp-full-width": Row(
        {"footer": f"<p>粤ＩＣＰ备０４００００01号 {POLICE}</p>"}, truth={"icp": "*"}
    ),
    "police-none": Row(
        {"footer": f"<p>{ICP}</p>"}, (Planted("police-record-missing"),), {"police": None}
    ),
    "police-old": Row({"footer": f"<p>{ICP} 粤公网安备 440105008661号</p>"}, truth={"police": "*"}),
    "headers-none": Row({"headers": ()}, (Planted("header-missing"),)),
}
DEAD = ("/res/33.htm", "/res/66.htm", "/res/99.htm")


def links(world: World) -> Any:
    """A hundred links, three of them dead, and some that only look so (3 % broken)."""
    campus = Campus(home="".join(f'<a href="/res/{n}.htm">资料{n}</a> ' for n in range(1, 101)))
    pages = campus.pages(world)
    resource = campus.html(campus.page("资料", "<p>资料正文，供师生下载使用。</p>"))
    pages |= {f"/res/{n}.htm": resource for n in range(1, 101)}
    for path in DEAD:
        del pages[path]
    pages["/res/66.htm"] = Reply(b"gone", 410)
    pages |= {f"/res/{n}.htm": Reply(b"no", code) for n, code in ((7, 403), (8, 412), (9, 429))}

    def answer(request: Request) -> Reply:
        if request.path == "/res/50.htm" and request.visit == 1:
            return campus.missing  # dead at the first try only
        return pages.get(request.path, campus.missing)

    return answer


SOFT = "<html><head><title>提示信息</title></head><body><h1>您访问的页面不存在或已被删除</h1></body></html>"
LINK_ROWS: dict[str, Row] = {
    "soft-404": Row(
        {"home": '<a href="/old/1.htm">旧闻</a>', "texts": {"/old/1.htm": SOFT}},
        (Planted("soft-404", "/old/1.htm"),),
    ),
    "soft-404-everywhere": Row({"missing": Reply(SOFT.encode())}, (Planted("soft-404"),)),
    "refused-link": Row(
        {"home": '<a href="{port-closed}/">合作单位</a>'}, (Planted("dead-link", "{port-closed}"),)
    ),
}


def plans() -> tuple[Plan, ...]:
    """All ordinary sites."""
    charsets = {f"charset-{name}": Row(knobs) for name, knobs in CHARSETS.items()}
    charsets["charset-big5"] = Row(
        {**BIG5, "declared_in_head": "", "declared_in_meta": "big5"}, truth=BIG5_TRUTH
    )
    charsets["charset-big5-undeclared"] = Row(
        {**BIG5, "declared_in_head": "", "declared_in_meta": ""}, truth=BIG5_TRUTH
    )
    dates = {f"date-{name}": row for name, row in DATES.items()}
    rows = charsets | dates | COLUMN_ROWS | MARKS | LINK_ROWS
    dead = tuple(Planted("dead-link", path) for path in DEAD)
    return (
        *(plan(name, row) for name, row in rows.items()),
        Plan("date-future", future, PLAIN),
        Plan("date-in-template", clock_in_template, replace(PLAIN, planted=STALE_HOME, latest=40)),
        Plan("date-in-prose", event_in_prose, replace(PLAIN, planted=STALE_HOME, latest=40)),
        Plan("date-feed", told_by_feed, PLAIN),
        Plan("date-sitemap", told_by_sitemap, PLAIN),
        Plan("links", links, replace(PLAIN, planted=dead)),
    )
