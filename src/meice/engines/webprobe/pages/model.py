"""What a page says, as values: links, dates, columns, footer marks, what it hides.

Nothing here judges. A date keeps the words it was read from and the way it was read, so that a
person can check it; what was not found is empty, which is not the same as bad.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class PageKind(StrEnum):
    """What the body of an answer turned out to be."""

    HTML = "html"
    FEED = "feed"
    SITEMAP = "sitemap"
    TEXT = "text"
    OTHER = "other"  # pictures, archives, documents: nothing was read


class Where(StrEnum):
    """Which part of a page a link stands in."""

    A = "a"
    AREA = "area"
    FRAME = "frame"
    REFRESH = "refresh"
    SCRIPT = "script"
    IMAGE = "image"
    STYLE = "style"
    MEDIA = "media"
    OPTION = "option"
    FORM = "form"
    ITEM = "item"  # an entry of a feed or a sitemap


class Concealment(StrEnum):
    """How something is kept from a visitor's eyes (domain.md 5.8); the value is what people read."""

    DISPLAY_NONE = "display:none"
    VISIBILITY = "visibility:hidden"
    OPACITY = "opacity:0"
    ATTRIBUTE = "hidden 属性"
    TINY_FONT = "字号为 0 或 1 像素"
    OFF_SCREEN = "移出屏幕之外"
    CLIPPED = "clip 裁去"
    ZERO_SIZE = "宽或高为 0 或 1 像素"
    SAME_COLOUR = "字色与底色相同"
    MARQUEE = "极小的滚动条"
    NOSCRIPT = "noscript"
    SCRIPTED = "脚本写出的隐藏层"
    AFTER_END = "写在 </html> 之后"


class HowDated(StrEnum):
    """By what a day was told, the surest first; the value is what people read."""

    LABEL = "发布时间标注"
    META = "网页元数据"
    FEED = "订阅源条目"
    LIST = "列表日期"
    TIME_TAG = "time 标签"
    URL = "网址中的日期"
    LINK_URL = "条目网址中的日期"
    LINE = "单独成行的日期"
    SITEMAP = "站点地图"
    PROSE = "正文中的日期"


class ColumnKind(StrEnum):
    """Kinds of columns (栏目); the indicators ask for a pace of the first three (domain.md W4)."""

    NEWS = "动态要闻"
    NOTICES = "通知公告"
    POLICIES = "政策文件"
    OPENNESS = "信息公开"
    CONSULTATION = "咨询互动"
    LECTURES = "学术讲座"
    ADMISSIONS = "招生就业"
    RECRUITMENT = "招聘采购"
    PARTY = "党建思政"
    DOWNLOADS = "资料下载"
    PROFILE = "概况介绍"
    OTHER = "其他"


class Link(NamedTuple):  # a page has dozens: made in a third of the time of a dataclass
    """A link with its absolute address (no fragment).

    `same_site`: the same host (www. aside) and port; `same_domain`: the same registrable domain,
    such as two hosts below huayuan.edu.cn. `hidden_by` says by what it is hidden, if it is.
    """

    url: str
    text: str
    where: Where
    same_site: bool
    same_domain: bool
    hidden_by: Concealment | None = None
    rel: str = ""


class Dated(NamedTuple):  # as many as links
    """A day that the page gives for something.

    `text` is the evidence as written; `url` what is dated: the page itself or the entry linked to.
    `year_written` is False where only month and day stand there (`[06-29]`): the year is then the
    latest that is not in the future, which a page untouched for years would say as well.
    """

    day: date
    text: str
    how: HowDated
    url: str
    year_written: bool = True
    label: str = ""  # 发布时间, 更新日期 …; the name of the meta element


@dataclass(frozen=True, slots=True)
class Column:
    """A column (栏目) seen on a page: a list of entries under a name.

    `url` is where its full list stands (更多), the page itself on a list page, else empty.
    `items` counts the entries seen here, `dated` those of them with a date; a column that is named
    and has none is blank (空白栏目).
    """

    name: str
    url: str
    kind: ColumnKind
    items: int
    dated: int
    latest: Dated | None
    found_on: str
    own_page: bool = False  # this page is the column's own list page

    @property
    def is_blank(self) -> bool:
        """Nothing is listed under the name."""
        return self.items == 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A footer mark: as written, its number in the regular form, and the address it links to."""

    text: str
    number: str
    url: str
    faults: tuple[str, ...] = ()  # what is irregular, in words for people


@dataclass(frozen=True, slots=True)
class Marks:
    """The footer marks of a page: ICP numbers and 公安备案 numbers (domain.md 5.5)."""

    icp: tuple[Mark, ...] = ()
    police: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Hidden:
    """Something kept from the eye: how, the words (at most 2,000 characters), its links."""

    how: Concealment
    text: str
    links: tuple[Link, ...]
    markup: str  # the opening tag or script that hides it, at most 200 characters

    @property
    def outbound(self) -> tuple[Link, ...]:
        """The links in it that leave the site's registrable domain."""
        return tuple(link for link in self.links if not link.same_domain)


@dataclass(frozen=True, slots=True)
class Field:
    """An input of a form: name, type and the words beside it."""

    name: str
    type: str
    hint: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form: where it sends what, by which method (`get`, `post`)."""

    url: str
    method: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """An image; `likely_qr` when its name or words speak of a QR code (二维码, 扫一扫, qrcode)."""

    url: str
    text: str
    likely_qr: bool


@dataclass(frozen=True, slots=True)
class Page:
    """All that was read from one answer. Everything is empty for what is no page (`kind`).

    `text` is what a person sees: no scripts, styles, comments, hidden elements; blocks on lines of
    their own. `charset` is what it was decoded by, `declared` what it said it was (lower case, or
    empty). `meta` holds pairs (name or property in lower case, content).
    """

    url: str
    kind: PageKind
    title: str = ""
    text: str = ""
    charset: str = ""
    declared: str = ""
    links: tuple[Link, ...] = ()
    dates: tuple[Dated, ...] = ()
    columns: tuple[Column, ...] = ()
    forms: tuple[Form, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()
    headings: tuple[str, ...] = ()
    breadcrumb: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    marks: Marks = field(default_factory=Marks)
    hidden: tuple[Hidden, ...] = ()
    feeds: tuple[str, ...] = ()  # addresses of feeds the page offers
    published: Dated | None = None  # the page's own day: label, meta, address
    is_navigation: bool = False  # only ways on: no dated entry, hardly a sentence

    def meta_value(self, name: str) -> str:
        """The content of the first meta element of this name (lower case), or nothing."""
        return next((content for key, content in self.meta if key == name), "")


@dataclass(frozen=True, slots=True)
class Outbound:
    """An outlet that a page leads to: `kind` is a platform's key (`website`, `weibo` …)."""

    kind: str
    identifier: str
    url: str
    found_on: str
