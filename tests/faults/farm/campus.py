"""An ordinary site of a college: home page, columns, articles; each knob makes one difference."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.faults.farm.model import Answer, Headers, Reply, World

ICP = "粤ICP备04000001号"
POLICE = "粤公网安备44030002017573号"
FOOTER = f"<p>版权所有 © 华园大学数学与信息学院 {ICP} {POLICE}</p>"
GUARDED: Headers = (
    ("Content-Security-Policy", "default-src 'self'"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=()"),
    ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
)
TITLES = (
    "我院师生参加全国大学生数学建模竞赛获佳绩",
    "学院召开新学期全体教职工大会",
    "华园大学数学与信息学院举办学术报告会",
    "学院组织开展实验室安全检查",
    "校领导到我院调研学科建设工作",
    "我院与广州某企业签署合作协议",
)
STYLE = Reply(b"body{margin:0}", headers=(("Content-Type", "text/css"),))
MISSING = Reply("<html><title>404 页面不存在</title></html>".encode(), 404)
PARAGRAPH = (
    "近日，华园大学数学与信息学院在学术报告厅举行活动，学院班子成员和师生代表参加。"
    "会议回顾了上一阶段的工作，部署了下一阶段的任务，强调要结合实际抓好落实。"
)
DateForm = Callable[[date, int], str]  # from the day and its age in days


def iso(day: date, age: int) -> str:
    """2026-11-20."""
    return day.isoformat()


def label(day: date, age: int) -> str:
    """发布时间：2026-11-20."""
    return f"发布时间：{day.isoformat()}"


def silent(day: date, age: int) -> str:
    """Says nothing of the day."""
    return ""


def numbered(folder: str, number: int, day: date) -> str:
    """/info/xyxw/1.htm."""
    return f"/info/{folder}/{number}.htm"


@dataclass(frozen=True, slots=True)
class Listing:
    """A column: its name, its folder, and the ages in days of its items."""

    name: str
    folder: str
    ages: tuple[int, ...]


NEWS = Listing("学院新闻", "xyxw", (2, 6, 11))
NOTICES = Listing("通知公告", "tzgg", (5, 30, 80))
POLICIES = Listing("政策文件", "zcwj", (20, 60, 100))
COLUMNS = (NEWS, NOTICES, POLICIES)
NAMES = frozenset(column.name for column in COLUMNS)


@dataclass(frozen=True, slots=True)
class Campus:
    """What may differ from the plain site; pieces of HTML are put in as they are."""

    columns: tuple[Listing, ...] = COLUMNS
    codec: str = "utf-8"
    declared_in_head: str = "utf-8"  # the charset of the header, "" for none
    declared_in_meta: str = "utf-8"
    items: str = '<ul class="list">{lines}</ul>'
    item: str = '<li><a href="{path}" title="{title}">{title}</a><span>{day}</span></li>'
    list_date: DateForm = iso
    article_line: DateForm = label
    article_head: DateForm = silent
    article_path: Callable[[str, int, date], str] = numbered
    title: str = "数学与信息学院-华园大学"
    head: str = ""
    home: str = ""
    after: str = ""
    article: str = ""
    footer: str = FOOTER
    headers: Headers = GUARDED
    banner: str = ""
    lists_on_home: bool = True
    texts: Mapping[str, str] = field(default_factory=dict)  # more pages, or others instead
    files: Mapping[str, Reply] = field(default_factory=dict)
    missing: Reply = MISSING

    def pages(self, world: World) -> dict[str, Reply]:
        """Every page of the site by its path; `{name}` in a piece is the address of a site."""
        told = {f"{{{name}}}": origin for name, origin in world.origins.items()}
        texts = dict(self._texts(world.today)) | dict(self.texts)
        found = {path: self.html(_fill(text, told)) for path, text in texts.items()}
        return found | {"/style.css": STYLE} | dict(self.files)

    def answer(self, world: World) -> Answer:
        """The site as a function from request to reply."""
        pages = self.pages(world)
        return lambda request: pages.get(request.path, self.missing)

    def html(self, text: str) -> Reply:
        """A page in the charset of the site."""
        declared = f"; charset={self.declared_in_head}" if self.declared_in_head else ""
        kind = (("Content-Type", f"text/html{declared}"),)
        return Reply(text.encode(self.codec, "replace"), headers=kind + self.headers)

    def page(self, name: str, body: str, *, head: str = "", after: str = "") -> str:
        """The frame of every page: head, navigation, footer."""
        meta = f'<meta charset="{self.declared_in_meta}">' if self.declared_in_meta else ""
        title = f"{name}-{self.title}" if name else self.title
        links = "".join(
            f'<li><a href="/{each.folder}/">{each.name}</a></li>' for each in self.columns
        )
        return (
            f'<!DOCTYPE html><html lang="zh-CN"><head>{meta}<title>{title}</title>'
            f'<link rel="stylesheet" href="/style.css">{head}</head><body>{self.banner}'
            f'<div class="nav"><ul><li><a href="/">首页</a></li>'
            f'<li><a href="/xygk.htm">学院概况</a></li>{links}</ul></div>'
            f'<div class="main">{body}</div><div class="footer">{self.footer}</div></body></html>{after}'
        )

    def _texts(self, today: date) -> Iterator[tuple[str, str]]:
        yield "/", self.page("", self._boxes(today) + self.home, head=self.head, after=self.after)
        yield "/xygk.htm", self.page("学院概况", f"<p>{PARAGRAPH}</p>")
        for column in self.columns:
            count = f'<div class="pages">共{len(column.ages)}条 1/1</div>'
            listed = f"<h2>{column.name}</h2>{self._list(today, column)}{count}"
            yield f"/{column.folder}/", self.page(column.name, listed)
            for number, age in enumerate(column.ages, 1):
                day = today - timedelta(days=age)
                path = self.article_path(column.folder, number, day)
                yield path, self._article(number, day, age)

    def _boxes(self, today: date) -> str:
        if not self.lists_on_home:
            return ""
        return "".join(
            f'<div class="box"><div class="hd"><h2>{column.name}</h2>'
            f'<a class="more" href="/{column.folder}/">更多&gt;&gt;</a></div>'
            f"{self._list(today, column)}</div>"
            for column in self.columns
        )

    def _list(self, today: date, column: Listing) -> str:
        lines = []
        for number, age in enumerate(column.ages, 1):
            day = today - timedelta(days=age)
            told = {"{title}": TITLES[number % len(TITLES)], "{day}": self.list_date(day, age)}
            told["{path}"] = self.article_path(column.folder, number, day)
            lines.append(_fill(self.item, told))
        return _fill(self.items, {"{lines}": "".join(lines)})

    def _article(self, number: int, day: date, age: int) -> str:
        title = TITLES[number % len(TITLES)]
        line = f'<p class="info">{self.article_line(day, age)} 来源：学院办公室 点击：52</p>'
        body = (
            f"<h1>{title}</h1>{line}<div><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p>{self.article}</div>"
        )
        return self.page(title, body, head=self.article_head(day, age))


def _fill(text: str, told: Mapping[str, str]) -> str:
    for name, origin in told.items():
        text = text.replace(name, origin)
    return text


def plain(text: str, kind: str = "text/plain") -> Reply:
    """A small file."""
    return Reply(text.encode(), headers=(("Content-Type", kind),))


def download(data: bytes, kind: str = "application/octet-stream") -> Reply:
    """A file to be kept."""
    return Reply(data, headers=(("Content-Type", kind),))
