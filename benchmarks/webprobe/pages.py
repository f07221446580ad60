"""The sites of the benchmark: ordinary pages of about 16 KB, 3 % of their links broken.

Every host has the same pages, in UTF-8 or (one host in ten) in GBK: what differs between hosts is
their address, so that a thousand of them fit into one small server.
"""

from __future__ import annotations

from datetime import date, timedelta

TODAY = date(2026, 11, 22)
LINKS = 40  # of one page
BROKEN_SHARE = 33  # one link in so many leads nowhere
TEXT = (
    "近日，华园大学数学与信息学院在学术报告厅举行活动，学院班子成员和师生代表参加。"
    "会议回顾了上一阶段的工作，部署了下一阶段的任务，强调要结合实际抓好落实。"
)
FOOTER = "<p>版权所有 华园大学 粤ICP备04000001号 粤公网安备44030002017573号</p>"
HEADERS = (
    "Content-Security-Policy: default-src 'self'\r\nX-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: SAMEORIGIN\r\nReferrer-Policy: same-origin\r\n"
    "Strict-Transport-Security: max-age=31536000\r\n"
)
COLUMNS = {"xyxw": "学院新闻", "tzgg": "通知公告", "zcwj": "政策文件"}
MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 14\r\n\r\n<h1>none</h1>\r"


def paths(pages: int) -> list[str]:
    """The addresses of a site: the home page, its columns, its articles."""
    articles = (f"/info/1001/{number}.htm" for number in range(1, pages - len(COLUMNS)))
    return ["/", *(f"/{folder}/" for folder in COLUMNS), *articles]


def broken(pages: int) -> list[str]:
    """The addresses that are linked to and do not exist."""
    return [f"/gone/{number}.htm" for number in range(1, max(2, pages // BROKEN_SHARE + 1) + 1)]


def site(pages: int, charset: str) -> dict[bytes, bytes]:
    """Path → the whole answer; `charset` is the one that header and meta declare."""
    answers = {}
    for number, path in enumerate(paths(pages)):
        body = page(number, pages, charset).encode("gb18030" if charset == "gbk" else charset)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={charset}\r\n{HEADERS}"
        head += f"Content-Length: {len(body)}\r\n\r\n"
        answers[path.encode()] = head.encode() + body
    return answers


def page(number: int, pages: int, charset: str) -> str:
    """One page with its links; the first broken ones stand on the home page."""
    every = paths(pages)
    shown = [every[(number * 7 + step) % len(every)] for step in range(LINKS)]
    wanted = every if number == 0 else shown
    gone = broken(pages) if number == 0 else []
    items = "".join(
        f'<li><a href="{path}">{COLUMNS.get(path.strip("/"), "学院召开工作会议")}</a>'
        f"<span>{TODAY - timedelta(days=2 + at)}</span></li>"
        for at, path in enumerate([*wanted, *gone])
    )
    columns = "".join(f'<h2>{name}</h2><a href="/{key}/">更多</a>' for key, name in COLUMNS.items())
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="{charset}">'
        f"<title>第{number}页-数学与信息学院</title></head><body>{columns}"
        f'<p>发布时间：{TODAY - timedelta(days=2 + number)}</p><ul class="list">{items}</ul>'
        f"{f'<p>{TEXT}</p>' * 45}{FOOTER}</body></html>"
    )
