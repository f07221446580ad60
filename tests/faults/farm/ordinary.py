"""Labelled ordinary sites: charsets, columns, footer marks, links."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.faults.farm.campus import (
    COLUMNS,
    GUARDED,
    ICP,
    NEWS,
    NOTICES,
    POLICE,
    POLICIES,
    Campus,
    Listing,
)
from tests.faults.farm.model import Plan, Planted, Reply, Request, World
from tests.faults.farm.rows import LONG_AGO, PLAIN, STALE_HOME, UNDATED, UNDECIDED, Row, plan

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
    "undecided": UNDECIDED | frozenset({"icp-missing", "icp-format", "police-record-missing"}),
    "icp": "*",
    "police": None,
}

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
            "undecided": UNDECIDED | frozenset({"icp-missing", "police-record-missing"}),
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
            "undecided": UNDECIDED | frozenset({"icp-missing", "police-record-missing"}),
        },
    ),
}
MARKS: dict[str, Row] = {
    "icp-none": Row({"footer": f"<p>{POLICE}</p>"}, (Planted("icp-missing"),), {"icp": None}),
    "icp-without-hao": Row(
        {"footer": f"<p>粤ICP备04000001 {POLICE}</p>"}, (Planted("icp-format"),)
    ),
    "icp-on-inner-page": Row(
        {"footer": f"<p>{POLICE}</p>", "article": f"<p>{ICP}</p>"},
        (Planted("icp-missing"),),
        {"icp": "*"},
    ),
    "icp-elsewhere-without-suffix": Row(
        {"footer": f"<p>京ICP备12034000号 {POLICE}</p>"}, (Planted("icp-format"),), {"icp": "*"}
    ),
    "icp-elsewhere": Row({"footer": f"<p>京ICP备12034000号-2 {POLICE}</p>"}, truth={"icp": "*"}),
    "icp-after-words": Row({"footer": f"<p>ICP备案号：{ICP}　公安备案号：{POLICE}</p>"}),
    "header-policy-missing": Row({"headers": GUARDED[1:]}, (Planted("header-missing"),)),
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
    "talk-of-404": Row(
        {
            "texts": {
                "/xygk.htm": Campus().page("讲座：404 页面设计", "<p>讲解页面不存在时怎么办。</p>")
            }
        }
    ),
    "link-to-no-host": Row(
        {"home": '<a href="http://gone.invalid/">合作单位</a>'},
        (Planted("dead-link", "gone.invalid"),),
    ),
    "links-that-cannot-be-judged": Row(
        {
            "home": '<a href="{status-403}/">甲</a><a href="{status-503}/">乙</a>'
            '<a href="{tls-expired}/">丙</a><a href="{reset-in-body}/">丁</a><a href="/e.htm">戊</a>',
            "files": {"/e.htm": Reply(b"oops", 500)},
        }
    ),
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
    rows = charsets | COLUMN_ROWS | MARKS | LINK_ROWS
    dead = tuple(Planted("dead-link", path) for path in DEAD)
    return (
        *(plan(name, row) for name, row in rows.items()),
        Plan("links", links, replace(PLAIN, planted=dead)),
    )
